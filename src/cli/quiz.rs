//! How the quiz is asked.

use clap::Args;
use std::path::PathBuf;

#[derive(Debug, Clone, Default, Args)]
pub struct QuizArgs {
    /// The deck [default: chapter-review]
    #[arg(value_name = "DECK")]
    pub deck: Option<String>,
    /// Every question, no feedback until the end; open answers stay provisional
    #[arg(long, conflicts_with = "due")]
    pub exam: bool,
    /// Only what is due today
    #[arg(long)]
    pub due: bool,
    /// Only questions about this lesson
    #[arg(long, value_name = "LESSON", conflicts_with = "due")]
    pub lesson: Option<String>,
    /// Only questions about this pattern
    #[arg(long, value_name = "PATTERN", conflicts_with_all = ["due", "lesson"])]
    pub pattern: Option<String>,
    /// At most so many questions [default: 10, an exam: all]
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u16).range(1..))]
    pub count: Option<u16>,
    /// A soft limit for an exam: shown, never enforced
    #[arg(long, value_name = "MINUTES", requires = "exam", value_parser = clap::value_parser!(u16).range(1..))]
    pub minutes: Option<u16>,
    /// Lay an unfinished sitting aside and begin a new one
    #[arg(long)]
    pub new: bool,
    /// What the last sitting came to, and where you stand; asks nothing
    #[arg(long, conflicts_with_all = ["exam", "due", "lesson", "pattern", "count", "new", "answers"])]
    pub back: bool,
    /// Answers from a file, unattended: a table for each question (see the README)
    #[arg(long, value_name = "FILE")]
    pub answers: Option<PathBuf>,
}
