//! The learner's own report: one look at the whole course, with what was confirmed, left out and answered.

#[cfg(test)]
pub(super) mod tests;

use super::discretion::Discretion;
use super::quiz::QuizReport;
use crate::account::{Snapshot, Source};
use crate::checks::{Finding, RootCause, Totals, Verdict, Verification, counts};
use crate::course::{Course, LessonId, Pattern, PatternId, StepId};
use jiff::Timestamp;
use serde::Serialize;
use std::collections::BTreeSet;

/// Everything a report says; the formats only set it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LearnerReport {
    pub schema: u32,
    pub landfall: &'static str,
    pub course: String,
    pub account: ReportAccount,
    pub looked_at: Timestamp,
    /// The same on the learner's own clock, for people.
    #[serde(skip)]
    pub looked_at_local: String,
    pub steps: super::Counts,
    /// Checks by verdict; advice is not counted.
    pub totals: Totals,
    pub root_cause: Option<RootCause>,
    pub patterns: Vec<PatternReport>,
    pub lessons: Vec<LessonReport>,
    pub quizzes: Vec<QuizReport>,
}

/// Whose account it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReportAccount {
    pub source: Source,
    pub id: Option<String>,
    /// Only the last four digits of the account's number are shown, here and everywhere else in the report.
    pub shortened: bool,
    /// `user/news-admin`.
    pub principal: Option<String>,
    pub region: String,
}

/// One of the patterns to take forward.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PatternReport {
    pub id: PatternId,
    pub title: String,
    pub verdict: Verdict,
    pub say: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LessonReport {
    pub id: LessonId,
    pub title: String,
    pub verdict: Verdict,
    pub steps: Vec<StepReport>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StepReport {
    pub id: StepId,
    pub title: String,
    pub optional: bool,
    /// The learner chose to leave it out: progress, not a verdict.
    pub left_out: bool,
    pub verdict: Verdict,
    pub checks: Vec<Finding>,
}

/// How much of the account's number is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccountNumber {
    /// The last four digits.
    Shortened,
    InFull,
}

/// What a report is made of, besides the course.
#[derive(Debug)]
pub struct ReportInput<'a> {
    pub snapshot: &'a Snapshot,
    /// Of the whole course.
    pub verification: &'a Verification,
    /// Ids of steps, earlier ones included.
    pub left_out: &'a BTreeSet<String>,
    pub quizzes: Vec<QuizReport>,
    pub looked_at_local: String,
    pub number: AccountNumber,
}

/// Puts the report together.
pub fn learner_report(course: &Course, input: ReportInput<'_>) -> LearnerReport {
    let discretion = Discretion::of(input.snapshot, input.number);
    let caller = input.snapshot.caller.present();
    let lessons = lessons(course, &input, &discretion);
    LearnerReport {
        schema: 1,
        landfall: env!("CARGO_PKG_VERSION"),
        course: course.title.clone(),
        account: ReportAccount {
            source: input.snapshot.source,
            id: caller.map(|caller| discretion.text(caller.account.as_str())),
            shortened: discretion.hides(),
            principal: caller
                .and_then(|caller| caller.arn.resource())
                .map(|resource| discretion.text(resource)),
            region: input.snapshot.region.0.clone(),
        },
        looked_at: input.snapshot.collected_at,
        looked_at_local: input.looked_at_local,
        steps: count_steps(&lessons),
        totals: input.verification.totals,
        root_cause: input
            .verification
            .root_cause
            .as_ref()
            .map(|root| RootCause {
                summary: discretion.text(&root.summary),
                ..root.clone()
            }),
        patterns: course
            .patterns
            .iter()
            .filter_map(|pattern| pattern_report(pattern, input.verification))
            .collect(),
        lessons,
        quizzes: input
            .quizzes
            .into_iter()
            .map(|quiz| quiz.reworded(|text| discretion.text(text)))
            .collect(),
    }
}

/// `report --format json`.
pub fn report_json(report: &LearnerReport) -> String {
    super::sanitize::json_document(report)
}

impl LearnerReport {
    /// Every step that has something to say of this kind, with those findings, in the order of the course.
    pub fn findings(
        &self,
        wanted: fn(&Finding) -> bool,
    ) -> impl Iterator<Item = (&StepReport, Vec<&Finding>)> {
        self.steps_in_order().filter_map(move |step| {
            let found: Vec<&Finding> = step
                .checks
                .iter()
                .filter(|finding| wanted(finding))
                .collect();
            (!found.is_empty()).then_some((step, found))
        })
    }

    /// What does not apply to this learner. An optional step that nobody took up says nothing of them.
    pub fn not_for_you(&self) -> Vec<&Finding> {
        self.findings(is_skipped)
            .filter(|(step, _)| !step.optional)
            .flat_map(|(_, found)| found)
            .collect()
    }

    /// What was confirmed by hand.
    pub fn confirmed(&self) -> Vec<&Finding> {
        self.findings(is_confirmed)
            .flat_map(|(_, found)| found)
            .collect()
    }

    /// All steps, in the order of the course.
    pub fn steps_in_order(&self) -> impl Iterator<Item = &StepReport> {
        self.lessons.iter().flat_map(|lesson| &lesson.steps)
    }
}

/// Something is left to do, or could not be read.
pub fn is_to_do(finding: &Finding) -> bool {
    counts(finding) && !finding.verdict.is_done()
}

fn is_confirmed(finding: &Finding) -> bool {
    finding.verdict == Verdict::Attested
}

fn is_skipped(finding: &Finding) -> bool {
    finding.verdict == Verdict::Skipped
}

/// It is as good as asked for, and could be better.
pub fn is_remark(finding: &Finding) -> bool {
    finding.advice.is_some() && !is_to_do(finding)
}

fn pattern_report(pattern: &Pattern, verification: &Verification) -> Option<PatternReport> {
    let outcome = verification
        .patterns
        .iter()
        .find(|outcome| outcome.id == pattern.id)?;
    Some(PatternReport {
        id: pattern.id.clone(),
        title: pattern.title.clone(),
        verdict: outcome.verdict,
        say: pattern.say.clone(),
    })
}

fn lessons(course: &Course, input: &ReportInput<'_>, discretion: &Discretion) -> Vec<LessonReport> {
    input
        .verification
        .lessons
        .iter()
        .map(|lesson| LessonReport {
            id: lesson.id.clone(),
            title: lesson.title.clone(),
            verdict: lesson.verdict,
            steps: lesson
                .steps
                .iter()
                .map(|outcome| {
                    let step = course.step(outcome.id.as_str()).map(|(_, step)| step);
                    let is_left_out = |id: &str| input.left_out.contains(id);
                    StepReport {
                        id: outcome.id.clone(),
                        title: outcome.title.clone(),
                        optional: step.is_some_and(|step| step.optional),
                        left_out: !outcome.verdict.is_done()
                            && (is_left_out(outcome.id.as_str())
                                || step.is_some_and(|step| {
                                    step.was.iter().any(|was| is_left_out(was))
                                })),
                        verdict: outcome.verdict,
                        checks: outcome
                            .checks
                            .iter()
                            .map(|finding| discretion.finding(finding))
                            .collect(),
                    }
                })
                .collect(),
        })
        .collect()
}

fn count_steps(lessons: &[LessonReport]) -> super::Counts {
    let mut steps = super::Counts::default();
    for step in lessons.iter().flat_map(|lesson| &lesson.steps) {
        if step.optional {
            continue;
        }
        *if step.verdict.is_done() {
            &mut steps.done
        } else if step.left_out {
            &mut steps.left_out
        } else {
            &mut steps.open
        } += 1;
    }
    steps
}
