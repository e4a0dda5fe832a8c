//! Which of the account's resources the checks mean, for those who compare two looks.

use super::discovery::groups::{self, Tier};
use super::discovery::{balancer, cache, certificate, database, definition, target_group, vpc};
use super::stack::Stack;
use crate::account::{Arn, GroupId, RevisionArn, Snapshot, VpcId};
use std::collections::BTreeSet;

/// Found by the checks' own rules; what is not there or cannot be told is left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Subjects {
    pub vpc: Option<VpcId>,
    /// The instance's or the cluster's id.
    pub database: Option<String>,
    /// The node's, the replication group's or the serverless cache's name.
    pub cache: Option<String>,
    pub balancer: Option<Arn>,
    pub target_group: Option<Arn>,
    /// Those that cover the learner's host.
    pub certificates: Vec<Arn>,
    /// The service's, before that the newest.
    pub definition: Option<RevisionArn>,
    pub balancer_groups: Vec<GroupId>,
    pub task_groups: Vec<GroupId>,
    pub database_groups: Vec<GroupId>,
    pub cache_groups: Vec<GroupId>,
}

/// Looks them all up in a snapshot.
pub fn subjects(snapshot: &Snapshot) -> Subjects {
    let nothing = BTreeSet::new();
    let stack = Stack {
        snapshot,
        attested: &nothing,
        teardown_begun: false,
    };
    let tier = |tier| {
        let found = groups::find(&stack, tier).map(|(groups, _)| groups);
        let ids = found.unwrap_or_default().into_iter();
        ids.map(|group| group.id.clone()).collect()
    };
    Subjects {
        vpc: vpc::find(&stack).ok().map(|(vpc, _)| vpc.id.clone()),
        database: database::find(&stack)
            .ok()
            .map(|(one, _)| one.id().to_owned()),
        cache: cache::find(&stack).ok().map(|(one, _)| one.id().to_owned()),
        balancer: balancer::find(&stack).ok().map(|(one, _)| one.arn.clone()),
        target_group: target_group::find(&stack)
            .ok()
            .map(|(one, _)| one.arn.clone()),
        certificates: certificate::covering(&stack)
            .unwrap_or_default()
            .into_iter()
            .map(|one| one.arn.clone())
            .collect(),
        definition: definition::find(&stack)
            .ok()
            .map(|(one, _)| one.arn.clone()),
        balancer_groups: tier(Tier::Balancer),
        task_groups: tier(Tier::Tasks),
        database_groups: tier(Tier::Database),
        cache_groups: tier(Tier::Cache),
    }
}
