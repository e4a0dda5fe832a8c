//! The judge of security groups held against brute force: single packets, sent at random rule sets.
//!
//! The oracle shares no code with the judge. It knows one packet and one rule at a time, as AWS describes them; who is
//! admitted follows from sending packets from everywhere.

#[path = "oracle_rules.rs"]
mod rules;

use crate::account::{Fact, GroupRule, Peer, Protocol};
use ipnet::IpNet;
use proptest::prelude::*;
use rules::{LISTS, OWN, World, a_world};
use std::net::{IpAddr, Ipv6Addr};

/// One TCP packet, by what decides about it.
#[derive(Debug, Clone)]
struct Packet<'a> {
    port: u16,
    /// The address at the other end: where it comes from, or where it goes to. `None`: one that no rule's range holds.
    peer: Option<IpAddr>,
    /// The groups on the interface at the other end.
    carried: &'a [&'static str],
}

/// What one rule does to it, by the numbers that stand in the packet.
fn lets_through(rule: &GroupRule, world: &World, packet: &Packet<'_>) -> bool {
    const TCP: u8 = 6;
    let number = match &rule.protocol {
        Protocol::All => None,
        Protocol::Icmp => Some(1),
        Protocol::Tcp => Some(6),
        Protocol::Udp => Some(17),
        Protocol::Other(text) => Some(text.parse::<u8>().unwrap()),
    };
    let fits = match number {
        None => true,
        Some(number) if number != TCP => false,
        Some(_) => match rule.ports {
            None => true,
            Some((first, last)) => first <= packet.port && packet.port <= last,
        },
    };
    fits && match &rule.peer {
        Peer::Range(net) => packet.peer.is_some_and(|address| inside(net, address)),
        Peer::PrefixList(id) => {
            let at = LISTS.iter().position(|list| list == id).unwrap();
            let nets = world.lists[at].iter();
            nets.clone()
                .any(|net| packet.peer.is_some_and(|address| inside(net, address)))
        }
        Peer::Group { id, peering, .. } => {
            peering.as_deref() != Some("deleted") && packet.carried.contains(&id.as_str())
        }
    }
}

/// By bits: the first ones of the address are those of the range.
fn inside(net: &IpNet, address: IpAddr) -> bool {
    match (net, address) {
        (IpNet::V4(net), IpAddr::V4(address)) => {
            let low = 32 - u32::from(net.prefix_len());
            u64::from(u32::from(net.addr())) >> low == u64::from(u32::from(address)) >> low
        }
        (IpNet::V6(net), IpAddr::V6(address)) => {
            let low = 128 - u32::from(net.prefix_len());
            let bits = |address: Ipv6Addr| u128::from(address).checked_shr(low).unwrap_or(0);
            bits(net.addr()) == bits(address)
        }
        _ => false,
    }
}

/// Addresses to try: of every range that is named the ends and what lies beside them. Where rules begin or cease to let
/// something through, one of these is the first to show it.
fn addresses(world: &World) -> Vec<IpAddr> {
    let mut all: Vec<IpAddr> = Vec::new();
    for net in world.nets() {
        match net {
            IpNet::V4(net) => {
                let (first, last) = (u32::from(net.network()), u32::from(net.broadcast()));
                for bits in [first.wrapping_sub(1), first, last, last.wrapping_add(1)] {
                    all.push(IpAddr::from(bits.to_be_bytes()));
                }
            }
            IpNet::V6(net) => {
                let (first, last) = (u128::from(net.network()), u128::from(net.broadcast()));
                for bits in [first.wrapping_sub(1), first, last, last.wrapping_add(1)] {
                    all.push(IpAddr::from(bits.to_be_bytes()));
                }
            }
        }
    }
    all.sort();
    all.dedup();
    all
}

/// What the tasks' and the database's packets have: an IPv4 address where the subnets have any.
fn in_subnets(world: &World, address: &IpAddr) -> bool {
    let has_v4 = world.subnets.iter().any(|net| matches!(net, IpNet::V4(_)));
    (address.is_ipv4() || !has_v4) && world.subnets.iter().any(|net| inside(net, *address))
}

/// Which of some packets come through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Through {
    All,
    Some,
    None,
}

fn through(results: impl Iterator<Item = bool>) -> Through {
    let (mut any, mut all) = (false, true);
    for result in results {
        any |= result;
        all &= result;
    }
    match (any, all) {
        (true, true) => Through::All,
        (true, false) => Through::Some,
        (false, _) => Through::None,
    }
}

/// Verdict and cause by brute force.
fn oracle(world: &World) -> (&'static str, &'static str) {
    let (closed, everywhere) = ("database-closed-to-tasks", addresses(world));
    let inbound = |peer: Option<IpAddr>, carried: &[&'static str]| {
        let packet = Packet {
            port: world.port,
            peer,
            carried,
        };
        world
            .inbound()
            .any(|rule| lets_through(rule, world, &packet))
    };
    let places = || everywhere.iter().filter(|one| in_subnets(world, one));
    let tasks = through(places().map(|from| inbound(Some(*from), &world.senders)));
    let strangers = everywhere.iter().any(|from| inbound(Some(*from), &[]));
    // Members of every other group that anything can carry.
    let groups = OWN
        .iter()
        .chain(&["sg-foreign", "sg-peer"])
        .filter(|group| !world.senders.contains(group))
        .any(|group| inbound(None, &[*group]));
    let out = through(places().map(|to| {
        let packet = Packet {
            port: world.port,
            peer: Some(*to),
            carried: &world.targets,
        };
        world
            .outbound()
            .any(|rule| lets_through(rule, world, &packet))
    }));
    let (verdict, cause) = match (tasks, strangers, groups, out) {
        (Through::Some | Through::None, ..) | (_, _, _, Through::None) => ("failed", closed),
        (Through::All, true, ..) => ("failed", "source-is-cidr"),
        (Through::All, false, true, _) => ("failed", "source-is-other-group"),
        (Through::All, false, false, Through::Some) => ("unknown", ""),
        (Through::All, false, false, Through::All) => ("passed", ""),
    };
    // Between tiers that share a group, only an open range is a fault of its own.
    if world.shares_a_group() && verdict == "failed" && cause != "source-is-cidr" {
        return ("blocked", "");
    }
    (verdict, cause)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_judge_agrees_with_every_packet(world in a_world()) {
        prop_assert_eq!(world.judged(Fact::Present), oracle(&world));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_unread_prefix_list_never_makes_up_an_answer_that_it_could_change(world in a_world()) {
        let blind = world.judged(|_| Fact::not_asked());
        prop_assume!(blind.0 != "unknown" && !world.shares_a_group());
        let seeing = oracle(&world);
        // That somebody else is admitted stays true, however many more a list turns out to hold; and what is wrong at the
        // database stays wrong, though the tasks may turn out not to be let out either.
        let more = blind.1 == "source-is-other-group" || blind.1 == "source-is-cidr";
        prop_assert!(blind == seeing || (more && blind.0 == seeing.0), "{:?} {:?}", blind, seeing);
    }
}
