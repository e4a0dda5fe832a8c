//! Which questions a sitting takes.

use crate::course::{Deck, LessonId, PatternId, StepId};
use crate::quiz::plan::{Scope, Wish, plan};
use crate::quiz::schedule::small_deck::{choice, deck, lesson, open, predict, taught};
use crate::quiz::schedule::{Standing, State};
use jiff::civil::{Date, date};
use std::collections::BTreeSet;

pub(super) fn standing(id: &str, state: State, due: Option<Date>, kept: f64) -> Standing {
    Standing {
        question: id.into(),
        state,
        due,
        shares: Vec::new(),
        good_days: 0,
        last: None,
        stability: None,
        retrievability: (state != State::New).then_some(kept),
        lacks: Vec::new(),
    }
}

pub(super) fn due(id: &str, day: i8) -> Standing {
    standing(id, State::Due, Some(date(2026, 11, day)), 0.8)
}

pub(super) fn wish(scope: Scope, count: Option<usize>, seed: u64) -> Wish {
    Wish { scope, count, seed }
}

pub(super) fn planned(deck: &Deck, wish: &Wish, standings: &[Standing]) -> Vec<String> {
    plan(deck, wish, standings, &BTreeSet::new(), &[])
}

/// Eight subjects with an open question each, twelve closed ones of their own, two about an account.
fn course() -> Deck {
    let mut questions = Vec::new();
    for number in 0..8 {
        questions.push(open(&format!("open-{number}"), &[]));
    }
    for number in 0..12 {
        questions.push(choice(&format!("closed-{number}")));
    }
    questions.push(predict("open-0.predict"));
    questions.push(predict("account"));
    deck(questions)
}

fn opens(planned: &[String]) -> usize {
    let open = |id: &&String| id.starts_with("open-") && !id.contains('.');
    planned.iter().filter(open).count()
}

#[test]
fn what_is_due_is_taken_first_then_what_is_new_then_what_fades_most() {
    let deck = deck(["a", "b", "c", "d", "e", "f"].map(choice).to_vec());
    let standings = [
        standing("a", State::Learning, Some(date(2026, 12, 1)), 0.97),
        standing("b", State::Learning, Some(date(2026, 12, 1)), 0.91),
        standing("c", State::New, None, 0.0),
        due("d", 20),
        due("e", 2),
        standing("f", State::Mastered, Some(date(2026, 12, 1)), 0.95),
    ];
    for seed in 0..20 {
        let first = |count| planned(&deck, &wish(Scope::Mixed, Some(count), seed), &standings);
        assert_eq!(first(1), ["e"]);
        assert_eq!(first(3), ["e", "d", "c"], "the most overdue first");
        assert_eq!(
            first(4),
            ["e", "d", "c", "b"],
            "of the rest the one that fades most"
        );
        assert!(!first(5).contains(&"a".to_owned()));
        assert_eq!(first(6).len(), 6);
        assert_eq!(first(60).len(), 6, "no more than there are");
        assert!(first(0).is_empty());
    }
}

#[test]
fn a_sitting_of_what_is_due_holds_nothing_else() {
    let deck = deck(["a", "b", "c"].map(choice).to_vec());
    let standings = [
        standing("a", State::Learning, Some(date(2026, 12, 1)), 0.97),
        due("b", 20),
        standing("c", State::New, None, 0.0),
    ];
    assert_eq!(
        planned(&deck, &wish(Scope::Due, None, 1), &standings),
        ["b"]
    );
    assert_eq!(
        planned(&deck, &wish(Scope::Due, Some(10), 1), &standings),
        ["b"]
    );
    assert!(planned(&deck, &wish(Scope::Due, None, 1), &[]).is_empty());
}

#[test]
fn ten_questions_hold_two_or_three_open_ones_and_one_of_an_account() {
    let deck = course();
    let opens_due: Vec<Standing> = (0..8)
        .map(|number| due(&format!("open-{number}"), 3))
        .collect();
    let closed_due: Vec<Standing> = (0..12)
        .map(|number| due(&format!("closed-{number}"), 3))
        .collect();
    for standings in [Vec::new(), opens_due, closed_due] {
        for seed in 0..50 {
            let planned = planned(&deck, &wish(Scope::Mixed, Some(10), seed), &standings);
            assert_eq!(planned.len(), 10);
            assert!((2..=3).contains(&opens(&planned)), "{planned:?}");
            let account = planned
                .iter()
                .any(|id| *id == "account" || *id == "open-0.predict");
            assert!(account, "{planned:?}");
            let subjects: BTreeSet<&str> = planned
                .iter()
                .filter_map(|id| id.split('.').next())
                .collect();
            assert_eq!(subjects.len(), 10, "no siblings: {planned:?}");
        }
    }
}

