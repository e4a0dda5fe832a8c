//! The formats of a class's report, read back by real parsers and held against what Canvas, Gradescope and Jenkins
//! publish. Every name, sentence and id is hostile here.

#![allow(clippy::unwrap_used)] // a test that cannot go on should stop

mod canvas;
mod csv_table;
mod gradescope;
mod json;
mod junit;
mod markdown;
mod sample;

/// The signs that begin a formula.
const SIGNS: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// Whether a spreadsheet could take a text for a formula, also when it parts it where it should not.
fn could_be_a_formula(cell: &str) -> bool {
    cell.starts_with(['\t', '\r', '\n'])
        || cell.split([',', ';', '|', '\t', '\r', '\n']).any(|part| {
            let part = part.trim_start_matches(|letter: char| {
                letter.is_whitespace() || letter.is_control() || letter == '"'
            });
            part.starts_with(SIGNS)
        })
}

/// Whether a text could do something to a terminal, or turn its neighbours around.
fn is_quiet(text: &str) -> bool {
    !text.chars().any(|letter| {
        (letter.is_control() && letter != '\n')
            || matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    })
}

/// A document's lines as a CSV reader sees them.
fn rows(document: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(document.as_bytes());
    reader
        .records()
        .map(|record| record.unwrap().iter().map(str::to_owned).collect())
        .collect()
}
