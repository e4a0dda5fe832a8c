//! Put into order. Judged are the pairs of which one has to come before the other, those that follow from others included;
//! of any other two the order is free.

use super::{Judged, Outcome, Part, share};
use crate::course::{Order, OrderItem};
use crate::progress::Given;
use std::collections::BTreeSet;

/// The share of the required pairs that are kept. An item that was left out breaks all of its pairs; one that does not
/// belong there costs as much as a broken pair.
pub(super) fn judge(asked: &Order, given: &Given) -> Judged {
    let placed = placed(asked, given);
    let before: Vec<BTreeSet<&str>> = asked
        .items
        .iter()
        .map(|item| predecessors(asked, item))
        .collect();
    let place = |id: &str| placed.iter().position(|one| *one == id);
    let mut pairs = 0;
    let mut kept = 0;
    for (item, before) in asked.items.iter().zip(&before) {
        pairs += before.len();
        kept += before
            .iter()
            .filter(|first| matches!((place(first), place(&item.id)), (Some(first), Some(then)) if first < then))
            .count();
    }
    let strangers = asked
        .distractors
        .iter()
        .filter(|item| place(&item.id).is_some())
        .count();
    let parts = asked
        .items
        .iter()
        .zip(&before)
        .map(|(item, before)| part(asked, item, before, &place))
        .chain(asked.distractors.iter().map(|item| Part {
            id: item.id.clone(),
            text: item.text.clone(),
            outcome: Outcome::of_pick(place(&item.id).is_some(), false),
            given: place(&item.id).map(nth),
            key: place(&item.id).map(|_| "not in this order at all".to_owned()),
            why: item.why.clone(),
        }))
        .collect();
    Judged {
        share: share(kept.saturating_sub(strangers), pairs),
        parts,
    }
}

/// The ids in the learner's order, each once and only those of the question.
fn placed<'a>(asked: &'a Order, given: &Given) -> Vec<&'a str> {
    let Given::Ordered { items } = given else {
        return Vec::new();
    };
    let mut placed: Vec<&str> = Vec::new();
    for id in items {
        let known = asked
            .items
            .iter()
            .chain(&asked.distractors)
            .find(|item| item.id == *id);
        if let Some(item) = known
            && !placed.contains(&item.id.as_str())
        {
            placed.push(&item.id);
        }
    }
    placed
}

/// Everything that has to come before an item, directly or because of something between them.
fn predecessors<'a>(asked: &'a Order, item: &'a OrderItem) -> BTreeSet<&'a str> {
    let mut found = BTreeSet::new();
    let mut open: Vec<&OrderItem> = vec![item];
    while let Some(item) = open.pop() {
        for id in &item.after {
            let first = asked.items.iter().find(|other| other.id == *id);
            if let Some(first) = first
                && found.insert(first.id.as_str())
            {
                open.push(first);
            }
        }
    }
    found
}

/// An item stands wrong when something that has to come before it comes after it. That something is left out is the
/// fault of what is left out.
fn part(
    asked: &Order,
    item: &OrderItem,
    before: &BTreeSet<&str>,
    place: &dyn Fn(&str) -> Option<usize>,
) -> Part {
    let at = place(&item.id);
    let late: Vec<&OrderItem> = asked
        .items
        .iter()
        .filter(|first| before.contains(first.id.as_str()))
        .filter(|first| matches!((place(&first.id), at), (Some(first), Some(at)) if first > at))
        .collect();
    // The pairs that the deck states explain more than those that follow from them.
    let stated: Vec<&OrderItem> = late
        .iter()
        .copied()
        .filter(|first| item.after.contains(&first.id))
        .collect();
    let named = if stated.is_empty() { &late } else { &stated };
    let outcome = match at {
        None => Outcome::Missed,
        Some(_) if late.is_empty() => Outcome::Right,
        Some(_) => Outcome::Wrong,
    };
    let texts: Vec<String> = named
        .iter()
        .map(|first| format!("\u{201c}{}\u{201d}", first.text))
        .collect();
    let followers: Vec<String> = asked
        .items
        .iter()
        .filter(|then| then.after.contains(&item.id))
        .map(|then| format!("\u{201c}{}\u{201d}", then.text))
        .collect();
    let key = match outcome {
        Outcome::Wrong => Some(format!("after {}", listed(&texts))),
        Outcome::Missed if !followers.is_empty() => Some(format!("before {}", listed(&followers))),
        _ => None,
    };
    Part {
        id: item.id.clone(),
        text: item.text.clone(),
        outcome,
        given: at.map(nth),
        key,
        why: item.why.clone(),
    }
}

fn listed(texts: &[String]) -> String {
    match texts {
        [] => String::new(),
        [only] => only.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

fn nth(at: usize) -> String {
    format!("place {}", at + 1)
}
