//! What comes near to letting the sender in and does not: the line that a tired reader overlooks.

use super::{Edge, Expected, groups, source, words};
use crate::account::{GroupRule, Peer, Protocol, SecurityGroup};
use crate::checks::stack::Stack;

impl<'a> Edge<'a> {
    /// A half-sentence about a rule that was meant for this port, beginning with ";", or nothing.
    pub(super) fn near_miss(
        &self,
        stack: &Stack<'a>,
        expected: &Expected<'a>,
        port: u16,
    ) -> Option<String> {
        let rules = || {
            self.targets
                .iter()
                .flat_map(|target| target.inbound.iter().map(move |rule| (*target, rule)))
        };
        let elsewhere = rules().find_map(|(_, rule)| {
            let meant = expected
                .groups
                .iter()
                .find(|group| names(&rule.peer, group))?;
            let covers = source::covers(rule, port);
            (!covers).then(|| format!("; the rule for {} is for {}", meant.name, what(rule)))
        });
        elsewhere.or_else(|| {
            rules().find_map(|(target, rule)| {
                let Peer::Group { id, .. } = &rule.peer else {
                    return None;
                };
                let known = groups(stack).iter().find(|group| group.id == *id);
                (source::covers(rule, port) && source::is_relic(&rule.peer, target, known))
                    .then(|| format!("; the rule for {id} admits nobody, for that group is gone"))
            })
        })
    }
}

fn names(peer: &Peer, group: &SecurityGroup) -> bool {
    matches!(peer, Peer::Group { id, .. } if *id == group.id)
}

/// "port 3306", "UDP 5432", "ICMP".
fn what(rule: &GroupRule) -> String {
    let ports = rule.ports.map(words::ports);
    match (&rule.protocol, ports) {
        (Protocol::Tcp, Some(ports)) => format!("TCP {ports}"),
        (Protocol::Udp, Some(ports)) => format!("UDP {ports}"),
        (Protocol::Tcp, None) => "TCP".to_owned(),
        (Protocol::Udp, None) => "UDP".to_owned(),
        (Protocol::Icmp, _) => "ICMP".to_owned(),
        (Protocol::All, _) => "everything".to_owned(),
        (Protocol::Other(number), _) => format!("protocol {number}"),
    }
}
