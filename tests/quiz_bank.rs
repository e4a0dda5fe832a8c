//! The bank of questions as a whole: whether there is enough of each, and whether every item keeps the rules of the house.
#![allow(clippy::unwrap_used, reason = "a test may stop here")]

use landfall::course::{
    Artifact, CourseFiles, Deck, Inspect, Kind, Options, Order, Question, load,
};
use std::collections::{BTreeMap, BTreeSet};

/// The chapter review, and the patterns of the course.
fn bank() -> (Deck, Vec<String>) {
    let known: Vec<&str> = landfall::checks::checks()
        .map(|check| check.id.as_str())
        .collect();
    let (course, _) =
        load(&CourseFiles::embedded(), &known).unwrap_or_else(|problems| panic!("{problems:#?}"));
    let patterns = course
        .patterns
        .iter()
        .map(|pattern| pattern.id.0.clone())
        .collect();
    let deck = course
        .decks
        .into_iter()
        .find(|deck| deck.id.as_str() == "chapter-review");
    (deck.unwrap(), patterns)
}

/// Questions and the small items for missed points.
fn items(deck: &Deck) -> impl Iterator<Item = &Question> {
    deck.questions.iter().chain(&deck.retries)
}

const fn options(question: &Question) -> Option<&Options> {
    match &question.kind {
        Kind::Choice(options) | Kind::Multi(options) => Some(options),
        _ => None,
    }
}

/// Every reason an item gives, with what it is the reason of.
fn reasons(question: &Question) -> Vec<(&str, &str)> {
    match &question.kind {
        Kind::Choice(options) | Kind::Multi(options) => options
            .options
            .iter()
            .map(|option| (option.text.as_str(), option.why.as_str()))
            .collect(),
        Kind::Order(order) => order
            .items
            .iter()
            .filter(|item| !item.after.is_empty())
            .chain(&order.distractors)
            .map(|item| (item.text.as_str(), item.why.as_str()))
            .collect(),
        Kind::Match(matching) => matching
            .pairs
            .iter()
            .map(|pair| (pair.left.as_str(), pair.why.as_str()))
            .collect(),
        Kind::Cloze(cloze) => vec![(cloze.text.as_str(), cloze.why.as_str())],
        Kind::Inspect(inspect) => inspect
            .faults
            .iter()
            .flat_map(|fault| {
                [
                    (fault.says.as_str(), fault.fix.as_str()),
                    (fault.fix.as_str(), fault.harm.as_str()),
                ]
            })
            .chain(
                inspect
                    .decoys
                    .iter()
                    .map(|(at, why)| (at.as_str(), why.as_str())),
            )
            .collect(),
        Kind::Predict(predict) => vec![(question.prompt.as_str(), predict.why.as_str())],
        Kind::Open(open) => open
            .wrong
            .iter()
            .map(|wrong| (wrong.say.as_str(), wrong.because.as_str()))
            .collect(),
    }
}

fn words(text: &str) -> BTreeSet<String> {
    text.split(|letter: char| !letter.is_alphanumeric() && letter != '\'')
        .map(str::to_lowercase)
        .collect()
}

#[test]
fn every_kind_is_asked_and_there_is_enough_of_each() {
    let (deck, _) = bank();
    let mut by_kind: BTreeMap<&str, usize> = BTreeMap::new();
    for question in &deck.questions {
        *by_kind.entry(question.kind.word()).or_default() += 1;
    }
    for kind in Kind::WORDS {
        assert!(
            by_kind.contains_key(kind),
            "no question is of kind {kind}: {by_kind:?}"
        );
    }
    assert_eq!(by_kind["open"], 8, "{by_kind:?}");
    assert_eq!(by_kind["predict"], 8, "{by_kind:?}");
    let (mutated, written): (Vec<&Inspect>, Vec<&Inspect>) = deck
        .questions
        .iter()
        .filter_map(|question| match &question.kind {
            Kind::Inspect(inspect) => Some(inspect),
            _ => None,
        })
        .partition(|inspect| matches!(inspect.artifact, Artifact::Account(_)));
    assert!(mutated.len() >= 6, "{} by mutation", mutated.len());
    assert!(!written.is_empty(), "no page that needs no account");
    assert!(
        (34..=42).contains(&deck.questions.len()),
        "{} questions: {by_kind:?}",
        deck.questions.len()
    );
}

