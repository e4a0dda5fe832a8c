//! What one list does to packets: cell by cell, for between two borders of its entries nothing changes.

use crate::account::{AclAction, AclDirection, AclEntry, NetworkAcl, Protocol};
use ipnet::{IpNet, Ipv4Net};
use std::net::Ipv4Addr;

/// How many of the packets come through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lets {
    All,
    /// Those of some addresses.
    SomeAddresses,
    /// Those on some ports: on others none, wherever they come from.
    SomePorts,
    None,
}

/// TCP packets to or from these addresses, on these ports. Of addresses only IPv4 counts, as with security groups; where there
/// is none nothing is said against it.
pub(super) fn lets(
    acl: &NetworkAcl,
    direction: AclDirection,
    peer: &[IpNet],
    ports: (u16, u16),
) -> Lets {
    let entries = in_order(acl, direction);
    let addresses: Vec<u32> = peer
        .iter()
        .filter_map(v4)
        .flat_map(|range| cells(range, &entries))
        .collect();
    let (mut open, mut narrow, mut shut) = (false, false, false);
    for port in port_cells(ports, &entries) {
        let allowed = addresses
            .iter()
            .filter(|address| {
                deciding_entry(&entries, **address, port)
                    .is_some_and(|entry| entry.action == AclAction::Allow)
            })
            .count();
        match allowed {
            all if all == addresses.len() => open = true,
            0 => shut = true,
            _ => narrow = true,
        }
    }
    match (open, narrow, shut) {
        (_, false, false) => Lets::All,
        (false, false, true) => Lets::None,
        (_, _, true) => Lets::SomePorts,
        (_, true, false) => Lets::SomeAddresses,
    }
}

/// Whether a direction has no rule that allows anything: a list as it is created.
pub(super) fn allows_nothing(acl: &NetworkAcl, direction: AclDirection) -> bool {
    !acl.entries
        .iter()
        .any(|entry| entry.direction == direction && entry.action == AclAction::Allow)
}

/// Whether a rule denies whatever there is.
pub(super) fn denies_everything(acl: &NetworkAcl, direction: AclDirection, rule: u16) -> bool {
    acl.entries.iter().any(|entry| {
        entry.direction == direction
            && entry.number == rule
            && entry.protocol == Protocol::All
            && entry.range.prefix_len() == 0
    })
}

/// The number of the rule that denies the first packet that does not come through; `None` = the last one, which denies the
/// rest in every list.
pub(super) fn deciding(
    acl: &NetworkAcl,
    direction: AclDirection,
    peer: &[IpNet],
    ports: (u16, u16),
) -> Option<u16> {
    let entries = in_order(acl, direction);
    let cells = peer
        .iter()
        .filter_map(v4)
        .flat_map(|range| cells(range, &entries));
    let denied = cells
        .flat_map(|address| port_cells(ports, &entries).map(move |port| (address, port)))
        .filter_map(|(address, port)| deciding_entry(&entries, address, port))
        .find(|entry| entry.action == AclAction::Deny)?;
    (denied.number != LAST).then_some(denied.number)
}

/// A number before the rule that denies (before the last one, if that does) which no rule has yet.
pub(super) fn free_before(
    acl: &NetworkAcl,
    direction: AclDirection,
    rule: Option<u16>,
) -> Option<u16> {
    let taken: Vec<u16> = in_order(acl, direction)
        .iter()
        .map(|entry| entry.number)
        .collect();
    match rule {
        Some(rule) => (1..rule).rev().find(|number| !taken.contains(number)),
        None => {
            let highest = taken.iter().filter(|number| **number != LAST).max();
            let next = highest.map_or(100, |highest| highest.saturating_add(10));
            (next < 32766).then_some(next)
        }
    }
}

/// "Deny the rest", with which every list ends.
const LAST: u16 = 32767;

fn in_order(acl: &NetworkAcl, direction: AclDirection) -> Vec<&AclEntry> {
    let mut entries: Vec<&AclEntry> = acl
        .entries
        .iter()
        .filter(|entry| entry.direction == direction && is_tcp(&entry.protocol))
        .filter(|entry| v4(&entry.range).is_some())
        .collect();
    entries.sort_by_key(|entry| entry.number);
    entries
}

fn is_tcp(protocol: &Protocol) -> bool {
    match protocol {
        Protocol::All | Protocol::Tcp => true,
        Protocol::Other(number) => number == "6",
        Protocol::Udp | Protocol::Icmp => false,
    }
}

fn deciding_entry<'a>(entries: &[&'a AclEntry], address: u32, port: u16) -> Option<&'a AclEntry> {
    entries.iter().copied().find(|entry| {
        let here = v4(&entry.range).is_some_and(|range| range.contains(&Ipv4Addr::from(address)));
        here && entry
            .ports
            .is_none_or(|(first, last)| (first..=last).contains(&port))
    })
}

