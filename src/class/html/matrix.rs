//! Every student, step by step.

use super::{filter, words};
use crate::checks::Verdict;
use crate::class::report::{ClassReport, StepColumn, StudentReport};
use crate::report::page::{Page, escaped};

/// The columns before the steps, and how the script sorts them.
const COLUMNS: [(&str, &str); 9] = [
    ("Student", "text"),
    ("Section", "text"),
    ("Standing", "number"),
    ("Done", "number"),
    ("Stuck at", "text"),
    ("Since", "number"),
    ("Looked at", "number"),
    ("Late", "text"),
    ("Score", "number"),
];

pub(super) fn set(page: &mut Page, report: &ClassReport) {
    page.heading("matrix", "Every student, step by step");
    filter::set(page, report);
    let legend: Vec<String> = Verdict::ALL.into_iter().map(words::verdict).collect();
    page.raw(&format!(
        "<p class=\"legend\">{} <span>* set by an override</span></p>",
        legend.join(" ")
    ));
    page.raw(
        "<div class=\"matrix\" tabindex=\"0\" role=\"region\" aria-label=\"Students and steps\"><table id=\"students\"><caption \
         class=\"vh\">Each student with standing, place and time, and the verdict of each step. A name leads to everything \
         that is said of the student; the heading of a column sorts by it.</caption>",
    );
    header(page, report);
    page.raw("<tbody>");
    let sections = filter::sections(report);
    for student in &report.students {
        row(page, report, student, &sections);
    }
    page.raw("</tbody></table></div>");
}

fn header(page: &mut Page, report: &ClassReport) {
    page.raw("<thead><tr>");
    for (at, (words, kind)) in COLUMNS.iter().enumerate() {
        page.raw(&format!(
            "<th scope=\"col\" rowspan=\"2\">{}</th>",
            sorts(at, kind, words)
        ));
    }
    for lesson in lessons(&report.steps) {
        page.raw(&format!(
            "<th scope=\"colgroup\" colspan=\"{}\" class=\"lesson\" title=\"{title}\"><div>{title}</div></th>",
            lesson.len(),
            title = escaped(&lesson[0].lesson_title)
        ));
    }
    page.raw("</tr><tr>");
    let mut at = COLUMNS.len();
    for lesson in lessons(&report.steps) {
        for (place, step) in lesson.iter().enumerate() {
            let optional = if step.optional { " (optional)" } else { "" };
            page.raw(&format!(
                "<th scope=\"col\" class=\"step{}\">{}</th>",
                first(place),
                sorts(at, "verdict", &format!("{}{optional}", step.title))
            ));
            at += 1;
        }
    }
    page.raw("</tr></thead>");
}

fn lessons(steps: &[StepColumn]) -> impl Iterator<Item = &[StepColumn]> {
    steps.chunk_by(|one, next| one.lesson == next.lesson)
}

/// A line stands before the first step of a lesson.
const fn first(place: usize) -> &'static str {
    if place == 0 { " first" } else { "" }
}

fn sorts(column: usize, kind: &str, words: &str) -> String {
    format!(
        "<button type=\"button\" disabled=\"\" data-column=\"{column}\" data-kind=\"{kind}\">{}</button>",
        escaped(words)
    )
}

fn row(
    page: &mut Page,
    report: &ClassReport,
    student: &StudentReport,
    sections: &[(String, String)],
) {
    let place = report
        .stuck
        .iter()
        .position(|place| place.students.contains(&student.key));
    let section = sections
        .iter()
        .find(|(_, words)| Some(words) == student.section.as_ref());
    let late = match student.late {
        Some(true) => "late",
        Some(false) => "in-time",
        None => "",
    };
    let find: Vec<&str> = [
        &student.id,
        &student.sis_id,
        &student.login,
        &student.email,
        &student.account,
        &student.file,
    ]
    .into_iter()
    .filter_map(|text| text.as_deref())
    .collect();
    let mut line = format!(
        "<tr data-standing=\"{}\" data-section=\"{}\" data-stuck=\"{}\" data-time=\"{late}\" data-find=\"{}\"><th scope=\"row\">{}</th>",
        words::standing_id(student.standing),
        section.map_or("", |(at, _)| at.as_str()),
        place.map_or_else(String::new, |at| at.to_string()),
        escaped(&find.join(" ")),
        words::whole_link(student)
    );
    facts(&mut line, report, student);
    for lesson in lessons(&report.steps) {
        for (place, step) in lesson.iter().enumerate() {
            line.push_str(&cell(report, student, step, first(place)));
        }
    }
    line.push_str("</tr>");
    page.raw(&line);
}

