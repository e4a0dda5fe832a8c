//! What is wrong with a `landfall.toml`: where, the line itself, and what was probably meant.

use std::fmt;
use std::ops::Range;
use std::path::{Path, PathBuf};
use thiserror::Error;

/// One problem. Shown as `path:line:column: message` with the line and a caret under it.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub struct SettingsProblem {
    pub path: PathBuf,
    /// Counted from 1; 0 = the file as a whole.
    pub line: usize,
    /// In characters, counted from 1.
    pub column: usize,
    /// How many characters of the line are meant.
    pub width: usize,
    /// The line itself, without its end.
    pub source_line: String,
    pub message: String,
    /// The known key that was probably meant.
    pub suggestion: Option<String>,
}

impl SettingsProblem {
    /// A problem of the file as a whole (unreadable, too large).
    pub(super) fn of_file(path: &Path, message: String) -> Self {
        SettingsProblem {
            path: path.to_owned(),
            line: 0,
            column: 0,
            width: 0,
            source_line: String::new(),
            message,
            suggestion: None,
        }
    }
}

impl fmt::Display for SettingsProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.path.display())?;
        if self.line > 0 {
            write!(f, ":{}:{}", self.line, self.column)?;
        }
        write!(f, ": {}", self.message)?;
        if let Some(name) = &self.suggestion {
            write!(f, " (did you mean `{name}`?)")?;
        }
        if self.line > 0 {
            let number = self.line.to_string();
            let gutter = " ".repeat(number.len());
            let indent = " ".repeat(self.column - 1);
            let carets = "^".repeat(self.width.max(1));
            write!(f, "\n {number} | {}", self.source_line)?;
            write!(f, "\n {gutter} | {indent}{carets}")?;
        }
        Ok(())
    }
}

/// A text that problems are found in.
pub(super) struct Place<'a> {
    path: &'a Path,
    text: &'a str,
}

impl<'a> Place<'a> {
    pub(super) fn new(path: &'a Path, text: &'a str) -> Self {
        Place { path, text }
    }

    /// A problem at these bytes of the text.
    pub(super) fn problem(&self, bytes: Range<usize>, message: &str) -> SettingsProblem {
        let start = self.boundary(bytes.start);
        let end = self.boundary(bytes.end).max(start);
        let line_start = self.text[..start].rfind('\n').map_or(0, |at| at + 1);
        let line_end = self.text[start..]
            .find('\n')
            .map_or(self.text.len(), |at| start + at);
        // A tab is one column, so that the caret stays under its place: both lines show it as one blank.
        let source_line = self.text[line_start..line_end]
            .trim_end_matches('\r')
            .replace('\t', " ");
        SettingsProblem {
            path: self.path.to_owned(),
            line: self.text[..start].matches('\n').count() + 1,
            column: self.text[line_start..start].chars().count() + 1,
            width: self.text[start..end.min(line_end)].chars().count(),
            source_line,
            message: message.to_owned(),
            suggestion: None,
        }
    }

    fn boundary(&self, at: usize) -> usize {
        let mut at = at.min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }
}
