//! Four tiers, four security groups: only then can one name the other as its source.

use super::cause::Cause;
use super::check::Check;
use super::command::quoted;
use super::discovery::cache::{self, CacheView};
use super::discovery::database::{self, DatabaseView};
use super::discovery::groups::{self, Tier};
use super::discovery::{Gap, balancer, service, vpc};
use super::finding::{Evidence, Fix, Judgement};
use super::stack::Stack;
use super::verdict::Verdict::{Failed, Missing, Passed, Unknown};
use crate::account::{Area, Peer, SecurityGroup, VpcId};

const API: &str = "ec2:DescribeSecurityGroups";

/// The tiers' groups are those on what is built; the chapter's VPC is that of what is built.
pub(super) const CHECKS: &[Check] = &[Check::must(
    "sg.tiers-exist",
    "Each tier has a security group of its own",
    &[
        Area::Network,
        Area::Service,
        Area::Balancers,
        Area::Databases,
        Area::Caches,
    ],
    |stack| Judgement::settle(tiers_exist(stack)),
)
.may(
    &[Passed, Failed, Missing, Unknown],
    &[Cause::DefaultSecurityGroupShared],
)];

fn tiers_exist(stack: &Stack<'_>) -> Result<Judgement, Judgement> {
    let shared = groups::shared(stack);
    if !shared.is_empty() {
        return Ok(crossed(stack, &shared));
    }
    let chapter_vpc = match vpc::find(stack) {
        Ok((vpc, _)) => &vpc.id,
        Err(Gap::NotThere) => return Ok(vpc::missing(stack)),
        Err(gap) => return Err(gap.judgement(&vpc::VPC)),
    };
    let mut missing = Vec::new();
    let mut seen = Vec::new();
    for tier in Tier::ALL {
        match groups::find(stack, tier) {
            Ok((found, by)) => seen.push(Evidence::new(
                API,
                ids(&found),
                "GroupName",
                format!("a group for {} alone", tier.whose()),
                names(&found),
                by,
            )),
            Err(Gap::NotThere) => missing.push(tier),
            Err(gap) => return Err(gap.judgement(&groups::kind(tier))),
        }
    }
    let mut judgement = if missing.is_empty() {
        Judgement::passed(
            "The load balancer, the tasks, the database and the cache each have a security group of their own.",
        )
    } else {
        Judgement::missing(format!(
            "There is no security group yet for {}.",
            whose(&missing)
        ))
    };
    judgement.evidence = seen;
    for tier in missing {
        judgement = judgement.fix(create(stack, tier, chapter_vpc));
    }
    Ok(judgement)
}

