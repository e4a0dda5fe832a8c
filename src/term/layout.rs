//! Lines for a width: wrapping by display columns, padding, cutting short.

use super::text::{Line, Span, Tone};
pub use crate::report::fit::truncate;
use unicode_width::UnicodeWidthStr;

/// Prose is not set wider than this, however wide the terminal is: long lines are hard to read.
pub const WIDEST_PROSE: usize = 100;

/// What stands before the first and before every other line of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Margin {
    pub first: Line,
    pub rest: Line,
}

impl Margin {
    /// The same number of spaces before every line.
    pub fn spaces(count: usize) -> Self {
        Margin::hanging(Line::from(" ".repeat(count)))
    }

    /// `first` before the first line, as much room before the others.
    pub fn hanging(first: Line) -> Self {
        let rest = Line::from(" ".repeat(first.width()));
        Margin { first, rest }
    }
}

/// Breaks a paragraph into lines of at most `width` columns, margins included. A word that is wider than a line (an ARN, a
/// URL) is not broken: it stays one piece to copy.
pub fn wrap(paragraph: &[Span], width: usize, margin: &Margin) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut line = margin.first.clone();
    let mut used = line.width();
    let mut empty = true;
    for piece in pieces(paragraph) {
        match piece {
            Piece::Break => {
                lines.push(std::mem::replace(&mut line, margin.rest.clone()));
                used = line.width();
                empty = true;
            }
            Piece::Word { spans, gap } => {
                let word: usize = spans.iter().map(Span::width).sum();
                let space = usize::from(!empty && gap.is_some());
                if !empty && gap.is_some() && used + space + word > width {
                    lines.push(std::mem::replace(&mut line, margin.rest.clone()));
                    used = line.width();
                } else if let (false, Some(tone)) = (empty, gap) {
                    push(&mut line, Span::new(tone, " "));
                    used += 1;
                }
                for span in spans {
                    push(&mut line, span);
                }
                used += word;
                empty = false;
            }
        }
    }
    if !empty || lines.is_empty() {
        lines.push(line);
    }
    lines
}

/// Wraps plain words in one tone.
pub fn wrap_text(text: &str, tone: Tone, width: usize, margin: &Margin) -> Vec<Line> {
    wrap(&[Span::new(tone, text)], width, margin)
}

/// A paragraph's forced line break; [`Span::new`] turns line breaks of foreign text into spaces.
pub fn line_break() -> Span {
    Span::new(Tone::Plain, BREAK)
}

// A private-use character: it has no meaning of its own and is never printed.
const BREAK: &str = "\u{f8ff}";

enum Piece {
    Break,
    /// Letters without a space between them, maybe of several tones; the tone of the space before them, if there is one.
    Word {
        spans: Vec<Span>,
        gap: Option<Tone>,
    },
}

fn pieces(paragraph: &[Span]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut word: Vec<Span> = Vec::new();
    let mut gap = None;
    for span in paragraph {
        if span.text() == BREAK {
            finish(&mut pieces, &mut word, gap.take());
            pieces.push(Piece::Break);
            continue;
        }
        for (at, part) in span.text().split(' ').enumerate() {
            if at > 0 {
                finish(&mut pieces, &mut word, gap);
                gap = Some(span.tone());
            }
            if !part.is_empty() {
                word.push(Span::new(span.tone(), part));
            }
        }
    }
    finish(&mut pieces, &mut word, gap);
    pieces
}

fn finish(pieces: &mut Vec<Piece>, word: &mut Vec<Span>, gap: Option<Tone>) {
    if !word.is_empty() {
        pieces.push(Piece::Word {
            spans: std::mem::take(word),
            gap,
        });
    }
}

/// Joins neighbours of one tone, so that a painted line has few escape sequences.
fn push(line: &mut Line, span: Span) {
    match line.0.last_mut() {
        Some(last) if last.tone() == span.tone() => {
            *last = Span::new(span.tone(), format!("{}{}", last.text(), span.text()));
        }
        _ => line.0.push(span),
    }
}

/// Fills up with spaces to `width` columns; a wider text stays as it is.
pub fn pad(text: &str, width: usize) -> String {
    let missing = width.saturating_sub(text.width());
    format!("{text}{}", " ".repeat(missing))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::term::text::to_text;
    use proptest::prelude::*;

    fn wrapped(text: &str, width: usize, margin: &Margin) -> String {
        to_text(&wrap_text(text, Tone::Plain, width, margin))
    }

    #[test]
    fn words_are_kept_whole_and_lines_are_filled() {
        assert_eq!(
            wrapped("one two three four", 9, &Margin::default()),
            "one two\nthree\nfour\n"
        );
    }

    #[test]
    fn a_hanging_margin_lines_up_under_the_first_word() {
        let margin = Margin::hanging("- ".into());
        assert_eq!(wrapped("aaa bbb ccc", 9, &margin), "- aaa bbb\n  ccc\n");
    }

    #[test]
    fn a_long_arn_stays_in_one_piece() {
        let arn = "arn:aws:iam::123456789012:role/ecsTaskExecutionRole";
        assert_eq!(
            wrapped(&format!("role {arn} is missing"), 20, &Margin::default()),
            format!("role\n{arn}\nis missing\n")
        );
    }

    #[test]
    fn wide_letters_count_two_columns() {
        assert_eq!(wrapped("日本 語語", 5, &Margin::default()), "日本\n語語\n");
        assert_eq!(pad("日本", 6), "日本  ");
        assert_eq!(truncate("日本語", 5), "日本…");
        assert_eq!(truncate("abcdef", 4), "abc…");
        assert_eq!(truncate("abcd", 4), "abcd");
    }

    #[test]
    fn punctuation_in_another_tone_stays_at_its_word() {
        let spans = [
            Span::new(Tone::Plain, "see "),
            Span::new(Tone::Code, "docker build"),
            Span::new(Tone::Plain, ", then"),
        ];
        let lines = wrap(&spans, 12, &Margin::default());
        assert_eq!(to_text(&lines), "see docker\nbuild, then\n");
    }

    #[test]
    fn a_forced_break_starts_a_new_line() {
        let spans = [
            Span::new(Tone::Plain, "one"),
            line_break(),
            Span::new(Tone::Plain, "two"),
        ];
        assert_eq!(
            to_text(&wrap(&spans, 40, &Margin::spaces(2))),
            "  one\n  two\n"
        );
    }

    proptest! {
        #[test]
        fn no_line_is_too_wide_unless_it_is_one_word(text in "[a-z ]{0,200}", width in 5usize..60) {
            for line in wrap_text(&text, Tone::Plain, width, &Margin::default()) {
                let words = line.to_text();
                prop_assert!(line.width() <= width || !words.trim().contains(' '));
            }
        }

        #[test]
        fn no_word_is_lost(text in "[a-z ]{0,200}", width in 5usize..60) {
            let out = to_text(&wrap_text(&text, Tone::Plain, width, &Margin::default()));
            let before: Vec<&str> = text.split_whitespace().collect();
            let after: Vec<&str> = out.split_whitespace().collect();
            prop_assert_eq!(before, after);
        }
    }
}
