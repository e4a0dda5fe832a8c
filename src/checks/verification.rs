//! The whole answer: lessons, steps, checks, patterns, totals, and the one root cause.

use super::cause::Cause;
use super::check::{Check, CheckKind};
use super::discovery::contradictions;
use super::elsewhere;
use super::finding::{Finding, Judgement};
use super::gate;
use super::ids::CheckId;
use super::preflight;
use super::registry::{check, checks};
use super::stack::Stack;
use super::verdict::Verdict;
use crate::account::{Area, Snapshot};
use crate::course::{Course, LessonId, PatternId, StepId};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// What one run found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Verification {
    pub lessons: Vec<LessonOutcome>,
    pub patterns: Vec<PatternOutcome>,
    pub root_cause: Option<RootCause>,
    pub totals: Totals,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LessonOutcome {
    pub id: LessonId,
    pub title: String,
    pub verdict: Verdict,
    pub steps: Vec<StepOutcome>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StepOutcome {
    pub id: StepId,
    pub title: String,
    pub verdict: Verdict,
    pub checks: Vec<Finding>,
}

impl StepOutcome {
    /// Whether AWS is still working on something of it.
    pub fn has_pending(&self) -> bool {
        self.checks
            .iter()
            .any(|finding| finding.verdict == Verdict::Pending)
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PatternOutcome {
    pub id: PatternId,
    pub title: String,
    pub verdict: Verdict,
}

/// The first broken link of the chain; or, when nothing is broken, that everything stands in another region.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RootCause {
    pub cause: Cause,
    pub check: CheckId,
    pub summary: String,
}

/// How many checks gave each verdict; advice is not counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Totals {
    pub passed: usize,
    pub failed: usize,
    pub missing: usize,
    pub pending: usize,
    pub blocked: usize,
    pub unknown: usize,
    pub skipped: usize,
    pub attested: usize,
}

impl Totals {
    fn add(&mut self, verdict: Verdict) {
        *match verdict {
            Verdict::Passed => &mut self.passed,
            Verdict::Failed => &mut self.failed,
            Verdict::Missing => &mut self.missing,
            Verdict::Pending => &mut self.pending,
            Verdict::Blocked => &mut self.blocked,
            Verdict::Unknown => &mut self.unknown,
            Verdict::Skipped => &mut self.skipped,
            Verdict::Attested => &mut self.attested,
        } += 1;
    }

    /// How many checks gave each verdict, those first that are good.
    pub const fn by_verdict(&self) -> [(usize, Verdict); 8] {
        [
            (self.passed, Verdict::Passed),
            (self.failed, Verdict::Failed),
            (self.missing, Verdict::Missing),
            (self.pending, Verdict::Pending),
            (self.blocked, Verdict::Blocked),
            (self.unknown, Verdict::Unknown),
            (self.skipped, Verdict::Skipped),
            (self.attested, Verdict::Attested),
        ]
    }

    /// How many checks were counted.
    pub fn sum(&self) -> usize {
        self.by_verdict().iter().map(|(count, _)| count).sum()
    }
}

/// What a run was asked to judge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    /// Every step of the course.
    All,
    /// These steps (a lesson stands for all of its steps).
    Steps(BTreeSet<StepId>),
}

impl Asked {
    /// Whether a step is among them.
    pub fn includes(&self, step: &StepId) -> bool {
        match self {
            Asked::All => true,
            Asked::Steps(steps) => steps.contains(step),
        }
    }

    /// The parts of the account that have to be read for it. What the snapshot needs besides: `aws::collect`.
    pub fn areas(&self, course: &Course) -> BTreeSet<Area> {
        let mut areas = BTreeSet::from([Area::Caller]);
        for (_, step) in course.steps().filter(|(_, step)| self.includes(&step.id)) {
            for asked in step.checks.iter().filter_map(|id| check(id)) {
                add_areas(asked, &mut areas);
            }
        }
        if preflight::is_asked(course, self) {
            areas.extend(preflight::NEEDS);
        }
        // Which database and which cache are meant is told by what the service's environment names.
        if areas.contains(&Area::Databases) || areas.contains(&Area::Caches) {
            areas.extend([Area::Service, Area::Definitions]);
        }
        // "Not asked" unless the teardown is named.
        if matches!(self, Asked::All) {
            areas.remove(&Area::Leftovers);
        }
        areas
    }
}

