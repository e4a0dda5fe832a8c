//! The permissions that the declared calls need: the same table as the allow-list, so the two cannot drift apart.

use super::call::{Call, Scope};
use super::calls;
use crate::account::Area;
use std::collections::{BTreeMap, BTreeSet};

/// What one statement of the policy is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Allowance {
    /// Reads that AWS cannot narrow to a resource, or that must see everything.
    Reads,
    /// Log lines may hold anything: only those of the chapter.
    ChapterLogs,
}

/// The IAM actions for these areas and what they are collected with, by what they are allowed on. Sorted, each once.
pub fn actions(areas: &BTreeSet<Area>) -> BTreeMap<Allowance, BTreeSet<&'static str>> {
    let wanted = with_dependencies(areas);
    let mut allowed: BTreeMap<Allowance, BTreeSet<&'static str>> = BTreeMap::new();
    for call in calls::ALL.iter().filter(|call| {
        needs_permission(call) && call.areas.iter().any(|area| wanted.contains(area))
    }) {
        let allowance = match call.scope {
            Scope::Everything => Allowance::Reads,
            Scope::ChapterLogs => Allowance::ChapterLogs,
        };
        allowed.entry(allowance).or_default().insert(call.action);
    }
    allowed
}

/// `sts:GetCallerIdentity` works without any permission (STS API reference, GetCallerIdentity).
fn needs_permission(call: &Call) -> bool {
    call.action != "sts:GetCallerIdentity"
}

/// What an area cannot be collected without; `collect` pulls the same in. What only enriches an area (the repositories
/// that a definition names) is read when it is asked for itself.
const fn inputs(area: Area) -> &'static [Area] {
    match area {
        Area::User | Area::Budgets => &[Area::Caller],
        Area::Platforms | Area::Git => &[Area::Registry],
        Area::Tasks => &[Area::Service],
        // The service's own revision, and the endpoints that values are compared with.
        Area::Definitions => &[Area::Service, Area::Databases, Area::Caches],
        Area::Roles => &[Area::Caller, Area::Parameters],
        Area::DefinitionFile => &[Area::Definitions],
        Area::Dns | Area::Endpoint => &[Area::Balancers],
        _ => &[],
    }
}

/// The areas and, transitively, their inputs.
fn with_dependencies(areas: &BTreeSet<Area>) -> BTreeSet<Area> {
    let mut all = BTreeSet::new();
    let mut open: Vec<Area> = areas.iter().copied().collect();
    while let Some(area) = open.pop() {
        if all.insert(area) {
            open.extend(inputs(area));
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn every_action() -> BTreeSet<&'static str> {
        let areas: BTreeSet<Area> = Area::USUAL.into_iter().chain([Area::Leftovers]).collect();
        actions(&areas).into_values().flatten().collect()
    }

    #[test]
    fn the_policy_allows_exactly_what_is_declared() {
        let declared: BTreeSet<&str> = calls::ALL
            .iter()
            .filter(|call| needs_permission(call))
            .map(|call| call.action)
            .collect();
        assert_eq!(every_action(), declared);
    }

    #[test]
    fn nothing_in_it_reads_a_secret_or_changes_anything() {
        for action in every_action() {
            let verb = action.split(':').nth(1).unwrap_or_default();
            let reads = [
                "Get",
                "List",
                "Describe",
                "BatchGetImage",
                "View",
                "Simulate",
            ];
            assert!(
                reads.iter().any(|start| verb.starts_with(start)),
                "{action}"
            );
            assert!(
                !action.contains("GetParameter") && !action.contains("GetSecretValue"),
                "{action}"
            );
        }
    }

    #[test]
    fn one_step_needs_less_than_the_whole() {
        let some = actions(&BTreeSet::from([Area::RootAccount]));
        assert_eq!(
            some[&Allowance::Reads],
            BTreeSet::from(["iam:GetAccountSummary"])
        );
    }
}
