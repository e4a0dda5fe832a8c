//! The text of a cloze question with its gaps filled in another program's way.

use crate::course::{Blank, Cloze};

/// Where a gap stands while the text around it is being escaped: characters that no deck uses.
const FIRST_MARK: u32 = 0xe000;
const LAST_MARK: u32 = 0xf8ff;

/// The text, changed by `around` (escaping, say), with `gap` in place of each `{{id}}`; `gap` gets the blank and its
/// number from 1.
pub(super) fn filled(
    cloze: &Cloze,
    around: impl Fn(&str) -> String,
    gap: impl Fn(&Blank, usize) -> String,
) -> String {
    let mut filled = String::new();
    for letter in around(&marked(cloze)).chars() {
        match blank_at(cloze, letter) {
            Some((blank, number)) => filled.push_str(&gap(blank, number)),
            None => filled.push(letter),
        }
    }
    filled
}

/// The text with one mark for each gap.
fn marked(cloze: &Cloze) -> String {
    let mut marked = String::new();
    let mut rest = cloze.text.as_str();
    while let Some(open) = rest.find("{{") {
        marked.extend(rest[..open].chars().filter(|letter| !is_mark(*letter)));
        let inner = &rest[open + 2..];
        let found = inner.find("}}").and_then(|close| {
            let at = cloze
                .blanks
                .iter()
                .position(|blank| blank.id == inner[..close])?;
            Some((at, &inner[close + 2..]))
        });
        match found {
            Some((at, after)) => {
                marked.extend(mark(at));
                rest = after;
            }
            None => {
                marked.push_str("{{");
                rest = inner;
            }
        }
    }
    marked.extend(rest.chars().filter(|letter| !is_mark(*letter)));
    marked
}

fn mark(at: usize) -> Option<char> {
    let number = FIRST_MARK + u32::try_from(at).ok()?;
    char::from_u32(number).filter(|letter| is_mark(*letter))
}

fn is_mark(letter: char) -> bool {
    (FIRST_MARK..=LAST_MARK).contains(&u32::from(letter))
}

fn blank_at(cloze: &Cloze, letter: char) -> Option<(&Blank, usize)> {
    let at = usize::try_from(u32::from(letter).checked_sub(FIRST_MARK)?).ok()?;
    Some((cloze.blanks.get(at)?, at + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_gap_is_filled_once_and_what_only_looks_like_one_stays() {
        let blank = |id: &str, key: &str| Blank {
            id: id.to_owned(),
            accept: vec![key.to_owned()],
            exact: true,
        };
        let cloze = Cloze {
            text: "{{b}} {{ \u{e000} `{{a}}`".to_owned(),
            blanks: vec![blank("a", "{{b}}"), blank("b", "x")],
            why: String::new(),
        };
        let text = filled(&cloze, str::to_uppercase, |blank, number| {
            format!("({number}:{})", blank.accept[0])
        });
        assert_eq!(text, "(2:x) {{  `(1:{{b}})`");
    }
}
