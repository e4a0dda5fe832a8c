//! The learner's own request.

use super::shape::*;
use super::stopping::*;
use crate::account::*;
use crate::checks::Verdict::*;
use crate::checks::testing::*;

const TARGETS: &str = "tg.targets-healthy";
const ENDPOINT: &str = "endpoint.responds";

fn answers(outcome: EndpointOutcome) -> Snapshot {
    good_but(|snapshot| read(&mut snapshot.workplace.endpoint).outcome = outcome)
}

#[test]
fn the_answer_of_the_endpoint_decides() {
    assert_is(&good(), ENDPOINT, Passed, "");
    for (outcome, verdict, cause) in [
        (
            EndpointOutcome::Status(502),
            Failed,
            "app-closes-connection",
        ),
        (
            EndpointOutcome::Status(504),
            Failed,
            "app-closes-connection",
        ),
        (EndpointOutcome::Closed, Unknown, ""),
        (EndpointOutcome::NoAnswer, Failed, "app-closes-connection"),
        (
            EndpointOutcome::Status(307),
            Failed,
            "health-path-redirects-or-errors",
        ),
        (
            EndpointOutcome::Status(500),
            Failed,
            "health-path-redirects-or-errors",
        ),
        (
            EndpointOutcome::Certificate("wrong name".into()),
            Failed,
            "certificate-name-mismatch",
        ),
        (EndpointOutcome::Untrusted("clock".into()), Unknown, ""),
        (EndpointOutcome::NoConnection, Unknown, ""),
        (EndpointOutcome::NoName, Unknown, ""),
    ] {
        assert_is(&answers(outcome), ENDPOINT, verdict, cause);
    }
}

#[test]
fn what_stands_before_the_app_explains_the_silence() {
    let mut shut = answers(EndpointOutcome::NoConnection);
    group(&mut shut, "news-api-alb-sg").inbound.clear();
    let found = assert_is(&shut, ENDPOINT, Blocked, "");
    assert_eq!(found.blocked_by.unwrap().as_str(), "alb.sg-open");
    let mut elsewhere = answers(EndpointOutcome::NoConnection);
    read(&mut elsewhere.workplace.dns).aliases.clear();
    read(&mut elsewhere.workplace.dns).addresses = vec!["203.0.113.9".parse().unwrap()];
    let found = assert_is(&elsewhere, ENDPOINT, Blocked, "");
    assert_eq!(found.blocked_by.unwrap().as_str(), "dns.points-to-balancer");
}

#[test]
fn the_endpoint_waits_for_healthy_targets_and_for_the_name() {
    let found = assert_is(&target("initial", None, None), ENDPOINT, Blocked, "");
    assert_eq!(found.blocked_by.unwrap().as_str(), TARGETS);
    let nameless = good_but(|snapshot| snapshot.workplace.dns = Fact::Absent);
    let found = assert_is(&nameless, ENDPOINT, Blocked, "");
    assert_eq!(found.blocked_by.unwrap().as_str(), "dns.points-to-balancer");
    assert_is(&empty(), ENDPOINT, Blocked, "");
}

#[test]
fn an_address_of_ones_own_does_not_wait_for_the_name() {
    let snapshot = good_but(|snapshot| {
        snapshot.workplace.dns = Fact::Absent;
        snapshot.chapter.endpoint_url = Some("https://else.example.net/docs".into());
    });
    assert_is(&snapshot, ENDPOINT, Passed, "");
}

#[test]
fn a_request_that_was_not_made_is_unknown() {
    let snapshot = good_but(|snapshot| snapshot.workplace.endpoint = Fact::Unknown(Why::Offline));
    assert_is(&snapshot, ENDPOINT, Unknown, "");
    assert_is(
        &{
            let mut snapshot = without_domain();
            snapshot.workplace.endpoint = Fact::Absent;
            snapshot
        },
        ENDPOINT,
        Blocked,
        "",
    );
}
