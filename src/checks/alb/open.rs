//! The balancer's groups: the one door that is meant to be open to everyone.

use crate::account::SecurityGroup;
use crate::checks::admission::Admission;
use crate::checks::cause::Cause;
use crate::checks::discovery::groups::{self, Tier};
use crate::checks::discovery::{balancer, service};
use crate::checks::finding::{Evidence, Fix, FoundBy, Judgement};
use crate::checks::found_values::known;
use crate::checks::stack::Stack;

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
                balancer.arn,
                known(stack, "sg.alb", "GROUP-ID")
            )),
        )));
    }
    let (carried, by) = groups::needed(stack, Tier::Balancer)?;
    let ports: &[u16] = if stack.chapter().has_domain {
        &[80, 443]
    } else {
        &[80]
    };
    let mut passed = Judgement::passed(format!(
        "{} lets everyone in on {}.",
        balancer.name,
        ports
            .iter()
            .map(u16::to_string)
            .collect::<Vec<_>>()
            .join(" and ")
    ));
    let mut shut = Vec::new();
    for port in ports {
        let admission = Admission::of(stack, &carried, *port);
        let seen = evidence(&carried, &admission, by);
        if admission.admits_everybody() {
            passed = passed.seen(seen);
        } else if let Some((_, why)) = admission.unread.first() {
            return Err(stack
                .cannot_tell(why, "a prefix list that a rule names")
                .seen(seen));
        } else {
            shut.push((*port, admission.sources.is_empty(), seen));
        }
    }
    if shut.is_empty() {
        return Ok(passed);
    }
    Err(shut_judgement(stack, &balancer.name, &carried, shut))
}

fn shut_judgement(
    stack: &Stack<'_>,
    name: &str,
    carried: &[&SecurityGroup],
    shut: Vec<(u16, bool, Evidence)>,
) -> Judgement {
    let ports: Vec<String> = shut.iter().map(|(port, ..)| port.to_string()).collect();
    let summary = format!(
        "{name} does not let everyone in on {}: visitors' requests time out.",
        ports.join(" and ")
    );
    // Rules that admit only some are wrong; no rules at all are not there yet, until a service depends on them.
    let nobody = shut.iter().all(|(_, nobody, _)| *nobody);
    let not_built = matches!(service::if_built(stack), Ok(None));
    let mut judgement = if nobody && not_built {
        Judgement::missing(summary).because(Cause::AlbUnreachable)
    } else {
        Judgement::failed(Cause::AlbUnreachable, summary)
    };
    for (port, _, seen) in shut {
        judgement = judgement.seen(seen);
        if let Some(group) = carried.first() {
            judgement = judgement.fix(Fix::run(
                format!("Open {port} to everyone on {}.", group.name),
                stack.aws(format!(
                    "ec2 authorize-security-group-ingress --group-id {} --protocol tcp --port {port} --cidr 0.0.0.0/0",
                    group.id
                )),
            ));
        }
    }
    judgement
}

fn evidence(carried: &[&SecurityGroup], admission: &Admission<'_>, by: FoundBy) -> Evidence {
    let ids: Vec<&str> = carried.iter().map(|group| group.id.as_str()).collect();
    Evidence::new(
        "ec2:DescribeSecurityGroups",
        ids.join(", "),
        format!("IpPermissions[{}]", admission.port),
        "0.0.0.0/0",
        admission.words(),
        by,
    )
}
