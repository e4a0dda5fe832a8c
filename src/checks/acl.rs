//! Network ACLs: the lists at the edge of each subnet. They keep no memory, so answers need a rule of their own; the lowest
//! number that fits decides; inside one subnet they say nothing.
//! <https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html>
//!
//! Lists are read only when something fails. Where they were not asked for, nothing here changes a verdict; where they were,
//! and could not be read, nothing passes that they may stop.

mod lets;
mod words;

pub(super) use words::fixes;

use super::stack::Stack;
use crate::account::{AclDirection, Fact, NetworkAcl, Subnet, Why};
use ipnet::{IpNet, Ipv4Net};
use lets::{Lets, allows_nothing, deciding, denies_everything, free_before, lets};

/// The ports that answers come back to: those that Linux takes for its own connections. AWS recommends to open 1024 to
/// 65535, for load balancers and NAT gateways take more; that is what a repair says.
/// <https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html#nacl-ephemeral-ports>
const ANSWERS: (u16, u16) = (32768, 60999);

/// What shuts a way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Barred {
    acl: String,
    subnet: String,
    direction: AclDirection,
    /// A port, or those that answers come back to.
    ports: (u16, u16),
    /// Whose packets: the other end.
    peer: Vec<IpNet>,
    is_answer: bool,
    lets: Lets,
    repair: Repair,
    /// The rule that denies; `None` = no rule allows.
    rule: Option<u16>,
}

/// What opens it again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Repair {
    /// A list as it is created: it needs a rule that allows.
    AllowAll,
    /// This rule denies everything.
    Delete(u16),
    /// A rule that allows, with this number.
    Allow(u16),
    /// No number is free before the rule.
    Renumber,
}

/// All that stands between two subnets, the nearest first; nothing where the lists were not read.
pub(super) fn between(stack: &Stack<'_>, from: &Subnet, to: &Subnet, port: u16) -> Vec<Barred> {
    if from.id == to.id {
        return Vec::new();
    }
    let (inbound, outbound) = (AclDirection::Inbound, AclDirection::Outbound);
    let there = (port, port);
    [
        judge(stack, from, outbound, &to.ranges, there),
        judge(stack, to, inbound, &from.ranges, there),
        judge(stack, to, outbound, &from.ranges, ANSWERS),
        judge(stack, from, inbound, &to.ranges, ANSWERS),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// All that stands before the internet. That some of its addresses are shut out does not matter: which ones are meant is not
/// known.
pub(super) fn outside(stack: &Stack<'_>, from: &Subnet, port: u16) -> Vec<Barred> {
    internet(stack, from, AclDirection::Outbound, port)
}

/// The same through a NAT gateway that stands in another subnet.
pub(super) fn through(stack: &Stack<'_>, from: &Subnet, nat: &Subnet, port: u16) -> Vec<Barred> {
    let mut all = outside(stack, from, port);
    if from.id != nat.id {
        let (inbound, outbound) = (AclDirection::Inbound, AclDirection::Outbound);
        all.extend(judge(stack, nat, inbound, &from.ranges, (port, port)));
        all.extend(judge(stack, nat, outbound, &from.ranges, ANSWERS));
        all.extend(outside(stack, nat, port));
    }
    all
}

/// The same from the internet to a port.
pub(super) fn inside(stack: &Stack<'_>, to: &Subnet, port: u16) -> Vec<Barred> {
    internet(stack, to, AclDirection::Inbound, port)
}

fn internet(stack: &Stack<'_>, subnet: &Subnet, there: AclDirection, port: u16) -> Vec<Barred> {
    let back = match there {
        AclDirection::Inbound => AclDirection::Outbound,
        AclDirection::Outbound => AclDirection::Inbound,
    };
    let everywhere = [IpNet::V4(Ipv4Net::default())];
    [
        judge(stack, subnet, there, &everywhere, (port, port)),
        judge(stack, subnet, back, &everywhere, ANSWERS),
    ]
    .into_iter()
    .flatten()
    .filter(|barred| barred.lets != Lets::SomeAddresses)
    .collect()
}

/// Whether the lists were read at all.
pub(super) const fn were_read(stack: &Stack<'_>) -> bool {
    matches!(stack.snapshot.network.acls, Fact::Present(_))
}

/// Why the lists could not be read, though something fails and they were asked for.
pub(super) fn unread<'a>(stack: &Stack<'a>) -> Option<&'a Why> {
    let why = stack.snapshot.network.acls.why();
    why.filter(|why| **why != Why::NotAsked)
}

/// What could not be read then.
pub(super) const WHAT: &str = "the network ACLs";

fn judge(
    stack: &Stack<'_>,
    subnet: &Subnet,
    direction: AclDirection,
    peer: &[IpNet],
    ports: (u16, u16),
) -> Option<Barred> {
    let acls = stack.snapshot.network.acls.present()?;
    let acl = acls.iter().find(|acl| acl.subnets.contains(&subnet.id))?;
    let lets = lets(acl, direction, peer, ports);
    if lets == Lets::All {
        return None;
    }
    let rule = deciding(acl, direction, peer, ports);
    Some(Barred {
        acl: acl.id.clone(),
        subnet: subnet.id.to_string(),
        direction,
        ports,
        peer: peer.to_vec(),
        is_answer: ports == ANSWERS,
        lets,
        repair: repair(acl, direction, rule),
        rule,
    })
}

fn repair(acl: &NetworkAcl, direction: AclDirection, rule: Option<u16>) -> Repair {
    match rule {
        Some(rule) if denies_everything(acl, direction, rule) => Repair::Delete(rule),
        None if allows_nothing(acl, direction) => Repair::AllowAll,
        _ => free_before(acl, direction, rule).map_or(Repair::Renumber, Repair::Allow),
    }
}
