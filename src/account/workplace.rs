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
    },
    /// JSON, but no task definition.
    NotADefinition,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Comparison {
    Equal,
    /// Keys that differ, in dotted form: `containerDefinitions.api.image`.
    Differs(Vec<String>),
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
