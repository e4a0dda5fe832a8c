//! The target group: addresses as targets, the app's health path, the balancer's VPC.

use super::cause::Cause;
use super::check::Check;
use super::discovery::{balancer, target_group};
use super::finding::{Evidence, Fix, FoundBy, Judgement};
use super::found_values::known;
use super::stack::Stack;
use super::verdict::Verdict::{Blocked, Failed, Missing, Passed, Unknown};
use crate::account::{Action, Area, Listener, TargetGroup};

mod language;

/// What finding the group takes: by relation through the service.
const NEEDS: &[Area] = &[Area::Balancers, Area::Service, Area::Network];

pub(super) const CHECKS: &[Check] = &[
    Check::must(
        "tg.ip-targets",
        "The target group takes addresses",
        NEEDS,
        ip_targets,
    )
    .may(
        &[Passed, Failed, Missing, Unknown],
        &[Cause::TargetGroupInstanceType],
    ),
    Check::must(
        "tg.health-path",
        "Health checks ask for the right page",
        NEEDS,
        health_path,
    )
    .may(
        &[Passed, Failed, Blocked, Unknown],
        &[Cause::HealthPathWrong],
    ),
    Check::must(
        "tg.same-vpc",
        "The target group is in the load balancer's VPC",
        NEEDS,
        same_vpc,
    )
    .may(&[Passed, Failed, Blocked, Unknown], &[Cause::WrongVpc]),
];

pub(super) const API: &str = "elasticloadbalancing:DescribeTargetGroups";

fn ip_targets(stack: &Stack<'_>) -> Judgement {
    let (group, by) = match target_group::find(stack) {
        Ok(found) => found,
        Err(gap) => {
            return gap.unreadable().unwrap_or_else(|| not_there(stack));
        }
    };
    let seen = Evidence::new(API, &group.name, "TargetType", "ip", &group.target_type, by);
    if group.target_type == "ip" {
        return Judgement::passed(format!("{} takes addresses as targets.", group.name)).seen(seen);
    }
    let judgement = Judgement::failed(
        Cause::TargetGroupInstanceType,
        format!(
            "{} takes targets of type {}; a task on Fargate is reached by its address, which takes the type ip.",
            group.name, group.target_type
        ),
    )
    .seen(seen)
    .fix(Fix::say(
        "The type of a target group cannot be changed: a new one of type ip takes its place.",
    ))
    .fix(create(stack, &format!("{}-ip", stack.chapter().balancer.target_group)));
    let judgement = listeners_of(stack, group).fold(judgement, |judgement, listener| {
        judgement.fix(forward_to_new(stack, listener))
    });
    judgement.fix(Fix::run(
        "Delete the old one. The service, when you create it, registers in the new one.",
        stack.aws(format!(
            "elbv2 delete-target-group --target-group-arn {}",
            group.arn
        )),
    ))
}

/// Listeners that forward to the group as a matter of course.
fn listeners_of<'a>(
    stack: &Stack<'a>,
    group: &'a TargetGroup,
) -> impl Iterator<Item = &'a Listener> {
    let forwards = |action: &Action| match action {
        Action::Forward(groups) => groups.iter().any(|one| one.target_group == group.arn),
        _ => false,
    };
    balancer::find(stack)
        .ok()
        .and_then(|(balancer, _)| balancer.listeners.present())
        .into_iter()
        .flatten()
        .filter(move |listener| listener.default_actions.iter().any(forwards))
}

/// Its ARN is only known once it is there.
fn forward_to_new(stack: &Stack<'_>, listener: &Listener) -> Fix {
    let arn = stack.aws(format!(
        "elbv2 describe-target-groups --names {}-ip --query 'TargetGroups[0].TargetGroupArn' --output text",
        stack.chapter().balancer.target_group
    ));
    Fix::run(
        format!("Let the listener on {} forward to the new one.", listener.port),
        stack.aws(format!(
            "elbv2 modify-listener --listener-arn {} --default-actions Type=forward,TargetGroupArn=$({arn})",
            listener.arn
        )),
    )
}

fn not_there(stack: &Stack<'_>) -> Judgement {
    let name = &stack.chapter().balancer.target_group;
    Judgement::missing(format!(
        "There is no target group {name} in {}.",
        stack.snapshot.region
    ))
    .seen(Evidence::new(
        API,
        name,
        "TargetGroups",
        "one of type ip",
        "none",
        FoundBy::Name,
    ))
    .fix(create(stack, name))
}

fn create(stack: &Stack<'_>, name: &str) -> Fix {
    let chapter = stack.chapter();
    let vpc = match balancer::find(stack) {
        Ok((balancer, _)) => balancer.vpc.to_string(),
        Err(_) => known(stack, "vpc", "VPC-ID"),
    };
    Fix::run(
        "Create the target group, of type ip.",
        stack.aws(format!(
            "elbv2 create-target-group --name {name} --protocol HTTP --port {} --target-type ip --vpc-id {vpc} --health-check-path {} --matcher HttpCode=200",
            chapter.port, chapter.health_path
        )),
    )
}

