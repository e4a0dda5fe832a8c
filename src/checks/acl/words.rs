//! A barred way in words, as evidence, and what to do about it.

use super::lets::Lets;
use super::{Barred, Repair};
use crate::account::AclDirection;
use crate::checks::finding::{Evidence, Fix, FoundBy};
use crate::checks::stack::Stack;

/// What opens all of them again. A number can be given only once in a list: several peers take one rule, and what would
/// need the same number for something else is told at the next look.
pub(in crate::checks) fn fixes(stack: &Stack<'_>, barred: &[Barred]) -> Vec<Fix> {
    let mut wanted: Vec<Barred> = Vec::new();
    for one in barred {
        match wanted.iter_mut().find(|known| known.is_opened_as(one)) {
            Some(known) if known.ports == one.ports => {
                for range in &one.peer {
                    if !known.peer.contains(range) {
                        known.peer.push(*range);
                    }
                }
            }
            Some(_) => {}
            None => wanted.push(one.clone()),
        }
    }
    wanted.iter().map(|one| one.fix(stack)).collect()
}

impl Barred {
    /// Whether both are opened by the same rule of the same list, or by one with the same number.
    fn is_opened_as(&self, other: &Barred) -> bool {
        (&self.acl, self.direction, self.repair) == (&other.acl, other.direction, other.repair)
            && (self.repair != Repair::Renumber || self.rule == other.rule)
    }

    /// "the network ACL acl-1 of subnet-2 lets nothing in on 5432 from 172.31.0.0/20 (rule 90 denies it)".
    pub fn words(&self) -> String {
        let (way, preposition) = match self.direction {
            AclDirection::Inbound => ("in", "from"),
            AclDirection::Outbound => ("out", "to"),
        };
        let what = match (self.is_answer, self.is_partial()) {
            (false, false) => "lets nothing",
            (false, true) => "does not let everything",
            (true, false) => "lets no answers",
            (true, true) => "does not let all answers",
        };
        let why = match self.rule {
            Some(rule) => format!("rule {rule} denies it"),
            None => "no rule allows it".to_owned(),
        };
        format!(
            "the network ACL {} of {} {what} {way} on {} {preposition} {} ({why})",
            self.acl,
            self.subnet,
            self.ports_in_words(),
            self.peers()
        )
    }

    /// Whether only some packets are lost.
    pub fn is_partial(&self) -> bool {
        self.lets != Lets::None
    }

    pub fn evidence(&self, by: FoundBy) -> Evidence {
        let direction = match self.direction {
            AclDirection::Inbound => "inbound",
            AclDirection::Outbound => "outbound",
        };
        let observed = match (self.rule, self.is_partial()) {
            (Some(rule), false) => format!("rule {rule} denies it"),
            (Some(rule), true) => format!("rule {rule} denies some of it"),
            (None, false) => "no rule allows it".to_owned(),
            (None, true) => "no rule allows all of it".to_owned(),
        };
        Evidence::new(
            "ec2:DescribeNetworkAcls",
            &self.acl,
            format!("Entries[{direction} {}]", self.ports_in_words()),
            format!("allows TCP for {}", self.peers()),
            observed,
            by,
        )
    }

    /// Opens it again.
    pub fn fix(&self, stack: &Stack<'_>) -> Fix {
        let direction = match self.direction {
            AclDirection::Inbound => "--ingress",
            AclDirection::Outbound => "--egress",
        };
        let create = |number: u16, what: &str| {
            stack.aws(format_args!(
                "ec2 create-network-acl-entry --network-acl-id {} {direction} --rule-number {number} {what} --rule-action allow",
                self.acl
            ))
        };
        let delete = |rule: u16| {
            stack.aws(format_args!(
                "ec2 delete-network-acl-entry --network-acl-id {} {direction} --rule-number {rule}",
                self.acl
            ))
        };
        match (self.repair, self.rule) {
            (Repair::AllowAll, _) => Fix::run(
                "This list allows nothing, as a new one does. Let everything through as the VPC's default list does; the security groups still decide.",
                create(100, "--protocol -1 --cidr-block 0.0.0.0/0"),
            ),
            (Repair::Delete(rule), _) => {
                Fix::run("Take the rule away that denies everything.", delete(rule))
            }
            (Repair::Allow(number), _) if self.is_answer => Fix::run(
                "Let the answers through: a network ACL remembers no connection, so they need a rule of their own.",
                create(
                    number,
                    "--protocol tcp --port-range From=1024,To=65535 --cidr-block 0.0.0.0/0",
                ),
            ),
            (Repair::Allow(number), _) => {
                let peer = match self.peer.as_slice() {
                    [only] => only.to_string(),
                    _ => "0.0.0.0/0".to_owned(),
                };
                let (first, last) = self.ports;
                Fix::run(
                    "Let it through with a rule before the one that stops it: the lowest number decides.",
                    create(
                        number,
                        &format!(
                            "--protocol tcp --port-range From={first},To={last} --cidr-block {peer}"
                        ),
                    ),
                )
            }
            (Repair::Renumber, Some(rule)) => {
                Fix::run("Take the rule away that stops it.", delete(rule))
            }
            (Repair::Renumber, None) => Fix::say(format!(
                "Give {} a rule that allows it, with a number before all others.",
                self.acl
            )),
        }
    }

    fn ports_in_words(&self) -> String {
        match self.ports {
            (first, last) if first == last => first.to_string(),
            (first, last) => format!("{first}-{last}"),
        }
    }

    fn peers(&self) -> String {
        match self.peer.as_slice() {
            [only] if only.prefix_len() == 0 => "the internet".to_owned(),
            ranges => ranges
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
                .join(", "),
        }
    }
}
