//! In which order a sitting asks.

use super::choice::{due, planned, standing, wish};
use crate::quiz::plan::{Scope, plan};
use crate::quiz::schedule::small_deck::{choice, deck, lesson, open, predict, taught};
use crate::quiz::schedule::{Standing, State};
use std::collections::BTreeSet;

#[test]
fn a_first_pass_goes_by_the_lessons_order() {
    let deck = deck(vec![
        taught(choice("c-1"), "alb.listeners"),
        taught(choice("a-1"), "rds.instance"),
        taught(choice("b-1"), "elasticache.cache"),
        taught(choice("c-2"), "alb.name"),
        taught(choice("a-2"), "rds.inbound"),
        choice("nowhere"),
    ]);
    let lessons = ["rds", "elasticache", "alb"].map(lesson);
    for seed in 0..20 {
        let asked = plan(
            &deck,
            &wish(Scope::Mixed, None, seed),
            &[],
            &BTreeSet::new(),
            &lessons,
        );
        let initials: String = asked.iter().filter_map(|id| id.chars().next()).collect();
        assert_eq!(initials, "aabccn");
        let first = plan(
            &deck,
            &wish(Scope::Mixed, Some(3), seed),
            &[],
            &BTreeSet::new(),
            &lessons,
        );
        assert!(first.contains(&"b-1".to_owned()) && !first.contains(&"c-1".to_owned()));
    }
}

#[test]
fn within_a_lesson_a_first_pass_changes_the_kind() {
    let mut questions = Vec::new();
    for number in 0..3 {
        questions.push(taught(open(&format!("open-{number}"), &[]), "rds.instance"));
        questions.push(taught(choice(&format!("choice-{number}")), "rds.inbound"));
    }
    let deck = deck(questions);
    for seed in 0..20 {
        let asked = planned(&deck, &wish(Scope::Mixed, None, seed), &[]);
        for pair in asked.windows(2) {
            assert_ne!(
                pair[0].split('-').next(),
                pair[1].split('-').next(),
                "{asked:?}"
            );
        }
    }
}

#[test]
fn later_passes_change_the_lesson_from_one_question_to_the_next() {
    let mut questions = Vec::new();
    for lesson in ["rds", "alb", "iam-user"] {
        for number in 0..3 {
            let question = choice(&format!("{lesson}-{number}"));
            questions.push(taught(question, &format!("{lesson}.step")));
        }
    }
    let all_due: Vec<Standing> = questions
        .iter()
        .map(|question| due(question.id.as_str(), 3))
        .collect();
    let learning: Vec<Standing> = questions
        .iter()
        .zip(1_u8..)
        .map(|(question, number)| {
            let kept = 0.9 + f64::from(number) / 100.0;
            standing(question.id.as_str(), State::Learning, None, kept)
        })
        .collect();
    let deck = deck(questions);
    for standings in [all_due, learning] {
        let asked = planned(&deck, &wish(Scope::Mixed, Some(6), 1), &standings);
        assert_eq!(asked.len(), 6);
        let changes = asked
            .windows(2)
            .filter(|pair| {
                pair[0].rsplit_once('-').unwrap().0 != pair[1].rsplit_once('-').unwrap().0
            })
            .count();
        assert!(changes >= 3, "{asked:?}");
    }
}

#[test]
fn siblings_that_have_to_be_asked_stand_apart() {
    let deck = deck(vec![
        open("a", &[]),
        choice("a.x"),
        choice("a.y"),
        open("b", &[]),
        choice("b.x"),
        choice("c"),
        predict("d"),
    ]);
    for seed in 0..50 {
        for scope in [Scope::Mixed, Scope::Whole] {
            let asked = planned(&deck, &wish(scope, None, seed), &[]);
            for (at, id) in asked.iter().enumerate() {
                let subject = id.split('.').next();
                let near = &asked[at + 1..(at + 3).min(asked.len())];
                let close = near.iter().any(|other| other.split('.').next() == subject);
                assert!(!close, "two others stand between siblings: {asked:?}");
            }
        }
    }
}

#[test]
fn an_exam_puts_siblings_as_far_apart_as_they_go() {
    let subjects = ["a", "b", "c", "d", "e"];
    let questions = subjects
        .iter()
        .flat_map(|subject| [choice(subject), choice(&format!("{subject}.x"))])
        .collect();
    let deck = deck(questions);
    let mut orders = BTreeSet::new();
    for seed in 0..50 {
        let asked = planned(&deck, &wish(Scope::Whole, None, seed), &[]);
        let subject = |at: usize| asked[at].split('.').next();
        for at in 0..5 {
            assert_eq!(subject(at), subject(at + 5), "{asked:?}");
        }
        orders.insert(asked);
    }
    assert!(orders.len() > 40, "each seed has an order of its own");
}

#[test]
fn an_exam_takes_no_notice_of_what_is_known_of_the_learner() {
    let deck = deck(["a", "b", "c", "d", "e", "f"].map(choice).to_vec());
    for seed in 0..20 {
        let wish = wish(Scope::Whole, None, seed);
        let unknown = planned(&deck, &wish, &[]);
        assert_eq!(planned(&deck, &wish, &[due("f", 1), due("e", 2)]), unknown);
    }
}

#[test]
fn where_neighbours_cannot_be_avoided_there_are_as_few_as_can_be() {
    let deck = deck(vec![
        choice("a.1"),
        choice("a.2"),
        choice("a.3"),
        choice("a.4"),
        choice("b"),
    ]);
    for seed in 0..20 {
        let asked = planned(&deck, &wish(Scope::Mixed, None, seed), &[]);
        let neighbours = asked
            .windows(2)
            .filter(|pair| pair.iter().all(|id| id.starts_with('a')))
            .count();
        assert_eq!((asked.len(), neighbours), (5, 2), "{asked:?}");
    }
}
