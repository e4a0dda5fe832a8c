//! Key words in a row: words of the matter with no sentence around them and nothing between them.

use super::text::Token;

/// So many words without a break are a row, when next to none of them holds a sentence together.
const LONG: usize = 7;
/// One word in so many may be a function word.
const ONE_IN: usize = 8;

/// For each token, whether it stands in a row of key words.
pub(super) fn rows(tokens: &[Token]) -> Vec<bool> {
    let mut in_row = vec![false; tokens.len()];
    let mut start = 0;
    while start < tokens.len() {
        let length = 1 + tokens[start + 1..]
            .iter()
            .take_while(|token| {
                token.sentence == tokens[start].sentence && token.after.is_none()
            })
            .count();
        mark(&tokens[start..start + length], &mut in_row[start..start + length]);
        start += length;
    }
    in_row
}

/// Marks every window of [`LONG`] words that is a row.
fn mark(piece: &[Token], in_row: &mut [bool]) {
    for (at, window) in piece.windows(LONG).enumerate() {
        let holding = window
            .iter()
            .filter(|token| token.function || token.negator.is_some())
            .count();
        if holding * ONE_IN <= window.len() {
            in_row[at..at + LONG].fill(true);
        }
    }
}

/// Whether the answer as a whole is one: half of its words or more.
pub(super) fn is_stuffed(in_row: &[bool]) -> bool {
    let rows = in_row.iter().filter(|row| **row).count();
    rows > 0 && rows * 2 >= in_row.len()
}
