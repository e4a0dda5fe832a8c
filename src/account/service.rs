//! ECS: cluster, service, deployments, tasks.

use super::fact::Fact;
use super::ids::{Arn, Digest, GroupId, RevisionArn, SubnetId, Zone};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cluster {
    pub arn: Arn,
    pub name: String,
    /// `ACTIVE`, `INACTIVE`, `PROVISIONING`...
    pub status: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Service {
    pub arn: Arn,
    pub name: String,
    /// `ACTIVE`, `DRAINING`, `INACTIVE`.
    pub status: String,
    /// Left out by AWS when a capacity provider strategy is used.
    pub launch_type: Option<String>,
    pub capacity_providers: Vec<String>,
    pub definition: RevisionArn,
    pub desired: u32,
    pub running: u32,
    pub pending: u32,
    /// 0 when it was never set.
    pub grace_seconds: u32,
    pub target_groups: Vec<ServiceTarget>,
    pub subnets: Vec<SubnetId>,
    /// Empty = the VPC's default group.
    pub groups: Vec<GroupId>,
    pub public_address: bool,
    pub minimum_healthy_percent: Option<u32>,
    pub maximum_percent: Option<u32>,
    pub circuit_breaker: Option<CircuitBreaker>,
    /// `ECS`, `CODE_DEPLOY`, `EXTERNAL`.
    pub controller: String,
    pub created_at: Option<Timestamp>,
    pub deployments: Vec<Deployment>,
    /// Newest first, the last hundred that AWS keeps.
    pub events: Vec<ServiceEvent>,
    /// `ListServiceDeployments`, newest first.
    pub history: Fact<Vec<ServiceDeployment>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CircuitBreaker {
    pub enabled: bool,
    pub rolls_back: bool,
}

/// Where the service registers its tasks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceTarget {
    pub target_group: Arn,
    /// The second group of a blue/green service, empty by rights.
    pub alternate: Option<Arn>,
    pub container: String,
    pub port: u16,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deployment {
    pub id: String,
    /// `PRIMARY`, `ACTIVE`, `INACTIVE`.
    pub status: String,
    pub definition: RevisionArn,
    /// `COMPLETED`, `IN_PROGRESS`, `FAILED`.
    pub rollout: Option<String>,
    pub rollout_reason: Option<String>,
    pub desired: u32,
    pub running: u32,
    pub pending: u32,
    pub failed: u32,
    pub created_at: Option<Timestamp>,
    pub updated_at: Option<Timestamp>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceEvent {
    pub id: String,
    pub at: Option<Timestamp>,
    pub message: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceDeployment {
    pub arn: Arn,
    /// `SUCCESSFUL`, `IN_PROGRESS`, `ROLLBACK_SUCCESSFUL`...
    pub status: String,
    pub status_reason: Option<String>,
    /// The revision it brought out, when it could be read.
    pub definition: Option<RevisionArn>,
    pub images: Vec<DeployedImage>,
    pub created_at: Option<Timestamp>,
    pub finished_at: Option<Timestamp>,
}

/// What a tag was resolved to when a deployment began.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeployedImage {
    pub container: String,
    pub image: String,
    pub digest: Option<Digest>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    pub id: String,
    pub definition: RevisionArn,
    /// `RUNNING`, `PENDING`, `STOPPED`...
    pub last_status: String,
    pub health: Option<String>,
    pub zone: Option<Zone>,
    /// Private addresses.
    pub addresses: Vec<String>,
    pub created_at: Option<Timestamp>,
    pub started_at: Option<Timestamp>,
    pub stopped_at: Option<Timestamp>,
    pub pull_started_at: Option<Timestamp>,
    pub pull_stopped_at: Option<Timestamp>,
    /// `TaskFailedToStart`, `EssentialContainerExited`...
    pub stop_code: Option<String>,
    pub stopped_reason: Option<String>,
    pub containers: Vec<TaskContainer>,
    /// The last look at which AWS still showed it, when this look no longer did: remembered, not read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remembered_at: Option<Timestamp>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskContainer {
    pub name: String,
    pub exit_code: Option<i32>,
    pub reason: Option<String>,
    pub image_digest: Option<Digest>,
    pub health: Option<String>,
}