#[test]
fn each_pattern_is_asked_about_twice_at_least_and_once_as_a_scene() {
    let (deck, patterns) = bank();
    assert_eq!(patterns.len(), 7);
    for pattern in &patterns {
        let of: Vec<&Question> = deck
            .questions
            .iter()
            .filter(|question| {
                question
                    .pattern
                    .as_ref()
                    .is_some_and(|id| id.as_str() == pattern)
            })
            .collect();
        assert!(of.len() >= 2, "{pattern} has {} questions", of.len());
        let scene = of.iter().any(|question| {
            matches!(
                question.kind,
                Kind::Choice(_) | Kind::Multi(_) | Kind::Inspect(_)
            )
        });
        assert!(scene, "{pattern} has no scene");
    }
}

#[test]
fn a_closed_question_has_a_pattern_a_step_that_teaches_it_and_a_hint() {
    let (deck, _) = bank();
    for question in &deck.questions {
        if matches!(question.kind, Kind::Open(_) | Kind::Predict(_)) || question.asks_of_account() {
            continue;
        }
        let id = &question.id;
        assert!(question.pattern.is_some(), "{id} names no pattern");
        assert!(question.lesson.is_some(), "{id} names no step");
        let hint = question.hint.as_deref().unwrap_or_default();
        assert!(words(hint).len() >= 5, "{id} has no hint");
    }
}

#[test]
fn whatever_can_be_chosen_says_what_it_would_really_do() {
    let (deck, _) = bank();
    for question in items(&deck) {
        let reasons = reasons(question);
        assert!(!reasons.is_empty(), "{} gives no reason", question.id);
        let mut seen = BTreeSet::new();
        for (of, why) in reasons {
            assert!(
                words(why).len() >= 5,
                "{}: `{of}` is explained by `{why}`",
                question.id
            );
            assert!(why != of, "{}: `{of}` is its own reason", question.id);
            assert!(seen.insert(why), "{}: two parts share `{why}`", question.id);
            let first = why.to_lowercase();
            for empty in ["wrong", "incorrect", "correct", "right", "this is"] {
                assert!(
                    !first.starts_with(&format!("{empty} "))
                        && !first.starts_with(&format!("{empty}.")),
                    "{}: a reason says more than `{empty}`",
                    question.id
                );
            }
        }
    }
}

#[test]
fn every_question_names_a_source_and_the_day_it_was_looked_up() {
    let (deck, _) = bank();
    for question in items(&deck) {
        let facts = &question.facts;
        let date: Vec<usize> = facts.checked.split('-').map(str::len).collect();
        assert_eq!(date, [4, 2, 2], "{}: {}", question.id, facts.checked);
        assert!(!facts.cite.is_empty(), "{} cites nothing", question.id);
        for url in &facts.cite {
            let named = ["docs.aws.amazon.com", "aws.amazon.com", "docs.docker.com"]
                .iter()
                .any(|host| url.starts_with(&format!("https://{host}/")));
            assert!(named, "{} cites {url}", question.id);
        }
    }
}

#[test]
fn every_point_has_a_small_item_of_its_own() {
    let (deck, _) = bank();
    let mut expected = Vec::new();
    for question in &deck.questions {
        for point in question.points() {
            let name = format!("{}.{}", question.id, point.id);
            assert_eq!(point.retry.as_deref(), Some(name.as_str()));
            expected.push(name);
        }
    }
    let there: Vec<&str> = deck.retries.iter().map(|item| item.id.as_str()).collect();
    assert_eq!(there, expected);
}

#[test]
fn a_small_item_is_answered_at_a_glance_and_does_not_repeat_its_point() {
    let (deck, _) = bank();
    let mut clozes = 0;
    for question in &deck.questions {
        for point in question.points() {
            let item = deck.item(point.retry.as_deref().unwrap()).unwrap();
            let mut text = item.prompt.clone();
            match &item.kind {
                Kind::Cloze(cloze) => {
                    clozes += 1;
                    assert!(cloze.blanks.len() <= 2, "{} has many gaps", item.id);
                    text.push_str(&cloze.text);
                }
                Kind::Choice(options) => {
                    assert!(options.options.len() <= 3, "{} has many options", item.id);
                    text.extend(options.options.iter().map(|option| option.text.as_str()));
                }
                other => panic!("{} is of kind {}", item.id, other.word()),
            }
            assert!(
                text.split_whitespace().count() <= 65,
                "{} takes long to read: {text}",
                item.id
            );
            assert!(
                !text.contains(point.says.trim_end_matches('.')),
                "{} repeats its point",
                item.id
            );
        }
    }
    let share = clozes * 100 / deck.retries.len();
    assert!((35..=65).contains(&share), "{share} % are to be filled in");
}