/// A check's own needs and those of the checks that may explain it.
fn add_areas(asked: &Check, areas: &mut BTreeSet<Area>) {
    areas.extend(asked.needs);
    for other in asked.follows.iter().filter_map(|id| check(id)) {
        if !other.needs.iter().all(|need| areas.contains(need)) {
            add_areas(other, areas);
        }
    }
}

/// Judges every check and adds the verdicts up over the asked steps.
///
/// All checks are judged, because one may explain another; those of steps that were not asked are left out of the answer.
pub fn verify(stack: &Stack<'_>, course: &Course, asked: &Asked) -> Verification {
    roll_up(&findings(stack), course, asked)
}

/// Adds findings up over the asked steps: the arithmetic of [`verify`], also for findings that were kept. A check without a
/// finding is left out.
pub fn roll_up(
    findings: &BTreeMap<&'static str, Finding>,
    course: &Course,
    asked: &Asked,
) -> Verification {
    let mut totals = Totals::default();
    let mut lessons = Vec::new();
    for lesson in &course.lessons {
        let mut steps = Vec::new();
        for step in lesson.steps.iter().filter(|step| asked.includes(&step.id)) {
            let checks: Vec<Finding> = step
                .checks
                .iter()
                .filter_map(|id| findings.get(id.as_str()).cloned())
                .collect();
            checks
                .iter()
                .filter(|finding| counts(finding))
                .for_each(|finding| totals.add(finding.verdict));
            steps.push(StepOutcome {
                id: step.id.clone(),
                title: step.title.clone(),
                verdict: step_verdict(&checks),
                checks,
            });
        }
        if !steps.is_empty() {
            let verdict = Verdict::sum(counted_steps(&steps));
            lessons.push(LessonOutcome {
                id: lesson.id.clone(),
                title: lesson.title.clone(),
                verdict,
                steps,
            });
        }
    }
    let root_cause = root_cause(&lessons).or_else(|| wrong_region(findings, &lessons));
    Verification {
        patterns: patterns(course, &lessons),
        lessons,
        root_cause,
        totals,
    }
}

