//! The load balancer itself: there, public, in two zones, open to everyone.

use super::cause::Cause;
use super::check::Check;
use super::discovery::{Gap, balancer};
use super::finding::{Evidence, Fix, FoundBy, Judgement};
use super::found_values::known;
use super::route::{self, WayOut};
use super::stack::Stack;
use super::usual_time::Awaited;
use super::verdict::Verdict::{Blocked, Failed, Missing, Passed, Pending, Unknown};
use crate::account::{Area, Balancer, Zone};
use std::collections::BTreeSet;

mod open;

/// What finding the balancer takes: by relation through the service and its target group.
const NEEDS: &[Area] = &[Area::Balancers, Area::Service, Area::Network];

pub(super) const CHECKS: &[Check] = &[
    Check::must("alb.active", "The load balancer is up", NEEDS, active)
        .may(&[Passed, Missing, Pending, Unknown], &[]),
    Check::must(
        "alb.internet-facing",
        "The load balancer faces the internet",
        NEEDS,
        internet_facing,
    )
    .may(&[Passed, Failed, Blocked, Unknown], &[Cause::AlbNotPublic]),
    Check::must(
        "alb.two-zones",
        "The load balancer stands in two zones",
        NEEDS,
        two_zones,
    )
    .may(&[Passed, Failed, Blocked, Unknown], &[Cause::SingleZoneAlb]),
    Check::must(
        "alb.sg-open",
        "The load balancer lets everyone in",
        // The data stores too: a group that the balancer shares with one of them is why its doors are shut.
        &[
            Area::Balancers,
            Area::Service,
            Area::Network,
            Area::Databases,
            Area::Caches,
        ],
        open::judge,
    )
    .may(
        &[Passed, Failed, Missing, Blocked, Unknown],
        &[Cause::AlbUnreachable],
    ),
];

pub(super) const API: &str = "elasticloadbalancing:DescribeLoadBalancers";

fn active(stack: &Stack<'_>) -> Judgement {
    let (found, by) = match balancer::find(stack) {
        Ok(found) => found,
        Err(gap) => {
            return gap.unreadable().unwrap_or_else(|| not_there(stack));
        }
    };
    let name = &found.name;
    let seen = |judgement: Judgement| {
        judgement.seen(Evidence::new(
            API,
            name,
            "State.Code",
            "active",
            &found.state,
            by,
        ))
    };
    if found.kind != "application" {
        return other_kind(stack, found, by);
    }
    match found.state.as_str() {
        "active" => seen(Judgement::passed(format!("{name} is active."))),
        "active_impaired" => seen(
            Judgement::passed(format!(
                "{name} is active, but AWS cannot give it all it needs."
            ))
            .advise(
                "It works, but cannot scale: usually a subnet has fewer than eight free addresses.",
            ),
        ),
        "provisioning" => seen(Judgement::pending(format!(
            "AWS is setting {name} up; that usually takes {}.",
            Awaited::Balancer.usual().words()
        ))),
        "failed" => seen(
            Judgement::missing(format!(
                "AWS could not set {name} up{}.",
                found
                    .state_reason
                    .as_ref()
                    .map(|reason| format!(": {}", reason.trim_end_matches('.')))
                    .unwrap_or_default()
            ))
            .fix(delete(stack, found, "Delete it, then create it again."))
            .fix(create(stack)),
        ),
        other => seen(Judgement::unknown(format!(
            "{name} is in a state this version does not know: {other}."
        ))),
    }
}

/// The type of a load balancer cannot be changed, and names are shared by all types of a region.
fn other_kind(stack: &Stack<'_>, found: &Balancer, by: FoundBy) -> Judgement {
    let name = &found.name;
    let judgement = Judgement::missing(format!(
        "{name} is a {} load balancer; the chapter needs an application load balancer, which understands HTTP.",
        found.kind
    ))
    .seen(Evidence::new(API, name, "Type", "application", &found.kind, by));
    let judgement = if *name == stack.chapter().balancer.name {
        judgement.fix(delete(
            stack,
            found,
            "It holds the name. If nothing else uses it, delete it and create the right one; if something does, choose another name in landfall.toml: balancer.name = \"...\".",
        ))
    } else {
        judgement
    };
    judgement.fix(create(stack))
}

