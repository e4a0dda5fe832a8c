//! The cluster and the service: what somebody set, not what comes and goes by itself.

use super::edge::short;
use super::groups::attached;
use super::pairs::{Pair, listed, single};
use super::part::Part;
use super::{Drift, Looks};
use crate::account::{Cluster, Fact, Service};

pub(super) fn tell(looks: &Looks<'_>) -> Vec<Drift> {
    let mut told = cluster(looks);
    let (before, now) = (&looks.before.service, &looks.now.service);
    match single(before, now) {
        // Of another name, and the settings say so.
        Some(Pair::Gone(one)) if one.name != looks.now.chapter.service.service => {}
        Some(Pair::Gone(one)) if one.status != "INACTIVE" => told.push(gone(one)),
        Some(Pair::Both(was, is)) if was.name == is.name => {
            if was.status != is.status && is.status != "ACTIVE" {
                told.push(gone(is));
            } else {
                told.extend(service(looks, was, is));
            }
        }
        _ => {}
    }
    told
}

fn gone(service: &Service) -> Drift {
    let say = format!("the service {} is gone", service.name);
    Drift::gone(Part::Service, &service.name, "ACTIVE", say)
}

fn cluster(looks: &Looks<'_>) -> Vec<Drift> {
    let stands = |cluster: &&Cluster| cluster.status != "INACTIVE";
    let named = |cluster: &&Cluster| cluster.name == looks.now.chapter.service.cluster;
    let was = looks.before.cluster.present().filter(stands).filter(named);
    let is_gone = match &looks.now.cluster {
        Fact::Present(cluster) => !stands(&cluster),
        Fact::Absent => true,
        Fact::Unknown(_) => false,
    };
    match was {
        Some(cluster) if is_gone => vec![Drift::gone(
            Part::Cluster,
            &cluster.name,
            "ACTIVE",
            format!("the cluster {} is gone", cluster.name),
        )],
        _ => Vec::new(),
    }
}

fn service(looks: &Looks<'_>, was: &Service, is: &Service) -> Vec<Drift> {
    let name = &is.name;
    let part = Part::Service;
    let mut told = Vec::new();
    if was.desired != is.desired {
        let what = format!("the number of tasks that {name} is to run is");
        told.push(Drift::changed(part, name, &what, (was.desired, is.desired)));
    }
    if was.definition != is.definition {
        let what = format!("{name} runs the revision");
        let revisions = (was.definition.short(), is.definition.short());
        told.push(Drift::changed(part, name, &what, revisions));
    }
    if was.grace_seconds != is.grace_seconds {
        let what = format!("the grace period of {name} in seconds is");
        let seconds = (was.grace_seconds, is.grace_seconds);
        told.push(Drift::changed(part, name, &what, seconds));
    }
    let targets = |one: &Service| {
        let names: Vec<String> = one
            .target_groups
            .iter()
            .map(|target| {
                let group = short(&target.target_group);
                format!("{group} ({} port {})", target.container, target.port)
            })
            .collect();
        listed(&names)
    };
    let subnets = |one: &Service| listed(&one.subnets);
    let runs_on = |one: &Service| match &one.launch_type {
        Some(kind) => kind.clone(),
        None => listed(&one.capacity_providers),
    };
    for (what, before, now) in [
        ("runs on", runs_on(was), runs_on(is)),
        ("registers its tasks with", targets(was), targets(is)),
        ("starts tasks in the subnets", subnets(was), subnets(is)),
    ] {
        if before != now {
            told.push(Drift::changed(
                part,
                name,
                &format!("{name} {what}"),
                (before, now),
            ));
        }
    }
    if was.public_address != is.public_address {
        const fn word(on: bool) -> &'static str {
            if on { "yes" } else { "no" }
        }
        let say = if is.public_address {
            format!("the tasks of {name} get public addresses now")
        } else {
            format!("the tasks of {name} get no public addresses any more")
        };
        let words = (word(was.public_address), word(is.public_address));
        told.push(Drift::turned(part, name, words, say));
    }
    told.extend(attached(
        looks,
        Part::TaskGroup,
        name,
        &was.groups.iter().collect::<Vec<_>>(),
        &is.groups.iter().collect::<Vec<_>>(),
    ));
    told
}
