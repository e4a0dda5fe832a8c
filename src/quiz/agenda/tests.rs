use super::agenda;
use crate::course::{Deck, Question};
use crate::progress::{Attempt, Given, Mode, Said};
use crate::quiz::schedule::small_deck::{attempt, choice, confirming, deck, open, time};
use proptest::prelude::*;

const AT: &str = "2026-11-02T10:00:00Z";

/// Two open questions with three points each, and closed ones.
fn small() -> Deck {
    let mut deck = deck(vec![
        open("grace", &["warm-up", "loop", "sizing"]),
        choice("b"),
        choice("c"),
        open("walls", &["rules", "tiers", "ports"]),
        choice("e"),
        choice("grace.predict"),
    ]);
    deck.retries = [
        "grace.warm-up",
        "grace.loop",
        "grace.sizing",
        "walls.rules",
        "walls.tiers",
        "walls.ports",
    ]
    .map(choice)
    .to_vec();
    deck
}

fn ids(planned: &[&str]) -> Vec<String> {
    planned.iter().map(|id| (*id).to_owned()).collect()
}

fn answer(number: i64, item: &str) -> Attempt {
    attempt(number, item, AT, 1.0)
}

/// An answer that did not say these points, and said the others.
fn missing(number: i64, item: &str, points: &[&str]) -> Attempt {
    let deck = small();
    let said: Vec<(&str, Said)> = deck
        .question(item)
        .expect("a question")
        .points()
        .iter()
        .map(|point| point.id.as_str())
        .map(|id| {
            let missed = points.contains(&id);
            (id, if missed { Said::NotSaid } else { Said::Said })
        })
        .collect();
    confirming(answer(number, item), &said)
}

#[test]
fn without_a_miss_the_agenda_is_the_plan() {
    let planned = ids(&["b", "grace", "c"]);
    assert_eq!(agenda(&small(), &planned, &[]), planned);
    let all_said = [missing(1, "grace", &[]), answer(2, "b")];
    assert_eq!(agenda(&small(), &planned, &all_said), planned);
}

#[test]
fn a_missed_point_comes_back_after_two_others() {
    let planned = ids(&["grace", "b", "c", "walls", "e"]);
    let attempts = [missing(1, "grace", &["sizing", "warm-up"])];
    assert_eq!(
        agenda(&small(), &planned, &attempts),
        [
            "grace",
            "b",
            "c",
            "grace.warm-up",
            "grace.sizing",
            "walls",
            "e"
        ],
        "in the order of the points, and not the one that was said"
    );
}

#[test]
fn near_the_end_it_comes_back_at_the_end() {
    let attempts = [missing(1, "grace", &["loop"])];
    for planned in [&["grace"][..], &["grace", "b"], &["grace", "b", "c"]] {
        let planned = ids(planned);
        let mut expected = planned.clone();
        expected.push("grace.loop".to_owned());
        assert_eq!(agenda(&small(), &planned, &attempts), expected);
    }
}

#[test]
fn a_point_that_was_said_in_part_or_is_a_bonus_does_not_come_back() {
    let mut deck = small();
    let planned = ids(&["grace", "b", "c"]);
    let said = [
        ("warm-up", Said::Partly),
        ("loop", Said::NotSaid),
        ("sizing", Said::Said),
    ];
    let attempts = [confirming(answer(1, "grace"), &said)];
    assert_eq!(agenda(&deck, &planned, &attempts).len(), 4, "only the loop");
    if let crate::course::Kind::Open(open) = &mut deck.questions[0].kind {
        open.points[1].bonus = true;
    }
    assert_eq!(agenda(&deck, &planned, &attempts), planned);
}

#[test]
fn nothing_comes_back_before_all_points_are_confirmed_nor_in_an_exam_nor_from_a_file() {
    let planned = ids(&["grace", "b", "c"]);
    let missed = missing(1, "grace", &["loop"]);
    let half = Attempt {
        share: None,
        ..missed.clone()
    };
    assert_eq!(agenda(&small(), &planned, &[half]), planned);
    for mode in [Mode::Exam, Mode::Unattended] {
        let attempt = Attempt {
            mode,
            ..missed.clone()
        };
        assert_eq!(agenda(&small(), &planned, &[attempt]), planned, "{mode:?}");
    }
}

