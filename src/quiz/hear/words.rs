//! An answer cut into words and breaks, each with its place in the text.

use super::identifier::is_identifier;
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

/// A word or what stands between words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    Word(Word),
    Break(Break),
}

/// A word in small letters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    pub range: Range<usize>,
    pub text: String,
}

/// What separates words, from the weakest on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Break {
    /// A comma, brackets.
    Comma,
    /// `->`, a colon, a dash.
    Arrow,
    /// A full stop, `;`, a new line that is no wrapped one.
    Sentence,
}

/// A line this long was broken by an editor, not by its writer.
const WRAPPED: usize = 50;
/// Their full stop ends no sentence.
const SHORT_FORMS: [&str; 7] = ["e.g", "i.e", "etc", "vs", "approx", "incl", "resp"];
/// Written without the apostrophe.
const BARE: [&str; 14] = [
    "dont", "doesnt", "didnt", "cant", "isnt", "arent", "wasnt", "werent", "wouldnt", "couldnt",
    "shouldnt", "hasnt", "havent", "wont",
];

/// Cuts a text. Every range is a slice of it.
pub(super) fn cut(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut at = 0;
    let mut before: Option<&str> = None;
    for line in text.split_inclusive('\n') {
        let bare = line.trim();
        let bullet = bare.starts_with(['-', '*', '+', '\u{2022}'])
            && bare.chars().nth(1).is_some_and(char::is_whitespace);
        if before
            .is_some_and(|before| before.chars().count() < WRAPPED || bullet || bare.is_empty())
        {
            pieces.push(Piece::Break(Break::Sentence));
        }
        chunks(line, at, &mut pieces);
        before = Some(bare);
        at += line.len();
    }
    pieces
}

/// The parts of a line between spaces.
fn chunks(line: &str, offset: usize, pieces: &mut Vec<Piece>) {
    let mut rest = 0;
    while let Some(start) = line[rest..].find(|letter: char| !letter.is_whitespace()) {
        let start = rest + start;
        let end = line[start..]
            .find(char::is_whitespace)
            .map_or(line.len(), |length| start + length);
        arrows(&line[start..end], offset + start, pieces);
        rest = end;
    }
}

/// `ALB->ECS` is two words and an arrow; brackets, commas and semicolons cut as well, but not the comma of `10,000`.
fn arrows(chunk: &str, offset: usize, pieces: &mut Vec<Piece>) {
    const ARROWS: [&str; 6] = ["->", "=>", "\u{2192}", "\u{2014}", "\u{2013}", "--"];
    let mut from = 0;
    let mut skip = 0;
    for (at, letter) in chunk.char_indices() {
        if at < skip {
            continue;
        }
        let rest = &chunk[at..];
        let cut = match letter {
            '-' | '=' | '\u{2192}' | '\u{2014}' | '\u{2013}' => ARROWS
                .iter()
                .find(|arrow| rest.starts_with(**arrow))
                .map(|arrow| (arrow.len(), Break::Arrow)),
            '(' | ')' | '[' | ']' | '{' | '}' => Some((1, Break::Comma)),
            ',' if !rest[1..].starts_with(|next: char| next.is_ascii_digit()) => {
                Some((1, Break::Comma))
            }
            ';' => Some((1, Break::Sentence)),
            _ => None,
        };
        if let Some((length, kind)) = cut {
            core(&chunk[from..at], offset + from, pieces);
            pieces.push(Piece::Break(kind));
            from = at + length;
            skip = from;
        }
    }
    core(&chunk[from..], offset + from, pieces);
}

/// A chunk without arrows: the punctuation around it, then an identifier or plain words.
fn core(chunk: &str, offset: usize, pieces: &mut Vec<Piece>) {
    let opened = chunk.trim_start_matches(|letter: char| {
        !letter.is_alphanumeric() && letter != ':' && letter != '\''
    });
    let lead = chunk.len() - opened.len();
    if chunk[..lead].contains(['.', '!', '?']) {
        pieces.push(Piece::Break(Break::Sentence));
    }
    let inner = opened.trim_end_matches(|letter: char| !letter.is_alphanumeric());
    let tail = &opened[inner.len()..];
    if is_identifier(inner) {
        pieces.push(word(inner, offset + lead));
    } else {
        plain(inner, offset + lead, pieces);
    }
    let ends = tail.contains(['!', '?', '\u{2026}'])
        || tail.contains('.') && !SHORT_FORMS.contains(&inner.to_lowercase().as_str());
    if ends {
        pieces.push(Piece::Break(Break::Sentence));
    } else if tail.contains(':') || inner.is_empty() && opened.contains(':') {
        pieces.push(Piece::Break(Break::Arrow));
    }
}

