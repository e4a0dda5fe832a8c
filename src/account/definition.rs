//! Task definitions. Values of variables, commands and labels are classes, never text: see `value`.

use super::Architecture;
use super::ids::{Arn, RevisionArn};
use super::value::{CommandWords, ValueClass};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::fmt;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskDefinition {
    pub arn: RevisionArn,
    /// `ACTIVE`, `INACTIVE`, `DELETE_IN_PROGRESS`.
    pub status: String,
    /// What AWS found it fit for: `FARGATE`, `EC2`.
    pub compatibilities: Vec<String>,
    pub requires: Vec<String>,
    pub network_mode: Option<String>,
    /// CPU units.
    pub cpu: Option<String>,
    /// MiB.
    pub memory: Option<String>,
    /// `None` = not written, which means X86_64.
    pub architecture: Option<Architecture>,
    pub os_family: Option<String>,
    pub execution_role: Option<Arn>,
    pub task_role: Option<Arn>,
    pub containers: Vec<Container>,
    pub volumes: Vec<Volume>,
    pub ephemeral_gib: Option<u32>,
    pub registered_at: Option<Timestamp>,
    /// Host names of the account's own databases and caches that its environment names.
    #[serde(default)]
    pub connects_to: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Container {
    pub name: String,
    /// As written: `REGISTRY/NAME:TAG` or `...@sha256:...`.
    pub image: String,
    pub essential: bool,
    pub ports: Vec<PortMapping>,
    pub environment: Vec<Variable>,
    pub secrets: Vec<SecretReference>,
    /// How many files of variables it reads from S3.
    pub environment_files: u32,
    pub command: CommandWords,
    pub entry_point: CommandWords,
    pub labels: Vec<Variable>,
    pub health_check: Option<ContainerHealthCheck>,
    pub logs: Option<LogSettings>,
    /// Names of the volumes it mounts.
    pub mounts: Vec<String>,
}

impl Container {
    /// All that ECS fetches for it before it starts: its own secrets and those of its log driver.
    pub fn all_secrets(&self) -> impl Iterator<Item = &SecretReference> + Clone {
        let of_logs = self.logs.iter().flat_map(|logs| &logs.secret_options);
        self.secrets.iter().chain(of_logs)
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PortMapping {
    /// The port, or the first one of a range.
    pub container: u16,
    /// The last one of a range (`containerPortRange`); `None` = one port.
    #[serde(default)]
    pub last: Option<u16>,
    pub protocol: String,
}

impl PortMapping {
    /// Whether it maps that port.
    pub fn holds(&self, port: u16) -> bool {
        (self.container..=self.last.unwrap_or(self.container)).contains(&port)
    }
}

impl fmt::Display for PortMapping {
    /// `8000/tcp`, `8000-8010/tcp`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.container)?;
        if let Some(last) = self.last {
            write!(f, "-{last}")?;
        }
        write!(f, "/{}", self.protocol)
    }
}

/// A list of names and values in a container.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listed {
    /// `environment`.
    Environment,
    /// `dockerLabels`.
    Labels,
    /// `logConfiguration.options`.
    LogOptions,
}

/// A name with the class of its value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Variable {
    pub name: String,
    pub class: ValueClass,
    /// Equal to the value in the learner's task definition file; `None` without such a file or entry.
    pub same_as_file: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecretReference {
    pub name: String,
    /// An ARN or a parameter's name: where the value is, not the value.
    pub value_from: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContainerHealthCheck {
    pub words: CommandWords,
    pub interval_seconds: u32,
    pub timeout_seconds: u32,
    pub retries: u32,
    pub start_period_seconds: Option<u32>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogSettings {
    /// `awslogs`...
    pub driver: String,
    pub group: Option<String>,
    pub region: Option<String>,
    pub stream_prefix: Option<String>,
    pub creates_group: bool,
    /// All other options, by name and class of value: of a driver such as Splunk's one is a token.
    #[serde(default)]
    pub options: Vec<Variable>,
    /// Options whose value is kept elsewhere (`secretOptions`).
    #[serde(default)]
    pub secret_options: Vec<SecretReference>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Volume {
    pub name: String,
    pub kind: VolumeKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VolumeKind {
    /// Gone with the task.
    Ephemeral,
    /// EFS, EBS, FSx, a host path: outlives the task.
    Lasting,
}
