//! A question as it is put.

use super::{hanging, margined, prose};
use crate::account::Source;
use crate::app::context::now;
use crate::app::local_time::LocalTime;
use crate::app::quiz::keys::KEYS;
use crate::course::{Cloze, Kind, Question};
use crate::progress::{Foretold, ForetoldValue, Mode, Pages, Posed, PosedWhat};
use crate::quiz::shown::Shown;
use crate::quiz::sitting::At;
use crate::quiz::typed;
use crate::term::layout::Margin;
use crate::term::{Line, Span, Tone};

/// What stands above a question.
#[derive(Debug, Clone, Copy)]
pub(in crate::app::quiz) struct Head<'a> {
    pub at: At<'a>,
    pub mode: Mode,
    pub flagged: bool,
    /// Minutes that the answers took so far.
    pub minutes_used: u32,
    pub minutes: Option<u16>,
}

/// The question with everything that can be chosen.
pub(in crate::app::quiz) fn question(
    head: &Head<'_>,
    shown: &Shown,
    posed: Option<&Posed>,
    width: usize,
) -> Vec<Line> {
    let question = head.at.question;
    let mut lines = vec![Line::blank()];
    lines.extend(heading(head, width));
    if let Some(posed) = posed.filter(|_| question.asks_of_account()) {
        lines.extend(prose(&whose(posed), Tone::Quiet, width));
    }
    lines.push(Line::blank());
    lines.extend(prose(&question.prompt, Tone::Strong, width));
    lines.push(Line::blank());
    match (&question.kind, posed.map(|posed| &posed.what)) {
        (Kind::Inspect(_), Some(PosedWhat::Inspect(pages))) => lines.extend(page(pages, width)),
        (Kind::Predict(_), Some(PosedWhat::Predict(foretold))) => {
            lines.extend(foretell(foretold, width));
        }
        (Kind::Cloze(cloze), _) => lines.extend(gaps(cloze, width)),
        _ => lines.extend(numbered(shown, width)),
    }
    if lines.last() != Some(&Line::blank()) {
        lines.push(Line::blank());
    }
    lines
}

fn heading(head: &Head<'_>, width: usize) -> Vec<Line> {
    let At {
        question,
        number,
        of,
        comes_back,
    } = head.at;
    let mut spans = vec![
        Span::new(Tone::Heading, format!("Question {number} of {of}")),
        Span::new(Tone::Quiet, format!(" · {}", kind_words(&question.kind))),
    ];
    if comes_back {
        spans.push(Span::new(Tone::Quiet, " · a point from before"));
    }
    if head.flagged {
        spans.push(Span::new(Tone::Plain, " · flagged"));
    }
    if head.mode == Mode::Exam {
        let time = match head.minutes {
            Some(limit) => format!(" · about {} of {limit} minutes used", head.minutes_used),
            None => format!(" · about {} minutes used", head.minutes_used),
        };
        spans.push(Span::new(Tone::Quiet, time));
    }
    crate::term::layout::wrap(&spans, width, &Margin::default())
}

/// What is to be done with a question of that kind.
fn kind_words(kind: &Kind) -> &'static str {
    match kind {
        Kind::Open(_) => "in your own words",
        Kind::Choice(_) => "one is right",
        Kind::Multi(_) => "several are right",
        Kind::Order(_) => "put in order",
        Kind::Match(_) => "what belongs to what",
        Kind::Cloze(_) => "fill the gap",
        Kind::Inspect(_) => "find the fault",
        Kind::Predict(_) => "foretell",
    }
}

/// Whose stack it is, and as of when.
fn whose(posed: &Posed) -> String {
    if let Some(instead) = &posed.instead {
        return instead.clone();
    }
    let when = LocalTime::here(now()).minute(posed.looked_at);
    match posed.source {
        Source::Aws => format!("About your own account, as it was seen on {when}."),
        Source::Practice => format!("About your practice account, as it was seen on {when}."),
        Source::Snapshot => "About a saved look.".to_owned(),
    }
}