fn facts(line: &mut String, report: &ClassReport, student: &StudentReport) {
    let rank = words::STANDINGS
        .iter()
        .position(|standing| *standing == student.standing)
        .unwrap_or_default();
    line.push_str(&format!(
        "<td>{}</td><td data-key=\"{rank}\" class=\"keep\">{}</td>",
        words::short(student.section.as_deref().unwrap_or_default()),
        words::standing(student.standing)
    ));
    line.push_str(&if student.steps.is_empty() {
        "<td></td>".to_owned()
    } else {
        format!(
            "<td data-key=\"{:.4}\" class=\"keep\">{} of {}</td>",
            words::share(student.done, student.of),
            student.done,
            student.of
        )
    });
    line.push_str(&format!("<td class=\"at\">{}</td>", at(student)));
    for (instant, words) in [
        (
            student.stuck.as_ref().and_then(|stuck| stuck.since),
            words::ago as fn(&ClassReport, jiff::Timestamp) -> String,
        ),
        (student.looked_at, words::minute),
    ] {
        line.push_str(&instant.map_or_else(
            || "<td></td>".to_owned(),
            |at| {
                format!(
                    "<td data-key=\"{}\" class=\"keep\">{}</td>",
                    at.as_second(),
                    words(report, at)
                )
            },
        ));
    }
    line.push_str(&format!(
        "<td class=\"keep\">{}</td>",
        match student.late {
            Some(true) => "<strong>late</strong>",
            Some(false) => "in time",
            None => "",
        }
    ));
    line.push_str(&student.score.map_or_else(
        || "<td></td>".to_owned(),
        |score| {
            format!(
                "<td data-key=\"{score}\" class=\"keep\">{}</td>",
                words::score(score)
            )
        },
    ));
}

/// Where and why; of somebody who is not stuck, where the student is.
fn at(student: &StudentReport) -> String {
    if let Some(stuck) = &student.stuck {
        let cause = stuck.cause.as_ref().map_or_else(String::new, |cause| {
            format!(" <span class=\"id\">{}</span>", words::short(cause))
        });
        return format!("{}{cause}", words::short(&stuck.title));
    }
    student.at_step.as_ref().map_or_else(String::new, |step| {
        format!(
            "<span class=\"soft\">next: {}</span>",
            words::short(&step.title)
        )
    })
}

fn cell(report: &ClassReport, student: &StudentReport, step: &StepColumn, first: &str) -> String {
    let title = escaped(&step.title);
    let class = if first.is_empty() {
        ""
    } else {
        " class=\"first\""
    };
    let Some(cell) = student.steps.get(&step.id) else {
        return format!("<td{class}><span class=\"vh\">no verdict</span></td>");
    };
    let since = cell.since.map_or_else(String::new, |at| {
        format!(" since {}", report.moment.minute(at))
    });
    let (by_hand, said) = if cell.overridden {
        (" data-by-hand=\"\"", ", set by an override")
    } else {
        ("", "")
    };
    // The style shows the mark in place of the words: thousands of cells with two more elements each would take their time.
    let words = words::verdict_words(cell.verdict);
    format!(
        "<td{class} data-verdict=\"{}\"{by_hand} title=\"{title}: {words}{since}{said}\">{words}{said}</td>",
        cell.verdict.id()
    )
}
