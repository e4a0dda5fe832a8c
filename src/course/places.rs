//! Where the things of a deck stand in its files: for what is found wrong with them after they were read.

use super::diagnostic::{Diagnostic, SourceText};
use super::load::CourseFiles;
use std::collections::BTreeMap;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The places of all questions and retry items of the files that were read.
///
/// A path leads from a question's id down through its keys: `grace-period/prompt`, `grace-period/point:warm-up/heard:3`.
/// Entries of a list are named by their id, else by their number from 1. A path to something with an id leads to the id.
#[derive(Debug, Default)]
pub struct Places<'a> {
    spots: BTreeMap<String, (&'a SourceText, Range<usize>)>,
}

impl<'a> Places<'a> {
    /// Reads every file under `quizzes/`. What cannot be read has no place.
    pub fn of(files: &'a CourseFiles) -> Self {
        let mut places = Places::default();
        for file in &files.files {
            if file.name.starts_with("quizzes/") && file.name.ends_with(".toml") {
                places.read(file);
            }
        }
        places
    }

    fn read(&mut self, file: &'a SourceText) {
        let (table, _) = DeTable::parse_recoverable(&file.text);
        for kind in ["question", "retry"] {
            let Some(DeValue::Array(items)) = table.get_ref().get(kind).map(Spanned::get_ref)
            else {
                continue;
            };
            for item in items {
                if let DeValue::Table(entries) = item.get_ref()
                    && let Some((id, _)) = id_of(entries)
                {
                    self.enter(file, id, item);
                }
            }
        }
    }

    fn enter(&mut self, file: &'a SourceText, path: &str, value: &Spanned<DeValue<'_>>) {
        let mut spot = value.span();
        match value.get_ref() {
            DeValue::Table(entries) => {
                if let Some((_, span)) = id_of(entries) {
                    spot = span;
                }
                for (key, value) in entries {
                    self.enter(file, &format!("{path}/{}", key.get_ref()), value);
                }
            }
            DeValue::Array(items) => {
                for (item, number) in items.iter().zip(1..) {
                    let id = match item.get_ref() {
                        DeValue::Table(entries) => id_of(entries).map(|(id, _)| id.to_owned()),
                        _ => None,
                    };
                    let name = id.unwrap_or_else(|| number.to_string());
                    self.enter(file, &format!("{path}:{name}"), item);
                }
            }
            _ => {}
        }
        self.spots.entry(path.to_owned()).or_insert((file, spot));
    }

    /// An error at a path, or at the nearest thing around it that there is. A path that leads nowhere at all, as of a
    /// question that is not in the files, gives the first line of a file without a name.
    pub fn error(&self, rule: &'static str, path: &str, message: impl Into<String>) -> Diagnostic {
        let mut path = path;
        loop {
            if let Some((file, span)) = self.spots.get(path) {
                return file.error(rule, span.clone(), message);
            }
            match path.rfind(['/', ':']) {
                Some(end) => path = &path[..end],
                None => {
                    let nowhere = SourceText {
                        name: String::new(),
                        text: String::new(),
                    };
                    return nowhere.error(rule, 0..0, message);
                }
            }
        }
    }

    /// The same, as something an author should look at.
    pub fn warning(
        &self,
        rule: &'static str,
        path: &str,
        message: impl Into<String>,
    ) -> Diagnostic {
        Diagnostic {
            severity: super::Severity::Warning,
            ..self.error(rule, path, message)
        }
    }
}

fn id_of<'t>(entries: &'t DeTable<'_>) -> Option<(&'t str, Range<usize>)> {
    let id = entries.get("id")?;
    Some((id.get_ref().as_str()?, id.span()))
}
