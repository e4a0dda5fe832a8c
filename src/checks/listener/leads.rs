//! Whether a listener leads visitors to the app.

use super::API;
use crate::account::{Arn, Balancer, Listener, TargetGroup};
use crate::checks::cause::Cause;
use crate::checks::discovery::{service, target_group};
use crate::checks::finding::{Evidence, Fix, FoundBy, Judgement};
use crate::checks::routing::{Lands, asks_to_sign_in, everyone, group_name, lands};
use crate::checks::stack::Stack;

/// That a request for the health path reaches the chapter's target group.
pub(super) fn to_app(
    stack: &Stack<'_>,
    balancer: &Balancer,
    listener: &Listener,
    by: FoundBy,
) -> Result<Judgement, Judgement> {
    let (group, _) = target_group::needed(stack)?;
    let chapter = stack.chapter();
    let path = &chapter.health_path;
    // Without a domain visitors come by the balancer's own name.
    let host = if chapter.has_domain {
        &chapter.host
    } else {
        &balancer.dns_name
    };
    let met = lands(listener, host, path);
    if let Lands::CannotTell(why) = &met {
        return Err(stack.cannot_tell(why, "the rules of the listener"));
    }
    if !has_app(stack, group, &met) {
        return Err(elsewhere(stack, listener, group, &met.words(), by));
    }
    let passed = Judgement::passed(format!(
        "Port {} forwards to {}.",
        listener.port, group.name
    ))
    .seen(seen(listener, group, &met.words(), by));
    Ok(
        match remark(stack, group, &met, &everyone(listener, host), path) {
            Some(remark) => passed.advise(remark),
            None if asks_to_sign_in(listener, host, path) => passed.advise(
                "Visitors have to sign in before they reach the app; whoever cannot gets no answer from it.",
            ),
            None => passed,
        },
    )
}

/// What of it still leads elsewhere.
fn remark(
    stack: &Stack<'_>,
    group: &TargetGroup,
    met: &Lands<'_>,
    others: &Lands<'_>,
    path: &str,
) -> Option<String> {
    if let Lands::Forward(groups) = met
        && let Some(other) = groups.iter().find(|arn| !is_the_apps(stack, group, arn))
    {
        return Some(format!(
            "A part of the requests goes to {}, which is not the service's target group.",
            group_name(other)
        ));
    }
    let unknown = matches!(others, Lands::CannotTell(_));
    (!unknown && !has_app(stack, group, others)).then(|| {
        format!(
            "That holds for {path}; other pages lead to {} unless a rule says otherwise.",
            others.words()
        )
    })
}

fn elsewhere(
    stack: &Stack<'_>,
    listener: &Listener,
    group: &TargetGroup,
    observed: &str,
    by: FoundBy,
) -> Judgement {
    Judgement::failed(
        Cause::TargetNotInUse,
        format!(
            "Port {} leads to {observed}, not to {}: no request for {} reaches your tasks.",
            listener.port,
            group.name,
            stack.chapter().health_path
        ),
    )
    .seen(seen(listener, group, observed, by))
    .fix(Fix::run(
        "Let the listener forward to your target group. (If a rule decides, correct the rule: elbv2 modify-rule.)",
        stack.aws(format!(
            "elbv2 modify-listener --listener-arn {} --default-actions Type=forward,TargetGroupArn={}",
            listener.arn, group.arn
        )),
    ))
}

fn seen(listener: &Listener, group: &TargetGroup, observed: &str, by: FoundBy) -> Evidence {
    Evidence::new(
        API,
        &listener.arn,
        "DefaultActions and rules",
        format!("forward to {}", group.name),
        observed,
        by,
    )
}

fn has_app(stack: &Stack<'_>, group: &TargetGroup, lands: &Lands<'_>) -> bool {
    matches!(lands, Lands::Forward(groups) if groups.iter().any(|arn| is_the_apps(stack, group, arn)))
}

/// The chapter's group, or another one that the service registers the same tasks in: a second target group, the other
/// half of a blue/green pair.
fn is_the_apps(stack: &Stack<'_>, group: &TargetGroup, arn: &Arn) -> bool {
    group.arn == *arn
        || service::if_built(stack)
            .ok()
            .flatten()
            .is_some_and(|service| {
                service
                    .target_groups
                    .iter()
                    .filter(|target| target.port == stack.chapter().port)
                    .any(|target| {
                        target.target_group == *arn || target.alternate.as_ref() == Some(arn)
                    })
            })
}
