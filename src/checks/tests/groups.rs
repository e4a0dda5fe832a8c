//! Each tier has a security group of its own.

use crate::account::{AttachedGroup, Fact, GroupId, Snapshot, Vpc, VpcId};
use crate::checks::FoundBy;
use crate::checks::Verdict::*;
use crate::checks::testing::*;

const TIERS: &str = "sg.tiers-exist";

fn default_group(snapshot: &mut Snapshot) -> GroupId {
    let groups = read(&mut snapshot.network.groups);
    let default = groups.iter().find(|group| group.name == "default");
    default.unwrap().id.clone()
}

#[test]
fn four_groups_pass_and_what_is_built_says_which_they_are() {
    let found = assert_is(&good(), TIERS, Passed, "");
    assert_eq!(found.evidence.len(), 4);
    assert!(
        found
            .evidence
            .iter()
            .all(|one| one.found_by == FoundBy::Relation)
    );
}

#[test]
fn before_anything_is_built_the_names_say_which_they_are() {
    let found = assert_is(
        &after(&["iam-user.identity", "rds.network"]),
        TIERS,
        Passed,
        "",
    );
    assert!(
        found
            .evidence
            .iter()
            .all(|one| one.found_by == FoundBy::Name)
    );
}

#[test]
fn missing_groups_are_listed_with_a_command_each() {
    let found = assert_is(&after(&["iam-user.identity"]), TIERS, Missing, "");
    assert_eq!(found.fix.len(), 4);
    let command = found.fix[1].command.as_deref().unwrap();
    assert!(command.contains("--group-name news-api-ecs-sg"));
    assert!(command.contains("--vpc-id vpc-"));
}

#[test]
fn nobody_is_marked_down_for_other_names() {
    let snapshot = good_but(|snapshot| {
        for group in read(&mut snapshot.network.groups) {
            if group.name != "default" {
                group.name = format!("my-{}", group.name);
            }
        }
    });
    assert_is(&snapshot, TIERS, Passed, "");
}

#[test]
fn one_group_for_two_tiers_fails_even_when_it_is_not_the_default_one() {
    let snapshot = good_but(|snapshot| {
        let tasks = read(&mut snapshot.service).groups.clone();
        read(&mut snapshot.databases)[0].groups = vec![AttachedGroup {
            id: tasks[0].clone(),
            active: true,
        }];
    });
    let found = assert_is(&snapshot, TIERS, Failed, "default-security-group-shared");
    assert!(found.summary.contains("the tasks and the database"));
}

#[test]
fn a_service_without_groups_has_the_default_one() {
    let snapshot = good_but(|snapshot| {
        let default = default_group(snapshot);
        read(&mut snapshot.service).groups = Vec::new();
        read(&mut snapshot.cache_nodes)[0].groups = vec![AttachedGroup {
            id: default,
            active: true,
        }];
    });
    assert_is(&snapshot, TIERS, Failed, "default-security-group-shared");
}

#[test]
fn what_follows_from_a_shared_group_waits_for_it() {
    let snapshot = good_but(|snapshot| {
        let shared = vec![AttachedGroup {
            id: default_group(snapshot),
            active: true,
        }];
        read(&mut snapshot.databases)[0].groups.clone_from(&shared);
        read(&mut snapshot.cache_nodes)[0].groups = shared;
    });
    assert_is(&snapshot, TIERS, Failed, "default-security-group-shared");
    for check in ["rds.sg-source", "redis.sg-source"] {
        let waits = assert_is(&snapshot, check, Blocked, "");
        assert_eq!(waits.blocked_by.unwrap().as_str(), TIERS);
        assert!(!waits.evidence.is_empty());
    }
}

#[test]
fn without_any_vpc_it_is_missing_with_the_command_for_one() {
    let mut snapshot = after(&["iam-user.identity"]);
    snapshot.network.vpcs = Fact::Present(Vec::new());
    for check in [TIERS, "rds.subnet-group"] {
        let found = assert_is(&snapshot, check, Missing, "");
        let command = found.fix[0].command.as_deref().unwrap();
        assert_eq!(command, "aws ec2 create-default-vpc --region us-east-1");
    }
}

#[test]
fn a_vpc_named_in_the_configuration_is_looked_for_by_id() {
    let mut snapshot = after(&["iam-user.identity"]);
    snapshot.chapter.vpc = Some(VpcId::from("vpc-typo"));
    let found = assert_is(&snapshot, TIERS, Missing, "");
    assert!(found.summary.contains("vpc-typo"));
}

#[test]
fn denied_reads_are_unknown() {
    let groups = good_but(|snapshot| {
        snapshot.network.groups = denied("ec2:DescribeSecurityGroups");
    });
    assert_denied(&groups, TIERS, "ec2:DescribeSecurityGroups");
    let databases = good_but(|snapshot| snapshot.databases = denied("rds:DescribeDBInstances"));
    assert_denied(&databases, TIERS, "rds:DescribeDBInstances");
    let vpcs = good_but(|snapshot| snapshot.network.vpcs = denied("ec2:DescribeVpcs"));
    assert_denied(&vpcs, TIERS, "ec2:DescribeVpcs");
    let service = good_but(|snapshot| snapshot.service = denied("ecs:DescribeServices"));
    assert_denied(&service, TIERS, "ecs:DescribeServices");
}

#[test]
fn a_group_on_the_service_that_no_list_shows_is_unknown() {
    let snapshot = good_but(|snapshot| {
        read(&mut snapshot.service).groups = vec![GroupId::from("sg-elsewhere")];
    });
    let found = assert_is(&snapshot, TIERS, Unknown, "");
    assert!(found.summary.contains("sg-elsewhere"));
}

#[test]
fn groups_of_the_right_names_in_another_vpc_are_not_the_chapters() {
    let mut snapshot = after(&["iam-user.identity", "rds.network"]);
    read(&mut snapshot.network.vpcs).push(Vpc {
        id: VpcId::from("vpc-other"),
        ranges: Vec::new(),
        is_default: false,
    });
    // The tasks' group says which VPC is the chapter's.
    for group in read(&mut snapshot.network.groups) {
        if group.name == "news-api-rds-sg" {
            group.vpc = VpcId::from("vpc-other");
        }
    }
    let found = assert_is(&snapshot, TIERS, Missing, "");
    assert!(found.summary.contains("the database"));
    assert!(!found.summary.contains("the tasks"));
}
