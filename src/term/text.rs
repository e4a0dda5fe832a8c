//! What is to be printed, before it is decided how: lines of spans, each with a tone. Text is sanitised on its way in, so
//! that a span never holds a control character.

use super::sanitize;
use crate::checks::Verdict;
use unicode_width::UnicodeWidthStr;

/// What a stretch of text is; the style decides how that looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    #[default]
    Plain,
    /// What matters most on the line.
    Strong,
    Emphasis,
    /// What may be passed over: notes, paths, labels.
    Quiet,
    Heading,
    /// What is typed or stands in a file.
    Code,
    Link,
    /// What the reader may do or choose now.
    Action,
    /// Landfall itself could not do what was asked.
    Trouble,
    /// The mark and word of a verdict.
    Verdict(Verdict),
}

/// A stretch of text in one tone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    text: String,
    tone: Tone,
}

impl Span {
    /// Takes any text; control characters are removed.
    pub fn new(tone: Tone, text: impl AsRef<str>) -> Self {
        Span {
            text: sanitize::one_line(text.as_ref()),
            tone,
        }
    }

    /// The text, without control characters.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Its tone.
    pub const fn tone(&self) -> Tone {
        self.tone
    }

    /// Columns it takes.
    pub fn width(&self) -> usize {
        self.text.width()
    }
}

/// One line.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Line(pub Vec<Span>);

impl Line {
    /// An empty line.
    pub const fn blank() -> Self {
        Line(Vec::new())
    }

    /// A line in one tone.
    pub fn new(tone: Tone, text: impl AsRef<str>) -> Self {
        Line(vec![Span::new(tone, text)])
    }

    /// Adds a stretch of text.
    #[must_use]
    pub fn and(mut self, tone: Tone, text: impl AsRef<str>) -> Self {
        self.0.push(Span::new(tone, text));
        self
    }

    /// Columns it takes.
    pub fn width(&self) -> usize {
        self.0.iter().map(Span::width).sum()
    }

    /// The words alone.
    pub fn to_text(&self) -> String {
        self.0.iter().map(Span::text).collect()
    }
}

impl From<&str> for Line {
    fn from(text: &str) -> Self {
        Line::new(Tone::Plain, text)
    }
}

impl From<String> for Line {
    fn from(text: String) -> Self {
        Line::new(Tone::Plain, text)
    }
}

impl From<Span> for Line {
    fn from(span: Span) -> Self {
        Line(vec![span])
    }
}

/// The words of several lines, for tests and files.
pub fn to_text(lines: &[Line]) -> String {
    lines.iter().map(|line| line.to_text() + "\n").collect()
}
