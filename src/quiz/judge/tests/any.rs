//! What holds of every kind, whatever the answer.

use super::*;
use crate::course::hostile::nasty;
use crate::progress::{Foretold, ForetoldValue, Pages, PlacedFault};
use proptest::prelude::*;

fn any_word() -> impl Strategy<Value = String> {
    prop_oneof![
        nasty(),
        prop::sample::select(vec![
            "reason", "alb", "alb-80", "tasks", "start", "traffic", "reboot", "service", "port",
            "whom", "5432", "2",
        ])
        .prop_map(str::to_owned),
    ]
}

fn any_given() -> impl Strategy<Value = Given> {
    let list = || prop::collection::vec(any_word(), 0..6);
    let map = || prop::collection::btree_map(any_word(), any_word(), 0..4);
    prop_oneof![
        Just(Given::NotKnown),
        any_word().prop_map(|text| Given::Text { text }),
        list().prop_map(|options| Given::Picked { options }),
        list().prop_map(|items| Given::Ordered { items }),
        map().prop_map(|pairs| Given::Matched { pairs }),
        map().prop_map(|blanks| Given::Filled { blanks }),
        (prop::collection::vec(any::<usize>(), 0..4), any_word())
            .prop_map(|(lines, why)| Given::Inspected { lines, why }),
        any_word().prop_map(|value| Given::Predicted { value }),
    ]
}

fn any_posed() -> impl Strategy<Value = Option<Posed>> {
    let pages = (
        prop::collection::vec(any_word(), 0..3),
        prop::collection::vec(
            (any_word(), prop::collection::vec(any::<usize>(), 0..3)),
            0..3,
        ),
    )
        .prop_map(|(lines, faults)| {
            PosedWhat::Inspect(Pages {
                title: String::new(),
                lines,
                faults: faults
                    .into_iter()
                    .map(|(id, lines)| PlacedFault {
                        id,
                        lines,
                        was: String::new(),
                    })
                    .collect(),
                decoys: vec![(0, "x".to_owned()), (usize::MAX, "y".to_owned())],
            })
        });
    let value = (any_word(), any::<i64>()).prop_map(|(of, value)| {
        PosedWhat::Predict(Foretold {
            of,
            value: ForetoldValue::Number { value },
            evidence: String::new(),
        })
    });
    prop::option::of(prop_oneof![pages, value].prop_map(posed))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_answer_is_judged_between_nothing_and_everything(
        given in any_given(),
        posed in any_posed(),
        confirmed in prop::sample::select(vec![true, false]),
    ) {
        let deck = every_kind();
        let confirmed = if confirmed {
            said(&[("warm-up", Said::Said), ("ignored", Said::Partly), ("sizing", Said::NotSaid), ("tag", Said::Said)])
        } else {
            BTreeMap::new()
        };
        for question in deck.questions.iter().chain(&deck.retries) {
            let open = to_confirm(question, &given, posed.as_ref(), &confirmed);
            let Some(judged) = judge(question, &given, posed.as_ref(), &confirmed) else {
                continue;
            };
            prop_assert!((0.0..=1.0).contains(&judged.share), "{}: {}", question.id, judged.share);
            prop_assert!(open.is_empty(), "{} is judged with {open:?} still open", question.id);
            prop_assert!(given != Given::NotKnown, "{} judges what was not attempted", question.id);
        }
    }
}

#[test]
fn an_answer_of_another_kind_is_an_empty_one() {
    let deck = every_kind();
    let others = [
        Given::Text {
            text: "reason".to_owned(),
        },
        picked(&["start", "service", "port", "tag"]),
        Given::Ordered {
            items: vec!["reason".to_owned(), "alb-80".to_owned()],
        },
        Given::Predicted {
            value: "5432".to_owned(),
        },
    ];
    let closed = [
        "exec-refused",
        "public-tiers",
        "replacement-order",
        "who-does-what",
        "database-rule",
        "spot-the-fault",
    ];
    for id in closed {
        let question = deck.question(id).expect("the deck has it");
        for given in &others {
            let judged = judge(question, given, None, &BTreeMap::new()).expect("is judged");
            assert_share(&judged, 0.0);
            assert!(!judged.parts.is_empty());
            assert!(
                judged
                    .parts
                    .iter()
                    .all(|part| matches!(part.outcome, Outcome::Missed | Outcome::LeftAlone)),
                "{id}: {:?}",
                outcomes(&judged)
            );
        }
    }
}

#[test]
fn what_is_not_known_is_no_attempt() {
    let deck = every_kind();
    for question in deck.questions.iter().chain(&deck.retries) {
        let all = said(&[
            ("warm-up", Said::Said),
            ("ignored", Said::Said),
            ("sizing", Said::Said),
        ]);
        assert_eq!(
            judge(question, &Given::NotKnown, None, &all),
            None,
            "{}",
            question.id
        );
        assert_eq!(
            to_confirm(question, &Given::NotKnown, None, &BTreeMap::new()),
            []
        );
    }
}
