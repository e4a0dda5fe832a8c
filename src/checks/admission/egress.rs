//! Whether the sender lets its own packets out: by the target's groups, or by its addresses.

use super::{Expected, hold, source, touch};
use crate::account::{Fact, Peer, SecurityGroup, Why};
use crate::checks::stack::Stack;
use ipnet::IpNet;

/// What the outbound rules of a sender do to packets for one port of a target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::checks) enum Egress {
    Open,
    /// Out to some of the addresses that the target may have.
    Partly,
    Shut,
    /// A prefix list that decides it could not be read.
    CannotTell(Why),
}

impl Expected<'_> {
    /// What all its groups together let out as TCP to a port of a target.
    pub fn lets_out(
        &self,
        stack: &Stack<'_>,
        targets: &[&SecurityGroup],
        addresses: &[IpNet],
        port: u16,
    ) -> Egress {
        let mut ranges: Vec<IpNet> = Vec::new();
        let mut unread = None;
        let rules = self.groups.iter().flat_map(|group| &group.outbound);
        for rule in rules.filter(|rule| source::covers(rule, port)) {
            match &rule.peer {
                Peer::Range(net) => ranges.push(*net),
                Peer::Group { id, .. } if targets.iter().any(|target| target.id == *id) => {
                    return Egress::Open;
                }
                Peer::Group { .. } => {}
                Peer::PrefixList(list) => match stack.snapshot.network.prefix_lists.get(list) {
                    Some(Fact::Present(nets)) => ranges.extend(nets),
                    Some(Fact::Absent) => {}
                    Some(Fact::Unknown(why)) => unread = Some(why.clone()),
                    None => unread = Some(Why::NotAsked),
                },
            }
        }
        if hold(&ranges, addresses) {
            return Egress::Open;
        }
        // Where the target's addresses are not known, any range may be theirs.
        let some = touch(&ranges, addresses) || (addresses.is_empty() && !ranges.is_empty());
        match unread {
            Some(why) => Egress::CannotTell(why),
            None if some => Egress::Partly,
            None => Egress::Shut,
        }
    }
}
