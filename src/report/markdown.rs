//! `report --format markdown`. Everything that is not ours is escaped: names in AWS are other people's text.

pub mod escape;

use super::learner::{self, LearnerReport, StepReport};
use super::wording;
use crate::checks::{Finding, Verdict};
use escape::{code, item, line, text};

/// The document.
pub fn markdown(report: &LearnerReport) -> String {
    let mut page = String::new();
    head(&mut page, report);
    patterns(&mut page, report);
    lessons(&mut page, report);
    to_do(&mut page, report);
    remarks(&mut page, report);
    by_hand(&mut page, report);
    for quiz in &report.quizzes {
        super::quiz::markdown(&mut page, quiz);
    }
    page.trim_end().to_owned() + "\n"
}

fn head(page: &mut String, report: &LearnerReport) {
    line(page, &format!("# {}", text(&report.course)));
    let mut facts = vec![
        (
            "Account",
            format!("{}, {}", wording::account(report), report.account.region),
        ),
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
    if let Some(root) = &report.root_cause {
        let summary = wording::sentence(&root.summary);
        facts.push(("Begin here", format!("{summary} ({})", root.check)));
    }
    for (name, value) in facts {
        page.push_str(&format!("- **{name}:** {}\n", text(&value)));
    }
    page.push('\n');
    if report.account.shortened {
        line(page, &text(wording::SHORTENED));
    }
}

fn patterns(page: &mut String, report: &LearnerReport) {
    line(page, "## Patterns to take forward");
    page.push_str("| Pattern | Verdict | What it says |\n|---|---|---|\n");
    for pattern in &report.patterns {
        page.push_str(&format!(
            "| {} | {} | {} |\n",
            text(&pattern.title),
            wording::verdict_mark(pattern.verdict),
            text(&pattern.say)
        ));
    }
    page.push('\n');
}

fn lessons(page: &mut String, report: &LearnerReport) {
    line(page, "## Lessons and steps");
    page.push_str("| Lesson | Step | Verdict |\n|---|---|---|\n");
    for lesson in &report.lessons {
        for step in &lesson.steps {
            page.push_str(&format!(
                "| {} | {} ({}) | {} |\n",
                text(&lesson.title),
                text(&step.title),
                text(step.id.as_str()),
                step_words(step)
            ));
        }
    }
    page.push('\n');
}

fn step_words(step: &StepReport) -> String {
    let mut words = wording::verdict_mark(step.verdict);
    if step.left_out {
        words.push_str(", left out");
    } else if step.optional {
        words.push_str(", optional");
    }
    words
}

fn to_do(page: &mut String, report: &LearnerReport) {
    if report.findings(learner::is_to_do).next().is_none() {
        return;
    }
    line(page, "## What is left");
    for (step, findings) in report.findings(learner::is_to_do) {
        line(
            page,
            &format!("### {} ({})", text(&step.title), text(step.id.as_str())),
        );
        for finding in findings {
            self::finding(page, finding);
        }
    }
}

fn finding(page: &mut String, finding: &Finding) {
    page.push_str(&format!(
        "- **{}** {} ({}): {}\n",
        text(&wording::mark(finding)),
        text(finding.title),
        text(finding.check.as_str()),
        text(&wording::sentence(&finding.summary))
    ));
    // What only follows from another check is explained there.
    if finding.verdict != Verdict::Blocked {
        for evidence in &finding.evidence {
            if !evidence.expected.is_empty() {
                item(page, "expected", &evidence.expected);
            }
            item(page, "seen", &evidence.observed);
            item(page, "where", &wording::place(evidence));
        }
        for sentence in &finding.ruled_out {
            item(page, "ruled out", sentence);
        }
        if let Some(action) = &finding.missing_permission {
            item(page, "allow", action);
        }
        fixes(page, finding);
    }
    page.push('\n');
}

fn fixes(page: &mut String, finding: &Finding) {
    for fix in &finding.fix {
        item(page, "to do", &fix.say);
        if let Some(command) = &fix.command {
            code(page, command, "    ");
        }
    }
}

fn remarks(page: &mut String, report: &LearnerReport) {
    if report.findings(learner::is_remark).next().is_none() {
        return;
    }
    line(page, "## Could be better");
    for (_, findings) in report.findings(learner::is_remark) {
        for finding in findings {
            let advice = finding.advice.as_deref().unwrap_or_default();
            page.push_str(&format!(
                "- {} ({}): {}\n",
                text(finding.title),
                text(finding.check.as_str()),
                text(&wording::sentence(advice))
            ));
            fixes(page, finding);
        }
    }
    page.push('\n');
}

fn by_hand(page: &mut String, report: &LearnerReport) {
    let kinds = [
        ("## Confirmed by you, not checked", report.confirmed()),
        ("## Not for you", report.not_for_you()),
    ];
    for (heading, findings) in kinds {
        if findings.is_empty() {
            continue;
        }
        line(page, heading);
        for finding in findings {
            page.push_str(&format!(
                "- {} ({}): {}\n",
                text(finding.title),
                text(finding.check.as_str()),
                text(&wording::sentence(&finding.summary))
            ));
        }
        page.push('\n');
    }
    let left_out: Vec<&StepReport> = report
        .steps_in_order()
        .filter(|step| step.left_out)
        .collect();
    if !left_out.is_empty() {
        line(page, "## Left out by you");
        for step in left_out {
            page.push_str(&format!(
                "- {} ({})\n",
                text(&step.title),
                text(step.id.as_str())
            ));
        }
        page.push('\n');
    }
}
