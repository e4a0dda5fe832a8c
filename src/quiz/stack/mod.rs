//! Questions whose key is an account: the learner's own, as it was last seen, or the practice account.

use crate::account::Snapshot;
use crate::course::Question;
use crate::progress::Posed;

/// What account questions may be asked about.
#[derive(Debug, Clone, Copy)]
pub struct Ground<'a> {
    /// The last look at the learner's own account, if there is one.
    pub own: Option<&'a Snapshot>,
    /// The finished practice account; stands in where the own one has nothing to ask about.
    pub practice: &'a Snapshot,
}

/// Puts an account question to the learner: the value that is to be foretold, or the page with its faults. `None` for
/// questions that ask of no account.
pub fn pose(_question: &Question, _ground: &Ground<'_>) -> Option<Posed> {
    None
}
