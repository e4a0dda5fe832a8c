//! Which balancer, target group, service and definition are meant.

use super::*;

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
    assert_eq!(
        chapter_balancer(&snapshot),
        several(balancer::BALANCER, &["mine", "second"])
    );
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
