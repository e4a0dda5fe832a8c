use super::*;
use crate::app::author::lint;
use crate::app::failure::{Exit, Outcome};
use crate::cli::Cli;
use crate::course::CourseFiles;
use crate::term::{Captured, Ui, to_text};
use clap::Parser;

/// `landfall author lint --grader` on the built-in course, with one file changed.
fn lint_with(line: &[&str], width: usize, change: impl Fn(&str) -> String) -> (Outcome, Captured) {
    let folder = tempfile::tempdir().unwrap();
    for file in CourseFiles::embedded().files {
        let path = folder.path().join(&file.name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        let text = match file.name.as_str() {
            "quizzes/chapter-review.toml" => change(&file.text),
            _ => file.text,
        };
        std::fs::write(path, text).unwrap();
    }
    let (ui, captured) = Ui::captured(width);
    let mut whole = vec!["landfall", "author", "lint", "--grader", "--course"];
    let course = folder.path().to_str().unwrap();
    whole.push(course);
    whole.extend(line);
    let globals = Cli::parse_from(whole).globals;
    (lint::run(&globals, &ui, true), captured)
}

#[test]
fn the_built_in_rubrics_pass_and_their_figures_are_shown() {
    let (outcome, captured) = lint_with(&[], 80, str::to_owned);
    assert_eq!(outcome, Ok(Exit::Passed), "{}", captured.err());
    let out = captured.out();
    assert!(out.contains("no-hands"), "{out}");
    assert!(out.contains("By origin\n  author ("), "{out}");
    assert!(out.contains("false alarms in 0 of"), "{out}");
    assert!(out.contains("precision 100 %"), "{out}");
    assert!(!out.contains("error:"), "{out}");
    assert!(out.lines().all(|line| line.chars().count() <= 80), "{out}");
}

#[test]
fn a_rubric_that_credits_a_denied_answer_ends_with_five() {
    let greedy = |text: &str| {
        text.replacen(
            "says = \"Backups are taken for you and you can restore to a chosen moment.\"\nheard = [",
            "says = \"Backups are taken for you and you can restore to a chosen moment.\"\nheard = [\n  \"nicer\",",
            1,
        )
    };
    let (outcome, captured) = lint_with(&[], 80, greedy);
    assert_eq!(outcome, Ok(Exit::Content), "{}", captured.err());
    let out = captured.out();
    assert!(
        out.contains(
            "error: managed-data-tier, sample 5 (negated): `backups` is heard in \"nicer\""
        ),
        "{out}"
    );
    assert!(!out.contains("No wrong, negated"), "{out}");
}

#[test]
fn programs_get_problems_and_figures_in_one_document() {
    let (outcome, captured) = lint_with(&["--format", "json"], 80, str::to_owned);
    assert_eq!(outcome, Ok(Exit::Passed));
    let document: Value = serde_json::from_str(&captured.out()).unwrap();
    assert_eq!(document["schema"], 1);
    let grader = &document["grader"];
    assert_eq!(grader["questions"][0]["question"], "managed-data-tier");
    assert_eq!(grader["questions"][0]["points"][0]["point"], "backups");
    assert_eq!(
        grader["from"]["author"]["samples"],
        grader["all"]["samples"]
    );
    assert_eq!(
        grader["kinds"]["echo"]["precision"],
        Value::Null,
        "nothing is heard in an echo"
    );
    assert_eq!(grader["wrong"]["false_alarms"], 0);
    assert_eq!(grader["questions"][0]["faults"], json!([]));
}

#[test]
fn a_narrow_terminal_gets_sentences() {
    let (_, captured) = lint_with(&[], 40, str::to_owned);
    let out = captured.out();
    assert!(out.contains("  backups: "), "{out}");
    assert!(out.lines().all(|line| line.chars().count() <= 40), "{out}");
}

#[test]
fn a_share_is_never_rounded_up_to_all() {
    assert_eq!(percent(0.999), "99 %");
    assert_eq!(percent(1.0), "100 %");
    let nothing = group("echo", &Group::default(), 80);
    assert!(to_text(&nothing).contains("nothing to hear"));
}
