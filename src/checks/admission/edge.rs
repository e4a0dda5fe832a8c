//! One link of the chain, judged: the target's ports admit the tier before it, and nobody else.

use super::words::{ids, names, upper};
use super::{Admission, Admitted, Egress, Expected, places, say};
use crate::account::{SecurityGroup, SubnetId};
use crate::checks::cause::Cause;
use crate::checks::discovery::groups::Tier;
use crate::checks::discovery::{self, Gap};
use crate::checks::finding::{Evidence, FoundBy, Judgement};
use crate::checks::ids::CheckId;
use crate::checks::stack::Stack;
use crate::checks::verdict::Verdict;
use ipnet::IpNet;

/// From one tier to the ports of the next.
#[derive(Debug, Clone)]
pub(in crate::checks) struct Edge<'a> {
    pub from: Tier,
    pub to: Tier,
    /// The groups on the target, and how they were found.
    pub targets: Vec<&'a SecurityGroup>,
    pub found_by: FoundBy,
    /// The subnets the target may lie in; empty: anywhere in the chapter's VPC.
    pub target_subnets: Vec<SubnetId>,
    /// Every port that has to be open.
    pub ports: Vec<u16>,
    /// The cause when the tier before is shut out.
    pub closed: Cause,
}

/// What was seen of one port.
#[derive(Debug, Clone)]
pub(super) struct Look<'a> {
    pub admission: Admission<'a>,
    pub admitted: Admitted<'a>,
    pub egress: Egress,
}

impl<'a> Edge<'a> {
    /// The whole judgement. Before the sending tier has groups it is blocked; while no service exists a target that admits
    /// nobody is only not finished yet.
    pub fn judge(&self, stack: &Stack<'a>) -> Result<Judgement, Judgement> {
        let (groups, _) = discovery::groups::needed(stack, self.from)?;
        let expected = Expected {
            groups,
            addresses: places::of_sender(stack, self.from).map_err(|gap| unreadable(&gap))?,
        };
        let target_addresses =
            places::of_subnets(stack, &self.target_subnets).map_err(|gap| unreadable(&gap))?;
        let looks: Vec<Look<'a>> = self
            .ports
            .iter()
            .map(|port| self.look(stack, &expected, &target_addresses, *port))
            .collect();
        // Ports of which the same is to be said are said together; of several sayings the worst speaks for all.
        let mut worst: Option<Judgement> = None;
        for alike in self.alike(stack, &expected, &looks) {
            let judgement = Judgement::settle(say::of(self, stack, &expected, &alike));
            let replace = worst
                .as_ref()
                .is_none_or(|so_far| badness(so_far.verdict) < badness(judgement.verdict));
            if replace {
                worst = Some(judgement);
            }
        }
        let worst = worst.ok_or_else(|| Judgement::unknown("No port is known to look at."))?;
        let sender = names(&expected.groups);
        let seen = looks.iter().fold(worst, |judgement, look| {
            judgement.seen(self.evidence(&look.admission, &sender))
        });
        let seen = self
            .past_the_lists(stack, seen)
            .map_err(|gap| unreadable(&gap))?;
        Ok(self.fold_shared(stack, seen))
    }

    fn look(
        &self,
        stack: &Stack<'a>,
        expected: &Expected<'a>,
        target_addresses: &[IpNet],
        port: u16,
    ) -> Look<'a> {
        let admission = Admission::of(stack, &self.targets, port);
        Look {
            admitted: admission.against(expected),
            egress: expected.lets_out(stack, &self.targets, target_addresses, port),
            admission,
        }
    }

    /// The looks, put together where one sentence holds for all of them.
    fn alike<'l>(
        &self,
        stack: &Stack<'a>,
        expected: &Expected<'a>,
        looks: &'l [Look<'a>],
    ) -> Vec<Vec<&'l Look<'a>>> {
        let mut alike: Vec<(String, Vec<&'l Look<'a>>)> = Vec::new();
        for look in looks {
            let sentence = Judgement::settle(say::of(self, stack, expected, &[look]))
                .summary
                .replace(&format!(" {}", look.admission.port), " PORT");
            match alike.iter_mut().find(|(same, _)| *same == sentence) {
                Some((_, others)) => others.push(look),
                None => alike.push((sentence, vec![look])),
            }
        }
        alike.into_iter().map(|(_, looks)| looks).collect()
    }

    /// A closed or crossed link between tiers that share a group only follows from the sharing.
    fn fold_shared(&self, stack: &Stack<'a>, judgement: Judgement) -> Judgement {
        let may_follow =
            judgement.verdict == Verdict::Failed && judgement.cause != Some(Cause::SourceIsCidr);
        if may_follow && discovery::groups::shares(stack, &[self.from, self.to]) {
            let blocked = Judgement::blocked(
                CheckId("sg.tiers-exist"),
                format!(
                    "{} or {} share a security group with another tier: first give each a group of its own.",
                    upper(self.from.whose()),
                    self.to.whose()
                ),
            );
            return Judgement {
                evidence: judgement.evidence,
                ..blocked
            };
        }
        judgement
    }

    fn evidence(&self, admission: &Admission<'a>, sender: &str) -> Evidence {
        let mut observed = admission.words();
        for (list, _) in &admission.unread {
            observed.push_str(&format!(
                ", and whoever is on the unread prefix list {list}"
            ));
        }
        Evidence::new(
            "ec2:DescribeSecurityGroups",
            ids(&self.targets),
            format!("IpPermissions[{}]", admission.port),
            format!("{sender} and nobody else"),
            observed,
            self.found_by,
        )
    }
}

/// While AWS is still putting groups on a target or taking them off, what is wrong with it may right itself in a minute.
pub(in crate::checks) fn while_groups_change(judgement: Judgement, target: &str) -> Judgement {
    if !matches!(judgement.verdict, Verdict::Failed | Verdict::Missing) {
        return judgement;
    }
    let pending = Judgement::pending(format!(
        "AWS is still changing the security groups of {target}; that takes a minute."
    ));
    Judgement {
        evidence: judgement.evidence,
        ..pending
    }
}

pub(super) fn unreadable(gap: &Gap) -> Judgement {
    gap.judgement(&discovery::vpc::VPC)
}

/// Of several ports the worst speaks for all; what is wrong on one is wrong whatever the others say.
fn badness(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::Failed => 4,
        Verdict::Unknown => 3,
        Verdict::Blocked => 2,
        Verdict::Missing => 1,
        _ => 0,
    }
}
