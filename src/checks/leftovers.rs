//! To be filled.

use super::check::Check;

pub(super) const CHECKS: &[Check] = &[];
