//! `landfall map`: the stack as a picture. Drawing is not judging: it succeeds whatever the verdicts are, unless nothing could
//! be read.

#[cfg(test)]
mod tests;

use super::choose;
use super::context::Context;
use super::evidence::{self, Judged};
use super::failure::{Exit, Failure, Outcome};
use super::{status, trouble, verify};
use crate::account::{Snapshot, Source};
use crate::checks::{self, Asked, Stack, Verification};
use crate::cli::{Format, MapArgs};
use crate::report::map::{Map, map, map_html, map_json, map_mermaid, map_svg};
use crate::term::overview::next_step;
use crate::term::{Line, map as screen};
use std::borrow::Cow;

/// Prints the map.
///
/// # Errors
/// An unreadable file, no way to look, nothing that could be read.
pub fn run(context: &mut Context, args: &MapArgs) -> Outcome {
    let formats = [
        Format::Text,
        Format::Json,
        Format::Svg,
        Format::Html,
        Format::Mermaid,
    ];
    let format = context.format("map", &formats)?;
    let Some(path) = &args.from else {
        let Some(judged) = look(context, format)? else {
            return Ok(Exit::Interrupted);
        };
        let stack = Stack {
            snapshot: &judged.look.snapshot,
            attested: &judged.attested,
            teardown_begun: judged.teardown_begun,
        };
        let again = match status::options(context) {
            "" => "landfall verify STEP".to_owned(),
            options => format!("landfall {options} verify STEP"),
        };
        return show(context, format, &stack, &judged.verification, &again);
    };
    let saved = evidence::read_saved(path)?;
    let stack = Stack {
        snapshot: &saved.snapshot,
        attested: &saved.attested,
        teardown_begun: saved.teardown_begun,
    };
    let verification = checks::verify(&stack, &context.course, &Asked::All);
    let file = shlex::try_quote(&path.to_string_lossy()).map(Cow::into_owned);
    let again = match file {
        Ok(file) => format!("landfall verify STEP --from {file}"),
        Err(_) => "landfall verify STEP --from FILE".to_owned(),
    };
    show(context, format, &stack, &verification, &again)
}

/// Looks at everything, and asks what only the learner can tell. `None` = Ctrl-C.
fn look(context: &mut Context, format: Format) -> Result<Option<Judged>, Failure> {
    let judged = verify::look(context, &Asked::All)?;
    if format != Format::Text || !context.ui.is_attended() {
        return Ok(Some(judged));
    }
    let mut prompter = context.prompter();
    choose::settle(context, prompter.as_mut(), &Asked::All, judged, |context| {
        verify::look(context, &Asked::All)
    })
}

fn show(
    context: &Context,
    format: Format,
    stack: &Stack<'_>,
    verification: &Verification,
    // `landfall verify` of the same look; a step's id belongs where STEP stands.
    again: &str,
) -> Outcome {
    if let Some(trouble) = trouble::of_all(stack.snapshot, verification) {
        let failure = Failure::unreadable(trouble.say);
        return Err(trouble.hints.into_iter().fold(failure, Failure::hint));
    }
    let map = map(stack, verification);
    let ui = &context.ui;
    match format {
        Format::Json => ui.document(&map_json(&map)),
        Format::Svg => ui.document(&map_svg(&map)),
        Format::Html => ui.document(&map_html(&map)),
        Format::Mermaid => ui.document(&map_mermaid(&map)),
        _ => ui.print_all(&text(context, stack.snapshot, verification, &map, again)),
    }
    Ok(Exit::Passed)
}

/// The screen: whose stack, the picture, where to begin or what comes next.
fn text(
    context: &Context,
    snapshot: &Snapshot,
    verification: &Verification,
    map: &Map,
    again: &str,
) -> Vec<Line> {
    let width = context.ui.prose_width();
    let mut lines = vec![verify::head(snapshot), Line::blank()];
    lines.extend(screen::lines(map, width));
    lines.push(Line::blank());
    match &map.begin {
        Some(begin) => {
            let command = again.replace("STEP", begin.step.as_str());
            lines.extend(screen::begin(map, begin, &command, width));
        }
        None if snapshot.source == Source::Snapshot => {}
        None => lines.extend(next_step(verification, width)),
    }
    while lines.last() == Some(&Line::blank()) {
        lines.pop();
    }
    lines
}
