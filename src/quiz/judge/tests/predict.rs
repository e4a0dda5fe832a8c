use super::Outcome::{Missed, Right, Wrong};
use super::*;
use crate::progress::{Foretold, ForetoldValue};

fn outcome(value: ForetoldValue, of: &str, typed: &str) -> Outcome {
    let posed = posed(PosedWhat::Predict(Foretold {
        of: of.to_owned(),
        value,
        evidence: "ecs:DescribeServices, news-api, desiredCount = 2".to_owned(),
    }));
    let given = Given::Predicted {
        value: typed.to_owned(),
    };
    let judged = judge(
        &question("own-count"),
        &given,
        Some(&posed),
        &BTreeMap::new(),
    )
    .expect("a value needs no confirmation");
    let [part] = judged.parts.as_slice() else {
        panic!("one part: {judged:?}")
    };
    assert_share(&judged, if part.outcome == Right { 1.0 } else { 0.0 });
    assert_eq!(part.text, of);
    assert_eq!(
        part.why,
        "It is what the service restores after every loss."
    );
    part.outcome
}

#[test]
fn a_number_is_read_as_people_type_it() {
    let seconds = "The grace period of news-api is ... seconds";
    let days = "news-api-db keeps backups for ... days";
    let tasks = "news-api keeps ... tasks";
    for (value, of, typed, expected) in [
        (60, seconds, "60", Right),
        (60, seconds, "  60\t", Right),
        (60, seconds, "60 s", Right),
        (60, seconds, "60s", Right),
        (60, seconds, "60 Seconds.", Right),
        (60, seconds, "sixty", Right),
        (60, seconds, "1 minute", Right),
        (120, seconds, "two minutes", Right),
        (60, seconds, "60 minutes", Wrong),
        (60, seconds, "61", Wrong),
        (60, seconds, "", Missed),
        (60, seconds, "about a minute", Wrong),
        (1, seconds, "1 minute", Wrong),
        (7, days, "1 week", Right),
        (1, days, "24 h", Right),
        (1, days, "one", Right),
        (1, days, "1 week", Wrong),
        (2, tasks, "two", Right),
        (2, tasks, "two tasks", Right),
        (2, tasks, "2 s", Wrong),
        (2, tasks, "2 or 3", Wrong),
        (2, tasks, "2-3", Wrong),
        (2, tasks, "2/3", Wrong),
        (2, tasks, "2.5", Wrong),
        (2, tasks, "not 2", Wrong),
        (0, tasks, "none", Right),
        (0, tasks, "zero", Right),
        (-1, tasks, "-1", Right),
        (1000, tasks, "1,000", Right),
        (1000, tasks, "1 000", Right),
        (1000, tasks, "1'000", Right),
        (1000, tasks, "1,00", Wrong),
        (1, tasks, "1,000", Wrong),
        (1_234_567, tasks, "1,234,567", Right),
        (200, "ECS may run ... percent", "200 %", Right),
        (200, "ECS may run ... percent", "200%", Right),
        (200, "ECS may run ... percent", "two hundred percent", Right),
        (120, tasks, "a hundred and twenty", Right),
        (25, tasks, "twenty-five", Right),
        (i64::MAX, seconds, "99999999999999999999", Wrong),
        (0, seconds, "9223372036854775807 weeks", Wrong),
    ] {
        let outcome = outcome(ForetoldValue::Number { value }, of, typed);
        assert_eq!(outcome, expected, "`{typed}` for {value} of {of}");
    }
}

#[test]
fn a_word_may_be_shortened_as_long_as_it_is_clear() {
    let word = |value: &str| ForetoldValue::Word {
        value: value.to_owned(),
        of: ["yes", "no", "not readable"].map(str::to_owned).to_vec(),
    };
    for (value, typed, expected) in [
        ("yes", "yes", Right),
        ("yes", " Y ", Right),
        ("yes", "YES!", Right),
        ("no", "no", Right),
        ("no", "n", Wrong),
        ("not readable", "n", Wrong),
        ("not readable", "not", Right),
        ("yes", "no", Wrong),
        ("yes", "maybe", Wrong),
        ("yes", "", Missed),
        ("yes", "\"\"", Wrong),
    ] {
        assert_eq!(
            outcome(word(value), "Multi-AZ is on", typed),
            expected,
            "`{typed}`"
        );
    }
}

#[test]
fn without_what_was_asked_nothing_is_judged() {
    let given = Given::Predicted {
        value: "2".to_owned(),
    };
    assert_eq!(
        judge(&question("own-count"), &given, None, &BTreeMap::new()),
        None
    );
}
