//! The instructor's file, right and wrong.

use super::*;

fn zone() -> TimeZone {
    TimeZone::fixed(jiff::tz::offset(1))
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn wrong(text: &str) -> String {
    let troubles = overrides("mine.toml", text, &zone()).expect_err("the file is wrong");
    let all: Vec<String> = troubles.into_iter().map(|trouble| trouble.say).collect();
    all.join("\n\n")
}

#[test]
fn every_kind_of_decision_is_read() {
    let read = overrides(
        "mine.toml",
        r#"
# Decided on 1 December.
[[override]]
student = "Ann Lee"
step = "rds.private"
verdict = "passed"
reason = "Shown in the lab"

[[override]]
student = "bo@example.com"
score = 87.5
late = false
deadline = "2026-12-08T18:00"
reason = "Ill for a week"

[[override]]
student = "777"
deadline = 2026-12-08T18:00:00Z
reason = "x"
"#,
        &zone(),
    )
    .unwrap();
    assert_eq!(
        read.all,
        [
            Override {
                student: "Ann Lee".into(),
                step: Some("rds.private".into()),
                verdict: Some(Verdict::Passed),
                score: None,
                late: None,
                deadline: None,
                reason: "Shown in the lab".into(),
            },
            Override {
                student: "bo@example.com".into(),
                step: None,
                verdict: None,
                score: Some(87.5),
                late: Some(false),
                deadline: Some(at("2026-12-08T17:00:00Z")),
                reason: "Ill for a week".into(),
            },
            Override {
                student: "777".into(),
                step: None,
                verdict: None,
                score: None,
                late: None,
                deadline: Some(at("2026-12-08T18:00:00Z")),
                reason: "x".into(),
            },
        ]
    );
    assert_eq!(
        overrides("mine.toml", "", &zone()),
        Ok(Overrides::default())
    );
}

#[test]
fn every_mistake_is_shown_with_its_place_at_once() {
    insta::assert_snapshot!(wrong(
        r#"[[override]]
student = "Ann Lee"
step = "rds.private"
verdict = "pased"
reson = "Shown in the lab"

[[override]]
student = "Bo"
step = "rds.private"
score = 101
deadline = "2026-12-08"
reason = ""

[[override]]
student = 7
score = nan
late = "no"
reason = "x"

[[overide]]
student = "Cy"
"#
    ));
}

#[test]
fn what_decides_nothing_or_the_same_twice_is_said() {
    insta::assert_snapshot!(wrong(
        r#"[[override]]
student = "Ann"
reason = "x"

[[override]]
student = "Ann"
verdict = "passed"
reason = "x"

[[override]]
student = "Bo"
score = 1
reason = "x"

[[override]]
student = "BO"
score = 2
late = true
reason = "x"

[[override]]
student = "Bo"
deadline = "2026-12-08T10:00Z"
reason = "not the same"
"#
    ));
}

#[test]
fn times_have_the_zone_that_they_say_or_the_given_one() {
    for (text, instant_in_utc) in [
        ("2026-12-01T18:00", "2026-12-01T17:00:00Z"),
        ("2026-12-01 18:00:30", "2026-12-01T17:00:30Z"),
        ("2026-12-01T18:00Z", "2026-12-01T18:00:00Z"),
        ("2026-12-01T18:00+02:00", "2026-12-01T16:00:00Z"),
    ] {
        assert_eq!(instant(text, &zone()), Ok(at(instant_in_utc)), "{text}");
    }
    assert!(
        instant("2026-12-01", &zone())
            .unwrap_err()
            .contains("time too")
    );
    for text in [
        "",
        "tomorrow",
        "18:00",
        "2026-13-01T18:00",
        "2026-12-01T25:00",
    ] {
        assert!(
            instant(text, &zone()).unwrap_err().contains("no time"),
            "{text}"
        );
    }
}

#[test]
fn no_text_is_too_strange() {
    for text in [
        "\u{0}",
        "[[override]]",
        "override = 3",
        "[override]\nstudent = 1",
        "[[override]]\nstudent = \"\u{202e}x\"",
    ] {
        assert!(overrides("mine.toml", text, &zone()).is_err(), "{text:?}");
    }
    let say = wrong("[[override]]\nstudent = \"a\u{1b}[31m\u{202e}b\"\n");
    assert!(!say.contains('\u{1b}'), "{say:?}");
}
