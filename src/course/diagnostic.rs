//! What is wrong in a content file: file, line, column, the line itself, a caret, and what to do.

use crate::account::{Prose, masked, redact};
use std::fmt;
use std::ops::Range;
use unicode_width::UnicodeWidthStr;

/// A file's name and text; offsets in diagnostics refer to the whole of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceText {
    /// As shown to people: `lessons/04-rds.md`.
    pub name: String,
    pub text: String,
}

/// How much it matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The course cannot be used.
    Error,
    /// It can, but an author should look.
    Warning,
}

/// One thing that is wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    pub severity: Severity,
    /// A stable short name: `unknown-check`.
    pub rule: &'static str,
    pub file: String,
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
    /// The line itself, without control characters.
    pub excerpt: String,
    /// Columns before the caret and columns under it, as a terminal shows them.
    pub caret: (usize, usize),
    pub message: String,
    pub help: Option<String>,
}

impl SourceText {
    /// Marks a byte range of this file. Ranges that end beyond the line are marked up to its end.
    pub fn error(
        &self,
        rule: &'static str,
        span: Range<usize>,
        message: impl Into<String>,
    ) -> Diagnostic {
        let start = self.boundary(span.start);
        let end = self.boundary(span.end.max(span.start));
        let line_start = self.text[..start].rfind('\n').map_or(0, |at| at + 1);
        let line_end = self.text[start..]
            .find('\n')
            .map_or(self.text.len(), |at| start + at);
        let before = &self.text[line_start..start];
        let marked = &self.text[start..end.min(line_end).max(start)];
        let line = &self.text[line_start..line_end];
        let (excerpt, caret) = if line.len() <= LONGEST_EXCERPT {
            // A file of the learner's may hold a password where none belongs.
            let caret = (shown(before).width(), shown(marked).width().max(1));
            (masked(&shown(line)), caret)
        } else {
            // Nobody reads it, and a part of it might show half a password.
            ("(a very long line)".to_owned(), (0, 1))
        };
        Diagnostic {
            severity: Severity::Error,
            rule,
            file: self.name.clone(),
            line: self.text[..line_start].matches('\n').count() + 1,
            column: before.chars().count() + 1,
            excerpt,
            caret,
            message: shown(&redact(&short(message.into()), Prose::Name)),
            help: None,
        }
    }

    /// The same, as something an author should look at.
    pub fn warning(
        &self,
        rule: &'static str,
        span: Range<usize>,
        message: impl Into<String>,
    ) -> Diagnostic {
        Diagnostic {
            severity: Severity::Warning,
            ..self.error(rule, span, message)
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

/// Longer lines are not shown, in bytes.
const LONGEST_EXCERPT: usize = 1000;

/// Longer messages quote something endless, in bytes.
const LONGEST_MESSAGE: usize = 1000;

/// Cut before a word, so that no half of one is left.
fn short(message: String) -> String {
    if message.len() <= LONGEST_MESSAGE {
        return message;
    }
    let end = message.floor_char_boundary(LONGEST_MESSAGE);
    let kept = message[..end]
        .rfind(char::is_whitespace)
        .map_or("", |space| &message[..space]);
    format!("{kept} ...")
}

/// Tabs as one space, other control characters left out: the caret must stand where the eye looks for it.
fn shown(text: &str) -> String {
    text.chars()
        .filter_map(|c| {
            if c == '\t' {
                Some(' ')
            } else {
                (!c.is_control()).then_some(c)
            }
        })
        .collect()
}

impl Diagnostic {
    /// Adds what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(shown(&help.into()));
        self
    }

    /// Adds "did you mean" when one of the known words is close.
    #[must_use]
    pub fn did_you_mean<'a>(self, word: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        match closest(word, known) {
            Some(best) => self.help(format!("did you mean `{best}`?")),
            None => self,
        }
    }
}

/// The known word nearest to a mistyped one, if any is near enough to be meant.
pub fn closest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    known
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(word, candidate), candidate))
        .filter(|(distance, candidate)| {
            *distance <= 1 + candidate.chars().count().min(word.chars().count()) / 4
        })
        .min()
        .map(|(_, candidate)| candidate)
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let severity = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        let number = self.line.to_string();
        let gutter = " ".repeat(number.len());
        let (before, under) = self.caret;
        writeln!(f, "{severity}[{}]: {}", self.rule, self.message)?;
        writeln!(f, "{gutter}--> {}:{}:{}", self.file, self.line, self.column)?;
        writeln!(f, "{gutter} |")?;
        writeln!(f, "{number} | {}", self.excerpt)?;
        write!(f, "{gutter} | {}{}", " ".repeat(before), "^".repeat(under))?;
        if let Some(help) = &self.help {
            write!(f, "\n{gutter} = {help}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(text: &str) -> SourceText {
        SourceText {
            name: "lessons/x.md".into(),
            text: text.into(),
        }
    }

    #[test]
    fn a_diagnostic_names_file_line_and_column_and_marks_the_place() {
        let text = "a = 1\nchecks = [\"rds.privat\"]\n";
        let at = text.find("\"rds").expect("in the text");
        let shown = source(text)
            .error(
                "unknown-check",
                at..at + 12,
                "there is no check `rds.privat`",
            )
            .did_you_mean("rds.privat", ["rds.private", "rds.backups"])
            .to_string();
        assert_eq!(
            shown,
            "error[unknown-check]: there is no check `rds.privat`\n --> lessons/x.md:2:11\n  |\n2 | checks = [\"rds.privat\"]\n  |           ^^^^^^^^^^^^\n  = did you mean `rds.private`?"
        );
    }

    #[test]
    fn the_caret_stands_right_after_wide_characters_and_control_characters_never_reach_the_screen()
    {
        let text = "t = \"\u{1b}[31m日本\" x";
        let at = text.find('x').expect("in the text");
        let diagnostic = source(text).error("r", at..at + 1, "m");
        assert!(!diagnostic.to_string().contains('\u{1b}'));
        assert_eq!(diagnostic.caret.0, diagnostic.excerpt.width() - 1);
    }

    #[test]
    fn a_far_word_is_not_suggested() {
        assert_eq!(closest("banana", ["rds.private"]), None);
        assert_eq!(
            closest("rds.netwrok", ["rds.network", "rds.instance"]),
            Some("rds.network")
        );
    }
}
