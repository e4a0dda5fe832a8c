//! A page to look through: lines that each have a key, so that two renderings of one stack can be held against each other.

use std::collections::BTreeMap;

/// A page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Page {
    lines: Vec<Line>,
}

/// One line. The key says which setting it shows, whatever its value.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Line {
    key: String,
    text: String,
}

/// What a change did to a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Changed {
    /// Keys of the lines that are new or read differently, in the order of the changed page.
    pub keys: Vec<String>,
    /// The lines that they were before, or that are gone.
    pub was: Vec<String>,
}

impl Page {
    /// Adds a line. A second line with the same key is told apart by its number.
    pub fn push(&mut self, key: impl Into<String>, text: impl Into<String>) {
        let key = key.into();
        let namesakes = self
            .lines
            .iter()
            .filter(|line| line.key.split('\u{0}').next() == Some(key.as_str()))
            .count();
        let key = if namesakes == 0 {
            key
        } else {
            format!("{key}\u{0}{namesakes}")
        };
        self.lines.push(Line {
            key,
            text: text.into(),
        });
    }

    /// Adds the lines of another page; keys of different pages never meet.
    pub fn append(&mut self, prefix: &str, other: Page) {
        for line in other.lines {
            self.lines.push(Line {
                key: format!("{prefix}\u{1}{}", line.key),
                text: line.text,
            });
        }
    }

    /// A list of entries, the last one without a comma, in brackets of their own.
    pub fn list(&mut self, key: &str, indent: usize, entries: Vec<(String, String)>, comma: &str) {
        let space = " ".repeat(indent);
        let name = key.rsplit('/').next().unwrap_or(key);
        self.push(key, format!("{space}\"{name}\": ["));
        let last = entries.len().saturating_sub(1);
        for (at, (inner, text)) in entries.into_iter().enumerate() {
            let comma = if at == last { "" } else { "," };
            self.push(format!("{key}/{inner}"), format!("{space}  {text}{comma}"));
        }
        self.push(format!("{key}/]"), format!("{space}]{comma}"));
    }

    /// The lines as they are shown.
    pub fn texts(&self) -> Vec<String> {
        self.lines.iter().map(|line| line.text.clone()).collect()
    }

    /// The number of a key's line, from 1.
    pub fn number_of(&self, key: &str) -> Option<usize> {
        self.lines
            .iter()
            .position(|line| line.key == key)
            .map(|at| at + 1)
    }

    /// What is different from `before`. A comma that came or went with a neighbour is no difference.
    pub fn changed_from(&self, before: &Page) -> Changed {
        let old: BTreeMap<&str, &str> = before.by_key();
        let new: BTreeMap<&str, &str> = self.by_key();
        Changed {
            keys: self
                .lines
                .iter()
                .filter(|line| old.get(line.key.as_str()) != Some(&line.bare()))
                .map(|line| line.key.clone())
                .collect(),
            was: before
                .lines
                .iter()
                .filter(|line| new.get(line.key.as_str()) != Some(&line.bare()))
                .map(|line| line.bare().trim_start().to_owned())
                .collect(),
        }
    }

    fn by_key(&self) -> BTreeMap<&str, &str> {
        self.lines
            .iter()
            .map(|line| (line.key.as_str(), line.bare()))
            .collect()
    }
}

impl Line {
    fn bare(&self) -> &str {
        self.text.trim_end_matches(',')
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(lines: &[(&str, &str)]) -> Page {
        let mut page = Page::default();
        for (key, text) in lines {
            page.push(*key, *text);
        }
        page
    }

    #[test]
    fn a_comma_that_came_with_a_neighbour_is_no_difference() {
        let before = page(&[("a", "1"), ("c", "3")]);
        let after = page(&[("a", "1,"), ("b", "2"), ("c", "3")]);
        let changed = after.changed_from(&before);
        assert_eq!(changed.keys, ["b"]);
        assert!(changed.was.is_empty());
    }

    #[test]
    fn a_line_that_moved_is_new_in_one_place_and_was_in_the_other() {
        let before = page(&[("secrets/URL", "  kept,"), ("x", "x")]);
        let after = page(&[("environment/URL", "open"), ("x", "x")]);
        let changed = after.changed_from(&before);
        assert_eq!(changed.keys, ["environment/URL"]);
        assert_eq!(changed.was, ["kept"]);
    }

    #[test]
    fn lines_of_one_key_are_told_apart() {
        let twice = page(&[("a", "1"), ("a", "2")]);
        assert_eq!(twice.changed_from(&twice).keys, Vec::<String>::new());
        assert_eq!(
            page(&[("a", "1"), ("a", "3")])
                .changed_from(&twice)
                .keys
                .len(),
            1
        );
    }

    #[test]
    fn the_last_entry_of_a_list_has_no_comma() {
        let mut page = Page::default();
        let entry = |text: &str| (text.to_owned(), text.to_owned());
        page.list("app/names", 2, vec![entry("a"), entry("b")], ",");
        assert_eq!(page.texts(), ["  \"names\": [", "    a,", "    b", "  ],"]);
    }
}
