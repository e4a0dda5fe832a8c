//! The certificate: issued for the host, and in use on the HTTPS listener.

use super::cause::Cause;
use super::check::Check;
use super::discovery::{Gap, Kind, balancer, certificate};
use super::finding::{Evidence, Fix, FoundBy, Judgement};
use super::ids::CheckId;
use super::listener::{NO_DOMAIN, https_listener, listeners};
use super::stack::Stack;
use super::verdict::Verdict::{Blocked, Failed, Missing, Passed, Pending, Skipped, Unknown};
use crate::account::{Area, Certificate, Fact, Listener};

mod covers;
mod failure;
mod pending;

pub(super) const CHECKS: &[Check] = &[
    Check::must(
        "acm.issued",
        "The certificate for your host is issued",
        &[
            Area::Certificates,
            Area::Dns,
            Area::Balancers,
            Area::Service,
            Area::Network,
        ],
        |stack| Judgement::settle(issued(stack)),
    )
    .may(
        &[Passed, Failed, Missing, Pending, Blocked, Unknown, Skipped],
        &[
            Cause::CertificatePendingDns,
            Cause::CertificateExpired,
            Cause::CertificateInOtherRegion,
        ],
    ),
    Check::must(
        "acm.covers-host",
        "The listener's certificate is for your host",
        &[
            Area::Certificates,
            Area::Balancers,
            Area::Service,
            Area::Network,
        ],
        |stack| Judgement::settle(covers::judge(stack)),
    )
    .may(
        &[Passed, Failed, Blocked, Unknown, Skipped],
        &[Cause::CertificateNameMismatch, Cause::CertificateExpired],
    ),
];

const API: &str = "acm:DescribeCertificate";
const COVERS: CheckId = CheckId("acm.covers-host");
const HTTPS: CheckId = CheckId("listener.https");

const CERTIFICATE: Kind = Kind {
    one: "certificate",
    many: "certificates",
    key: "host",
    wanted_by: CheckId("acm.issued"),
};

fn issued(stack: &Stack<'_>) -> Result<Judgement, Judgement> {
    if !stack.chapter().has_domain {
        return Err(Judgement::skipped(NO_DOMAIN));
    }
    let covering = certificate::covering(stack).map_err(|gap| gap.judgement(&CERTIFICATE))?;
    // An issued one that has run out must not hide a good one behind it.
    let best = covering
        .iter()
        .find(|one| one.status == "ISSUED" && !is_over(stack, one))
        .or(covering.first());
    match best {
        Some(certificate) => status(stack, certificate),
        None => Err(none_covers(stack)),
    }
}

fn is_over(stack: &Stack<'_>, certificate: &Certificate) -> bool {
    certificate
        .not_after
        .is_some_and(|end| end <= stack.snapshot.collected_at)
}

/// ACM renews its own certificates sixty days before their end, as long as they are in use and can be proved.
/// <https://docs.aws.amazon.com/acm/latest/userguide/managed-renewal.html>
const RENEWAL_IS_LATE_DAYS: i64 = 30;

fn runs_out(stack: &Stack<'_>, certificate: &Certificate) -> Option<String> {
    let end = certificate.not_after?;
    let left = end.as_second() - stack.snapshot.collected_at.as_second();
    let day = end.to_string().chars().take(10).collect::<String>();
    (left < RENEWAL_IS_LATE_DAYS * 24 * 3600).then(|| {
        if certificate.kind.as_deref() == Some("IMPORTED") {
            format!("It runs out on {day}, and AWS does not renew what was imported: import the next one in time.")
        } else {
            format!("It runs out on {day}, and AWS has not renewed it yet: that takes a listener that uses it, and its validation record still in DNS.")
        }
    })
}

