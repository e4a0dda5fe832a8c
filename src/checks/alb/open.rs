//! The balancer's groups: the one door that is meant to be open to everyone.

use crate::account::{Balancer, SecurityGroup, Why};
use crate::checks::acl::{self, Barred};
use crate::checks::admission::Admission;
use crate::checks::cause::Cause;
use crate::checks::command::quoted;
use crate::checks::discovery::groups::{self, Tier};
use crate::checks::discovery::{balancer, service};
use crate::checks::finding::{Evidence, Fix, FoundBy, Judgement};
use crate::checks::found_values::known;
use crate::checks::ids::CheckId;
use crate::checks::route;
use crate::checks::stack::Stack;
use crate::checks::verdict::Verdict;

/// How visitors come, by the balancer's addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Visitors {
    Ipv4,
    /// Both; who has only one of them has IPv4.
    Both,
    /// `dualstack-without-public-ipv4`: from the internet only IPv6 gets there.
    Ipv6,
}

impl Visitors {
    fn of(balancer: &Balancer) -> Self {
        match balancer.address_type.as_str() {
            "dualstack" => Visitors::Both,
            "dualstack-without-public-ipv4" => Visitors::Ipv6,
            _ => Visitors::Ipv4,
        }
    }

    fn are_admitted(self, admission: &Admission<'_>) -> bool {
        match self {
            Visitors::Ipv4 | Visitors::Both => admission.admits_everybody(),
            Visitors::Ipv6 => admission.admits_everybody_on_ipv6(),
        }
    }

    const fn range(self) -> &'static str {
        match self {
            Visitors::Ipv4 | Visitors::Both => "0.0.0.0/0",
            Visitors::Ipv6 => "::/0",
        }
    }
}

/// 80, and with a domain 443, from anywhere.
pub(super) fn judge(stack: &Stack<'_>) -> Judgement {
    Judgement::settle(open(stack))
}

fn open(stack: &Stack<'_>) -> Result<Judgement, Judgement> {
    let (balancer, by) = balancer::needed(stack)?;
    if balancer.groups.is_empty() {
        return Err(Judgement::failed(
            Cause::AlbUnreachable,
            format!(
                "{} carries no security group: nothing gets in.",
                balancer.name
            ),
        )
        .seen(Evidence::new(
            super::API,
            &balancer.name,
            "SecurityGroups",
            "one",
            "none",
            by,
        ))
        .fix(Fix::run(
            "Give it the group made for it.",
            stack.aws(format!(
                "elbv2 set-security-groups --load-balancer-arn {} --security-groups {}",
                quoted(balancer.arn.as_str()),
                known(stack, "sg.alb", "GROUP-ID")
            )),
        )));
    }
    let (carried, by) = groups::needed(stack, Tier::Balancer)?;
    let visitors = Visitors::of(balancer);
    let ports: &[u16] = if stack.chapter().has_domain {
        &[80, 443]
    } else {
        &[80]
    };
    let mut shut = Vec::new();
    let mut seen = Vec::new();
    let mut unread: Option<Why> = None;
    let mut without_ipv6 = Vec::new();
    for port in ports {
        let admission = Admission::of(stack, &carried, *port);
        seen.push(evidence(&carried, &admission, visitors, by));
        if visitors.are_admitted(&admission) {
            if visitors == Visitors::Both
                && admission.unread.is_empty()
                && !admission.admits_everybody_on_ipv6()
            {
                without_ipv6.push(*port);
            }
        } else if let Some((_, why)) = admission.unread.first() {
            unread = Some(why.clone());
        } else {
            shut.push((*port, admission.sources.is_empty()));
        }
    }
    let judgement = if !shut.is_empty() {
        shut_judgement(stack, &balancer.name, &carried, visitors, &shut)
    } else if let Some(why) = unread {
        stack.cannot_tell(&why, "a prefix list that a rule names")
    } else {
        let passed = Judgement::passed(format!(
            "{} lets everyone in on {}.",
            balancer.name,
            numbers(ports)
        ));
        let passed = ask_ipv6_in(stack, passed, &carried, &without_ipv6);
        past_the_lists(stack, balancer, ports, visitors, passed, by)
    };
    let judgement = seen.into_iter().fold(judgement, Judgement::seen);
    Ok(fold_shared(stack, judgement))
}