#[test]
fn not_knowing_brings_nothing_back() {
    let planned = ids(&["grace", "b", "c"]);
    let attempt = Attempt {
        given: Given::NotKnown,
        share: None,
        ..answer(1, "grace")
    };
    assert_eq!(agenda(&small(), &planned, &[attempt]), planned);
}

#[test]
fn each_item_comes_back_once_however_often_its_point_is_missed() {
    let planned = ids(&["grace", "b", "c"]);
    let twice = [
        missing(1, "grace", &["loop"]),
        missing(2, "grace", &["loop"]),
    ];
    let asked = agenda(&small(), &planned, &twice);
    assert_eq!(asked, ["grace", "b", "c", "grace.loop"]);
    let failed_again = [
        missing(1, "grace", &["loop"]),
        answer(2, "b"),
        answer(3, "c"),
        attempt(4, "grace.loop", AT, 0.0),
    ];
    assert_eq!(agenda(&small(), &planned, &failed_again), asked);
}

#[test]
fn two_questions_items_do_not_push_each_other_away() {
    let planned = ids(&["grace", "walls", "b", "c", "e"]);
    let attempts = [
        missing(1, "grace", &["loop"]),
        missing(2, "walls", &["rules"]),
    ];
    assert_eq!(
        agenda(&small(), &planned, &attempts),
        ["grace", "walls", "b", "grace.loop", "walls.rules", "c", "e"],
        "two others each: walls and b, b and the loop"
    );
}

#[test]
fn it_does_not_come_back_beside_a_sibling() {
    let planned = ids(&["grace", "b", "c", "grace.predict", "e", "walls"]);
    let attempts = [missing(1, "grace", &["loop"])];
    assert_eq!(
        agenda(&small(), &planned, &attempts),
        [
            "grace",
            "b",
            "c",
            "grace.predict",
            "e",
            "grace.loop",
            "walls"
        ]
    );
}

#[test]
fn what_was_put_off_and_answered_late_comes_back_behind_what_was_answered() {
    let planned = ids(&["grace", "b", "c", "walls", "e"]);
    let attempts = [
        answer(1, "b"),
        answer(2, "c"),
        answer(3, "walls"),
        missing(4, "grace", &["loop"]),
    ];
    assert_eq!(
        agenda(&small(), &planned, &attempts),
        ["grace", "b", "c", "walls", "e", "grace.loop"]
    );
}

#[test]
fn an_answer_that_was_taken_back_leaves_its_item_where_it_was_asked() {
    let planned = ids(&["grace", "b", "c", "walls", "e"]);
    let undone = [answer(2, "b"), answer(3, "c"), answer(4, "grace.loop")];
    let asked = ["grace", "b", "c", "grace.loop", "walls", "e"];
    assert_eq!(agenda(&small(), &planned, &undone), asked);
    let mut given_anew = undone.to_vec();
    given_anew.push(missing(5, "grace", &["loop"]));
    assert_eq!(agenda(&small(), &planned, &given_anew), asked);
}

#[test]
fn an_earlier_name_is_the_same_question_and_an_earlier_revision_is_another() {
    let mut deck = small();
    deck.questions[0].was = vec!["old-grace".to_owned()];
    let planned = ids(&["old-grace", "b", "c", "gone-for-good"]);
    let mut attempts = [missing(1, "grace", &["loop"])];
    attempts[0].item = "old-grace".to_owned();
    assert_eq!(
        agenda(&deck, &planned, &attempts),
        ["old-grace", "b", "c", "grace.loop"]
    );
    deck.questions[0].rev = 2;
    assert_eq!(agenda(&deck, &planned, &attempts), ["old-grace", "b", "c"]);
}

