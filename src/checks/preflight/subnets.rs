//! Whether the subnets that the lesson starts its tasks in lead out, with public addresses as the lesson gives them.

use super::PreflightAnswer;
use crate::checks::discovery::{Gap, list, vpc};
use crate::checks::found_values::public_subnets;
use crate::checks::service::{Launch, Way, to_registry};
use crate::checks::stack::Stack;
use crate::checks::verdict::Verdict;

/// The answer and its sentence.
pub(super) fn lead_out(stack: &Stack<'_>) -> (PreflightAnswer, String) {
    told(stack).unwrap_or_else(|gap| {
        let judgement = gap.judgement(&vpc::VPC);
        let answer = if judgement.verdict == Verdict::Unknown {
            PreflightAnswer::CannotTell
        } else {
            PreflightAnswer::NotThereYet
        };
        (answer, judgement.summary)
    })
}

fn told(stack: &Stack<'_>) -> Result<(PreflightAnswer, String), Gap> {
    let (vpc, _) = vpc::find(stack)?;
    let network = &stack.snapshot.network;
    list(&network.subnets, "the subnets")?;
    list(&network.route_tables, "the route tables")?;
    let subnets = public_subnets(stack, vpc.id.as_str());
    if subnets.is_empty() {
        return Ok((
            PreflightAnswer::NotOk,
            format!(
                "No subnet of {} has a default route to an internet gateway: tasks would not reach the registry from any.",
                vpc.id
            ),
        ));
    }
    let revisions = stack.snapshot.revisions.present();
    let launch = Launch {
        public_address: true,
        definition: revisions.and_then(|revisions| revisions.first()),
    };
    for subnet in &subnets {
        match to_registry(stack, launch, subnet) {
            Way::Open(_) => {}
            Way::Waits(why) => return Ok((PreflightAnswer::NotThereYet, why)),
            Way::Shut(shut) => {
                return Ok((
                    PreflightAnswer::NotOk,
                    format!(
                        "From {} the tasks would not reach the registry: {}.",
                        subnet.id,
                        shut.words()
                    ),
                ));
            }
            Way::CannotTell(judgement) => {
                let answer = if judgement.verdict == Verdict::Unknown {
                    PreflightAnswer::CannotTell
                } else {
                    PreflightAnswer::NotThereYet
                };
                return Ok((answer, judgement.summary));
            }
        }
    }
    let ids: Vec<&str> = subnets.iter().map(|subnet| subnet.id.as_str()).collect();
    Ok((
        PreflightAnswer::Ok,
        format!(
            "{} lead out to the registry, with public addresses.",
            ids.join(", ")
        ),
    ))
}