/// What the groups let in, the network ACLs of the balancer's subnets may still stop.
fn past_the_lists(
    stack: &Stack<'_>,
    balancer: &Balancer,
    ports: &[u16],
    visitors: Visitors,
    passed: Judgement,
    by: FoundBy,
) -> Judgement {
    // The lists are judged for IPv4.
    if visitors == Visitors::Ipv6 {
        return passed;
    }
    if let Some(why) = acl::unread(stack) {
        return stack.cannot_tell(why, acl::WHAT);
    }
    if !acl::were_read(stack) {
        return passed;
    }
    let mut barred: Vec<Barred> = Vec::new();
    for zone in &balancer.zones {
        let subnet = match route::subnet(stack, &zone.subnet) {
            Ok(subnet) => subnet,
            Err(gap) => match gap.unreadable() {
                Some(unreadable) => return unreadable,
                None => continue,
            },
        };
        for port in ports {
            for one in acl::inside(stack, subnet, *port) {
                if !barred.contains(&one) {
                    barred.push(one);
                }
            }
        }
    }
    let Some(first) = barred.first() else {
        return passed;
    };
    let shut = Judgement {
        evidence: passed.evidence,
        ..Judgement::failed(
            Cause::AlbUnreachable,
            format!(
                "Visitors' requests to {} time out: its security group lets everyone in, but {}.",
                balancer.name,
                first.words()
            ),
        )
    }
    .rules_out(format!(
        "The security group: it lets everyone in on {}.",
        numbers(ports)
    ));
    let shut = barred
        .iter()
        .take(4)
        .fold(shut, |shut, one| shut.seen(one.evidence(by)));
    acl::fixes(stack, &barred)
        .into_iter()
        .fold(shut, Judgement::fix)
}

fn numbers(ports: &[u16]) -> String {
    let words: Vec<String> = ports.iter().map(u16::to_string).collect();
    words.join(" and ")
}

/// A balancer with addresses of both kinds works without rules for IPv6; visitors only wait a moment longer.
fn ask_ipv6_in(
    stack: &Stack<'_>,
    passed: Judgement,
    carried: &[&SecurityGroup],
    ports: &[u16],
) -> Judgement {
    let Some(group) = carried.first().filter(|_| !ports.is_empty()) else {
        return passed;
    };
    ports.iter().fold(
        passed.advise(format!(
            "It has IPv6 addresses too, and lets nobody in on them on {}: browsers try them first and lose a moment.",
            numbers(ports)
        )),
        |judgement, port| judgement.fix(admit(stack, group, *port, Visitors::Ipv6)),
    )
}

fn shut_judgement(
    stack: &Stack<'_>,
    name: &str,
    carried: &[&SecurityGroup],
    visitors: Visitors,
    shut: &[(u16, bool)],
) -> Judgement {
    let ports: Vec<u16> = shut.iter().map(|(port, _)| *port).collect();
    let how = match visitors {
        Visitors::Ipv4 | Visitors::Both => "",
        Visitors::Ipv6 => " over IPv6, the only way in from the internet that it has",
    };
    let summary = format!(
        "{name} does not let everyone in on {}{how}: visitors' requests time out.",
        numbers(&ports)
    );
    // Rules that admit only some are wrong; no rules at all are not there yet, until a service depends on them.
    let nobody = shut.iter().all(|(_, nobody)| *nobody);
    let not_built = matches!(service::if_built(stack), Ok(None));
    let judgement = if nobody && not_built {
        Judgement::missing(summary).because(Cause::AlbUnreachable)
    } else {
        Judgement::failed(Cause::AlbUnreachable, summary)
    };
    let Some(group) = carried.first() else {
        return judgement;
    };
    ports.iter().fold(judgement, |judgement, port| {
        judgement.fix(admit(stack, group, *port, visitors))
    })
}

fn admit(stack: &Stack<'_>, group: &SecurityGroup, port: u16, visitors: Visitors) -> Fix {
    let id = quoted(group.id.as_str());
    match visitors {
        Visitors::Ipv4 | Visitors::Both => Fix::run(
            format!("Open {port} to everyone on {}.", group.name),
            stack.aws(format!(
                "ec2 authorize-security-group-ingress --group-id {id} --protocol tcp --port {port} --cidr 0.0.0.0/0"
            )),
        ),
        Visitors::Ipv6 => Fix::run(
            format!("Open {port} to everyone's IPv6 on {}.", group.name),
            stack.aws(format!(
                "ec2 authorize-security-group-ingress --group-id {id} --ip-permissions 'IpProtocol=tcp,FromPort={port},ToPort={port},Ipv6Ranges=[{{CidrIpv6=::/0}}]'"
            )),
        ),
    }
}

/// A balancer that has no group of its own first needs one: its doors are opened there.
fn fold_shared(stack: &Stack<'_>, judgement: Judgement) -> Judgement {
    if judgement.verdict != Verdict::Failed || !groups::shares(stack, &[Tier::Balancer]) {
        return judgement;
    }
    let blocked = Judgement::blocked(
        CheckId("sg.tiers-exist"),
        format!(
            "{} First give each tier a group of its own.",
            judgement.summary
        ),
    );
    Judgement {
        evidence: judgement.evidence,
        ..blocked
    }
}

fn evidence(
    carried: &[&SecurityGroup],
    admission: &Admission<'_>,
    visitors: Visitors,
    by: FoundBy,
) -> Evidence {
    let ids: Vec<&str> = carried.iter().map(|group| group.id.as_str()).collect();
    Evidence::new(
        "ec2:DescribeSecurityGroups",
        ids.join(", "),
        format!("IpPermissions[{}]", admission.port),
        visitors.range(),
        admission.words(),
        by,
    )
}
