//! Key words in a row: words of the matter with no sentence around them and nothing between them.

use super::text::Token;

/// So many words without a break are a row when none of them holds a sentence together,
const BARE: usize = 7;
/// and so many when only one does.
const LOOSE: usize = 10;

/// For each token, whether it stands in a row of key words.
pub(super) fn rows(tokens: &[Token]) -> Vec<bool> {
    let mut in_row = vec![false; tokens.len()];
    let mut start = 0;
    while start < tokens.len() {
        let length = 1 + tokens[start + 1..]
            .iter()
            .take_while(|token| token.sentence == tokens[start].sentence && token.after.is_none())
            .count();
        mark(
            &tokens[start..start + length],
            &mut in_row[start..start + length],
        );
        start += length;
    }
    in_row
}

/// Marks the windows that are rows; a piece that is mostly one is one to its ends.
fn mark(piece: &[Token], in_row: &mut [bool]) {
    for (length, holding) in [(BARE, 0), (LOOSE, 1)] {
        for (at, window) in piece.windows(length).enumerate() {
            if window.iter().filter(|token| token.function).count() <= holding {
                in_row[at..at + length].fill(true);
            }
        }
    }
    if in_row.iter().filter(|row| **row).count() * 2 > in_row.len() {
        in_row.fill(true);
    }
}

/// Whether the answer as a whole is one: half of its words or more.
pub(super) fn is_stuffed(in_row: &[bool]) -> bool {
    let rows = in_row.iter().filter(|row| **row).count();
    rows > 0 && rows * 2 >= in_row.len()
}
