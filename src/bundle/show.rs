//! Everything that a bundle would hand over, in plain words.

mod leaves;
mod parts;

use super::{Bundle, BundledDeck};
use crate::account::{CallRecord, Source};
use crate::checks::Verdict;
use leaves::Leaf;
use parts::NOT_IN_IT;
use std::collections::{BTreeMap, BTreeSet};

pub(super) use leaves::{group_of, leaves, part_of};
pub(super) use parts::{Group, PARTS};

/// One group of what is shared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shared {
    pub heading: String,
    /// One sentence or name each.
    pub items: Vec<String>,
}

/// What is in a bundle, complete; and, last, what is not.
pub fn shared(bundle: &Bundle) -> Vec<Shared> {
    let mut groups: BTreeMap<Group, Vec<String>> = BTreeMap::new();
    if bundle.snapshot.source == Source::Practice {
        let practice = "It is of the practice account: no AWS account was looked at.";
        groups.insert(Group::File, vec![practice.to_owned()]);
    }
    for (group, item) in values(bundle) {
        groups.entry(group).or_default().push(item);
    }
    groups.insert(Group::Verdicts, verdicts(bundle));
    groups.insert(Group::History, history(bundle));
    groups.insert(Group::Quiz, bundle.quiz.iter().flat_map(answers).collect());
    groups.insert(Group::Calls, bundle.calls.iter().map(call).collect());
    let shown = Group::ALL.into_iter().filter_map(|group| {
        let items = groups.remove(&group).filter(|items| !items.is_empty())?;
        Some(Shared {
            heading: group.heading().to_owned(),
            items,
        })
    });
    let not_in_it = Shared {
        heading: "What is not in it".to_owned(),
        items: NOT_IN_IT.iter().map(|item| (*item).to_owned()).collect(),
    };
    shown.chain([not_in_it]).collect()
}

/// What has a screen of its own below.
const TOLD_APART: [Group; 4] = [Group::Verdicts, Group::History, Group::Quiz, Group::Calls];

/// Every other value, one item for each part of a group.
fn values(bundle: &Bundle) -> Vec<(Group, String)> {
    let mut json = serde_json::to_value(bundle).expect("plain data always becomes JSON");
    if let Some(fields) = json.as_object_mut() {
        for apart in ["verdicts", "history", "quiz", "calls"] {
            fields.remove(apart);
        }
    }
    let mut of_part: BTreeMap<(Group, usize), Vec<Leaf>> = BTreeMap::new();
    for mut leaf in leaves("", &json) {
        let part = part_of(&leaf.path);
        let group = part.map_or(Group::NotDescribed, |at| group_of(&leaf, PARTS[at].group));
        if let Some(at) = part {
            leaf.path.drain(..PARTS[at].path.len());
        }
        of_part
            .entry((group, part.unwrap_or(usize::MAX)))
            .or_default()
            .push(leaf);
    }
    let item = |((group, part), leaves): ((Group, usize), Vec<Leaf>)| {
        let say = PARTS.get(part).map_or("", |part| part.say);
        debug_assert!(!TOLD_APART.contains(&group));
        (group, format!("{say}: {}", fields(&leaves)))
    };
    of_part.into_iter().map(item).collect()
}

/// `id = a, b; status = available`: each field once with its different values.
fn fields(leaves: &[Leaf]) -> String {
    let mut order: Vec<&str> = Vec::new();
    let mut values: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut told = BTreeSet::new();
    for leaf in leaves {
        if !told.insert((leaf.path.as_str(), leaf.say.as_str())) {
            continue;
        }
        let of_field = values.entry(&leaf.path).or_default();
        if of_field.is_empty() {
            order.push(&leaf.path);
        }
        of_field.push(&leaf.say);
    }
    let said = order.into_iter().map(|path| {
        let name = path
            .split('.')
            .filter(|word| !word.is_empty() && *word != "*")
            .map(|word| if word == "unknown" { "not read" } else { word })
            .collect::<Vec<_>>()
            .join(" ")
            .replace('_', " ");
        let values = values[path].join(", ");
        if name.is_empty() {
            values
        } else {
            format!("{name} = {values}")
        }
    });
    said.collect::<Vec<_>>().join("; ")
}

/// `ok: ecr.pushed, ...`; what is not ok with its cause.
fn verdicts(bundle: &Bundle) -> Vec<String> {
    Verdict::ALL
        .into_iter()
        .filter_map(|verdict| {
            let checks: Vec<String> = bundle
                .verdicts
                .iter()
                .filter(|said| said.verdict == verdict)
                .map(|said| match &said.cause {
                    Some(cause) => format!("{} ({cause})", said.check),
                    None => said.check.clone(),
                })
                .collect();
            (!checks.is_empty()).then(|| format!("{}: {}", verdict.words(), checks.join(", ")))
        })
        .collect()
}

/// One item for each check.
fn history(bundle: &Bundle) -> Vec<String> {
    let mut of_check: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for change in &bundle.history {
        of_check.entry(&change.check).or_default().push(format!(
            "{} {} to {}",
            change.verdict.words(),
            change.at,
            change.until
        ));
    }
    of_check
        .into_iter()
        .map(|(check, changes)| format!("{check}: {}", changes.join(", ")))
        .collect()
}

fn answers(deck: &BundledDeck) -> Vec<String> {
    let answer = |attempt| {
        let json = serde_json::to_value(attempt).expect("plain data always becomes JSON");
        let mut leaves = leaves("quiz.attempts", &json);
        // Emptied texts.
        leaves.retain(|leaf| !leaf.say.is_empty());
        for leaf in &mut leaves {
            leaf.path.drain(.."quiz.attempts".len());
        }
        format!("{}: {}", deck.deck, fields(&leaves))
    };
    deck.attempts.iter().map(answer).collect()
}

fn call(call: &CallRecord) -> String {
    let id = call
        .request_id
        .as_deref()
        .map_or_else(|| "without an id".to_owned(), |id| format!("id {id}"));
    format!(
        "{}:{}: {}, {} ms, {id}",
        call.service,
        call.operation,
        call.outcome.word().replace('_', " "),
        call.ms
    )
}
