//! What a check is, before it is judged.

use super::cause::Cause;
use super::finding::{Finding, Judgement};
use super::ids::CheckId;
use super::stack::Stack;
use super::verdict::Verdict;
use crate::account::Area;

/// One entry of the registry.
#[derive(Debug)]
pub struct Check {
    pub id: CheckId,
    /// A few words: what is so when it passes.
    pub title: &'static str,
    pub kind: CheckKind,
    /// What has to be read to judge it (the collector adds what those parts follow from).
    pub needs: &'static [Area],
    /// Checks whose failure explains this one's: then it is shown as blocked by the first of them that failed.
    pub follows: &'static [&'static str],
    /// Every verdict that its judge can give; each has a fixture in `tests/checks`.
    pub verdicts: &'static [Verdict],
    /// Every cause that its judge can name; each has a fixture too.
    pub causes: &'static [Cause],
    pub judge: fn(&Stack<'_>) -> Judgement,
}

/// How a check counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CheckKind {
    /// It can fail a step.
    Must,
    /// It only ever adds a remark.
    Advice,
    /// The learner confirms it by hand.
    Attested,
}

impl Check {
    /// A check that can fail a step.
    pub(super) const fn must(
        id: &'static str,
        title: &'static str,
        needs: &'static [Area],
        judge: fn(&Stack<'_>) -> Judgement,
    ) -> Self {
        Check {
            id: CheckId(id),
            title,
            kind: CheckKind::Must,
            needs,
            follows: &[],
            verdicts: &[],
            causes: &[],
            judge,
        }
    }

    /// A check that only ever adds a remark.
    pub(super) const fn advice(
        id: &'static str,
        title: &'static str,
        needs: &'static [Area],
        judge: fn(&Stack<'_>) -> Judgement,
    ) -> Self {
        Check {
            kind: CheckKind::Advice,
            ..Check::must(id, title, needs, judge)
        }
    }

    /// A check that the learner confirms by hand.
    pub(super) const fn attested(
        id: &'static str,
        title: &'static str,
        needs: &'static [Area],
        judge: fn(&Stack<'_>) -> Judgement,
    ) -> Self {
        Check {
            kind: CheckKind::Attested,
            ..Check::must(id, title, needs, judge)
        }
    }

    /// The same check, explained by these others when they fail.
    pub(super) const fn follows(self, others: &'static [&'static str]) -> Self {
        Check {
            follows: others,
            ..self
        }
    }

    /// The same check, with all that it may say. What the caller's nature forces on it, and what it is folded under, is
    /// not its own to say.
    pub(super) const fn may(self, verdicts: &'static [Verdict], causes: &'static [Cause]) -> Self {
        Check {
            verdicts,
            causes,
            ..self
        }
    }

    /// Puts this check's name on a judgement.
    pub fn finding(&self, judgement: Judgement) -> Finding {
        Finding {
            check: self.id,
            title: self.title,
            verdict: judgement.verdict,
            summary: judgement.summary,
            cause: judgement.cause,
            evidence: judgement.evidence,
            ruled_out: judgement.ruled_out,
            fix: judgement.fix,
            advice: judgement.advice,
            blocked_by: judgement.blocked_by,
            missing_permission: judgement.missing_permission,
        }
    }
}
