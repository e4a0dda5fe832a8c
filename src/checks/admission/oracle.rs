//! The judge of security groups held against brute force: every packet of a small world, sent at random rule sets.

use super::{Admission, Admitted, Expected};
use crate::account::{
    Fact, GroupId, GroupRule, Peer, Protocol, SecurityGroup, Snapshot, Source, VpcId,
};
use crate::checks::stack::Stack;
use crate::checks::testing;
use crate::practice::test_chapter;
use ipnet::IpNet;
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::net::IpAddr;

const PORT: u16 = 5432;
/// The tasks' group, another group, the target's own two, one of a peered VPC.
const GROUPS: [&str; 5] = ["sg-tasks", "sg-other", "sg-target", "sg-second", "sg-peer"];
const TASK_SUBNETS: [&str; 2] = ["10.0.0.0/26", "10.0.0.64/26"];
const LIST: &str = "pl-1";

/// One packet: where it comes from, and the groups on the interface that sent it.
struct Packet {
    from: IpAddr,
    groups: Vec<&'static str>,
}

/// What AWS does, rule by rule.
fn lets_in(rules: &[&GroupRule], lists: &[IpNet], packet: &Packet) -> bool {
    rules.iter().any(|rule| {
        let protocol = matches!(rule.protocol, Protocol::All | Protocol::Tcp);
        let port = rule.protocol == Protocol::All
            || rule
                .ports
                .is_none_or(|(first, last)| first <= PORT && PORT <= last);
        let peer = match &rule.peer {
            Peer::Range(net) => net.contains(&packet.from),
            Peer::Group { id, .. } => packet.groups.contains(&id.as_str()),
            Peer::PrefixList(_) => lists.iter().any(|net| net.contains(&packet.from)),
        };
        protocol && port && peer
    })
}

/// Every address of the VPC, and a few outside.
fn addresses() -> Vec<IpAddr> {
    let inside = (0..=255).map(|last| IpAddr::from([10, 0, 0, last]));
    let outside = ["203.0.113.7", "8.8.8.8", "2001:db8::5", "2001:db8:1::5"];
    inside
        .chain(outside.iter().map(|text| text.parse().unwrap()))
        .collect()
}

fn is_task_address(address: &IpAddr) -> bool {
    nets(&TASK_SUBNETS).iter().any(|net| net.contains(address))
}

/// The classification by brute force.
fn oracle(rules: &[&GroupRule], lists: &[IpNet]) -> &'static str {
    let tasks = addresses().into_iter().filter(is_task_address).all(|from| {
        let groups = vec!["sg-tasks"];
        lets_in(rules, lists, &Packet { from, groups })
    });
    let ranges = addresses().into_iter().any(|from| {
        let groups = Vec::new();
        lets_in(rules, lists, &Packet { from, groups })
    });
    let groups = GROUPS[1..].iter().any(|group| {
        // From an address that no range holds.
        let packet = Packet {
            from: "192.0.2.1".parse().unwrap(),
            groups: vec![group],
        };
        lets_in(rules, lists, &packet)
    });
    match (tasks, ranges, groups) {
        (false, false, false) => "nobody",
        (false, _, _) => "others",
        (true, true, _) => "ranges",
        (true, false, true) => "groups",
        (true, false, false) => "only",
    }
}

