//! Whether a task in one subnet reaches ECR, S3, CloudWatch Logs and Parameter Store: by endpoints in the VPC, else by a
//! public address behind an internet gateway or by a NAT gateway.

use super::endpoints::{self, Leads};
use crate::account::{Fact, GroupId, NatKind, RevisionArn, SecurityGroup, Service, Subnet, VpcId};
use crate::checks::acl::{self, Barred};
use crate::checks::admission::{Egress, Expected};
use crate::checks::discovery::groups::{self, Tier};
use crate::checks::discovery::{Gap, list, service};
use crate::checks::finding::Judgement;
use crate::checks::route::{self, WayOut};
use crate::checks::stack::Stack;

/// A task that is to be started: what of its service and definition decides about its way.
#[derive(Debug, Clone, Copy)]
pub(in crate::checks) struct Launch<'a> {
    pub public_address: bool,
    /// `None` = there is none yet; the chapter's own needs logs and parameters.
    pub definition: Option<&'a RevisionArn>,
}

impl<'a> Launch<'a> {
    /// As the service starts its tasks.
    pub fn of(service: &'a Service) -> Self {
        Launch {
            public_address: service.public_address,
            definition: Some(&service.definition),
        }
    }
}

/// The way from one subnet.
pub(in crate::checks) enum Way {
    /// How it goes, in words.
    Open(String),
    /// AWS is still building it.
    Waits(String),
    Shut(Shut),
    CannotTell(Judgement),
}

/// What shuts it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::checks) enum Shut {
    /// An internet gateway, but no public address to come back to.
    NoPublicAddress,
    /// The gateway behind the route was deleted.
    Blackhole,
    /// No default route; these endpoints are lacking.
    NoEndpoints(Vec<&'static str>),
    /// The NAT gateway does not work: why.
    Nat(String),
    /// The tasks' groups let nothing out on 443.
    Egress,
    /// Network ACLs stop the packets, or their answers.
    Acl(Vec<Barred>),
    /// The VPC resolves no names, not even those of AWS's services.
    NoNames(VpcId),
    /// The name of this service leads to an endpoint whose group does not admit the tasks.
    Endpoint {
        service: &'static str,
        id: String,
        group: Option<GroupId>,
    },
}

impl Shut {
    pub fn words(&self) -> String {
        match self {
            Shut::NoPublicAddress => {
                "it routes to an internet gateway, but the tasks have no public address".to_owned()
            }
            Shut::Blackhole => "its default route leads to a gateway that was deleted".to_owned(),
            Shut::NoEndpoints(lacking) => format!(
                "it has no route to the internet, and the VPC lacks endpoints for {}",
                lacking.join(", ")
            ),
            Shut::Nat(why) => why.clone(),
            Shut::Egress => "the tasks' security group lets nothing out on 443".to_owned(),
            Shut::Acl(barred) => barred
                .first()
                .map_or_else(|| "a network ACL is in the way".to_owned(), Barred::words),
            Shut::NoNames(vpc) => format!(
                "DNS is switched off in {vpc} (enableDnsSupport), so no name resolves there"
            ),
            Shut::Endpoint { service, id, .. } => format!(
                "the endpoint {id} answers for {service} in this VPC, and its security group does not admit the tasks on 443"
            ),
        }
    }

    pub const fn api(&self) -> &'static str {
        match self {
            Shut::NoPublicAddress => "ecs:DescribeServices",
            Shut::Blackhole => "ec2:DescribeRouteTables",
            Shut::NoEndpoints(_) => "ec2:DescribeVpcEndpoints",
            Shut::Nat(_) => "ec2:DescribeNatGateways",
            Shut::Acl(_) => "ec2:DescribeNetworkAcls",
            Shut::NoNames(_) => "ec2:DescribeVpcAttribute",
            Shut::Egress | Shut::Endpoint { .. } => "ec2:DescribeSecurityGroups",
        }
    }

    /// Whether the subnet's own default route is what is wrong.
    pub const fn is_the_route(&self) -> bool {
        matches!(self, Shut::Blackhole | Shut::NoEndpoints(_))
    }
}