/// Answers whose points are confirmed later than others are given.
fn sitting() -> impl Strategy<Value = (Vec<String>, Vec<Attempt>)> {
    let order = Just(ids(&["grace", "b", "c", "walls", "e", "grace.predict"])).prop_shuffle();
    let order = (order, 1_usize..7).prop_map(|(mut order, length)| {
        order.truncate(length);
        order
    });
    let answered = prop::collection::vec((any::<prop::sample::Index>(), 0_u8..8), 0..12);
    (order, answered).prop_map(|(planned, answered)| {
        let deck = small();
        let mut attempts: Vec<Attempt> = Vec::new();
        for ((which, misses), number) in answered.into_iter().zip(1..) {
            let all = agenda(&deck, &planned, &attempts);
            let unanswered: Vec<&String> = all
                .iter()
                .filter(|id| !attempts.iter().any(|attempt| attempt.item == **id))
                .collect();
            if unanswered.is_empty() {
                break;
            }
            let id = unanswered[which.index(unanswered.len())].clone();
            let points: Vec<String> = points_of(deck.item(&id).expect("an item"), misses);
            let missed: Vec<&str> = points.iter().map(String::as_str).collect();
            let mut attempt = if deck.is_retry(&id) || deck.question(&id).is_none() {
                answer(number, &id)
            } else {
                missing(number, &id, &missed)
            };
            attempt.at = time(AT) + jiff::SignedDuration::from_secs(number * 60);
            for said in attempt.confirmed.values_mut() {
                said.at = attempt.at + jiff::SignedDuration::from_secs(5);
            }
            attempts.push(attempt);
        }
        (planned, attempts)
    })
}

fn points_of(question: &Question, misses: u8) -> Vec<String> {
    question
        .points()
        .iter()
        .enumerate()
        .filter(|(at, _)| misses & (1 << at) != 0)
        .map(|(_, point)| point.id.clone())
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn one_more_answer_moves_nothing_and_puts_nothing_before_what_was_answered(
        (planned, attempts) in sitting(),
    ) {
        let deck = small();
        let mut before = agenda(&deck, &planned, &[]);
        for count in 1..=attempts.len() {
            let given = &attempts[..count];
            let now = agenda(&deck, &planned, given);
            let kept: Vec<&String> = now.iter().filter(|id| before.contains(id)).collect();
            prop_assert_eq!(kept, before.iter().collect::<Vec<_>>(), "nothing is lost or moved");
            let last = now
                .iter()
                .rposition(|id| given.iter().any(|attempt| attempt.item == **id))
                .expect("something was answered");
            prop_assert_eq!(&now[..=last], &before[..=last], "what was answered stays");
            before = now;
        }
    }

    #[test]
    fn every_item_stands_in_the_agenda_once_and_every_missed_point_comes_back(
        (planned, attempts) in sitting(),
    ) {
        let deck = small();
        let now = agenda(&deck, &planned, &attempts);
        let once: std::collections::BTreeSet<&String> = now.iter().collect();
        prop_assert_eq!(once.len(), now.len());
        let missed: Vec<String> = attempts
            .iter()
            .flat_map(|attempt| {
                attempt
                    .confirmed
                    .iter()
                    .filter(|(_, confirmation)| confirmation.said == Said::NotSaid)
                    .map(|(point, _)| format!("{}.{point}", attempt.item))
            })
            .collect();
        prop_assert_eq!(now.len(), planned.len() + missed.len());
    }

    #[test]
    fn two_others_are_asked_in_between_where_there_are_two((planned, attempts) in sitting()) {
        let deck = small();
        for count in 1..=attempts.len() {
            let given = &attempts[..count];
            let now = agenda(&deck, &planned, given);
            let newest = &given[count - 1];
            let present = now
                .iter()
                .rposition(|id| given.iter().any(|attempt| attempt.item == **id))
                .expect("something was answered");
            let is_other = |id: &&String| id.split('.').next() != newest.item.split('.').next();
            let waiting = now[present + 1..].iter().filter(is_other).count();
            for (point, confirmation) in &newest.confirmed {
                if confirmation.said != Said::NotSaid {
                    continue;
                }
                let item = format!("{}.{point}", newest.item);
                let at = now.iter().position(|id| *id == item).expect("it comes back");
                let between = now[present + 1..at].iter().filter(is_other).count();
                prop_assert!(between >= waiting.min(2), "{item} in {now:?}");
            }
        }
    }
}
