//! Kinds that are about a stack: the learner's own, the practice account's, or a text of the deck.

use crate::course::question::{Artifact, Fault, Inspect, Mutation, Predict, PredictKey};
use crate::course::table::Table;

/// Something to look through for faults.
pub(super) fn inspect(table: &mut Table<'_, '_>) -> Inspect {
    let artifact = artifact(table);
    let mut faults = Vec::new();
    for mut fault in table.tables("fault") {
        let id = fault.need_text("id");
        let read = Fault {
            at: fault.text("at").map(|text| text.value),
            says: fault.need_text("says").value,
            fix: fault.need_text("fix").value,
            harm: fault.need_text("harm").value,
            id: id.value.clone(),
        };
        match (&artifact, &read.at) {
            (Artifact::Text(text), Some(at)) => {
                if text
                    .lines()
                    .filter(|line| line.contains(at.as_str()))
                    .count()
                    != 1
                {
                    fault.error(
                        "fault",
                        format!("exactly one line of the text holds `{at}`"),
                    );
                }
            }
            (Artifact::Text(_), None) => {
                fault.error("fault", "`at` holds words of the line that is wrong");
            }
            (Artifact::Account(mutations), _) => {
                if !mutations.iter().any(|mutation| mutation.word() == read.id) {
                    fault.unknown_word(
                        "fault",
                        &id,
                        mutations.iter().map(|mutation| mutation.word()),
                    );
                }
            }
        }
        fault.finish();
        faults.push(read);
    }
    if faults.is_empty() {
        table.error("fault", "there is at least one [[question.fault]]");
    }
    if let Artifact::Account(mutations) = &artifact {
        for mutation in mutations {
            if !faults.iter().any(|fault| fault.id == mutation.word()) {
                table.error(
                    "fault",
                    format!(
                        "a [[question.fault]] with id = \"{}\" says what is wrong, the fix and the harm",
                        mutation.word()
                    ),
                );
            }
        }
    }
    let mut decoys = Vec::new();
    for mut decoy in table.tables("decoy") {
        decoys.push((decoy.need_text("at").value, decoy.need_text("why").value));
        decoy.finish();
    }
    Inspect {
        artifact,
        faults,
        decoys,
    }
}

/// `artifact = { text = """...""" }` or `artifact = { mutate = ["pin-latest"] }`.
fn artifact(table: &mut Table<'_, '_>) -> Artifact {
    let Some(mut inner) = table.table("artifact") else {
        table.error(
            "artifact",
            "`artifact` is missing: { text = \"\"\"...\"\"\" } or { mutate = [\"pin-latest\"] }",
        );
        return Artifact::Text(String::new());
    };
    let text = inner.text("text");
    let words = inner.texts("mutate");
    if text.is_some() != words.is_empty() {
        inner.error(
            "artifact",
            "an artifact has either a `text` or a list `mutate`",
        );
    }
    let mut mutations = Vec::new();
    for word in &words {
        match Mutation::from_word(&word.value) {
            Some(mutation) => mutations.push(mutation),
            None => inner.unknown_word("mutation", word, Mutation::ALL.iter().map(|m| m.word())),
        }
    }
    inner.finish();
    match text {
        Some(text) => Artifact::Text(text.value.trim_matches('\n').to_owned()),
        None => Artifact::Account(mutations),
    }
}

/// `key = { account = "ecs:DescribeServices", path = "desiredCount" }`.
pub(super) fn predict(table: &mut Table<'_, '_>) -> Predict {
    let why = table.need_text("why").value;
    let mut key = None;
    match table.table("key") {
        Some(mut inner) => {
            let account = inner.need_text("account");
            let path = inner.need_text("path").value;
            let word = format!("{} {path}", account.value);
            key = PredictKey::from_word(&word);
            if key.is_none() && !account.value.is_empty() {
                let known: Vec<&str> = PredictKey::ALL.iter().map(|key| key.word()).collect();
                let asked = crate::course::table::Placed {
                    value: word,
                    span: account.span,
                };
                inner.unknown_word("predict-key", &asked, known);
            }
            inner.finish();
        }
        None => table.error(
            "predict-key",
            "`key` is missing: { account = \"ecs:DescribeServices\", path = \"desiredCount\" }",
        ),
    }
    Predict {
        key: key.unwrap_or(PredictKey::DesiredCount),
        why,
    }
}
