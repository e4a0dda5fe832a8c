//! The records as one CSV table.

use super::Record;
use crate::quiz::exchange::spreadsheet::harmless;
use serde_json::Value;

/// The columns, those of all three kinds of records.
const COLUMNS: [&str; 32] = [
    "record",
    "deck",
    "question",
    "rev",
    "kind",
    "point",
    "mode",
    "at",
    "attempted",
    "confidence",
    "hinted",
    "share",
    "heard",
    "confirmed",
    "seconds",
    "attempts",
    "n",
    "not_known",
    "facility",
    "most_chosen_wrong",
    "most_chosen_wrong_times",
    "median_seconds",
    "sure",
    "confident_errors",
    "judged",
    "overridden",
    "said",
    "partly",
    "not_said",
    "times_heard",
    "confirmed_not_heard",
    "heard_but_denied",
];

/// The table with its line of names.
pub(super) fn written(records: &[Record]) -> String {
    let mut rows = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    let mut write = |cells: Vec<String>| {
        rows.write_record(cells)
            .expect("every row has all columns, and memory takes them all");
    };
    write(COLUMNS.map(str::to_owned).to_vec());
    for record in records {
        let fields = serde_json::to_value(record).expect("plain data always becomes JSON");
        write(
            COLUMNS
                .iter()
                .map(|column| {
                    let name = if *column == "record" { "type" } else { column };
                    fields.get(name).map_or_else(String::new, cell)
                })
                .collect(),
        );
    }
    rows.into_inner()
        .ok()
        .and_then(|bytes| String::from_utf8(bytes).ok())
        .expect("text goes in, so text comes out")
}

fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => harmless(text),
        Value::Object(words) => {
            let words: Vec<String> = words
                .iter()
                .map(|(id, word)| format!("{id}: {}", word.as_str().unwrap_or_default()))
                .collect();
            harmless(&words.join("; "))
        }
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_of_every_record_has_its_column() {
        for record in crate::quiz::exchange::results::tests::one_of_each() {
            let fields = serde_json::to_value(&record).unwrap();
            for name in fields.as_object().unwrap().keys() {
                assert!(
                    name == "type" || COLUMNS.contains(&name.as_str()),
                    "{name} is missing"
                );
            }
        }
    }
}
