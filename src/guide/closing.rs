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
