//! What the real account is asked only when something fails: the lists at the subnets' edges, names in the VPC.

use super::ids::Ids;
use super::network::ranges;
use crate::account::*;

/// Every list ends with it: deny what no other rule was about.
const REST: u16 = 32767;

/// Reads closer what the symptoms give reason to; what a fault has put there stays.
pub(super) fn look(snapshot: &mut Snapshot, chapter: &Chapter) {
    let symptoms = Symptoms::of(
        &snapshot.service,
        &snapshot.stopped_tasks,
        Some(&snapshot.target_groups),
        snapshot.collected_at,
    );
    let network = symptoms.network_is_doubtful();
    let words: Vec<String> = symptoms
        .last_words_of()
        .iter()
        .map(|task| task.id.clone())
        .collect();
    match &mut snapshot.log_tails {
        Fact::Present(tails) => tails.retain(|tail| words.contains(&tail.task)),
        other if !words.is_empty() => *other = Fact::Present(Vec::new()),
        _ => {}
    }
    if !network {
        return;
    }
    let ids = Ids(chapter);
    if snapshot.network.acls.present().is_none() {
        snapshot.network.acls = Fact::Present(vec![default_list(ids)]);
    }
    let names = VpcDns {
        resolves: true,
        gives_names: true,
    };
    let dns = &mut snapshot.network.dns;
    dns.entry(ids.vpc()).or_insert(Fact::Present(names));
}

/// As AWS makes it with the VPC: everything in, everything out.
fn default_list(ids: Ids<'_>) -> NetworkAcl {
    let rule = |direction, number, action| {
        ranges("0.0.0.0/0").into_iter().map(move |range| AclEntry {
            number,
            direction,
            action,
            protocol: Protocol::All,
            ports: None,
            range,
        })
    };
    NetworkAcl {
        id: "acl-0c5d1e7f28a394b60".to_owned(),
        vpc: ids.vpc(),
        is_default: true,
        subnets: ids.subnet_ids(),
        entries: [AclDirection::Inbound, AclDirection::Outbound]
            .into_iter()
            .flat_map(|direction| {
                rule(direction, 100, AclAction::Allow).chain(rule(direction, REST, AclAction::Deny))
            })
            .collect(),
    }
}
