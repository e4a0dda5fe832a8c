//! A check asks for everything it reads: judged on just those parts of the account, it says what it says on all of them.

use crate::account::*;
use crate::checks::testing::*;
use crate::checks::verification::findings;
use crate::checks::{Check, Stack, Verdict, check, checks};
use crate::practice::{self, test_chapter};
use std::collections::{BTreeMap, BTreeSet};

/// What is collected for one check: its own needs and those of the checks that may explain it.
fn areas(asked: &'static Check) -> BTreeSet<Area> {
    let mut areas = BTreeSet::from([Area::Caller]);
    let mut seen = BTreeSet::new();
    let mut open = vec![asked];
    while let Some(one) = open.pop() {
        if seen.insert(one.id) {
            areas.extend(one.needs);
            open.extend(one.follows.iter().filter_map(|id| check(id)));
        }
    }
    areas
}

/// The snapshot as it would be had only these parts been collected.
fn only(full: &Snapshot, areas: &BTreeSet<Area>) -> Snapshot {
    let mut snapshot = full.clone();
    let without = |area: Area| !areas.contains(&area);
    macro_rules! forget {
        ($($area:ident: $($field:ident).+),* $(,)?) => {$(
            if without(Area::$area) { snapshot.$($field).+ = Fact::not_asked(); }
        )*};
    }
    forget! {
        RootAccount: root_account, User: user, Budgets: budgets,
        Network: network.vpcs, Network: network.subnets, Network: network.route_tables, Network: network.groups,
        Routes: network.endpoints, Routes: network.nat_gateways,
        Databases: databases, Databases: database_clusters, Databases: database_subnet_groups,
        Caches: cache_nodes, Caches: replication_groups, Caches: serverless_caches, Caches: cache_subnet_groups,
        Parameters: parameters, LogGroups: log_groups, Balancers: balancers, Balancers: target_groups,
        Certificates: certificates, Cluster: cluster, Service: service, Definitions: revisions,
        Tasks: tasks, Tasks: stopped_tasks, DefinitionFile: workplace.definition_file, Git: workplace.git,
        Dns: workplace.dns, Endpoint: workplace.endpoint,
    }
    if without(Area::Network) {
        snapshot.network.prefix_lists.clear();
    }
    if without(Area::Tasks) || without(Area::Network) {
        snapshot.network.acls = Fact::not_asked();
        snapshot.network.dns.clear();
        snapshot.network.interfaces = Fact::not_asked();
    }
    if without(Area::Tasks) || without(Area::Definitions) {
        snapshot.log_tails = Fact::not_asked();
    }
    if without(Area::Registry) {
        snapshot.repositories.clear();
    }
    if without(Area::Platforms) {
        for facts in snapshot.repositories.values_mut() {
            if let Fact::Present(images) = &mut facts.images {
                images
                    .iter_mut()
                    .for_each(|image| image.platforms = Fact::not_asked());
            }
        }
    }
    if without(Area::Parameters) {
        snapshot.secrets.clear();
    }
    if without(Area::Definitions) {
        snapshot.definitions.clear();
    }
    if without(Area::Roles) {
        snapshot.roles.clear();
    }
    if without(Area::Dns) {
        snapshot.workplace.validation_records.clear();
    }
    snapshot
}

fn verdicts(snapshot: &Snapshot) -> BTreeMap<&'static str, Verdict> {
    let attested = BTreeSet::new();
    findings(&Stack {
        snapshot,
        attested: &attested,
        teardown_begun: false,
    })
    .into_iter()
    .map(|(id, finding)| (id, finding.verdict))
    .collect()
}

/// Verdicts that differ when only the check's own parts were collected.
fn differing(name: &str, full: &Snapshot) -> String {
    let expected = verdicts(full);
    let mut differing = String::new();
    for check in checks().filter(|check| check.id.as_str() != "leftovers.none") {
        let id = check.id.as_str();
        let seen = verdicts(&only(full, &areas(check)))[id];
        if seen != expected[id] {
            differing.push_str(&format!(
                "{name}: {id} is {seen:?} instead of {:?}\n",
                expected[id]
            ));
        }
    }
    differing
}

#[test]
fn a_good_and_an_empty_account_are_judged_the_same_part_by_part() {
    assert_eq!(differing("good", &good()), "");
    assert_eq!(differing("empty", &empty()), "");
}

#[test]
fn every_fault_is_judged_the_same_part_by_part() {
    let chapter = test_chapter();
    let mut state = practice::State::default();
    practice::apply_all(&mut state, now());
    let mut all = String::new();
    for cause in practice::causes().filter(|cause| cause.after != [practice::TEARDOWN]) {
        let mut state = state.clone();
        practice::break_cause(&mut state, cause.id, &chapter, now()).unwrap();
        all.push_str(&differing(
            cause.id,
            &practice::snapshot(&state, &chapter, now()),
        ));
    }
    assert_eq!(all, "");
}