/// Words by the rules of Unicode; a full stop inside still breaks (`it.Then`).
fn plain(text: &str, offset: usize, pieces: &mut Vec<Piece>) {
    let mut end = 0;
    for (start, found) in text.unicode_word_indices() {
        between(&text[end..start], pieces);
        end = start + found.len();
        let mut from = 0;
        while let Some(stop) = forgotten_space(&found[from..]) {
            contraction(&found[from..from + stop], offset + start + from, pieces);
            pieces.push(Piece::Break(Break::Sentence));
            from += stop + 1;
        }
        contraction(&found[from..], offset + start + from, pieces);
    }
    between(&text[end..], pieces);
}

/// The full stop of `it.Then`.
fn forgotten_space(word: &str) -> Option<usize> {
    word.match_indices('.').map(|(at, _)| at).find(|at| {
        word[..*at].ends_with(char::is_lowercase) && word[at + 1..].starts_with(char::is_uppercase)
    })
}

fn between(gap: &str, pieces: &mut Vec<Piece>) {
    if gap.contains(['.', '!', '?']) {
        pieces.push(Piece::Break(Break::Sentence));
    } else if gap.contains(':') {
        pieces.push(Piece::Break(Break::Arrow));
    }
}

/// `doesn't` is `does` and `not`; `ALB's` is `alb`.
fn contraction(text: &str, offset: usize, pieces: &mut Vec<Piece>) {
    let small = text.to_lowercase().replace('\u{2019}', "'");
    let straight = text.is_ascii();
    if let Some(verb) = not_of(&small)
        && straight
    {
        let cut = offset + verb.len();
        let whole = match verb {
            "ca" => "can",
            "wo" => "will",
            "sha" => "shall",
            other => other,
        };
        if !whole.is_empty() {
            pieces.push(Piece::Word(Word {
                range: offset..cut,
                text: whole.to_owned(),
            }));
        }
        pieces.push(Piece::Word(Word {
            range: cut..offset + text.len(),
            text: "not".to_owned(),
        }));
        return;
    }
    if not_of(&small).is_some() {
        pieces.push(Piece::Word(Word {
            range: offset..offset + text.len(),
            text: "not".to_owned(),
        }));
        return;
    }
    let base = ["'s", "'re", "'d", "'ll", "'ve", "'m"]
        .iter()
        .find_map(|ending| small.strip_suffix(ending))
        .unwrap_or(&small)
        .trim_matches('\'');
    if !base.is_empty() {
        pieces.push(Piece::Word(Word {
            range: offset..offset + text.len(),
            text: base.to_owned(),
        }));
    }
}

/// What stands before the "not" of a contraction.
fn not_of(small: &str) -> Option<&str> {
    if let Some(verb) = small.strip_suffix("n't") {
        return Some(verb);
    }
    if small == "cannot" {
        return Some("can");
    }
    BARE.contains(&small)
        .then(|| small.strip_suffix("nt").unwrap_or(small))
}

fn word(text: &str, offset: usize) -> Piece {
    Piece::Word(Word {
        range: offset..offset + text.len(),
        text: text.to_lowercase(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        cut(text)
            .iter()
            .map(|piece| match piece {
                Piece::Word(word) => word.text.clone(),
                Piece::Break(Break::Comma) => ",".to_owned(),
                Piece::Break(Break::Arrow) => ">".to_owned(),
                Piece::Break(Break::Sentence) => ".".to_owned(),
            })
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn sentences_clauses_and_names_are_told_apart() {
        assert_eq!(
            shown("ALB->ECS: 443, from 0.0.0.0/0. It's `:latest`; isn't it?"),
            "alb > ecs > 443 , from 0.0.0.0/0 . it :latest . is not it ."
        );
        assert_eq!(
            shown("gives you :2, :3 (e.g. news-api-task:2).Then"),
            "gives you :2 , :3 , e.g news-api-task:2 , . then"
        );
        assert_eq!(
            shown("cluster = namespace; w/ image+cpu"),
            "cluster namespace . w image cpu"
        );
        assert_eq!(
            shown("You can\u{2019}t, we cannot, they dont."),
            "you not , we can not , they do not ."
        );
    }

    #[test]
    fn a_wrapped_line_goes_on_and_a_list_does_not() {
        let long = "one two three four five six seven eight nine ten eleven";
        assert!(!shown(&format!("{long}\ntwelve")).contains('.'));
        assert!(shown("stable DNS\nhealth checks").contains("dns . health"));
        assert!(shown(&format!("{long}\n- twelve")).contains("eleven . twelve"));
    }
}
