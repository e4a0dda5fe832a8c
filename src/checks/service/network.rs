//! Where the tasks live: in the balancer's VPC and zones, with a way to the registry.

use super::way::{self, Launch, Way};
use super::{seen, update};
use crate::account::{Balancer, Service, Subnet, Why};
use crate::checks::acl;
use crate::checks::cause::Cause;
use crate::checks::command::quoted;
use crate::checks::discovery::groups::{self, Tier};
use crate::checks::discovery::{Gap, balancer, service};
use crate::checks::finding::{Evidence, Fix, FoundBy, Judgement};
use crate::checks::ids::CheckId;
use crate::checks::live::dns_on;
use crate::checks::route;
use crate::checks::stack::Stack;
use crate::checks::verdict::Verdict;

const TWO_ZONES: CheckId = CheckId("alb.two-zones");
const FACING: CheckId = CheckId("alb.internet-facing");

pub(super) fn judge(stack: &Stack<'_>) -> Result<Judgement, Judgement> {
    let (service, by) = service::needed(stack)?;
    let unread = |gap: Gap| gap.judgement(&service::SERVICE);
    if service.subnets.is_empty() {
        return Err(Judgement::unknown(format!(
            "{} names no subnets, which on Fargate it must.",
            service.name
        )));
    }
    let subnets: Vec<&Subnet> = service
        .subnets
        .iter()
        .map(|id| route::subnet(stack, id))
        .collect::<Result<_, Gap>>()
        .map_err(unread)?;
    let (balancer, _) = balancer::needed(stack)?;
    same_vpc(stack, service, &subnets, balancer, by)?;
    same_zones(stack, service, &subnets, balancer, by)?;
    let reaches = reaches_registry(stack, service, &subnets, balancer, by)?;
    if let Some(why) = acl::unread(stack) {
        return Err(stack.cannot_tell(why, acl::WHAT));
    }
    if let Some(why) = unread_names(stack, &subnets) {
        return Err(stack.cannot_tell(why, "whether the VPC's DNS is on"));
    }
    Ok(reaches)
}

/// Why it is not known whether names resolve where the tasks are, though something fails and it was asked.
fn unread_names<'a>(stack: &Stack<'a>, subnets: &[&Subnet]) -> Option<&'a Why> {
    subnets
        .iter()
        .filter_map(|subnet| stack.snapshot.network.dns.get(&subnet.vpc)?.why())
        .find(|why| **why != Why::NotAsked)
}

fn same_vpc(
    stack: &Stack<'_>,
    service: &Service,
    subnets: &[&Subnet],
    balancer: &Balancer,
    by: FoundBy,
) -> Result<(), Judgement> {
    let Some(outside) = subnets.iter().find(|subnet| subnet.vpc != balancer.vpc) else {
        return Ok(());
    };
    Err(Judgement::failed(
        Cause::WrongVpc,
        format!(
            "{} runs in {}, but {} is in {}: it cannot reach the tasks.",
            service.name, outside.vpc, balancer.name, balancer.vpc
        ),
    )
    .seen(seen(
        service,
        "subnets' VPC",
        &balancer.vpc,
        &outside.vpc,
        by,
    ))
    .fix(move_to(stack, service, balancer)))
}

fn same_zones(
    stack: &Stack<'_>,
    service: &Service,
    subnets: &[&Subnet],
    balancer: &Balancer,
    by: FoundBy,
) -> Result<(), Judgement> {
    let outside = subnets
        .iter()
        .find(|subnet| !balancer.zones.iter().any(|zone| zone.zone == subnet.zone));
    let Some(outside) = outside else {
        return Ok(());
    };
    let summary = format!(
        "{} may place tasks in {}, where {} is not: those tasks get no requests.",
        service.name, outside.zone, balancer.name
    );
    let two_zones = stack.judgement_of(TWO_ZONES.as_str());
    if two_zones.verdict == Verdict::Failed {
        return Err(Judgement::blocked(TWO_ZONES, summary));
    }
    let zones: Vec<&str> = balancer
        .zones
        .iter()
        .map(|zone| zone.zone.as_str())
        .collect();
    Err(Judgement::failed(Cause::TargetNotInUse, summary)
        .seen(seen(
            service,
            "subnets' zones",
            zones.join(", "),
            &outside.zone,
            by,
        ))
        .fix(move_to(stack, service, balancer)))
}

fn move_to(stack: &Stack<'_>, service: &Service, balancer: &Balancer) -> Fix {
    let subnets: Vec<&str> = balancer
        .zones
        .iter()
        .map(|zone| zone.subnet.as_str())
        .collect();
    update(
        stack,
        "Run the tasks in the load balancer's subnets.",
        service,
        &configuration(service, &subnets.join(","), service.public_address),
    )
}

fn configuration(service: &Service, subnets: &str, public: bool) -> String {
    let groups: Vec<&str> = service.groups.iter().map(|group| group.as_str()).collect();
    let groups = if groups.is_empty() {
        String::new()
    } else {
        format!(",securityGroups=[{}]", groups.join(","))
    };
    format!(
        "--network-configuration 'awsvpcConfiguration={{subnets=[{subnets}]{groups},assignPublicIp={}}}'",
        if public { "ENABLED" } else { "DISABLED" }
    )
}

