//! Whether a task in one subnet reaches ECR, S3, CloudWatch Logs and Parameter Store: by a public address behind an
//! internet gateway, by a NAT gateway, or by endpoints in the VPC.

use crate::account::{
    EndpointKind, NatGateway, RouteTable, SecurityGroup, Service, Subnet, ValueFrom, VpcEndpoint,
};
use crate::checks::admission::{Admission, Admitted, Expected};
use crate::checks::discovery::groups::{self, Tier};
use crate::checks::discovery::{Gap, definition, list, service};
use crate::checks::finding::Judgement;
use crate::checks::route::{self, WayOut};
use crate::checks::stack::Stack;

/// The way from one subnet.
pub(super) enum Way {
    /// How it goes, in words.
    Open(String),
    /// AWS is still building it.
    Waits(String),
    Shut(Shut),
    CannotTell(Judgement),
}

/// What shuts it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Shut {
    /// An internet gateway, but no public address to come back to.
    NoPublicAddress,
    /// The gateway behind the route was deleted.
    Blackhole,
    /// No default route; these endpoints are lacking.
    NoEndpoints(Vec<String>),
    /// The NAT gateway does not work: why.
    Nat(String),
    /// The tasks' groups let nothing out on 443.
    Egress,
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
        }
    }

    pub const fn api(&self) -> &'static str {
        match self {
            Shut::NoPublicAddress => "ecs:DescribeServices",
            Shut::Blackhole => "ec2:DescribeRouteTables",
            Shut::NoEndpoints(_) => "ec2:DescribeVpcEndpoints",
            Shut::Nat(_) => "ec2:DescribeNatGateways",
            Shut::Egress => "ec2:DescribeSecurityGroups",
        }
    }

    /// Whether the subnet's own default route is what is wrong.
    pub const fn is_the_route(&self) -> bool {
        matches!(self, Shut::Blackhole | Shut::NoEndpoints(_))
    }
}

pub(super) fn to_registry(stack: &Stack<'_>, service: &Service, subnet: &Subnet) -> Way {
    judge(stack, service, subnet).unwrap_or_else(Way::CannotTell)
}

fn judge(stack: &Stack<'_>, service: &Service, subnet: &Subnet) -> Result<Way, Judgement> {
    let unread = |gap: Gap| gap.judgement(&service::SERVICE);
    let table = route::table(stack, subnet).map_err(unread)?;
    let (carried, _) = groups::needed(stack, Tier::Tasks)?;
    Ok(match route::way_out(table) {
        WayOut::InternetGateway(_) if !service.public_address => {
            // Endpoints would do without a public address.
            match lacking_endpoints(stack, service, subnet, table, &carried)? {
                lacking if lacking.is_empty() => Way::Open("VPC endpoints".to_owned()),
                _ => Way::Shut(Shut::NoPublicAddress),
            }
        }
        WayOut::InternetGateway(gateway) => {
            outwards(stack, &carried, format!("public address behind {gateway}"))?
        }
        WayOut::NatGateway(nat) => match through_nat(stack, nat)? {
            Way::Open(how) => outwards(stack, &carried, how)?,
            other => other,
        },
        WayOut::Blackhole => Way::Shut(Shut::Blackhole),
        WayOut::None => match lacking_endpoints(stack, service, subnet, table, &carried)? {
            lacking if lacking.is_empty() => Way::Open("VPC endpoints".to_owned()),
            lacking => Way::Shut(Shut::NoEndpoints(lacking)),
        },
        WayOut::Other(through) => Way::CannotTell(Judgement::unknown(format!(
            "{} leaves through {through}; whether that leads to the registry cannot be seen from here.",
            subnet.id
        ))),
    })
}

/// Out to the internet: the tasks' groups have to let 443 out to anywhere.
fn outwards(stack: &Stack<'_>, carried: &[&SecurityGroup], how: String) -> Result<Way, Judgement> {
    let anyone = Expected {
        groups: carried.to_vec(),
        addresses: Vec::new(),
    };
    let everywhere = [ipnet::IpNet::V4(ipnet::Ipv4Net::default())];
    match anyone.may_leave(stack, &[], &everywhere, 443) {
        Ok(true) => Ok(Way::Open(how)),
        Ok(false) if lets_some_out(carried) => Ok(Way::CannotTell(Judgement::unknown(
            "The tasks' security group lets 443 out to some addresses only; whether AWS's own are among them cannot be seen from here.",
        ))),
        Ok(false) => Ok(Way::Shut(Shut::Egress)),
        Err(why) => Err(stack.cannot_tell(&why, "a prefix list that a rule names")),
    }
}

