//! The report of a class as markdown. Everything that is not ours is escaped: names are other people's text.

use super::report::{ClassReport, StudentReport};
use super::words;
use crate::report::markdown_escape::{line, text};

/// Letters of a name that a table shows; a longer one would push its columns off the page.
const LONGEST_NAME: usize = 60;

/// The document.
pub fn markdown(report: &ClassReport) -> String {
    let mut page = String::new();
    head(&mut page, report);
    standings(&mut page, report);
    stuck(&mut page, report);
    students(&mut page, report);
    attention(&mut page, report);
    quiz(&mut page, report);
    page.trim_end().to_owned() + "\n"
}

fn head(page: &mut String, report: &ClassReport) {
    line(page, &format!("# {}", text(&report.course)));
    let mut facts = vec![
        ("Class", words::standings_line(report)),
        ("In short", words::headline(report)),
        (
            "Made",
            format!(
                "{} by Landfall {}",
                report.moment.minute(report.made_at),
                report.landfall
            ),
        ),
    ];
    if let Some(deadline) = report.deadline {
        facts.push(("Deadline", report.moment.minute(deadline)));
    }
    if let Some(detail) = words::detail(report.detail) {
        facts.push(("Detail", detail.to_owned()));
    }
    for (name, value) in facts {
        page.push_str(&format!("- **{name}:** {}\n", text(&value)));
    }
    page.push('\n');
}

fn standings(page: &mut String, report: &ClassReport) {
    let rows = words::standings(report)
        .into_iter()
        .map(|(number, standing)| vec![words::standing(standing).to_owned(), number.to_string()]);
    table(page, "Standings", &["Standing", "Students"], rows);
}

fn stuck(page: &mut String, report: &ClassReport) {
    let rows = report.stuck.iter().map(|place| {
        vec![
            words::crowd(place),
            place.title.clone(),
            place.check.clone(),
            place.cause.clone().unwrap_or_default(),
            place
                .since
                .map(|since| report.moment.ago(since))
                .unwrap_or_default(),
            words::names(report, &place.students, 5),
        ]
    });
    let columns = ["Stuck", "Where", "Check", "Cause", "Longest", "Who"];
    table(page, "Where people are stuck", &columns, rows);
}

fn students(page: &mut String, report: &ClassReport) {
    let rows = report.students.iter().map(|student| {
        let since = student.stuck.as_ref().and_then(|stuck| stuck.since);
        vec![
            called(student),
            words::standing(student.standing).to_owned(),
            words::progress(student),
            words::whereabouts(student),
            since
                .map(|since| report.moment.minute(since))
                .unwrap_or_default(),
            student
                .looked_at
                .map(|at| report.moment.minute(at))
                .unwrap_or_default(),
            words::lateness(student).to_owned(),
        ]
    });
    let columns = [
        "Student",
        "Standing",
        "Steps",
        "Where",
        "Since",
        "Looked at",
        "Deadline",
    ];
    table(page, "Students", &columns, rows);
}

fn attention(page: &mut String, report: &ClassReport) {
    let rows = words::to_look_at(report).map(|student| {
        let mut sentences: Vec<&str> = student.trouble.as_deref().into_iter().collect();
        sentences.extend(student.notes.iter().map(String::as_str));
        vec![
            called(student),
            words::standing(student.standing).to_owned(),
            sentences.join(" "),
        ]
    });
    let columns = ["Student", "Standing", "What and what to do"];
    table(page, "Look at these", &columns, rows);
    let went_back = report.students.iter().flat_map(|student| {
        let sentences = student.drift.iter().chain(&student.overrides);
        sentences.map(|sentence| vec![called(student), sentence.clone()])
    });
    let columns = ["Student", "What"];
    table(
        page,
        "What changed, what was overridden",
        &columns,
        went_back,
    );
    let alike = report.alike.iter().map(|alike| &alike.say);
    list(page, "A reason for a talk, no proof", alike);
    list(page, "Files and overrides", report.remarks.iter());
}

fn quiz(page: &mut String, report: &ClassReport) {
    let rows = words::hardest(report, 10)
        .into_iter()
        .map(|hard| vec![hard.deck, hard.what, hard.came_to]);
    let columns = ["Quiz", "Question", "First attempts"];
    table(page, "The hardest of the quiz", &columns, rows);
}

/// The name, the key where there is none; not longer than a table bears.
fn called(student: &StudentReport) -> String {
    let name = student.name.trim();
    if name.is_empty() {
        return student.key.clone();
    }
    let mut letters = name.chars();
    let mut cut: String = letters.by_ref().take(LONGEST_NAME).collect();
    if letters.next().is_some() {
        cut.push('…');
    }
    cut
}

/// A heading and a table below it; nothing where there are no rows.
fn table(
    page: &mut String,
    heading: &str,
    columns: &[&str],
    rows: impl Iterator<Item = Vec<String>>,
) {
    let mut rows = rows.peekable();
    if rows.peek().is_none() {
        return;
    }
    line(page, &format!("## {heading}"));
    page.push_str(&format!("| {} |\n", columns.join(" | ")));
    page.push_str(&format!("|{}\n", "---|".repeat(columns.len())));
    for row in rows {
        let cells: Vec<String> = row.iter().map(|cell| text(cell)).collect();
        page.push_str(&format!("| {} |\n", cells.join(" | ")));
    }
    page.push('\n');
}

fn list<'a>(page: &mut String, heading: &str, sentences: impl Iterator<Item = &'a String>) {
    let mut sentences = sentences.peekable();
    if sentences.peek().is_none() {
        return;
    }
    line(page, &format!("## {heading}"));
    for sentence in sentences {
        page.push_str(&format!("- {}\n", text(sentence)));
    }
    page.push('\n');
}
