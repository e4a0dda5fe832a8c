//! Decks for other programs, and from them; every way tells what is lost on it.
//!
//! | to | what | read back in the tests by |
//! |---|---|---|
//! | [`anki`] | a text file for Anki's importer | Anki itself |
//! | [`moodle`] | Moodle's question bank (XML) | a reader that follows Moodle's importer, and `moodle-xml-parser` |
//! | [`csv`], [`jsonl`] | the learner's results and the figures of each question | Python's `csv` and `json` |
//! | [`mdbook`] | a quiz of mdbook-quiz (TOML) | our own importer, [`import`] |

mod anki;
mod gaps;
mod html;
mod loss;
mod mdbook;
mod moodle;
mod order;
mod results;
mod solution;
mod spreadsheet;
mod text;

pub use anki::anki;
pub use loss::{Exchanged, Loss};
pub use mdbook::{export as mdbook, import};
pub use moodle::moodle;
pub use results::figures;
pub use results::{csv, jsonl};
pub use spreadsheet::harmless;

#[cfg(test)]
mod sample;
