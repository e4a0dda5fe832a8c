//! Questions whose key is an account: the learner's own, as it was last seen, or the practice account.
//!
//! Reading order: `page` (lines with a key each) -> the four pages of a stack -> `mutation` (one known fault put into a
//! copy of a look) -> `inspect` (the lines that differ are the key) -> `foretell` (values) -> `instead` (why the practice
//! account stands in).

mod definition_page;
mod foretell;
mod groups_page;
mod inspect;
mod instead;
mod mutation;
mod page;
mod part;
mod service_page;
mod shown;
mod target_group_page;

#[cfg(test)]
mod foretell_tests;
#[cfg(test)]
mod hostile_tests;
#[cfg(test)]
mod inspect_tests;
#[cfg(test)]
mod testing;

pub use foretell::reads;
pub use mutation::{check_of, mutated};

use crate::account::Snapshot;
use crate::course::{Kind, Question};
use crate::progress::{Posed, PosedWhat};
use instead::Instead;

/// What account questions may be asked about.
#[derive(Debug, Clone, Copy)]
pub struct Ground<'a> {
    /// The last look at the learner's own account, if there is one.
    pub own: Option<&'a Snapshot>,
    /// The finished practice account; stands in where the own one has nothing to ask about.
    pub practice: &'a Snapshot,
}

/// Puts an account question to the learner: the value that is to be foretold, or the page with its faults. A page that
/// stands in the deck is put the same way; no account was looked at for it. `None` for all other kinds, and where not even the
/// practice account has what is asked about.
pub fn pose(question: &Question, ground: &Ground<'_>) -> Option<Posed> {
    match &question.kind {
        Kind::Inspect(inspect) => match inspect::of_text(inspect) {
            Some(pages) => Some(posed(ground.practice, None, PosedWhat::Inspect(pages))),
            None => of_account(ground, &|snapshot| {
                inspect::of_account(inspect, snapshot).map(PosedWhat::Inspect)
            }),
        },
        Kind::Predict(predict) => of_account(ground, &|snapshot| {
            foretell::foretell(predict.key, snapshot).map(PosedWhat::Predict)
        }),
        _ => None,
    }
}

/// Of the learner's own account, else of the practice account with the reason.
fn of_account(
    ground: &Ground<'_>,
    ask: &dyn Fn(&Snapshot) -> Result<PosedWhat, Instead>,
) -> Option<Posed> {
    let instead = match ground.own.map(|own| (own, ask(own))) {
        Some((own, Ok(what))) => return Some(posed(own, None, what)),
        Some((_, Err(instead))) => instead,
        None => Instead::NotLookedAt,
    };
    let what = ask(ground.practice).ok()?;
    Some(posed(ground.practice, Some(instead.sentence()), what))
}

fn posed(snapshot: &Snapshot, instead: Option<String>, what: PosedWhat) -> Posed {
    Posed {
        source: snapshot.source,
        looked_at: snapshot.collected_at,
        instead,
        what,
    }
}
