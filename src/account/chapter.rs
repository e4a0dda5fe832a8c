//! The chapter's names and numbers: the course's defaults, with the learner's `landfall.toml` laid over them.
//! What is judged and what is only a default: `checks`.

use super::chosen::ChosenByKey;
use super::ids::Region;
use serde::{Deserialize, Serialize};

/// What the chapter calls its resources, and what it asks of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Chapter {
    pub region: Region,
    /// The IAM user for daily work.
    pub user: String,
    /// ECR repository.
    pub repository: String,
    /// The release that the lessons push (`v1.0.0`).
    pub version: String,
    pub architecture: Architecture,
    /// Whether the architecture was stated by the learner; otherwise their task definition file decides first.
    #[serde(default)]
    pub architecture_stated: bool,
    /// Without one there is no HTTPS: certificate and DNS checks are skipped.
    pub has_domain: bool,
    pub host: String,
    /// The port the app listens on.
    pub port: u16,
    pub health_path: String,
    /// The chapter's VPC by id; the default VPC unless named.
    #[serde(default)]
    pub vpc: Option<super::VpcId>,
    /// Relative to the app's root.
    pub definition_file: String,
    pub log_group: String,
    pub execution_role: String,
    /// The service runs at least this many tasks.
    pub desired_count: u32,
    /// The learner's own endpoint, when it is not the host or the balancer's name.
    #[serde(default)]
    pub endpoint_url: Option<String>,
    /// What the learner answered when several things could have been theirs.
    #[serde(default, skip_serializing_if = "ChosenByKey::is_empty")]
    pub chosen: ChosenByKey,
    pub database: DatabaseNames,
    pub cache: CacheNames,
    pub parameters: ParameterNames,
    pub groups: GroupNames,
    pub balancer: BalancerNames,
    pub service: ServiceNames,
    pub budget: BudgetNames,
}

/// The processor the tasks run on, as ECS spells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Architecture {
    #[serde(rename = "X86_64", alias = "x86_64", alias = "amd64")]
    X86_64,
    #[serde(rename = "ARM64", alias = "arm64")]
    Arm64,
}

impl Architecture {
    /// As image manifests spell it.
    pub const fn in_images(self) -> &'static str {
        match self {
            Architecture::X86_64 => "amd64",
            Architecture::Arm64 => "arm64",
        }
    }

    /// As ECS spells it.
    pub const fn in_ecs(self) -> &'static str {
        match self {
            Architecture::X86_64 => "X86_64",
            Architecture::Arm64 => "ARM64",
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DatabaseNames {
    pub instance: String,
    pub subnet_group: String,
    /// The database inside the instance.
    pub name: String,
    pub class: String,
    /// Automatic backups are kept at least this long.
    pub backup_days: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CacheNames {
    pub id: String,
    pub subnet_group: String,
    pub class: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ParameterNames {
    pub database_url: String,
    pub redis_url: String,
}

/// The four security groups.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GroupNames {
    pub alb: String,
    pub tasks: String,
    pub database: String,
    pub cache: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BalancerNames {
    pub name: String,
    pub target_group: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServiceNames {
    pub cluster: String,
    pub family: String,
    pub service: String,
    pub grace_seconds: u32,
    /// CPU units (256 = a quarter of a vCPU).
    pub cpu: u32,
    /// MiB.
    pub memory: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BudgetNames {
    pub name: String,
}
