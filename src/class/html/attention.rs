//! What somebody who teaches has to see to: what could not be read, what is not there, what looks alike. Each kind stands by
//! itself, for none of them says anything about what the student can do.

use super::words;
use crate::class::report::{ClassReport, Standing, StudentReport};
use crate::report::page::{Page, escaped};
use crate::report::wording::sentence;

pub(super) fn set(page: &mut Page, report: &ClassReport) {
    page.heading("attention", "Needs attention");
    let kinds = [
        (
            Standing::CannotTell,
            "Cannot tell",
            "These accounts could not be read. It is no verdict on the student.",
        ),
        (
            Standing::Unreadable,
            "Unreadable",
            "There is a file, and it cannot be used.",
        ),
        (
            Standing::NotSubmitted,
            "Not handed in",
            "On the roster, and nothing of them is there. It is no zero: that is yours to decide.",
        ),
    ];
    let mut quiet = true;
    for (standing, heading, meaning) in kinds {
        let found: Vec<&StudentReport> = report
            .students
            .iter()
            .filter(|student| student.standing == standing)
            .collect();
        if found.is_empty() {
            continue;
        }
        quiet = false;
        page.raw(&format!(
            "<h3>{heading}: {}</h3>",
            words::students(found.len())
        ));
        page.text("p", meaning);
        page.list(found.into_iter().map(trouble));
    }
    quiet &= !alike(page, report);
    quiet &= !notes(page, report);
    if !report.remarks.is_empty() {
        quiet = false;
        page.text("h3", "Remarks");
        page.list(
            report
                .remarks
                .iter()
                .map(|remark| escaped(&sentence(remark))),
        );
    }
    if quiet {
        page.text(
            "p",
            "Nothing: everybody handed in something that can be read.",
        );
    }
}

fn trouble(student: &StudentReport) -> String {
    let file = student.file.as_ref().map_or_else(String::new, |file| {
        format!(" <span class=\"id\">({})</span>", words::short(file))
    });
    match &student.trouble {
        Some(trouble) => format!(
            "{}{file}: {}",
            words::link(student),
            escaped(&sentence(trouble))
        ),
        None => format!("{}{file}", words::link(student)),
    }
}

/// Whether there are any.
fn alike(page: &mut Page, report: &ClassReport) -> bool {
    if report.alike.is_empty() {
        return false;
    }
    page.text("h3", "Alike: worth a talk");
    page.text(
        "p",
        "There may be a good reason. Ask before you conclude anything.",
    );
    page.list(report.alike.iter().map(|alike| {
        let names: Vec<String> = words::found(report, &alike.students)
            .into_iter()
            .map(words::link)
            .collect();
        format!(
            "{} <span class=\"soft\">({})</span>",
            escaped(&sentence(&alike.say)),
            names.join(", ")
        )
    }));
    true
}

/// Whether there are any.
fn notes(page: &mut Page, report: &ClassReport) -> bool {
    let noted = |student: &&StudentReport| !student.notes.is_empty();
    if report.students.iter().find(noted).is_none() {
        return false;
    }
    page.text("h3", "Evidence worth a second look");
    page.list(report.students.iter().filter(noted).map(|student| {
        let notes: Vec<String> = student
            .notes
            .iter()
            .map(|note| escaped(&sentence(note)))
            .collect();
        format!("{}: {}", words::link(student), notes.join(" "))
    }));
    true
}
