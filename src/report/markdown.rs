//! `report --format markdown`. Everything that is not ours is escaped: names in AWS are other people's text.

use super::learner::{self, LearnerReport, StepReport};
use super::{sanitize, wording};
use crate::checks::{Finding, Verdict};

/// The document.
pub fn markdown(report: &LearnerReport) -> String {
    let mut page = String::new();
    head(&mut page, report);
    patterns(&mut page, report);
    lessons(&mut page, report);
    to_do(&mut page, report);
    remarks(&mut page, report);
    by_hand(&mut page, report);
    quizzes(&mut page, report);
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

fn quizzes(page: &mut String, report: &LearnerReport) {
    for quiz in &report.quizzes {
        line(page, &format!("## {}", text(&quiz.result.title)));
        let mut words = match &quiz.finished_at_local {
            Some(at) => format!("Finished {at}."),
            None => "Not finished yet.".to_owned(),
        };
        if let Some(share) = quiz.result.share {
            words.push_str(&format!(
                " {} of the key points, {}.",
                wording::percent(share),
                wording::SELF_CONFIRMED
            ));
        }
        line(page, &text(&words));
        for (question, number) in quiz.result.questions.iter().zip(1..) {
            page.push_str(&format!(
                "{number}. {} - {}\n",
                text(&question.prompt),
                text(&wording::question(question))
            ));
        }
        page.push('\n');
        let review: Vec<_> = quiz.result.review().collect();
        if !review.is_empty() {
            line(page, "### To look at again");
            for (question, missed) in review {
                page.push_str(&format!("- {}\n", text(&question.prompt)));
                for point in missed {
                    let step = point.step.as_deref().unwrap_or_default();
                    item(page, step, &point.says);
                }
            }
            page.push('\n');
        }
    }
}

/// A paragraph or heading of its own.
fn line(page: &mut String, text: &str) {
    page.push_str(text);
    page.push_str("\n\n");
}

fn item(page: &mut String, name: &str, value: &str) {
    page.push_str(&format!("  - {}: {}\n", text(name), text(value)));
}

/// A fenced block; the fence is longer than any in the command.
fn code(page: &mut String, command: &str, indent: &str) {
    let command = sanitize::lines(command);
    let longest = command
        .split(|letter| letter != '`')
        .map(str::len)
        .max()
        .unwrap_or(0);
    let fence = "`".repeat((longest + 1).max(3));
    page.push_str(&format!("\n{indent}{fence}sh\n"));
    for line in command.lines() {
        page.push_str(&format!("{indent}{line}\n"));
    }
    page.push_str(&format!("{indent}{fence}\n"));
}

/// Text on one line without any markup of its own.
fn text(raw: &str) -> String {
    let clean = sanitize::one_line(raw);
    let clean = clean.trim();
    let mut escaped = String::with_capacity(clean.len());
    // A list, a heading or a quotation begins only where a text begins.
    let digits = clean.chars().take_while(char::is_ascii_digit).count();
    let opens_list = digits > 0 && clean[digits..].starts_with(['.', ')']);
    for (at, letter) in clean.char_indices() {
        let special = matches!(
            letter,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '&' | '$'
        ) || (at == 0 && matches!(letter, '#' | '+' | '-' | '='))
            || (opens_list && at == digits);
        if special {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use pulldown_cmark::{Options, Parser};

    #[test]
    fn a_name_cannot_become_markup() {
        for hostile in [
            "<script>alert(1)</script>",
            "| a | b |",
            "`rm -rf`",
            "[click](https://example.org)",
            "![x](https://example.org/x.png)",
            "# heading",
            "1. item",
            "&lt;b&gt;",
            "**bold** _em_ ~~no~~",
            "- item",
        ] {
            let escaped = text(hostile);
            let events = Parser::new_ext(&escaped, Options::all());
            let words: String = events
                .filter_map(|event| match event {
                    pulldown_cmark::Event::Text(words) => Some(words.to_string()),
                    pulldown_cmark::Event::Start(pulldown_cmark::Tag::Paragraph)
                    | pulldown_cmark::Event::End(pulldown_cmark::TagEnd::Paragraph) => None,
                    other => panic!("{hostile:?} became {other:?}"),
                })
                .collect();
            assert_eq!(words, hostile, "the reader sees the name as it is");
        }
    }

    #[test]
    fn a_name_with_a_bar_stays_in_its_cell() {
        use pulldown_cmark::{Event, Tag};
        let table = format!("| a | b |\n|---|---|\n| {} | x |\n", text("one | two"));
        let cells = Parser::new_ext(&table, Options::all())
            .filter(|event| matches!(event, Event::Start(Tag::TableCell)))
            .count();
        assert_eq!(cells, 4);
        assert!(
            Parser::new_ext(&table, Options::all()).any(|event| event == Event::Text("x".into()))
        );
    }

    #[test]
    fn a_name_with_line_breaks_and_escapes_stays_on_its_line() {
        assert_eq!(text("a\n\n# b\u{1b}[31m"), "a  # b\\[31m");
        let mut page = String::new();
        code(&mut page, "echo ```\nnext", "");
        assert_eq!(page, "\n````sh\necho ```\nnext\n````\n");
    }
}
