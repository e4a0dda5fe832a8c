//! Reading TOML tables with spans: every problem at once, each with its place.
//!
//! `toml::Spanned` breaks inside tagged, untagged or flattened serde types, so tables are lowered by hand.

#[cfg(test)]
pub(super) mod asked;
mod lists;
mod moment;
mod reported;
mod shift;

use super::diagnostic::{Diagnostic, SourceText};
use shift::shift;
use std::cell::RefCell;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A file that is being read, and what was found wrong in it so far.
#[derive(Debug)]
pub struct Reading<'a> {
    pub source: &'a SourceText,
    /// Where the TOML begins in the file.
    base: usize,
    problems: RefCell<Vec<Diagnostic>>,
}

/// One table of it; keys that are asked for are known, all others are reported by [`Table::finish`].
#[derive(Debug)]
pub struct Table<'r, 'a> {
    reading: &'r Reading<'a>,
    entries: DeTable<'a>,
    span: Range<usize>,
    known: RefCell<Vec<&'static str>>,
    /// `question.point`.
    #[cfg(test)]
    path: String,
}

/// A value with its place in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed<T> {
    pub value: T,
    pub span: Range<usize>,
}

impl<'a> Reading<'a> {
    /// Reads a whole file.
    pub fn of(source: &'a SourceText) -> Self {
        Reading {
            source,
            base: 0,
            problems: RefCell::default(),
        }
    }

    /// Reads the TOML at a byte range of a file.
    pub fn part(&self, range: Range<usize>) -> Table<'_, 'a> {
        let (table, errors) = DeTable::parse_recoverable(&self.source.text[range.clone()]);
        for error in errors {
            let span = error.span().unwrap_or(0..0);
            self.report(self.source.error(
                "toml",
                range.start + span.start..range.start + span.end,
                error.message(),
            ));
        }
        let entries = shift(table.into_inner(), range.start);
        Table {
            reading: self,
            entries,
            span: range,
            known: RefCell::default(),
            #[cfg(test)]
            path: String::new(),
        }
    }

    /// The table of the whole file.
    pub fn whole(&self) -> Table<'_, 'a> {
        self.part(self.base..self.source.text.len())
    }

    /// Adds a problem.
    pub fn report(&self, problem: Diagnostic) {
        self.problems.borrow_mut().push(problem);
    }

    /// Adds an error at a place.
    pub fn error(&self, rule: &'static str, span: Range<usize>, message: impl Into<String>) {
        self.report(self.source.error(rule, span, message));
    }

    /// All problems, in the order of the file.
    pub fn into_problems(self) -> Vec<Diagnostic> {
        let mut problems = self.problems.into_inner();
        problems.sort_by_key(|problem| (problem.line, problem.column));
        problems
    }
}

impl<'r, 'a> Table<'r, 'a> {
    /// The keys that are there.
    pub fn keys(&self) -> std::collections::BTreeSet<String> {
        let mut keys = std::collections::BTreeSet::new();
        for (key, value) in &self.entries {
            let key = key.get_ref().to_string();
            if let DeValue::Table(inner) = value.get_ref() {
                keys.extend(inner.keys().map(|one| format!("{key}.{}", one.get_ref())));
            }
            keys.insert(key);
        }
        keys
    }

    /// Whether the key is there.
    pub fn has(&self, key: &'static str) -> bool {
        self.known.borrow_mut().push(key);
        self.entries.contains_key(key)
    }

    /// Whether the key holds a list.
    pub fn is_list(&self, key: &'static str) -> bool {
        matches!(
            self.entries.get(key).map(Spanned::get_ref),
            Some(DeValue::Array(_))
        )
    }

