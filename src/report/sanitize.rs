//! What comes from AWS, from files and from people is text, never terminal control: escape sequences, control characters
//! and direction overrides are taken out before anything is printed.

/// The text on one line: line breaks and tabs become spaces, control characters vanish.
pub fn one_line(text: &str) -> String {
    text.chars()
        .filter_map(|letter| match letter {
            '\n' | '\r' | '\t' | '\u{0b}' | '\u{0c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
                Some(' ')
            }
            _ => is_printable(letter).then_some(letter),
        })
        .collect()
}

/// The text with its lines kept: `\r\n` becomes `\n`, a tab four spaces, control characters vanish.
pub fn lines(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\n' => clean.push('\n'),
            '\t' => clean.push_str("    "),
            _ if is_printable(letter) => clean.push(letter),
            _ => {}
        }
    }
    clean
}

/// JSON that a terminal can be shown: what is not printable becomes its escape, which says the same. Outside of strings
/// JSON has no such characters.
pub fn json(document: &str) -> String {
    let mut clean = String::with_capacity(document.len());
    for letter in document.chars() {
        if letter == '\n' || is_printable(letter) {
            clean.push(letter);
        } else {
            let mut units = [0; 2];
            for unit in letter.encode_utf16(&mut units) {
                clean.push_str(&format!("\\u{unit:04x}"));
            }
        }
    }
    clean
}

/// A value as a JSON document for people and programs, with a line break at its end.
pub fn json_document(value: &impl serde::Serialize) -> String {
    json(&serde_json::to_string_pretty(value).expect("plain data always becomes JSON")) + "\n"
}

fn is_printable(letter: char) -> bool {
    !letter.is_control() && !turns_direction(letter) && !is_invisible(letter)
}

/// Characters that make a line read differently from how it is stored.
fn turns_direction(letter: char) -> bool {
    matches!(
        letter,
        '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
    )
}

/// Characters that take no room and hide differences between two names. The joiners stay: scripts need them.
fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{00ad}' | '\u{200b}' | '\u{2060}'..='\u{2064}' | '\u{206a}'..='\u{206f}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_escape_sequence_loses_its_power_but_not_its_letters() {
        assert_eq!(one_line("a\u{1b}[31mred\u{7}"), "a[31mred");
        assert_eq!(one_line("c1: \u{9b}31m"), "c1: 31m");
    }

    #[test]
    fn a_direction_override_cannot_turn_a_name_around() {
        assert_eq!(one_line("db\u{202e}gpj.exe\u{2066}"), "dbgpj.exe");
    }

    #[test]
    fn line_breaks_become_spaces_on_one_line_and_stay_elsewhere() {
        assert_eq!(one_line("one\r\ntwo\tthree"), "one  two three");
        assert_eq!(lines("one\r\ntwo\tthree\n"), "one\ntwo    three\n");
    }

    #[test]
    fn json_keeps_its_meaning_and_loses_its_power() {
        let text = "a\u{9b}31m\u{202e}b\u{e0041}\u{1b}";
        let document = json_document(&[text]);
        assert!(document.chars().all(|c| c == '\n' || is_printable(c)));
        assert_eq!(
            serde_json::from_str::<Vec<String>>(&document).unwrap(),
            [text]
        );
    }

    #[test]
    fn letters_of_every_script_stay() {
        let text = "Žluťoučký 日本語 العربية नमस्ते ✔";
        assert_eq!(one_line(text), text);
    }

    proptest! {
        #[test]
        fn nothing_that_controls_a_terminal_is_left(text in any::<String>()) {
            prop_assert!(one_line(&text).chars().all(|letter| !letter.is_control()));
            prop_assert!(lines(&text).chars().all(|letter| letter == '\n' || !letter.is_control()));
        }
    }
}
