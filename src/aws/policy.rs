//! The smallest policy that lets Landfall read: the call table once more, as IAM statements.

use super::call::{Call, Scope};
use super::calls;
use super::endpoint::Partition;
use crate::account::{Area, PolicyStatement};
use std::collections::{BTreeMap, BTreeSet};

/// The log groups that may be read into: the chapter's own, by the beginning of their name.
const CHAPTER_LOGS: &str = "/ecs/news";

/// What has to be allowed to read these areas, and what they depend on. Only allows; a learner's own work must not be
/// blocked by it.
pub fn statements(areas: &BTreeSet<Area>, partition: Partition) -> Vec<PolicyStatement> {
    let areas = with_dependencies(areas);
    let needed = calls::ALL
        .iter()
        .filter(|call| call.areas.iter().any(|area| areas.contains(area)));
    let mut by_scope: BTreeMap<Scope, BTreeSet<&str>> = BTreeMap::new();
    for call in needed {
        by_scope.entry(call.scope).or_default().insert(call.action);
    }
    by_scope
        .into_iter()
        .map(|(scope, actions)| PolicyStatement {
            sid: match scope {
                Scope::Everything => "LandfallReads".to_owned(),
                Scope::ChapterLogs => "LandfallReadsItsLogs".to_owned(),
            },
            actions: actions.into_iter().map(str::to_owned).collect(),
            resources: match scope {
                Scope::Everything => vec!["*".to_owned()],
                Scope::ChapterLogs => vec![format!(
                    "arn:{}:logs:*:*:log-group:{CHAPTER_LOGS}*",
                    partition.in_arns()
                )],
            },
        })
        .collect()
}

/// The same for everything Landfall can read, leftovers included.
pub fn all_statements(partition: Partition) -> Vec<PolicyStatement> {
    let every = calls::ALL
        .iter()
        .flat_map(|call| call.areas.iter().copied())
        .collect();
    statements(&every, partition)
}

/// The calls that an area is read with, dependencies included.
pub fn calls_for(areas: &BTreeSet<Area>) -> Vec<&'static Call> {
    let areas = with_dependencies(areas);
    calls::ALL
        .iter()
        .copied()
        .filter(|call| call.areas.iter().any(|area| areas.contains(area)))
        .collect()
}

/// What an area cannot do without; see `collect`, which reads them in this order.
const fn needs(area: Area) -> &'static [Area] {
    match area {
        Area::Budgets | Area::User => &[Area::Caller],
        Area::Platforms => &[Area::Registry],
        Area::Tasks => &[Area::Service],
        // The service's own revision, and the endpoints that values are compared with.
        Area::Definitions => &[Area::Service, Area::Databases, Area::Caches],
        Area::Roles => &[Area::Caller, Area::Parameters],
        _ => &[],
    }
}

fn with_dependencies(areas: &BTreeSet<Area>) -> BTreeSet<Area> {
    let mut all = BTreeSet::new();
    let mut open: Vec<Area> = areas.iter().copied().collect();
    while let Some(area) = open.pop() {
        if all.insert(area) {
            open.extend(needs(area));
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_policy_names_every_call_once_and_fits_a_managed_policy() {
        let statements = all_statements(Partition::Aws);
        let actions: Vec<&String> = statements
            .iter()
            .flat_map(|statement| &statement.actions)
            .collect();
        for call in calls::ALL {
            assert_eq!(
                actions
                    .iter()
                    .filter(|action| **action == call.action)
                    .count(),
                1,
                "{}",
                call.action
            );
        }
        // IAM counts characters without white space: 6144 for a managed policy.
        let size: usize =
            actions.iter().map(|action| action.len() + 3).sum::<usize>() + statements.len() * 200;
        assert!(size < 6144, "{size}");
    }

    #[test]
    fn a_policy_for_one_area_asks_for_no_more() {
        let ecr = statements(&BTreeSet::from([Area::Registry]), Partition::Aws);
        assert_eq!(ecr.len(), 1);
        assert_eq!(
            ecr[0].actions,
            ["ecr:DescribeImages", "ecr:DescribeRepositories"]
        );
    }

    #[test]
    fn what_an_area_depends_on_comes_along() {
        let budgets = statements(&BTreeSet::from([Area::Budgets]), Partition::Aws);
        assert_eq!(
            budgets[0].actions,
            ["budgets:ViewBudget", "sts:GetCallerIdentity"]
        );
    }

    #[test]
    fn sids_are_letters_and_digits() {
        for statement in all_statements(Partition::China) {
            assert!(
                statement
                    .sid
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric())
            );
        }
    }
}
