//! VPC endpoints. An interface endpoint with private DNS answers for a service's name in its whole VPC, whatever the routes
//! say; a gateway endpoint is a route of the tables it is in.
//! <https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html>

use super::way::Shut;
use crate::account::{
    EndpointKind, Fact, RevisionArn, RouteTable, SecurityGroup, Subnet, ValueFrom, VpcEndpoint,
};
use crate::checks::acl::{self, Barred};
use crate::checks::admission::{Admission, Admitted, Egress, Expected};
use crate::checks::discovery::{Gap, definition, groups, list, service};
use crate::checks::finding::Judgement;
use crate::checks::stack::Stack;

/// Every task pulls its image: the registry's two faces, and S3 for the layers.
const ALWAYS: [&str; 3] = ["ecr.api", "ecr.dkr", "s3"];

/// What the definition decides.
pub(super) const PERHAPS: &[&str] = &["logs", "ssm", "secretsmanager"];

/// The services that the tasks of a service call before and while they run.
pub(super) struct Needed {
    pub certain: Vec<&'static str>,
    /// Why it is not known what else there is: the definition could not be read.
    pub unsure: Option<Judgement>,
}

/// Where the name of one service leads from a subnet.
pub(super) enum Leads {
    /// To an endpoint that lets the tasks in.
    Through,
    /// To no endpoint: the default route decides.
    Nowhere,
    Shut(Shut),
    /// AWS is still building the endpoint.
    Waits(String),
    CannotTell(Judgement),
}

/// The registry, and where the definition (the chapter's, while there is none) sends its log and finds its secrets.
pub(super) fn needed(stack: &Stack<'_>, definition: Option<&RevisionArn>) -> Needed {
    let mut certain = ALWAYS.to_vec();
    let Some(definition) = definition else {
        certain.extend(["logs", "ssm"]);
        return Needed {
            certain,
            unsure: None,
        };
    };
    let definition = match definition::read(stack, definition) {
        Ok(definition) => definition,
        Err(gap) => {
            return Needed {
                certain,
                unsure: Some(gap.judgement(&definition::DEFINITION)),
            };
        }
    };
    let mut add = |wanted| {
        if !certain.contains(&wanted) {
            certain.push(wanted);
        }
    };
    for container in &definition.containers {
        if container
            .logs
            .as_ref()
            .is_some_and(|logs| logs.driver == "awslogs")
        {
            add("logs");
        }
        for secret in container.all_secrets() {
            add(match ValueFrom::parse(&secret.value_from) {
                ValueFrom::Secret { .. } => "secretsmanager",
                _ => "ssm",
            });
        }
    }
    Needed {
        certain,
        unsure: None,
    }
}

