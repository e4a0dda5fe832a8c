//! What comes next: what broke, then where the guide stopped, then the first open step, the quiz, what is due of it, the
//! report.

use super::{Kept, LessonProgress, QuizProgress, StepProgress, StepState};
use crate::checks::Verdict;
use crate::course::StepId;
use serde::Serialize;

/// One thing to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Next {
    pub kind: NextKind,
    pub title: String,
    /// The step, when it is one.
    pub step: Option<StepId>,
    pub command: String,
}

/// What kind of thing comes next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NextKind {
    /// Nothing was looked at yet.
    Begin,
    Step,
    /// AWS is still working on it.
    Wait,
    Quiz,
    Report,
}

pub(super) fn next(
    kept: Option<&Kept<'_>>,
    lessons: &[LessonProgress],
    quizzes: &[QuizProgress],
    options: &str,
) -> Next {
    let command = |rest: &str| match options {
        "" => format!("landfall {rest}"),
        options => format!("landfall {options} {rest}"),
    };
    let Some(kept) = kept else {
        return Next {
            kind: NextKind::Begin,
            title: "Begin the guided walk".to_owned(),
            step: None,
            command: command("guide"),
        };
    };
    let open: Vec<&StepProgress> = lessons
        .iter()
        .flat_map(|lesson| &lesson.steps)
        .filter(|step| step.state == StepState::Open && !step.optional)
        .collect();
    let with = |wanted: fn(Option<Verdict>) -> bool| {
        open.iter().copied().find(move |step| wanted(step.verdict))
    };
    let here = || {
        open.iter()
            .copied()
            .find(|step| Some(step.id.as_str()) == kept.position)
    };
    let step = with(|verdict| verdict == Some(Verdict::Failed))
        .or_else(here)
        .or_else(|| with(|verdict| verdict != Some(Verdict::Pending)))
        .or_else(|| open.first().copied());
    if let Some(step) = step {
        let (kind, rest) = if step.verdict == Some(Verdict::Pending) {
            (NextKind::Wait, format!("verify {} --watch", step.id))
        } else {
            (NextKind::Step, format!("guide {}", step.id))
        };
        return Next {
            kind,
            title: step.title.clone(),
            step: Some(step.id.clone()),
            command: command(&rest),
        };
    }
    let unfinished = quizzes
        .iter()
        .find(|quiz| quiz.answered.is_some() || quiz.finished_at.is_none());
    if let Some(quiz) = unfinished {
        return Next {
            kind: NextKind::Quiz,
            title: quiz.title.clone(),
            step: None,
            command: command(&format!("quiz {}", quiz.deck)),
        };
    }
    if let Some(quiz) = quizzes.iter().find(|quiz| quiz.counts.due > 0) {
        return Next {
            kind: NextKind::Quiz,
            title: quiz.title.clone(),
            step: None,
            command: command(&format!("quiz {} --due", quiz.deck)),
        };
    }
    Next {
        kind: NextKind::Report,
        title: "Your report".to_owned(),
        step: None,
        command: command("report"),
    }
}
