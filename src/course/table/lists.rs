//! Lists of a table that are not plain texts.

use super::Table;
use toml::Spanned;
use toml::de::DeValue;

impl Table<'_, '_> {
    /// Every remaining entry, whatever its key, as texts or lists of texts (a glossary).
    pub fn rest_of_texts(mut self) -> Vec<(String, Vec<String>)> {
        let entries = std::mem::take(&mut self.entries);
        let mut rest = Vec::new();
        for (key, value) in entries {
            let name = key.into_inner().into_owned();
            match value.into_inner() {
                DeValue::Array(items) => {
                    let words = items
                        .iter()
                        .filter_map(|item| item.get_ref().as_str().map(str::to_owned))
                        .collect();
                    rest.push((name, words));
                }
                DeValue::String(text) => rest.push((name, vec![text.into_owned()])),
                other => self.wrong_type(
                    &name,
                    self.span.clone(),
                    "a list of texts",
                    other.type_str(),
                ),
            }
        }
        rest
    }

    /// A list of whole numbers within a range; empty when the key is absent.
    pub fn numbers(
        &mut self,
        key: &'static str,
        range: std::ops::RangeInclusive<i64>,
    ) -> Vec<usize> {
        let Some(value) = self.take(key) else {
            return Vec::new();
        };
        let span = value.span();
        let read = |item: &Spanned<DeValue<'_>>| match item.get_ref() {
            DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
                .ok()
                .filter(|number| range.contains(number))
                .and_then(|number| usize::try_from(number).ok()),
            _ => None,
        };
        let numbers = match value.get_ref() {
            DeValue::Array(items) => items.iter().map(read).collect::<Option<Vec<usize>>>(),
            _ => None,
        };
        numbers.unwrap_or_else(|| {
            let wanted = format!(
                "a list of whole numbers from {} to {}",
                range.start(),
                range.end()
            );
            self.wrong_type(key, span, &wanted, "something else");
            Vec::new()
        })
    }
}
