//! The report as markdown, read back by pulldown-cmark.

use crate::is_quiet;
use crate::sample::{class_of, hostile_names};
use landfall::class::{ClassReport, markdown};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// Every table: its rows of cells, the head first.
fn tables(document: &str) -> Vec<Vec<Vec<String>>> {
    let mut tables: Vec<Vec<Vec<String>>> = Vec::new();
    let mut in_cell = false;
    // Smart punctuation bends quotes, which is not what is tested here.
    let options = Options::all() - Options::ENABLE_SMART_PUNCTUATION;
    for event in Parser::new_ext(document, options) {
        match event {
            Event::Start(Tag::Table(_)) => tables.push(Vec::new()),
            Event::Start(Tag::TableHead | Tag::TableRow) => {
                tables.last_mut().unwrap().push(Vec::new());
            }
            Event::Start(Tag::TableCell) => {
                in_cell = true;
                tables
                    .last_mut()
                    .unwrap()
                    .last_mut()
                    .unwrap()
                    .push(String::new());
            }
            Event::End(TagEnd::TableCell) => in_cell = false,
            Event::Text(text) if in_cell => {
                *tables
                    .last_mut()
                    .unwrap()
                    .last_mut()
                    .unwrap()
                    .last_mut()
                    .unwrap() += &text;
            }
            Event::Start(
                Tag::Link { .. } | Tag::Image { .. } | Tag::HtmlBlock | Tag::CodeBlock(_),
            )
            | Event::Html(_)
            | Event::InlineHtml(_)
            | Event::Code(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::FootnoteReference(_) => panic!("a name became {event:?}"),
            _ => {}
        }
    }
    tables
}

fn students(report: &ClassReport) -> Vec<Vec<String>> {
    let tables = tables(&markdown(report));
    let found = tables
        .into_iter()
        .find(|table| table[0][0] == "Student" && table[0].len() == 7);
    found.unwrap()[1..].to_vec()
}

#[test]
fn every_name_stays_in_its_cell_and_says_just_itself() {
    let names = hostile_names();
    let report = class_of(&names);
    let document = markdown(&report);
    assert!(is_quiet(&document));
    for table in tables(&document) {
        let columns = table[0].len();
        assert!(table.iter().all(|row| row.len() == columns));
    }
    let read = students(&report);
    assert_eq!(read.len(), names.len());
    assert_eq!(read[0][0], names[0]);
    assert_eq!(read[8][0], "<script>alert(1)</script>");
    assert_eq!(read[11][0], "a|b|c");
    assert_eq!(read[13][0], "# one  ## two - three");
    assert_eq!(read[21][0], "student-22", "no name, so its key");
    assert!(
        read[25][0].chars().count() <= 61,
        "a table bears no 10,000 letters"
    );
}

#[test]
fn it_says_who_is_stuck_where_since_when_and_why() {
    let names: Vec<String> = (0..8).map(|number| format!("Student {number}")).collect();
    let report = class_of(&names);
    let document = markdown(&report);
    let tables = tables(&document);
    let stuck = tables.iter().find(|table| table[0][0] == "Stuck").unwrap();
    assert_eq!(
        stuck[1],
        [
            "2 of 5",
            "Targets are healthy",
            "alb.targets-healthy",
            "target-port-closed",
            "3 days",
            "Student 0, Student 7"
        ]
    );
    assert!(document.contains("8 students: 1 done, 1 on the way, 2 stuck, 1 nothing yet, 1 cannot tell, 1 unreadable, 1 not handed in"));
    let read = students(&report);
    assert_eq!(
        read[0][1..],
        [
            "stuck",
            "1/3",
            "Targets are healthy (target-port-closed)",
            "2026-11-21 09:00",
            "2026-11-23 11:00",
            "late"
        ]
    );
    assert_eq!(read[5][1..3], ["unreadable", ""]);
    assert_eq!(read[5][6], "", "without evidence nothing is late");
}

#[test]
fn the_hardest_of_the_quiz_comes_first_and_what_nobody_tried_is_not_hard() {
    let names = ["Ann".to_owned()];
    let tables = tables(&markdown(&class_of(&names)));
    let quiz = tables.iter().find(|table| table[0][0] == "Quiz").unwrap();
    let told: Vec<(&str, &str)> = quiz[1..]
        .iter()
        .map(|row| (row[1].as_str(), row[2].as_str()))
        .collect();
    assert_eq!(
        told,
        [
            (
                "two-zones, point balancer-reroutes",
                "1 of 8 said it, 1 partly"
            ),
            ("half", "4 of 8 right, 1 sure and wrong"),
        ]
    );
}
