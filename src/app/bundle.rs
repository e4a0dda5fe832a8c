//! `landfall bundle`: the learner's evidence as one file.

mod file;
mod screen;
#[cfg(test)]
mod tests;

use super::context::{Context, course_files, now};
use super::failure::{Exit, Failure, Outcome};
use super::local_time::LocalTime;
use super::quiz_log::QuizLog;
use super::whole_look::{self, Choices, Seen};
use crate::account::is_nonce;
use crate::bundle::{self, Bundle, BundledDeck, CourseVersion, Parts, Tool};
use crate::cli::{BundleArgs, Format};
use crate::report::sanitize;
use screen::Steps;
use serde::Serialize;
use std::path::Path;

/// Where it is written to unless said otherwise.
const FILE: &str = "landfall-bundle.json";

/// Runs the command.
///
/// # Errors
/// No way to look at all, a file that cannot be written.
pub fn run(context: &mut Context, args: &BundleArgs) -> Outcome {
    let format = context.format("bundle", &[Format::Text, Format::Json])?;
    if let Some(path) = &args.from {
        let whole = file::read(path)?;
        if !whole.intact {
            context.ui.trouble(
                "This file was changed after it was made. What follows is what it says now.",
            );
        }
        show(context, format, &whole.bundle);
        return Ok(Exit::Passed);
    }
    if let Some(word) = args.nonce.as_deref().filter(|word| !is_nonce(word)) {
        let word = sanitize::one_line(word)
            .chars()
            .take(64)
            .collect::<String>();
        return Err(Failure::usage(format!("`{word}` is no word for --nonce."))
            .hint("4 to 64 letters, digits and hyphens, as your instructor gave it: maple-7f3a."));
    }
    let path = args.out.as_deref().unwrap_or(Path::new(FILE));
    if !args.show {
        // Before anything is waited for.
        file::may_be_written(path)?;
    }
    let Some(seen) = look(context, format)? else {
        return Ok(Exit::Interrupted);
    };
    let steps = Steps::of(&seen.verification, &context.course);
    let made = made(context, args, seen)?;
    if args.show {
        show(context, format, &made);
        return Ok(Exit::Passed);
    }
    let text = file::write(path, &made)?;
    match format {
        Format::Json => context
            .ui
            .document(&sanitize::json_document(&Written::of(path, &text, &made))),
        _ => context.ui.print_all(&screen::written(
            path,
            text.len(),
            &made,
            steps,
            context.ui.prose_width(),
        )),
    }
    Ok(Exit::Passed)
}

/// A new look; else the last whole one. `None` when the learner broke it off.
fn look(context: &mut Context, format: Format) -> Result<Option<Seen>, Failure> {
    let choices = if format == Format::Text && context.ui.is_attended() {
        Choices::Ask
    } else {
        Choices::Leave
    };
    match whole_look::fresh(context, choices) {
        Err(failure) => {
            let kept = whole_look::kept(context)?;
            let local = LocalTime::here(now());
            whole_look::instead(context, failure, kept, "a bundle", &local).map(Some)
        }
        seen => seen,
    }
}

/// Puts it together.
fn made(context: &Context, args: &BundleArgs, seen: Seen) -> Result<Bundle, Failure> {
    let Seen {
        key,
        snapshot,
        attested,
        teardown_begun,
        verification,
        calls,
    } = seen;
    let left_out = context.store.left_out(&key)?;
    Ok(bundle::bundle(Parts {
        made_at: now(),
        made_with: Tool {
            landfall: env!("CARGO_PKG_VERSION").to_owned(),
            system: std::env::consts::OS.to_owned(),
        },
        course: CourseVersion {
            id: context.course.id.clone(),
            content: bundle::content_of(&course_files(context.globals.course.as_deref())?),
        },
        nonce: args
            .nonce
            .as_deref()
            .map(|word| bundle::nonce(&snapshot, word)),
        attested,
        teardown_begun,
        verification,
        history: context.store.history(&key)?,
        left_out: left_out
            .into_iter()
            .map(|(step, since)| (step.0, since))
            .collect(),
        quiz: quiz(context)?,
        calls,
        snapshot,
    }))
}

/// Every deck that was begun; an exam that is not handed in tells nothing yet.
fn quiz(context: &Context) -> Result<Vec<BundledDeck>, Failure> {
    let mut decks = Vec::new();
    for deck in &context.course.decks {
        let log = QuizLog::of(context, deck)?;
        if !log.attempts.is_empty() {
            decks.push(BundledDeck::of(deck.id.as_str(), &log.attempts));
        }
    }
    Ok(decks)
}

fn show(context: &Context, format: Format, made: &Bundle) {
    let shared = bundle::shared(made);
    match format {
        Format::Json => {
            let groups: Vec<Group<'_>> = shared
                .iter()
                .map(|group| Group {
                    heading: &group.heading,
                    items: &group.items,
                })
                .collect();
            context
                .ui
                .document(&sanitize::json_document(&Shown { shared: groups }));
        }
        _ => context
            .ui
            .print_all(&screen::shown(&shared, context.ui.prose_width())),
    }
}

/// `--show --format json`.
#[derive(Serialize)]
struct Shown<'a> {
    shared: Vec<Group<'a>>,
}

#[derive(Serialize)]
struct Group<'a> {
    heading: &'a str,
    items: &'a [String],
}

/// `--format json`: what was written.
#[derive(Serialize)]
struct Written<'a> {
    file: String,
    bytes: usize,
    digest: String,
    fingerprint: &'a str,
    source: crate::account::Source,
    looked_at: jiff::Timestamp,
    nonce: Option<&'a bundle::Nonce>,
}

impl<'a> Written<'a> {
    fn of(path: &Path, text: &str, made: &'a Bundle) -> Self {
        let evidence = serde_json::to_value(made).expect("plain data always becomes JSON");
        Written {
            file: path.display().to_string(),
            bytes: text.len(),
            digest: bundle::digest_of(&evidence),
            fingerprint: &made.fingerprint,
            source: made.snapshot.source,
            looked_at: made.snapshot.collected_at,
            nonce: made.nonce.as_ref(),
        }
    }
}
