//! The database.

use crate::account::{
    AttachedGroup, DatabaseCluster, DatabaseInstance, Fact, Region, Sighting, Snapshot, VpcId,
};
use crate::checks::FoundBy;
use crate::checks::Verdict::*;
use crate::checks::testing::*;

const POSTGRES: &str = "rds.postgres";
const AVAILABLE: &str = "rds.available";
const PROPERTIES: [&str; 7] = [
    AVAILABLE,
    "rds.private",
    "rds.encrypted",
    "rds.backups",
    "rds.same-vpc",
    "rds.database-name",
    "rds.sg-source",
];

fn with(change: impl FnOnce(&mut DatabaseInstance)) -> Snapshot {
    good_but(|snapshot| change(&mut read(&mut snapshot.databases)[0]))
}

fn in_state(status: &str) -> Snapshot {
    with(|instance| status.clone_into(&mut instance.status))
}

/// The good account's database as a cluster of that engine with one member.
fn as_cluster(engine: &str) -> Snapshot {
    good_but(|snapshot| {
        let member = &mut read(&mut snapshot.databases)[0];
        let cluster = DatabaseCluster {
            id: "news-api-db".to_owned(),
            engine: engine.to_owned(),
            engine_version: "17.6".to_owned(),
            status: "available".to_owned(),
            publicly_accessible: None,
            encrypted: true,
            backup_days: 1,
            multi_az: false,
            endpoint: member.endpoint.clone(),
            database: member.database.clone(),
            subnet_group: member.subnet_group.as_ref().map(|group| group.name.clone()),
            groups: member.groups.clone(),
            members: vec!["news-api-db-1".to_owned()],
            writer: Some("news-api-db-1".to_owned()),
            restarts_at: None,
            created_at: member.created_at,
        };
        member.id = "news-api-db-1".to_owned();
        member.engine = engine.to_owned();
        member.cluster = Some("news-api-db".to_owned());
        snapshot.database_clusters = Fact::Present(vec![cluster]);
    })
}

#[test]
fn a_postgres_instance_passes() {
    let found = assert_is(&good(), POSTGRES, Passed, "");
    assert_eq!(found.evidence[0].found_by, FoundBy::Name);
}

#[test]
fn without_a_database_only_the_one_check_is_missing_and_the_others_wait_for_it() {
    let snapshot = after(&["iam-user.identity", "rds.network"]);
    let found = assert_is(&snapshot, POSTGRES, Missing, "");
    let command = found.fix[0].command.as_deref().unwrap();
    assert!(command.starts_with("aws rds create-db-instance --db-instance-identifier news-api-db"));
    assert!(command.contains("--vpc-security-group-ids sg-"));
    for check in PROPERTIES {
        let waits = assert_is(&snapshot, check, Blocked, "");
        assert_eq!(waits.blocked_by.unwrap().as_str(), POSTGRES);
    }
}

#[test]
fn a_database_in_another_region_is_named_with_that_region() {
    let mut snapshot = after(&["iam-user.identity"]);
    snapshot.elsewhere = Fact::Present(vec![Sighting {
        region: Region::from("eu-central-1"),
        what: "RDS instance".to_owned(),
        name: "news-api-db".to_owned(),
    }]);
    let found = assert_is(&snapshot, POSTGRES, Missing, "wrong-region");
    assert!(found.summary.contains("eu-central-1"));
}

#[test]
fn nobody_is_marked_down_for_another_name_or_class() {
    let snapshot = with(|instance| {
        instance.id = "database-1".to_owned();
        instance.class = "db.m7g.large".to_owned();
        instance.database = Some("other".to_owned());
    });
    let found = assert_is(&snapshot, POSTGRES, Passed, "");
    assert_eq!(found.evidence[0].found_by, FoundBy::OnlyOne);
    for check in PROPERTIES {
        assert_is(&snapshot, check, Passed, "");
    }
}

#[test]
fn several_databases_of_other_names_are_unknown_with_their_names() {
    let snapshot = good_but(|snapshot| {
        let databases = read(&mut snapshot.databases);
        databases[0].id = "one".to_owned();
        let mut second = databases[0].clone();
        second.id = "two".to_owned();
        databases.push(second);
    });
    let found = assert_is(&snapshot, POSTGRES, Unknown, "");
    assert!(found.summary.contains("one, two"));
    assert!(found.fix[0].say.contains("landfall.toml"));
}

#[test]
fn what_else_speaks_the_rds_api_is_no_candidate() {
    for engine in ["docdb", "neptune", "mysql", "mariadb"] {
        let snapshot = with(|instance| {
            instance.id = "another".to_owned();
            instance.engine = engine.to_owned();
        });
        assert_is(&snapshot, POSTGRES, Missing, "");
    }
}