fn reaches_registry(
    stack: &Stack<'_>,
    service: &Service,
    subnets: &[&Subnet],
    balancer: &Balancer,
    by: FoundBy,
) -> Result<Judgement, Judgement> {
    let mut good = Vec::new();
    let mut bad = Vec::new();
    let mut waits = None;
    let mut open = None;
    for subnet in subnets {
        match way::to_registry(stack, Launch::of(service), subnet) {
            Way::Open(how) => good.push((*subnet, how)),
            Way::Waits(why) => waits = Some(why),
            Way::CannotTell(judgement) => open = Some(judgement),
            Way::Shut(why) => bad.push((*subnet, why)),
        }
    }
    if let Some((subnet, why)) = bad.first() {
        let mixed = match good.first() {
            None => String::new(),
            Some((other, _)) => format!(
                " From {} they do, so only some launches fail: those that ECS places in {}.",
                other.id,
                listed(&bad)
            ),
        };
        let summary = format!(
            "From {} the tasks do not reach the registry: {}.{mixed}",
            subnet.id,
            why.words()
        );
        return Err(shut(stack, service, balancer, subnets, &bad, summary, by));
    }
    if let Some(judgement) = open {
        return Err(judgement);
    }
    if let Some(why) = waits {
        return Err(Judgement::pending(why));
    }
    Ok(good.iter().fold(
        Judgement::passed(format!(
            "The tasks of {} live in {}'s VPC and zones and reach the registry.",
            service.name, balancer.name
        )),
        |judgement, (subnet, how)| {
            judgement.seen(Evidence::new(
                "ec2:DescribeRouteTables",
                &subnet.id,
                "way to ECR, logs and SSM",
                "open",
                how,
                by,
            ))
        },
    ))
}

/// "subnet-1 and subnet-2".
fn listed(bad: &[(&Subnet, way::Shut)]) -> String {
    let ids: Vec<&str> = bad.iter().map(|(subnet, _)| subnet.id.as_str()).collect();
    ids.join(" and ")
}

/// One of the tasks' groups, for a command.
fn tasks_group(stack: &Stack<'_>) -> String {
    groups::find(stack, Tier::Tasks)
        .ok()
        .and_then(|(groups, _)| groups.first().map(|group| group.id.to_string()))
        .unwrap_or_else(|| "GROUP-ID".to_owned())
}

fn shut(
    stack: &Stack<'_>,
    service: &Service,
    balancer: &Balancer,
    subnets: &[&Subnet],
    bad: &[(&Subnet, way::Shut)],
    summary: String,
    by: FoundBy,
) -> Judgement {
    let evidence = |judgement: Judgement| {
        bad.iter().fold(judgement, |judgement, (subnet, why)| {
            judgement.seen(Evidence::new(
                why.api(),
                &subnet.id,
                "way to ECR, logs and SSM",
                "open",
                why.words(),
                by,
            ))
        })
    };
    // The balancer stands in the same subnets and lacks the same route: that is said there.
    let shared = bad.iter().all(|(subnet, why)| {
        why.is_the_route() && balancer.zones.iter().any(|zone| zone.subnet == subnet.id)
    });
    if shared && stack.judgement_of(FACING.as_str()).verdict == Verdict::Failed {
        return evidence(Judgement::blocked(FACING, summary));
    }
    if let Some((_, way::Shut::NoNames(vpc))) = bad.first() {
        return evidence(Judgement::failed(Cause::VpcDnsOff, summary))
            .rules_out("Routes and security groups: without an address no packet is sent.")
            .fix(dns_on(stack, vpc.as_str()));
    }
    let judgement = evidence(Judgement::failed(Cause::NoRouteToRegistry, summary));
    if let Some((_, way::Shut::Acl(barred))) = bad.first() {
        return acl::fixes(stack, barred)
            .into_iter()
            .fold(judgement, Judgement::fix)
            .rules_out("Route, public address and security group: they are open.");
    }
    let ids: Vec<&str> = subnets.iter().map(|subnet| subnet.id.as_str()).collect();
    if bad
        .iter()
        .any(|(_, why)| *why == way::Shut::NoPublicAddress)
    {
        return judgement.fix(update(
            stack,
            "Give the tasks public addresses (the cheap way): a route to an internet gateway is useless without one.",
            service,
            &configuration(service, &ids.join(","), true),
        ));
    }
    if let Some((_, way::Shut::Endpoint { group, .. })) = bad.first() {
        let endpoint = group.as_ref().map_or("GROUP-ID", |group| group.as_str());
        return judgement.fix(Fix::run(
            "Let the tasks' group in on 443 at the endpoint.",
            stack.aws(format!(
                "ec2 authorize-security-group-ingress --group-id {} --protocol tcp --port 443 --source-group {}",
                quoted(endpoint),
                quoted(&tasks_group(stack))
            )),
        ));
    }
    if let Some((_, way::Shut::Egress)) = bad.first() {
        let group = quoted(&tasks_group(stack));
        return judgement.fix(Fix::run(
            "Let the tasks' group out again on 443.",
            stack.aws(format!(
                "ec2 authorize-security-group-egress --group-id {group} --protocol tcp --port 443 --cidr 0.0.0.0/0"
            )),
        ));
    }
    let public: Vec<&str> = balancer
        .zones
        .iter()
        .map(|zone| zone.subnet.as_str())
        .collect();
    judgement
        .fix(update(
            stack,
            "Run the tasks in the load balancer's public subnets, with public addresses.",
            service,
            &configuration(service, &public.join(","), true),
        ))
        .fix(Fix::say(
            "Or give these subnets a NAT gateway (about 32 dollars a month), or every VPC endpoint the tasks need.",
        ))
}
