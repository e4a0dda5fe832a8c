//! What authors of courses do.

use clap::{Subcommand, ValueEnum};
use std::path::PathBuf;

/// For which program a deck is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    /// Anki's text import: one note for each question and each point, updated when imported again
    Anki,
    /// Moodle's question bank (XML)
    Moodle,
    /// Your results and the figures of each question, for a spreadsheet
    Csv,
    /// The same, one JSON object to a line
    Jsonl,
    /// mdbook-quiz (TOML)
    Mdbook,
}

#[derive(Debug, Clone, Subcommand)]
pub enum AuthorAction {
    /// Check lessons and decks: every problem with file, line, column and caret
    Lint {
        /// Also run the grader over the labelled answers: precision and recall of each point
        #[arg(long)]
        grader: bool,
    },
    /// Grade a typed answer and show why each point was heard, unclear or not detected
    #[command(
        after_help = "Examples:\n  landfall author try grace-period\n  echo \"it gives slow tasks time to boot\" | landfall author try grace-period"
    )]
    Try {
        /// An open question
        #[arg(value_name = "QUESTION")]
        question: String,
        /// The answer; without one it is read from stdin
        #[arg(long, value_name = "TEXT")]
        answer: Option<String>,
    },
    /// The JSON Schema of decks, for editors that complete and check TOML
    #[command(after_help = "Example:\n  landfall author schema > deck.schema.json")]
    Schema,
    /// A deck for another program; what is lost on the way is listed on stderr
    #[command(
        after_help = "Examples:\n  landfall author export anki > review.txt\n  landfall author export moodle > review.xml\n  landfall author export csv > results.csv"
    )]
    Export {
        #[arg(value_enum)]
        to: ExportFormat,
        /// The deck [default: chapter-review]
        #[arg(value_name = "DECK")]
        deck: Option<String>,
    },
    /// A quiz of another program as a deck, on stdout; what is lost on the way is listed on stderr
    #[command(after_help = "Example:\n  landfall author import quiz.toml > quizzes/my-deck.toml")]
    Import {
        /// A quiz of mdbook-quiz (TOML)
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// A lesson as learners see it
    Preview {
        #[arg(value_name = "LESSON or STEP")]
        lesson: String,
    },
    /// A lesson's runnable blocks with values filled in
    Commands {
        #[arg(value_name = "LESSON or STEP")]
        lesson: String,
    },
}
