//! What was recorded of the finished account.

use landfall::account::{Chapter, Workplace};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::OnceLock;

/// Stands for the stub's own address in the answers.
const ENDPOINT: &str = "{endpoint}";

/// What a finished account is asked only when something else could not be read; shaped as AWS's reference has it.
const ON_OCCASION: &[(&str, &str)] = &[(
    "iam:SimulatePrincipalPolicy",
    "../answers/iam/SimulatePrincipalPolicy.xml",
)];

/// One answer, and the question it belongs to.
#[derive(Debug, Deserialize)]
struct Recorded {
    /// `iam:GetPolicy`.
    call: String,
    /// Pieces of the question that tell it from others to the same call.
    when: Vec<String>,
    file: String,
    #[serde(skip)]
    body: String,
}

#[derive(Debug, Deserialize)]
struct List {
    answer: Vec<Recorded>,
}

/// What a look needs besides AWS's answers.
#[derive(Debug, Deserialize)]
pub struct Kept {
    pub attested: BTreeSet<String>,
    pub chapter: Chapter,
    pub collected_at: jiff::Timestamp,
    pub workplace: Workplace,
}

fn folder() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/recorded"))
}

/// A file, seen from `tests/recorded`.
pub fn read(file: &str) -> String {
    std::fs::read_to_string(folder().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

fn answers() -> &'static BTreeMap<String, Vec<Recorded>> {
    static ANSWERS: OnceLock<BTreeMap<String, Vec<Recorded>>> = OnceLock::new();
    ANSWERS.get_or_init(|| {
        let list: List = toml::from_str(&read("answers.toml")).unwrap();
        let mut all: BTreeMap<String, Vec<Recorded>> = BTreeMap::new();
        for (call, file) in ON_OCCASION {
            all.insert(
                (*call).to_owned(),
                vec![Recorded {
                    call: (*call).to_owned(),
                    when: Vec::new(),
                    file: (*file).to_owned(),
                    body: read(file),
                }],
            );
        }
        for mut recorded in list.answer {
            recorded.body = read(&recorded.file);
            all.entry(recorded.call.clone()).or_default().push(recorded);
        }
        all
    })
}

/// The names, the learner's confirmations and machine, and when the answers were true.
pub fn kept() -> &'static Kept {
    static KEPT: OnceLock<Kept> = OnceLock::new();
    KEPT.get_or_init(|| serde_json::from_str(&read("look.json")).unwrap())
}

/// When the answers were recorded: what depends on the time is judged as of then.
pub fn recorded_at() -> jiff::Timestamp {
    kept().collected_at
}

/// The recorded answer to a question, with its content type.
pub fn answer(call: &str, asked: &str, endpoint: &str) -> Option<(&'static str, String)> {
    let recorded = answers()
        .get(call)?
        .iter()
        .find(|one| one.when.iter().all(|piece| asked.contains(piece)))?;
    let kind = match recorded.file.rsplit('.').next() {
        Some("json") => "application/x-amz-json-1.1",
        Some("xml") => "text/xml",
        _ => "application/octet-stream",
    };
    Some((kind, recorded.body.replace(ENDPOINT, endpoint)))
}
