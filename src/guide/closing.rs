//! The last screen: what was reached, what is left, what comes next.

use super::walk::Place;
use crate::checks::{PatternOutcome, Verdict};

/// One thing that comes after the chapter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ahead {
    pub title: &'static str,
    pub say: &'static str,
}

/// What comes next, in the order in which it usually pays off.
pub const WHAT_COMES_NEXT: [Ahead; 5] = [
    Ahead {
        title: "CI/CD",
        say: "Let a push build the image, tag it, register a revision and update the service, with a role that your repository assumes for a few minutes in place of stored keys. What you did by hand is the script.",
    },
    Ahead {
        title: "Monitoring",
        say: "Alarms on what users notice (errors and latency at the load balancer) before alarms on what machines notice. Container Insights and a dashboard for the rest.",
    },
    Ahead {
        title: "Scaling",
        say: "A target of requests per task, a smallest and a largest number of tasks, and the service follows the traffic. The database is usually the first to need thought.",
    },
    Ahead {
        title: "Cost",
        say: "Tags on everything, a look at Cost Explorer every month, Savings Plans and Graviton for what runs all day, Fargate Spot for what may be interrupted.",
    },
    Ahead {
        title: "Deployment patterns",
        say: "The circuit breaker that rolls back by itself, then blue/green: two target groups, one listener, and traffic that moves only when the new release is well.",
    },
];

/// How the walk ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closing {
    /// One sentence.
    pub headline: String,
    /// Steps that are still open, as `title (id)`.
    pub open: Vec<String>,
    /// The patterns, each with its verdict.
    pub patterns: Vec<(String, Verdict)>,
    /// What runs costs money; said only of a real account.
    pub costs: bool,
}

/// The closing screen's values.
pub fn closing(open: &[Place<'_>], patterns: &[PatternOutcome], real: bool) -> Closing {
    let headline = match open.len() {
        0 => "That was the chapter: your API runs on AWS, and you know why each piece is there."
            .to_owned(),
        1 => "That was the chapter. One step is still open.".to_owned(),
        number => format!("That was the chapter. {number} steps are still open."),
    };
    Closing {
        headline,
        open: open
            .iter()
            .map(|place| format!("{} ({})", place.step.title, place.step.id))
            .collect(),
        patterns: patterns
            .iter()
            .map(|pattern| (pattern.title.clone(), pattern.verdict))
            .collect(),
        costs: real,
    }
}

/// The closing screen after the teardown: what is gone is not judged any more.
pub fn torn_down() -> Closing {
    Closing {
        headline:
            "That was the chapter, and it is taken down again. Your progress and your reports stay."
                .to_owned(),
        open: Vec::new(),
        patterns: Vec::new(),
        costs: false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::test_course::{course, found};
    use super::super::walk::{Record, Walk};
    use super::*;

    #[test]
    fn what_is_open_is_counted_and_named() {
        let course = course();
        let mut walk = Walk::new(&course, &Record::default()).unwrap();
        assert!(
            closing(&walk.open_steps(), &[], true)
                .headline
                .contains("2 steps are")
        );
        walk.learn(&found(&[("one.a", Verdict::Passed)]));
        let one = closing(&walk.open_steps(), &[], true);
        assert!(one.headline.contains("One step is still open"));
        assert_eq!(one.open, ["Step one.b (one.b)"]);
    }

    #[test]
    fn after_the_teardown_nothing_is_called_open() {
        assert!(torn_down().open.is_empty() && !torn_down().costs);
    }
}
