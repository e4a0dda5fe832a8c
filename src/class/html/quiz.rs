//! The quiz, question by question and key point by key point. What may not be told of a small class is not in the model.

use super::words;
use crate::class::item::{ClassQuiz, ENOUGH, PointItem, QuestionItem};
use crate::class::report::ClassReport;
use crate::report::page::{Page, escaped};

pub(super) fn set(page: &mut Page, report: &ClassReport) {
    for (at, quiz) in report.quizzes.iter().enumerate() {
        page.heading(&format!("quiz-{at}"), &format!("Quiz: {}", quiz.title));
        deck(page, quiz);
    }
}

fn deck(page: &mut Page, quiz: &ClassQuiz) {
    let learners = words::counted(quiz.learners, "learner", "learners");
    page.text("p", &if quiz.counts_only {
        format!("First attempts of {learners}. Under {ENOUGH} there are counts and intervals alone: a share of so few says little.")
    } else {
        format!("First attempts of {learners}.")
    });
    if quiz.questions.is_empty() {
        return;
    }
    questions(page, quiz);
    points(page, quiz);
}

fn questions(page: &mut Page, quiz: &ClassQuiz) {
    let mut columns = vec!["Question", "Answers", "Right", "95 % interval"];
    if !quiz.counts_only {
        columns.extend(["Mean share", "Discrimination"]);
    }
    columns.extend([
        "Sure and wrong",
        "Most chosen wrong",
        "Median time",
        "Judged otherwise by the learner",
    ]);
    open(
        page,
        "Questions",
        &format!("Questions of {}", quiz.title),
        &columns,
    );
    for question in &quiz.questions {
        let unknown = if question.not_known > 0 {
            format!(
                " <span class=\"soft\">and {} not known</span>",
                question.not_known
            )
        } else {
            String::new()
        };
        let mut cells = vec![
            format!("{}{unknown}", question.n),
            question.right.to_string(),
            interval(question),
        ];
        if !quiz.counts_only {
            cells.push(question.facility.map_or_else(none, words::percent));
            cells.push(
                question
                    .discrimination
                    .map_or_else(none, |value| format!("{value:.2}")),
            );
        }
        cells.extend([
            question.confident_errors.to_string(),
            question
                .most_chosen_wrong
                .as_ref()
                .map_or_else(none, |(option, number)| {
                    format!("{} <span class=\"soft\">({number})</span>", escaped(option))
                }),
            question
                .median_seconds
                .map_or_else(none, |seconds| format!("{seconds:.0} s")),
            if question.judged == 0 {
                none()
            } else {
                format!(
                    "{} of {}",
                    question.overridden,
                    words::counted(question.judged, "point", "points")
                )
            },
        ]);
        let heading = format!(
            "{} <span class=\"soft\">{}</span>",
            escaped(&question.question),
            escaped(question.kind)
        );
        close_row(page, &heading, &cells);
    }
    page.raw("</tbody></table></div>");
}

fn points(page: &mut Page, quiz: &ClassQuiz) {
    let all: Vec<(&QuestionItem, &PointItem)> = quiz
        .questions
        .iter()
        .flat_map(|question| question.points.iter().map(move |point| (question, point)))
        .collect();
    if all.is_empty() {
        return;
    }
    let mut columns = vec![
        "Key point",
        "Question",
        "Judged",
        "Said",
        "Partly",
        "Not said",
    ];
    if !quiz.counts_only {
        columns.push("Mean share");
    }
    open(
        page,
        "Key points",
        &format!("Key points of {}", quiz.title),
        &columns,
    );
    for (question, point) in all {
        let mut cells = vec![
            escaped(&question.question),
            point.n.to_string(),
            point.said.to_string(),
            point.partly.to_string(),
            point.not_said.to_string(),
        ];
        if !quiz.counts_only {
            cells.push(point.facility.map_or_else(none, words::percent));
        }
        close_row(page, &escaped(&point.point), &cells);
    }
    page.raw("</tbody></table></div>");
}

fn open(page: &mut Page, heading: &str, label: &str, columns: &[&str]) {
    page.text("h3", heading);
    let columns: String = columns
        .iter()
        .map(|column| format!("<th scope=\"col\">{column}</th>"))
        .collect();
    page.raw(&format!(
        "<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"{label}\"><table><caption class=\"vh\">{label}</caption>\
         <thead><tr>{columns}</tr></thead><tbody>",
        label = escaped(label)
    ));
}

/// Heading and cells are markup.
fn close_row(page: &mut Page, heading: &str, cells: &[String]) {
    let cells: String = cells
        .iter()
        .map(|cell| format!("<td>{cell}</td>"))
        .collect();
    page.raw(&format!("<tr><th scope=\"row\">{heading}</th>{cells}</tr>"));
}

fn none() -> String {
    "none".to_owned()
}

/// `31 to 86 %`.
fn interval(question: &QuestionItem) -> String {
    question.interval.map_or_else(none, |(low, high)| {
        format!("{:.0} to {:.0} %", low * 100.0, high * 100.0)
    })
}
