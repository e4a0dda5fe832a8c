use super::Outcome::{LeftAlone, Missed, Right, Wrong};
use super::*;
use proptest::prelude::*;

fn ordered(ids: &[&str]) -> Given {
    Given::Ordered {
        items: ids.iter().map(|id| (*id).to_owned()).collect(),
    }
}

/// start, register, healthy, traffic have an order among them: six pairs. `event` may stand anywhere.
const CHAIN: [&str; 4] = ["start", "register", "healthy", "traffic"];

#[test]
fn the_share_is_that_of_the_pairs_that_are_kept() {
    for (ids, kept) in [
        (&["start", "register", "healthy", "traffic", "event"][..], 6),
        (&["event", "start", "register", "healthy", "traffic"], 6),
        (&["start", "register", "healthy", "traffic"], 6),
        (&["start", "healthy", "register", "traffic"], 5),
        (&["traffic", "start", "register", "healthy"], 3),
        (&["traffic", "healthy", "register", "start"], 0),
        (&["start", "register", "healthy"], 3),
        (&["start", "traffic"], 1),
        (&["start"], 0),
        (&["event"], 0),
        (&[], 0),
        (&["start", "register", "healthy", "traffic", "reboot"], 5),
        (&["reboot"], 0),
        (
            &["start", "start", "register", "healthy", "traffic", "start"],
            6,
        ),
        (&["start", "nonsense", "register", "healthy", "traffic"], 6),
    ] {
        assert_share(
            &judged("replacement-order", &ordered(ids)),
            f64::from(kept) / 6.0,
        );
    }
}

#[test]
fn a_violated_pair_says_what_has_to_come_before_and_why() {
    let judged = judged(
        "replacement-order",
        &ordered(&["start", "healthy", "register", "traffic", "reboot"]),
    );
    assert_eq!(
        outcomes(&judged),
        [
            ("start", Right),
            ("register", Right),
            ("healthy", Wrong),
            ("traffic", Right),
            ("event", Missed),
            ("reboot", Wrong)
        ]
    );
    let healthy = &judged.parts[2];
    assert_eq!(healthy.given.as_deref(), Some("place 2"));
    assert_eq!(
        healthy.key.as_deref(),
        Some("after “The task is registered with the target group”")
    );
    assert_eq!(healthy.why, "Who is not registered is not checked.");
    assert_eq!(
        judged.parts[5].key.as_deref(),
        Some("not in this order at all")
    );
    assert_eq!(judged.parts[5].why, "It starts and stops nothing.");
}

#[test]
fn what_is_left_out_is_missed_and_the_fault_of_nothing_else() {
    let judged = judged(
        "replacement-order",
        &ordered(&["start", "healthy", "traffic"]),
    );
    assert_eq!(
        outcomes(&judged)[..4],
        [
            ("start", Right),
            ("register", Missed),
            ("healthy", Right),
            ("traffic", Right)
        ]
    );
    assert_eq!(
        judged.parts[1].key.as_deref(),
        Some("before “Enough checks pass”")
    );
    assert_eq!(outcomes(&judged)[5], ("reboot", LeftAlone));
}

#[test]
fn a_pair_that_only_follows_from_others_is_named_when_no_stated_one_is_broken() {
    let judged = judged(
        "replacement-order",
        &ordered(&["register", "healthy", "start", "traffic"]),
    );
    let by_id = |id: &str| {
        judged
            .parts
            .iter()
            .find(|part| part.id == id)
            .expect("is there")
    };
    assert_eq!(
        by_id("register").key.as_deref(),
        Some("after “ECS starts a task”")
    );
    assert_eq!(
        by_id("healthy").key.as_deref(),
        Some("after “ECS starts a task”")
    );
    assert_eq!(by_id("healthy").outcome, Wrong);
    assert_eq!(by_id("start").outcome, Right);
}

