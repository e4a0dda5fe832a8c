//! The listeners: HTTPS forwards to the app, HTTP redirects to HTTPS; with no domain, HTTP forwards.

use super::cause::Cause;
use super::check::Check;
use super::discovery::balancer;
use super::finding::{Evidence, Fix, FoundBy, Judgement};
use super::found_values::known;
use super::ids::CheckId;
use super::routing::{Lands, everyone, exceptions, lands, rule_lands};
use super::stack::Stack;
use super::verdict::Verdict::{Blocked, Failed, Missing, Passed, Skipped, Unknown};
use crate::account::{Area, Balancer, Fact, Listener, ListenerRule};

mod absent;
mod leads;

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
    )
    .may(
        &[Passed, Failed, Missing, Blocked, Unknown, Skipped],
        &[Cause::HttpsListenerMissing, Cause::TargetNotInUse],
    ),
    Check::must(
        "listener.http-redirects",
        "Plain HTTP is dealt with",
        NEEDS,
        |stack| Judgement::settle(http(stack)),
    )
    .may(
        &[Passed, Failed, Missing, Blocked, Unknown],
        &[Cause::HttpNotRedirected, Cause::TargetNotInUse],
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
        return Err(absent::https(stack, balancer, listeners, by));
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
    leads::to_app(stack, balancer, listener, by)
}

fn http(stack: &Stack<'_>) -> Result<Judgement, Judgement> {
    let (balancer, by) = balancer::needed(stack)?;
    let listeners = listeners(stack, balancer)?;
    let Some(listener) = listeners.iter().find(|listener| listener.port == 80) else {
        return Err(absent::http(stack, balancer, by));
    };
    if listener.protocol != "HTTP" {
        return Err(absent::not_http(stack, balancer, listener, by));
    }
    if !stack.chapter().has_domain {
        return leads::to_app(stack, balancer, listener, by);
    }
    redirects(stack, balancer, listener, by)
}

/// That whoever types http:// is sent to HTTPS, whatever page they ask for.
fn redirects(
    stack: &Stack<'_>,
    balancer: &Balancer,
    listener: &Listener,
    by: FoundBy,
) -> Result<Judgement, Judgement> {
    let chapter = stack.chapter();
    let host = &chapter.host;
    let seen = |observed: &str| {
        Evidence::new(
            API,
            &listener.arn,
            "DefaultActions and rules",
            "a redirect to HTTPS on port 443",
            observed,
            by,
        )
    };
    for met in [
        everyone(listener, host),
        lands(listener, host, &chapter.health_path),
    ] {
        if let Lands::CannotTell(why) = met {
            return Err(stack.cannot_tell(&why, "the rules of the listener on port 80"));
        }
        if !met.is_https_of(host) {
            let observed = met.words();
            return Err(Judgement::failed(
                Cause::HttpNotRedirected,
                format!(
                    "Port 80 of {} does not redirect everybody to HTTPS, but leads to {observed}: whoever types http:// stays in the clear or gets nowhere.",
                    balancer.name
                ),
            )
            .seen(seen(&observed))
            .fix(Fix::run(
                "Let port 80 redirect. (If a rule decides, correct the rule: elbv2 modify-rule.)",
                stack.aws(format!(
                    "elbv2 modify-listener --listener-arn {} --default-actions {REDIRECT}",
                    listener.arn
                )),
            )));
        }
    }
    let passed = Judgement::passed("Port 80 redirects to HTTPS.")
        .seen(seen(&everyone(listener, host).words()));
    let others: Vec<String> = exceptions(listener, host)
        .filter(|rule| !rule_lands(rule).is_https_of(host))
        .map(in_words)
        .collect();
    Ok(if others.is_empty() {
        passed
    } else {
        passed.advise(format!(
            "Not redirected are the requests that {} about.",
            match others.as_slice() {
                [one] => format!("{one} is"),
                several => format!("{} are", several.join(" and ")),
            }
        ))
    })
}

/// "rule 10 (path-pattern: /healthz)".
fn in_words(rule: &ListenerRule) -> String {
    let conditions: Vec<String> = rule
        .conditions
        .iter()
        .map(|condition| {
            let values: Vec<&str> = condition
                .values
                .iter()
                .chain(&condition.patterns)
                .map(String::as_str)
                .collect();
            format!("{}: {}", condition.field, values.join(", "))
        })
        .collect();
    format!("rule {} ({})", rule.priority, conditions.join("; "))
}

const REDIRECT: &str =
    "'Type=redirect,RedirectConfig={Protocol=HTTPS,Port=443,StatusCode=HTTP_301}'";
