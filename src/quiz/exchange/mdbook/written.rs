//! A deck as it is written: TOML that our own loader reads.

use serde::Serialize;
use toml::value::Datetime;

#[derive(Serialize)]
pub(super) struct DeckFile {
    pub schema: u8,
    pub deck: String,
    pub title: String,
    pub question: Vec<QuestionTable>,
}

#[derive(Serialize)]
pub(super) struct QuestionTable {
    pub id: String,
    pub kind: &'static str,
    pub level: &'static str,
    pub prompt: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shuffle: Option<bool>,
    pub facts: FactsTable,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub option: Vec<OptionTable>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub blank: Vec<BlankTable>,
}

#[derive(Serialize, Clone)]
pub(super) struct FactsTable {
    pub checked: Datetime,
    pub cite: Vec<String>,
}

#[derive(Serialize)]
pub(super) struct OptionTable {
    pub id: String,
    pub text: String,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub right: bool,
    pub why: String,
}

#[derive(Serialize)]
pub(super) struct BlankTable {
    pub id: String,
    pub accept: Vec<String>,
    pub exact: bool,
}