/// Whether any endpoint of the subnet's VPC is for one of these services.
pub(super) fn any_for(
    stack: &Stack<'_>,
    subnet: &Subnet,
    services: &[&'static str],
) -> Result<bool, Gap> {
    for service in services {
        if of_service(stack, subnet, service)?.next().is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

pub(super) fn leads(
    stack: &Stack<'_>,
    wanted: &'static str,
    subnet: &Subnet,
    table: &RouteTable,
    carried: &[&SecurityGroup],
) -> Result<Leads, Judgement> {
    let unread = |gap: Gap| gap.judgement(&service::SERVICE);
    let mut shut = None;
    let mut open = None;
    let mut waits = None;
    let mut routed = false;
    for endpoint in of_service(stack, subnet, wanted).map_err(unread)? {
        let answers = endpoint.kind == EndpointKind::Interface
            && endpoint.private_dns
            && gives_names(stack, subnet);
        let on_the_way =
            endpoint.kind == EndpointKind::Gateway && endpoint.route_tables.contains(&table.id);
        if !answers && !on_the_way {
            continue;
        }
        if !endpoint.available {
            let being_made = endpoint
                .state
                .as_deref()
                .is_some_and(|state| state.eq_ignore_ascii_case("pending"));
            if being_made {
                waits = Some(format!(
                    "AWS is setting up the endpoint {} for {wanted}; that usually takes 1 to 3 minutes.",
                    endpoint.id
                ));
            }
        } else if on_the_way {
            routed = true;
        } else {
            match door(stack, wanted, endpoint, subnet, carried)? {
                Leads::Shut(why) => shut = Some(why),
                Leads::CannotTell(judgement) => open = Some(judgement),
                through => return Ok(through),
            }
        }
    }
    Ok(match (shut, open, waits) {
        (Some(shut), None, _) => Leads::Shut(shut),
        (_, Some(judgement), _) => Leads::CannotTell(judgement),
        (None, None, _) if routed => match acl::outside(stack, subnet, 443) {
            free if free.is_empty() => Leads::Through,
            barred => Leads::Shut(Shut::Acl(barred)),
        },
        (None, None, Some(why)) => Leads::Waits(why),
        (None, None, None) => Leads::Nowhere,
    })
}

/// Private DNS names work only where the VPC gives names; without that the endpoint stands there unused. Not known to be
/// otherwise counts as so.
/// <https://docs.aws.amazon.com/vpc/latest/privatelink/manage-dns-names.html>
pub(super) fn gives_names(stack: &Stack<'_>, subnet: &Subnet) -> bool {
    !matches!(
        stack.snapshot.network.dns.get(&subnet.vpc),
        Some(Fact::Present(dns)) if !dns.gives_names
    )
}

/// The endpoint's groups let the tasks in on 443, and theirs let them out to it.
fn door(
    stack: &Stack<'_>,
    wanted: &'static str,
    endpoint: &VpcEndpoint,
    subnet: &Subnet,
    carried: &[&SecurityGroup],
) -> Result<Leads, Judgement> {
    let ids: Vec<_> = endpoint.groups.iter().collect();
    let targets = groups::resolve(stack, &ids).map_err(|gap| gap.judgement(&service::SERVICE))?;
    let tasks = Expected {
        groups: carried.to_vec(),
        addresses: subnet.ranges.clone(),
    };
    let unread = |why: &crate::account::Why| {
        Leads::CannotTell(stack.cannot_tell(why, "a prefix list that a rule names"))
    };
    match Admission::of(stack, &targets, 443).against(&tasks) {
        Admitted::CannotTell(why) => return Ok(unread(&why)),
        Admitted::Nobody | Admitted::Others(_) | Admitted::Partly(_) => {
            return Ok(Leads::Shut(Shut::Endpoint {
                service: wanted,
                id: endpoint.id.clone(),
                group: endpoint.groups.first().cloned(),
            }));
        }
        Admitted::Only(_) | Admitted::AlsoRanges(_) | Admitted::AlsoGroups(_) => {}
    }
    // The endpoint has an address in each of its subnets, and its name gives any of them.
    let addresses = endpoint_addresses(stack, endpoint, subnet)
        .map_err(|gap| gap.judgement(&service::SERVICE))?;
    Ok(match tasks.lets_out(stack, &targets, &addresses, 443) {
        Egress::Open => match lists_to(stack, endpoint, subnet) {
            Some(barred) => Leads::Shut(Shut::Acl(barred)),
            None => Leads::Through,
        },
        Egress::Shut => Leads::Shut(Shut::Egress),
        Egress::Partly => Leads::CannotTell(Judgement::unknown(format!(
            "The tasks' security group lets 443 out to some addresses only; whether those of {} are among them cannot be seen from here.",
            endpoint.id
        ))),
        Egress::CannotTell(why) => unread(&why),
    })
}

/// The network ACLs, where they shut every one of the endpoint's subnets.
fn lists_to(stack: &Stack<'_>, endpoint: &VpcEndpoint, subnet: &Subnet) -> Option<Vec<Barred>> {
    let known = stack.snapshot.network.subnets.present()?;
    let mut all = Vec::new();
    for stands_in in known
        .iter()
        .filter(|one| endpoint.subnets.contains(&one.id))
    {
        let barred = acl::between(stack, subnet, stands_in, 443);
        if barred.is_empty() {
            return None;
        }
        all.extend(barred);
    }
    (!all.is_empty()).then_some(all)
}

fn endpoint_addresses(
    stack: &Stack<'_>,
    endpoint: &VpcEndpoint,
    subnet: &Subnet,
) -> Result<Vec<ipnet::IpNet>, Gap> {
    let known = list(&stack.snapshot.network.subnets, "the subnets")?;
    let ranges: Vec<ipnet::IpNet> = known
        .iter()
        .filter(|one| endpoint.subnets.contains(&one.id))
        .flat_map(|one| one.ranges.clone())
        .collect();
    Ok(if ranges.is_empty() {
        subnet.ranges.clone()
    } else {
        ranges
    })
}

fn of_service<'a>(
    stack: &Stack<'a>,
    subnet: &'a Subnet,
    wanted: &str,
) -> Result<impl Iterator<Item = &'a VpcEndpoint>, Gap> {
    let endpoints = list(&stack.snapshot.network.endpoints, "the VPC endpoints")?;
    let suffix = format!(".{}.{wanted}", stack.snapshot.region);
    Ok(endpoints
        .iter()
        .filter(move |one| one.vpc == subnet.vpc && one.service.ends_with(&suffix)))
}