fn delete(stack: &Stack<'_>, balancer: &Balancer, say: &str) -> Fix {
    Fix::run(
        say,
        stack.aws(format!(
            "elbv2 delete-load-balancer --load-balancer-arn {}",
            balancer.arn
        )),
    )
}

fn not_there(stack: &Stack<'_>) -> Judgement {
    let name = &stack.chapter().balancer.name;
    Judgement::missing(format!(
        "There is no load balancer {name} in {}.",
        stack.snapshot.region
    ))
    .seen(Evidence::new(
        API,
        name,
        "LoadBalancers",
        "one application load balancer",
        "none",
        FoundBy::Name,
    ))
    .fix(create(stack))
}

fn create(stack: &Stack<'_>) -> Fix {
    let chapter = stack.chapter();
    Fix::run(
        format!(
            "Create it in two public subnets of different zones, with the group {}.",
            chapter.groups.alb
        ),
        stack.aws(format!(
            "elbv2 create-load-balancer --name {} --scheme internet-facing --subnets {} --security-groups {}",
            chapter.balancer.name,
            known(stack, "subnets.public", "SUBNET-A SUBNET-B"),
            known(stack, "sg.alb", "GROUP-ID")
        )),
    )
}

fn internet_facing(stack: &Stack<'_>) -> Judgement {
    Judgement::settle(facing(stack))
}

fn facing(stack: &Stack<'_>) -> Result<Judgement, Judgement> {
    let (found, by) = balancer::needed(stack)?;
    let name = &found.name;
    let scheme = Evidence::new(
        API,
        name,
        "Scheme",
        "internet-facing",
        if found.internet_facing {
            "internet-facing"
        } else {
            "internal"
        },
        by,
    );
    if !found.internet_facing {
        return Err(Judgement::failed(
            Cause::AlbNotPublic,
            format!("{name} is internal: nobody outside the VPC can reach it."),
        )
        .seen(scheme)
        .fix(Fix::say(
            "The scheme of a load balancer cannot be changed: create a new one with --scheme internet-facing, move the listeners to it, delete the old one.",
        ))
        .fix(create(stack)));
    }
    for zone in &found.zones {
        subnet_is_public(stack, found, &zone.subnet, by)?;
    }
    let passed = Judgement::passed(format!(
        "{name} is internet-facing, and its subnets route to an internet gateway."
    ))
    .seen(scheme);
    Ok(if found.address_type == "dualstack-without-public-ipv4" {
        passed.advise(
            "It has public addresses of IPv6 only: whoever has IPv4 alone, as many networks do, does not reach it.",
        )
    } else {
        passed
    })
}

