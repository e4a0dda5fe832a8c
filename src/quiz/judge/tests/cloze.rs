use super::Outcome::{Missed, Right, Wrong};
use super::*;
use crate::course::{Blank, Cloze};

fn filled(blanks: &[(&str, &str)]) -> Given {
    Given::Filled {
        blanks: blanks
            .iter()
            .map(|(id, typed)| ((*id).to_owned(), (*typed).to_owned()))
            .collect(),
    }
}

#[test]
fn gaps_count_the_same_and_an_empty_one_is_missed_not_wrong() {
    let given = filled(&[
        ("port", " 5432 "),
        ("whom", ""),
        ("range", "10.0.0.0/8"),
        ("x", "y"),
    ]);
    let judged = judged("database-rule", &given);
    assert_share(&judged, 1.0 / 3.0);
    assert_eq!(
        outcomes(&judged),
        [("port", Right), ("whom", Missed), ("range", Wrong)]
    );
    assert_eq!(judged.parts[1].key.as_deref(), Some("service's security"));
    assert_eq!(judged.parts[1].given, None);
    assert_eq!(judged.parts[2].given.as_deref(), Some("10.0.0.0/8"));
    assert_eq!(judged.parts[0].why, "");
    assert_eq!(
        judged.parts[2].why,
        "A group as the source follows its members."
    );
}

/// A gap with one key in a text without further words.
fn outcome(accept: &[&str], exact: bool, typed: &str) -> Outcome {
    let asked = Cloze {
        text: "Healthy targets: {{x}}".to_owned(),
        blanks: vec![Blank {
            id: "x".to_owned(),
            accept: accept.iter().map(|one| (*one).to_owned()).collect(),
            exact,
        }],
        why: "w".to_owned(),
    };
    let question = Question {
        kind: Kind::Cloze(asked),
        ..question("database-rule")
    };
    let judged = judge(&question, &filled(&[("x", typed)]), None, &BTreeMap::new());
    judged.expect("a cloze needs no confirmation").parts[0].outcome
}

#[test]
fn an_exact_gap_is_to_the_letter() {
    for (key, typed, expected) in [
        ("5432", "5432", Right),
        ("5432", "`5432`", Right),
        ("5432", " \"5432\"\t", Right),
        ("5432", "“5432”", Right),
        ("5432", "5423", Wrong),
        ("5432", "543", Wrong),
        ("5432", "5432.", Wrong),
        ("0.0.0.0/0", "0.0.0.0/0", Right),
        ("0.0.0.0/0", "0.0.0.0/00", Wrong),
        ("0.0.0.0/0", "0.0.0.0", Wrong),
        ("10.0.0.0/16", "10.0.0.0/8", Wrong),
        ("valueFrom", "valuefrom", Right),
        ("valueFrom", "valueForm", Wrong),
        ("valueFrom", "value from", Wrong),
        ("secrets", "secret", Wrong),
        ("secrets", "  ", Missed),
        ("secrets", "\"\"", Missed),
    ] {
        assert_eq!(outcome(&[key], true, typed), expected, "{typed} for {key}");
    }
}

#[test]
fn words_are_compared_by_their_stem_and_a_slip_in_a_long_word_is_forgiven() {
    for (key, typed, expected) in [
        ("target group", "Target Groups", Right),
        ("target group", "the target group.", Right),
        ("the task role", "task role", Right),
        ("multi-az", "Multi AZ", Right),
        ("draining", "drain", Right),
        ("registered", "registers", Right),
        ("draining", "drainign", Right),
        ("replacement", "replacment", Right),
        ("replacement", "replaycment", Wrong),
        ("ingress", "egress", Wrong),
        ("unhealthy", "healthy", Wrong),
        ("role", "rule", Wrong),
        ("image", "imago", Wrong),
        ("target group", "group", Wrong),
        ("target group", "group target", Wrong),
        ("target group", "", Missed),
        ("target group", "a", Wrong),
        ("news-api:1.0.0", "news-api:1.0.1", Wrong),
        ("port 8000", "port 8080", Wrong),
        ("port 8000", "ports 8000", Right),
        ("30 seconds", "30 second", Right),
        ("30 seconds", "3 seconds", Wrong),
    ] {
        assert_eq!(outcome(&[key], false, typed), expected, "{typed} for {key}");
    }
}

#[test]
fn a_word_that_the_question_uses_is_no_slip_of_a_finger() {
    // One letter from the key, but the text says "Healthy targets".
    assert_eq!(outcome(&["targes"], false, "targets"), Wrong);
    assert_eq!(outcome(&["targes"], false, "targex"), Right);
}

#[test]
fn any_of_the_accepted_spellings_will_do() {
    for typed in ["latest", ":latest", "LATEST"] {
        assert_eq!(
            outcome(&["latest", ":latest"], true, typed),
            Right,
            "{typed}"
        );
    }
}
