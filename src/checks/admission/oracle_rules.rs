//! Random worlds for the oracle: groups with rules that lie close to what decides.

use crate::account::{
    AccountId, AttachedGroup, Fact, GroupId, GroupRule, Peer, Protocol, SecurityGroup, Snapshot,
    VpcId,
};
use crate::checks::stack::Stack;
use crate::checks::testing;
use ipnet::IpNet;
use proptest::prelude::*;
use proptest::sample::select;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// Groups of this account that something can carry.
pub(super) const OWN: [&str; 5] = ["sg-tasks", "sg-more", "sg-other", "sg-target", "sg-second"];
pub(super) const LISTS: [&str; 2] = ["pl-1", "pl-2"];

const V4: [&str; 3] = ["10.0.0.0/26", "10.0.0.64/26", "10.0.0.128/26"];
const V6: [&str; 3] = ["2001:db8::/64", "2001:db8:0:1::/64", "2001:db8:0:2::/64"];

#[derive(Debug, Clone)]
pub(super) struct World {
    pub port: u16,
    /// Of the tasks and of the database.
    pub subnets: Vec<IpNet>,
    /// On the tasks.
    pub senders: Vec<&'static str>,
    /// On the database.
    pub targets: Vec<&'static str>,
    /// Inbound and outbound rules of each of `OWN`.
    rules: Vec<(Vec<GroupRule>, Vec<GroupRule>)>,
    pub lists: Vec<Vec<IpNet>>,
}

static GOOD: LazyLock<Snapshot> = LazyLock::new(testing::good);