fn status(stack: &Stack<'_>, certificate: &Certificate) -> Result<Judgement, Judgement> {
    let host = &stack.chapter().host;
    let arn = &certificate.arn;
    let seen = |judgement: Judgement| {
        judgement.seen(Evidence::new(
            API,
            arn,
            "Status",
            "ISSUED",
            &certificate.status,
            FoundBy::Name,
        ))
    };
    let again = || {
        Fix::run(
            "Request a new one in this region, and create its validation record at once.",
            request(stack),
        )
    };
    match certificate.status.as_str() {
        "ISSUED" if is_over(stack, certificate) => Err(Judgement::failed(
            Cause::CertificateExpired,
            format!("The certificate for {host} has expired."),
        )
        .seen(Evidence::new(
            API,
            arn,
            "NotAfter",
            "in the future",
            certificate
                .not_after
                .map(|end| end.to_string())
                .unwrap_or_default(),
            FoundBy::Name,
        ))
        .fix(again())),
        "ISSUED" => {
            let passed = Judgement::passed(format!("The certificate for {host} is issued."));
            Ok(seen(match runs_out(stack, certificate) {
                Some(remark) => passed.advise(remark),
                None => passed,
            }))
        }
        "PENDING_VALIDATION" => Err(seen(pending::judge(stack, certificate))),
        "VALIDATION_TIMED_OUT" | "FAILED" => Err(seen(
            Judgement::failed(
                Cause::CertificatePendingDns,
                format!(
                    "AWS did not issue the certificate for {host}: {}.",
                    failure::reason(certificate)
                ),
            )
            .fix(Fix::say(failure::remedy(certificate))),
        )
        .fix(again())),
        "EXPIRED" | "REVOKED" | "INACTIVE" => Err(seen(Judgement::failed(
            Cause::CertificateExpired,
            format!(
                "The certificate for {host} is {}: it can no longer be used.",
                certificate.status.to_ascii_lowercase()
            ),
        ))
        .fix(again())),
        other => Err(seen(Judgement::unknown(format!(
            "The certificate for {host} is in a state this version does not know: {other}."
        )))),
    }
}

fn none_covers(stack: &Stack<'_>) -> Judgement {
    let chapter = stack.chapter();
    let (host, region) = (&chapter.host, &stack.snapshot.region);
    // The listener serves one that is for another name: that is the one fault, and the next check names it.
    let serves_another = https_of(stack)
        .and_then(|listener| listener.certificates.present())
        .is_some_and(|certificates| !certificates.is_empty());
    if serves_another {
        return Judgement::blocked(
            COVERS,
            format!("No certificate here covers {host}; the listener uses one for another name."),
        );
    }
    let elsewhere = stack.snapshot.elsewhere.present().and_then(|sightings| {
        sightings.iter().find(|sighting| {
            sighting.what == "certificate" && certificate::name_covers(&sighting.name, host)
        })
    });
    let request = Fix::run("Request it in the load balancer's region.", request(stack));
    let evidence = |observed: String| {
        Evidence::new(
            "acm:ListCertificates",
            host,
            "CertificateSummaryList",
            format!("one that covers {host}, in {region}"),
            observed,
            FoundBy::Name,
        )
    };
    match elsewhere {
        Some(sighting) => {
            let sentence = format!(
                "Your certificate for {host} is in {}; a load balancer in {region} can only use one of {region}.",
                sighting.region
            );
            // Before there is a load balancer nothing here depends on it: the one elsewhere may well serve something else.
            match balancer::find(stack) {
                Ok(_) => Judgement::failed(Cause::CertificateInOtherRegion, sentence),
                Err(Gap::NotThere | Gap::Several(_)) => {
                    Judgement::missing(sentence).because(Cause::CertificateInOtherRegion)
                }
                Err(gap) => return gap.judgement(&balancer::BALANCER),
            }
        }
        .seen(evidence(format!("one in {}", sighting.region)))
        .fix(request),
        None => Judgement::missing(format!("There is no certificate for {host} in {region}."))
            .seen(evidence("none".to_owned()))
            .fix(request),
    }
}

fn request(stack: &Stack<'_>) -> String {
    stack.aws(format!(
        "acm request-certificate --domain-name {} --validation-method DNS",
        stack.chapter().host
    ))
}

/// The HTTPS listener, where everything on the way to it could be read.
fn https_of<'a>(stack: &Stack<'a>) -> Option<&'a Listener> {
    let (balancer, _) = balancer::find(stack).ok()?;
    https_listener(listeners(stack, balancer).ok()?)
}

/// Whether a DNS answer holds the wanted value; a final dot and case say nothing.
fn same_name(left: &str, right: &str) -> bool {
    left.trim_end_matches('.')
        .eq_ignore_ascii_case(right.trim_end_matches('.'))
}

/// What DNS shows for a name, by the records that were looked up.
fn looked_up<'a>(stack: &Stack<'a>, name: &str) -> Option<&'a Fact<Vec<String>>> {
    stack
        .snapshot
        .workplace
        .validation_records
        .iter()
        .find(|(asked, _)| same_name(asked, name))
        .map(|(_, fact)| fact)
}
