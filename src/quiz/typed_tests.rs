//! What people type, and what is meant by it.

use super::shown::{Entry, Shown, shown};
use super::typed::{numbers, read};
use crate::account::Source;
use crate::course::{
    Kind, Matching, Options, Order, OrderItem, Pair, Predict, PredictKey, Question, QuizOption,
};
use crate::progress::{Foretold, ForetoldValue, Given, Posed, PosedWhat};
use jiff::Timestamp;
use proptest::prelude::*;
use std::collections::BTreeMap;

fn question(kind: Kind) -> Question {
    crate::course::testing::question("a-question", kind)
}

fn options(many: usize, pick: Option<u32>) -> Options {
    Options {
        options: (0..many)
            .map(|number| QuizOption {
                id: format!("o{number}"),
                text: format!("option {number}"),
                right: number == 0,
                why: "because".to_owned(),
            })
            .collect(),
        shuffle: false,
        pick,
    }
}

fn matching() -> Question {
    question(Kind::Match(Matching {
        pairs: ["x", "y"]
            .into_iter()
            .map(|left| Pair {
                left: left.to_owned(),
                right: format!("{left}'s"),
                why: "because".to_owned(),
            })
            .collect(),
        spare: vec!["nobody's".to_owned()],
    }))
}

fn order(many: usize) -> Question {
    let item = |number: usize| OrderItem {
        id: format!("i{number}"),
        text: format!("item {number}"),
        after: Vec::new(),
        why: String::new(),
    };
    question(Kind::Order(Order {
        items: (0..many).map(item).collect(),
        distractors: vec![item(99)],
    }))
}

fn picked(ids: &[&str]) -> Given {
    Given::Picked {
        options: ids.iter().map(|id| (*id).to_owned()).collect(),
    }
}

#[test]
fn a_choice_takes_one_number_and_says_so_otherwise() {
    let question = question(Kind::Choice(options(3, None)));
    let shown = shown(&question, 1);
    let read = |typed: &str| read(&question, &shown, None, typed);
    assert_eq!(read(" 2 "), Ok(picked(&["o1"])));
    assert_eq!(read("2)"), Ok(picked(&["o1"])));
    for typed in [
        "1 2",
        "4",
        "0",
        "-1",
        "",
        "two",
        "1e0",
        "99999999999999999999",
    ] {
        let expected = read(typed).unwrap_err();
        assert!(expected.contains("from 1 to 3"), "{typed}: {expected}");
    }
}

#[test]
fn several_are_separated_as_people_do_and_none_counts_twice() {
    let question = question(Kind::Multi(options(4, Some(2))));
    let shown = shown(&question, 1);
    let read = |typed: &str| read(&question, &shown, None, typed);
    for typed in ["1 3", "1,3", "1, 3.", "1;3"] {
        assert_eq!(read(typed), Ok(picked(&["o0", "o2"])), "{typed}");
    }
    assert!(read("1 1").unwrap_err().contains("twice"));
    assert!(read("1 2 3").unwrap_err().contains("2 are right"));
    assert!(numbers("1-3", 4).is_err(), "a range is not guessed at");
}

#[test]
fn letters_go_with_numbers_in_any_of_the_usual_spellings() {
    let question = matching();
    let shown = shown(&question, 3);
    let right = |at: usize| shown.lettered[at].clone();
    let both = Given::Matched {
        pairs: BTreeMap::from([("x".to_owned(), right(1)), ("y".to_owned(), right(0))]),
    };
    for typed in ["1b 2a", "1B,2A", "1 b, 2 a", "1=b 2=a", "1) b 2) a", "2a1b"] {
        assert_eq!(
            read(&question, &shown, None, typed),
            Ok(both.clone()),
            "{typed}"
        );
    }
    for typed in ["1z", "3a", "b1", "1b 1a", "1", "", "1b 2!"] {
        assert!(read(&question, &shown, None, typed).is_err(), "{typed}");
    }
}

#[test]
fn what_is_foretold_may_be_chosen_by_its_number() {
    let question = question(Kind::Predict(Predict {
        key: PredictKey::DatabaseSource,
        why: "because".to_owned(),
    }));
    let posed = |value| Posed {
        source: Source::Practice,
        looked_at: Timestamp::UNIX_EPOCH,
        instead: None,
        what: PosedWhat::Predict(Foretold {
            of: "the source".to_owned(),
            value,
            evidence: "read".to_owned(),
        }),
    };
    let word = posed(ForetoldValue::Word {
        value: "a group".to_owned(),
        of: vec!["a group".to_owned(), "a range".to_owned()],
    });
    let read = |posed: &Posed, typed: &str| {
        super::typed::read(&question, &Shown::default(), Some(posed), typed)
    };
    let given = |value: &str| {
        Ok(Given::Predicted {
            value: value.to_owned(),
        })
    };
    assert_eq!(read(&word, "2"), given("a range"));
    assert_eq!(read(&word, "range"), given("range"));
    let number = posed(ForetoldValue::Number { value: 60 });
    assert_eq!(read(&number, "2"), given("2"), "a number is no choice here");
    assert_eq!(
        read(&number, "a minute"),
        Err("Type a whole number, as in: 2".to_owned())
    );
    assert_eq!(read(&number, "two"), given("two"));
    assert!(read(&number, "  ").is_err());
}

#[test]
fn the_order_is_never_shown_as_the_deck_has_it() {
    for seed in 0..200 {
        let question = order(3);
        let ids: Vec<String> = shown(&question, seed)
            .numbered
            .into_iter()
            .map(|entry| entry.id)
            .collect();
        assert_ne!(ids, ["i0", "i1", "i2", "i99"], "that would be the key");
    }
}

proptest! {
    #[test]
    fn what_is_shown_is_everything_once_and_the_same_for_the_same_sitting(
        many in 2usize..9, seed in any::<u64>()
    ) {
        let question = order(many);
        let first = shown(&question, seed);
        prop_assert_eq!(&first, &shown(&question, seed));
        let mut ids: Vec<&str> = first.numbered.iter().map(|Entry { id, .. }| id.as_str()).collect();
        ids.sort_unstable();
        ids.dedup();
        prop_assert_eq!(ids.len(), many + 1);
    }

    #[test]
    fn nothing_that_can_be_typed_is_a_crash(typed in any::<String>(), seed in any::<u64>()) {
        for question in [
            question(Kind::Choice(options(3, None))),
            question(Kind::Multi(options(3, None))),
            matching(),
            order(4),
        ] {
            let shown = shown(&question, seed);
            let _ = read(&question, &shown, None, &typed);
        }
    }
}
