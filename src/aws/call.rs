//! What a call is. A call is declared once, as data; the declaration is the allow-list, the printed policy and the call
//! log's vocabulary at the same time, so that they cannot drift apart.

use super::endpoint::ServiceId;
use crate::account::Area;
use std::collections::BTreeSet;

/// One read-only call.
#[derive(Debug)]
pub struct Call {
    pub service: ServiceId,
    pub operation: &'static str,
    pub protocol: Protocol,
    /// What IAM must allow: `rds:DescribeDBInstances`.
    pub action: &'static str,
    /// Names of the inputs we send, as they stand on the wire; an undeclared one is an error before anything is sent.
    pub takes: &'static [&'static str],
    pub paging: Paging,
    /// The parts of the snapshot that are read with it, directly or because they wait for another part.
    pub areas: &'static [Area],
    /// Parts that have to be read in the same look: they tell what to ask for, or whether to ask at all.
    pub with: &'static [Area],
    /// What the printed policy allows it on.
    pub scope: Scope,
}

/// How a service wants to be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protocol {
    /// awsQuery: a form, answered in XML inside `<OperationResult>`.
    Query { version: &'static str },
    /// ec2Query: a form, answered in XML without that wrapper.
    Ec2Query { version: &'static str },
    /// awsJson 1.1: JSON both ways, the operation in `X-Amz-Target`.
    Json { target: &'static str },
    /// Through the service's own SDK crate.
    Sdk,
}

/// How a long answer goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paging {
    Whole,
    /// The token of one answer is the named input of the next question.
    Token(&'static str),
}

/// What the printed policy allows a call on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    Everything,
    /// Only the chapter's log groups: log lines may hold anything.
    ChapterLogs,
}

impl Call {
    /// The call as evidence names it: `ec2:DescribeSecurityGroups`.
    pub fn api(&self) -> String {
        format!("{}:{}", self.service.prefix(), self.operation)
    }

    /// Whether a look at these areas may make it.
    pub fn is_made_for(&self, areas: &BTreeSet<Area>) -> bool {
        self.areas.iter().any(|area| areas.contains(area))
            && self.with.iter().all(|area| areas.contains(area))
    }

    /// Whether it is made only when leftovers are looked for.
    pub fn is_for_leftovers_only(&self) -> bool {
        self.areas.iter().all(|area| *area == Area::Leftovers)
    }
}
