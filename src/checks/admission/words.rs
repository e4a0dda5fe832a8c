//! Groups in words.

use super::Source;
use crate::account::SecurityGroup;

/// Sources in words, each once; "nobody" if there are none.
pub(super) fn sources(sources: &[Source<'_>]) -> String {
    let mut words: Vec<String> = Vec::new();
    for source in sources {
        let word = source.who.words();
        if !words.contains(&word) {
            words.push(word);
        }
    }
    match words.len() {
        0 => "nobody".to_owned(),
        1..=4 => words.join(", "),
        more => format!("{} and {} more", words[..3].join(", "), more - 3),
    }
}

/// `sg-0a1b (news-api-ecs-sg)`, several joined by "+": an interface carries all of them at once.
pub(super) fn names(groups: &[&SecurityGroup]) -> String {
    let names: Vec<String> = groups
        .iter()
        .map(|group| format!("{} ({})", group.id, group.name))
        .collect();
    names.join(" + ")
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
