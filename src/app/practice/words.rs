//! What `landfall practice` says.

use crate::account::Chapter;
use crate::practice::{ACCOUNT, Applied, Cause, State, Status, Waiting, causes};
use crate::term::layout::{self, Margin};
use crate::term::{Line, Tone};

const RESET: &str = "The practice account is empty again: a root user without MFA, a default VPC, nobody \
    signed in. What was recorded about the old one is forgotten; quiz results are kept.";

/// The account is empty again.
pub(super) fn reset() -> Vec<Line> {
    vec![Line::from(RESET)]
}

/// The lines broken to a width; what does not fit goes on below, two columns further in.
pub(super) fn fitted(lines: &[Line], width: usize) -> Vec<Line> {
    let fit = |line: &Line| {
        let text = line.to_text();
        let indent = text.len() - text.trim_start().len();
        let spaces = |count| Line::from(" ".repeat(count));
        let margin = Margin {
            first: spaces(indent),
            rest: spaces(if indent == 0 { 0 } else { indent + 2 }),
        };
        layout::wrap(&line.0, width, &margin)
    };
    lines.iter().flat_map(fit).collect()
}

/// How the account stands.
pub(super) fn status(stand: &Status, chapter: &Chapter) -> Vec<Line> {
    let all = stand.applied.len() + stand.open.len();
    let mut lines = vec![
        Line::new(
            Tone::Heading,
            format!("Practice account {ACCOUNT} in {}", chapter.region),
        ),
        Line::from(format!("{} of {} applied", stand.applied.len(), steps(all))),
    ];
    lines.extend(indented(stand.applied.iter().copied()));
    if !stand.waiting.is_empty() {
        lines.push(Line::from("Still coming up:"));
        lines.extend(indented(stand.waiting.iter().map(waiting)));
    }
    if !stand.broken.is_empty() {
        lines.push(Line::from("Broken on purpose:"));
        for cause in &stand.broken {
            lines.push(cause_line(cause));
        }
    }
    if let Some(next) = stand.open.first() {
        lines.push(
            Line::new(Tone::Quiet, "Next: ")
                .and(Tone::Code, format!("landfall practice apply {next}")),
        );
    }
    lines
}

/// What applying did.
pub(super) fn applied(applied: &Applied, stand: &Status) -> Vec<Line> {
    let mut lines = Vec::new();
    if !applied.steps.is_empty() {
        lines.push(Line::from(format!(
            "Applied {}:",
            steps(applied.steps.len())
        )));
        lines.extend(indented(applied.steps.iter().copied()));
    }
    if !applied.removed.is_empty() {
        lines.push(Line::from("Taken down what these steps had built:"));
        lines.extend(indented(applied.removed.iter().copied()));
    }
    if !applied.repaired.is_empty() {
        lines.push(Line::from(format!(
            "Repaired: {}",
            applied.repaired.join(", ")
        )));
    }
    if lines.is_empty() {
        lines.push(Line::from(
            "Nothing to do: the step and what it needs are applied, and nothing in them is broken.",
        ));
    }
    if !applied.attested.is_empty() {
        lines.push(Line::from(format!(
            "Confirmed: {}",
            applied.attested.join(", ")
        )));
    }
    if !stand.waiting.is_empty() {
        lines.push(Line::from("Still coming up:"));
        lines.extend(indented(stand.waiting.iter().map(waiting)));
    }
    lines
}

/// What to do after applying.
pub(super) fn after_apply(stand: &Status) -> Vec<Line> {
    let command = if stand.waiting.is_empty() {
        "landfall --account practice verify"
    } else {
        "landfall --account practice verify --watch"
    };
    vec![Line::new(Tone::Quiet, "Look at it: ").and(Tone::Code, command)]
}

/// What was broken.
pub(super) fn broken(cause: &Cause) -> Vec<Line> {
    vec![Line::from("Broken on purpose:"), cause_line(cause)]
}

/// What to do after breaking.
pub(super) fn after_break(cause: &Cause) -> Vec<Line> {
    let step = cause.repaired_by.first().copied().unwrap_or_default();
    vec![
        Line::new(Tone::Quiet, "Find it:   ").and(Tone::Code, "landfall --account practice verify"),
        Line::new(Tone::Quiet, "Repair it: ")
            .and(Tone::Code, format!("landfall practice apply {step}")),
    ]
}

/// Every cause: first those that can be broken now.
pub(super) fn causes_list(state: &State, chapter: &Chapter) -> Vec<Line> {
    let (now, later): (Vec<&Cause>, Vec<&Cause>) =
        causes().partition(|cause| cause.fits(state, chapter));
    let mut lines = Vec::new();
    if !now.is_empty() {
        lines.push(Line::new(Tone::Heading, "Can be broken now"));
        lines.extend(now.into_iter().map(cause_line));
    }
    if !later.is_empty() {
        lines.push(Line::new(Tone::Heading, "Not yet"));
        for cause in later {
            let missing = cause.missing(state);
            let why = if missing.is_empty() {
                "(needs a domain)".to_owned()
            } else {
                format!("(after {})", missing.join(", "))
            };
            lines.push(cause_line(cause).and(Tone::Quiet, format!(" {why}")));
        }
    }
    lines
}

fn cause_line(cause: &Cause) -> Line {
    Line::new(Tone::Code, format!("  {}", cause.id)).and(Tone::Plain, format!(": {}", cause.says))
}

fn waiting(waiting: &Waiting) -> String {
    let seconds = match waiting.seconds {
        1 => "1 second".to_owned(),
        many => format!("{many} seconds"),
    };
    format!("{} ({}): {seconds}", waiting.what, waiting.step)
}

fn steps(count: usize) -> String {
    match count {
        1 => "1 step".to_owned(),
        many => format!("{many} steps"),
    }
}

fn indented(texts: impl Iterator<Item = impl AsRef<str>>) -> Vec<Line> {
    texts
        .map(|text| Line::from(format!("  {}", text.as_ref())))
        .collect()
}
