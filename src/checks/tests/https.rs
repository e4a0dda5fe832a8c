//! Certificate, listeners, DNS.

use super::shape::*;
use crate::account::*;
use crate::checks::Verdict::*;
use crate::checks::testing::*;

fn names(certificate: &mut Certificate, names: &[&str]) {
    certificate.domain = names[0].to_owned();
    certificate.names = names.iter().map(|&name| name.to_owned()).collect();
}

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

fn pending(shown: Option<Fact<Vec<String>>>) -> Snapshot {
    good_but(|snapshot| {
        let certificate = certificate(snapshot);
        certificate.status = "PENDING_VALIDATION".into();
        certificate.validations = vec![Validation {
            domain: "api.example.com".into(),
            method: Some("DNS".into()),
            status: Some("PENDING_VALIDATION".into()),
            record: Some(DnsRecord {
                name: "_abc.api.example.com.".into(),
                value: "_xyz.acm-validations.aws.".into(),
            }),
        }];
        snapshot.workplace.validation_records.clear();
        if let Some(shown) = shown {
            snapshot
                .workplace
                .validation_records
                .insert("_abc.api.example.com".into(), shown);
        }
    })
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

fn no_certificate(snapshot: &mut Snapshot) {
    snapshot.certificates = Fact::Present(Vec::new());
    without_listener(snapshot, 443);
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

#[test]
fn without_an_https_listener_its_certificate_waits() {
    let snapshot = good_but(|snapshot| without_listener(snapshot, 443));
    let found = assert_is(&snapshot, "acm.covers-host", Blocked, "");
    assert_eq!(found.blocked_by.unwrap().as_str(), "listener.https");
    assert_is(&empty(), "acm.covers-host", Blocked, "");
}

#[test]
fn https_is_failed_once_a_service_depends_on_it_and_missing_before() {
    let snapshot = good_but(|snapshot| without_listener(snapshot, 443));
    assert_is(
        &snapshot,
        "listener.https",
        Failed,
        "https-listener-missing",
    );
    let mut before = before_the_service();
    without_listener(&mut before, 443);
    assert_is(&before, "listener.https", Missing, "https-listener-missing");
    assert_is(&empty(), "listener.https", Blocked, "");
}

#[test]
fn plain_http_on_443_is_no_https() {
    let snapshot = good_but(|snapshot| listener(snapshot, 443).protocol = "HTTP".into());
    assert_is(
        &snapshot,
        "listener.https",
        Failed,
        "https-listener-missing",
    );
    let snapshot =
        good_but(|snapshot| listener(snapshot, 443).certificates = Fact::Present(Vec::new()));
    assert_is(
        &snapshot,
        "listener.https",
        Failed,
        "https-listener-missing",
    );
}

#[test]
fn without_a_certificate_the_https_listener_waits_for_it() {
    let mut snapshot = before_the_service();
    no_certificate(&mut snapshot);
    assert_is(
        &snapshot,
        "listener.https",
        Missing,
        "https-listener-missing",
    );
    let mut snapshot = pending(None);
    without_listener(&mut snapshot, 443);
    let found = assert_is(&snapshot, "listener.https", Blocked, "");
    assert_eq!(found.blocked_by.unwrap().as_str(), "acm.issued");
}

fn elsewhere() -> Action {
    Action::Forward(vec![Weighted {
        target_group: "arn:aws:elasticloadbalancing:us-east-1:1:targetgroup/other/1".into(),
        weight: 1,
    }])
}

#[test]
fn a_listener_that_leads_elsewhere_leaves_the_target_group_unused() {
    for action in [
        elsewhere(),
        Action::FixedResponse {
            status: "404".into(),
        },
    ] {
        let snapshot = good_but(|snapshot| listener(snapshot, 443).default_actions = vec![action]);
        assert_is(&snapshot, "listener.https", Failed, "target-not-in-use");
    }
}

#[test]
fn a_rule_may_do_the_forwarding() {
    let snapshot = good_but(|snapshot| {
        let listener = listener(snapshot, 443);
        let forward = std::mem::replace(&mut listener.default_actions, vec![elsewhere()]);
        listener.rules = Fact::Present(vec![ListenerRule {
            priority: "1".into(),
            conditions: vec![RuleCondition {
                field: "host-header".into(),
                values: vec!["api.example.com".into()],
                patterns: Vec::new(),
            }],
            actions: forward,
        }]);
    });
    assert_is(&snapshot, "listener.https", Passed, "");
}

#[test]
fn a_rule_before_the_default_action_may_take_the_request_away() {
    let snapshot = good_but(|snapshot| {
        listener(snapshot, 443).rules = Fact::Present(vec![ListenerRule {
            priority: "1".into(),
            conditions: vec![RuleCondition {
                field: "path-pattern".into(),
                values: vec!["/docs*".into()],
                patterns: Vec::new(),
            }],
            actions: vec![elsewhere()],
        }]);
    });
    assert_is(&snapshot, "listener.https", Failed, "target-not-in-use");
}

#[test]
fn unread_listeners_or_rules_are_unknown() {
    let action = "elasticloadbalancing:DescribeListeners";
    let snapshot = good_but(|snapshot| balancer(snapshot).listeners = denied(action));
    for check in [
        "listener.https",
        "listener.http-redirects",
        "acm.covers-host",
    ] {
        assert_denied(&snapshot, check, action);
    }
    let action = "elasticloadbalancing:DescribeRules";
    let snapshot = good_but(|snapshot| listener(snapshot, 443).rules = denied(action));
    assert_denied(&snapshot, "listener.https", action);
    let action = "elasticloadbalancing:DescribeListenerCertificates";
    let snapshot = good_but(|snapshot| listener(snapshot, 443).certificates = denied(action));
    assert_denied(&snapshot, "listener.https", action);
    assert_denied(&snapshot, "acm.covers-host", action);
}

#[test]
fn port_80_redirects_to_https() {
    assert_is(&good(), "listener.http-redirects", Passed, "");
    let to = |protocol: &str, port: &str| Action::Redirect {
        protocol: protocol.into(),
        port: port.into(),
        status: "HTTP_301".into(),
        host: "#{host}".into(),
    };
    let snapshot = good_but(|snapshot| {
        listener(snapshot, 80).default_actions = vec![to("#{protocol}", "443")];
    });
    assert_is(
        &snapshot,
        "listener.http-redirects",
        Failed,
        "http-not-redirected",
    );
    for action in [
        elsewhere(),
        to("HTTP", "8080"),
        Action::FixedResponse {
            status: "200".into(),
        },
    ] {
        let snapshot = good_but(|snapshot| listener(snapshot, 80).default_actions = vec![action]);
        assert_is(
            &snapshot,
            "listener.http-redirects",
            Failed,
            "http-not-redirected",
        );
    }
}

#[test]
fn a_rule_may_do_the_redirecting() {
    let snapshot = good_but(|snapshot| {
        let listener = listener(snapshot, 80);
        let redirect = std::mem::replace(&mut listener.default_actions, vec![elsewhere()]);
        listener.rules = Fact::Present(vec![ListenerRule {
            priority: "1".into(),
            conditions: vec![RuleCondition {
                field: "path-pattern".into(),
                values: vec!["/*".into()],
                patterns: Vec::new(),
            }],
            actions: redirect,
        }]);
    });
    assert_is(&snapshot, "listener.http-redirects", Passed, "");
}

#[test]
fn no_listener_on_80_is_missing() {
    let snapshot = good_but(|snapshot| without_listener(snapshot, 80));
    assert_is(&snapshot, "listener.http-redirects", Missing, "");
}

#[test]
fn without_a_domain_https_is_skipped_and_port_80_forwards() {
    let snapshot = without_domain();
    for check in [
        "acm.issued",
        "acm.covers-host",
        "listener.https",
        "dns.points-to-balancer",
    ] {
        let found = assert_is(&snapshot, check, Skipped, "");
        assert_eq!(found.summary, "no domain");
    }
    assert_is(&snapshot, "listener.http-redirects", Passed, "");

    let mut snapshot = without_domain();
    listener(&mut snapshot, 80).default_actions = vec![elsewhere()];
    assert_is(
        &snapshot,
        "listener.http-redirects",
        Failed,
        "target-not-in-use",
    );

    let mut snapshot = without_domain();
    without_listener(&mut snapshot, 80);
    assert_is(
        &snapshot,
        "listener.http-redirects",
        Failed,
        "target-not-in-use",
    );
    snapshot.service = Fact::Absent;
    assert_is(&snapshot, "listener.http-redirects", Missing, "");
}

const DNS: &str = "dns.points-to-balancer";

fn answer(aliases: &[&str], addresses: &[&str], balancers: &[&str]) -> Snapshot {
    let ips = |texts: &[&str]| texts.iter().map(|text| text.parse().unwrap()).collect();
    good_but(|snapshot| {
        snapshot.workplace.dns = Fact::Present(DnsAnswer {
            host: "api.example.com".into(),
            aliases: aliases.iter().map(|&alias| alias.to_owned()).collect(),
            addresses: ips(addresses),
            balancer_addresses: ips(balancers),
        });
    })
}

#[test]
fn the_host_leads_to_the_balancer_by_name_or_by_address() {
    let name = balancer(&mut good()).dns_name.clone();
    let dualstack = format!("DUALSTACK.{name}.");
    assert_is(&answer(&[&name], &["198.51.100.1"], &[]), DNS, Passed, "");
    assert_is(
        &answer(&[&dualstack], &["198.51.100.1"], &[]),
        DNS,
        Passed,
        "",
    );
    let both = ["198.51.100.1", "198.51.100.2"];
    assert_is(&answer(&[], &both[..1], &both), DNS, Passed, "");
    let partly = assert_is(&answer(&[], &both, &both[..1]), DNS, Passed, "");
    assert!(partly.advice.is_some());
}

#[test]
fn another_address_does_not_lead_to_the_balancer() {
    let elsewhere = answer(&[], &["203.0.113.9"], &["198.51.100.1"]);
    assert_is(&elsewhere, DNS, Failed, "dns-not-pointing");
    let dangling = answer(
        &["old-alb.us-east-1.elb.amazonaws.com"],
        &[],
        &["198.51.100.1"],
    );
    assert_is(&dangling, DNS, Failed, "dns-not-pointing");
}

#[test]
fn dns_that_says_nothing_is_missing_and_dns_out_of_reach_is_unknown() {
    let snapshot = good_but(|snapshot| snapshot.workplace.dns = Fact::Absent);
    assert_is(&snapshot, DNS, Missing, "");
    let snapshot = good_but(|snapshot| snapshot.workplace.dns = Fact::Unknown(Why::Offline));
    assert_is(&snapshot, DNS, Unknown, "");
    // Without the balancer's own addresses there is nothing to compare with.
    assert_is(&answer(&[], &["203.0.113.9"], &[]), DNS, Unknown, "");
    let found = assert_is(&empty(), DNS, Blocked, "");
    assert_eq!(found.blocked_by.unwrap().as_str(), "alb.active");
}
