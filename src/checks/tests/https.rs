//! Certificate, listeners, DNS.

mod certificate;
mod name;

use super::shape::*;
use crate::account::*;
use crate::checks::Verdict::*;
use crate::checks::testing::*;

fn names(certificate: &mut Certificate, names: &[&str]) {
    certificate.domain = names[0].to_owned();
    certificate.names = names.iter().map(|&name| name.to_owned()).collect();
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

fn no_certificate(snapshot: &mut Snapshot) {
    snapshot.certificates = Fact::Present(Vec::new());
    without_listener(snapshot, 443);
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
