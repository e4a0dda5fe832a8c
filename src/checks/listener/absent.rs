//! Listeners that are not there, or are of another kind.

use super::{API, ISSUED, REDIRECT};
use crate::account::{Balancer, Listener};
use crate::checks::cause::Cause;
use crate::checks::discovery::service;
use crate::checks::finding::{Evidence, Fix, FoundBy, Judgement};
use crate::checks::found_values::known;
use crate::checks::stack::Stack;
use crate::checks::verdict::Verdict;

/// Whether a service is known to depend on it.
fn is_built_on(stack: &Stack<'_>) -> bool {
    matches!(service::if_built(stack), Ok(Some(_)))
}

/// No HTTPS on 443.
pub(super) fn https(
    stack: &Stack<'_>,
    balancer: &Balancer,
    listeners: &[Listener],
    by: FoundBy,
) -> Judgement {
    if let Some(other) = listeners.iter().find(|listener| listener.port == 443) {
        return Judgement::failed(
            Cause::HttpsListenerMissing,
            format!(
                "Port 443 of {} speaks {}, not HTTPS.",
                balancer.name, other.protocol
            ),
        )
        .seen(seen(balancer, 443, "HTTPS", &other.protocol, by))
        .fix(Fix::run(
            "Turn the listener into an HTTPS one with your certificate.",
            stack.aws(format!(
                "elbv2 modify-listener --listener-arn {} --protocol HTTPS --certificates CertificateArn={} --default-actions {}",
                other.arn,
                certificate(stack),
                forward(stack)
            )),
        ));
    }
    // No certificate, no listener: which is said there.
    let issued = stack.judgement_of(ISSUED.as_str());
    if matches!(issued.verdict, Verdict::Failed | Verdict::Pending) {
        return Judgement::blocked(ISSUED, issued.summary);
    }
    let summary = format!("{} has no HTTPS listener on port 443.", balancer.name);
    // Once there is a service, requests have nowhere to go.
    let judgement = if is_built_on(stack) {
        Judgement::failed(Cause::HttpsListenerMissing, summary)
    } else {
        Judgement::missing(summary).because(Cause::HttpsListenerMissing)
    };
    judgement
        .seen(seen(balancer, 443, "HTTPS", "none", by))
        .fix(Fix::run(
            "Create the listener with your certificate.",
            stack.aws(format!(
                "elbv2 create-listener --load-balancer-arn {} --protocol HTTPS --port 443 --certificates CertificateArn={} --default-actions {}",
                balancer.arn,
                certificate(stack),
                forward(stack)
            )),
        ))
}

/// Nothing on 80.
pub(super) fn http(stack: &Stack<'_>, balancer: &Balancer, by: FoundBy) -> Judgement {
    let summary = format!("{} has no listener on port 80.", balancer.name);
    // Without a domain it is the only way in, and the service depends on it.
    let judgement = if !stack.chapter().has_domain && is_built_on(stack) {
        Judgement::failed(Cause::TargetNotInUse, summary)
    } else {
        Judgement::missing(summary)
    };
    judgement
        .seen(seen(balancer, 80, "HTTP", "none", by))
        .fix(Fix::run(
            "Create the listener.",
            stack.aws(format!(
                "elbv2 create-listener --load-balancer-arn {} --protocol HTTP --port 80 --default-actions {}",
                balancer.arn,
                action(stack)
            )),
        ))
}

/// Something else than HTTP on 80: whoever types http:// is not understood.
pub(super) fn not_http(
    stack: &Stack<'_>,
    balancer: &Balancer,
    listener: &Listener,
    by: FoundBy,
) -> Judgement {
    let cause = if stack.chapter().has_domain {
        Cause::HttpNotRedirected
    } else {
        Cause::TargetNotInUse
    };
    Judgement::failed(
        cause,
        format!(
            "Port 80 of {} speaks {}, so that plain http:// gets no answer.",
            balancer.name, listener.protocol
        ),
    )
    .seen(seen(balancer, 80, "HTTP", &listener.protocol, by))
    .fix(Fix::run(
        "Let port 80 speak HTTP.",
        stack.aws(format!(
            "elbv2 modify-listener --listener-arn {} --protocol HTTP --default-actions {}",
            listener.arn,
            action(stack)
        )),
    ))
}

fn seen(balancer: &Balancer, port: u16, expected: &str, observed: &str, by: FoundBy) -> Evidence {
    Evidence::new(
        API,
        &balancer.name,
        format!("Listeners[{port}]"),
        expected,
        observed,
        by,
    )
}

/// What port 80 ought to do.
fn action(stack: &Stack<'_>) -> String {
    if stack.chapter().has_domain {
        REDIRECT.to_owned()
    } else {
        forward(stack)
    }
}

fn forward(stack: &Stack<'_>) -> String {
    let group = known(stack, "tg.arn", "TARGET-GROUP-ARN");
    format!("Type=forward,TargetGroupArn={group}")
}

fn certificate(stack: &Stack<'_>) -> String {
    known(stack, "certificate.arn", "CERTIFICATE-ARN")
}
