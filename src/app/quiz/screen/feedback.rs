//! What an answer came to, with the reason for every part.

use super::reveal::joined;
use super::{hanging, prose};
use crate::checks::Verdict;
use crate::course::{Kind, Question};
use crate::progress::{Attempt, Confidence, Given, Heard, Posed, PosedWhat, Said};
use crate::quiz::judge::{Judged, Outcome, Part, judge};
use crate::term::layout::Margin;
use crate::term::verdicts::count;
use crate::term::{Line, Span, Tone};
use std::collections::BTreeMap;

/// The share from which an answer counts as right.
const RIGHT_FROM: f64 = 0.8;

/// The result of one question, with every part's reason.
pub(in crate::app::quiz) fn feedback(
    question: &Question,
    attempt: &Attempt,
    judged: &Judged,
    width: usize,
) -> Vec<Line> {
    let mut lines = vec![Line::blank()];
    lines.extend(prose(
        &headline(question, attempt, judged),
        Tone::Strong,
        width,
    ));
    if let Some(words) = sureness(attempt.confidence, judged.share) {
        lines.extend(prose(words, Tone::Plain, width));
    }
    match &question.kind {
        Kind::Open(open) => {
            for wrong in &attempt.hearing.wrong {
                let known = open.wrong.iter().find(|known| known.say == wrong.say);
                if let (Some(true), Some(known)) = (wrong.meant, known) {
                    let first = Line::new(Tone::Plain, "Worth putting right: ");
                    lines.extend(hanging(
                        first,
                        &format!("{} {}", known.say, known.because),
                        Tone::Plain,
                        width,
                    ));
                }
            }
            let missed: Vec<&Part> = judged
                .parts
                .iter()
                .filter(|part| matches!(part.outcome, Outcome::Missed | Outcome::Partly))
                .collect();
            if !missed.is_empty() {
                lines.push(Line::new(Tone::Quiet, "To take along:"));
                for part in missed {
                    let first = Line::new(Tone::Quiet, "  - ");
                    lines.extend(hanging(first, &part.text, Tone::Plain, width));
                }
            }
        }
        Kind::Predict(predict) => {
            lines.extend(live(attempt.posed.as_ref(), width));
            lines.extend(prose(&joined(&predict.why), Tone::Plain, width));
        }
        Kind::Cloze(cloze) => {
            lines.extend(parts(&gaps(&judged.parts), width));
            lines.extend(prose(&joined(&cloze.why), Tone::Plain, width));
        }
        Kind::Inspect(inspect) => {
            for fault in &inspect.faults {
                let first = Line::new(Tone::Quiet, "Repair: ");
                lines.extend(hanging(first, &fault.fix, Tone::Plain, width));
            }
        }
        _ => lines.extend(parts(&judged.parts, width)),
    }
    lines.extend(caveat(question, width));
    lines.extend(source(question, judged.share, width));
    lines
}

/// The answer for somebody who does not know yet: nothing is held against them.
pub(in crate::app::quiz) fn not_known(
    question: &Question,
    posed: Option<&Posed>,
    width: usize,
) -> Vec<Line> {
    let mut lines = vec![Line::blank()];
    match &question.kind {
        Kind::Open(open) => {
            lines.push(Line::new(Tone::Heading, "A model answer"));
            lines.extend(prose(&joined(&open.model), Tone::Plain, width));
            lines.push(Line::blank());
            lines.push(Line::new(Tone::Heading, "Its points"));
            for point in &open.points {
                let first = Line::new(Tone::Quiet, if point.bonus { "  + " } else { "  - " });
                lines.extend(hanging(first, &point.says, Tone::Plain, width));
            }
        }
        Kind::Predict(predict) => {
            lines.extend(live(posed, width));
            lines.extend(prose(&joined(&predict.why), Tone::Plain, width));
        }
        Kind::Inspect(inspect) => {
            if let Some(PosedWhat::Inspect(pages)) = posed.map(|posed| &posed.what) {
                for fault in &pages.faults {
                    let number = fault.lines.first().copied().unwrap_or_default();
                    let text = pages
                        .lines
                        .get(number.wrapping_sub(1))
                        .map_or("", |line| line.trim());
                    let first = Line::new(Tone::Plain, format!("Line {number}: "));
                    lines.extend(hanging(first, text, Tone::Code, width));
                }
            }
            for fault in &inspect.faults {
                lines.extend(prose(&fault.says, Tone::Plain, width));
                let first = Line::new(Tone::Quiet, "The harm: ");
                lines.extend(hanging(first, &fault.harm, Tone::Plain, width));
                let first = Line::new(Tone::Quiet, "Repair: ");
                lines.extend(hanging(first, &fault.fix, Tone::Plain, width));
            }
        }
        _ => {
            let key = judge(question, &nothing(question), posed, &BTreeMap::new());
            if let Some(judged) = key {
                let parts = match &question.kind {
                    Kind::Cloze(_) => gaps(&judged.parts),
                    _ => judged.parts,
                };
                lines.extend(solution(&parts, width));
            }
            if let Kind::Cloze(cloze) = &question.kind {
                lines.extend(prose(&joined(&cloze.why), Tone::Plain, width));
            }
        }
    }
    lines.extend(caveat(question, width));
    lines.extend(source(question, 0.0, width));
    lines
}

