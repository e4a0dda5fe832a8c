//! How far the class has come: how many have done each step, and how many are wrong there.

use super::words;
use crate::checks::Verdict;
use crate::class::report::{ClassReport, StepColumn};
use crate::report::page::{Page, escaped};

/// What is counted apart: a name, a class of the bar, the verdicts.
const KINDS: [(&str, &str, &[Verdict]); 4] = [
    ("Done", "passed", &[Verdict::Passed, Verdict::Attested]),
    ("Wrong", "failed", &[Verdict::Failed]),
    ("Cannot tell", "unknown", &[Verdict::Unknown]),
    (
        "Still to do",
        "open",
        &[Verdict::Missing, Verdict::Pending, Verdict::Blocked],
    ),
];

pub(super) fn set(page: &mut Page, report: &ClassReport) {
    page.heading("progress", "How far the class has come");
    if report
        .students
        .iter()
        .all(|student| student.steps.is_empty())
    {
        page.text("p", "There is nobody whose evidence could be judged.");
        return;
    }
    page.raw(
        "<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"How far the class has come\"><table class=\"chart\"><caption>Of those \
         whose evidence could be judged and to whom the step applies. A press on a number shows those students in the table \
         above.</caption><thead><tr><th scope=\"col\">Step</th>",
    );
    for (words, _, _) in KINDS {
        page.raw(&format!("<th scope=\"col\" class=\"count\">{words}</th>"));
    }
    page.raw("<th scope=\"col\">Share</th></tr></thead>");
    let mut at = 0;
    for lesson in report.steps.chunk_by(|one, next| one.lesson == next.lesson) {
        page.raw(&format!(
            "<tbody><tr class=\"lesson\"><th scope=\"rowgroup\" colspan=\"6\">{}</th></tr>",
            escaped(&lesson[0].lesson_title)
        ));
        for step in lesson {
            row(page, report, at, step);
            at += 1;
        }
        page.raw("</tbody>");
    }
    page.raw("</table></div>");
}

fn row(page: &mut Page, report: &ClassReport, at: usize, step: &StepColumn) {
    let seen: Vec<Verdict> = report
        .students
        .iter()
        .filter_map(|student| student.steps.get(&step.id))
        .map(|cell| cell.verdict)
        .collect();
    let counts = KINDS.map(|(_, _, kind)| seen.iter().filter(|one| kind.contains(one)).count());
    let of: usize = counts.iter().sum();
    let mut cells = String::new();
    for ((words, _, kind), count) in KINDS.iter().zip(counts) {
        let ids: Vec<&str> = kind.iter().map(|verdict| verdict.id()).collect();
        cells.push_str(&if count == 0 {
            "<td class=\"count soft\">0</td>".to_owned()
        } else {
            format!(
                "<td class=\"count\"><button type=\"button\" disabled=\"\" data-by=\"step\" data-value=\"{at}\" data-verdicts=\"{}\">{count}<span \
                 class=\"vh\"> {}, {}: show them</span></button></td>",
                ids.join(" "),
                words.to_lowercase(),
                escaped(&step.title)
            )
        });
    }
    let parts = [0, 1, 2].map(|kind| (KINDS[kind].1, words::share(counts[kind], of)));
    page.raw(&format!(
        "<tr><th scope=\"row\">{}{}</th>{cells}<td class=\"amount\">{}<span class=\"soft\">{}</span></td></tr>",
        escaped(&step.title),
        if step.optional { " <span class=\"soft\">optional</span>" } else { "" },
        words::bar(&parts),
        if of == 0 {
            "applies to nobody".to_owned()
        } else {
            format!("{} of {of} done", counts[0])
        }
    ));
}
