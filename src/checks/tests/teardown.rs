//! The commands that take everything down, and their order.

use crate::account::*;
use crate::checks::testing::*;
use crate::checks::{Deleted, Deletion, teardown};

fn found(snapshot: &mut Snapshot, one: Leftover) {
    if let Fact::Present(left) = &mut snapshot.leftovers {
        left.found.push(one);
    } else {
        snapshot.leftovers = Fact::Present(Leftovers {
            looked_in: vec!["us-east-1".into(), "eu-west-1".into()],
            found: vec![one],
            unreadable: Vec::new(),
        });
    }
}

fn left(region: &str, kind: LeftoverKind, name: &str, of_chapter: bool) -> Leftover {
    Leftover {
        region: region.into(),
        kind,
        name: name.to_owned(),
        since: None,
        of_chapter,
        arn: None,
        extent: Extent::NotRead,
    }
}

const KINDS: [LeftoverKind; 13] = [
    LeftoverKind::Repository,
    LeftoverKind::LogGroup,
    LeftoverKind::Address,
    LeftoverKind::NatGateway,
    LeftoverKind::CacheSnapshot,
    LeftoverKind::ServerlessCache,
    LeftoverKind::ReplicationGroup,
    LeftoverKind::Cache,
    LeftoverKind::DatabaseSnapshot,
    LeftoverKind::DatabaseCluster,
    LeftoverKind::Database,
    LeftoverKind::Balancer,
    LeftoverKind::Service,
];

fn order(deletions: &[Deletion]) -> Vec<Deleted> {
    deletions.iter().map(|one| one.what).collect()
}

#[test]
fn what_runs_goes_first_and_what_is_worn_last() {
    use Deleted::*;
    let expected = [
        Service,
        Balancer,
        TargetGroup,
        Database,
        Cache,
        LogGroup,
        Repository,
        DatabaseSubnetGroup,
        CacheSubnetGroup,
        SecurityGroup,
        SecurityGroup,
        SecurityGroup,
        SecurityGroup,
    ];
    assert_eq!(order(&teardown(&good())), expected);
    let names = &test_names();
    let groups: Vec<String> = teardown(&good())
        .into_iter()
        .filter(|one| one.what == SecurityGroup)
        .map(|one| one.say)
        .collect();
    let chain = [&names.cache, &names.database, &names.tasks, &names.alb];
    for (said, name) in groups.iter().zip(chain) {
        assert!(said.contains(name.as_str()), "{said}: not {name}");
    }
}

fn test_names() -> GroupNames {
    good().chapter.groups
}

#[test]
fn every_kind_has_a_command_and_a_place_in_the_order() {
    let mut snapshot = empty();
    for kind in KINDS {
        found(&mut snapshot, left("eu-west-1", kind, "thing", true));
    }
    let deletions = teardown(&snapshot);
    assert_eq!(deletions.len(), KINDS.len());
    let places: Vec<usize> = order(&deletions)
        .iter()
        .map(|what| Deleted::ORDER.iter().position(|each| each == what).unwrap())
        .collect();
    assert!(places.is_sorted(), "{places:?}");
    for one in &deletions {
        assert!(one.command.starts_with("aws "), "{}", one.command);
        assert!(
            one.command.ends_with(" --region eu-west-1"),
            "{}",
            one.command
        );
        assert!(one.command.contains("thing"), "{}", one.command);
    }
    let sorted = {
        let mut sorted = Deleted::ORDER.to_vec();
        sorted.sort();
        sorted
    };
    assert_eq!(sorted, Deleted::ORDER, "the order is declared once");
}

#[test]
fn this_region_comes_first_and_each_thing_once() {
    let snapshot = good_but(|snapshot| {
        found(
            snapshot,
            left(
                "ap-south-1",
                LeftoverKind::Service,
                "news-api-service",
                true,
            ),
        );
        found(
            snapshot,
            left("us-east-1", LeftoverKind::Database, "news-api-db", true),
        );
    });
    let deletions = teardown(&snapshot);
    assert_eq!(deletions.last().unwrap().region.as_str(), "ap-south-1");
    let databases = deletions.iter().filter(|one| one.what == Deleted::Database);
    assert_eq!(databases.count(), 1);
}

