//! One of several: all or nothing.

use super::{Judged, multi};
use crate::course::Options;
use crate::progress::Given;

/// Full marks for the right option alone.
pub(super) fn judge(asked: &Options, given: &Given) -> Judged {
    let picked = multi::picked(asked, given);
    let is_right = matches!(picked.as_slice(), [only] if only.right);
    Judged {
        share: if is_right { 1.0 } else { 0.0 },
        parts: multi::parts(asked, &picked),
    }
}