#[test]
fn the_configured_name_with_another_engine_is_the_wrong_engine() {
    let found = assert_is(
        &with(|instance| instance.engine = "mysql".to_owned()),
        POSTGRES,
        Failed,
        "wrong-engine",
    );
    assert!(found.summary.contains("mysql"));
}

#[test]
fn aurora_and_multi_az_clusters_are_databases_too() {
    for engine in ["aurora-postgresql", "postgres"] {
        let snapshot = as_cluster(engine);
        assert_is(&snapshot, POSTGRES, Passed, "");
        for check in PROPERTIES {
            assert_is(&snapshot, check, Passed, "");
        }
    }
    let mysql = as_cluster("aurora-mysql");
    assert_is(&mysql, POSTGRES, Failed, "wrong-engine");
}

#[test]
fn a_cluster_is_found_by_its_members_name_as_well() {
    let mut snapshot = as_cluster("aurora-postgresql");
    snapshot.chapter.database.instance = "news-api-db-1".to_owned();
    let found = assert_is(&snapshot, POSTGRES, Passed, "");
    assert_eq!(found.evidence[0].resource, "news-api-db");
}

#[test]
fn a_cluster_answers_only_through_its_members() {
    let mut empty = as_cluster("aurora-postgresql");
    read(&mut empty.databases).clear();
    read(&mut empty.database_clusters)[0].members.clear();
    assert_is(&empty, AVAILABLE, Missing, "");
    let mut starting = as_cluster("aurora-postgresql");
    read(&mut starting.databases)[0].status = "creating".to_owned();
    assert_is(&starting, AVAILABLE, Pending, "");
    let mut public = as_cluster("aurora-postgresql");
    read(&mut public.databases)[0].publicly_accessible = true;
    assert_is(&public, "rds.private", Failed, "database-public");
}

#[test]
fn states_that_are_not_wrong_yet_are_pending() {
    for status in [
        "creating",
        "backing-up",
        "modifying",
        "rebooting",
        "configuring-log-exports",
        "upgrading",
        "starting",
        "stopping",
        "insufficient-capacity",
    ] {
        assert_is(&in_state(status), AVAILABLE, Pending, "");
    }
}

#[test]
fn usable_states_pass() {
    for status in ["available", "storage-optimization"] {
        assert_is(&in_state(status), AVAILABLE, Passed, "");
    }
}

#[test]
fn states_it_does_not_come_out_of_by_itself_are_failed() {
    for status in [
        "storage-full",
        "failed",
        "incompatible-network",
        "incompatible-parameters",
    ] {
        assert_is(&in_state(status), AVAILABLE, Failed, "database-in-error");
    }
}

#[test]
fn a_database_that_is_going_away_is_missing_and_a_state_nobody_knows_is_unknown() {
    assert_is(&in_state("deleting"), AVAILABLE, Missing, "");
    let found = assert_is(&in_state("daydreaming"), AVAILABLE, Unknown, "");
    assert!(found.summary.contains("daydreaming"));
}

#[test]
fn a_stopped_database_is_failed_and_says_when_it_starts_by_itself() {
    let snapshot = with(|instance| {
        instance.status = "stopped".to_owned();
        instance.restarts_at = Some("2026-11-29T08:00:00Z".parse().unwrap());
    });
    let found = assert_is(&snapshot, AVAILABLE, Failed, "database-stopped");
    assert!(found.advice.unwrap().contains("2026-11-29 08:00"));
    assert!(
        found.fix[0]
            .command
            .as_deref()
            .unwrap()
            .contains("start-db-instance")
    );
}

#[test]
fn a_stopped_database_beside_a_service_of_no_tasks_is_a_paused_stack() {
    let mut snapshot = in_state("stopped");
    read(&mut snapshot.service).desired = 0;
    let found = assert_is(&snapshot, AVAILABLE, Failed, "stack-paused");
    assert_eq!(found.fix.len(), 2);
    assert!(
        found.fix[1]
            .command
            .as_deref()
            .unwrap()
            .contains("--desired-count 2")
    );
}

#[test]
fn public_unencrypted_and_never_backed_up_fail_each_by_its_name() {
    let public = with(|instance| instance.publicly_accessible = true);
    assert_is(&public, "rds.private", Failed, "database-public");
    let plain = with(|instance| instance.encrypted = false);
    assert_is(&plain, "rds.encrypted", Failed, "not-encrypted");
    let off = with(|instance| instance.backup_days = 0);
    assert_is(&off, "rds.backups", Failed, "backups-off");
    assert_is(
        &with(|instance| instance.backup_days = 35),
        "rds.backups",
        Passed,
        "",
    );
}

