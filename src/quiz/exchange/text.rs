//! Text of a deck as it may leave: no terminal control, no character that XML forbids.

/// Lines end with `\n`, a tab is four spaces; control characters, marks that turn the direction of writing and
/// characters that no XML may hold are left out.
pub(super) fn clean(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\n' => clean.push('\n'),
            '\r' if letters.peek() == Some(&'\n') => {}
            '\r' => clean.push('\n'),
            '\t' => clean.push_str("    "),
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' => {}
            '\u{fffe}' | '\u{ffff}' => {}
            _ if letter.is_control() => {}
            _ => clean.push(letter),
        }
    }
    clean
}

/// The same on one line.
pub(super) fn one_line(text: &str) -> String {
    clean(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `grace-period` as words: "grace period".
pub(super) fn words(id: &str) -> String {
    one_line(id).replace(['-', '_'], " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_ends_are_kept_and_terminal_control_is_not() {
        assert_eq!(
            clean("a\r\nb\rc\td\u{1b}[31m\u{202e}\u{ffff}"),
            "a\nb\nc    d[31m"
        );
        assert_eq!(one_line(" a\n  b "), "a b");
        assert_eq!(words("warm-up"), "warm up");
    }
}