impl World {
    fn of(
        &self,
        groups: &[&'static str],
    ) -> impl Iterator<Item = &(Vec<GroupRule>, Vec<GroupRule>)> {
        let at = |group: &&'static str| OWN.iter().position(|own| own == group).unwrap();
        groups
            .iter()
            .map(at)
            .map(|at| &self.rules[at])
            .collect::<Vec<_>>()
            .into_iter()
    }

    /// All inbound rules of all groups on the database.
    pub fn inbound(&self) -> impl Iterator<Item = &GroupRule> {
        self.of(&self.targets).flat_map(|(inbound, _)| inbound)
    }

    /// All outbound rules of all groups on the tasks.
    pub fn outbound(&self) -> impl Iterator<Item = &GroupRule> {
        self.of(&self.senders).flat_map(|(_, outbound)| outbound)
    }

    /// Whether the tasks and the database carry the same group.
    pub fn shares_a_group(&self) -> bool {
        self.senders
            .iter()
            .any(|group| self.targets.contains(group))
    }

    /// Every range that is named anywhere.
    pub fn nets(&self) -> Vec<IpNet> {
        let ranges = self
            .inbound()
            .chain(self.outbound())
            .filter_map(|rule| match rule.peer {
                Peer::Range(net) => Some(net),
                _ => None,
            });
        let lists = self.lists.iter().flatten().copied();
        self.subnets
            .iter()
            .copied()
            .chain(ranges)
            .chain(lists)
            .collect()
    }

    /// Verdict and cause of the check on a finished account with these groups.
    pub fn judged(
        &self,
        list: impl Fn(Vec<IpNet>) -> Fact<Vec<IpNet>>,
    ) -> (&'static str, &'static str) {
        let mut snapshot = GOOD.clone();
        let subnets = testing::read(&mut snapshot.network.subnets);
        for (at, subnet) in subnets.iter_mut().enumerate() {
            subnet.ranges = self.subnets.iter().skip(at).step_by(3).copied().collect();
        }
        let groups = testing::read(&mut snapshot.network.groups);
        let template = groups[0].clone();
        for (id, (inbound, outbound)) in OWN.iter().zip(&self.rules) {
            groups.push(SecurityGroup {
                id: GroupId::from(*id),
                name: (*id).to_owned(),
                inbound: inbound.clone(),
                outbound: outbound.clone(),
                ..template.clone()
            });
        }
        testing::read(&mut snapshot.service).groups =
            self.senders.iter().map(|id| GroupId::from(*id)).collect();
        let database = &mut testing::read(&mut snapshot.databases)[0];
        database.endpoint.as_mut().unwrap().port = self.port;
        database.groups = self
            .targets
            .iter()
            .map(|id| AttachedGroup {
                id: GroupId::from(*id),
                active: true,
            })
            .collect();
        for (id, nets) in LISTS.iter().zip(&self.lists) {
            snapshot
                .network
                .prefix_lists
                .insert((*id).to_owned(), list(nets.clone()));
        }
        let attested = BTreeSet::new();
        let judgement = Stack {
            snapshot: &snapshot,
            attested: &attested,
            teardown_begun: false,
        }
        .judgement_of("rds.sg-source");
        (
            judgement.verdict.id(),
            judgement.cause.map_or("", crate::checks::Cause::id),
        )
    }
}

pub(super) fn a_world() -> impl Strategy<Value = World> {
    let port = prop_oneof![4 => Just(5432), 1 => Just(1), 1 => Just(65535), 1 => any::<u16>()];
    let senders = prop_oneof![
        5 => Just(vec!["sg-tasks"]),
        3 => Just(vec!["sg-more", "sg-tasks"]),
        1 => Just(vec!["sg-tasks", "sg-target"]),
    ];
    let targets = prop_oneof![
        Just(vec!["sg-target"]),
        Just(vec!["sg-target", "sg-second"]),
        Just(vec!["sg-second", "sg-target"]),
    ];
    (port, 0..4_u8, senders, targets).prop_flat_map(|(port, family, senders, targets)| {
        let subnets: Vec<&str> = match family {
            0 => V6.to_vec(),
            1 => V4.iter().chain(&V6).copied().collect(),
            _ => V4.to_vec(),
        };
        let subnets: Vec<IpNet> = subnets.iter().map(|text| text.parse().unwrap()).collect();
        let inbound = (inbound(port), inbound(port));
        let outbound = (outbound(port), outbound(port), outbound(port));
        // Nobody may look at these: what the tasks admit, and what the database lets out.
        let rules = (inbound, outbound).prop_map(|((target, second), (tasks, more, shared))| {
            let trap = || vec![everything()];
            vec![
                (trap(), tasks),
                (trap(), more),
                (trap(), trap()),
                (target, shared),
                (second, trap()),
            ]
        });
        let lists = prop::collection::vec(prop::collection::vec(a_net(), 0..3), LISTS.len());
        (rules, lists).prop_map(move |(rules, lists)| World {
            port,
            subnets: subnets.clone(),
            senders: senders.clone(),
            targets: targets.clone(),
            rules,
            lists,
        })
    })
}

fn inbound(port: u16) -> impl Strategy<Value = Vec<GroupRule>> {
    prop_oneof![
        // The right rule, alone or with something beside it.
        2 => prop::collection::vec(a_rule(port), 0..2).prop_map(move |mut rules| {
            rules.push(exactly(port, own("sg-tasks")));
            rules
        }),
        3 => prop::collection::vec(a_rule(port), 0..4),
        1 => Just(Vec::new()),
    ]
}

fn outbound(port: u16) -> impl Strategy<Value = Vec<GroupRule>> {
    prop_oneof![
        3 => Just(vec![everything()]),
        1 => Just(vec![exactly(port, own("sg-target"))]),
        4 => prop::collection::vec(a_rule(port), 0..4),
    ]
}

fn everything() -> GroupRule {
    GroupRule {
        protocol: Protocol::All,
        ports: None,
        peer: Peer::Range("0.0.0.0/0".parse().unwrap()),
    }
}

fn exactly(port: u16, peer: Peer) -> GroupRule {
    GroupRule {
        protocol: Protocol::Tcp,
        ports: Some((port, port)),
        peer,
    }
}

/// Most of it lies on the edge of what decides.
fn a_rule(port: u16) -> impl Strategy<Value = GroupRule> {
    let protocol = prop_oneof![
        6 => Just(Protocol::Tcp),
        3 => Just(Protocol::All),
        2 => Just(Protocol::Udp),
        1 => Just(Protocol::Icmp),
        1 => Just(Protocol::Other("6".to_owned())),
        1 => Just(Protocol::Other("50".to_owned())),
    ];
    let (below, above) = (port.saturating_sub(1), port.saturating_add(1));
    let ports = prop_oneof![
        4 => Just(Some((port, port))),
        1 => Just(None),
        2 => select(vec![(0, 65535), (below, port), (port, above), (below, above)]).prop_map(Some),
        2 => select(vec![(below, below), (above, above), (0, below), (above, 65535)]).prop_map(Some),
        1 => any::<(u16, u16)>().prop_map(|(one, two)| Some((one.min(two), one.max(two)))),
    ];
    (protocol, ports, a_peer()).prop_map(|(protocol, ports, peer)| GroupRule {
        // Of all protocols AWS sends no ports; should it ever, they mean nothing.
        ports,
        protocol,
        peer,
    })
}

fn own(id: &str) -> Peer {
    a_group(id, None, None, None)
}

fn a_group(id: &str, account: Option<&str>, vpc: Option<&str>, peering: Option<&str>) -> Peer {
    Peer::Group {
        id: GroupId::from(id),
        account: account.map(AccountId::from),
        peered_vpc: vpc.map(VpcId::from),
        peering: peering.map(str::to_owned),
    }
}

fn a_peer() -> impl Strategy<Value = Peer> {
    prop_oneof![
        4 => a_net().prop_map(Peer::Range),
        2 => Just(own("sg-tasks")),
        3 => select(OWN.to_vec()).prop_map(own),
        1 => select(vec![
            a_group("sg-foreign", Some("999999999999"), None, None),
            a_group("sg-peer", None, Some("vpc-peer"), Some("active")),
            // Nothing carries these: deleted, and behind a peering that is over.
            own("sg-gone"),
            a_group("sg-stale", None, Some("vpc-peer"), Some("deleted")),
        ]),
        2 => select(LISTS.to_vec()).prop_map(|id| Peer::PrefixList(id.to_owned())),
    ]
}

/// The subnets, their halves and neighbours, single addresses, everything.
fn a_net() -> impl Strategy<Value = IpNet> {
    let texts = vec![
        "0.0.0.0/0",
        "0.0.0.0/1",
        "128.0.0.0/1",
        "10.0.0.0/8",
        "10.0.0.0/24",
        "10.0.0.0/25",
        "10.0.0.128/25",
        "10.0.0.0/26",
        "10.0.0.64/26",
        "10.0.0.128/26",
        "10.0.0.128/27",
        "10.0.0.160/27",
        "10.0.0.192/26",
        "10.0.0.9/32",
        "10.0.0.255/32",
        "203.0.113.7/32",
        "::/0",
        "::/1",
        "8000::/1",
        "2001:db8::/62",
        "2001:db8::/64",
        "2001:db8:0:1::/64",
        "2001:db8:0:2::/64",
        "2001:db8:0:2::/65",
        "2001:db8:0:2:8000::/65",
        "2001:db8::9/128",
        "2001:db8:0:3::/64",
    ];
    select(texts).prop_map(|text| text.parse().unwrap())
}
