//! `quizzes/revisions.lock`: what each question asked for when it was published. Whoever answered it then answered that;
//! if the key has changed since, the revision has to change too, or old answers are counted for a new question.

use crate::course::{
    Artifact, Deck, Diagnostic, Kind, Order, Places, Question, Severity, SourceText,
};
use std::collections::BTreeMap;

/// The lines of the lock file for a deck as it is now: id, revision, fingerprint.
pub fn lock_lines(deck: &Deck) -> String {
    deck.questions
        .iter()
        .chain(&deck.retries)
        .map(|question| line(question) + "\n")
        .collect()
}

/// Compares a deck with what was published.
pub(super) fn compare(deck: &Deck, places: &Places<'_>, lock: &SourceText) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut published: BTreeMap<&str, (u32, &str)> = BTreeMap::new();
    let mut at = 0;
    for text in lock.text.split_inclusive('\n') {
        // Editors on Windows put a mark before the first line.
        let entry = text.trim_start_matches('\u{feff}').trim();
        if !entry.is_empty() && !entry.starts_with('#') {
            let words: Vec<&str> = entry.split_whitespace().collect();
            match words.as_slice() {
                [id, rev, print] if rev.parse::<u32>().is_ok() => {
                    published.insert(id, (rev.parse().unwrap_or(0), print));
                }
                _ => found.push(
                    lock.error(
                        "revision-line",
                        at..at + text.trim_end().len(),
                        "a line is a question's id, its revision and its fingerprint",
                    )
                    .help("copy the line that is printed for the question, or delete this one"),
                ),
            }
        }
        at += text.len();
    }
    for question in deck.questions.iter().chain(&deck.retries) {
        let known = std::iter::once(question.id.as_str())
            .chain(question.was.iter().map(String::as_str))
            .find_map(|id| published.get(id));
        found.extend(one(question, known.copied(), places, &lock.name));
    }
    found
}

fn one(
    question: &Question,
    published: Option<(u32, &str)>,
    places: &Places<'_>,
    lock: &str,
) -> Option<Diagnostic> {
    let id = &question.id;
    let new = line(question);
    let path = format!("{id}/rev");
    let (severity, rule, message, help) = match published {
        None => (
            Severity::Warning,
            "revision-not-locked",
            format!("`{id}` is not in {lock}"),
            format!("when learners get it, add the line: {new}"),
        ),
        Some((rev, _)) if rev > question.rev => (
            Severity::Error,
            "revision-lowered",
            format!(
                "revision {rev} of `{id}` was published, and this is revision {}",
                question.rev
            ),
            format!(
                "set `rev` to {rev}, or to {} if the key changed",
                rev.saturating_add(1)
            ),
        ),
        Some((rev, _)) if rev < question.rev => (
            Severity::Warning,
            "revision-not-locked",
            format!("{lock} still has revision {rev} of `{id}`"),
            format!("when learners get it, put this line in place of the old one: {new}"),
        ),
        Some((rev, locked)) if locked != fingerprint(question) => (
            Severity::Error,
            "revision-unchanged",
            format!(
                "what `{id}` asks for has changed, and it is still revision {rev}: old answers would count for it"
            ),
            format!(
                "set `rev = {}`, which begins its schedule anew; if only the wording changed, put this line into {lock}: {new}",
                rev.saturating_add(1)
            ),
        ),
        Some(_) => return None,
    };
    let found = match severity {
        Severity::Error => places.error(rule, &path, message),
        Severity::Warning => places.warning(rule, &path, message),
    };
    Some(found.help(help))
}

fn line(question: &Question) -> String {
    format!("{} {} {}", question.id, question.rev, fingerprint(question))
}

/// Changes with the key: points, options and which are right, items and what they wait for, pairs, blanks, faults, the
/// value that is foretold. Wording, weights, phrases and the order in the file are no part of it.
fn fingerprint(question: &Question) -> String {
    let mut key: Vec<String> = match &question.kind {
        Kind::Open(asked) => asked
            .points
            .iter()
            .map(|point| format!("{} {}", point.id, if point.bonus { "bonus" } else { "" }))
            .collect(),
        Kind::Choice(asked) | Kind::Multi(asked) => asked
            .options
            .iter()
            .map(|option| format!("{} {}", option.id, option.right))
            .collect(),
        Kind::Order(asked) => order(asked),
        Kind::Match(asked) => asked
            .pairs
            .iter()
            .map(|pair| format!("{} = {}", pair.left, pair.right))
            .chain(asked.spare.iter().map(|spare| format!("= {spare}")))
            .collect(),
        Kind::Cloze(asked) => asked
            .blanks
            .iter()
            .map(|blank| {
                format!(
                    "{} {}",
                    blank.id,
                    blank.accept.first().map_or("", String::as_str)
                )
            })
            .collect(),
        Kind::Inspect(asked) => {
            let about = match &asked.artifact {
                Artifact::Text(_) => "text",
                Artifact::Account(_) => "account",
            };
            asked
                .faults
                .iter()
                .map(|fault| format!("{about} {}", fault.id))
                .collect()
        }
        Kind::Predict(asked) => vec![asked.key.word().to_owned()],
    };
    key.sort();
    key.insert(0, question.kind.word().to_owned());
    format!("{:016x}", hash(&key.join("\n")))
}

fn order(asked: &Order) -> Vec<String> {
    let item = |item: &crate::course::OrderItem| {
        let mut after = item.after.clone();
        after.sort();
        format!("{} after {}", item.id, after.join(" "))
    };
    asked
        .items
        .iter()
        .map(item)
        .chain(
            asked
                .distractors
                .iter()
                .map(|item| format!("not {}", item.id)),
        )
        .collect()
}

/// FNV-1a: small, and the same on every machine and in every version. Nobody has to be kept from forging it.
fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
