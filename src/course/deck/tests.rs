//! Decks of every kind, and each thing that is wrong with one: file, line and column.

use crate::course::question::{Artifact, Kind, Mutation, PredictKey};
use crate::course::testing::{EVERY_KIND, every_kind, read_deck};

/// What is said after one change of the good deck: `line:column rule: message`.
#[track_caller]
fn after(old: &str, new: &str) -> Vec<String> {
    assert!(EVERY_KIND.contains(old), "the deck does not hold {old}");
    let problems = read_deck(&EVERY_KIND.replacen(old, new, 1))
        .expect_err("something is wrong with this deck");
    problems
        .iter()
        .filter(|problem| problem.severity == crate::course::Severity::Error)
        .map(|problem| {
            assert_eq!(problem.file, "quizzes/every-kind.toml");
            format!(
                "{}:{} {}: {}",
                problem.line, problem.column, problem.rule, problem.message
            )
        })
        .collect()
}

#[test]
fn a_question_of_each_kind_is_read() {
    let deck = every_kind();
    let kinds: Vec<&str> = deck
        .questions
        .iter()
        .map(|question| question.kind.word())
        .collect();
    for word in Kind::WORDS {
        assert!(kinds.contains(&word), "no {word} among {kinds:?}");
    }
    for question in &deck.questions {
        match &question.kind {
            Kind::Open(open) => {
                let weights: Vec<f64> = open.points.iter().map(|point| point.weight).collect();
                assert_eq!(weights, [2.0, 1.0, 1.0]);
                assert!(open.points[2].bonus && !open.points[1].bonus);
                assert_eq!(open.samples[1].from, "author");
            }
            Kind::Choice(asked) => {
                let right: Vec<&str> = asked
                    .options
                    .iter()
                    .filter(|option| option.right)
                    .map(|option| option.id.as_str())
                    .collect();
                assert_eq!(right, ["reason"]);
                assert!(asked.shuffle);
            }
            Kind::Multi(asked) => {
                assert_eq!(asked.pick, Some(2));
                assert!(!asked.shuffle);
            }
            Kind::Order(asked) => {
                assert_eq!(asked.items[2].after, ["register"]);
                assert_eq!(asked.distractors[0].id, "reboot");
            }
            Kind::Match(asked) => {
                assert_eq!(asked.pairs.len(), 3);
                assert_eq!(asked.spare, ["restores the backup"]);
            }
            Kind::Cloze(asked) => {
                assert!(asked.blanks[0].exact && !asked.blanks[1].exact);
                assert_eq!(asked.blanks[1].accept, ["service's security", "tasks"]);
            }
            Kind::Inspect(asked) => match &asked.artifact {
                Artifact::Text(text) => assert!(text.starts_with("image: ")),
                Artifact::Account(mutations) => assert_eq!(mutations, &[Mutation::NoGrace]),
            },
            Kind::Predict(asked) => assert_eq!(asked.key, PredictKey::DesiredCount),
        }
    }
    let retry = &deck.retries[0];
    assert_eq!(retry.facts, deck.questions[0].facts);
    assert_eq!(retry.lesson, deck.questions[0].lesson);
}