#[test]
fn a_subnet_group_waits_for_what_stands_in_it_and_one_wait_is_enough() {
    let waits: Vec<String> = teardown(&good())
        .into_iter()
        .filter_map(|one| one.first)
        .map(|wait| wait.command)
        .collect();
    let count = |part: &str| waits.iter().filter(|wait| wait.contains(part)).count();
    assert_eq!(count("rds wait db-instance-deleted"), 1);
    assert_eq!(count("elasticache wait cache-cluster-deleted"), 1);
    assert_eq!(count("elbv2 wait load-balancers-deleted"), 1);
    assert_eq!(count("ecs wait services-inactive"), 1);
    let torn = good_but(|snapshot| snapshot.databases = Fact::Present(Vec::new()));
    let deletions = teardown(&torn);
    let group = deletions
        .iter()
        .find(|one| one.what == Deleted::DatabaseSubnetGroup)
        .unwrap();
    assert_eq!(group.first, None, "there is nothing to wait for");
}

#[test]
fn a_nat_gateway_is_not_called_the_learners_and_its_address_goes_after_it() {
    let mut snapshot = empty();
    let mut gateway = left("eu-west-1", LeftoverKind::NatGateway, "nat-1", false);
    gateway.extent = Extent::NatGateway {
        allocations: vec!["eipalloc-1".to_owned()],
    };
    found(
        &mut snapshot,
        left("eu-west-1", LeftoverKind::Address, "eipalloc-1", false),
    );
    found(&mut snapshot, gateway);
    let deletions = teardown(&snapshot);
    assert_eq!(order(&deletions), [Deleted::NatGateway, Deleted::Address]);
    assert!(deletions.iter().all(|one| !one.of_chapter));
    let wait = &deletions[1].first.as_ref().unwrap().command;
    assert_eq!(
        wait,
        "aws ec2 wait nat-gateway-deleted --nat-gateway-ids nat-1 --region eu-west-1"
    );
}

#[test]
fn nothing_of_somebody_elses_is_deleted() {
    let mut snapshot = good();
    let deletions = teardown(&snapshot).len();
    for kind in [
        LeftoverKind::Database,
        LeftoverKind::Balancer,
        LeftoverKind::DatabaseSnapshot,
    ] {
        found(&mut snapshot, left("us-east-1", kind, "production", false));
    }
    assert_eq!(teardown(&snapshot).len(), deletions);
    let mut renamed = good();
    renamed.chapter.groups.database = "elsewhere".to_owned();
    renamed.chapter.database.subnet_group = "elsewhere".to_owned();
    let fewer = teardown(&renamed);
    assert!(
        !fewer
            .iter()
            .any(|one| one.what == Deleted::DatabaseSubnetGroup)
    );
}

#[test]
fn a_database_that_was_found_by_elimination_is_not_deleted() {
    let other = good_but(|snapshot| {
        read(&mut snapshot.databases)[0].id = "somebodys".to_owned();
        snapshot.definitions.clear();
    });
    let commands: Vec<String> = teardown(&other)
        .into_iter()
        .map(|one| one.command)
        .collect();
    assert!(!commands.iter().any(|command| command.contains("somebodys")));
}

#[test]
fn a_hostile_name_stays_one_word_of_the_command() {
    let mut snapshot = empty();
    for kind in KINDS {
        found(
            &mut snapshot,
            left("eu-west-1; id", kind, "x'; rm -rf ~ #\u{1b}[2J$(id)", true),
        );
    }
    for one in teardown(&snapshot) {
        let command = &one.command;
        assert!(!command.contains('\u{1b}'), "{command}");
        assert!(
            command.contains(r"'x'\''; rm -rf ~ #[2J$(id)'"),
            "{command}"
        );
        assert!(command.ends_with("--region 'eu-west-1; id'"), "{command}");
    }
}

#[test]
fn the_fix_list_of_the_check_is_in_the_same_order() {
    let mut snapshot = empty();
    for kind in KINDS {
        if !matches!(kind, LeftoverKind::Address | LeftoverKind::NatGateway) {
            found(&mut snapshot, left("us-east-1", kind, "thing", true));
        }
    }
    let fixes: Vec<String> = finding(&snapshot, "leftovers.none")
        .fix
        .into_iter()
        .filter_map(|fix| fix.command)
        .collect();
    let planned: Vec<String> = teardown(&snapshot)
        .into_iter()
        .map(|one| one.command)
        .collect();
    assert_eq!(fixes, planned);
}