fn health_path(stack: &Stack<'_>) -> Judgement {
    Judgement::settle(health_settings(stack))
}

fn health_settings(stack: &Stack<'_>) -> Result<Judgement, Judgement> {
    let (group, by) = target_group::needed(stack)?;
    let wanted = &stack.chapter().health_path;
    language::is_http(stack, group, by)?;
    let path = group.health.path.as_deref().unwrap_or("no page");
    let path_seen = Evidence::new(API, &group.name, "HealthCheckPath", wanted, path, by);
    if path != wanted {
        return Err(wrong(
            stack,
            group,
            format!(
                "{} asks for {path} to see whether a task is healthy; your configuration says that the app answers at {wanted}.",
                group.name
            ),
        )
        .seen(path_seen)
        .fix(Fix::say(format!(
            "If {path} is right for your app, say so in landfall.toml instead: health_path = \"{path}\"."
        ))));
    }
    let matcher = group.health.matcher.as_deref().unwrap_or("200");
    let matcher_seen = Evidence::new(
        API,
        &group.name,
        "Matcher.HttpCode",
        "includes 200",
        matcher,
        by,
    );
    if !accepts(matcher, 200) {
        return Err(wrong(
            stack,
            group,
            format!(
                "{} takes the codes {matcher} for healthy, and 200 is not among them.",
                group.name
            ),
        )
        .seen(matcher_seen));
    }
    let port = group.health.port.as_str();
    let port_seen = Evidence::new(
        API,
        &group.name,
        "HealthCheckPort",
        "traffic-port",
        port,
        by,
    );
    if port != "traffic-port" && port != stack.chapter().port.to_string() {
        return Err(wrong(
            stack,
            group,
            format!(
                "{} checks port {port}, but the app listens on {}.",
                group.name,
                stack.chapter().port
            ),
        )
        .seen(port_seen));
    }
    let passed = Judgement::passed(format!(
        "{} asks for {wanted} and takes 200 for healthy.",
        group.name
    ))
    .seen(path_seen)
    .seen(matcher_seen)
    .seen(port_seen);
    Ok(match language::remark(group) {
        Some(remark) => passed.advise(remark),
        None => passed,
    })
}

fn wrong(stack: &Stack<'_>, group: &TargetGroup, summary: String) -> Judgement {
    Judgement::failed(Cause::HealthPathWrong, summary).fix(Fix::run(
        "Correct the health check.",
        stack.aws(format!(
            "elbv2 modify-target-group --target-group-arn {} --health-check-protocol HTTP --health-check-path {} --health-check-port traffic-port --matcher HttpCode=200",
            group.arn,
            stack.chapter().health_path
        )),
    ))
}

/// Whether a matcher (`200`, `200,301`, `200-299`) includes a code. What cannot be read includes nothing.
pub(super) fn accepts(matcher: &str, code: u16) -> bool {
    matcher.split(',').any(|part| {
        let mut bounds = part
            .trim()
            .splitn(2, '-')
            .map(|text| text.trim().parse::<u16>());
        match (bounds.next(), bounds.next()) {
            (Some(Ok(first)), Some(Ok(last))) => (first..=last).contains(&code),
            (Some(Ok(only)), None) => only == code,
            _ => false,
        }
    })
}

fn same_vpc(stack: &Stack<'_>) -> Judgement {
    Judgement::settle(vpcs(stack))
}

fn vpcs(stack: &Stack<'_>) -> Result<Judgement, Judgement> {
    let (group, by) = target_group::needed(stack)?;
    let (balancer, _) = balancer::needed(stack)?;
    let its = group.vpc.as_ref().map_or("none", |vpc| vpc.as_str());
    let seen = Evidence::new(API, &group.name, "VpcId", &balancer.vpc, its, by);
    if its == balancer.vpc.as_str() {
        return Ok(
            Judgement::passed(format!("{} and {} share {its}.", group.name, balancer.name))
                .seen(seen),
        );
    }
    Err(Judgement::failed(
        Cause::WrongVpc,
        match &group.vpc {
            Some(its) => format!("{} is in {its}, but {} is in {}.", group.name, balancer.name, balancer.vpc),
            None => format!("{} is in no VPC, but {} is in {}.", group.name, balancer.name, balancer.vpc),
        },
    )
    .seen(seen)
    .fix(Fix::say(
        "The VPC of a target group cannot be changed. Create a new one in the load balancer's VPC, use it in listener and service, then delete this one.",
    ))
    .fix(create(stack, &format!("{}-2", stack.chapter().balancer.target_group))))
}

#[cfg(test)]
mod tests {
    use super::accepts;

    #[test]
    fn a_matcher_is_a_list_of_codes_and_ranges() {
        for matcher in ["200", "200,301", "301, 200", "200-299", "100-199,200-204"] {
            assert!(accepts(matcher, 200), "{matcher}");
        }
        for matcher in ["404", "201-299", "", "2xx"] {
            assert!(!accepts(matcher, 200), "{matcher}");
        }
    }
}
