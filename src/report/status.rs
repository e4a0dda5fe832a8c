//! Where a learner stands, from what was kept of earlier looks. AWS is not asked.

mod change;
mod looks;
mod next;
mod quiz;
#[cfg(test)]
mod tests;

pub use change::{Change, ChangeKind, Remembered, looks_needed, steps_back};
pub use looks::{AccountChanges, KeptLooks};
pub use next::{Next, NextKind};
pub use quiz::{OpenQuiz, QuizProgress};

use crate::account::Source;
use crate::checks::{
    self, Asked, CheckKind, Finding, Judgement, LessonOutcome, Verdict, Verification, check,
};
use crate::course::{Course, Lesson, LessonId, Step, StepId};
use crate::progress::{StackKey, VerdictRecord};
use jiff::Timestamp;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// What the progress holds of one stack.
#[derive(Debug)]
pub struct Kept<'a> {
    pub stack: StackKey,
    pub looked: Timestamp,
    /// Every change of a verdict, oldest first.
    pub history: &'a [VerdictRecord],
    /// Checks confirmed by hand, as of now.
    pub attested: &'a BTreeSet<String>,
    /// Ids of steps, earlier ones included.
    pub left_out: &'a BTreeSet<String>,
    /// Where the guide stopped.
    pub position: Option<&'a str>,
    pub teardown_begun: bool,
    pub looks: &'a KeptLooks,
}

/// The whole answer.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Status {
    pub schema: u32,
    pub course: String,
    /// `null` before the first look.
    pub account: Option<StackView>,
    pub last_looked: Option<Timestamp>,
    pub teardown_begun: bool,
    /// Over all lessons, optional steps left out.
    pub steps: Counts,
    pub lessons: Vec<LessonProgress>,
    pub changes: Vec<Change>,
    /// What changed in the account between the newest look and what was known before; `null` after a single look.
    pub account_changes: Option<AccountChanges>,
    /// When looks were taken that are kept in a form this version cannot read.
    pub unreadable_looks: Vec<Timestamp>,
    pub quizzes: Vec<QuizProgress>,
    pub next: Next,
}

/// Whose progress it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StackView {
    pub source: Source,
    /// `null` = no look could tell which account it was.
    pub id: Option<String>,
    pub region: String,
}

/// How many steps stand where; optional ones are not counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Counts {
    pub done: usize,
    pub open: usize,
    pub left_out: usize,
}

impl Counts {
    /// All of them.
    pub const fn sum(self) -> usize {
        self.done + self.open + self.left_out
    }
}

/// One lesson.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LessonProgress {
    pub id: LessonId,
    pub title: String,
    /// As `verify` adds it up; `null` while a step of it was never looked at.
    pub verdict: Option<Verdict>,
    /// Optional steps left out.
    pub counts: Counts,
    pub steps: Vec<StepProgress>,
}

/// One step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StepProgress {
    pub id: StepId,
    pub title: String,
    pub optional: bool,
    pub state: StepState,
    /// At the last look that included it; `null` = never looked at.
    pub verdict: Option<Verdict>,
}

/// Where a step stands. What is done is done, also when it was left out before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StepState {
    Done,
    Open,
    LeftOut,
}

/// Adds up what was kept. `options` stands after `landfall` in every command: `--account practice`, or nothing.
pub fn status(
    course: &Course,
    kept: Option<&Kept<'_>>,
    quizzes: Vec<QuizProgress>,
    options: &str,
) -> Status {
    let lessons = lessons(course, kept);
    let mut steps = Counts::default();
    for lesson in &lessons {
        steps.done += lesson.counts.done;
        steps.open += lesson.counts.open;
        steps.left_out += lesson.counts.left_out;
    }
    let next = next::next(kept, &lessons, &quizzes, options);
    Status {
        schema: 1,
        course: course.title.clone(),
        account: kept.map(|kept| StackView {
            source: kept.stack.source,
            id: (kept.stack.account != StackKey::UNKNOWN_ACCOUNT)
                .then(|| kept.stack.account.clone()),
            region: kept.stack.region.clone(),
        }),
        last_looked: kept.map(|kept| kept.looked),
        teardown_begun: kept.is_some_and(|kept| kept.teardown_begun),
        steps,
        lessons,
        changes: kept.map_or_else(Vec::new, |kept| changes(course, kept)),
        account_changes: kept.and_then(|kept| looks::account_changes(kept.looks)),
        unreadable_looks: kept.map_or_else(Vec::new, |kept| kept.looks.unreadable.clone()),
        quizzes,
        next,
    }
}

fn changes(course: &Course, kept: &Kept<'_>) -> Vec<Change> {
    let remembered = Remembered {
        history: kept.history,
        teardown_begun: kept.teardown_begun,
        looks: kept.looks,
    };
    change::changes(course, &remembered, kept.looked)
}

