//! Which resource is the learner's: by relation, by name, or as the only one of its kind.

use crate::account::{
    Arn, Balancer, Fact, Service, Snapshot, Subnet, SubnetId, TargetGroup, Vpc, VpcId, Zone,
};
use crate::checks::discovery::{Gap, balancer, definition, service, target_group, vpc};
use crate::checks::testing::*;
use crate::checks::{FoundBy, Stack};
use std::collections::BTreeSet;

/// Asks something of an account.
fn ask<T>(snapshot: &Snapshot, question: impl FnOnce(&Stack<'_>) -> T) -> T {
    let attested = BTreeSet::new();
    question(&Stack {
        snapshot,
        attested: &attested,
        teardown_begun: false,
    })
}

fn chapter_vpc(snapshot: &Snapshot) -> Result<(String, FoundBy), Gap> {
    ask(snapshot, |stack| {
        vpc::find(stack).map(|(vpc, by)| (vpc.id.to_string(), by))
    })
}

fn chapter_balancer(snapshot: &Snapshot) -> Result<(String, FoundBy), Gap> {
    ask(snapshot, |stack| {
        balancer::find(stack).map(|(balancer, by)| (balancer.name.clone(), by))
    })
}

fn chapter_target_group(snapshot: &Snapshot) -> Result<(String, FoundBy), Gap> {
    ask(snapshot, |stack| {
        target_group::find(stack).map(|(group, by)| (group.name.clone(), by))
    })
}

fn ok(name: &str, by: FoundBy) -> Result<(String, FoundBy), Gap> {
    Ok((name.to_owned(), by))
}

fn several(names: &[&str]) -> Result<(String, FoundBy), Gap> {
    Err(Gap::Several(
        names.iter().map(|&name| name.to_owned()).collect(),
    ))
}

/// A second VPC, which is not the default one, with one subnet.
fn add_vpc(snapshot: &mut Snapshot) {
    read(&mut snapshot.network.vpcs).push(Vpc {
        id: VpcId::from("vpc-own"),
        ranges: Vec::new(),
        is_default: false,
    });
    read(&mut snapshot.network.subnets).push(Subnet {
        id: SubnetId::from("subnet-own"),
        vpc: VpcId::from("vpc-own"),
        zone: Zone::from("us-east-1a"),
        ranges: Vec::new(),
        default_for_zone: false,
    });
}

fn change_service(snapshot: &mut Snapshot, change: impl FnOnce(&mut Service)) {
    change(read(&mut snapshot.service));
}

#[test]
fn the_chapters_vpc_is_the_default_one_until_something_says_otherwise() {
    let mut snapshot = empty();
    let default = chapter_vpc(&snapshot).unwrap();
    assert_eq!(default.1, FoundBy::Fixed);
    add_vpc(&mut snapshot);
    assert_eq!(chapter_vpc(&snapshot), Ok(default));
    snapshot.chapter.vpc = Some(VpcId::from("vpc-own"));
    assert_eq!(chapter_vpc(&snapshot), ok("vpc-own", FoundBy::Name));
}

#[test]
fn the_tasks_group_the_balancer_and_the_service_say_it_in_that_order() {
    let mut snapshot = good();
    add_vpc(&mut snapshot);
    let own = VpcId::from("vpc-own");
    change_service(&mut snapshot, |service| {
        service.subnets = vec![SubnetId::from("subnet-own")];
    });
    assert_eq!(chapter_vpc(&snapshot), ok("vpc-own", FoundBy::Relation));
    snapshot.service = Fact::Absent;
    let default = chapter_vpc(&snapshot).unwrap().0;
    assert_ne!(default, "vpc-own");
    read(&mut snapshot.balancers)[0].vpc = own.clone();
    assert_eq!(chapter_vpc(&snapshot), ok("vpc-own", FoundBy::Relation));
    snapshot.balancers = Fact::Present(Vec::new());
    for group in read(&mut snapshot.network.groups) {
        if group.name == "news-api-ecs-sg" {
            group.vpc = own.clone();
        }
    }
    assert_eq!(chapter_vpc(&snapshot), ok("vpc-own", FoundBy::Name));
}

#[test]
fn where_there_is_only_the_default_vpc_an_unread_service_changes_nothing() {
    let mut snapshot = good();
    snapshot.service = denied("ecs:DescribeServices");
    assert!(chapter_vpc(&snapshot).is_ok());
    add_vpc(&mut snapshot);
    assert!(matches!(
        chapter_vpc(&snapshot),
        Err(Gap::CannotTell {
            what: "the service",
            ..
        })
    ));
}

#[test]
fn without_a_default_vpc_and_without_anything_built_there_is_none() {
    let mut snapshot = empty();
    add_vpc(&mut snapshot);
    read(&mut snapshot.network.vpcs).retain(|vpc| !vpc.is_default);
    assert_eq!(chapter_vpc(&snapshot), Err(Gap::NotThere));
}

fn another_balancer(snapshot: &mut Snapshot, name: &str, kind: &str) -> Arn {
    let balancers = read(&mut snapshot.balancers);
    let mut other: Balancer = balancers[0].clone();
    other.arn = Arn(format!("{}-{name}", other.arn));
    other.name = name.to_owned();
    other.kind = kind.to_owned();
    let arn = other.arn.clone();
    balancers.insert(0, other);
    arn
}

#[test]
fn the_balancer_in_front_of_the_service_counts_whatever_its_name() {
    let mut snapshot = good();
    let arn = another_balancer(&mut snapshot, "actual", "application");
    read(&mut snapshot.target_groups)[0].balancers = vec![arn];
    assert_eq!(chapter_balancer(&snapshot), ok("actual", FoundBy::Relation));
    snapshot.service = Fact::Absent;
    assert_eq!(
        chapter_balancer(&snapshot),
        ok("news-api-alb", FoundBy::Name)
    );
}

#[test]
fn without_the_name_the_only_application_balancer_of_the_vpc_counts() {
    let mut snapshot = good();
    snapshot.service = Fact::Absent;
    read(&mut snapshot.balancers)[0].name = "mine".to_owned();
    another_balancer(&mut snapshot, "network", "network");
    assert_eq!(chapter_balancer(&snapshot), ok("mine", FoundBy::OnlyOne));
    another_balancer(&mut snapshot, "second", "application");
    assert_eq!(chapter_balancer(&snapshot), several(&["mine", "second"]));
    for balancer in read(&mut snapshot.balancers) {
        balancer.vpc = VpcId::from("vpc-elsewhere");
    }
    assert_eq!(chapter_balancer(&snapshot), Err(Gap::NotThere));
}

#[test]
fn an_unread_service_leaves_open_which_balancer_it_is() {
    let mut snapshot = good();
    snapshot.service = denied("ecs:DescribeServices");
    assert!(matches!(
        chapter_balancer(&snapshot),
        Err(Gap::CannotTell { .. })
    ));
}

#[test]
fn the_target_group_is_the_services_own_then_named_then_the_only_one() {
    let mut snapshot = good();
    let groups = read(&mut snapshot.target_groups);
    let mut other: TargetGroup = groups[0].clone();
    other.arn = Arn::from("arn:other");
    other.name = "other".to_owned();
    groups.push(other);
    let by_relation = ok("news-api-tg", FoundBy::Relation);
    assert_eq!(chapter_target_group(&snapshot), by_relation);
    change_service(&mut snapshot, |service| {
        service.target_groups[0].target_group = Arn::from("arn:other");
    });
    assert_eq!(
        chapter_target_group(&snapshot),
        ok("other", FoundBy::Relation)
    );
    change_service(&mut snapshot, |service| service.target_groups.clear());
    assert_eq!(
        chapter_target_group(&snapshot),
        ok("news-api-tg", FoundBy::Name)
    );
    read(&mut snapshot.target_groups).remove(0);
    assert_eq!(
        chapter_target_group(&snapshot),
        ok("other", FoundBy::OnlyOne)
    );
}

#[test]
fn of_a_services_several_target_groups_the_one_for_the_apps_port_counts() {
    let mut snapshot = good();
    let groups = read(&mut snapshot.target_groups);
    let mut admin: TargetGroup = groups[0].clone();
    admin.arn = Arn::from("arn:admin");
    admin.name = "admin".to_owned();
    groups.push(admin);
    change_service(&mut snapshot, |service| {
        let mut first = service.target_groups[0].clone();
        first.target_group = Arn::from("arn:admin");
        first.port = 9000;
        service.target_groups.insert(0, first);
    });
    assert_eq!(
        chapter_target_group(&snapshot),
        ok("news-api-tg", FoundBy::Relation)
    );
}

#[test]
fn a_deleted_service_is_not_there_and_a_draining_one_still_is() {
    let mut snapshot = good();
    change_service(&mut snapshot, |service| {
        service.status = "INACTIVE".to_owned();
    });
    let found = ask(&snapshot, |stack| service::find(stack).map(|_| ()));
    assert_eq!(found, Err(Gap::NotThere));
    change_service(&mut snapshot, |service| {
        service.status = "DRAINING".to_owned();
    });
    assert_eq!(
        ask(&snapshot, |stack| service::find(stack).map(|_| ())),
        Ok(())
    );
}

#[test]
fn the_definition_is_the_running_one_before_the_newest() {
    let running = |snapshot: &Snapshot| {
        ask(snapshot, |stack| {
            definition::find(stack).map(|(found, by)| (found.arn.short().to_owned(), by))
        })
    };
    let mut snapshot = good();
    let newest = read(&mut snapshot.revisions)[0].short().to_owned();
    let runs = snapshot.service.present().unwrap().definition.clone();
    assert_ne!(
        runs.short(),
        newest,
        "after the rollback that the chapter practises"
    );
    assert_eq!(running(&snapshot), ok(runs.short(), FoundBy::Relation));
    snapshot.service = Fact::Absent;
    assert_eq!(running(&snapshot), ok(&newest, FoundBy::Name));
    snapshot.definitions.clear();
    assert!(matches!(running(&snapshot), Err(Gap::CannotTell { .. })));
    snapshot.revisions = Fact::Present(Vec::new());
    assert_eq!(running(&snapshot), Err(Gap::NotThere));
}