#[test]
fn where_there_is_little_to_choose_from_the_count_comes_first() {
    let only_open = deck(
        (0..8)
            .map(|number| open(&format!("open-{number}"), &[]))
            .collect(),
    );
    let six = planned(&only_open, &wish(Scope::Mixed, Some(6), 1), &[]);
    assert_eq!(opens(&six), 6);
    let siblings = deck(vec![
        open("a", &[]),
        choice("a.x"),
        choice("a.y"),
        choice("b"),
    ]);
    for seed in 0..20 {
        let two = planned(&siblings, &wish(Scope::Mixed, Some(2), seed), &[]);
        assert!(two.contains(&"b".to_owned()), "b is no sibling: {two:?}");
        let three = planned(&siblings, &wish(Scope::Mixed, Some(3), seed), &[]);
        assert_eq!(three.len(), 3);
    }
}

#[test]
fn an_open_question_gives_way_to_its_closed_sibling() {
    // Of six subjects three have only an open question: they take all the room there is for open ones.
    let mut questions = Vec::new();
    for subject in ["a", "b", "c", "d", "e", "f", "g"] {
        questions.push(open(subject, &[]));
        questions.push(choice(&format!("{subject}.closed")));
    }
    for subject in ["x", "y", "z"] {
        questions.push(open(subject, &[]));
    }
    let deck = deck(questions);
    for seed in 0..50 {
        let planned = planned(&deck, &wish(Scope::Mixed, Some(10), seed), &[]);
        let open = planned.iter().filter(|id| !id.contains('.')).count();
        assert_eq!((planned.len(), open), (10, 3), "{planned:?}");
    }
}

#[test]
fn what_is_new_waits_for_its_steps_but_is_never_hidden() {
    let mut early = choice("early");
    early.after = vec![StepId::from("rds.instance")];
    let mut late = choice("late");
    late.after = vec![
        StepId::from("rds.instance"),
        StepId::from("ecs-service.live"),
    ];
    let deck = deck(vec![late, early]);
    let verified = BTreeSet::from([StepId::from("rds.instance")]);
    for seed in 0..20 {
        let one = plan(
            &deck,
            &wish(Scope::Mixed, Some(1), seed),
            &[],
            &verified,
            &[],
        );
        assert_eq!(one, ["early"]);
        let both = plan(&deck, &wish(Scope::Mixed, None, seed), &[], &verified, &[]);
        assert_eq!(both, ["early", "late"]);
        let nobody = plan(
            &deck,
            &wish(Scope::Mixed, None, seed),
            &[],
            &BTreeSet::new(),
            &[],
        );
        assert_eq!(nobody.len(), 2, "without an account all of them are asked");
    }
}

#[test]
fn a_lesson_s_sitting_asks_what_its_steps_teach() {
    let deck = deck(vec![
        taught(choice("a"), "rds.instance"),
        taught(choice("b"), "rds.inbound"),
        taught(choice("c"), "rds-proxy.instance"),
        taught(choice("d"), "alb.listeners"),
        choice("e"),
    ]);
    let of = |id: &str| {
        let mut ids = planned(
            &deck,
            &wish(Scope::Lesson(LessonId::from(id)), None, 1),
            &[],
        );
        ids.sort();
        ids
    };
    assert_eq!(of("rds"), ["a", "b"]);
    assert_eq!(of("alb"), ["d"]);
    assert!(of("teardown").is_empty());
    let mut renamed = lesson("database");
    renamed.was = vec!["rds".to_owned()];
    let scope = Scope::Lesson(LessonId::from("database"));
    let asked = plan(
        &deck,
        &wish(scope, None, 1),
        &[],
        &BTreeSet::new(),
        &[renamed],
    );
    assert_eq!(asked.len(), 2, "also under its new name");
}

#[test]
fn a_pattern_s_sitting_asks_its_questions() {
    let mut walls = choice("a");
    walls.pattern = Some(PatternId::from("walls"));
    let deck = deck(vec![walls, choice("b")]);
    let scope = Scope::Pattern(PatternId::from("walls"));
    assert_eq!(planned(&deck, &wish(scope, Some(10), 1), &[]), ["a"]);
}

#[test]
fn retry_items_are_never_planned() {
    let mut deck = deck(vec![open("a", &["point"]), choice("b")]);
    deck.retries = vec![choice("a.point")];
    for scope in [Scope::Mixed, Scope::Whole] {
        let planned = planned(&deck, &wish(scope, None, 3), &[]);
        assert_eq!(planned.len(), 2);
        assert!(!planned.contains(&"a.point".to_owned()));
    }
}
