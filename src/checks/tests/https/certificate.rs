//! The certificate.

use super::*;

#[test]
fn an_issued_certificate_for_the_host_passes() {
    assert_is(&good(), "acm.issued", Passed, "");
    for covering in [
        &["*.example.com"][..],
        &["example.com", "api.example.com"][..],
    ] {
        let snapshot = good_but(|snapshot| names(certificate(snapshot), covering));
        assert_is(&snapshot, "acm.issued", Passed, "");
        assert_is(&snapshot, "acm.covers-host", Passed, "");
    }
}

#[test]
fn the_status_of_the_certificate_decides() {
    for (status, verdict, cause) in [
        ("PENDING_VALIDATION", Pending, "certificate-pending-dns"),
        ("VALIDATION_TIMED_OUT", Failed, "certificate-pending-dns"),
        ("FAILED", Failed, "certificate-pending-dns"),
        ("EXPIRED", Failed, "certificate-expired"),
        ("REVOKED", Failed, "certificate-expired"),
        ("SOMETHING_NEW", Unknown, ""),
    ] {
        let snapshot = good_but(|snapshot| certificate(snapshot).status = status.into());
        assert_is(&snapshot, "acm.issued", verdict, cause);
    }
}

#[test]
fn an_issued_certificate_that_has_run_out_is_expired_and_hides_no_good_one() {
    let mut snapshot = good_but(|snapshot| certificate(snapshot).not_after = Some(now()));
    assert_is(&snapshot, "acm.issued", Failed, "certificate-expired");
    let old = certificate(&mut snapshot).clone();
    read(&mut snapshot.certificates).push(Certificate {
        arn: "arn:aws:acm:us-east-1:123456789012:certificate/new".into(),
        not_after: None,
        created_at: None,
        ..old
    });
    assert_is(&snapshot, "acm.issued", Passed, "");
}

#[test]
fn a_pending_certificate_says_which_record_is_missing() {
    let found = assert_is(
        &pending(Some(Fact::Absent)),
        "acm.issued",
        Pending,
        "certificate-pending-dns",
    );
    let fix = &found.fix[0];
    let record = "name _abc.api.example.com., value _xyz.acm-validations.aws.";
    assert!(fix.say.contains(record), "{fix:?}");
    let command = fix.command.as_deref().unwrap();
    assert!(command.contains("\"Value\":\"_xyz.acm-validations.aws.\""));
    assert_eq!(found.evidence[0].observed, "none");
}

#[test]
fn a_pending_certificate_whose_record_is_shown_only_needs_time() {
    let shown = Fact::Present(vec!["_XYZ.acm-validations.aws".into()]);
    let found = assert_is(
        &pending(Some(shown)),
        "acm.issued",
        Pending,
        "certificate-pending-dns",
    );
    assert!(found.fix.is_empty(), "{:?}", found.fix);
    assert!(
        found.summary.contains("within minutes"),
        "{}",
        found.summary
    );
}

#[test]
fn a_record_with_the_domain_twice_is_recognised() {
    let mut snapshot = pending(Some(Fact::Absent));
    snapshot.workplace.validation_records.insert(
        "_abc.api.example.com.example.com".into(),
        Fact::Present(vec!["_xyz.acm-validations.aws".into()]),
    );
    let found = finding(&snapshot, "acm.issued");
    assert!(found.fix[0].say.contains("second time"), "{:?}", found.fix);
}

#[test]
fn dns_that_could_not_be_asked_leaves_it_pending_and_says_so() {
    for shown in [Some(Fact::Unknown(Why::Offline)), None] {
        let found = assert_is(
            &pending(shown),
            "acm.issued",
            Pending,
            "certificate-pending-dns",
        );
        assert!(
            !found.evidence[0].observed.contains("none"),
            "{:?}",
            found.evidence
        );
    }
}

#[test]
fn no_certificate_is_missing_and_one_in_another_region_is_wrong() {
    let mut snapshot = good_but(no_certificate);
    assert_is(&snapshot, "acm.issued", Missing, "");
    snapshot.elsewhere = Fact::Present(vec![Sighting {
        region: "us-west-2".into(),
        what: "certificate".into(),
        name: "*.example.com".into(),
    }]);
    assert_is(
        &snapshot,
        "acm.issued",
        Failed,
        "certificate-in-other-region",
    );
    snapshot.elsewhere = Fact::Present(vec![Sighting {
        region: "us-west-2".into(),
        what: "certificate".into(),
        name: "www.example.com".into(),
    }]);
    assert_is(&snapshot, "acm.issued", Missing, "");
}

#[test]
fn denied_certificates_are_unknown() {
    let action = "acm:ListCertificates";
    let snapshot = good_but(|snapshot| snapshot.certificates = denied(action));
    assert_denied(&snapshot, "acm.issued", action);
    assert_denied(&snapshot, "acm.covers-host", action);
}

#[test]
fn a_certificate_for_another_name_is_one_fault() {
    let snapshot = good_but(|snapshot| names(certificate(snapshot), &["www.example.com"]));
    assert_is(
        &snapshot,
        "acm.covers-host",
        Failed,
        "certificate-name-mismatch",
    );
    let issued = assert_is(&snapshot, "acm.issued", Blocked, "");
    assert_eq!(issued.blocked_by.unwrap().as_str(), "acm.covers-host");
}

#[test]
fn a_certificate_beside_the_default_one_counts_too() {
    let snapshot = good_but(|snapshot| {
        let right = certificate(snapshot).clone();
        let other = Certificate {
            arn: "arn:aws:acm:us-east-1:123456789012:certificate/other".into(),
            domain: "www.example.com".into(),
            names: vec!["www.example.com".into()],
            ..right.clone()
        };
        listener(snapshot, 443).certificates = Fact::Present(vec![other.arn.clone(), right.arn]);
        read(&mut snapshot.certificates).push(other);
    });
    assert_is(&snapshot, "acm.covers-host", Passed, "");
}

#[test]
fn a_certificate_that_acm_does_not_list_is_never_judged() {
    let snapshot = good_but(|snapshot| {
        listener(snapshot, 443).certificates = Fact::Present(vec![
            "arn:aws:iam::123456789012:server-certificate/x".into(),
        ]);
    });
    assert_is(&snapshot, "acm.covers-host", Unknown, "");
}
