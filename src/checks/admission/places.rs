//! Where packets come from and go to: the addresses of a tier.

use crate::account::SubnetId;
use crate::checks::discovery::groups::Tier;
use crate::checks::discovery::{self, Gap};
use crate::checks::stack::Stack;
use ipnet::IpNet;

/// The addresses a tier sends from: those of its subnets, or as long as it is not built those of the whole VPC.
pub(super) fn of_sender(stack: &Stack<'_>, tier: Tier) -> Result<Vec<IpNet>, Gap> {
    of_subnets(stack, &subnets_of_sender(stack, tier)?)
}

/// The subnets a tier sends from; none as long as it is not built.
pub(super) fn subnets_of_sender(stack: &Stack<'_>, tier: Tier) -> Result<Vec<SubnetId>, Gap> {
    Ok(match tier {
        Tier::Tasks => discovery::service::if_built(stack)?
            .map(|service| service.subnets.clone())
            .unwrap_or_default(),
        Tier::Balancer => match discovery::balancer::find(stack) {
            Ok((balancer, _)) => balancer
                .zones
                .iter()
                .map(|zone| zone.subnet.clone())
                .collect(),
            Err(Gap::NotThere | Gap::Several(_)) => Vec::new(),
            Err(gap) => return Err(gap),
        },
        Tier::Database | Tier::Cache => Vec::new(),
    })
}

/// The ranges of these subnets, or of the chapter's VPC when there are none.
pub(super) fn of_subnets(stack: &Stack<'_>, subnets: &[SubnetId]) -> Result<Vec<IpNet>, Gap> {
    if !subnets.is_empty() {
        let known = discovery::list(&stack.snapshot.network.subnets, "the subnets")?;
        let ranges: Vec<IpNet> = known
            .iter()
            .filter(|subnet| subnets.contains(&subnet.id))
            .flat_map(|subnet| subnet.ranges.clone())
            .collect();
        // A subnet that the list lacks may have any address of the VPC.
        let listed = |id: &SubnetId| known.iter().any(|subnet| subnet.id == *id);
        if !ranges.is_empty() && subnets.iter().all(listed) {
            return Ok(ranges);
        }
    }
    let (vpc, _) = discovery::vpc::find(stack)?;
    Ok(vpc.ranges.clone())
}
