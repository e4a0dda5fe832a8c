//! A small course for the tests of this room.

use crate::checks::{LessonOutcome, StepOutcome, Totals, Verdict, Verification};
use crate::course::{Course, Lesson, Step};

/// Two lessons: `one` with `one.a` and `one.b` (once `one.old`), `two` with the optional `two.a`.
pub(super) fn course() -> Course {
    Course {
        id: "test".into(),
        title: "Test".into(),
        chapter: crate::practice::test_chapter(),
        patterns: vec![],
        lessons: vec![
            lesson("one", vec![step("one.a", &[]), step("one.b", &["one.old"])]),
            lesson(
                "two",
                vec![Step {
                    optional: true,
                    ..step("two.a", &[])
                }],
            ),
        ],
        decks: vec![],
    }
}

fn lesson(id: &str, steps: Vec<Step>) -> Lesson {
    Lesson {
        id: id.into(),
        was: vec![],
        title: format!("Lesson {id}"),
        goal: "A goal".into(),
        pattern: None,
        minutes: 10,
        waits: None,
        requires: vec![],
        cost: None,
        introduction: "Welcome.".into(),
        steps,
    }
}

fn step(id: &str, was: &[&str]) -> Step {
    Step {
        id: id.into(),
        was: was.iter().map(|id| (*id).to_owned()).collect(),
        title: format!("Step {id}"),
        minutes: Some(5),
        optional: false,
        checks: vec![],
        hints: ["general".into(), "where".into(), "exact".into()],
        console: Some("https://{{region}}.console.aws.amazon.com/".into()),
        text: "Do it.".into(),
    }
}

/// A verification with these steps and verdicts.
pub(super) fn found(verdicts: &[(&str, Verdict)]) -> Verification {
    Verification {
        lessons: vec![LessonOutcome {
            id: "one".into(),
            title: "Lesson one".into(),
            verdict: Verdict::sum(verdicts.iter().map(|(_, verdict)| *verdict)),
            steps: verdicts
                .iter()
                .map(|(id, verdict)| outcome(id, *verdict))
                .collect(),
        }],
        patterns: vec![],
        root_cause: None,
        totals: Totals::default(),
    }
}

/// A step with this verdict and no checks.
pub(super) fn outcome(id: &str, verdict: Verdict) -> StepOutcome {
    StepOutcome {
        id: id.into(),
        title: format!("Step {id}"),
        verdict,
        checks: vec![],
    }
}
