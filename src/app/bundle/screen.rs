//! What is said of a bundle on the screen.

use crate::account::Source;
use crate::bundle::{self, Bundle, Nonce, Shared};
use crate::checks::{Verdict, Verification};
use crate::course::Course;
use crate::term::layout::{self, Margin};
use crate::term::{Line, Span, Tone};
use std::path::Path;

/// Everything that would be shared.
pub(super) fn shown(shared: &[Shared], width: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    for group in shared {
        if !lines.is_empty() {
            lines.push(Line::blank());
        }
        lines.extend(layout::wrap_text(
            &group.heading,
            Tone::Heading,
            width,
            &Margin::default(),
        ));
        for item in &group.items {
            lines.extend(layout::wrap_text(item, Tone::Plain, width, &hanging()));
        }
    }
    lines
}

/// What was written, what is in it, what was seen of the nonce.
pub(super) fn written(
    path: &Path,
    bytes: usize,
    made: &Bundle,
    steps: Steps,
    width: usize,
) -> Vec<Line> {
    let name = path.display().to_string();
    let practice = match made.snapshot.source {
        Source::Practice => " of the practice account",
        Source::Aws | Source::Snapshot => "",
    };
    let mut lines = prose(
        &[
            Span::new(Tone::Strong, &name),
            Span::new(
                Tone::Plain,
                format!(
                    " is your bundle{practice}, {}: {}.",
                    size(bytes),
                    in_short(made, steps)
                ),
            ),
        ],
        width,
    );
    lines.extend(prose(
        &[
            Span::new(Tone::Plain, "See all that is in it: "),
            Span::new(
                Tone::Strong,
                format!("landfall bundle --show --from {}", quoted(&name)),
            ),
        ],
        width,
    ));
    if let Some(nonce) = &made.nonce {
        lines.extend(of_nonce(nonce, made, width));
    }
    lines
}

/// How far the course is: of its steps, without optional ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Steps {
    all: usize,
    done: usize,
    wrong: usize,
}

impl Steps {
    pub fn of(verification: &Verification, course: &Course) -> Self {
        let mut steps = Steps::default();
        let outcomes = verification
            .lessons
            .iter()
            .flat_map(|lesson| &lesson.steps)
            .filter(|outcome| {
                course
                    .step(outcome.id.as_str())
                    .is_some_and(|(_, step)| !step.optional)
            });
        for outcome in outcomes {
            steps.all += 1;
            steps.done += usize::from(outcome.verdict.is_done());
            steps.wrong += usize::from(outcome.verdict == Verdict::Failed);
        }
        steps
    }
}

/// `12 of 24 steps done, 1 wrong, quiz: 10 answers`.
fn in_short(made: &Bundle, steps: Steps) -> String {
    let mut words = vec![format!(
        "{} of {} {} done",
        steps.done,
        steps.all,
        if steps.all == 1 { "step" } else { "steps" }
    )];
    if steps.wrong > 0 {
        words.push(format!("{} wrong", steps.wrong));
    }
    let answers: usize = made.quiz.iter().map(|deck| deck.attempts.len()).sum();
    words.push(match answers {
        0 => "no quiz answers".to_owned(),
        1 => "quiz: 1 answer".to_owned(),
        many => format!("quiz: {many} answers"),
    });
    words.join(", ")
}

fn of_nonce(nonce: &Nonce, made: &Bundle, width: usize) -> Vec<Line> {
    let word = &nonce.asked;
    if !nonce.seen.is_empty() {
        let places: Vec<&str> = nonce
            .seen
            .iter()
            .map(|seen| seen.resource.as_str())
            .collect();
        let say = format!("The word {word} was seen on {}.", places.join(", "));
        return prose(&[Span::new(Tone::Plain, say)], width);
    }
    let tag = bundle::NONCE_TAG;
    let (say, command) = if made.snapshot.source == Source::Practice {
        let say =
            format!("The word {word} was not seen: nothing of the practice account carries tags.");
        (say, None)
    } else if let Some(command) = bundle::tag_command(&made.snapshot, word) {
        let say = format!(
            "The word {word} was not seen as the tag {tag} on any of your security groups or databases. Put it on one, \
             then run this again:"
        );
        (say, Some(command))
    } else {
        let say = format!(
            "The word {word} was not seen. Nothing is there yet that could carry it: run this again once one of the \
             chapter's security groups is made."
        );
        (say, None)
    };
    let mut lines = prose(&[Span::new(Tone::Plain, say)], width);
    // Unbroken, so that it can be copied.
    lines.extend(command.map(|command| Line::from("  ").and(Tone::Strong, command)));
    lines
}

fn size(bytes: usize) -> String {
    if bytes < 1024 * 1024 {
        format!("{} KiB", bytes.div_ceil(1024))
    } else {
        format!("{} MiB", bytes.div_ceil(1024 * 1024))
    }
}

/// As a shell takes it for one word.
fn quoted(name: &str) -> String {
    let is_plain = |letter: char| letter.is_alphanumeric() || "./_-~:\\".contains(letter);
    if name.chars().all(is_plain) {
        name.to_owned()
    } else {
        format!("\"{name}\"")
    }
}

fn prose(spans: &[Span], width: usize) -> Vec<Line> {
    layout::wrap(spans, width, &Margin::default())
}

fn hanging() -> Margin {
    Margin {
        first: Line::from("  "),
        rest: Line::from("    "),
    }
}