/// Cuts short unless the subnet routes to an internet gateway.
fn subnet_is_public(
    stack: &Stack<'_>,
    of: &Balancer,
    id: &crate::account::SubnetId,
    by: FoundBy,
) -> Result<(), Judgement> {
    let unread = |gap: Gap| gap.judgement(&balancer::BALANCER);
    let subnet = route::subnet(stack, id).map_err(unread)?;
    let table = route::table(stack, subnet).map_err(unread)?;
    let observed = match route::way_out(table) {
        WayOut::InternetGateway(_) => return Ok(()),
        WayOut::NatGateway(nat) => format!("{nat} (a NAT gateway lets nobody in)"),
        WayOut::Blackhole => "a gateway that was deleted".to_owned(),
        WayOut::None => "no such route".to_owned(),
        // A firewall may stand in front of the internet gateway.
        WayOut::Other(through) => {
            return Err(Judgement::unknown(format!(
                "{} stands in {id}, whose way out leads through {through}: whether visitors get in that way cannot be seen from here.",
                of.name
            ))
            .seen(route_seen(&table.id, through, by))
            .fix(Fix::say(
                "If it is a firewall in front of an internet gateway, this is fine; the chapter needs neither.",
            )));
        }
    };
    let route = Fix::run(
        format!("Give {id} that route."),
        stack.aws(format!(
            "ec2 create-route --route-table-id {} --destination-cidr-block 0.0.0.0/0 --gateway-id {}",
            table.id,
            gateway_of(stack, subnet)
        )),
    );
    let elsewhere = known(stack, "subnets.public", "");
    Err(Judgement::failed(
        Cause::AlbNotPublic,
        format!(
            "{} stands in {id}, which has no route to an internet gateway: requests from outside get no answer.",
            of.name
        ),
    )
    .seen(route_seen(&table.id, &observed, by)))
    .map_err(|judgement| {
        // Where no public subnet is left to move to, the route is what is missing.
        if elsewhere.is_empty() {
            return judgement.fix(route);
        }
        judgement
            .fix(Fix::run(
                "Move the load balancer into subnets that route to an internet gateway.",
                stack.aws(format!(
                    "elbv2 set-subnets --load-balancer-arn {} --subnets {elsewhere}",
                    of.arn
                )),
            ))
            .fix(Fix {
                say: format!("Or give {id} that route."),
                ..route
            })
    })
}

fn route_seen(table: &str, observed: &str, by: FoundBy) -> Evidence {
    Evidence::new(
        "ec2:DescribeRouteTables",
        table,
        "Routes[0.0.0.0/0]",
        "an internet gateway",
        observed,
        by,
    )
}

/// The internet gateway that another route table of the VPC leads to (a VPC has one at most), else the question for it.
fn gateway_of(stack: &Stack<'_>, subnet: &crate::account::Subnet) -> String {
    let tables = stack.snapshot.network.route_tables.present();
    let known = tables
        .into_iter()
        .flatten()
        .filter(|table| table.vpc == subnet.vpc)
        .find_map(|table| match route::way_out(table) {
            WayOut::InternetGateway(gateway) => Some(gateway.to_owned()),
            _ => None,
        });
    known.unwrap_or_else(|| {
        let question = stack.aws(format!(
            "ec2 describe-internet-gateways --filters Name=attachment.vpc-id,Values={} --query 'InternetGateways[0].InternetGatewayId' --output text",
            subnet.vpc
        ));
        format!("\"$({question})\"")
    })
}

fn two_zones(stack: &Stack<'_>) -> Judgement {
    let (found, by) = match balancer::needed(stack) {
        Ok(found) => found,
        Err(judgement) => return judgement,
    };
    let zones: BTreeSet<&Zone> = found.zones.iter().map(|zone| &zone.zone).collect();
    let names: Vec<&str> = zones.iter().map(|zone| zone.as_str()).collect();
    let listed = if names.is_empty() {
        "none".to_owned()
    } else {
        names.join(", ")
    };
    let seen = Evidence::new(
        API,
        &found.name,
        "AvailabilityZones",
        "two or more",
        &listed,
        by,
    );
    if zones.len() >= 2 {
        return Judgement::passed(format!("{} stands in {listed}.", found.name)).seen(seen);
    }
    Judgement::failed(
        Cause::SingleZoneAlb,
        format!(
            "{} stands in {}: when that zone fails, so does the API.",
            found.name,
            match names.as_slice() {
                [] => "no zone".to_owned(),
                _ => format!("one zone only ({listed})"),
            }
        ),
    )
    .seen(seen)
    .fix(Fix::run(
        "Let it stand in a public subnet of every zone; the list replaces the old one.",
        stack.aws(format!(
            "elbv2 set-subnets --load-balancer-arn {} --subnets {}",
            found.arn,
            known(stack, "subnets.public", "SUBNET-A SUBNET-B")
        )),
    ))
}
