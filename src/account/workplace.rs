//! What lies on the learner's machine, and what their own endpoint answers. Part of the snapshot, so that a saved
//! one can be judged anywhere.

use super::Architecture;
use super::fact::Fact;
use super::ids::RevisionArn;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::net::IpAddr;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Workplace {
    pub definition_file: Fact<DefinitionFile>,
    pub git: Fact<Git>,
    /// The host in DNS; `Absent` = the name has no record.
    pub dns: Fact<DnsAnswer>,
    /// CNAME values by record name, for certificate validation; `Absent` = DNS does not show it.
    pub validation_records: BTreeMap<String, Fact<Vec<String>>>,
    pub endpoint: Fact<EndpointAnswer>,
}

/// The task definition in the learner's repository, compared in the collector: differences name keys only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DefinitionFile {
    /// Relative to the app's root.
    pub path: String,
    pub readable: FileState,
    pub architecture: Option<Architecture>,
    /// Keys whose value is still a placeholder (`<...>`, `${...}`).
    pub placeholders: Vec<String>,
    /// Wrapped in `{"taskDefinition": ...}`, as the console and the CLI print it.
    pub wrapped: bool,
    /// Keys that only AWS writes (`revision`, `registeredAt`...): `register-task-definition` refuses them.
    #[serde(default)]
    pub added_by_aws: Vec<String>,
    /// Names that stand both in a container's variables and among its secrets: AWS refuses that.
    #[serde(default)]
    pub twice: Vec<String>,
    #[serde(default)]
    pub encoding: Encoding,
    /// Against each revision that was read.
    pub compared: BTreeMap<RevisionArn, Comparison>,
    pub tracked: Fact<Tracked>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileState {
    Parsed,
    /// With line and column, without the file's text.
    NotJson {
        line: u32,
        column: u32,
        /// What it looks like, where that can be seen.
        #[serde(default)]
        looks_like: JsonTrouble,
    },
    /// JSON, but no task definition.
    NotADefinition,
    /// Several files could be meant: none lies at the configured path, and these have its name.
    Several(Vec<String>),
}

/// What commonly makes a file no JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum JsonTrouble {
    /// There is nothing in it.
    Empty,
    /// `//` or `#`: JSON knows no comments.
    Comment,
    /// A comma before `]` or `}`.
    TrailingComma,
    #[default]
    Other,
}

/// How the file's text is written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Encoding {
    #[default]
    Utf8,
    /// UTF-8 that begins with a byte order mark, which the `aws` command line takes for broken JSON.
    Utf8WithMark,
    /// UTF-16, as `>` writes it in Windows PowerShell 5.
    Utf16,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Comparison {
    Equal,
    Differs(Vec<Difference>),
}

/// One place in which file and revision differ: a key, never a value.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(from = "WrittenDifference")]
pub struct Difference {
    /// In dotted form: `containerDefinitions.api.image`.
    pub key: String,
    pub side: Side,
}

/// Where a key stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// On both sides, with different values.
    Both,
    OnlyInFile,
    OnlyRegistered,
}

/// Snapshots saved by earlier versions hold the key alone.
#[derive(Deserialize)]
#[serde(untagged)]
enum WrittenDifference {
    Key(String),
    Whole { key: String, side: Side },
}

impl From<WrittenDifference> for Difference {
    fn from(written: WrittenDifference) -> Self {
        match written {
            WrittenDifference::Key(key) => Difference::from(key),
            WrittenDifference::Whole { key, side } => Difference { key, side },
        }
    }
}

impl From<String> for Difference {
    /// Different values on both sides.
    fn from(key: String) -> Self {
        Difference {
            key,
            side: Side::Both,
        }
    }
}

impl From<&str> for Difference {
    fn from(key: &str) -> Self {
        Difference::from(key.to_owned())
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tracked {
    Clean,
    Changed,
    Untracked,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Git {
    /// The commit that HEAD names, 40 hex digits; `None` before the first commit.
    pub head: Option<String>,
    /// For each tag of the chapter's repository that looks like a commit: is it one here?
    pub known: BTreeMap<String, bool>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DnsAnswer {
    pub host: String,
    /// The chain of names it leads to, without the final dot.
    pub aliases: Vec<String>,
    pub addresses: Vec<IpAddr>,
    /// What the balancer's own name resolves to, for alias records.
    pub balancer_addresses: Vec<IpAddr>,
}

/// What one GET of the health path gave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EndpointAnswer {
    pub url: String,
    pub outcome: EndpointOutcome,
    pub milliseconds: u64,
}

impl EndpointAnswer {
    /// No answer came, and the name is not why.
    pub const fn is_not_reached(&self) -> bool {
        matches!(
            self.outcome,
            EndpointOutcome::NoConnection | EndpointOutcome::NoAnswer
        )
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EndpointOutcome {
    Status(u16),
    /// The name did not resolve.
    NoName,
    /// Refused, unreachable, or no connection in time.
    NoConnection,
    /// Connected, no answer within the time allowed.
    NoAnswer,
    /// TLS refused the certificate, which is not one for this name; the reason in words.
    Certificate(String),
    /// TLS refused the certificate for a reason that may lie on this machine (its clock, its authorities, somebody in
    /// between who opens TLS); the reason in words.
    Untrusted(String),
    /// Cut off in the middle.
    Closed,
}
