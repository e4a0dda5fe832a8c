//! `report --format html`: one page that loads nothing, for screen, paper and screen readers. Everything but our own tags is
//! escaped: names in AWS are other people's text.

#[cfg(test)]
mod tests;

use super::learner::{self, LearnerReport, StepReport};
use super::page::{self as parts, Page, escaped, fixes, verdict};
use super::wording;
use crate::checks::Verdict;

/// The page. No scripts, and a policy that forbids the browser to load or send anything.
pub fn html(report: &LearnerReport) -> String {
    let mut page = Page::new(&format!("Landfall report: {}", report.course), "report");
    head(&mut page, report);
    patterns(&mut page, report);
    lessons(&mut page, report);
    to_do(&mut page, report);
    remarks(&mut page, report);
    by_hand(&mut page, report);
    for quiz in &report.quizzes {
        super::quiz::html(&mut page, quiz);
    }
    page.finish()
}

fn head(page: &mut Page, report: &LearnerReport) {
    page.text("h1", &format!("Landfall report: {}", report.course));
    let facts = [
        ("Account", wording::account(report)),
        ("Region", report.account.region.clone()),
        (
            "Looked at",
            format!(
                "{}, read-only, by Landfall {}",
                report.looked_at_local, report.landfall
            ),
        ),
        ("Steps", wording::steps(report.steps)),
        ("Checks", wording::totals(&report.totals)),
    ];
    page.facts(facts.iter().map(|(name, value)| (*name, value.as_str())));
    if report.account.shortened {
        page.raw(&format!(
            "<p class=\"soft\">{}</p>",
            escaped(wording::SHORTENED)
        ));
    }
    if let Some(root) = &report.root_cause {
        page.raw(&format!(
            "<p class=\"begin\"><strong>Begin here:</strong> {} <span class=\"id\">({})</span></p>",
            escaped(&wording::sentence(&root.summary)),
            escaped(root.check.as_str())
        ));
    }
}

fn patterns(page: &mut Page, report: &LearnerReport) {
    page.heading("patterns", "Patterns to take forward");
    page.table(
        "Each pattern with its verdict, in the order of the course",
        &["Pattern", "Verdict", "What it says"],
        |page| {
            for pattern in &report.patterns {
                page.row(
                    &pattern.title,
                    &[verdict(pattern.verdict), escaped(&pattern.say)],
                );
            }
        },
    );
}

fn lessons(page: &mut Page, report: &LearnerReport) {
    page.heading("lessons", "Lessons and steps");
    for lesson in &report.lessons {
        page.raw(&format!(
            "<h3>{} {}</h3>",
            escaped(&lesson.title),
            verdict(lesson.verdict)
        ));
        let caption = format!("Steps of the lesson {}", lesson.title);
        page.table(&caption, &["Step", "Verdict", "Checks"], |page| {
            for step in &lesson.steps {
                page.row(
                    &step.title,
                    &[step_words(step), escaped(&checks_words(step))],
                );
            }
        });
    }
}

fn step_words(step: &StepReport) -> String {
    let remark = if step.left_out {
        " <span class=\"soft\">left out</span>"
    } else if step.optional {
        " <span class=\"soft\">optional</span>"
    } else {
        ""
    };
    format!("{}{remark}", verdict(step.verdict))
}

/// `5 ok, 1 wrong`.
fn checks_words(step: &StepReport) -> String {
    let of = |verdict: Verdict| {
        step.checks
            .iter()
            .filter(move |finding| finding.verdict == verdict)
            .count()
    };
    let words: Vec<String> = Verdict::ALL
        .into_iter()
        .filter(|verdict| of(*verdict) > 0)
        .map(|verdict| format!("{} {}", of(verdict), verdict.words()))
        .collect();
    words.join(", ")
}

fn to_do(page: &mut Page, report: &LearnerReport) {
    if report.findings(learner::is_to_do).next().is_none() {
        return;
    }
    page.heading("left", "What is left");
    for (step, findings) in report.findings(learner::is_to_do) {
        page.raw(&format!(
            "<h3>{} <span class=\"id\">({})</span></h3>",
            escaped(&step.title),
            escaped(step.id.as_str())
        ));
        for finding in findings {
            page.raw("<div class=\"finding\">");
            parts::finding(page, finding);
            page.raw("</div>");
        }
    }
}

fn remarks(page: &mut Page, report: &LearnerReport) {
    if report.findings(learner::is_remark).next().is_none() {
        return;
    }
    page.heading("better", "Could be better");
    for finding in report
        .findings(learner::is_remark)
        .flat_map(|(_, found)| found)
    {
        page.raw(&format!(
            "<p><strong>{}</strong> <span class=\"id\">({})</span>: {}</p>",
            escaped(finding.title),
            escaped(finding.check.as_str()),
            escaped(&wording::sentence(
                finding.advice.as_deref().unwrap_or_default()
            ))
        ));
        fixes(page, finding);
    }
}

fn by_hand(page: &mut Page, report: &LearnerReport) {
    let kinds = [
        (
            "confirmed",
            "Confirmed by you, not checked",
            report.confirmed(),
        ),
        ("skipped", "Not for you", report.not_for_you()),
    ];
    for (id, heading, found) in kinds {
        if found.is_empty() {
            continue;
        }
        page.heading(id, heading);
        page.list(found.iter().map(|finding| {
            format!(
                "{} <span class=\"id\">({})</span>: {}",
                escaped(finding.title),
                escaped(finding.check.as_str()),
                escaped(&wording::sentence(&finding.summary))
            )
        }));
    }
    let left_out: Vec<&StepReport> = report
        .steps_in_order()
        .filter(|step| step.left_out)
        .collect();
    if !left_out.is_empty() {
        page.heading("left-out", "Left out by you");
        page.list(left_out.iter().map(|step| {
            format!(
                "{} <span class=\"id\">({})</span>",
                escaped(&step.title),
                escaped(step.id.as_str())
            )
        }));
    }
}
