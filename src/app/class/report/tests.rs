use super::output::{format, is_possible, show};
use super::{read_overrides, told};
use crate::app::context::Context;
use crate::app::failure::{Exit, Failure};
use crate::class::testing::{self, HOSTILE_NAME};
use crate::class::{ClassReport, Standing};
use crate::cli::{ClassTelling, Cli, Format};
use crate::term::{Captured, Ui};
use clap::Parser;
use std::fs;
use std::path::Path;
use std::sync::Arc;

fn context(home: &Path, line: &[&str]) -> (Context, Captured) {
    let (ui, captured) = Ui::captured(80);
    let globals = Cli::parse_from([&["landfall"], line].concat()).globals;
    let context = Context::apart(globals, Arc::new(ui), home).unwrap();
    (context, captured)
}

fn telling() -> ClassTelling {
    ClassTelling {
        assignment: "Landfall".to_owned(),
        points: 100,
        ..ClassTelling::default()
    }
}

/// What is printed, what is said, and how it ends.
fn shown(
    report: &ClassReport,
    format: Format,
    out: Option<&Path>,
) -> (Result<Exit, Failure>, Captured) {
    let home = tempfile::tempdir().unwrap();
    let (context, captured) = context(home.path(), &[]);
    let exit = show(&context, format, report, &telling(), out);
    (exit, captured)
}

#[test]
fn the_format_is_the_flag_else_the_ending_else_text() {
    let home = tempfile::tempdir().unwrap();
    let (plain, _) = context(home.path(), &[]);
    let of = |name: &str| format(&plain, Some(Path::new(name)));
    assert_eq!(format(&plain, None), Ok(Format::Text));
    for (name, expected) in [
        ("class.html", Format::Html),
        ("class.HTM", Format::Html),
        ("a.b/grades.csv", Format::Csv),
        ("class.json", Format::Json),
        ("class.md", Format::Markdown),
        ("class.xml", Format::Junit),
        ("class.txt", Format::Text),
        ("class", Format::Text),
    ] {
        assert_eq!(of(name), Ok(expected), "{name}");
    }
    let refused = of("class.pdf").unwrap_err();
    assert_eq!(refused.exit, Exit::Usage);
    assert!(refused.message.contains(".pdf") && refused.hints[0].contains(".html"));

    let (flagged, _) = context(home.path(), &["--format", "canvas"]);
    assert_eq!(
        format(&flagged, Some(Path::new("grades.csv"))),
        Ok(Format::Canvas)
    );
    let (wrong, _) = context(home.path(), &["--format", "svg"]);
    let refused = format(&wrong, None).unwrap_err();
    assert!(refused.hints[0].contains("gradescope, canvas, markdown, html"));
}

#[test]
fn a_file_is_written_whole_and_the_most_important_sentence_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("class.csv");
    fs::write(&path, "an older report").unwrap();
    let (exit, screen) = shown(&testing::report(), Format::Csv, Some(&path));
    assert_eq!(
        exit,
        Ok(Exit::Passed),
        "stuck students are no failure of the report"
    );
    assert!(screen.out().is_empty());
    let said = screen.err().replace('\n', " ");
    assert!(said.contains("3 of 7 are stuck at"), "{said}");
    assert!(
        fs::read_to_string(&path)
            .unwrap()
            .starts_with("\u{feff}\"student\"")
    );
    assert_eq!(
        fs::read_dir(folder.path()).unwrap().count(),
        1,
        "nothing is left beside it"
    );
}

#[test]
fn a_file_that_cannot_be_written_is_named_with_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("missing").join("class.csv");
    let (exit, _) = shown(&testing::report(), Format::Csv, Some(&path));
    let failure = exit.unwrap_err();
    assert!(failure.message.contains("class.csv"));
    assert!(failure.hints[0].contains("Make the folder"));
}

#[test]
fn documents_go_to_stdout_and_nothing_else_does() {
    for format in [
        Format::Json,
        Format::Csv,
        Format::Junit,
        Format::Markdown,
        Format::Canvas,
    ] {
        let (exit, screen) = shown(&testing::report(), format, None);
        assert_eq!(exit, Ok(Exit::Passed));
        assert!(!screen.out().is_empty());
        assert!(!screen.out().contains('\u{1b}'));
    }
}

#[test]
fn the_gradebook_says_who_is_left_out_and_why() {
    let (_, screen) = shown(&testing::report(), Format::Canvas, None);
    let said = screen.err().replace('\n', " ");
    assert!(
        said.contains("3 students are left out, without a score"),
        "{said}"
    );
    assert!(!screen.out().contains("Ida Moreau"));
    let without: ClassTelling = ClassTelling {
        anonymise: true,
        ..telling()
    };
    let refused = is_possible(Format::Canvas, &without).unwrap_err();
    assert_eq!(refused.exit, Exit::Usage);
    assert!(is_possible(Format::Csv, &without).is_ok());
    let taken = ClassTelling {
        assignment: "Final Score".to_owned(),
        ..telling()
    };
    assert_eq!(
        is_possible(Format::Canvas, &taken).unwrap_err().exit,
        Exit::Usage
    );
}

#[test]
fn gradescope_takes_one_student_on_stdout_and_several_in_a_folder() {
    let folder = tempfile::tempdir().unwrap();
    let one = testing::of(vec![testing::student(
        1,
        HOSTILE_NAME,
        Standing::NotSubmitted,
        None,
    )]);
    let (_, screen) = shown(&one, Format::Gradescope, None);
    assert!(screen.out().contains("\"stdout_visibility\": \"hidden\""));
    let file = folder.path().join("results.json");
    let (_, screen) = shown(&one, Format::Gradescope, Some(&file));
    assert!(file.is_file() && screen.out().is_empty());

    let (exit, _) = shown(&testing::report(), Format::Gradescope, None);
    let refused = exit.unwrap_err();
    assert_eq!(refused.exit, Exit::Usage);
    assert!(refused.hints[0].contains("--out"));
    let results = folder.path().join("results");
    let (exit, _) = shown(&testing::report(), Format::Gradescope, Some(&results));
    assert_eq!(exit, Ok(Exit::Passed));
    assert_eq!(fs::read_dir(&results).unwrap().count(), 10);
    assert!(results.join("student-10").join("results.json").is_file());
}

#[test]
fn without_any_verdict_the_report_is_shown_and_unreadable() {
    let nobody = testing::of(vec![
        testing::student(1, "Hal", Standing::Unreadable, None),
        testing::student(2, "Ida", Standing::NotSubmitted, None),
    ]);
    let (exit, screen) = shown(&nobody, Format::Text, None);
    assert_eq!(exit, Ok(Exit::Unreadable));
    assert!(screen.out().contains("1 unreadable, 1 not handed in"));
}

#[test]
fn a_deadline_that_is_no_time_and_overrides_that_are_not_there_are_refused() {
    let wrong = ClassTelling {
        deadline: Some("tomorrow".to_owned()),
        ..telling()
    };
    assert_eq!(told(&wrong).unwrap_err().exit, Exit::Usage);
    let missing = read_overrides(
        Path::new("no/such/overrides.toml"),
        &jiff::tz::TimeZone::UTC,
    )
    .unwrap_err();
    assert_eq!(missing.exit, Exit::Unreadable);
    assert!(missing.message.contains("overrides.toml"));
}