fn name(admitted: &Admitted<'_>) -> &'static str {
    match admitted {
        Admitted::Only => "only",
        Admitted::Nobody => "nobody",
        Admitted::Others(_) => "others",
        Admitted::AlsoRanges(_) => "ranges",
        Admitted::AlsoGroups(_) => "groups",
        Admitted::CannotTell(_) => "cannot tell",
    }
}

fn nets(texts: &[&str]) -> Vec<IpNet> {
    texts.iter().map(|text| text.parse().unwrap()).collect()
}

fn group(id: &str, inbound: Vec<GroupRule>) -> SecurityGroup {
    SecurityGroup {
        id: GroupId::from(id),
        name: id.to_owned(),
        vpc: VpcId::from("vpc-1"),
        owner: crate::account::AccountId::from("123456789012"),
        inbound,
        outbound: Vec::new(),
    }
}

fn world(targets: &[SecurityGroup], lists: Fact<Vec<IpNet>>) -> Snapshot {
    let chapter = test_chapter();
    let region = chapter.region.clone();
    let mut snapshot = Snapshot::blank(Source::Aws, chapter, region, testing::now());
    let mut groups = vec![group("sg-tasks", Vec::new()), group("sg-other", Vec::new())];
    groups.extend(targets.iter().cloned());
    snapshot.network.groups = Fact::Present(groups);
    snapshot.network.prefix_lists.insert(LIST.to_owned(), lists);
    snapshot
}

fn judge(targets: &[SecurityGroup], lists: Fact<Vec<IpNet>>) -> &'static str {
    let snapshot = world(targets, lists);
    let attested = BTreeSet::new();
    let stack = Stack {
        snapshot: &snapshot,
        attested: &attested,
        teardown_begun: false,
    };
    let groups = snapshot.network.groups.present().unwrap();
    let (tasks, on_target) = (&groups[0], groups[2..].iter().collect::<Vec<_>>());
    let expected = Expected {
        groups: vec![tasks],
        addresses: nets(&TASK_SUBNETS),
    };
    name(&Admission::of(&stack, &on_target, PORT).against(&expected))
}

fn a_net() -> impl Strategy<Value = IpNet> {
    prop_oneof![
        Just("0.0.0.0/0"),
        Just("10.0.0.0/24"),
        Just("10.0.0.0/25"),
        Just("10.0.0.0/26"),
        Just("10.0.0.64/26"),
        Just("10.0.0.64/27"),
        Just("10.0.0.96/27"),
        Just("10.0.0.9/32"),
        Just("203.0.113.7/32"),
        Just("::/0"),
        Just("2001:db8::/64"),
        Just("0.0.0.0/1"),
        Just("128.0.0.0/1"),
    ]
    .prop_map(|text| text.parse().unwrap())
}

fn a_peer() -> impl Strategy<Value = Peer> {
    let of = |id: &'static str| Peer::Group {
        id: GroupId::from(id),
        account: Some(crate::account::AccountId::from("123456789012")),
        peered_vpc: (id == "sg-peer").then(|| VpcId::from("vpc-2")),
    };
    prop_oneof![
        3 => a_net().prop_map(Peer::Range),
        2 => Just(of("sg-tasks")),
        2 => prop::sample::select(GROUPS.to_vec()).prop_map(of),
        // A group that is gone: no interface carries it.
        1 => Just(of("sg-gone")),
        1 => Just(Peer::PrefixList(LIST.to_owned())),
    ]
}

fn a_rule() -> impl Strategy<Value = GroupRule> {
    let protocol = prop_oneof![
        4 => Just(Protocol::Tcp),
        2 => Just(Protocol::All),
        1 => Just(Protocol::Udp),
        1 => Just(Protocol::Icmp),
    ];
    let ports = prop_oneof![
        3 => Just(Some((PORT, PORT))),
        1 => Just(None),
        1 => Just(Some((0, 65535))),
        1 => Just(Some((5000, 6000))),
        1 => Just(Some((PORT + 1, PORT + 1))),
        1 => Just(Some((443, 443))),
    ];
    (protocol, ports, a_peer()).prop_map(|(protocol, ports, peer)| GroupRule {
        ports: if protocol == Protocol::All {
            None
        } else {
            ports
        },
        protocol,
        peer,
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_judge_agrees_with_every_packet(
        first in prop::collection::vec(a_rule(), 0..4),
        second in prop::collection::vec(a_rule(), 0..3),
        lists in prop::collection::vec(a_net(), 0..3),
    ) {
        let rules: Vec<&GroupRule> = first.iter().chain(&second).collect();
        let expected = oracle(&rules, &lists);
        let targets = [group("sg-target", first.clone()), group("sg-second", second.clone())];
        prop_assert_eq!(judge(&targets, Fact::Present(lists)), expected);
    }

    #[test]
    fn an_unread_prefix_list_never_makes_up_an_answer_that_it_could_change(
        rules in prop::collection::vec(a_rule(), 0..4),
        lists in prop::collection::vec(a_net(), 0..3),
    ) {
        let targets = [group("sg-target", rules)];
        let blind = judge(&targets, Fact::not_asked());
        prop_assume!(blind != "cannot tell");
        prop_assert_eq!(judge(&targets, Fact::Present(lists)), blind);
    }
}
