//! Cells that no spreadsheet takes for a formula.

/// The signs that begin a formula, also as the wide forms that East Asian keyboards give (OWASP, "CSV Injection", 2026-11).
const BEGIN_FORMULAS: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// The text with an apostrophe wherever a formula could begin, which makes it text: at its start, whatever room is before
/// it, and after each sign that may part cells where the file is opened with other settings (a semicolon in half of
/// Europe), or by a reader that does not know quoted line breaks.
pub fn harmless(text: &str) -> String {
    let mut safe = String::with_capacity(text.len() + 1);
    // A spreadsheet drops a tab or a line break in front, and then looks at what follows.
    if text.starts_with(['\t', '\r', '\n']) {
        safe.push('\'');
    }
    let mut begins = true;
    for letter in text.chars() {
        if begins && BEGIN_FORMULAS.contains(&letter) {
            safe.push('\'');
        }
        begins = parts_cells(letter) || (begins && takes_no_room(letter));
        safe.push(letter);
    }
    safe
}

fn parts_cells(letter: char) -> bool {
    matches!(letter, ',' | ';' | '|' | '\t' | '\r' | '\n')
}

/// What may stand before a formula without making it text.
fn takes_no_room(letter: char) -> bool {
    letter.is_whitespace()
        || letter.is_control()
        || matches!(
            letter,
            '"' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn no_cell_begins_a_formula() {
        for text in [
            "=1+1", "+1", "-1", "@SUM(A1)", "＝1", "＋1", "－1", "＠1", "=", "-",
        ] {
            assert_eq!(harmless(text), format!("'{text}"));
        }
        for text in ["\t=1", "\r=1", "\n=1"] {
            assert!(harmless(text).starts_with('\''));
        }
        for text in [" =1", "\u{a0}\u{3000}=1", "\u{feff}=1", "\"=1"] {
            assert!(harmless(text).ends_with("'=1"), "{text:?}");
        }
    }

    #[test]
    fn no_line_and_no_part_of_a_cell_begins_one_either() {
        assert_eq!(harmless("Ann\n=1"), "Ann\n'=1");
        assert_eq!(harmless("Ann;=1"), "Ann;'=1");
        assert_eq!(harmless("Ann, \"=1"), "Ann, \"'=1");
        assert_eq!(harmless("Ann\t@x|-y"), "Ann\t'@x|'-y");
    }

    #[test]
    fn other_text_stays_as_it_is() {
        for text in [
            "",
            "a=1",
            "Lee, Ann",
            "Jean-Luc",
            "ann+aws@example.com",
            "'quoted",
            "3 of 25; 2 left",
        ] {
            assert_eq!(harmless(text), text);
        }
    }

    proptest! {
        #[test]
        fn wherever_it_is_cut_no_part_begins_a_formula(text in "[a=+@\\- ,;\t\n\"＝]{0,40}") {
            for part in harmless(&text).split([',', ';', '|', '\t', '\r', '\n']) {
                let first = part.trim_start_matches(takes_no_room).chars().next();
                prop_assert!(!first.is_some_and(|first| BEGIN_FORMULAS.contains(&first)), "{part:?}");
            }
        }
    }
}
