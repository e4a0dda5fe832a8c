//! What the table can be narrowed to. Nothing of it is there without the script.

use super::words;
use crate::checks::Verdict;
use crate::class::report::ClassReport;
use crate::report::fit::truncate;
use crate::report::page::{Page, escaped};

/// Longer words make a list too wide for a phone.
const LONGEST: usize = 60;

pub(super) fn set(page: &mut Page, report: &ClassReport) {
    page.raw("<div class=\"filter scripted\" role=\"search\" aria-label=\"Students to show\">");
    page.raw(
        "<div><label for=\"find\">Find</label><input type=\"search\" id=\"find\" autocomplete=\"off\" spellcheck=\"false\" \
         placeholder=\"name, id, account\"/></div>",
    );
    let standings = words::STANDINGS.map(|standing| {
        let words = words::standing_mark(standing);
        (words::standing_id(standing).to_owned(), words.to_owned())
    });
    select(page, "by-standing", "Standing", "any", &standings);
    let sections = sections(report);
    if !sections.is_empty() {
        select(page, "by-section", "Section", "any", &sections);
    }
    let places: Vec<(String, String)> = report
        .stuck
        .iter()
        .enumerate()
        .map(|(at, place)| {
            let cause = place
                .cause
                .as_ref()
                .map_or_else(String::new, |cause| format!(" ({cause})"));
            (at.to_string(), format!("{}{cause}", place.title))
        })
        .collect();
    if !places.is_empty() {
        select(page, "by-stuck", "Stuck at", "any place", &places);
    }
    steps(page, report);
    let verdicts: Vec<(String, String)> = [
        ("passed attested".to_owned(), "done".to_owned()),
        (
            "missing pending blocked".to_owned(),
            "still to do".to_owned(),
        ),
    ]
    .into_iter()
    .chain(Verdict::ALL.map(|verdict| {
        let words = format!("{} {}", verdict.symbol(), words::verdict_words(verdict));
        (verdict.id().to_owned(), words)
    }))
    .collect();
    select(page, "by-verdict", "is", "anything", &verdicts);
    if report.deadline.is_some() {
        let times = [("late", "late"), ("in-time", "in time")];
        select(
            page,
            "by-time",
            "Deadline",
            "any",
            &times.map(|(id, words)| (id.to_owned(), words.to_owned())),
        );
    }
    page.raw("<div><button type=\"button\" id=\"all\">Show all</button></div></div>");
    page.raw(&format!(
        "<p id=\"shown\" role=\"status\">{} shown.</p><p id=\"sorted\" class=\"vh\" role=\"status\"></p>",
        words::students(report.students.len())
    ));
}

/// Each once, in the order in which they come.
pub(super) fn sections(report: &ClassReport) -> Vec<(String, String)> {
    let mut sections: Vec<(String, String)> = Vec::new();
    let all = report
        .students
        .iter()
        .filter_map(|student| student.section.as_deref());
    for section in all.filter(|section| !section.is_empty()) {
        if !sections.iter().any(|(_, words)| words == section) {
            sections.push((sections.len().to_string(), section.to_owned()));
        }
    }
    sections
}

fn select(page: &mut Page, id: &str, label: &str, any: &str, options: &[(String, String)]) {
    let options: String = options
        .iter()
        .map(|(value, words)| option(value, words))
        .collect();
    page.raw(&format!(
        "<div><label for=\"{id}\">{label}</label><select id=\"{id}\" autocomplete=\"off\"><option value=\"\">{any}</option>{options}</select></div>"
    ));
}

fn option(value: &str, words: &str) -> String {
    format!(
        "<option value=\"{}\">{}</option>",
        escaped(value),
        escaped(&truncate(words, LONGEST))
    )
}

/// Steps by lesson; a lesson stands for all of its steps. The values are the steps' places in the matrix.
fn steps(page: &mut Page, report: &ClassReport) {
    let mut groups = String::new();
    for lesson in report.steps.chunk_by(|one, next| one.lesson == next.lesson) {
        let places: Vec<(usize, &str)> = report
            .steps
            .iter()
            .enumerate()
            .filter(|(_, step)| step.lesson == lesson[0].lesson)
            .map(|(at, step)| (at, step.title.as_str()))
            .collect();
        let whole: Vec<String> = places.iter().map(|(at, _)| at.to_string()).collect();
        groups.push_str(&format!(
            "<optgroup label=\"{}\">",
            escaped(&truncate(&lesson[0].lesson_title, LONGEST))
        ));
        if places.len() > 1 {
            groups.push_str(&option(&whole.join(" "), "any step of the lesson"));
        }
        for (at, title) in places {
            groups.push_str(&option(&at.to_string(), title));
        }
        groups.push_str("</optgroup>");
    }
    page.raw(&format!(
        "<div><label for=\"by-step\">Step</label><select id=\"by-step\" autocomplete=\"off\"><option value=\"\">any step</option>{groups}</select></div>"
    ));
}
