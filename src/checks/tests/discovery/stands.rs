//! In which VPC the chapter stands.

use super::*;

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

#[test]
fn the_service_outweighs_the_vpc_of_landfall_toml_and_the_evidence_says_so() {
    let mut snapshot = good();
    let runs_in = chapter_vpc(&snapshot).unwrap().0;
    add_vpc(&mut snapshot);
    snapshot.chapter.vpc = Some(VpcId::from("vpc-own"));
    assert_eq!(chapter_vpc(&snapshot), ok(&runs_in, FoundBy::Relation));
    assert_decided(&snapshot, "sg.tiers-exist", "vpc-own", &runs_in);
    snapshot.service = Fact::Absent;
    assert_eq!(chapter_vpc(&snapshot), ok("vpc-own", FoundBy::Name));
}

/// A group with the tasks' name in each of these VPCs and nowhere else.
fn tasks_groups_in(snapshot: &mut Snapshot, vpcs: &[&str]) {
    let groups = read(&mut snapshot.network.groups);
    let is_tasks = |group: &SecurityGroup| group.name == "news-api-ecs-sg";
    let one = groups.iter().find(|group| is_tasks(group)).unwrap().clone();
    groups.retain(|group| !is_tasks(group));
    for vpc in vpcs {
        let mut copy = one.clone();
        copy.id = GroupId(format!("sg-in-{vpc}"));
        copy.vpc = VpcId::from(*vpc);
        groups.push(copy);
    }
}

#[test]
fn the_tasks_group_in_two_vpcs_leaves_open_which_it_is_unless_one_is_the_default() {
    let mut snapshot = good();
    snapshot.service = Fact::Absent;
    snapshot.balancers = Fact::Present(Vec::new());
    let default = chapter_vpc(&snapshot).unwrap().0;
    for id in ["vpc-a", "vpc-b"] {
        read(&mut snapshot.network.vpcs).push(Vpc {
            id: VpcId::from(id),
            ranges: Vec::new(),
            is_default: false,
        });
    }
    tasks_groups_in(&mut snapshot, &["vpc-a", &default]);
    assert_eq!(chapter_vpc(&snapshot), ok(&default, FoundBy::Fixed));
    tasks_groups_in(&mut snapshot, &["vpc-a", "vpc-b"]);
    assert_eq!(
        chapter_vpc(&snapshot),
        several(vpc::VPC, &["vpc-a", "vpc-b"])
    );
    // What is looked for in the VPC is not said to be several itself.
    let found = finding(&snapshot, "sg.tiers-exist");
    assert_eq!(found.verdict, Verdict::Unknown);
    assert!(
        found.summary.contains("several VPCs") && found.summary.contains("vpc-a, vpc-b"),
        "{found:#?}"
    );
    assert!(
        found.fix[0]
            .say
            .contains("above the first [table], vpc = \"vpc-a\""),
        "{found:#?}"
    );
    choose(&mut snapshot, "vpc", Chosen::This("vpc-b".into()));
    assert_eq!(chapter_vpc(&snapshot), ok("vpc-b", FoundBy::Choice));
    let neither = BTreeSet::from(["vpc-a".to_owned(), "vpc-b".to_owned()]);
    choose(&mut snapshot, "vpc", Chosen::NoneOf(neither));
    assert_eq!(chapter_vpc(&snapshot), ok(&default, FoundBy::Fixed));
}