/// An answer of the question's kind in which nothing was put.
fn nothing(question: &Question) -> Given {
    match &question.kind {
        Kind::Order(_) => Given::Ordered { items: Vec::new() },
        Kind::Match(_) => Given::Matched {
            pairs: BTreeMap::new(),
        },
        Kind::Cloze(_) => Given::Filled {
            blanks: BTreeMap::new(),
        },
        _ => Given::Picked {
            options: Vec::new(),
        },
    }
}

fn headline(question: &Question, attempt: &Attempt, judged: &Judged) -> String {
    if let Kind::Open(open) = &question.kind {
        return confirmed(
            attempt,
            open.points
                .iter()
                .filter(|point| !point.bonus)
                .map(|point| point.id.as_str()),
        );
    }
    if judged.share >= 1.0 {
        return "✔ right".to_owned();
    }
    if judged.share <= 0.0 {
        return "✘ not right".to_owned();
    }
    let right = judged
        .parts
        .iter()
        .filter(|part| matches!(part.outcome, Outcome::Right | Outcome::LeftAlone))
        .count();
    let percent = (judged.share * 100.0).round();
    match &question.kind {
        Kind::Inspect(_) => format!("◐ in part: {percent} %"),
        _ => format!(
            "◐ in part: {right} of {} right, which counts {percent} %",
            judged.parts.len()
        ),
    }
}

/// `5 of 6 points confirmed by you (3 of them also heard), 1 not said: 83 %`.
fn confirmed<'a>(attempt: &Attempt, ids: impl Iterator<Item = &'a str>) -> String {
    let (mut all, mut said, mut partly, mut also_heard) = (0, 0, 0, 0);
    for id in ids {
        all += 1;
        match attempt.confirmed.get(id).map(|confirmed| confirmed.said) {
            Some(Said::Said) => {
                said += 1;
                if matches!(attempt.hearing.points.get(id), Some(Heard::Heard { .. })) {
                    also_heard += 1;
                }
            }
            Some(Said::Partly) => partly += 1,
            _ => {}
        }
    }
    let mut words = format!(
        "{said} of {} said, as you confirmed",
        count(all, "point", "points")
    );
    if said > 0 {
        words.push_str(&format!(" ({also_heard} of them also heard)"));
    }
    if partly > 0 {
        words.push_str(&format!(", {partly} partly"));
    }
    let left = all - said - partly;
    if left > 0 {
        words.push_str(&format!(", {left} not yet"));
    }
    words + "."
}

/// What the learner's own certainty says beside the result.
const fn sureness(confidence: Option<Confidence>, share: f64) -> Option<&'static str> {
    let right = share >= RIGHT_FROM;
    match (confidence, right) {
        (Some(Confidence::Very), false) => Some(
            "You were very sure. Such answers are worth a second look: once put right, they stay best.",
        ),
        (Some(Confidence::NotSure), true) => {
            Some("You were not sure, and you know more than you thought.")
        }
        _ => None,
    }
}

