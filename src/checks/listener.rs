//! The listeners: HTTPS forwards to the app, HTTP redirects to HTTPS; with no domain, HTTP forwards.

use super::cause::Cause;
use super::check::Check;
use super::discovery::{balancer, service, target_group};
use super::finding::{Evidence, Fix, FoundBy, Judgement};
use super::found_values::known;
use super::ids::CheckId;
use super::routing::{Lands, lands};
use super::stack::Stack;
use super::verdict::Verdict;
use crate::account::{Area, Arn, Balancer, Fact, Listener, TargetGroup};

/// Finding balancer and target group goes by relation through the service.
const NEEDS: &[Area] = &[Area::Balancers, Area::Service, Area::Network];

pub(super) const CHECKS: &[Check] = &[
    Check::must(
        "listener.https",
        "HTTPS leads to the app",
        &[
            Area::Balancers,
            Area::Service,
            Area::Network,
            Area::Certificates,
            Area::Dns,
        ],
        |stack| Judgement::settle(https(stack)),
    ),
    Check::must(
        "listener.http-redirects",
        "Plain HTTP is dealt with",
        NEEDS,
        |stack| Judgement::settle(http(stack)),
    ),
];

const API: &str = "elasticloadbalancing:DescribeListeners";
const ISSUED: CheckId = CheckId("acm.issued");
pub(super) const NO_DOMAIN: &str = "no domain";

/// The balancer's listeners, or the judgement that they cannot be looked at.
pub(super) fn listeners<'a>(
    stack: &Stack<'a>,
    balancer: &'a Balancer,
) -> Result<&'a [Listener], Judgement> {
    Ok(stack
        .read(&balancer.listeners, "the listeners of the load balancer")?
        .map_or(&[], Vec::as_slice))
}

/// The listener that serves HTTPS on 443, if there is one.
pub(super) fn https_listener(listeners: &[Listener]) -> Option<&Listener> {
    listeners
        .iter()
        .find(|listener| listener.port == 443 && listener.protocol == "HTTPS")
}

fn https(stack: &Stack<'_>) -> Result<Judgement, Judgement> {
    if !stack.chapter().has_domain {
        return Err(Judgement::skipped(NO_DOMAIN));
    }
    let (balancer, by) = balancer::needed(stack)?;
    let listeners = listeners(stack, balancer)?;
    let Some(listener) = https_listener(listeners) else {
        return Err(no_https(stack, balancer, listeners, by));
    };
    if matches!(&listener.certificates, Fact::Absent)
        || listener.certificates.present().is_some_and(Vec::is_empty)
    {
        return Err(Judgement::failed(
            Cause::HttpsListenerMissing,
            format!(
                "The HTTPS listener of {} has no certificate.",
                balancer.name
            ),
        )
        .seen(Evidence::new(
            API,
            &listener.arn,
            "Certificates",
            "one for your host",
            "none",
            by,
        ))
        .fix(Fix::run(
            "Give the listener your certificate.",
            stack.aws(format!(
                "elbv2 modify-listener --listener-arn {} --certificates CertificateArn={}",
                listener.arn,
                known(stack, "certificate.arn", "CERTIFICATE-ARN")
            )),
        )));
    }
    stack.read(
        &listener.certificates,
        "the certificates of the HTTPS listener",
    )?;
    leads_to_app(stack, listener, by)
}

/// That a request for the health path reaches the chapter's target group.
fn leads_to_app(
    stack: &Stack<'_>,
    listener: &Listener,
    by: FoundBy,
) -> Result<Judgement, Judgement> {
    let (group, _) = target_group::needed(stack)?;
    let chapter = stack.chapter();
    let host = if chapter.has_domain {
        chapter.host.as_str()
    } else {
        ""
    };
    let observed = match lands(listener, host, &chapter.health_path) {
        Lands::CannotTell(why) => {
            return Err(stack.cannot_tell(&why, "the rules of the listener"));
        }
        Lands::Forward(groups) if groups.iter().any(|arn| is_the_apps(stack, group, arn)) => {
            return Ok(Judgement::passed(format!(
                "Port {} forwards to {}.",
                listener.port, group.name
            ))
            .seen(forwards(listener, group, &group.name, by)));
        }
        Lands::Forward(groups) => groups
            .iter()
            .map(|arn| group_name(arn))
            .collect::<Vec<_>>()
            .join(", "),
        Lands::Redirect { protocol, port } => format!("a redirect to {protocol} {port}"),
        Lands::Elsewhere(say) => say,
    };
    Err(Judgement::failed(
        Cause::TargetNotInUse,
        format!(
            "Port {} leads to {observed}, not to {}: no request reaches your tasks.",
            listener.port, group.name
        ),
    )
    .seen(forwards(listener, group, &observed, by))
    .fix(Fix::run(
        "Let the listener forward to your target group. (If a rule decides, correct the rule: elbv2 modify-rule.)",
        stack.aws(format!(
            "elbv2 modify-listener --listener-arn {} --default-actions Type=forward,TargetGroupArn={}",
            listener.arn, group.arn
        )),
    )))
}

fn forwards(listener: &Listener, group: &TargetGroup, observed: &str, by: FoundBy) -> Evidence {
    Evidence::new(
        API,
        &listener.arn,
        "DefaultActions and rules",
        format!("forward to {}", group.name),
        observed,
        by,
    )
}

/// The chapter's group, or the second one of a blue/green service.
fn is_the_apps(stack: &Stack<'_>, group: &TargetGroup, arn: &Arn) -> bool {
    group.arn == *arn
        || service::if_built(stack)
            .ok()
            .flatten()
            .is_some_and(|service| {
                service.target_groups.iter().any(|target| {
                    target.target_group == group.arn && target.alternate.as_ref() == Some(arn)
                })
            })
}

