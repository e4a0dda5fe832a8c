//! Groups, sources and ports in words.

use super::Source;
use crate::account::SecurityGroup;

/// Sources in words, each once; "nobody" if there are none.
pub(super) fn sources(sources: &[Source<'_>]) -> String {
    let mut words: Vec<String> = Vec::new();
    for source in sources {
        let word = source.words();
        if !words.contains(&word) {
            words.push(word);
        }
    }
    match words.as_slice() {
        [] => "nobody".to_owned(),
        [first @ .., last] if words.len() <= 4 => listed(first, last, "and"),
        [first, second, third, rest @ ..] => {
            format!("{first}, {second}, {third} and {} more", rest.len())
        }
        _ => words.join(", "),
    }
}

/// `sg-0a1b (news-api-ecs-sg)`; of several, each is on the same interface.
pub(super) fn names(groups: &[&SecurityGroup]) -> String {
    joined(groups, "and")
}

/// The same where any one of them would do.
pub(super) fn any_of(groups: &[&SecurityGroup]) -> String {
    joined(groups, "or")
}

fn joined(groups: &[&SecurityGroup], word: &str) -> String {
    let names: Vec<String> = groups
        .iter()
        .map(|group| format!("{} ({})", group.id, group.name))
        .collect();
    match names.as_slice() {
        [] => "no group".to_owned(),
        [first @ .., last] => listed(first, last, word),
    }
}

fn listed(first: &[String], last: &str, word: &str) -> String {
    if first.is_empty() {
        last.to_owned()
    } else {
        format!("{} {word} {last}", first.join(", "))
    }
}

/// "admits" of one group, "admit" of several.
pub(super) const fn admit(groups: &[&SecurityGroup]) -> &'static str {
    if groups.len() == 1 { "admits" } else { "admit" }
}

/// "it" of one group, "they" of several.
pub(super) const fn it(groups: &[&SecurityGroup]) -> &'static str {
    if groups.len() == 1 { "it" } else { "they" }
}

/// "6379 and 6380".
pub(super) fn numbers(ports: &[u16]) -> String {
    let words: Vec<String> = ports.iter().map(u16::to_string).collect();
    words.join(" and ")
}

/// "5432", "5000-6000".
pub(super) fn ports((first, last): (u16, u16)) -> String {
    if first == last {
        first.to_string()
    } else {
        format!("{first}-{last}")
    }
}

pub(super) fn ids(groups: &[&SecurityGroup]) -> String {
    let ids: Vec<&str> = groups.iter().map(|group| group.id.as_str()).collect();
    ids.join(", ")
}

pub(super) fn upper(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
