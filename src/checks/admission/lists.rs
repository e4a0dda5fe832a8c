//! What the groups let through, the network ACLs of the two ends' subnets may still stop.

use super::words::{names, numbers, upper};
use super::{Edge, places};
use crate::account::{Subnet, SubnetId};
use crate::checks::acl::{self, Barred};
use crate::checks::cause::Cause;
use crate::checks::discovery::groups::Tier;
use crate::checks::discovery::{Gap, list};
use crate::checks::finding::Judgement;
use crate::checks::stack::Stack;
use crate::checks::verdict::Verdict;

impl Edge<'_> {
    /// The judgement of the groups, held against the lists. A link that the groups already shut stays theirs; one that they
    /// open, if too wide, is shut all the same where a list stops it.
    pub(super) fn past_the_lists(
        &self,
        stack: &Stack<'_>,
        judgement: Judgement,
    ) -> Result<Judgement, Gap> {
        let open = judgement.verdict == Verdict::Passed
            || matches!(
                judgement.cause,
                Some(Cause::SourceIsCidr | Cause::SourceIsOtherGroup)
            );
        if let Some(why) = acl::unread(stack)
            && judgement.verdict == Verdict::Passed
        {
            return Err(Gap::CannotTell {
                why: why.clone(),
                what: acl::WHAT,
            });
        }
        if !open || !acl::were_read(stack) {
            return Ok(judgement);
        }
        let senders = self.subnets(stack, &places::subnets_of_sender(stack, self.from)?)?;
        let targets = self.subnets(stack, &self.stands_in(stack))?;
        // A database or cache has its address in one of its subnets; tasks and balancers are in each of theirs.
        let in_one = matches!(self.to, Tier::Database | Tier::Cache);
        let mut once: Vec<Barred> = Vec::new();
        let (mut ways, mut barred, mut free_targets) = (0, 0, 0);
        for target in &targets {
            let before = barred;
            for sender in &senders {
                ways += 1;
                let found: Vec<Barred> = self
                    .ports
                    .iter()
                    .flat_map(|port| acl::between(stack, sender, target, *port))
                    .collect();
                barred += usize::from(!found.is_empty());
                for one in found {
                    if !once.contains(&one) {
                        once.push(one);
                    }
                }
            }
            free_targets += usize::from(barred == before);
        }
        let Some(first) = once.first() else {
            return Ok(judgement);
        };
        let whole = barred == ways && !first.is_partial();
        let sentence = format!(
            "{} {} {} on {}: the security groups let them through, but {}.",
            upper(self.from.whose()),
            if whole {
                "cannot reach"
            } else {
                "cannot always reach"
            },
            self.to.whose(),
            numbers(&self.ports),
            first.words()
        );
        if in_one && free_targets > 0 {
            return Ok(Judgement {
                evidence: judgement.evidence,
                ..Judgement::unknown(format!(
                    "Whether {} can reach {} on {} depends on which of its subnets it stands in: {}.",
                    self.from.whose(),
                    self.to.whose(),
                    numbers(&self.ports),
                    first.words()
                ))
            }
            .seen(first.evidence(self.found_by))
            .fix(first.fix(stack)));
        }
        let shut = Judgement {
            evidence: judgement.evidence,
            ..Judgement::failed(self.closed, sentence)
        }
        .rules_out(format!(
            "The security groups: {} admits {} on {}.",
            names(&self.targets),
            self.from.whose(),
            numbers(&self.ports)
        ));
        let shut = once
            .iter()
            .take(4)
            .fold(shut, |shut, one| shut.seen(one.evidence(self.found_by)));
        Ok(acl::fixes(stack, &once)
            .into_iter()
            .fold(shut, Judgement::fix))
    }

    fn subnets<'s>(&self, stack: &Stack<'s>, ids: &[SubnetId]) -> Result<Vec<&'s Subnet>, Gap> {
        let known = list(&stack.snapshot.network.subnets, "the subnets")?;
        Ok(known
            .iter()
            .filter(|subnet| ids.contains(&subnet.id))
            .collect())
    }

    /// The target's subnets; of a database or cache the one where its network interface is, if those were read.
    fn stands_in(&self, stack: &Stack<'_>) -> Vec<SubnetId> {
        let made_by = match self.to {
            Tier::Database => "RDSNetworkInterface",
            Tier::Cache => "ElastiCache",
            Tier::Balancer | Tier::Tasks => return self.target_subnets.clone(),
        };
        let interfaces = stack.snapshot.network.interfaces.present();
        let mut subnets: Vec<SubnetId> = interfaces
            .into_iter()
            .flatten()
            .filter(|one| one.description.starts_with(made_by))
            .filter(|one| {
                one.groups
                    .iter()
                    .any(|id| self.targets.iter().any(|target| target.id == *id))
            })
            .map(|one| one.subnet.clone())
            .collect();
        subnets.sort();
        subnets.dedup();
        if subnets.is_empty() {
            self.target_subnets.clone()
        } else {
            subnets
        }
    }
}
