//! IAM policies and roles, reduced to what decides whether something is allowed.

use super::fact::Fact;
use super::ids::Arn;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A policy on a user, on one of its groups, or on a role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttachedPolicy {
    pub name: String,
    /// `None` for an inline policy.
    pub arn: Option<Arn>,
    /// The group it came through.
    pub through_group: Option<String>,
    pub document: Fact<PolicyDocument>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PolicyDocument {
    pub statements: Vec<Statement>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    pub effect: Effect,
    /// As written, wildcards included.
    pub actions: Named,
    pub resources: Named,
    pub has_condition: bool,
    /// Who a trust policy admits: service names and ARNs; empty in other policies.
    #[serde(default)]
    pub principals: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    Allow,
    Deny,
}

/// `Action` or `NotAction`, `Resource` or `NotResource`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Named {
    These(Vec<String>),
    AllBut(Vec<String>),
}

/// A role a task may run under.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Role {
    pub name: String,
    pub arn: Arn,
    pub created_at: Option<Timestamp>,
    pub trust: PolicyDocument,
    pub boundary: Option<Arn>,
    pub policies: Fact<Vec<AttachedPolicy>>,
    /// What `iam:SimulatePrincipalPolicy` said, for the questions that were put to it.
    pub simulated: Vec<Simulated>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Simulated {
    /// `ssm:GetParameters`.
    pub action: String,
    /// An ARN, or `*`.
    pub resource: String,
    pub decision: Fact<Decision>,
    /// Keys of conditions (`kms:ViaService`) whose values the simulator would have needed and was not told.
    #[serde(default)]
    pub unknown_keys: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    Allowed,
    /// No statement allows it.
    NotAllowed,
    ExplicitlyDenied,
    /// The organisation's service control policies stand in the way.
    DeniedByOrganisation,
    DeniedByBoundary,
}
