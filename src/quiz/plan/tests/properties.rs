//! What holds for any deck and any wish.

use super::choice::{due, standing, wish};
use crate::course::{Deck, LessonId, Question, StepId};
use crate::quiz::plan::{Scope, plan};
use crate::quiz::schedule::small_deck::{choice, deck, lesson, open, predict, taught};
use crate::quiz::schedule::{Standing, State};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

const LESSONS: [&str; 4] = ["rds", "alb", "ecs-service", "teardown"];

fn question(at: usize, (subject, kind, lesson): (u8, u8, usize)) -> Question {
    let id = format!("s{subject}.q{at}");
    let question = match kind {
        0 => open(&id, &[]),
        1 => predict(&id),
        _ => choice(&id),
    };
    let mut question = match LESSONS.get(lesson) {
        Some(lesson) => taught(question, &format!("{lesson}.step")),
        None => question,
    };
    if let Some(step) = question.lesson.clone() {
        question.after = vec![step];
    }
    question
}

fn known(question: &Question, (state, day): (u8, i8)) -> Standing {
    let id = question.id.as_str();
    match state {
        0 => due(id, day),
        1 => standing(id, State::Learning, None, f64::from(day) / 30.0),
        2 => standing(id, State::Mastered, None, 0.95),
        _ => standing(id, State::New, None, 0.0),
    }
}

fn learner() -> impl Strategy<Value = (Deck, Vec<Standing>)> {
    let question_and_state = ((0_u8..8, 0_u8..4, 0_usize..5), (0_u8..5, 1_i8..28));
    prop::collection::vec(question_and_state, 0..40).prop_map(|all| {
        let (questions, standings) = all
            .into_iter()
            .enumerate()
            .map(|(at, (shape, state))| {
                let question = question(at, shape);
                let standing = known(&question, state);
                (question, standing)
            })
            .unzip();
        (deck(questions), standings)
    })
}

fn scope() -> impl Strategy<Value = Scope> {
    prop_oneof![
        Just(Scope::Mixed),
        Just(Scope::Due),
        Just(Scope::Whole),
        Just(Scope::Lesson(LessonId::from("rds"))),
    ]
}

fn subject(id: &str) -> &str {
    id.split('.').next().unwrap_or(id)
}

fn most_of_one_subject(ids: &[String]) -> usize {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for id in ids {
        *counts.entry(subject(id)).or_default() += 1;
    }
    counts.values().copied().max().unwrap_or(0)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_plan_repeats_nothing_loses_nothing_and_is_always_the_same(
        (deck, standings) in learner(),
        scope in scope(),
        count in proptest::option::of(0_usize..15),
        seed in any::<u64>(),
    ) {
        let verified = BTreeSet::from([StepId::from("rds.step")]);
        let lessons = LESSONS.map(lesson);
        let wish = wish(scope.clone(), count, seed);
        let asked = plan(&deck, &wish, &standings, &verified, &lessons);
        let in_scope: BTreeSet<&str> = deck
            .questions
            .iter()
            .zip(&standings)
            .filter(|(question, standing)| match &scope {
                Scope::Due => standing.state == State::Due,
                Scope::Lesson(_) => question.lesson.as_ref().is_some_and(|step| step.as_str() == "rds.step"),
                _ => true,
            })
            .map(|(question, _)| question.id.as_str())
            .collect();
        let once: BTreeSet<&str> = asked.iter().map(String::as_str).collect();
        prop_assert_eq!(once.len(), asked.len(), "nothing twice");
        prop_assert!(once.is_subset(&in_scope));
        prop_assert_eq!(asked.len(), in_scope.len().min(count.unwrap_or(usize::MAX)));
        let mut others = standings.clone();
        others.reverse();
        prop_assert_eq!(plan(&deck, &wish, &others, &verified, &lessons), asked);
    }

    #[test]
    fn siblings_are_neighbours_only_where_that_cannot_be_avoided(
        (deck, standings) in learner(),
        scope in scope(),
        count in proptest::option::of(0_usize..15),
        seed in any::<u64>(),
    ) {
        let asked = plan(&deck, &wish(scope, count, seed), &standings, &BTreeSet::new(), &[]);
        let neighbours = asked
            .windows(2)
            .filter(|pair| subject(&pair[0]) == subject(&pair[1]))
            .count();
        let most = most_of_one_subject(&asked);
        let others = asked.len() - most;
        prop_assert_eq!(neighbours, most.saturating_sub(others + 1), "{:?}", asked);
    }

    #[test]
    fn siblings_are_taken_only_where_the_count_needs_them(
        (deck, standings) in learner(),
        count in 0_usize..12,
        seed in any::<u64>(),
    ) {
        let asked = plan(&deck, &wish(Scope::Mixed, Some(count), seed), &standings, &BTreeSet::new(), &[]);
        let all: BTreeSet<&str> = deck.questions.iter().map(Question::subject).collect();
        let taken: BTreeSet<&str> = asked.iter().map(|id| subject(id)).collect();
        prop_assert_eq!(taken.len(), asked.len().min(all.len()));
    }

    #[test]
    fn what_is_due_is_asked_before_what_is_not_when_siblings_do_not_stand_in_the_way(
        (deck, standings) in learner(),
        seed in any::<u64>(),
    ) {
        let asked = plan(&deck, &wish(Scope::Mixed, None, seed), &standings, &BTreeSet::new(), &[]);
        if most_of_one_subject(&asked) > 1 {
            return Ok(());
        }
        let state = |id: &String| {
            let state = standings.iter().find(|one| one.question.as_str() == id).expect("one").state;
            match state {
                State::Due => 0,
                State::New => 1,
                State::Learning | State::Mastered => 2,
            }
        };
        prop_assert!(asked.iter().map(state).is_sorted());
    }
}
