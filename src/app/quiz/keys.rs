//! The keys of a sitting: a letter or word that stands alone on a line, typed instead of an answer.

/// What can be typed instead of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Key {
    Help,
    Hint,
    Lesson,
    Account,
    Flag,
    Skip,
    Undo,
    Report,
    Leave,
    NotKnown,
    Editor,
}

/// Every key: the letter, the word, and what it does.
pub(super) const KEYS: [(Key, &str, &str, &str); 11] = [
    (
        Key::NotKnown,
        "d",
        "dunno",
        "I don't know: shows the answer, counts as not tried",
    ),
    (
        Key::Skip,
        "s",
        "skip",
        "skip it for now; it comes again at the end",
    ),
    (Key::Hint, "h", "hint", "a hint"),
    (
        Key::Lesson,
        "l",
        "lesson",
        "the step of the lesson that teaches it",
    ),
    (
        Key::Account,
        "a",
        "account",
        "check that step in your account, read-only",
    ),
    (
        Key::Editor,
        "e",
        "editor",
        "write the answer in your editor",
    ),
    (Key::Undo, "u", "undo", "take the last answer back"),
    (
        Key::Flag,
        "f",
        "flag",
        "flag it, to look at it again (exam)",
    ),
    (Key::Report, "x", "report", "report a bad question"),
    (Key::Help, "?", "help", "these keys"),
    (Key::Leave, "q", "quit", "save and leave"),
];

impl Key {
    /// The key that a line is, if it is one.
    pub(super) fn of(line: &str) -> Option<Key> {
        let line = line.trim();
        KEYS.iter()
            .find(|(_, letter, word, _)| {
                line.eq_ignore_ascii_case(letter) || line.eq_ignore_ascii_case(word)
            })
            .map(|(key, ..)| *key)
    }
}