fn live(posed: Option<&Posed>, width: usize) -> Vec<Line> {
    match posed.map(|posed| &posed.what) {
        Some(PosedWhat::Predict(foretold)) => hanging(
            Line::new(Tone::Quiet, "Read: "),
            &foretold.evidence,
            Tone::Plain,
            width,
        ),
        _ => Vec::new(),
    }
}

/// Every part with its mark and word, and its reason.
fn parts(parts: &[Part], width: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    for part in parts {
        let (mark, verdict) = match part.outcome {
            Outcome::Right => ("✔ right", Some(Verdict::Passed)),
            Outcome::Partly => ("◐ partly", None),
            Outcome::Wrong => ("✘ not so", Some(Verdict::Failed)),
            Outcome::Missed => ("· missed", Some(Verdict::Missing)),
            Outcome::LeftAlone => ("– rightly not taken", None),
        };
        let tone = verdict.map_or(Tone::Quiet, Tone::Verdict);
        let mut spans = vec![
            Span::new(tone, format!("{mark}: ")),
            Span::new(Tone::Plain, &part.text),
        ];
        if let Some(given) = &part.given {
            spans.push(Span::new(Tone::Plain, format!(" = {given}")));
        }
        if let (Some(key), false) = (&part.key, part.outcome == Outcome::Right) {
            spans.push(Span::new(Tone::Strong, format!(" (it is: {key})")));
        }
        lines.extend(crate::term::layout::wrap(
            &spans,
            width,
            &Margin {
                first: Line::blank(),
                rest: Line::from("    "),
            },
        ));
        if !part.why.is_empty() {
            lines.extend(crate::term::layout::wrap_text(
                &part.why,
                Tone::Quiet,
                width,
                &Margin::spaces(4),
            ));
        }
    }
    lines
}

/// Gaps by their numbers, as they were asked; the reason is the whole text's and stands below.
fn gaps(parts: &[Part]) -> Vec<Part> {
    parts
        .iter()
        .zip(1..)
        .map(|(part, number)| Part {
            text: if parts.len() == 1 {
                "the gap".to_owned()
            } else {
                format!("gap {number}")
            },
            why: String::new(),
            ..part.clone()
        })
        .collect()
}

/// The key: what is right, and why the rest is not.
fn solution(parts: &[Part], width: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    for part in parts {
        let (mark, tone) = match part.outcome {
            Outcome::LeftAlone => ("✘ not so", Tone::Quiet),
            _ => ("✔ right", Tone::Verdict(Verdict::Passed)),
        };
        let text = match &part.key {
            Some(key) => format!("{}: {key}", part.text),
            None => part.text.clone(),
        };
        lines.extend(hanging(
            Line::new(tone, format!("{mark}: ")),
            &text,
            Tone::Plain,
            width,
        ));
        if !part.why.is_empty() {
            lines.extend(crate::term::layout::wrap_text(
                &part.why,
                Tone::Quiet,
                width,
                &Margin::spaces(4),
            ));
        }
    }
    lines
}

/// Where the matter is open to more than one reading; open questions show it with the model answer.
fn caveat(question: &Question, width: usize) -> Vec<Line> {
    match (&question.caveat, &question.kind) {
        (Some(caveat), kind) if !matches!(kind, Kind::Open(_)) => hanging(
            Line::new(Tone::Quiet, "Note: "),
            &joined(caveat),
            Tone::Quiet,
            width,
        ),
        _ => Vec::new(),
    }
}

/// Where it is taught, when it was not known well; where the facts come from.
fn source(question: &Question, share: f64, width: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    if let (Some(step), true) = (&question.lesson, share < RIGHT_FROM) {
        let text = format!("Taught in {step}: landfall guide {step}");
        lines.extend(prose(&text, Tone::Quiet, width));
    }
    if let Some(first) = question.facts.cite.first() {
        let text = format!("Source, checked {}:", question.facts.checked);
        lines.push(Line::new(Tone::Quiet, text));
        // In one piece: a terminal that breaks it still knows it as one address.
        lines.push(Line::new(Tone::Link, first));
    }
    lines
}
