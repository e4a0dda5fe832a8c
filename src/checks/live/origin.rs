//! The broken link before this one, if another check has found it.

use super::is_trouble;
use crate::checks::cause::Cause;
use crate::checks::finding::Judgement;
use crate::checks::ids::CheckId;
use crate::checks::stack::Stack;
use crate::checks::verdict::Verdict;

/// The first of these checks that failed (or wants something that is not there), or that is held up by one that did.
/// None of them may ask back.
pub(super) fn first(stack: &Stack<'_>, candidates: &[&str]) -> Option<(CheckId, Judgement)> {
    candidates.iter().find_map(|id| {
        let check = crate::checks::check(id)?.id;
        let judgement = stack.judgement_of(id);
        if is_trouble(judgement.verdict) && stands_in_the_way(&judgement) {
            return Some((check, judgement));
        }
        let by = judgement
            .blocked_by
            .filter(|_| judgement.verdict == Verdict::Blocked)?;
        let behind = stack.judgement_of(by.as_str());
        (is_trouble(behind.verdict) && stands_in_the_way(&behind)).then_some((by, behind))
    })
}

/// What is only open too wide, or not redirected, is wrong but keeps nothing from working.
fn stands_in_the_way(judgement: &Judgement) -> bool {
    !matches!(
        judgement.cause,
        Some(
            Cause::SourceIsCidr
                | Cause::SourceIsOtherGroup
                | Cause::DefaultSecurityGroupShared
                | Cause::HttpNotRedirected
        )
    )
}

/// The same for candidates that explain it only when they failed of one of `causes` (or are missing): a group that is open to
/// too many, say, is wrong but keeps nobody out.
pub(super) fn explains_by(
    stack: &Stack<'_>,
    candidates: &[&str],
    causes: &[Cause],
    what: &str,
) -> Option<Judgement> {
    candidates.iter().find_map(|candidate| {
        let (check, origin) = first(stack, &[candidate])?;
        let fits = origin.verdict == Verdict::Missing
            || origin.cause.is_some_and(|cause| causes.contains(&cause));
        fits.then(|| follows(check, &origin, what))
    })
}

/// The judgement that this only follows from one of the candidates, if so.
pub(super) fn explains(stack: &Stack<'_>, candidates: &[&str], what: &str) -> Option<Judgement> {
    first(stack, candidates).map(|(check, origin)| follows(check, &origin, what))
}

/// The same for a container that ran and ended: its image was pulled, so what the registry lacks by now did not end it.
pub(super) fn explains_end(
    stack: &Stack<'_>,
    candidates: &[&str],
    what: &str,
) -> Option<Judgement> {
    candidates.iter().find_map(|candidate| {
        let (check, origin) = first(stack, &[*candidate])?;
        let was_pulled = matches!(
            origin.cause,
            Some(Cause::RepositoryMissing | Cause::ImageTagMissing | Cause::WrongRegion)
        );
        (!was_pulled).then(|| follows(check, &origin, what))
    })
}

fn follows(check: CheckId, origin: &Judgement, what: &str) -> Judgement {
    Judgement::blocked(
        check,
        format!("{what} That follows from: {}", origin.summary),
    )
}

/// The judgement that the reason cannot be told, because one of the candidates could not be judged: it may be the one.
pub(super) fn unread(stack: &Stack<'_>, candidates: &[&str], what: &str) -> Option<Judgement> {
    candidates.iter().find_map(|id| {
        let judgement = stack.judgement_of(id);
        (judgement.verdict == Verdict::Unknown).then(|| Judgement {
            missing_permission: judgement.missing_permission,
            fix: judgement.fix,
            ..Judgement::unknown(format!("{what} Why cannot be told: {}", judgement.summary))
        })
    })
}
