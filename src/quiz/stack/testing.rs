//! Looks and questions that the tests of this folder begin from.

use super::Ground;
use crate::account::{Chapter, Snapshot};
use crate::course::{Artifact, Fault, Inspect, Kind, Mutation, Predict, PredictKey, Question};
use crate::practice::{good_account, test_chapter};
use crate::progress::{Pages, Posed, PosedWhat};
use jiff::Timestamp;
use std::sync::OnceLock;

pub fn noon() -> Timestamp {
    "2026-11-22T12:00:00Z".parse().unwrap()
}

/// The practice account with everything done.
pub fn practice() -> Snapshot {
    good_account(&test_chapter(), noon())
}

/// The same as a learner's own account, looked at an hour before.
pub fn own() -> Snapshot {
    own_of(&test_chapter())
}

pub fn own_of(chapter: &Chapter) -> Snapshot {
    let mut own = good_account(chapter, noon());
    own.source = crate::account::Source::Aws;
    own.collected_at = "2026-11-22T11:00:00Z".parse().unwrap();
    own
}

pub fn question(kind: Kind) -> Question {
    crate::course::testing::question("a.question", kind)
}

pub fn find(mutations: &[Mutation]) -> Question {
    question(Kind::Inspect(Inspect {
        artifact: Artifact::Account(mutations.to_vec()),
        faults: mutations
            .iter()
            .map(|one| fault(one.word(), None))
            .collect(),
        decoys: Vec::new(),
    }))
}

pub fn fault(id: &str, at: Option<&str>) -> Fault {
    Fault {
        id: id.to_owned(),
        at: at.map(str::to_owned),
        says: "It is wrong.".to_owned(),
        fix: "Put it right.".to_owned(),
        harm: "It does harm.".to_owned(),
    }
}

pub fn foretell(key: PredictKey) -> Question {
    question(Kind::Predict(Predict {
        key,
        why: "Because.".to_owned(),
    }))
}

pub fn ask(question: &Question, own: Option<&Snapshot>) -> Posed {
    static PRACTICE: OnceLock<Snapshot> = OnceLock::new();
    let ground = Ground {
        own,
        practice: PRACTICE.get_or_init(practice),
    };
    super::pose(question, &ground).expect("an account question is posed")
}

pub fn pages(posed: Posed) -> Pages {
    match posed.what {
        PosedWhat::Inspect(pages) => pages,
        PosedWhat::Predict(value) => panic!("no pages: {value:?}"),
    }
}
