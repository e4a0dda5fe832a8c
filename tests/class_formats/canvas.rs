//! The gradebook, held against the rules of Canvas' own importer: instructure/canvas-lms, `lib/gradebook_importer.rb`
//! (`row_has_student_headers?`, `update_column_count`, `check_for_non_student_row`), 2026-11.

use crate::sample::{class, class_of, hostile_names, student};
use crate::{could_be_a_formula, is_quiet, rows};
use landfall::class::{Standing, canvas, canvas_left_out, canvas_passes_over, canvas_without_ids};

/// What Canvas makes of a file: the assignment, its points, and the score of each line.
struct Imported {
    assignment: String,
    points: String,
    lines: Vec<Vec<String>>,
}

fn import(document: &str) -> Imported {
    assert!(!document.starts_with('\u{feff}'));
    let rows = rows(document);
    let head = &rows[0];
    assert!(head.len() > 3 && head[0].contains("Student") && head[1].contains("ID"));
    assert_eq!(
        head[..5],
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
    );
    let mut imported = Imported {
        assignment: head[5].clone(),
        points: String::new(),
        lines: Vec::new(),
    };
    for row in &rows[1..] {
        assert_eq!(row.len(), head.len());
        if row[0].contains("Points Possible") {
            imported.points = row[5].clone();
        } else {
            imported.lines.push(row.clone());
        }
    }
    imported
}

#[test]
fn canvas_finds_the_columns_the_points_and_a_score_for_everybody_who_has_one() {
    let names: Vec<String> = (0..7).map(|number| format!("Student {number}")).collect();
    let report = class_of(&names);
    let document = canvas(&report, "Landfall (12345)", 30);
    assert!(document.contains("\"    Points Possible\",\"\",\"\",\"\",\"\",\"30\""));
    let imported = import(&document);
    assert_eq!(imported.assignment, "Landfall (12345)");
    assert_eq!(imported.points, "30");
    let scores: Vec<(&str, &str)> = imported
        .lines
        .iter()
        .map(|line| (line[0].as_str(), line[5].as_str()))
        .collect();
    assert_eq!(
        scores,
        [
            ("Student 0", "10"),
            ("Student 1", "30"),
            ("Student 2", "10"),
            ("Student 3", "0")
        ],
        "nothing yet is a zero; what was not read or not handed in has no line"
    );
    assert_eq!(imported.lines[1][1], "4001");
    assert_eq!(canvas_left_out(&report), 3);
}

#[test]
fn no_score_is_taken_away_by_an_empty_cell() {
    // `no_change_to_value?`: a score there and nothing here is a change, and `process_gradebook_upload.js` posts it.
    let imported = import(&canvas(&class_of(&hostile_names()), "Landfall", 100));
    for line in &imported.lines {
        assert!(line[5].parse::<f64>().is_ok(), "{line:?}");
    }
}

#[test]
fn scores_have_two_decimals_at_most_and_a_point() {
    let mut one = student(1, "Ann", Standing::Stuck);
    one.score = Some(66.666_666_7);
    let imported = import(&canvas(&class(vec![one]), "Landfall", 10_000));
    assert_eq!(imported.lines[0][5], "6666.67");
}

#[test]
fn an_override_gives_a_score_also_where_nothing_was_handed_in() {
    let mut one = student(1, "Ann", Standing::NotSubmitted);
    one.score = Some(50.0);
    let imported = import(&canvas(&class(vec![one]), "Landfall", 100));
    assert_eq!(imported.lines[0][5], "50");
}

#[test]
fn no_name_sets_the_points_and_no_cell_begins_a_formula() {
    let names = [
        "    Points Possible",
        "Points Possible",
        "=1+1",
        "\u{202e}Points\nPossible",
    ]
    .map(str::to_owned);
    let students = names
        .iter()
        .enumerate()
        .map(|(number, name)| student(number, name, Standing::Stuck))
        .collect();
    let imported = import(&canvas(&class(students), "=Landfall", 100));
    assert_eq!(imported.points, "100");
    assert_eq!(imported.lines.len(), names.len(), "nobody is lost");
    assert_eq!(imported.assignment, "'=Landfall");
    let all = import(&canvas(&class_of(&hostile_names()), "Landfall", 100));
    for cell in imported.lines.iter().chain(&all.lines).flatten() {
        assert!(!could_be_a_formula(cell), "{cell:?}");
        assert!(is_quiet(cell) && !cell.contains('\n'), "{cell:?}");
    }
}

#[test]
fn who_can_be_found_by_name_alone_is_counted() {
    let mut one = student(1, "Ann", Standing::Done);
    (one.id, one.sis_id, one.login) = (None, None, None);
    let two = student(2, "Bo", Standing::Done);
    assert_eq!(canvas_without_ids(&class(vec![one, two])), 1);
}

#[test]
fn a_column_that_canvas_reckons_itself_is_no_assignment() {
    for name in ["Final Score", "Unposted Current Grade", "", "  "] {
        assert!(canvas_passes_over(name), "{name:?}");
    }
    for name in ["Landfall", "Landfall (12345)", "Score of the final"] {
        assert!(!canvas_passes_over(name), "{name:?}");
    }
}