/// The deck's text is data: the numbers of its lines are those of the file.
#[test]
fn each_thing_that_is_wrong_is_said_where_it_stands() {
    let mut wrong = Vec::new();
    for (old, new, said) in [
        // What every question has.
        (
            "kind = \"open\"",
            "kind = \"opne\"",
            "16:8 kind: `opne` is not one of: open, choice, multi, order, match, cloze, inspect, predict",
        ),
        (
            "level = \"explain\"",
            "level = \"explian\"",
            "17:9 level: `explian` is not one of: recall, explain, apply, diagnose",
        ),
        (
            "hint = ",
            "hnt = ",
            "22:1 unknown-key: `hnt` is not a key that is known here",
        ),
        (
            "rev = 2",
            "rev = 0",
            "15:7 out-of-range: `rev` takes a whole number from 1 to 1000",
        ),
        (
            "rev = 2",
            "rev = \"2\"",
            "15:7 wrong-type: `rev` takes a whole number, but this is string",
        ),
        // Open.
        (
            "weight = 2.0",
            "weight = 0",
            "36:10 out-of-range: a point's weight is more than 0, at most 100",
        ),
        (
            "weight = 2.0",
            "weight = 1e300",
            "36:10 out-of-range: a point's weight is more than 0, at most 100",
        ),
        (
            "weight = 2.0",
            "weight = \"2\"",
            "36:10 wrong-type: `weight` takes a number, but this is string",
        ),
        (
            "hit = [\"warm-up\", \"ignored\"]",
            "hit = [\"warm-up\", \"ignord\"]",
            "53:19 unknown-point: `ignord` is not one of: warm-up, ignored, sizing",
        ),
        (
            "kind = \"terse\"",
            "kind = \"short\"",
            "60:8 kind: `short` is not one of: good, partial, terse, wrong, negated, stuffed, echo",
        ),
        (
            "retry = \"grace.warm-up\"\n",
            "",
            "261:6 retry-unused: no point names `grace.warm-up` as its retry",
        ),
        // Choice and multi.
        (
            "id = \"alb\"",
            "id = \"reason\"",
            "82:6 duplicate-id: two options are called `reason`",
        ),
        (
            "right = false",
            "right = true",
            "67:1 options: a choice has exactly one option with `right = true`, this one has 2",
        ),
        (
            "right = false",
            "right = 0",
            "89:9 wrong-type: `right` takes true or false, but this is integer",
        ),
        (
            "pick = 2",
            "pick = 3",
            "92:1 options: `pick` says how many options are right: 2",
        ),
        // Order.
        (
            "after = [\"register\"]",
            "after = [\"registr\"]",
            "143:10 order: `registr` is not one of: start, register, healthy, traffic, event",
        ),
        (
            "after = [\"register\"]",
            "after = [\"traffic\"]",
            "123:1 order: the items' `after` lead in a circle; no order could be right",
        ),
        (
            "id = \"healthy\"",
            "id = \"start\"",
            "141:6 duplicate-id: two items are called `start`",
        ),
        (
            "id = \"reboot\"",
            "id = \"event\"",
            "157:6 duplicate-id: two items are called `event`",
        ),
        (
            "why = \"It starts and stops nothing.\"",
            "",
            "156:1 no-why: `reboot` needs `why`: why it does not belong there",
        ),
        (
            "why = \"It starts and stops nothing.\"",
            "why = \"w\"\nafter = [\"start\"]",
            "160:1 unknown-key: `after` is not a key that is known here",
        ),
        (
            "why = \"An unchecked target gets none.\"",
            "",
            "146:1 no-why: `traffic` needs `why`: what it has to wait for",
        ),
        // Match.
        (
            "right = \"says what to run\"",
            "right = \"keeps the desired count\"",
            "174:1 duplicate-id: each side of a pair stands once only",
        ),
        (
            "spare = [\"restores the backup\"]",
            "spare = [\"x\", \"says what to run\"]",
            "166:15 match: `says what to run` belongs to a pair, so it is not spare",
        ),
        (
            "spare = [\"restores the backup\"]",
            "spare = [\"x\", \"x\"]",
            "166:15 duplicate-id: `x` is listed twice",
        ),
        // Cloze.
        (
            "accept = [\"5432\"]",
            "accept = []",
            "193:1 blank: `accept` lists what may stand there, the key first",
        ),
        (
            "accept = [\"5432\"]",
            "accept = [\" \"]",
            "193:1 blank: `accept` lists what may stand there, the key first",
        ),
        (
            "{{port}} is",
            "{{prt}} is",
            "193:1 blank: the text holds the gap `{{port}}` exactly once",
        ),
        (
            "never to {{range}}",
            "never to {{range}} or {{port}}",
            "193:1 blank: the text holds the gap `{{port}}` exactly once",
        ),
        // Inspect.
        (
            "at = \"latest\"",
            "at = \"lates t\"",
            "220:1 fault: exactly one line of the text holds `lates t`",
        ),
        (
            "at = \"latest\"\n",
            "",
            "220:1 fault: `at` holds words of the line that is wrong",
        ),
        (
            "mutate = [\"no-grace\"]",
            "mutate = [\"no-grce\"]",
            "244:24 mutation: `no-grce` is not one of: pin-latest, secret-in-environment, open-source, no-grace, shared-group, wrong-health-path",
        ),
        (
            "id = \"no-grace\"",
            "id = \"no-grc\"",
            "247:6 fault: `no-grc` is not one of: no-grace",
        ),
        // Predict.
        (
            "account = \"ecs:DescribeServices\"",
            "account = \"ecs:DescribeService\"",
            "258:19 predict-key: `ecs:DescribeService desiredCount` is not one of: ",
        ),
        (
            "key = {",
            "kee = {",
            "258:1 unknown-key: `kee` is not a key that is known here",
        ),
    ] {
        let found = after(old, new);
        if !found.iter().any(|one| one.starts_with(said)) {
            wrong.push(format!("{new}: not `{said}` among {found:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
