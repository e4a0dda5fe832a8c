use super::{Shown, fit, lines};
use crate::class::testing::{self, HOSTILE_NAME};
use crate::class::{ClassReport, Standing};
use crate::term::to_text;
use unicode_width::UnicodeWidthStr;

fn screen(report: &ClassReport, shown: Shown, width: usize) -> String {
    to_text(&lines(report, shown, width))
}

/// The words, however they are wrapped.
fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_class_on_eighty_columns() {
    insta::assert_snapshot!(screen(&testing::report(), Shown::Students, 80));
}

#[test]
fn a_class_on_forty_columns() {
    insta::assert_snapshot!(screen(&testing::report(), Shown::Students, 40));
}

#[test]
fn every_lesson_of_every_student() {
    insta::assert_snapshot!(screen(&testing::report(), Shown::Lessons, 80));
}

#[test]
fn who_is_stuck_where_since_when_and_why_stands_before_everybody() {
    let text = screen(&testing::report(), Shown::Students, 100);
    let (top, _) = text.split_once("\nStudents\n").unwrap();
    for told in [
        "10 students: 1 done, 1 on the way, 4 stuck, 1 nothing yet, 1 cannot tell, 1 unreadable, 1 not handed in",
        "3 of 7",
        "(database-public)",
        "longest: 3 days",
        "Bo Chen, Caro Díaz",
    ] {
        assert!(words(top).contains(told), "{told}: {top}");
    }
}

#[test]
fn no_name_turns_a_column() {
    let names = [
        HOSTILE_NAME.to_owned(),
        "x".repeat(10_000),
        "\u{301}".repeat(10_000),
        "日本語の名前がとても長い学生の名前です".to_owned(),
        "e\u{301}\u{301}\u{301}a".to_owned(),
        "\u{1f469}\u{200d}\u{1f469}\u{200d}\u{1f467} family".to_owned(),
        "\u{202e}nnA".to_owned(),
        "a\nb\tc".to_owned(),
        String::new(),
    ];
    let students = names.iter().enumerate().map(|(at, name)| {
        let mut student = testing::student(at, name, Standing::NotSubmitted, None);
        student.notes = vec![name.clone()];
        student
    });
    let report = testing::of(students.collect());
    for width in [40, 70, 80, 100] {
        for line in lines(&report, Shown::Lessons, width) {
            let text = line.to_text();
            assert!(
                !text.contains(['\u{1b}', '\u{202e}', '\n', '\t']),
                "{text:?}"
            );
            // A word that is wider than the screen stays in one piece.
            assert!(
                line.width() <= width || !text.trim().contains(' '),
                "{width}: {text:?}"
            );
            assert!(line.width() <= 130, "and is cut all the same");
        }
    }
    let text = screen(&report, Shown::Students, 80);
    let (_, students) = text.split_once("\nStudents\n").unwrap();
    let column = |line: &str| {
        let at = line.find("not handed in").unwrap();
        line[..at].width()
    };
    let columns: Vec<usize> = students.lines().take(names.len()).map(column).collect();
    assert!(columns.iter().all(|at| *at == columns[0]), "{columns:?}");
    assert!(students.contains("student-8"), "no name, so the key");
}

#[test]
fn a_text_is_cut_by_its_columns_and_by_its_letters() {
    assert_eq!(fit("Ann Lee", 7), "Ann Lee");
    assert_eq!(fit("Ann Lees", 7), "Ann Le…");
    assert_eq!(fit("日本語", 5), "日本…");
    assert!(fit(&"\u{301}".repeat(10_000), 10).chars().count() < 50);
    assert_eq!(fit("Ann  and", 5), "Ann…");
    assert_eq!(fit("", 5), "");
}

#[test]
fn hundreds_of_students_have_a_line_each() {
    let report = testing::report_of(300);
    let text = screen(&report, Shown::Students, 80);
    let (_, below) = text.split_once("\nStudents\n").unwrap();
    let (students, _) = below.split_once("\n\n").unwrap();
    assert_eq!(students.lines().count(), 300);
    assert!(
        words(&text).contains(" and 84 more"),
        "a crowd is named in part"
    );
}

#[test]
fn verdicts_alone_say_no_reason() {
    let text = screen(&testing::verdict_only(), Shown::Lessons, 80);
    assert!(!text.contains("database-public"));
    assert!(text.contains("Verdicts alone"));
}

#[test]
fn a_class_without_names_has_none() {
    let text = screen(&testing::anonymised(), Shown::Lessons, 80);
    for name in ["Ann", "Bo Chen", "example.com", "gpj"] {
        assert!(!text.contains(name), "{name}: {text}");
    }
}

#[test]
fn nobody_stuck_is_said_as_it_is() {
    let report = testing::of(vec![testing::student(
        1,
        "Ann",
        Standing::NotSubmitted,
        None,
    )]);
    let text = screen(&report, Shown::Students, 80);
    assert!(text.contains("1 student: 1 not handed in"));
    assert!(!text.contains("Where people are stuck"));
}
