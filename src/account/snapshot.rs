//! One look at the account and the workplace.

use super::*;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Everything that was read, at one time, in one account and region. The real account, the practice account, a saved
/// file and a test fixture all give this type; checks know nothing else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    /// The version of this layout; see [`Snapshot::SCHEMA`].
    pub schema: u32,
    pub source: Source,
    pub collected_at: Timestamp,
    pub region: Region,
    /// Which setting the region came from, in words: `--region`, `AWS_REGION`, `landfall.toml`, `profile`, `course`.
    pub region_from: String,
    pub seen_by: SeenBy,
    /// The names and numbers that this look was taken with.
    pub chapter: Chapter,
    pub caller: Fact<Caller>,
    pub root_account: Fact<AccountSummary>,
    pub user: Fact<User>,
    pub budgets: Fact<Vec<Budget>>,
    /// By repository name; the chapter's own is always among them.
    pub repositories: BTreeMap<String, RepositoryFacts>,
    pub network: Network,
    pub databases: Fact<Vec<DatabaseInstance>>,
    pub database_clusters: Fact<Vec<DatabaseCluster>>,
    pub database_subnet_groups: Fact<Vec<SubnetGroup>>,
    pub cache_nodes: Fact<Vec<CacheNode>>,
    pub replication_groups: Fact<Vec<ReplicationGroup>>,
    pub serverless_caches: Fact<Vec<ServerlessCache>>,
    pub cache_subnet_groups: Fact<Vec<SubnetGroup>>,
    /// All parameters of the region, by name and kind.
    pub parameters: Fact<Vec<Parameter>>,
    /// Secrets Manager secrets that a task definition names, by the text that names them.
    pub secrets: BTreeMap<String, Fact<Secret>>,
    /// Those whose name begins with the chapter's or a definition's group.
    pub log_groups: Fact<Vec<LogGroup>>,
    pub balancers: Fact<Vec<Balancer>>,
    pub target_groups: Fact<Vec<TargetGroup>>,
    pub certificates: Fact<Vec<Certificate>>,
    pub cluster: Fact<Cluster>,
    pub service: Fact<Service>,
    /// ACTIVE revisions of the family, newest first.
    pub revisions: Fact<Vec<RevisionArn>>,
    /// Those that were read: the newest, and the one the service runs.
    pub definitions: BTreeMap<RevisionArn, Fact<TaskDefinition>>,
    /// Tasks of the service that run or are about to.
    pub tasks: Fact<Vec<Task>>,
    /// Tasks of the service that stopped in the last hour.
    pub stopped_tasks: Fact<Vec<Task>>,
    /// The last words of containers that ended by themselves, one entry per stream that was asked for; read only when
    /// tasks do not stay up. Absent = there is no such stream, or no such group, or nothing is sent to CloudWatch; a
    /// stream that is missing here while others are there could not be read or does not exist.
    #[serde(default = "Fact::not_asked")]
    pub log_tails: Fact<Vec<LogTail>>,
    /// By name or ARN as asked for: the chapter's execution role, the definition's roles.
    pub roles: BTreeMap<String, Fact<Role>>,
    pub workplace: Workplace,
    pub leftovers: Fact<Leftovers>,
    /// The chapter's names seen in other regions; looked for only when nothing is here.
    pub elsewhere: Fact<Vec<Sighting>>,
}

/// Where a snapshot comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    Aws,
    Practice,
    /// A saved file: what it was taken from is not vouched for.
    Snapshot,
}

/// Through whose eyes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SeenBy {
    Learner,
    /// Through an instructor's role: the caller is not the learner.
    Instructor,
}

impl Snapshot {
    /// Raised when the layout changes in a way that older files cannot be read.
    pub const SCHEMA: u32 = 1;

    /// A look at nothing: every fact "not asked".
    pub fn blank(
        source: Source,
        chapter: Chapter,
        region: Region,
        collected_at: Timestamp,
    ) -> Self {
        Snapshot {
            schema: Self::SCHEMA,
            source,
            collected_at,
            region,
            region_from: "course".to_owned(),
            seen_by: SeenBy::Learner,
            chapter,
            caller: Fact::not_asked(),
            root_account: Fact::not_asked(),
            user: Fact::not_asked(),
            budgets: Fact::not_asked(),
            repositories: BTreeMap::new(),
            network: Network {
                vpcs: Fact::not_asked(),
                subnets: Fact::not_asked(),
                route_tables: Fact::not_asked(),
                groups: Fact::not_asked(),
                endpoints: Fact::not_asked(),
                nat_gateways: Fact::not_asked(),
                prefix_lists: BTreeMap::new(),
                acls: Fact::not_asked(),
                dns: BTreeMap::new(),
                interfaces: Fact::not_asked(),
            },
            databases: Fact::not_asked(),
            database_clusters: Fact::not_asked(),
            database_subnet_groups: Fact::not_asked(),
            cache_nodes: Fact::not_asked(),
            replication_groups: Fact::not_asked(),
            serverless_caches: Fact::not_asked(),
            cache_subnet_groups: Fact::not_asked(),
            parameters: Fact::not_asked(),
            secrets: BTreeMap::new(),
            log_groups: Fact::not_asked(),
            balancers: Fact::not_asked(),
            target_groups: Fact::not_asked(),
            certificates: Fact::not_asked(),
            cluster: Fact::not_asked(),
            service: Fact::not_asked(),
            revisions: Fact::not_asked(),
            definitions: BTreeMap::new(),
            tasks: Fact::not_asked(),
            stopped_tasks: Fact::not_asked(),
            log_tails: Fact::not_asked(),
            roles: BTreeMap::new(),
            workplace: Workplace {
                definition_file: Fact::not_asked(),
                git: Fact::not_asked(),
                dns: Fact::not_asked(),
                validation_records: BTreeMap::new(),
                endpoint: Fact::not_asked(),
            },
            leftovers: Fact::not_asked(),
            elsewhere: Fact::not_asked(),
        }
    }

    /// The account's number, if the caller could be read.
    pub fn account(&self) -> Option<&AccountId> {
        self.caller.present().map(|caller| &caller.account)
    }
}