/// `targetgroup/NAME/ID` gives NAME.
fn group_name(arn: &Arn) -> &str {
    arn.as_str().split('/').nth(1).unwrap_or(arn.as_str())
}

fn no_https(
    stack: &Stack<'_>,
    balancer: &Balancer,
    listeners: &[Listener],
    by: FoundBy,
) -> Judgement {
    let on_443 = listeners.iter().find(|listener| listener.port == 443);
    let (observed, summary) = match on_443 {
        Some(other) => (
            format!("{} on 443", other.protocol),
            format!(
                "Port 443 of {} speaks {}, not HTTPS.",
                balancer.name, other.protocol
            ),
        ),
        None => (
            "none".to_owned(),
            format!("{} has no HTTPS listener on port 443.", balancer.name),
        ),
    };
    // No certificate, no listener: which is said there.
    let certificate = stack.judgement_of(ISSUED.as_str());
    if on_443.is_none() && matches!(certificate.verdict, Verdict::Failed | Verdict::Pending) {
        return Judgement::blocked(ISSUED, certificate.summary);
    }
    // Once there is a service, requests have nowhere to go.
    let wrong = on_443.is_some() || !matches!(service::if_built(stack), Ok(None));
    let judgement = if wrong {
        Judgement::failed(Cause::HttpsListenerMissing, summary)
    } else {
        Judgement::missing(summary).because(Cause::HttpsListenerMissing)
    };
    let group = known(stack, "tg.arn", "TARGET-GROUP-ARN");
    judgement
        .seen(Evidence::new(API, &balancer.name, "Listeners[443]", "HTTPS", observed, by))
        .fix(Fix::run(
            "Create the listener with your certificate.",
            stack.aws(format!(
                "elbv2 create-listener --load-balancer-arn {} --protocol HTTPS --port 443 --certificates CertificateArn={} --default-actions Type=forward,TargetGroupArn={group}",
                balancer.arn,
                known(stack, "certificate.arn", "CERTIFICATE-ARN")
            )),
        ))
}

fn http(stack: &Stack<'_>) -> Result<Judgement, Judgement> {
    let (balancer, by) = balancer::needed(stack)?;
    let listeners = listeners(stack, balancer)?;
    let on_80 = listeners
        .iter()
        .find(|listener| listener.port == 80 && listener.protocol == "HTTP");
    let Some(listener) = on_80 else {
        return Err(no_http(stack, balancer, by));
    };
    if !stack.chapter().has_domain {
        return leads_to_app(stack, listener, by);
    }
    let observed = match lands(
        listener,
        &stack.chapter().host,
        &stack.chapter().health_path,
    ) {
        Lands::CannotTell(why) => {
            return Err(stack.cannot_tell(&why, "the rules of the listener on port 80"));
        }
        Lands::Redirect { protocol, port } if protocol.eq_ignore_ascii_case("https") => {
            return Ok(
                Judgement::passed("Port 80 redirects to HTTPS.").seen(Evidence::new(
                    API,
                    &listener.arn,
                    "DefaultActions and rules",
                    "redirect to HTTPS",
                    format!("redirect to {protocol} {port}"),
                    by,
                )),
            );
        }
        Lands::Redirect { protocol, port } => format!("a redirect to {protocol} {port}"),
        Lands::Forward(groups) => format!(
            "forward to {}",
            groups
                .iter()
                .map(|arn| group_name(arn))
                .collect::<Vec<_>>()
                .join(", ")
        ),
        Lands::Elsewhere(say) => say,
    };
    Err(Judgement::failed(
        Cause::HttpNotRedirected,
        format!(
            "Port 80 of {} does not redirect to HTTPS: whoever types http:// talks in the clear.",
            balancer.name
        ),
    )
    .seen(Evidence::new(
        API,
        &listener.arn,
        "DefaultActions and rules",
        "redirect to HTTPS",
        observed,
        by,
    ))
    .fix(Fix::run(
        "Let port 80 redirect.",
        stack.aws(format!(
            "elbv2 modify-listener --listener-arn {} --default-actions {REDIRECT}",
            listener.arn
        )),
    )))
}

const REDIRECT: &str =
    "'Type=redirect,RedirectConfig={Protocol=HTTPS,Port=443,StatusCode=HTTP_301}'";

fn no_http(stack: &Stack<'_>, balancer: &Balancer, by: FoundBy) -> Judgement {
    let summary = format!("{} has no listener on port 80.", balancer.name);
    let built = !matches!(service::if_built(stack), Ok(None));
    let (judgement, action) = if stack.chapter().has_domain {
        (Judgement::missing(summary), REDIRECT.to_owned())
    } else {
        let group = known(stack, "tg.arn", "TARGET-GROUP-ARN");
        // Without a domain it is the only way in, and the service depends on it.
        let judgement = if built {
            Judgement::failed(Cause::TargetNotInUse, summary)
        } else {
            Judgement::missing(summary)
        };
        (judgement, format!("Type=forward,TargetGroupArn={group}"))
    };
    judgement
        .seen(Evidence::new(API, &balancer.name, "Listeners[80]", "HTTP", "none", by))
        .fix(Fix::run(
            "Create the listener.",
            stack.aws(format!(
                "elbv2 create-listener --load-balancer-arn {} --protocol HTTP --port 80 --default-actions {action}",
                balancer.arn
            )),
        ))
}