#[test]
fn a_database_without_a_database_in_it_is_a_remark() {
    let found = assert_is(
        &with(|instance| instance.database = None),
        "rds.database-name",
        Passed,
        "database-name-missing",
    );
    assert!(found.advice.unwrap().contains("newsapi"));
}

#[test]
fn while_it_is_being_created_its_settings_can_be_judged_already() {
    let snapshot = with(|instance| {
        instance.status = "creating".to_owned();
        instance.endpoint = None;
    });
    assert_is(&snapshot, AVAILABLE, Pending, "");
    for check in [
        "rds.private",
        "rds.encrypted",
        "rds.sg-source",
        "rds.same-vpc",
    ] {
        assert_is(&snapshot, check, Passed, "");
    }
}

/// The good account's database in another VPC, with a group there.
fn elsewhere() -> Snapshot {
    with(|instance| {
        let group = instance.subnet_group.as_mut().unwrap();
        group.vpc = VpcId::from("vpc-other");
        instance.groups = vec![AttachedGroup {
            id: "sg-there".into(),
            active: true,
        }];
    })
}

#[test]
fn another_vpc_is_one_failure_and_the_rest_waits_for_it() {
    let snapshot = elsewhere();
    let found = assert_is(&snapshot, "rds.subnet-group", Failed, "wrong-vpc");
    assert!(found.summary.contains("vpc-other"));
    let follows = assert_is(&snapshot, "rds.same-vpc", Blocked, "");
    assert_eq!(follows.blocked_by.unwrap().as_str(), "rds.subnet-group");
    let waits = assert_is(&snapshot, "rds.sg-source", Blocked, "");
    assert_eq!(waits.blocked_by.unwrap().as_str(), "rds.same-vpc");
}

#[test]
fn the_subnet_group_is_the_databases_own_else_the_named_one() {
    let built = assert_is(&good(), "rds.subnet-group", Passed, "");
    assert_eq!(built.evidence[0].found_by, FoundBy::Relation);
    let before = after(&["iam-user.identity", "rds.network"]);
    let named = assert_is(&before, "rds.subnet-group", Passed, "");
    assert_eq!(named.evidence[0].found_by, FoundBy::Name);
}

#[test]
fn a_missing_subnet_group_comes_with_the_subnets_to_put_into_it() {
    let found = assert_is(
        &after(&["iam-user.identity"]),
        "rds.subnet-group",
        Missing,
        "",
    );
    let command = found.fix[0].command.as_deref().unwrap();
    assert!(command.contains("--db-subnet-group-name news-api-db-subnets"));
    assert_eq!(command.matches("subnet-0").count(), 3, "{command}");
}

#[test]
fn a_subnet_group_of_one_zone_is_not_done_yet() {
    let mut snapshot = after(&["iam-user.identity", "rds.network"]);
    read(&mut snapshot.database_subnet_groups)[0]
        .subnets
        .truncate(1);
    assert_is(&snapshot, "rds.subnet-group", Missing, "");
}

#[test]
fn denied_reads_are_unknown_for_every_check_that_needs_them() {
    let instances = good_but(|snapshot| snapshot.databases = denied("rds:DescribeDBInstances"));
    for check in PROPERTIES.iter().chain(&[POSTGRES, "rds.subnet-group"]) {
        assert_denied(&instances, check, "rds:DescribeDBInstances");
    }
    // The instance of the right name was read: clusters do not matter then.
    let clusters =
        good_but(|snapshot| snapshot.database_clusters = denied("rds:DescribeDBClusters"));
    assert_is(&clusters, POSTGRES, Passed, "");
    let nothing = {
        let mut snapshot = after(&["iam-user.identity", "rds.network"]);
        snapshot.database_clusters = denied("rds:DescribeDBClusters");
        snapshot
    };
    assert_denied(&nothing, POSTGRES, "rds:DescribeDBClusters");
    let groups = {
        let mut snapshot = after(&["iam-user.identity", "rds.network"]);
        snapshot.database_subnet_groups = denied("rds:DescribeDBSubnetGroups");
        snapshot
    };
    assert_denied(&groups, "rds.subnet-group", "rds:DescribeDBSubnetGroups");
    let vpcs = good_but(|snapshot| snapshot.network.vpcs = denied("ec2:DescribeVpcs"));
    assert_denied(&vpcs, "rds.same-vpc", "ec2:DescribeVpcs");
    assert_is(&vpcs, POSTGRES, Passed, "");
}

#[test]
fn an_instance_that_names_no_subnet_group_says_nothing_about_its_vpc() {
    let snapshot = with(|instance| instance.subnet_group = None);
    assert_is(&snapshot, "rds.same-vpc", Unknown, "");
}