fn lessons(course: &Course, kept: Option<&Kept<'_>>) -> Vec<LessonProgress> {
    let findings = kept.map_or_else(BTreeMap::new, findings);
    let rolled = checks::roll_up(&findings, course, &Asked::All);
    course
        .lessons
        .iter()
        .map(|lesson| lesson_progress(lesson, &rolled, kept))
        .collect()
}

fn lesson_progress(
    lesson: &Lesson,
    rolled: &Verification,
    kept: Option<&Kept<'_>>,
) -> LessonProgress {
    let outcome = rolled
        .lessons
        .iter()
        .find(|outcome| outcome.id == lesson.id);
    let steps: Vec<StepProgress> = lesson
        .steps
        .iter()
        .map(|step| step_progress(step, outcome, kept))
        .collect();
    let mut counts = Counts::default();
    for step in steps.iter().filter(|step| !step.optional) {
        *match step.state {
            StepState::Done => &mut counts.done,
            StepState::Open => &mut counts.open,
            StepState::LeftOut => &mut counts.left_out,
        } += 1;
    }
    // A lesson is as good as the steps it asks for; one that is optional as a whole speaks for itself.
    let all_optional = steps.iter().all(|step| step.optional);
    let asked: Vec<Option<Verdict>> = steps
        .iter()
        .filter(|step| all_optional || !step.optional)
        .map(|step| step.verdict)
        .collect();
    LessonProgress {
        id: lesson.id.clone(),
        title: lesson.title.clone(),
        verdict: known_sum(&asked),
        counts,
        steps,
    }
}

fn step_progress(
    step: &Step,
    lesson: Option<&LessonOutcome>,
    kept: Option<&Kept<'_>>,
) -> StepProgress {
    let outcome = lesson.and_then(|lesson| lesson.steps.iter().find(|other| other.id == step.id));
    let verdict = outcome.and_then(|outcome| {
        let seen = |id: &String| {
            outcome
                .checks
                .iter()
                .any(|finding| finding.check.as_str() == id)
        };
        let unseen = step.checks.iter().any(|id| !seen(id) && counts(id));
        if outcome.checks.is_empty() || (unseen && outcome.verdict.is_done()) {
            // What was never looked at is never called done.
            return None;
        }
        Some(outcome.verdict)
    });
    let left_out = kept.is_some_and(|kept| {
        kept.left_out.contains(step.id.as_str())
            || step.was.iter().any(|was| kept.left_out.contains(was))
    });
    StepProgress {
        id: step.id.clone(),
        title: step.title.clone(),
        optional: step.optional,
        state: match verdict {
            Some(verdict) if verdict.is_done() => StepState::Done,
            _ if left_out => StepState::LeftOut,
            _ => StepState::Open,
        },
        verdict,
    }
}

/// The sum of verdicts of which some are not known: only something still to do may be said then.
fn known_sum(verdicts: &[Option<Verdict>]) -> Option<Verdict> {
    let known: Vec<Verdict> = verdicts.iter().copied().flatten().collect();
    let sum = (!known.is_empty()).then(|| Verdict::sum(known.iter().copied()))?;
    (known.len() == verdicts.len() || !sum.is_done()).then_some(sum)
}

fn counts(id: &str) -> bool {
    check(id).is_some_and(|check| check.kind != CheckKind::Advice)
}

/// Each check's last verdict as a finding. What is confirmed by hand is so as of now, not as of the last look.
fn findings(kept: &Kept<'_>) -> BTreeMap<&'static str, Finding> {
    let mut findings = BTreeMap::new();
    for record in kept.history {
        if let Some(check) = check(&record.check) {
            let finding = check.finding(judgement(record.verdict, &record.summary));
            findings.insert(check.id.as_str(), finding);
        }
    }
    for check in checks::checks().filter(|check| check.kind == CheckKind::Attested) {
        let id = check.id.as_str();
        let confirmed = kept.attested.contains(id);
        match findings.get_mut(id) {
            _ if confirmed => {
                let finding = check.finding(judgement(Verdict::Attested, "You confirmed it."));
                findings.insert(id, finding);
            }
            Some(finding) if finding.verdict == Verdict::Attested => {
                finding.verdict = Verdict::Missing;
            }
            _ => {}
        }
    }
    findings
}

fn judgement(verdict: Verdict, summary: &str) -> Judgement {
    Judgement {
        verdict,
        summary: summary.to_owned(),
        cause: None,
        evidence: Vec::new(),
        ruled_out: Vec::new(),
        fix: Vec::new(),
        advice: None,
        blocked_by: None,
        missing_permission: None,
    }
}
