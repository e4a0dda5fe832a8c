//! Questions about a stack, held against the checks: on every good account the fault that is put in is the one that its check
//! finds, and what the page says besides is what was built.
#![allow(clippy::unwrap_used, reason = "a test may stop here")]

#[path = "check_fixtures/edit.rs"]
#[allow(dead_code, reason = "for `tests/check_fixtures`")]
mod edit;
mod facts;
#[path = "check_fixtures/fixture.rs"]
#[allow(dead_code, reason = "for `tests/check_fixtures`")]
mod fixture;

use fixture::Fixture;
use landfall::account::{Snapshot, Source};
use landfall::checks::{Asked, Cause, Stack, Verdict, check, checks, verify};
use landfall::course::{
    Artifact, Course, CourseFiles, Inspect, Kind, Mutation, PredictKey, Question, load,
};
use landfall::practice::{State, apply_all, snapshot};
use landfall::progress::{Pages, Posed, PosedWhat};
use landfall::quiz::stack::{Ground, check_of, mutated, pose, reads};
use std::collections::BTreeSet;

fn course() -> Course {
    let known: Vec<&str> = checks().map(|check| check.id.as_str()).collect();
    load(&CourseFiles::embedded(), &known)
        .expect("the course loads")
        .0
}

fn questions() -> Vec<Question> {
    let questions = course().decks[0].questions.clone();
    let of_a_stack = |one: &Question| matches!(one.kind, Kind::Inspect(_) | Kind::Predict(_));
    questions.into_iter().filter(of_a_stack).collect()
}

fn finished(course: &Course) -> Snapshot {
    let now = "2026-11-22T12:00:00Z".parse().unwrap();
    let mut state = State::default();
    apply_all(&mut state, now);
    snapshot(&state, &course.chapter, now)
}

/// Accounts with which nothing is wrong, each built in its own way.
fn good_accounts() -> Vec<(String, Snapshot)> {
    let course = course();
    let mut all: Vec<(String, Snapshot)> = Fixture::all()
        .into_iter()
        .filter(|fixture| fixture.check == "harmless")
        .map(|fixture| (fixture.file.clone(), fixture.snapshot()))
        .collect();
    all.push(("finished".to_owned(), finished(&course)));
    for (_, snapshot) in &mut all {
        snapshot.source = Source::Aws;
    }
    all
}

fn asks_of(question: &Question) -> Option<Mutation> {
    match &question.kind {
        Kind::Inspect(Inspect {
            artifact: Artifact::Account(mutations),
            ..
        }) => mutations.first().copied(),
        _ => None,
    }
}

fn pages(posed: &Posed) -> &Pages {
    match &posed.what {
        PosedWhat::Inspect(pages) => pages,
        PosedWhat::Predict(_) => panic!("no page: {posed:?}"),
    }
}

fn verdict(snapshot: &Snapshot, id: &str) -> Verdict {
    let nothing = BTreeSet::new();
    let stack = Stack {
        snapshot,
        attested: &nothing,
        teardown_begun: false,
    };
    (check(id).unwrap().judge)(&stack).verdict
}

#[test]
fn every_fault_has_a_question_and_every_question_is_posed_on_the_practice_account() {
    let practice = finished(&course());
    let ground = Ground {
        own: None,
        practice: &practice,
    };
    let mut asked = BTreeSet::new();
    for question in questions() {
        let posed =
            pose(&question, &ground).unwrap_or_else(|| panic!("{} is not posed", question.id));
        assert_eq!(
            posed.instead.is_some(),
            question.asks_of_account(),
            "{}",
            question.id
        );
        asked.extend(asks_of(&question));
        let Kind::Inspect(inspect) = &question.kind else {
            continue;
        };
        let pages = pages(&posed);
        let placed: Vec<&str> = pages.faults.iter().map(|fault| fault.id.as_str()).collect();
        let known: Vec<&str> = inspect
            .faults
            .iter()
            .map(|fault| fault.id.as_str())
            .collect();
        assert_eq!(placed, known, "{}", question.id);
        for (at, _) in &inspect.decoys {
            let shown = pages
                .decoys
                .iter()
                .any(|(line, _)| pages.lines[line - 1].contains(at.as_str()));
            assert!(shown, "{}: nothing shows {at}", question.id);
        }
        for line in &pages.lines {
            assert!(line.chars().count() <= 76, "{}: {line}", question.id);
        }
    }
    assert_eq!(asked.len(), Mutation::ALL.len());
}

