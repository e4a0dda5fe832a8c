//! One student after the other: everything that is said of each. The script hides them until one is opened; without it, and on
//! paper, they stand one below the other.

use super::words;
use crate::checks::{Finding, Verdict};
use crate::class::report::{ClassReport, StepFindings, StudentReport};
use crate::report::map::map_among;
use crate::report::page::{self as parts, Page, escaped};
use crate::report::wording::{self, sentence};

/// What a student is opened in.
pub(super) const DIALOG: &str = "<dialog id=\"opened\" aria-label=\"Student\">\
    <div class=\"bar-of-buttons\"><button type=\"button\" id=\"previous\">Previous</button> <button type=\"button\" id=\"next\">Next</button> \
    <span id=\"place\" role=\"status\"></span> <button type=\"button\" id=\"close\">Close</button></div>\
    <div id=\"sheet\"></div></dialog>\n";

pub(super) fn set(page: &mut Page, report: &ClassReport) {
    page.raw("<div class=\"one-by-one\">");
    page.raw("<h2 id=\"one-by-one\">Student by student</h2>");
    for student in &report.students {
        section(page, report, student);
    }
    page.raw("</div>");
}

fn section(page: &mut Page, report: &ClassReport, student: &StudentReport) {
    let key = words::anchor(&student.key);
    page.raw(&format!(
        "<section class=\"student\" id=\"student-{key}\" aria-labelledby=\"name-{key}\"><h3 id=\"name-{key}\" tabindex=\"-1\">{} {}</h3>",
        escaped(words::name(student)),
        words::standing(student.standing)
    ));
    where_it_is(page, report, student);
    facts(page, report, student);
    sentences(page, "Overrides", &student.overrides);
    sentences(page, "Worth a second look", &student.notes);
    sentences(page, "Changed since earlier evidence", &student.drift);
    if let Some(map) = &student.map {
        page.raw(&format!(
            "<h4>Map</h4><div class=\"picture\" tabindex=\"0\" role=\"group\" aria-label=\"Map\">{}</div>",
            map_among(map, &key)
        ));
    }
    findings(page, student);
    page.raw("<p class=\"back\"><a href=\"#matrix\">Back to the table</a></p></section>");
}

/// The trouble, or where and why.
fn where_it_is(page: &mut Page, report: &ClassReport, student: &StudentReport) {
    if let Some(trouble) = &student.trouble {
        page.raw(&format!(
            "<p class=\"begin unsure\">{}</p>",
            escaped(&sentence(trouble))
        ));
    }
    if let Some(stuck) = &student.stuck {
        let ids: Vec<String> = std::iter::once(&stuck.check)
            .chain(&stuck.cause)
            .map(|id| escaped(id))
            .collect();
        let since = stuck.since.map_or_else(String::new, |at| {
            format!(
                " for {} (since {})",
                report.moment.ago(at),
                words::minute(report, at)
            )
        });
        let summary = stuck.summary.as_ref().map_or_else(String::new, |summary| {
            format!(" {}", escaped(&sentence(summary)))
        });
        page.raw(&format!(
            "<p class=\"begin\"><strong>Stuck at \"{}\"</strong>{since}.{summary} <span class=\"id\">({})</span></p>",
            escaped(&stuck.title),
            ids.join(", ")
        ));
    } else if let Some(step) = &student.at_step {
        page.raw(&format!(
            "<p>Next: {} {}</p>",
            escaped(&step.title),
            words::verdict(step.verdict)
        ));
    }
}

