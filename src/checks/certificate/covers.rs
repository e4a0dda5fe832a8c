//! The listener's certificates: one of them is for the host.

use super::{API, CERTIFICATE, HTTPS, is_over, request};
use crate::account::{Certificate, Listener};
use crate::checks::cause::Cause;
use crate::checks::discovery::{Gap, balancer, certificate, list};
use crate::checks::finding::{Evidence, Fix, FoundBy, Judgement};
use crate::checks::found_values::known;
use crate::checks::listener::{NO_DOMAIN, https_listener, listeners};
use crate::checks::stack::Stack;

pub(super) fn judge(stack: &Stack<'_>) -> Result<Judgement, Judgement> {
    let chapter = stack.chapter();
    if !chapter.has_domain {
        return Err(Judgement::skipped(NO_DOMAIN));
    }
    let host = &chapter.host;
    let without_listener =
        || Judgement::blocked(HTTPS, "There is no HTTPS listener with a certificate yet.");
    let (balancer, by) = match balancer::find(stack) {
        Ok(found) => found,
        Err(Gap::NotThere) => return Err(without_listener()),
        Err(gap) => return Err(gap.judgement(&balancer::BALANCER)),
    };
    let listener = https_listener(listeners(stack, balancer)?).ok_or_else(without_listener)?;
    let used = stack
        .read(
            &listener.certificates,
            "the certificates of the HTTPS listener",
        )?
        .filter(|used| !used.is_empty())
        .ok_or_else(without_listener)?;
    let listed = list(&stack.snapshot.certificates, "the certificates")
        .map_err(|gap| gap.judgement(&CERTIFICATE))?;
    let mut names = Vec::new();
    let mut unknown = None;
    let mut run_out = None;
    for arn in used {
        match listed.iter().find(|certificate| certificate.arn == *arn) {
            Some(one) if certificate::covers(one, host) && hides_a_good_one(stack, one) => {
                run_out = Some(one);
            }
            Some(one) if certificate::covers(one, host) => {
                return Ok(Judgement::passed(format!(
                    "The HTTPS listener has a certificate for {host}."
                ))
                .seen(Evidence::new(
                    API,
                    arn,
                    "SubjectAlternativeNames",
                    host,
                    one.names.join(", "),
                    by,
                )));
            }
            Some(one) => names.extend(one.names.iter().map(String::as_str)),
            None => unknown = Some(arn),
        }
    }
    if let Some(one) = run_out {
        return Err(served_too_long(stack, listener, one, by));
    }
    if let Some(arn) = unknown {
        return Err(Judgement::unknown(format!(
            "The listener uses a certificate that ACM does not list in {}: {arn}.",
            stack.snapshot.region
        ))
        .fix(Fix::say(
            "Was it uploaded to IAM, or just deleted? The chapter uses one from ACM.",
        )));
    }
    let observed = if names.is_empty() {
        "none".to_owned()
    } else {
        names.join(", ")
    };
    let mismatch = Judgement::failed(
        Cause::CertificateNameMismatch,
        format!("The HTTPS listener's certificate is for {observed}, not for {host}: browsers will refuse it."),
    )
    .seen(Evidence::new(API, &listener.arn, "SubjectAlternativeNames", host, &observed, by));
    let use_it = |say: &str| {
        Fix::run(
            say,
            stack.aws(format!(
                "elbv2 modify-listener --listener-arn {} --certificates CertificateArn={}",
                listener.arn,
                known(stack, "certificate.arn", "CERTIFICATE-ARN")
            )),
        )
    };
    if certificate::covering(stack)
        .is_ok_and(|covering| covering.into_iter().any(|one| is_good(stack, one)))
    {
        return Err(mismatch.fix(use_it(
            "You have one for your host: give it to the listener.",
        )));
    }
    Err(mismatch
        .fix(Fix::run(
            "Request a certificate for your host (*.example.com covers api.example.com, but neither example.com nor a.b.example.com).",
            request(stack),
        ))
        .fix(use_it("Once it is issued, give it to the listener.")))
}

fn is_good(stack: &Stack<'_>, certificate: &Certificate) -> bool {
    certificate.status == "ISSUED" && !is_over(stack, certificate)
}

/// No longer good for anything, while another certificate of the region is. Where there is none, `acm.issued` says what to
/// do first.
fn hides_a_good_one(stack: &Stack<'_>, one: &Certificate) -> bool {
    !is_good(stack, one)
        && certificate::covering(stack)
            .is_ok_and(|covering| covering.into_iter().any(|other| is_good(stack, other)))
}

fn served_too_long(
    stack: &Stack<'_>,
    listener: &Listener,
    certificate: &Certificate,
    by: FoundBy,
) -> Judgement {
    let host = &stack.chapter().host;
    let state = if certificate.status == "ISSUED" {
        "EXPIRED"
    } else {
        &certificate.status
    };
    Judgement::failed(
        Cause::CertificateExpired,
        format!("There is a good certificate for {host}, but the HTTPS listener still uses one that is {}: browsers will refuse it.", state.to_ascii_lowercase().replace('_', " ")),
    )
    .seen(Evidence::new(API, &certificate.arn, "Status, NotAfter", "ISSUED, in the future", state, by))
    .fix(Fix::run(
        "Give the listener the good one.",
        stack.aws(format!(
            "elbv2 modify-listener --listener-arn {} --certificates CertificateArn={}",
            listener.arn,
            known(stack, "certificate.arn", "CERTIFICATE-ARN")
        )),
    ))
}
