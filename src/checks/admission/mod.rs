//! The judge of security groups: who may send packets to a port, by the union of the target's groups.
//!
//! Meant by packet: every protocol, port range, address range (IPv4 and IPv6), prefix list and group that would let a
//! packet through counts, however it is written.

mod addresses;
mod cure;
mod edge;
mod egress;
mod hint;
mod lists;
#[cfg(test)]
mod oracle;
mod places;
mod say;
mod source;
mod words;

pub(super) use addresses::{hold, touch};
pub(super) use edge::{Edge, while_groups_change};
pub(super) use egress::Egress;
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
    /// The expected ones, by these of their groups, and nobody else.
    Only(Vec<Source<'a>>),
    Nobody,
    /// Not the expected ones, but these.
    Others(Vec<Source<'a>>),
    /// These, among them ranges that hold some of the expected ones' addresses, but not all.
    Partly(Vec<Source<'a>>),
    /// The expected ones, and also (or only thereby) address ranges; all who are too many.
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
                ..
            } => {
                let known = groups(stack).iter().find(|group| group.id == *id);
                if !source::is_relic(&rule.peer, of, known) {
                    push(Who::Group {
                        id,
                        name: known.map(|group| group.name.as_str()),
                        account: account.as_ref().filter(|account| **account != of.owner),
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

    /// Whether every IPv6 address is admitted.
    pub fn admits_everybody_on_ipv6(&self) -> bool {
        let everywhere = IpNet::V6(ipnet::Ipv6Net::default());
        hold(&self.ranges(), &[everywhere])
    }

    /// Who is admitted, in words; "nobody" if so.
    pub fn words(&self) -> String {
        words::sources(&self.sources)
    }

    /// Holds it against who ought to be admitted.
    pub fn against(&self, expected: &Expected<'_>) -> Admitted<'a> {
        let (wanted, others): (Vec<Source<'a>>, Vec<Source<'a>>) =
            self.sources.iter().cloned().partition(|source| {
                expected
                    .groups
                    .iter()
                    .any(|group| source.who.is_group(group))
            });
        let ranges = self.ranges();
        let by_range = hold(&ranges, &expected.addresses);
        let unread = self.unread.first().map(|(_, why)| why.clone());
        if wanted.is_empty() && !by_range {
            return match unread {
                Some(why) => Admitted::CannotTell(why),
                None if others.is_empty() => Admitted::Nobody,
                None if touch(&ranges, &expected.addresses) => Admitted::Partly(others),
                None => Admitted::Others(others),
            };
        }
        // Somebody too many is too many, whatever an unread list holds besides.
        match unread {
            _ if !ranges.is_empty() => Admitted::AlsoRanges(others),
            _ if !others.is_empty() => Admitted::AlsoGroups(others),
            Some(why) => Admitted::CannotTell(why),
            None => Admitted::Only(wanted),
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