/// A graph without circles: every item may only wait for earlier ones.
fn any_order() -> impl Strategy<Value = crate::course::Order> {
    prop::collection::vec(prop::collection::vec(any::<bool>(), 7), 3..7).prop_map(|rows| {
        let item = |at: usize, after: Vec<String>| crate::course::OrderItem {
            id: format!("i{at}"),
            text: format!("Item {at}"),
            after,
            why: "because".to_owned(),
        };
        let items = rows.iter().enumerate().map(|(at, row)| {
            let after = (0..at).filter(|first| row[*first]);
            item(at, after.map(|first| format!("i{first}")).collect())
        });
        crate::course::Order {
            items: items.collect(),
            distractors: vec![item(99, Vec::new())],
        }
    })
}

/// Whether one has to come before the other, found by walking every path.
fn has_to_wait(order: &crate::course::Order, then: &str, first: &str) -> bool {
    let item = order.items.iter().find(|item| item.id == then);
    item.is_some_and(|item| {
        item.after
            .iter()
            .any(|id| id == first || has_to_wait(order, id, first))
    })
}

/// The question with this order in it.
fn asking(order: crate::course::Order) -> Question {
    Question {
        kind: Kind::Order(order),
        ..question("replacement-order")
    }
}

fn share_of(question: &Question, items: &[String]) -> f64 {
    let given = Given::Ordered {
        items: items.to_vec(),
    };
    judge(question, &given, None, &BTreeMap::new())
        .expect("an order needs no confirmation")
        .share
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_order_earns_everything_exactly_when_it_breaks_no_pair(
        order in any_order(),
        seed in prop::collection::vec(any::<u32>(), 7),
    ) {
        let mut ids: Vec<String> = order.items.iter().map(|item| item.id.clone()).collect();
        ids.sort_by_key(|id| seed[id[1..].parse::<usize>().unwrap()]);
        let mut pairs = 0;
        let mut kept = 0;
        for (at, one) in ids.iter().enumerate() {
            for other in &ids[at + 1..] {
                kept += i32::from(has_to_wait(&order, other, one));
                pairs += i32::from(has_to_wait(&order, other, one) || has_to_wait(&order, one, other));
            }
        }
        let expected = if pairs == 0 { 0.0 } else { f64::from(kept) / f64::from(pairs) };
        let question = asking(order);
        let share = share_of(&question, &ids);
        prop_assert!((share - expected).abs() < 1e-9, "{share} for {ids:?}, expected {expected}");
    }

    #[test]
    fn the_deck_s_own_order_is_right_and_a_stranger_in_it_lowers(order in any_order(), at in 0usize..3) {
        prop_assume!(order.items.iter().any(|item| !item.after.is_empty()));
        let mut ids: Vec<String> = order.items.iter().map(|item| item.id.clone()).collect();
        let question = asking(order);
        prop_assert!((share_of(&question, &ids) - 1.0).abs() < 1e-9);
        ids.insert(at, "i99".to_owned());
        prop_assert!(share_of(&question, &ids) < 1.0);
    }

    #[test]
    fn neighbours_may_be_swapped_unless_one_waits_for_the_other(order in any_order(), at in 0usize..6) {
        let mut ids: Vec<String> = order.items.iter().map(|item| item.id.clone()).collect();
        let at = at % (ids.len() - 1);
        prop_assume!(order.items.iter().any(|item| !item.after.is_empty()));
        let related = has_to_wait(&order, &ids[at + 1], &ids[at]);
        let question = asking(order);
        ids.swap(at, at + 1);
        let share = share_of(&question, &ids);
        if related {
            prop_assert!(share < 1.0, "{ids:?}");
        } else {
            prop_assert!((share - 1.0).abs() < 1e-9, "{ids:?}");
        }
    }
}

#[test]
fn the_chain_of_the_deck_is_what_these_tests_think_it_is() {
    let Kind::Order(order) = question("replacement-order").kind else {
        panic!("it is an order")
    };
    for (at, then) in CHAIN.iter().enumerate() {
        for first in &CHAIN[..at] {
            assert!(has_to_wait(&order, then, first), "{first} before {then}");
        }
        assert!(!has_to_wait(&order, then, "event") && !has_to_wait(&order, "event", then));
    }
}