pub(in crate::checks) fn to_registry(
    stack: &Stack<'_>,
    launch: Launch<'_>,
    subnet: &Subnet,
) -> Way {
    judge(stack, launch, subnet).unwrap_or_else(Way::CannotTell)
}

/// Each service that the tasks need is reached by the endpoint that answers for its name, if there is one; the rest by the
/// default route.
fn judge(stack: &Stack<'_>, launch: Launch<'_>, subnet: &Subnet) -> Result<Way, Judgement> {
    let unread = |gap: Gap| gap.judgement(&service::SERVICE);
    if let Some(Fact::Present(dns)) = stack.snapshot.network.dns.get(&subnet.vpc)
        && !dns.resolves
    {
        return Ok(Way::Shut(Shut::NoNames(subnet.vpc.clone())));
    }
    let table = route::table(stack, subnet).map_err(unread)?;
    let (carried, _) = groups::needed(stack, Tier::Tasks)?;
    let needed = endpoints::needed(stack, launch.definition);
    let mut rest = Vec::new();
    let mut open = None;
    let mut waits = None;
    for wanted in needed.certain {
        match endpoints::leads(stack, wanted, subnet, table, &carried)? {
            Leads::Through => {}
            Leads::Nowhere => rest.push(wanted),
            Leads::Shut(shut) => return Ok(Way::Shut(shut)),
            Leads::Waits(why) => waits = Some(why),
            Leads::CannotTell(judgement) => open = Some(judgement),
        }
    }
    let mut how = "VPC endpoints".to_owned();
    if !rest.is_empty() {
        match by_route(stack, launch, subnet, &carried, rest)? {
            Way::Open(by) => how = by,
            Way::Waits(why) => waits = Some(why),
            Way::CannotTell(judgement) => open = Some(judgement),
            Way::Shut(shut) => return Ok(Way::Shut(shut)),
        }
    }
    // What could be needed besides goes the same way, unless an endpoint answers for it.
    if let Some(judgement) = needed.unsure {
        let by_endpoint = how == "VPC endpoints"
            || endpoints::any_for(stack, subnet, endpoints::PERHAPS).map_err(unread)?;
        if by_endpoint {
            open = Some(judgement);
        }
    }
    Ok(match (open, waits) {
        (Some(judgement), _) => Way::CannotTell(judgement),
        (None, Some(why)) => Way::Waits(why),
        (None, None) => Way::Open(how),
    })
}

/// The default route, for the services that no endpoint answers for.
fn by_route(
    stack: &Stack<'_>,
    launch: Launch<'_>,
    subnet: &Subnet,
    carried: &[&SecurityGroup],
    rest: Vec<&'static str>,
) -> Result<Way, Judgement> {
    let table = route::table(stack, subnet).map_err(|gap: Gap| gap.judgement(&service::SERVICE))?;
    Ok(match route::way_out(table) {
        WayOut::InternetGateway(_) if !launch.public_address => Way::Shut(Shut::NoPublicAddress),
        WayOut::InternetGateway(gateway) => past_the_lists(
            outwards(stack, carried, format!("public address behind {gateway}")),
            acl::outside(stack, subnet, 443),
        ),
        WayOut::NatGateway(nat) => match through_nat(stack, nat)? {
            Way::Open(how) => past_the_lists(
                outwards(stack, carried, how),
                lists_to_nat(stack, subnet, nat),
            ),
            other => other,
        },
        WayOut::Blackhole => Way::Shut(Shut::Blackhole),
        WayOut::None => Way::Shut(Shut::NoEndpoints(rest)),
        WayOut::Other(through) => Way::CannotTell(Judgement::unknown(format!(
            "{} leaves through {through}; whether that leads to the registry cannot be seen from here.",
            subnet.id
        ))),
    })
}

