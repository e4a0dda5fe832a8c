//! What a key shows beside a question: the keys, the hint, the lesson, the account; and the report of a bad question.

use super::keys::Key;
use super::session::{Flow, Session, end};
use crate::app::context::now;
use crate::app::failure::Failure;
use crate::app::lesson_text::{Shells, document};
use crate::app::verify;
use crate::cli::VerifyArgs;
use crate::course::Question;
use crate::guide::values::Values;
use crate::progress::{Attempt, Given};
use crate::report::sanitize;
use crate::term::markdown;
use crate::term::{Answer, Line, Prompter, Tone};
use std::io::Write;
use std::path::PathBuf;

/// The hint, if there is one.
pub(super) fn hint(session: &Session<'_>, question: &Question) {
    match &question.hint {
        Some(hint) => session.remark(format!("Hint: {hint}")),
        None => session.remark("There is no hint for this one; l opens the lesson."),
    }
}

/// The step that teaches it, as lessons are shown.
pub(super) fn lesson(session: &Session<'_>, question: &Question) {
    let found = question.lesson.as_ref().and_then(|id| {
        let course = &session.context.course;
        course.step(id.as_str()).map(|(_, step)| step).or_else(|| {
            course
                .lesson(id.as_str())
                .and_then(|lesson| lesson.steps.first())
        })
    });
    let Some(step) = found else {
        session.remark("No step of the lessons teaches this one.");
        return;
    };
    let ui = &session.context.ui;
    let values = Values::of(session.stacks.nearest());
    session.print(&[
        Line::blank(),
        Line::new(Tone::Heading, format!("{} ({})", step.title, step.id)),
    ]);
    let text = document(&step.text, &values, Shells::OfThisSystem);
    session.print(&markdown::render(&text, ui.markdown()));
    session.print(&[Line::blank()]);
}

/// Checks the step in the learner's account, read-only.
pub(super) fn account(session: &mut Session<'_>, question: &Question) {
    let Some(step) = &question.lesson else {
        session.remark("No step of the lessons belongs to this one.");
        return;
    };
    let args = VerifyArgs {
        steps: vec![step.0.clone()],
        watch: false,
        save: None,
        from: None,
        show_calls: false,
    };
    if let Err(failure) = verify::run(session.context, &args) {
        session.context.ui.trouble(&failure.message);
        for hint in &failure.hints {
            session.context.ui.hint(hint);
        }
    }
}

/// Writes a file with everything that authors need to look at a question, and says where it is.
///
/// # Errors
/// The file cannot be written.
pub(super) fn report(
    session: &Session<'_>,
    question: &Question,
    attempt: Option<&Attempt>,
    prompter: &mut dyn Prompter,
) -> Result<Flow, Failure> {
    let complaint = match prompter.ask(
        "What is wrong with this question? In a line (Enter: nothing)",
        None,
    ) {
        Answer::Given(line) => line,
        other => return Ok(end(&other)),
    };
    if complaint.trim().is_empty() || Key::of(&complaint).is_some() {
        session.remark("Nothing was written.");
        return Ok(Flow::On);
    }
    let path = write(session, question, attempt, &complaint).map_err(|error| {
        Failure::unreadable(format!("The report cannot be written: {error}"))
            .hint("Is there room on the disk, and may you write to LANDFALL_HOME?")
    })?;
    session.remark(format!(
        "Written to {}. Look through it and send it to {}.",
        path.display(),
        concat!(env!("CARGO_PKG_REPOSITORY"), "/issues")
    ));
    Ok(Flow::On)
}

fn write(
    session: &Session<'_>,
    question: &Question,
    attempt: Option<&Attempt>,
    complaint: &str,
) -> std::io::Result<PathBuf> {
    let folder = session.context.home.join("reports");
    std::fs::create_dir_all(&folder)?;
    let mut file = tempfile::Builder::new()
        .prefix(&format!(
            "question-{}-{}-",
            question.id,
            now().strftime("%Y-%m-%d")
        ))
        .suffix(".md")
        .tempfile_in(&folder)?;
    let answer = match attempt.map(|attempt| &attempt.given) {
        Some(Given::Text { text }) => text.clone(),
        Some(given) => serde_json::to_string(given).unwrap_or_default(),
        None => "(not answered yet)".to_owned(),
    };
    let text = format!(
        "# A question that is not right\n\n\
         - Deck: {}\n- Question: {}, revision {}\n- Landfall {}\n- Facts checked: {}\n- Sources: {}\n\n\
         ## What is wrong\n\n{}\n\n## The question\n\n{}\n\n## My answer\n\n{}\n",
        session.deck.id,
        question.id,
        question.rev,
        env!("CARGO_PKG_VERSION"),
        question.facts.checked,
        question.facts.cite.join(", "),
        sanitize::lines(complaint),
        sanitize::lines(&question.prompt),
        sanitize::lines(&answer),
    );
    file.write_all(text.as_bytes())?;
    let (_, path) = file.keep().map_err(|error| error.error)?;
    Ok(path)
}