fn facts(page: &mut Page, report: &ClassReport, student: &StudentReport) {
    let judged = !student.steps.is_empty();
    let late = student.late.map(|late| {
        if late {
            "later than the deadline"
        } else {
            "in time"
        }
    });
    let all = [
        ("Section", student.section.clone()),
        ("E-mail", student.email.clone()),
        ("Id", student.id.clone()),
        ("SIS id", student.sis_id.clone()),
        ("Login", student.login.clone()),
        ("Account", student.account.clone()),
        ("Region", student.region.clone()),
        (
            "Rests on",
            student
                .evidence
                .map(|kind| words::evidence(kind).to_owned()),
        ),
        ("File", student.file.clone()),
        (
            "Looked at",
            student.looked_at.map(|at| report.moment.minute(at)),
        ),
        ("Deadline", late.map(str::to_owned)),
        (
            "Steps",
            judged.then(|| format!("{} of {} done", student.done, student.of)),
        ),
        (
            "Score",
            student
                .score
                .map(|score| format!("{} of 100", words::score(score))),
        ),
        (
            "Quiz",
            student.quiz.map(|quiz| {
                format!(
                    "{}, mean share of the first attempts {}",
                    words::counted(quiz.answered, "answer", "answers"),
                    words::percent(quiz.share)
                )
            }),
        ),
    ];
    let told = all
        .iter()
        .filter_map(|(name, value)| Some((*name, value.as_deref()?)))
        .filter(|(_, value)| !value.is_empty());
    page.facts(told);
}

fn sentences(page: &mut Page, heading: &str, all: &[String]) {
    if !all.is_empty() {
        page.text("h4", heading);
        page.list(all.iter().map(|one| escaped(&sentence(one))));
    }
}

fn findings(page: &mut Page, student: &StudentReport) {
    if student.findings.is_empty() {
        return;
    }
    page.text("h4", "Findings by step");
    let mut done: Vec<&StepFindings> = Vec::new();
    for step in &student.findings {
        if step
            .findings
            .iter()
            .all(|finding| finding.verdict.is_done() && finding.advice.is_none())
        {
            done.push(step);
        } else {
            self::step(page, student, step);
        }
    }
    if !done.is_empty() {
        let titles: Vec<String> = done.iter().map(|step| escaped(&step.title)).collect();
        page.raw(&format!(
            "<p><strong>Nothing to do in:</strong> {}</p>",
            titles.join("; ")
        ));
    }
}

/// What is to do in full, and the rest in a line: a class has many students, and a page has to open.
fn step(page: &mut Page, student: &StudentReport, step: &StepFindings) {
    let verdict = student
        .steps
        .get(&step.step)
        .map_or_else(String::new, |cell| words::verdict(cell.verdict));
    let here = [
        student.stuck.as_ref().map(|stuck| &stuck.step),
        student.at_step.as_ref().map(|at| &at.step),
    ]
    .contains(&Some(&step.step));
    // Where verdicts alone are told there is nothing but the line.
    let in_full = |finding: &&Finding| match finding.verdict {
        _ if finding.summary.is_empty() && finding.evidence.is_empty() => false,
        Verdict::Failed | Verdict::Unknown | Verdict::Pending => true,
        Verdict::Missing => here,
        _ => finding.advice.is_some(),
    };
    page.raw(&format!("<h5>{} {verdict}</h5>", escaped(&step.title)));
    for finding in step.findings.iter().filter(in_full) {
        page.raw("<div class=\"finding\">");
        parts::finding(page, finding);
        if let Some(advice) = &finding.advice {
            page.raw(&format!(
                "<p>Could be better: {}</p>",
                escaped(&sentence(advice))
            ));
        }
        page.raw("</div>");
    }
    let rest: Vec<String> = step
        .findings
        .iter()
        .filter(|finding| !in_full(finding))
        .map(in_a_line)
        .collect();
    if !rest.is_empty() {
        page.list(rest.into_iter());
    }
}

fn in_a_line(finding: &Finding) -> String {
    let mark = match (finding.verdict, finding.blocked_by) {
        (Verdict::Blocked, Some(_)) => wording::mark(finding),
        (verdict, _) => format!("{} {}", verdict.symbol(), words::verdict_words(verdict)),
    };
    format!(
        "<span class=\"verdict {}\">{}</span> {}",
        finding.verdict.id(),
        parts::marked(&mark),
        escaped(finding.title)
    )
}