/// Somebody who knows nothing must not do better by looking at lengths.
#[test]
fn the_length_of_an_option_does_not_give_it_away() {
    let (deck, _) = bank();
    let (mut longest, mut shortest, mut all) = (Vec::new(), Vec::new(), 0);
    for question in items(&deck) {
        let Kind::Choice(options) = &question.kind else {
            continue;
        };
        let length = |right: bool| {
            options
                .options
                .iter()
                .filter(move |option| option.right == right)
                .map(|option| option.text.chars().count())
        };
        let right = length(true).next().unwrap();
        all += 1;
        if right > length(false).max().unwrap() {
            longest.push(question.id.as_str());
        }
        if right < length(false).min().unwrap() {
            shortest.push(question.id.as_str());
        }
    }
    assert!(all >= 20, "{all} choices");
    for (word, of) in [("longest", longest), ("shortest", shortest)] {
        assert!(
            of.len() * 100 <= all * 40,
            "the right option is the {word} in {} of {all}: {of:?}",
            of.len()
        );
    }
}

#[test]
fn no_stem_asks_for_what_is_not_and_no_option_leans_on_another() {
    let (deck, _) = bank();
    for question in items(&deck) {
        let Some(options) = options(question) else {
            continue;
        };
        let stem = words(&question.prompt);
        for negative in ["not", "except", "never"] {
            assert!(
                !stem.contains(negative),
                "{} asks with `{negative}`: {}",
                question.id,
                question.prompt
            );
        }
        for option in &options.options {
            let text = format!(" {} ", option.text.to_lowercase().trim_end_matches('.'));
            for leaning in [
                "all of the ",
                "none of the ",
                "both of the ",
                "all of these ",
                "none of these ",
                " above ",
            ] {
                assert!(
                    !text.contains(leaning),
                    "{}: `{}` leans on its neighbours",
                    question.id,
                    option.text
                );
            }
        }
        assert!(options.shuffle, "{} needs its order", question.id);
    }
}

#[test]
fn a_question_that_wants_several_says_how_many() {
    let (deck, _) = bank();
    for question in items(&deck) {
        if let Kind::Multi(options) = &question.kind {
            assert!(options.pick.is_some(), "{}", question.id);
            assert!(
                options.options.iter().any(|option| !option.right),
                "{}: everything is right",
                question.id
            );
        }
    }
}

#[test]
fn every_gap_knows_its_key_and_ports_are_to_the_letter() {
    let (deck, _) = bank();
    for question in items(&deck) {
        let Kind::Cloze(cloze) = &question.kind else {
            continue;
        };
        for blank in &cloze.blanks {
            let key = &blank.accept[0];
            let long_number = key.len() >= 4 && key.chars().all(|letter| letter.is_ascii_digit());
            let range = key.contains('/');
            assert!(
                blank.exact || !(long_number || range),
                "{}: `{key}` is compared by its stem",
                question.id
            );
        }
    }
}

/// Whether one item has to come after another, at first or at second hand.
fn waits_for(order: &Order, item: &str, before: &str) -> bool {
    order
        .items
        .iter()
        .find(|one| one.id == item)
        .unwrap()
        .after
        .iter()
        .any(|direct| direct == before || waits_for(order, direct, before))
}

#[test]
fn a_release_is_judged_by_what_must_wait_and_leaves_the_rest_open() {
    let (deck, _) = bank();
    let Kind::Order(order) = &deck.question("ecs-hierarchy.release").unwrap().kind else {
        panic!("the release is put into order")
    };
    for (item, before) in [
        ("push", "build"),
        ("update", "push"),
        ("update", "register"),
        ("start", "update"),
        ("drain", "healthy"),
        ("drain", "build"),
    ] {
        assert!(waits_for(order, item, before), "{item} waits for {before}");
    }
    for (one, other) in [("push", "register"), ("build", "register")] {
        assert!(!waits_for(order, one, other), "{one} and {other}");
        assert!(!waits_for(order, other, one), "{other} and {one}");
    }
}

/// Since October 2023 ECS starts the replacement of an unhealthy task first; many texts say the opposite.
#[test]
fn nobody_is_asked_whether_ecs_first_stops_or_first_replaces() {
    let (deck, _) = bank();
    for question in items(&deck) {
        let Kind::Order(order) = &question.kind else {
            continue;
        };
        let holds = |word: &str| {
            order
                .items
                .iter()
                .any(|item| words(&item.text).contains(word))
        };
        assert!(
            !((holds("stops") || holds("stop")) && holds("replacement")),
            "{}",
            question.id
        );
    }
}
