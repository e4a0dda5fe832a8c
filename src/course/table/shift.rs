//! Places in front matter as places in the whole file.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Byte offsets refer to the whole file, also when the TOML is only its front matter.
pub(super) fn shift(table: DeTable<'_>, by: usize) -> DeTable<'_> {
    if by == 0 {
        return table;
    }
    let mut shifted = DeTable::new();
    for (key, value) in table {
        let span = key.span();
        shifted.insert(
            Spanned::new(span.start + by..span.end + by, key.into_inner()),
            shift_value(value, by),
        );
    }
    shifted
}

fn shift_value(value: Spanned<DeValue<'_>>, by: usize) -> Spanned<DeValue<'_>> {
    let span = value.span();
    let inner = match value.into_inner() {
        DeValue::Table(table) => DeValue::Table(shift(table, by)),
        DeValue::Array(array) => DeValue::Array(
            array
                .into_iter()
                .map(|item| shift_value(item, by))
                .collect(),
        ),
        other => other,
    };
    Spanned::new(span.start + by..span.end + by, inner)
}