    fn take(&mut self, key: &'static str) -> Option<Spanned<DeValue<'a>>> {
        self.known.borrow_mut().push(key);
        self.entries.remove(key)
    }

    fn wrong_type(&self, key: &str, span: Range<usize>, wanted: &str, found: &str) {
        self.reading.error(
            "wrong-type",
            span,
            format!("`{key}` takes {wanted}, but this is {found}"),
        );
    }

    fn missing(&self, key: &str) {
        let span = self.span.start..self.span.start;
        self.reading
            .error("missing-key", span, format!("`{key}` is missing here"));
    }

    /// A text; reports another type.
    pub fn text(&mut self, key: &'static str) -> Option<Placed<String>> {
        let value = self.take(key)?;
        let span = value.span();
        match value.into_inner() {
            DeValue::String(text) => Some(Placed {
                value: text.into_owned(),
                span,
            }),
            other => {
                self.wrong_type(key, span, "a text in quotes", other.type_str());
                None
            }
        }
    }

    /// A text that must be there.
    pub fn need_text(&mut self, key: &'static str) -> Placed<String> {
        if !self.has(key) {
            self.missing(key);
        }
        self.text(key).unwrap_or(Placed {
            value: String::new(),
            span: self.span.start..self.span.start,
        })
    }

    /// A whole number within a range.
    pub fn number(
        &mut self,
        key: &'static str,
        range: std::ops::RangeInclusive<i64>,
    ) -> Option<i64> {
        let value = self.take(key)?;
        let span = value.span();
        let DeValue::Integer(number) = value.get_ref() else {
            self.wrong_type(key, span, "a whole number", value.get_ref().type_str());
            return None;
        };
        match i64::from_str_radix(number.as_str(), number.radix()) {
            Ok(number) if range.contains(&number) => Some(number),
            _ => {
                let message = format!(
                    "`{key}` takes a whole number from {} to {}",
                    range.start(),
                    range.end()
                );
                self.reading.error("out-of-range", span, message);
                None
            }
        }
    }

    /// A number with or without a fraction.
    pub fn fraction(&mut self, key: &'static str) -> Option<f64> {
        self.placed_fraction(key).map(|number| number.value)
    }

    /// The same with its place.
    pub fn placed_fraction(&mut self, key: &'static str) -> Option<Placed<f64>> {
        let value = self.take(key)?;
        let span = value.span();
        let text = match value.get_ref() {
            DeValue::Integer(number) => number.as_str().to_owned(),
            DeValue::Float(number) => number.as_str().to_owned(),
            other => {
                self.wrong_type(key, span, "a number", other.type_str());
                return None;
            }
        };
        let number = text
            .replace('_', "")
            .parse()
            .ok()
            .filter(|number: &f64| number.is_finite());
        if number.is_none() {
            self.wrong_type(key, span.clone(), "a decimal number", &text);
        }
        number.map(|value| Placed { value, span })
    }

    /// `true` or `false`.
    pub fn flag(&mut self, key: &'static str) -> Option<bool> {
        let value = self.take(key)?;
        let found = value.get_ref().as_bool();
        if found.is_none() {
            self.wrong_type(
                key,
                value.span(),
                "true or false",
                value.get_ref().type_str(),
            );
        }
        found
    }

    /// A date (`2026-11-01`), as text.
    pub fn date(&mut self, key: &'static str) -> Option<Placed<String>> {
        let value = self.take(key)?;
        let span = value.span();
        match value.get_ref().as_datetime() {
            Some(date) if date.date.is_some() && date.time.is_none() => Some(Placed {
                value: date.to_string(),
                span,
            }),
            _ => {
                self.wrong_type(
                    key,
                    span,
                    "a date without quotes (2026-11-01)",
                    value.get_ref().type_str(),
                );
                None
            }
        }
    }

    /// A list of texts; empty when the key is absent.
    pub fn texts(&mut self, key: &'static str) -> Vec<Placed<String>> {
        let Some(value) = self.take(key) else {
            return Vec::new();
        };
        let span = value.span();
        let DeValue::Array(items) = value.into_inner() else {
            self.wrong_type(key, span, "a list of texts", "something else");
            return Vec::new();
        };
        let mut texts = Vec::new();
        for item in items {
            let span = item.span();
            match item.into_inner() {
                DeValue::String(text) => texts.push(Placed {
                    value: text.into_owned(),
                    span,
                }),
                other => self.wrong_type(key, span, "a list of texts", other.type_str()),
            }
        }
        texts
    }

    /// The values of a list of texts, without their places.
    pub fn words(&mut self, key: &'static str) -> Vec<String> {
        self.texts(key).into_iter().map(|text| text.value).collect()
    }

    /// A table inside this one.
    pub fn table(&mut self, key: &'static str) -> Option<Table<'r, 'a>> {
        let value = self.take(key)?;
        let span = value.span();
        match value.into_inner() {
            DeValue::Table(entries) => Some(Table {
                reading: self.reading,
                entries,
                span,
                known: RefCell::default(),
                #[cfg(test)]
                path: asked::inside(&self.path, key),
            }),
            other => {
                self.wrong_type(key, span, "a table", other.type_str());
                None
            }
        }
    }

    /// A list of tables (`[[key]]`); empty when the key is absent.
    pub fn tables(&mut self, key: &'static str) -> Vec<Table<'r, 'a>> {
        let Some(value) = self.take(key) else {
            return Vec::new();
        };
        let span = value.span();
        let DeValue::Array(items) = value.into_inner() else {
            self.wrong_type(key, span, "a list of tables ([[...]])", "something else");
            return Vec::new();
        };
        let mut tables = Vec::new();
        for item in items {
            let span = item.span();
            match item.into_inner() {
                DeValue::Table(entries) => {
                    tables.push(Table {
                        reading: self.reading,
                        entries,
                        span,
                        known: RefCell::default(),
                        #[cfg(test)]
                        path: asked::inside(&self.path, key),
                    });
                }
                other => self.wrong_type(key, span, "a list of tables", other.type_str()),
            }
        }
        tables
    }

    /// Where the table stands.
    pub fn span(&self) -> Range<usize> {
        self.span.clone()
    }
}
