//! Kinds that are about a stack: the learner's own, the practice account's, or a text of the deck.

use crate::course::question::{Artifact, Fault, Inspect, Mutation, Predict, PredictKey};
use crate::course::table::Table;

/// Something to look through for faults.
pub(super) fn inspect(table: &mut Table<'_, '_>) -> Inspect {
    let artifact = artifact(table);
    let mut faults: Vec<Fault> = Vec::new();
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
            (Artifact::Text(text), Some(at)) => on_one_line(&fault, "fault", text, at),
            (Artifact::Text(_), None) => {
                fault.error("fault", "`at` holds words of the line that is wrong");
            }
            (Artifact::Account(mutations), at) => {
                if at.is_some() {
                    fault.error(
                        "fault",
                        "no `at` here: the mutation itself says which line it is",
                    );
                }
                if !mutations.iter().any(|mutation| mutation.word() == read.id) {
                    fault.unknown_word(
                        "fault",
                        &id,
                        mutations.iter().map(|mutation| mutation.word()),
                    );
                }
            }
        }
        if faults.iter().any(|other| other.id == read.id) {
            fault.error_at(
                "duplicate-id",
                id.span,
                format!("two faults are called `{}`", read.id),
            );
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
        let at = decoy.need_text("at").value;
        let why = decoy.need_text("why").value;
        if let Artifact::Text(text) = &artifact {
            on_one_line(&decoy, "decoy", text, &at);
        }
        decoy.finish();
        decoys.push((at, why));
    }
    Inspect {
        artifact,
        faults,
        decoys,
    }
}

/// Words that say where something stands are on one line, and on one only.
fn on_one_line(table: &Table<'_, '_>, rule: &'static str, text: &str, at: &str) {
    let holding = text.lines().filter(|line| line.contains(at));
    if holding.count() != 1 {
        table.error(rule, format!("exactly one line of the text holds `{at}`"));
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
            Some(mutation) if mutations.contains(&mutation) => inner.error_at(
                "artifact",
                word.span.clone(),
                format!("`{}` is named twice", word.value),
            ),
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
    // One paragraph, however it is broken in the file.
    let words = table.need_text("why").value;
    let why = words.split_whitespace().collect::<Vec<_>>().join(" ");
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::course::diagnostic::SourceText;
    use crate::course::table::Reading;

    fn reading(text: &str) -> (Inspect, Vec<String>) {
        let source = SourceText {
            name: "quizzes/deck.toml".to_owned(),
            text: text.to_owned(),
        };
        let reading = Reading::of(&source);
        let mut table = reading.whole();
        let read = inspect(&mut table);
        table.finish();
        let problems = reading.into_problems().into_iter();
        (read, problems.map(|one| one.message).collect())
    }

    const FAULT: &str = "says = \"s\"\nfix = \"f\"\nharm = \"h\"\n";

    #[test]
    fn a_page_of_an_account_names_its_faults_after_the_mutations() {
        let (read, problems) = reading(&format!(
            "artifact = {{ mutate = [\"no-grace\"] }}\n[[fault]]\nid = \"no-grace\"\n{FAULT}"
        ));
        assert_eq!(problems, Vec::<String>::new());
        assert_eq!(read.artifact, Artifact::Account(vec![Mutation::NoGrace]));
        let (_, problems) = reading(&format!(
            "artifact = {{ mutate = [\"no-grace\"] }}\n[[fault]]\nid = \"pin-latest\"\n{FAULT}"
        ));
        assert!(
            problems.iter().any(|one| one.contains("pin-latest")),
            "{problems:?}"
        );
        assert!(
            problems.iter().any(|one| one.contains("id = \"no-grace\"")),
            "{problems:?}"
        );
    }

    #[test]
    fn what_is_said_twice_or_in_the_wrong_place_is_an_error() {
        let (read, problems) = reading(&format!(
            "artifact = {{ mutate = [\"no-grace\", \"no-grace\"] }}\n[[fault]]\nid = \"no-grace\"\nat = \"x\"\n{FAULT}[[fault]]\nid = \"no-grace\"\n{FAULT}"
        ));
        assert_eq!(read.artifact, Artifact::Account(vec![Mutation::NoGrace]));
        for part in [
            "named twice",
            "no `at` here",
            "two faults are called `no-grace`",
        ] {
            assert!(
                problems.iter().any(|one| one.contains(part)),
                "{part}: {problems:?}"
            );
        }
    }

    #[test]
    fn words_of_a_fault_or_decoy_stand_on_one_line_of_the_text() {
        let text = "artifact = { text = \"one two\\nthree two\" }\n";
        let decoy = "[[decoy]]\nat = \"two\"\nwhy = \"w\"\n";
        let (_, problems) = reading(&format!(
            "{text}[[fault]]\nid = \"a\"\nat = \"three\"\n{FAULT}"
        ));
        assert_eq!(problems, Vec::<String>::new());
        let (_, problems) = reading(&format!(
            "{text}[[fault]]\nid = \"a\"\nat = \"four\"\n{FAULT}{decoy}"
        ));
        assert_eq!(
            problems,
            [
                "exactly one line of the text holds `four`",
                "exactly one line of the text holds `two`"
            ]
        );
    }

    #[test]
    fn the_reason_of_a_value_is_one_paragraph() {
        let source = SourceText {
            name: "quizzes/deck.toml".to_owned(),
            text: "key = { account = \"ecs:DescribeServices\", path = \"desiredCount\" }\nwhy = \"\"\"\na\nb\"\"\"".to_owned(),
        };
        let reading = Reading::of(&source);
        let read = predict(&mut reading.whole());
        assert_eq!(
            (read.why.as_str(), read.key),
            ("a b", PredictKey::DesiredCount)
        );
    }
}