/// Options, items and sides; letters in a second list.
fn numbered(shown: &Shown, width: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    for (entry, number) in shown.numbered.iter().zip(1..) {
        let first = Line::new(Tone::Action, format!("{number:>3}  "));
        lines.extend(hanging(first, &entry.text, Tone::Plain, width));
    }
    if !shown.lettered.is_empty() {
        lines.push(Line::blank());
        for (text, letter) in shown.lettered.iter().zip('a'..) {
            let first = Line::new(Tone::Action, format!("  {letter}  "));
            lines.extend(hanging(first, text, Tone::Plain, width));
        }
    }
    lines
}

/// The text with `____` in its gaps; several are numbered.
fn gaps(cloze: &Cloze, width: usize) -> Vec<Line> {
    let mut text = cloze.text.clone();
    for (blank, number) in cloze.blanks.iter().zip(1..) {
        let gap = if cloze.blanks.len() == 1 {
            "______".to_owned()
        } else {
            format!("__({number})__")
        };
        text = text.replace(&format!("{{{{{}}}}}", blank.id), &gap);
    }
    margined(&text, Tone::Plain, width, &Margin::spaces(2))
}

/// Every line with its number; one that is too long goes on under itself.
fn page(pages: &Pages, width: usize) -> Vec<Line> {
    let mut lines = prose(&pages.title, Tone::Plain, width);
    lines.push(Line::blank());
    for (text, number) in pages.lines.iter().zip(1..) {
        let whole = Line::new(Tone::Quiet, format!("{number:>3} ")).and(Tone::Code, text);
        if whole.width() <= width {
            // As it is: columns stay under each other.
            lines.push(whole);
            continue;
        }
        let indent: String = text.chars().take_while(|letter| *letter == ' ').collect();
        let first = Line::new(Tone::Quiet, format!("{number:>3} ")).and(Tone::Code, &indent);
        lines.extend(hanging(first, text.trim_start(), Tone::Code, width));
    }
    lines
}

fn foretell(foretold: &Foretold, width: usize) -> Vec<Line> {
    let mut lines = margined(&foretold.of, Tone::Plain, width, &Margin::spaces(2));
    if let ForetoldValue::Word { of, .. } = &foretold.value {
        for (word, number) in of.iter().zip(1..) {
            let first = Line::new(Tone::Action, format!("{number:>3}  "));
            lines.extend(hanging(first, word, Tone::Plain, width));
        }
    }
    lines
}

/// What the line before the answer asks for.
pub(in crate::app::quiz) fn asked(
    question: &Question,
    shown: &Shown,
    posed: Option<&Posed>,
) -> String {
    match &question.kind {
        Kind::Choice(_) => "Which one? Its number:".to_owned(),
        Kind::Multi(options) => match options.pick {
            Some(pick) => format!("Which {pick}? Their numbers, as in: 1 3"),
            None => "Which ones? Their numbers, as in: 1 3".to_owned(),
        },
        Kind::Order(order) if order.distractors.is_empty() => {
            "In which order? All numbers, first to last:".to_owned()
        }
        Kind::Order(_) => {
            "In which order? The numbers, first to last; leave out what does not belong:".to_owned()
        }
        Kind::Match(_) => format!(
            "A letter for each number, as in: 1a 2b ({} pairs)",
            shown.numbered.len()
        ),
        Kind::Predict(_) if !typed::words(posed).is_empty() => {
            "What do you expect? Its number or the word:".to_owned()
        }
        Kind::Predict(_) => "What do you expect? A number:".to_owned(),
        Kind::Open(_) | Kind::Cloze(_) | Kind::Inspect(_) => "Your answer:".to_owned(),
    }
}

/// The keys of a sitting.
pub(in crate::app::quiz) fn keys(width: usize) -> Vec<Line> {
    let mut lines = vec![Line::blank()];
    lines.extend(prose(
        "On a line of its own, instead of an answer (the word works too):",
        Tone::Plain,
        width,
    ));
    for (_, letter, word, does) in KEYS {
        let first =
            Line::new(Tone::Action, format!("  {letter} ")).and(Tone::Quiet, format!("{word:<8} "));
        lines.extend(hanging(first, does, Tone::Plain, width));
    }
    lines.extend(prose(
        "An answer in your own words may have several lines; an empty line ends it. A few words are enough.",
        Tone::Quiet,
        width,
    ));
    lines
}