/// Any outbound rule for TCP 443 that names addresses.
fn lets_some_out(carried: &[&SecurityGroup]) -> bool {
    use crate::account::{Peer, Protocol};
    carried
        .iter()
        .flat_map(|group| &group.outbound)
        .any(|rule| {
            let tcp = matches!(rule.protocol, Protocol::All | Protocol::Tcp);
            let port = rule
                .ports
                .is_none_or(|(first, last)| (first..=last).contains(&443));
            tcp && port && matches!(rule.peer, Peer::Range(_) | Peer::PrefixList(_))
        })
}

/// A NAT gateway works when it is available and its own subnet leads to an internet gateway.
fn through_nat(stack: &Stack<'_>, id: &str) -> Result<Way, Judgement> {
    let unread = |gap: Gap| gap.judgement(&service::SERVICE);
    let gateways: &[NatGateway] =
        list(&stack.snapshot.network.nat_gateways, "the NAT gateways").map_err(unread)?;
    let Some(gateway) = gateways.iter().find(|one| one.id == id) else {
        return Ok(Way::Shut(Shut::Nat(format!("{id} is no longer there"))));
    };
    match gateway.state.as_str() {
        "available" => {}
        "pending" => {
            return Ok(Way::Waits(format!(
                "AWS is setting up the NAT gateway {id}; that usually takes 1 to 3 minutes."
            )));
        }
        other => {
            return Ok(Way::Shut(Shut::Nat(format!(
                "the NAT gateway {id} is {other}"
            ))));
        }
    }
    let subnet = route::subnet(stack, &gateway.subnet).map_err(unread)?;
    let table = route::table(stack, subnet).map_err(unread)?;
    Ok(match route::way_out(table) {
        WayOut::InternetGateway(_) => Way::Open(format!("NAT gateway {id}")),
        _ => Way::Shut(Shut::Nat(format!(
            "the NAT gateway {id} itself stands in {}, which has no route to an internet gateway",
            subnet.id
        ))),
    })
}

/// The endpoints the tasks would need and do not have, by service.
fn lacking_endpoints(
    stack: &Stack<'_>,
    service: &Service,
    subnet: &Subnet,
    table: &RouteTable,
    carried: &[&SecurityGroup],
) -> Result<Vec<String>, Judgement> {
    let endpoints = list(&stack.snapshot.network.endpoints, "the VPC endpoints")
        .map_err(|gap: Gap| gap.judgement(&service::SERVICE))?;
    let mut lacking = Vec::new();
    for wanted in needed(stack, service)? {
        let suffix = format!(".{}.{wanted}", stack.snapshot.region);
        let mut works = false;
        for endpoint in endpoints
            .iter()
            .filter(|one| one.vpc == subnet.vpc && one.available && one.service.ends_with(&suffix))
        {
            works |= match endpoint.kind {
                EndpointKind::Gateway => endpoint.route_tables.contains(&table.id),
                EndpointKind::Interface => {
                    endpoint.private_dns && admits(stack, endpoint, subnet, carried)?
                }
                EndpointKind::Other => false,
            };
        }
        if !works {
            lacking.push(wanted.to_owned());
        }
    }
    Ok(lacking)
}

/// The endpoint's groups let the tasks in on 443, and theirs let them out to it.
fn admits(
    stack: &Stack<'_>,
    endpoint: &VpcEndpoint,
    subnet: &Subnet,
    carried: &[&SecurityGroup],
) -> Result<bool, Judgement> {
    let ids: Vec<_> = endpoint.groups.iter().collect();
    let targets = groups::resolve(stack, &ids).map_err(|gap| gap.judgement(&service::SERVICE))?;
    let tasks = Expected {
        groups: carried.to_vec(),
        addresses: subnet.ranges.clone(),
    };
    let unread =
        |why: &crate::account::Why| stack.cannot_tell(why, "a prefix list that a rule names");
    let out = tasks
        .may_leave(stack, &targets, &subnet.ranges, 443)
        .map_err(|why| unread(&why))?;
    match Admission::of(stack, &targets, 443).against(&tasks) {
        Admitted::CannotTell(why) => Err(unread(&why)),
        Admitted::Nobody | Admitted::Others(_) => Ok(false),
        Admitted::Only | Admitted::AlsoRanges(_) | Admitted::AlsoGroups(_) => Ok(out),
    }
}

/// The registry's two faces, S3 for the layers, the log, and where the secrets are.
fn needed(stack: &Stack<'_>, service: &Service) -> Result<Vec<&'static str>, Judgement> {
    let definition = definition::read(stack, &service.definition)
        .map_err(|gap| gap.judgement(&definition::DEFINITION))?;
    let mut needed = vec!["ecr.api", "ecr.dkr", "s3", "logs"];
    for secret in definition
        .containers
        .iter()
        .flat_map(|container| &container.secrets)
    {
        let from = match ValueFrom::parse(&secret.value_from) {
            ValueFrom::Secret { .. } => "secretsmanager",
            _ => "ssm",
        };
        if !needed.contains(&from) {
            needed.push(from);
        }
    }
    Ok(needed)
}
