//! What is wrong with a table, said with its place.

#[cfg(test)]
use super::asked;
use super::{Placed, Table};
use std::ops::Range;

impl Table<'_, '_> {
    /// Reports an error at this table.
    pub fn error(&self, rule: &'static str, message: impl Into<String>) {
        self.reading
            .error(rule, self.span.start..self.span.start, message);
    }

    /// Reports an error at a value that was read from this table.
    pub fn error_at(&self, rule: &'static str, span: Range<usize>, message: impl Into<String>) {
        self.reading.error(rule, span, message);
    }

    /// Reports an id that does not exist, with the nearest that does: `has_no` is "`x` has no point".
    pub fn unknown<'k>(
        &self,
        rule: &'static str,
        word: &Placed<String>,
        has_no: &str,
        known: impl IntoIterator<Item = &'k str>,
    ) {
        let problem = self
            .reading
            .source
            .error(
                rule,
                word.span.clone(),
                format!("{has_no} `{}`", word.value),
            )
            .did_you_mean(&word.value, known);
        self.reading.report(problem);
    }

    /// Reports a word that is none of those that may stand here, with the nearest.
    pub fn unknown_word<'k>(
        &self,
        rule: &'static str,
        word: &Placed<String>,
        known: impl IntoIterator<Item = &'k str>,
    ) {
        let known: Vec<&str> = known.into_iter().collect();
        let problem = self
            .reading
            .source
            .error(
                rule,
                word.span.clone(),
                format!("`{}` is not one of: {}", word.value, known.join(", ")),
            )
            .did_you_mean(&word.value, known.iter().copied());
        self.reading.report(problem);
    }

    /// Reports every key that nobody asked for, with the nearest known one.
    pub fn finish(self) {
        let known = self.known.borrow();
        #[cfg(test)]
        asked::note(&self.path, &known);
        for key in self.entries.keys() {
            let name = key.get_ref().as_ref();
            let problem = self
                .reading
                .source
                .error(
                    "unknown-key",
                    key.span(),
                    format!("`{name}` is not a key that is known here"),
                )
                .did_you_mean(name, known.iter().copied());
            self.reading.report(problem);
        }
    }
}
