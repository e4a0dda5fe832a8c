//! Times of a table.

use super::{Placed, Table};
use toml::de::DeValue;

impl Table<'_, '_> {
    /// A time as text, in quotes or without: what it means is for the reader to say.
    pub fn moment(&mut self, key: &'static str) -> Option<Placed<String>> {
        let value = self.take(key)?;
        let span = value.span();
        let value = match value.get_ref() {
            DeValue::String(text) => text.to_string(),
            DeValue::Datetime(at) => at.to_string(),
            other => {
                self.wrong_type(key, span, "a time (2026-12-01T18:00)", other.type_str());
                return None;
            }
        };
        Some(Placed { value, span })
    }
}
