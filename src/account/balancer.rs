//! Load balancers, listeners and target groups.

use super::fact::Fact;
use super::ids::{Arn, GroupId, SubnetId, VpcId, Zone};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Balancer {
    pub arn: Arn,
    pub name: String,
    pub dns_name: String,
    pub internet_facing: bool,
    /// `application`, `network`, `gateway`.
    pub kind: String,
    /// `provisioning`, `active`, `active_impaired`, `failed`.
    pub state: String,
    pub state_reason: Option<String>,
    pub vpc: VpcId,
    pub zones: Vec<BalancerZone>,
    pub groups: Vec<GroupId>,
    pub hosted_zone: Option<String>,
    /// `ipv4`, `dualstack`...
    pub address_type: String,
    pub created_at: Option<Timestamp>,
    pub listeners: Fact<Vec<Listener>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BalancerZone {
    pub zone: Zone,
    pub subnet: SubnetId,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listener {
    pub arn: Arn,
    pub port: u16,
    /// `HTTP`, `HTTPS`.
    pub protocol: String,
    pub default_actions: Vec<Action>,
    /// Rules besides the default one, in order of priority.
    pub rules: Fact<Vec<ListenerRule>>,
    /// The default certificate and those for other names (SNI).
    pub certificates: Fact<Vec<Arn>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListenerRule {
    pub priority: String,
    /// `field: value, value`, for people; an empty list matches everything.
    pub conditions: Vec<RuleCondition>,
    pub actions: Vec<Action>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleCondition {
    /// `path-pattern`, `host-header`...
    pub field: String,
    pub values: Vec<String>,
    /// Regular expressions, where the rule has such instead of values.
    #[serde(default)]
    pub patterns: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// To these target groups, with their weights.
    Forward(Vec<Weighted>),
    Redirect {
        protocol: String,
        port: String,
        status: String,
        /// `#{host}` = the one that was asked.
        #[serde(default = "same_host")]
        host: String,
    },
    FixedResponse {
        status: String,
    },
    Other(String),
}

/// AWS's placeholder for the host that was asked.
fn same_host() -> String {
    "#{host}".to_owned()
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Weighted {
    pub target_group: Arn,
    pub weight: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TargetGroup {
    pub arn: Arn,
    pub name: String,
    /// `ip`, `instance`, `lambda`, `alb`.
    pub target_type: String,
    pub protocol: Option<String>,
    /// `HTTP1`, `HTTP2`, `GRPC`; never changes once the group exists.
    #[serde(default)]
    pub protocol_version: Option<String>,
    pub port: Option<u16>,
    pub vpc: Option<VpcId>,
    pub health: HealthSettings,
    /// The balancers whose listeners forward to it.
    pub balancers: Vec<Arn>,
    /// Asked for the chapter's target groups only.
    pub targets: Fact<Vec<Target>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HealthSettings {
    pub path: Option<String>,
    /// `traffic-port` or a number.
    pub port: String,
    pub protocol: String,
    /// HTTP codes that count as healthy: `200`, `200-299`, `200,301`.
    pub matcher: Option<String>,
    pub interval_seconds: u32,
    pub timeout_seconds: u32,
    pub healthy_threshold: u32,
    pub unhealthy_threshold: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// The task's address.
    pub id: String,
    pub port: Option<u16>,
    pub zone: Option<Zone>,
    /// `healthy`, `unhealthy`, `initial`, `draining`, `unused`, `unavailable`, `unhealthy.draining`.
    pub state: String,
    /// `Target.ResponseCodeMismatch`...
    pub reason: Option<String>,
    pub description: Option<String>,
}

impl Target {
    /// On its way out: replaced, and no longer asked.
    pub fn is_leaving(&self) -> bool {
        matches!(self.state.as_str(), "draining" | "unhealthy.draining")
    }
}
