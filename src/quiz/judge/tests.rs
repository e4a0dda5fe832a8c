//! Every kind by itself; what any answer at all may come to is in `any`.

mod any;
mod closed;
mod cloze;
mod confirmed;
mod inspect;
mod order;
mod predict;

use super::*;
use crate::account::Source;
use crate::course::testing::every_kind;
use crate::progress::{PosedWhat, Said};
use jiff::Timestamp;

fn question(id: &str) -> Question {
    every_kind().item(id).expect("the deck has it").clone()
}

fn judged(id: &str, given: &Given) -> Judged {
    judge(&question(id), given, None, &BTreeMap::new()).expect("nothing has to be confirmed")
}

fn posed(what: PosedWhat) -> Posed {
    Posed {
        source: Source::Practice,
        looked_at: Timestamp::UNIX_EPOCH,
        instead: None,
        what,
    }
}

fn said(all: &[(&str, Said)]) -> BTreeMap<String, Confirmation> {
    let confirmation = |said| Confirmation {
        said,
        evidence: None,
        at: Timestamp::UNIX_EPOCH,
    };
    all.iter()
        .map(|(id, said)| ((*id).to_owned(), confirmation(*said)))
        .collect()
}

fn picked(ids: &[&str]) -> Given {
    Given::Picked {
        options: ids.iter().map(|id| (*id).to_owned()).collect(),
    }
}

/// The parts as a column: `alb right`.
fn outcomes(judged: &Judged) -> Vec<(&str, Outcome)> {
    judged
        .parts
        .iter()
        .map(|part| (part.id.as_str(), part.outcome))
        .collect()
}

#[track_caller]
fn assert_share(judged: &Judged, share: f64) {
    assert!(
        (judged.share - share).abs() < 1e-9,
        "{} is not {share}: {:?}",
        judged.share,
        outcomes(judged)
    );
}