/// "the tasks and the cache".
fn whose(tiers: &[Tier]) -> String {
    let whose: Vec<&str> = tiers.iter().map(|tier| tier.whose()).collect();
    match whose.as_slice() {
        [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        _ => whose.join(", "),
    }
}

/// Whether a group admits whatever else carries it, as a VPC's default group does.
fn admits_itself(group: &SecurityGroup) -> bool {
    group
        .inbound
        .iter()
        .any(|rule| matches!(&rule.peer, Peer::Group { id, .. } if *id == group.id))
}

fn crossed(stack: &Stack<'_>, shared: &[(&SecurityGroup, Vec<Tier>)]) -> Judgement {
    let sentences: Vec<String> = shared
        .iter()
        .map(|(group, tiers)| {
            let (group, tiers, why) = (group, whose(tiers), admits_itself(group));
            let why = if why {
                "it admits whatever carries it, so what works between them works by accident"
            } else {
                "a rule that names it as its source admits them all"
            };
            format!("{} ({}) is on {tiers}: {why}", group.id, group.name)
        })
        .collect();
    let mut judgement = Judgement::failed(
        Cause::DefaultSecurityGroupShared,
        format!("{}.", sentences.join("; ")),
    );
    for (group, tiers) in shared {
        for tier in tiers {
            judgement = judgement.seen(Evidence::new(
                API,
                &group.id,
                "GroupName",
                format!("a group for {} alone", tier.whose()),
                &group.name,
                groups::find(stack, *tier).map_or(super::FoundBy::Name, |(_, by)| by),
            ));
        }
        for tier in tiers {
            judgement = match groups::named(stack, *tier) {
                Ok(own) if own.id != group.id => judgement.fix(wear(
                    stack,
                    *tier,
                    format!(
                        "Put {} into its own group {} ({}) instead of {}.",
                        tier.whose(),
                        own.id,
                        own.name,
                        group.id
                    ),
                    own.id.as_str(),
                )),
                // The one that it is made for keeps it.
                Ok(_) => judgement,
                Err(_) => judgement.fix(create(stack, *tier, &group.vpc)).fix(wear(
                    stack,
                    *tier,
                    format!("Then put {} into it instead of {}.", tier.whose(), group.id),
                    &just_created(stack, *tier, &group.vpc),
                )),
            };
        }
    }
    judgement
}

/// The group's id as the shell finds it: before the group is there, nobody knows it.
fn just_created(stack: &Stack<'_>, tier: Tier, vpc: &VpcId) -> String {
    let find = stack.aws(format_args!(
        "ec2 describe-security-groups --filters {} {} --query 'SecurityGroups[0].GroupId' --output text",
        quoted(&format!("Name=group-name,Values={}", tier.name(stack))),
        quoted(&format!("Name=vpc-id,Values={vpc}"))
    ));
    format!("$({find})")
}

/// The command that puts a tier into a group, where one command does it.
fn wear(stack: &Stack<'_>, tier: Tier, say: String, group: &str) -> Fix {
    let command = match tier {
        Tier::Balancer => balancer::find(stack).ok().map(|(balancer, _)| {
            format!(
                "elbv2 set-security-groups --load-balancer-arn {} --security-groups {group}",
                balancer.arn
            )
        }),
        Tier::Tasks => service::if_built(stack).ok().flatten().map(|service| {
            let subnets: Vec<&str> = service.subnets.iter().map(|id| id.as_str()).collect();
            let address = if service.public_address { "ENABLED" } else { "DISABLED" };
            format!(
                "ecs update-service --cluster {} --service {} --network-configuration 'awsvpcConfiguration={{subnets=[{}],securityGroups=['{group}'],assignPublicIp={address}}}'",
                stack.chapter().service.cluster,
                service.name,
                subnets.join(",")
            )
        }),
        Tier::Database => match database::find(stack) {
            Ok((DatabaseView::Instance(instance), _)) => Some(format!(
                "rds modify-db-instance --db-instance-identifier {} --vpc-security-group-ids {group} --apply-immediately",
                quoted(&instance.id)
            )),
            _ => None,
        },
        Tier::Cache => match cache::find(stack) {
            Ok((CacheView::Node(node), _)) => Some(format!(
                "elasticache modify-cache-cluster --cache-cluster-id {} --security-group-ids {group} --apply-immediately",
                quoted(&node.id)
            )),
            _ => None,
        },
    };
    match command {
        Some(command) => Fix::run(say, stack.aws(command)),
        None => Fix::say(say),
    }
}

fn create(stack: &Stack<'_>, tier: Tier, vpc: &VpcId) -> Fix {
    let name = tier.name(stack);
    let say = format!("Create the group for {}.", tier.whose());
    let description = format!("{} of the news API", tier.whose());
    Fix::run(
        say,
        stack.aws(format_args!(
            "ec2 create-security-group --group-name {} --description {} --vpc-id {vpc}",
            quoted(name),
            quoted(&description)
        )),
    )
}

fn ids(groups: &[&SecurityGroup]) -> String {
    let ids: Vec<&str> = groups.iter().map(|group| group.id.as_str()).collect();
    ids.join(", ")
}

fn names(groups: &[&SecurityGroup]) -> String {
    let names: Vec<&str> = groups.iter().map(|group| group.name.as_str()).collect();
    names.join(", ")
}
