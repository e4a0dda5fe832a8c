//! The parts of a good account that tests of the second half of the chapter change.

use crate::account::*;
use crate::checks::testing::*;

pub(super) fn balancer(snapshot: &mut Snapshot) -> &mut Balancer {
    &mut read(&mut snapshot.balancers)[0]
}

pub(super) fn listener(snapshot: &mut Snapshot, port: u16) -> &mut Listener {
    read(&mut balancer(snapshot).listeners)
        .iter_mut()
        .find(|listener| listener.port == port)
        .unwrap()
}

pub(super) fn without_listener(snapshot: &mut Snapshot, port: u16) {
    read(&mut balancer(snapshot).listeners).retain(|listener| listener.port != port);
}

pub(super) fn target_group(snapshot: &mut Snapshot) -> &mut TargetGroup {
    &mut read(&mut snapshot.target_groups)[0]
}

pub(super) fn targets(snapshot: &mut Snapshot) -> &mut Vec<Target> {
    read(&mut target_group(snapshot).targets)
}

pub(super) fn certificate(snapshot: &mut Snapshot) -> &mut Certificate {
    &mut read(&mut snapshot.certificates)[0]
}

pub(super) fn service(snapshot: &mut Snapshot) -> &mut Service {
    read(&mut snapshot.service)
}

pub(super) fn primary(snapshot: &mut Snapshot) -> &mut Deployment {
    &mut service(snapshot).deployments[0]
}

/// Every definition that was read: the newest and the running one.
pub(super) fn each_definition(snapshot: &mut Snapshot, change: impl Fn(&mut TaskDefinition)) {
    for fact in snapshot.definitions.values_mut() {
        change(read(fact));
    }
}

pub(super) fn each_container(snapshot: &mut Snapshot, change: impl Fn(&mut Container)) {
    each_definition(snapshot, |definition| change(&mut definition.containers[0]));
}

pub(super) fn each_role(snapshot: &mut Snapshot, change: impl Fn(&mut Role)) {
    for fact in snapshot.roles.values_mut() {
        change(read(fact));
    }
}

/// The group with that name.
pub(super) fn group<'a>(snapshot: &'a mut Snapshot, name: &str) -> &'a mut SecurityGroup {
    read(&mut snapshot.network.groups)
        .iter_mut()
        .find(|group| group.name == name)
        .unwrap()
}

/// The chapter without a domain, everything done.
pub(super) fn without_domain() -> Snapshot {
    let chapter = Chapter {
        has_domain: false,
        ..crate::practice::test_chapter()
    };
    crate::practice::good_account(&chapter, now())
}

/// The same account before the service was created.
pub(super) fn before_the_service() -> Snapshot {
    good_but(|snapshot| {
        snapshot.service = Fact::Absent;
        snapshot.tasks = Fact::Present(Vec::new());
        snapshot.stopped_tasks = Fact::Present(Vec::new());
    })
}
