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

/// The IAM actions for these areas, by what they are allowed on: just those of the calls that a look at them makes.
/// Sorted, each once.
pub fn actions(areas: &BTreeSet<Area>) -> BTreeMap<Allowance, BTreeSet<&'static str>> {
    let mut allowed: BTreeMap<Allowance, BTreeSet<&'static str>> = BTreeMap::new();
    for call in calls::ALL
        .iter()
        .filter(|call| needs_permission(call) && call.is_made_for(areas))
    {
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
