//! Where people are stuck: the chart, which is a table.

use super::words;
use crate::class::report::{ClassReport, StuckPlace};
use crate::report::page::Page;

/// So many names stand beside a bar; the button shows the rest.
const NAMES: usize = 12;

pub(super) fn set(page: &mut Page, report: &ClassReport) {
    page.heading("stuck", "Where people are stuck");
    if report.stuck.is_empty() {
        page.text("p", "Nobody is stuck.");
        return;
    }
    let with_cause = report.stuck.iter().any(|place| place.cause.is_some());
    let why = if with_cause {
        "<th scope=\"col\">Why</th>"
    } else {
        ""
    };
    page.raw(&format!(
        "<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"Where people are stuck\"><table class=\"chart\"><caption>The most \
         crowded place first. A press on a number shows those students in the table below.</caption><thead><tr><th scope=\"col\">\
         Stuck at</th>{why}<th scope=\"col\">Students</th><th scope=\"col\">Longest</th><th scope=\"col\">Who</th></tr></thead><tbody>"
    ));
    for (at, place) in report.stuck.iter().enumerate() {
        row(page, report, at, place, with_cause);
    }
    page.raw("</tbody></table></div>");
}

fn row(page: &mut Page, report: &ClassReport, at: usize, place: &StuckPlace, with_cause: bool) {
    let number = place.students.len();
    let why = if with_cause {
        format!(
            "<td class=\"id\">{}</td>",
            words::short(place.cause.as_deref().unwrap_or_default())
        )
    } else {
        String::new()
    };
    let since = place
        .since
        .map_or_else(|| "not known".to_owned(), |at| words::ago(report, at));
    page.raw(&format!(
        "<tr><th scope=\"row\">{} <span class=\"id\">({})</span></th>{why}<td class=\"amount\"><button type=\"button\" disabled=\"\" \
         data-by=\"stuck\" data-value=\"{at}\">{number} of {}<span class=\"vh\"> at {}: show them</span></button>{}</td>\
         <td>{since}</td><td class=\"who\">{}</td></tr>",
        words::short(&place.title),
        words::short(&place.check),
        place.of,
        words::short(&place.title),
        words::bar(&[("failed", words::share(number, place.of))]),
        who(report, place)
    ));
}

fn who(report: &ClassReport, place: &StuckPlace) -> String {
    let found = words::found(report, &place.students);
    let mut names: Vec<String> = found
        .iter()
        .take(NAMES)
        .map(|student| words::link(student))
        .collect();
    if found.len() > NAMES {
        names.push(format!("and {} more", found.len() - NAMES));
    }
    names.join(", ")
}
