//! From a confirmed share to a grade.

use super::fsrs::Grade;
use crate::progress::{Attempt, Confidence, Given};

/// A share is a quotient of sums: 0.7 may arrive as 0.699999.
const ROUNDING: f64 = 1e-9;

/// Whether a share reaches a limit.
pub(super) fn reaches(share: f64, limit: f64) -> bool {
    share + ROUNDING >= limit
}

/// The share of a settled attempt. "I don't know" has none: it is unattempted, never wrong.
pub(super) fn settled_share(attempt: &Attempt) -> Option<f64> {
    attempt
        .share
        .filter(|share| share.is_finite() && attempt.given.is_attempt())
}

/// What an attempt means for the schedule. `None` while something of it has to be confirmed. "I don't know" comes back as
/// soon as what was missed does.
pub fn grade(attempt: &Attempt) -> Option<Grade> {
    if attempt.given == Given::NotKnown {
        return Some(Grade::Again);
    }
    let share = settled_share(attempt)?;
    let sure = attempt.confidence == Some(Confidence::Very) && !attempt.hinted;
    Some(if !reaches(share, 0.4) {
        Grade::Again
    } else if !reaches(share, 0.7) {
        Grade::Hard
    } else if sure && reaches(share, 1.0) {
        Grade::Easy
    } else {
        Grade::Good
    })
}
