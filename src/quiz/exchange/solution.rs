//! What is right and why, as HTML: the back of a card, the feedback after a question.

use super::html::{escaped, html, link, list, numbered, preformatted};
use super::order::one_order;
use super::text::clean;
use crate::course::{Artifact, Cloze, Inspect, Kind, Matching, Open, Options, Order, Question};

/// The whole answer with every reason, the caveat and the sources.
pub(super) fn solution(question: &Question) -> String {
    let answer = match &question.kind {
        Kind::Open(open) => of_open(open),
        Kind::Choice(options) | Kind::Multi(options) => of_options(options),
        Kind::Order(order) => of_order(order),
        Kind::Match(matching) => of_matching(matching),
        Kind::Cloze(cloze) => of_cloze(cloze),
        Kind::Inspect(inspect) => of_inspect(inspect),
        Kind::Predict(predict) => html(&predict.why),
    };
    joined([answer, background(question)])
}

/// The caveat and the sources alone.
pub(super) fn background(question: &Question) -> String {
    let caveat = question.caveat.as_deref().map_or_else(String::new, html);
    let sources: Vec<String> = question.facts.cite.iter().map(|cite| link(cite)).collect();
    let checked = escaped(&clean(&question.facts.checked));
    let sources = match (&sources[..], checked.as_str()) {
        ([], _) => String::new(),
        (sources, "") => format!("Sources:{}", list(sources)),
        (sources, day) => format!("Sources (looked up on {day}):{}", list(sources)),
    };
    joined([caveat, sources])
}

fn of_open(open: &Open) -> String {
    let points: Vec<String> = open
        .points
        .iter()
        .map(|point| {
            let bonus = if point.bonus { " (bonus)" } else { "" };
            format!("{}{bonus}", html(&point.says))
        })
        .collect();
    joined([
        html(&open.model),
        format!("Key points:{}", list(&points)),
        mixed_up(open),
    ])
}

/// What is often mixed up, with the reasons; empty for nothing.
fn mixed_up(open: &Open) -> String {
    if open.wrong.is_empty() {
        return String::new();
    }
    let wrong: Vec<String> = open
        .wrong
        .iter()
        .map(|wrong| format!("{} {}", html(&wrong.say), html(&wrong.because)))
        .collect();
    format!("Often mixed up:{}", list(&wrong))
}

/// What a person who marks answers wants beside the key points.
pub(super) fn for_graders(question: &Question, open: &Open) -> String {
    joined([
        format!("Model answer:<br>{}", html(&open.model)),
        mixed_up(open),
        background(question),
    ])
}

/// Those that hold something, with an empty line between them.
fn joined<const N: usize>(parts: [String; N]) -> String {
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join("<br><br>")
}

fn of_options(options: &Options) -> String {
    let lines: Vec<String> = options
        .options
        .iter()
        .map(|option| {
            let word = if option.right { "Right" } else { "Wrong" };
            format!(
                "<b>{word}:</b> {}<br>{}",
                html(&option.text),
                html(&option.why)
            )
        })
        .collect();
    list(&lines)
}

fn of_order(order: &Order) -> String {
    let with_reason = |item: &crate::course::OrderItem| match item.why.as_str() {
        "" => html(&item.text),
        why => format!("{}<br>{}", html(&item.text), html(why)),
    };
    let items: Vec<String> = one_order(order).into_iter().map(with_reason).collect();
    let mut answer = numbered(&items);
    if !order.distractors.is_empty() {
        let strangers: Vec<String> = order.distractors.iter().map(with_reason).collect();
        answer.push_str(&format!("Does not belong here:{}", list(&strangers)));
    }
    answer
}

fn of_matching(matching: &Matching) -> String {
    let lines: Vec<String> = matching
        .pairs
        .iter()
        .map(|pair| {
            format!(
                "<b>{}</b>: {}<br>{}",
                html(&pair.left),
                html(&pair.right),
                html(&pair.why)
            )
        })
        .collect();
    let mut answer = list(&lines);
    if !matching.spare.is_empty() {
        let spare: Vec<String> = matching.spare.iter().map(|spare| html(spare)).collect();
        answer.push_str(&format!("Belongs to nothing:{}", list(&spare)));
    }
    answer
}

fn of_cloze(cloze: &Cloze) -> String {
    let lines: Vec<String> = cloze
        .blanks
        .iter()
        .map(|blank| {
            let all: Vec<String> = blank.accept.iter().map(|word| html(word)).collect();
            all.join(" or ")
        })
        .collect();
    format!("{}{}", list(&lines), html(&cloze.why))
}

fn of_inspect(inspect: &Inspect) -> String {
    let faults: Vec<String> = inspect
        .faults
        .iter()
        .map(|fault| {
            let at = match (&fault.at, &inspect.artifact) {
                (Some(at), Artifact::Text(_)) => {
                    format!("<code>{}</code><br>", escaped(&clean(at)))
                }
                _ => String::new(),
            };
            format!(
                "{at}{}<br>Harm: {}<br>Fix: {}",
                html(&fault.says),
                html(&fault.harm),
                html(&fault.fix)
            )
        })
        .collect();
    let decoys: Vec<String> = inspect
        .decoys
        .iter()
        .map(|(at, why)| format!("<code>{}</code><br>{}", escaped(&clean(at)), html(why)))
        .collect();
    let mut answer = format!("Faults:{}", list(&faults));
    if !decoys.is_empty() {
        answer.push_str(&format!("Looks suspicious and is right:{}", list(&decoys)));
    }
    answer
}

/// How many options are right, where the learner is told.
pub(super) fn told_picks(options: &Options) -> Option<String> {
    options.pick.map(|pick| match pick {
        1 => "1 of them is right.".to_owned(),
        many => format!("{many} of them are right."),
    })
}

/// The page of an inspect question whose text stands in the deck.
pub(super) fn page(inspect: &Inspect) -> Option<String> {
    match &inspect.artifact {
        Artifact::Text(text) => Some(preformatted(text)),
        Artifact::Account(_) => None,
    }
}
