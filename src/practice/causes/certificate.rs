//! Faults of the certificate.

use super::super::cause::Cause;
use super::super::endpoint::answer;
use super::super::scene::{Scene, before};
use super::balancer::without_https;
use super::trouble::no_service;
use crate::account::*;
use jiff::SignedDuration;

const CERTIFICATE: &[&str; 1] = &["alb.certificate"];

pub(super) const CAUSES: &[Cause] = &[
    Cause::new(
        "certificate-pending-dns",
        CERTIFICATE,
        "Takes the certificate's validation record out of DNS before it was issued.",
        pending,
    )
    .with_domain()
    .restarting(),
    Cause::new(
        "certificate-in-other-region",
        CERTIFICATE,
        "Requests the certificate in another region.",
        elsewhere,
    )
    .with_domain()
    .restarting(),
    Cause::new(
        "certificate-expired",
        CERTIFICATE,
        "Lets the certificate expire.",
        expired,
    )
    .with_domain(),
    Cause::new(
        "certificate-name-mismatch",
        &["alb.listeners"],
        "Gives the HTTPS listener a certificate for another name.",
        another_name,
    )
    .with_domain(),
];

/// A certificate that was not issued cannot be used: no listener, and without one no service.
fn unusable(snapshot: &mut Snapshot) {
    without_https(snapshot);
    no_service(snapshot);
}

fn pending(snapshot: &mut Snapshot, scene: &Scene<'_>) {
    if let Fact::Present(certificates) = &mut snapshot.certificates {
        for certificate in certificates {
            certificate.status = "PENDING_VALIDATION".to_owned();
            certificate.not_after = None;
            certificate.in_use_by = Vec::new();
            certificate.created_at = Some(before(scene.now, SignedDuration::from_hours(5)));
            for validation in &mut certificate.validations {
                validation.status = Some("PENDING_VALIDATION".to_owned());
            }
        }
    }
    for shown in snapshot.workplace.validation_records.values_mut() {
        *shown = Fact::Absent;
    }
    unusable(snapshot);
}

fn elsewhere(snapshot: &mut Snapshot, scene: &Scene<'_>) {
    snapshot.certificates = Fact::Present(Vec::new());
    let here = scene.chapter.region.as_str();
    let region = if here == "us-east-1" {
        "eu-west-1"
    } else {
        "us-east-1"
    };
    snapshot.elsewhere = Fact::Present(vec![Sighting {
        region: Region::from(region),
        what: "certificate".to_owned(),
        name: scene.chapter.host.clone(),
    }]);
    unusable(snapshot);
}

fn expired(snapshot: &mut Snapshot, scene: &Scene<'_>) {
    if let Fact::Present(certificates) = &mut snapshot.certificates {
        for certificate in certificates {
            certificate.status = "EXPIRED".to_owned();
            certificate.not_after = Some(before(scene.now, SignedDuration::from_hours(24 * 3)));
        }
    }
    refused(
        snapshot,
        EndpointOutcome::Untrusted("the certificate has expired".to_owned()),
    );
}

fn another_name(snapshot: &mut Snapshot, scene: &Scene<'_>) {
    let arn = scene
        .ids
        .arn("acm", "certificate/b83d6c07-1f2e-49a5-9c40-7e16d5a2f084");
    let name = format!("www.{}", scene.chapter.host);
    if let Fact::Present(certificates) = &mut snapshot.certificates
        && let Some(right) = certificates.first_mut()
    {
        right.in_use_by = Vec::new();
        let wrong = Certificate {
            arn: arn.clone(),
            domain: name.clone(),
            names: vec![name.clone()],
            in_use_by: vec![scene.ids.balancer()],
            validations: Vec::new(),
            ..right.clone()
        };
        certificates.push(wrong);
    }
    if let Some(listener) = super::super::balancer::listener_on(snapshot, 443) {
        listener.certificates = Fact::Present(vec![arn]);
    }
    refused(
        snapshot,
        EndpointOutcome::Certificate(format!("the certificate is for {name}")),
    );
}

/// Whoever asks over HTTPS is turned away by their own TLS.
fn refused(snapshot: &mut Snapshot, outcome: EndpointOutcome) {
    if let Fact::Present(endpoint) = &snapshot.workplace.endpoint
        && matches!(endpoint.outcome, EndpointOutcome::Status(_))
    {
        answer(snapshot, outcome);
    }
}
