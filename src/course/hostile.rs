//! Texts as they go wrong in an editor, in a merge, or on purpose; for the property tests of everything that reads text.

use proptest::prelude::*;
use proptest::sample::{Index, select};

/// One thing that happens to a file.
#[derive(Debug, Clone)]
pub(crate) enum Mishap {
    /// Everything after this place is lost.
    CutAt(Index),
    /// So many bytes are lost here.
    Loses(Index, usize),
    LineTwice(Index),
    LineGone(Index),
    LinesSwapped(Index, Index),
    BytesSwapped(Index, Index),
    Inserts(Index, String),
    /// One line many times.
    LineOften(Index, usize),
    WindowsLines,
    ByteOrderMark,
}

/// What breaks parsers: quotes, brackets, fences, control characters, wide and joined letters, numbers out of range.
const NASTY: &[&str] = &[
    "\"",
    "'''",
    "\"\"\"",
    "[[",
    "]]",
    "{{",
    "}}",
    "{",
    "}",
    "+++",
    "+++\n",
    "```",
    "```sh run\n",
    "~~~",
    "# ",
    "## x {#a.b}",
    "{#",
    "=",
    "\n\n",
    "\r",
    "\t",
    "\0",
    "\u{1b}[31m",
    "\u{1b}]8;;https://example.com\u{7}",
    "\u{9b}2J",
    "\u{202e}",
    "\u{200b}",
    "\u{feff}",
    "日本語",
    "👩‍👩‍👧",
    "e\u{301}",
    "-1",
    "99999999999999999999",
    "1e999",
    "nan",
    "1979-05-27",
    "| a | b |\n|---|---|\n",
    "> > > > ",
    "- - - - ",
    "<script>",
    "[a](b)",
    "\\",
    "\u{10ffff}",
];

pub(crate) fn nasty() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => select(NASTY).prop_map(str::to_owned),
        1 => any::<String>(),
        1 => ("[\\[({>*`| ]", 1usize..400).prop_map(|(one, times)| one.repeat(times)),
    ]
}

/// A text made of nothing but trouble.
pub(crate) fn nasty_text() -> impl Strategy<Value = String> {
    prop::collection::vec(prop_oneof![nasty(), "[a-z =.\n]{0,12}"], 0..40)
        .prop_map(|parts| parts.concat())
}

pub(crate) fn mishaps() -> impl Strategy<Value = Vec<Mishap>> {
    let at = any::<Index>;
    let one = prop_oneof![
        at().prop_map(Mishap::CutAt),
        (at(), 1usize..40).prop_map(|(at, many)| Mishap::Loses(at, many)),
        at().prop_map(Mishap::LineTwice),
        at().prop_map(Mishap::LineGone),
        (at(), at()).prop_map(|(one, other)| Mishap::LinesSwapped(one, other)),
        (at(), at()).prop_map(|(one, other)| Mishap::BytesSwapped(one, other)),
        (at(), nasty()).prop_map(|(at, text)| Mishap::Inserts(at, text)),
        (at(), 2usize..200).prop_map(|(at, times)| Mishap::LineOften(at, times)),
        Just(Mishap::WindowsLines),
        Just(Mishap::ByteOrderMark),
    ];
    prop::collection::vec(one, 1..5)
}

/// The text after all of it. What is no UTF-8 any more reads as a replacement character.
pub(crate) fn after(text: &str, mishaps: &[Mishap]) -> String {
    mishaps
        .iter()
        .fold(text.to_owned(), |text, mishap| one(&text, mishap))
}

fn one(text: &str, mishap: &Mishap) -> String {
    if text.is_empty() {
        return "\u{feff}".to_owned();
    }
    let mut bytes = text.as_bytes().to_vec();
    let size = bytes.len();
    let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
    let count = lines.len();
    match mishap {
        Mishap::CutAt(at) => bytes.truncate(at.index(size)),
        Mishap::Loses(at, many) => {
            let from = at.index(size);
            bytes.drain(from..(from + many).min(size));
        }
        Mishap::BytesSwapped(one, other) => bytes.swap(one.index(size), other.index(size)),
        Mishap::Inserts(at, nasty) => {
            let at = at.index(size);
            bytes.splice(at..at, nasty.bytes());
        }
        Mishap::LineTwice(at) => {
            let at = at.index(count);
            lines.insert(at, lines[at]);
            bytes = lines.concat().into_bytes();
        }
        Mishap::LineOften(at, times) => {
            let at = at.index(count);
            let often = lines[at].repeat(*times);
            lines.insert(at, &often);
            bytes = lines.concat().into_bytes();
        }
        Mishap::LineGone(at) => {
            lines.remove(at.index(count));
            bytes = lines.concat().into_bytes();
        }
        Mishap::LinesSwapped(one, other) => {
            lines.swap(one.index(count), other.index(count));
            bytes = lines.concat().into_bytes();
        }
        Mishap::WindowsLines => return text.replace("\r\n", "\n").replace('\n', "\r\n"),
        Mishap::ByteOrderMark => return format!("\u{feff}{text}"),
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