const fn v4(range: &IpNet) -> Option<Ipv4Net> {
    match range {
        IpNet::V4(net) => Some(*net),
        IpNet::V6(_) => None,
    }
}

/// The first address of each stretch that no border divides.
fn cells(range: Ipv4Net, entries: &[&AclEntry]) -> Vec<u32> {
    let (first, last) = (u32::from(range.network()), u32::from(range.broadcast()));
    let mut starts = vec![first];
    for net in entries.iter().filter_map(|entry| v4(&entry.range)) {
        let after = u32::from(net.broadcast()).checked_add(1);
        for border in [Some(u32::from(net.network())), after]
            .into_iter()
            .flatten()
        {
            if border > first && border <= last {
                starts.push(border);
            }
        }
    }
    starts
}

fn port_cells((first, last): (u16, u16), entries: &[&AclEntry]) -> impl Iterator<Item = u16> {
    let mut starts = vec![first];
    for (from, to) in entries.iter().filter_map(|entry| entry.ports) {
        for border in [Some(from), to.checked_add(1)].into_iter().flatten() {
            if border > first && border <= last {
                starts.push(border);
            }
        }
    }
    starts.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Number, action, ports, range.
    type Written<'w> = (u16, AclAction, Option<(u16, u16)>, &'w str);

    fn list(entries: &[Written<'_>]) -> NetworkAcl {
        NetworkAcl {
            id: "acl-1".into(),
            vpc: "vpc-1".into(),
            is_default: false,
            subnets: Vec::new(),
            entries: entries
                .iter()
                .chain([&(LAST, AclAction::Deny, None, "0.0.0.0/0")])
                .map(|(number, action, ports, range)| AclEntry {
                    number: *number,
                    direction: AclDirection::Inbound,
                    action: *action,
                    protocol: Protocol::Tcp,
                    ports: *ports,
                    range: range.parse().unwrap(),
                })
                .collect(),
        }
    }

    fn what(acl: &NetworkAcl, range: &str, ports: (u16, u16)) -> Lets {
        lets(acl, AclDirection::Inbound, &[range.parse().unwrap()], ports)
    }

    #[test]
    fn the_lowest_number_decides_in_whatever_order_they_are_written() {
        let acl = list(&[
            (200, AclAction::Allow, None, "0.0.0.0/0"),
            (100, AclAction::Deny, Some((5432, 5432)), "0.0.0.0/0"),
        ]);
        assert_eq!(what(&acl, "10.0.0.0/24", (5432, 5432)), Lets::None);
        assert_eq!(what(&acl, "10.0.0.0/24", (6379, 6379)), Lets::All);
        let inbound = AclDirection::Inbound;
        let peer = ["10.0.0.0/24".parse().unwrap()];
        assert_eq!(deciding(&acl, inbound, &peer, (5432, 5432)), Some(100));
        assert_eq!(free_before(&acl, inbound, Some(100)), Some(99));
    }

    #[test]
    fn what_no_rule_allows_is_denied_by_the_last_one() {
        let acl = list(&[(100, AclAction::Allow, Some((443, 443)), "0.0.0.0/0")]);
        assert_eq!(what(&acl, "10.0.0.0/24", (5432, 5432)), Lets::None);
        let inbound = AclDirection::Inbound;
        let peer = ["10.0.0.0/24".parse().unwrap()];
        assert_eq!(deciding(&acl, inbound, &peer, (5432, 5432)), None);
        assert_eq!(free_before(&acl, inbound, None), Some(110));
    }

    #[test]
    fn a_part_of_ports_or_addresses_is_not_all_of_them() {
        let ports = list(&[(100, AclAction::Allow, Some((49152, 65535)), "0.0.0.0/0")]);
        assert_eq!(what(&ports, "10.0.0.0/24", (32768, 60999)), Lets::SomePorts);
        let halves = list(&[
            (100, AclAction::Allow, None, "10.0.0.0/25"),
            (110, AclAction::Allow, None, "10.0.0.128/25"),
        ]);
        assert_eq!(what(&halves, "10.0.0.0/24", (1, 1)), Lets::All);
        assert_eq!(what(&halves, "10.0.0.0/23", (1, 1)), Lets::SomeAddresses);
    }

    #[test]
    fn rules_for_other_protocols_and_for_ipv6_do_not_count() {
        let mut acl = list(&[
            (90, AclAction::Deny, None, "0.0.0.0/0"),
            (100, AclAction::Allow, None, "0.0.0.0/0"),
        ]);
        acl.entries[0].protocol = Protocol::Udp;
        assert_eq!(what(&acl, "10.0.0.0/24", (443, 443)), Lets::All);
        assert_eq!(what(&acl, "2001:db8::/64", (443, 443)), Lets::All);
    }
}