#[test]
fn on_every_good_account_the_fault_is_the_one_that_its_check_finds() {
    let practice = finished(&course());
    let questions = questions();
    let (mut own, mut others) = (0, Vec::new());
    for (file, good) in good_accounts() {
        let ground = Ground {
            own: Some(&good),
            practice: &practice,
        };
        let number = good.account().unwrap().as_str();
        for question in &questions {
            let Some(mutation) = asks_of(question) else {
                continue;
            };
            let posed = pose(question, &ground).unwrap();
            let pages = pages(&posed);
            let word = mutation.word();
            for fault in &pages.faults {
                assert!(!fault.lines.is_empty(), "{file}: {word}");
                assert!(
                    fault
                        .lines
                        .iter()
                        .all(|line| (1..=pages.lines.len()).contains(line))
                );
            }
            assert!(
                pages.lines.len() <= 44,
                "{file}: {word}: {} lines",
                pages.lines.len()
            );
            assert!(
                !serde_json::to_string(&posed).unwrap().contains(number),
                "{file}: {word}"
            );
            if posed.source == Source::Practice {
                assert!(posed.instead.is_some(), "{file}: {word}");
                others.push(format!(
                    "{file}: {word}: {}",
                    posed.instead.unwrap_or_default()
                ));
                continue;
            }
            own += 1;
            assert_eq!(
                verdict(&good, check_of(mutation)),
                Verdict::Passed,
                "{file}: {word}"
            );
            let faulty = mutated(&good, mutation).unwrap();
            assert_eq!(
                verdict(&faulty, check_of(mutation)),
                Verdict::Failed,
                "{file}: {word}"
            );
            // And a stack that is as the page shows it is not asked about again.
            let again = Ground {
                own: Some(&faulty),
                practice: &practice,
            };
            let again = pose(question, &again).unwrap();
            assert_eq!(again.source, Source::Practice, "{file}: {word}");
        }
    }
    assert!(
        own >= 20 * others.len(),
        "{own} pages of own stacks; of the practice account:\n{}",
        others.join("\n")
    );
}

#[test]
fn a_whole_verification_blames_the_fault_and_nothing_else() {
    let course = course();
    let good = finished(&course);
    let attested = BTreeSet::from(["budget.email-read".to_owned()]);
    let causes = |snapshot: &Snapshot| -> BTreeSet<&'static str> {
        let stack = Stack {
            snapshot,
            attested: &attested,
            teardown_begun: false,
        };
        let all = verify(&stack, &course, &Asked::All);
        let steps = all.lessons.iter().flat_map(|lesson| &lesson.steps);
        let failed = steps
            .flat_map(|step| &step.checks)
            .filter(|finding| finding.verdict == Verdict::Failed);
        failed
            .filter_map(|finding| finding.cause)
            .map(Cause::id)
            .collect()
    };
    assert!(causes(&good).is_empty(), "{:?}", causes(&good));
    for mutation in Mutation::ALL {
        let found = causes(&mutated(&good, *mutation).unwrap());
        assert!(!found.is_empty(), "{}", mutation.word());
        assert!(found.len() <= 2, "{}: {found:?}", mutation.word());
    }
}

#[test]
fn every_value_is_read_from_every_good_account() {
    for (file, good) in good_accounts() {
        let unread: Vec<&str> = PredictKey::ALL
            .iter()
            .filter(|key| reads(**key, &good).is_none())
            .map(|key| key.word())
            .collect();
        assert!(unread.is_empty(), "{file}: {unread:?}");
    }
}

/// Hides each fact in turn. With less in hand nothing else may be said: the same value and the same page, or none.
#[test]
fn with_a_fact_unread_a_question_says_the_same_or_turns_to_the_practice_account() {
    let course = course();
    let practice = finished(&course);
    let (_, good) = good_accounts().pop().unwrap();
    let whole = serde_json::to_value(&good).unwrap();
    let questions = questions();
    let ask = |own: &Snapshot| -> Vec<Posed> {
        let ground = Ground {
            own: Some(own),
            practice: &practice,
        };
        questions
            .iter()
            .map(|one| pose(one, &ground).unwrap())
            .collect()
    };
    let before = ask(&good);
    let mut turned = BTreeSet::new();
    for place in facts::places(&whole) {
        for ((question, now), then) in questions
            .iter()
            .zip(ask(&facts::without(&whole, &place)))
            .zip(&before)
        {
            match now.instead {
                None => assert_eq!(now, *then, "{place}: {}", question.id),
                Some(instead) => {
                    assert_eq!(now.source, Source::Practice);
                    assert!(
                        instead.contains(" not read ") || instead.contains("Nothing says"),
                        "{place}: {}: {instead}",
                        question.id
                    );
                    turned.insert(question.id.as_str());
                }
            }
        }
    }
    let of_accounts = questions.iter().filter(|one| one.asks_of_account()).count();
    assert_eq!(
        turned.len(),
        of_accounts,
        "every question stands on some fact: {turned:?}"
    );
}
