//! The judge of security groups: who may send packets to a port, by the union of the target's groups.
//!
//! Meant by packet: every protocol, port range, address range (IPv4 and IPv6), prefix list and group that would let a
//! packet through counts, however it is written.

mod addresses;
mod edge;
#[cfg(test)]
mod oracle;
mod places;
mod source;
mod words;

pub(super) use addresses::hold;
pub(super) use edge::Edge;
pub(super) use source::{Source, Who};

use super::stack::Stack;
use crate::account::{Fact, GroupRule, Peer, SecurityGroup, Why};
use ipnet::IpNet;

/// Who is admitted to one port.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Admission<'a> {
    pub port: u16,
    /// Each source once per rule that admits it.
    pub sources: Vec<Source<'a>>,
    /// Prefix lists that could not be read: they may admit anybody.
    pub unread: Vec<(&'a str, Why)>,
}

/// Whose packets ought to come through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Expected<'a> {
    /// The groups it carries, all of them at once.
    pub groups: Vec<&'a SecurityGroup>,
    /// The ranges its addresses come from.
    pub addresses: Vec<IpNet>,
}

/// What an admission is, held against who ought to be admitted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Admitted<'a> {
    /// The expected ones, by group, and nobody else.
    Only,
    Nobody,
    /// Not the expected ones, but these.
    Others(Vec<Source<'a>>),
    /// The expected ones, and also (or only thereby) address ranges.
    AlsoRanges(Vec<Source<'a>>),
    /// The expected ones, and also these other groups.
    AlsoGroups(Vec<Source<'a>>),
    /// A prefix list that decides it could not be read.
    CannotTell(Why),
}

impl<'a> Admission<'a> {
    /// Reads the rules of all groups on a target.
    pub fn of(stack: &Stack<'a>, targets: &[&'a SecurityGroup], port: u16) -> Self {
        let mut admission = Admission {
            port,
            sources: Vec::new(),
            unread: Vec::new(),
        };
        for of in targets {
            for rule in of.inbound.iter().filter(|rule| source::covers(rule, port)) {
                admission.add(stack, of, rule);
            }
        }
        admission
    }

    fn add(&mut self, stack: &Stack<'a>, of: &'a SecurityGroup, rule: &'a GroupRule) {
        let mut push = |who| self.sources.push(Source { of, rule, who });
        match &rule.peer {
            Peer::Range(net) => push(Who::Range {
                net: *net,
                list: None,
            }),
            Peer::Group {
                id,
                account,
                peered_vpc,
            } => {
                let known = groups(stack).iter().find(|group| group.id == *id);
                let foreign = account.as_ref().filter(|account| **account != of.owner);
                // A group of this account that is gone admits nobody: the rule is only a relic.
                if known.is_some() || foreign.is_some() || peered_vpc.is_some() {
                    push(Who::Group {
                        id,
                        name: known.map(|group| group.name.as_str()),
                        account: foreign,
                        peered_vpc: peered_vpc.as_ref(),
                    });
                }
            }
            Peer::PrefixList(list) => match stack.snapshot.network.prefix_lists.get(list) {
                Some(Fact::Present(nets)) => nets.iter().for_each(|net| {
                    push(Who::Range {
                        net: *net,
                        list: Some(list),
                    });
                }),
                Some(Fact::Absent) => {}
                Some(Fact::Unknown(why)) => self.unread.push((list, why.clone())),
                None => self.unread.push((list, Why::NotAsked)),
            },
        }
    }

    /// All admitted address ranges.
    pub fn ranges(&self) -> Vec<IpNet> {
        self.sources
            .iter()
            .filter_map(|source| source.who.range())
            .collect()
    }

    /// Whether every IPv4 address is admitted, by one range or by several together.
    pub fn admits_everybody(&self) -> bool {
        let everywhere = IpNet::V4(ipnet::Ipv4Net::default());
        hold(&self.ranges(), &[everywhere])
    }

    /// Who is admitted, in words; "nobody" if so.
    pub fn words(&self) -> String {
        words::sources(&self.sources)
    }

    /// Holds it against who ought to be admitted.
    pub fn against(&self, expected: &Expected<'_>) -> Admitted<'a> {
        let is_expected = |source: &Source<'_>| {
            expected
                .groups
                .iter()
                .any(|group| source.who.is_group(group))
        };
        let others: Vec<Source<'a>> = self
            .sources
            .iter()
            .filter(|source| !is_expected(source))
            .cloned()
            .collect();
        let by_group = self.sources.iter().any(is_expected);
        let by_range = hold(&self.ranges(), &expected.addresses);
        let unread = self.unread.first().map(|(_, why)| why.clone());
        if !by_group && !by_range {
            return match unread {
                Some(why) => Admitted::CannotTell(why),
                None if others.is_empty() => Admitted::Nobody,
                None => Admitted::Others(others),
            };
        }
        let ranges: Vec<Source<'a>> = others
            .iter()
            .filter(|source| source.who.range().is_some())
            .cloned()
            .collect();
        match unread {
            _ if !ranges.is_empty() => Admitted::AlsoRanges(ranges),
            Some(why) => Admitted::CannotTell(why),
            None if !others.is_empty() => Admitted::AlsoGroups(others),
            None => Admitted::Only,
        }
    }
}

impl Expected<'_> {
    /// Whether their groups let TCP out to a port of a target, by its groups or by its addresses.
    pub fn may_leave(
        &self,
        stack: &Stack<'_>,
        targets: &[&SecurityGroup],
        addresses: &[IpNet],
        port: u16,
    ) -> Result<bool, Why> {
        let mut ranges = Vec::new();
        let mut unread = None;
        let rules = self.groups.iter().flat_map(|group| &group.outbound);
        for rule in rules.filter(|rule| source::covers(rule, port)) {
            match &rule.peer {
                Peer::Range(net) => ranges.push(*net),
                Peer::Group { id, .. } if targets.iter().any(|target| target.id == *id) => {
                    return Ok(true);
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
        match unread {
            _ if hold(&ranges, addresses) => Ok(true),
            Some(why) => Err(why),
            None => Ok(false),
        }
    }
}

fn groups<'a>(stack: &Stack<'a>) -> &'a [SecurityGroup] {
    stack
        .snapshot
        .network
        .groups
        .present()
        .map_or(&[], Vec::as_slice)
}