/// Where routes and groups leave the way open, a network ACL may still shut it.
fn past_the_lists(way: Way, barred: Vec<Barred>) -> Way {
    match way {
        Way::Open(_) if !barred.is_empty() => Way::Shut(Shut::Acl(barred)),
        other => other,
    }
}

/// Those of the tasks' subnet, and of the one where the NAT gateway stands.
fn lists_to_nat(stack: &Stack<'_>, subnet: &Subnet, nat: &str) -> Vec<Barred> {
    let stands_in = stack
        .snapshot
        .network
        .nat_gateways
        .present()
        .into_iter()
        .flatten()
        .find(|one| one.id == nat)
        .and_then(|one| route::subnet(stack, &one.subnet).ok());
    match stands_in {
        Some(stands_in) => acl::through(stack, subnet, stands_in, 443),
        None => acl::outside(stack, subnet, 443),
    }
}

/// Out to the internet: the tasks' groups have to let 443 out to anywhere.
fn outwards(stack: &Stack<'_>, carried: &[&SecurityGroup], how: String) -> Way {
    let tasks = Expected {
        groups: carried.to_vec(),
        addresses: Vec::new(),
    };
    let everywhere = [ipnet::IpNet::V4(ipnet::Ipv4Net::default())];
    match tasks.lets_out(stack, &[], &everywhere, 443) {
        Egress::Open => Way::Open(how),
        Egress::Partly => Way::CannotTell(Judgement::unknown(
            "The tasks' security group lets 443 out to some addresses only; whether AWS's own are among them cannot be seen from here.",
        )),
        Egress::Shut => Way::Shut(Shut::Egress),
        Egress::CannotTell(why) => {
            Way::CannotTell(stack.cannot_tell(&why, "a prefix list that a rule names"))
        }
    }
}

/// A NAT gateway works when it is available, public, and its own subnet leads to an internet gateway.
fn through_nat(stack: &Stack<'_>, id: &str) -> Result<Way, Judgement> {
    let unread = |gap: Gap| gap.judgement(&service::SERVICE);
    let gateways =
        list(&stack.snapshot.network.nat_gateways, "the NAT gateways").map_err(unread)?;
    let Some(gateway) = gateways.iter().find(|one| one.id == id) else {
        return Ok(Way::Shut(Shut::Nat(format!("{id} is no longer there"))));
    };
    match (gateway.kind, gateway.state.as_str()) {
        (NatKind::Private, _) => {
            return Ok(Way::Shut(Shut::Nat(format!(
                "the NAT gateway {id} is a private one, which does not lead to the internet"
            ))));
        }
        (_, "available") => {}
        (_, "pending") => {
            return Ok(Way::Waits(format!(
                "AWS is setting up the NAT gateway {id}; that usually takes 1 to 3 minutes."
            )));
        }
        (_, other) => {
            return Ok(Way::Shut(Shut::Nat(format!(
                "its default route leads to the NAT gateway {id}, whose state is {other}"
            ))));
        }
    }
    let open = Way::Open(format!("NAT gateway {id}"));
    if gateway.kind == NatKind::Regional {
        return Ok(open);
    }
    let subnet = route::subnet(stack, &gateway.subnet).map_err(unread)?;
    let table = route::table(stack, subnet).map_err(unread)?;
    Ok(match route::way_out(table) {
        WayOut::InternetGateway(_) => open,
        WayOut::Other(through) => Way::CannotTell(Judgement::unknown(format!(
            "The NAT gateway {id} leaves through {through}; whether that leads to the internet cannot be seen from here."
        ))),
        WayOut::NatGateway(_) | WayOut::Blackhole | WayOut::None => Way::Shut(Shut::Nat(format!(
            "the NAT gateway {id} itself stands in {}, which has no route to an internet gateway",
            subnet.id
        ))),
    })
}