/// Every check's finding, whatever was asked.
pub fn findings(stack: &Stack<'_>) -> BTreeMap<&'static str, Finding> {
    let mut judged: BTreeMap<&'static str, Finding> = checks()
        .map(|check| {
            let judgement = gate::forced(stack, check).unwrap_or_else(|| (check.judge)(stack));
            (check.id.as_str(), check.finding(judgement))
        })
        .collect();
    fold_consequences(&mut judged);
    fold_wrong_region(&mut judged);
    for (id, evidence) in contradictions(stack) {
        if let Some(finding) = judged.get_mut(id.as_str())
            && !finding.evidence.is_empty()
        {
            finding.evidence.push(evidence);
        }
    }
    judged
}

/// One fault, one root cause: what only follows from another failure is shown as blocked by it.
fn fold_consequences(judged: &mut BTreeMap<&'static str, Finding>) {
    let failed: BTreeSet<&'static str> = judged
        .iter()
        .filter(|(_, finding)| finding.verdict == Verdict::Failed)
        .map(|(id, _)| *id)
        .collect();
    for check in checks() {
        if !failed.contains(check.id.as_str()) {
            continue;
        }
        let Some(origin) = check.follows.iter().find(|other| failed.contains(*other)) else {
            continue;
        };
        let Some(by) = judged.get(*origin).map(|finding| finding.check) else {
            continue;
        };
        if let Some(finding) = judged.get_mut(check.id.as_str()) {
            let judgement = Judgement::blocked(by, finding.summary.clone());
            let evidence = std::mem::take(&mut finding.evidence);
            let ruled_out = std::mem::take(&mut finding.ruled_out);
            *finding = check.finding(Judgement {
                evidence,
                ruled_out,
                ..judgement
            });
        }
    }
}

/// What seems wrong only because the chapter stands in another region is no fault.
fn fold_wrong_region(judged: &mut BTreeMap<&'static str, Finding>) {
    let Some(origin) = elsewhere::root(judged) else {
        return;
    };
    for finding in judged.values_mut() {
        if finding.verdict == Verdict::Failed && !elsewhere::is_global(finding.check) {
            let Some(check) = check(finding.check.as_str()) else {
                continue;
            };
            let evidence = std::mem::take(&mut finding.evidence);
            *finding = check.finding(Judgement {
                evidence,
                ..Judgement::blocked(origin, finding.summary.clone())
            });
        }
    }
}

/// Whether a finding weighs on its step: all but advice does.
pub fn counts(finding: &Finding) -> bool {
    check(finding.check.as_str()).is_some_and(|check| check.kind != CheckKind::Advice)
}

/// Advice is left out of a step's verdict, unless the step has nothing else.
fn step_verdict(checks: &[Finding]) -> Verdict {
    if checks.iter().any(counts) {
        Verdict::sum(
            checks
                .iter()
                .filter(|finding| counts(finding))
                .map(|finding| finding.verdict),
        )
    } else {
        Verdict::sum(checks.iter().map(|finding| finding.verdict))
    }
}

/// Steps of advice only do not weigh on their lesson.
fn counted_steps(steps: &[StepOutcome]) -> Vec<Verdict> {
    let counted: Vec<Verdict> = steps
        .iter()
        .filter(|step| step.checks.iter().any(counts))
        .map(|step| step.verdict)
        .collect();
    if counted.is_empty() {
        steps.iter().map(|step| step.verdict).collect()
    } else {
        counted
    }
}

/// Over the asked steps; a pattern of which nothing was asked is left out.
fn patterns(course: &Course, lessons: &[LessonOutcome]) -> Vec<PatternOutcome> {
    let asked: Vec<&Finding> = lessons
        .iter()
        .flat_map(|lesson| &lesson.steps)
        .flat_map(|step| &step.checks)
        .filter(|finding| counts(finding))
        .collect();
    course
        .patterns
        .iter()
        .filter_map(|pattern| {
            let mine: Vec<Verdict> = asked
                .iter()
                .filter(|finding| pattern.holds(finding.check.as_str()))
                .map(|finding| finding.verdict)
                .collect();
            (!mine.is_empty()).then(|| PatternOutcome {
                id: pattern.id.clone(),
                title: pattern.title.clone(),
                verdict: Verdict::sum(mine),
            })
        })
        .collect()
}

/// The first failed check in the order of the chapter: what comes later rests on what comes before.
fn root_cause(lessons: &[LessonOutcome]) -> Option<RootCause> {
    lessons
        .iter()
        .flat_map(|lesson| &lesson.steps)
        .flat_map(|step| &step.checks)
        .find(|finding| finding.verdict == Verdict::Failed)
        .and_then(|finding| {
            let cause = finding.cause?;
            Some(RootCause {
                cause,
                check: finding.check,
                summary: finding.summary.clone(),
            })
        })
}

/// Nothing is broken, but everything stands in another region: begin there.
fn wrong_region(
    findings: &BTreeMap<&'static str, Finding>,
    lessons: &[LessonOutcome],
) -> Option<RootCause> {
    let origin = elsewhere::root(findings)?;
    let asked = lessons
        .iter()
        .flat_map(|lesson| &lesson.steps)
        .flat_map(|step| &step.checks)
        .any(|finding| finding.check == origin || finding.blocked_by == Some(origin));
    let finding = findings.get(origin.as_str()).filter(|_| asked)?;
    Some(RootCause {
        cause: finding.cause?,
        check: origin,
        summary: finding.summary.clone(),
    })
}

/// Judges a snapshot against the whole course, for callers that have nothing confirmed by hand.
pub fn verify_all(
    snapshot: &Snapshot,
    course: &Course,
    attested: &BTreeSet<String>,
) -> Verification {
    verify(
        &Stack {
            snapshot,
            attested,
            teardown_begun: false,
        },
        course,
        &Asked::All,
    )
}
