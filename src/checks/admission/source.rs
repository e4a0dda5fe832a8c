//! Who a rule lets in, in types and in words.

use super::addresses;
use crate::account::{AccountId, GroupId, GroupRule, Peer, Protocol, SecurityGroup, VpcId};
use crate::checks::command::quoted;
use crate::checks::stack::Stack;
use ipnet::IpNet;

/// One source that one rule of a target's groups admits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::checks) struct Source<'a> {
    /// The group that has the rule.
    pub of: &'a SecurityGroup,
    pub rule: &'a GroupRule,
    pub who: Who<'a>,
}

/// A source by what it is, prefix lists expanded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::checks) enum Who<'a> {
    /// Whatever carries this group.
    Group {
        id: &'a GroupId,
        /// The configured or given name, when the group is one of this region's.
        name: Option<&'a str>,
        /// Set when it belongs to another account or to a peered VPC.
        account: Option<&'a AccountId>,
        peered_vpc: Option<&'a VpcId>,
    },
    /// Whatever has one of these addresses; through a prefix list, if one is named.
    Range { net: IpNet, list: Option<&'a str> },
}

impl Who<'_> {
    /// As people say it: `sg-0a1b (news-api-ecs-sg)`, `203.0.113.7/32 (looks like your laptop)`.
    pub fn words(&self) -> String {
        match self {
            Who::Group {
                id,
                name,
                account,
                peered_vpc,
            } => match (name, peered_vpc, account) {
                (Some(name), _, _) => match made_by_the_console(name) {
                    Some(whom) => format!("{id} ({name}, which the RDS console made for {whom})"),
                    None => format!("{id} ({name})"),
                },
                (None, Some(vpc), _) => format!("{id} (in the peered {vpc})"),
                (None, None, Some(account)) => format!("{id} (of account {account})"),
                (None, None, None) => id.to_string(),
            },
            Who::Range {
                net,
                list: Some(list),
            } => format!("{net} (prefix list {list})"),
            Who::Range { net, list: None } if net.prefix_len() == 0 => {
                format!("{net} (the whole internet)")
            }
            Who::Range { net, list: None } if addresses::looks_like_a_laptop(net) => {
                format!("{net} (looks like your laptop)")
            }
            Who::Range { net, list: None } => net.to_string(),
        }
    }

    /// Whether it is this group.
    pub fn is_group(&self, group: &SecurityGroup) -> bool {
        matches!(self, Who::Group { id, .. } if **id == group.id)
    }

    /// Its range, if it is one.
    pub const fn range(&self) -> Option<IpNet> {
        match self {
            Who::Range { net, .. } => Some(*net),
            Who::Group { .. } => None,
        }
    }
}

impl Source<'_> {
    /// As people say it. A group that names itself admits whatever else carries it.
    pub fn words(&self) -> String {
        if self.who.is_group(self.of) {
            return format!("whatever carries {} ({}) itself", self.of.id, self.of.name);
        }
        self.who.words()
    }

    /// The command that takes the rule away.
    pub fn revoke(&self, stack: &Stack<'_>) -> String {
        stack.aws(format_args!(
            "ec2 revoke-security-group-ingress --group-id {} --ip-permissions {}",
            quoted(self.of.id.as_str()),
            quoted(&permission(self.rule))
        ))
    }
}

/// Whom the RDS console made a group for: its wizard puts `rds-ec2-1` on the database and `ec2-rds-1` on the other side.
/// <https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/ec2-rds-connect.html>
fn made_by_the_console(name: &str) -> Option<&'static str> {
    let numbered = |start: &str| {
        name.strip_prefix(start)
            .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit()))
    };
    if numbered("ec2-rds-") {
        Some("an EC2 instance")
    } else if numbered("lambda-rds-") {
        Some("a Lambda function")
    } else {
        None
    }
}

/// Whether a rule's group no longer admits anybody: it is of this account and VPC and was deleted, or the peering behind it
/// is over. `known` is the group, if the region's list has it.
pub(super) fn is_relic(peer: &Peer, of: &SecurityGroup, known: Option<&SecurityGroup>) -> bool {
    let Peer::Group {
        account,
        peered_vpc,
        peering,
        ..
    } = peer
    else {
        return false;
    };
    let over = matches!(
        peering.as_deref(),
        Some("deleted" | "deleting" | "expired" | "failed" | "rejected")
    );
    let foreign = account.as_ref().is_some_and(|account| *account != of.owner);
    over || (known.is_none() && !foreign && peered_vpc.is_none())
}

/// Whether a rule lets TCP through to a port.
pub(super) fn covers(rule: &GroupRule, port: u16) -> bool {
    let tcp = match &rule.protocol {
        Protocol::All => return true,
        Protocol::Tcp => true,
        Protocol::Other(number) => number == "6",
        Protocol::Udp | Protocol::Icmp => false,
    };
    tcp && rule
        .ports
        .is_none_or(|(first, last)| (first..=last).contains(&port))
}

/// A rule in the short form of the `aws` command line.
fn permission(rule: &GroupRule) -> String {
    let protocol = match &rule.protocol {
        Protocol::All => "-1",
        Protocol::Tcp => "tcp",
        Protocol::Udp => "udp",
        Protocol::Icmp => "icmp",
        Protocol::Other(other) => other,
    };
    let ports = rule.ports.map_or_else(String::new, |(first, last)| {
        format!(",FromPort={first},ToPort={last}")
    });
    let peer = match &rule.peer {
        Peer::Range(IpNet::V4(net)) => format!("IpRanges=[{{CidrIp={net}}}]"),
        Peer::Range(IpNet::V6(net)) => format!("Ipv6Ranges=[{{CidrIpv6={net}}}]"),
        Peer::PrefixList(list) => format!("PrefixListIds=[{{PrefixListId={list}}}]"),
        Peer::Group { id, account, .. } => match account {
            Some(account) => format!("UserIdGroupPairs=[{{GroupId={id},UserId={account}}}]"),
            None => format!("UserIdGroupPairs=[{{GroupId={id}}}]"),
        },
    };
    format!("IpProtocol={protocol}{ports},{peer}")
}
