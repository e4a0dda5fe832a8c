//! What the learner answered when several things could have been theirs.

use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The answers, by the key that names such a thing in `landfall.toml` (`database.instance`).
pub type ChosenByKey = BTreeMap<String, Chosen>;

/// One answer. It counts only where relation and configured name leave the matter open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Chosen {
    /// That one, by name or id.
    This(String),
    /// None of these: what is the learner's own is not built yet. One that comes later was not meant by this answer.
    NoneOf(BTreeSet<String>),
}
