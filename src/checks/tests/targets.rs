//! What the balancer thinks of the tasks.

use super::shape::*;
use super::stopping::*;
use crate::account::*;
use crate::checks::Verdict::*;
use crate::checks::testing::*;

const STEADY: &str = "ecs.steady";
const TARGETS: &str = "tg.targets-healthy";

fn unhealthy(reason: &str, description: &str) -> Snapshot {
    target("unhealthy", Some(reason), Some(description))
}

#[test]
fn what_the_balancer_says_of_the_targets_decides() {
    assert_is(&good(), TARGETS, Passed, "");
    for (snapshot, verdict, cause) in [
        (
            target("initial", Some("Elb.InitialHealthChecking"), None),
            Pending,
            "",
        ),
        (
            target("initial", Some("Elb.RegistrationInProgress"), None),
            Pending,
            "",
        ),
        (
            target("initial", Some("Elb.InternalError"), None),
            Pending,
            "",
        ),
        (unhealthy("Target.IpUnusable", ""), Pending, ""),
        (
            unhealthy(
                "Target.ResponseCodeMismatch",
                "Health checks failed with these codes: [404]",
            ),
            Failed,
            "health-path-not-served",
        ),
        (
            unhealthy(
                "Target.ResponseCodeMismatch",
                "Health checks failed with these codes: [307]",
            ),
            Failed,
            "health-path-redirects-or-errors",
        ),
        (
            unhealthy("Target.Timeout", "Request timed out"),
            Failed,
            "app-not-listening",
        ),
        (
            unhealthy("Target.FailedHealthChecks", "Health checks failed"),
            Failed,
            "app-not-listening",
        ),
        (
            target("unused", Some("Target.NotInUse"), None),
            Failed,
            "target-not-in-use",
        ),
        (
            target("unavailable", Some("Target.HealthCheckDisabled"), None),
            Unknown,
            "",
        ),
    ] {
        assert_is(&snapshot, TARGETS, verdict, cause);
    }
}

#[test]
fn a_wrong_setting_explains_the_unhealthy_target() {
    let mut path = unhealthy(
        "Target.ResponseCodeMismatch",
        "Health checks failed with these codes: [404]",
    );
    target_group(&mut path).health.path = Some("/".into());
    assert_is(&path, "tg.health-path", Failed, "health-path-wrong");
    let found = assert_is(&path, TARGETS, Blocked, "");
    assert_eq!(found.blocked_by.unwrap().as_str(), "tg.health-path");

    let mut closed = unhealthy("Target.Timeout", "Request timed out");
    group(&mut closed, "news-api-ecs-sg").inbound.clear();
    let found = assert_is(&closed, TARGETS, Blocked, "");
    assert_eq!(found.blocked_by.unwrap().as_str(), "ecs.sg-source");
}

#[test]
fn a_rollback_that_changed_nothing_points_away_from_the_definition() {
    let mut snapshot = unhealthy("Target.Timeout", "Request timed out");
    read(&mut service(&mut snapshot).history)[0].status = "ROLLBACK_FAILED".into();
    let of_first = stopped(
        "ServiceSchedulerInitiated",
        "Task failed ELB health checks in (target-group x)",
        Some(0),
        3,
    );
    let mut of_second = of_first.clone();
    of_second.definition = format!("{}9", of_first.definition.as_str()).into();
    snapshot.stopped_tasks = Fact::Present(vec![of_first, of_second]);
    assert_is(
        &snapshot,
        TARGETS,
        Failed,
        "rollback-cannot-fix-target-group",
    );
}

#[test]
fn no_targets_wait_for_the_tasks_unless_the_tasks_run() {
    let found = assert_is(&down(exited(1)), TARGETS, Blocked, "");
    assert_eq!(found.blocked_by.unwrap().as_str(), STEADY);
    let snapshot = good_but(|snapshot| targets(snapshot).clear());
    assert_is(&snapshot, TARGETS, Failed, "no-healthy-targets");
}

#[test]
fn targets_that_leave_do_not_count() {
    let snapshot = good_but(|snapshot| {
        let mut leaving = targets(snapshot)[0].clone();
        leaving.id = "172.31.99.99".into();
        leaving.state = "draining".into();
        targets(snapshot).push(leaving.clone());
        leaving.state = "unhealthy.draining".into();
        targets(snapshot).push(leaving);
    });
    assert_is(&snapshot, TARGETS, Passed, "");
}

#[test]
fn healthy_strangers_are_not_the_tasks() {
    let snapshot = good_but(|snapshot| {
        for (number, target) in targets(snapshot).iter_mut().enumerate() {
            target.id = format!("10.9.9.{number}");
        }
    });
    assert_is(&snapshot, TARGETS, Failed, "no-healthy-targets");
    let unlisted = good_but(|snapshot| snapshot.tasks = Fact::Present(Vec::new()));
    assert_is(&unlisted, TARGETS, Unknown, "");
}

#[test]
fn denied_target_health_is_unknown() {
    let action = "elasticloadbalancing:DescribeTargetHealth";
    let snapshot = good_but(|snapshot| target_group(snapshot).targets = denied(action));
    assert_denied(&snapshot, TARGETS, action);
    let action = "ecs:DescribeTasks";
    let snapshot = good_but(|snapshot| snapshot.tasks = denied(action));
    assert_denied(&snapshot, TARGETS, action);
}

#[test]
fn tasks_killed_by_the_balancers_checks_are_explained_by_the_targets() {
    let elb = || {
        vec![stopped(
            "ServiceSchedulerInitiated",
            "Task failed ELB health checks in (target-group x)",
            Some(0),
            3,
        )]
    };
    let mut snapshot = unhealthy("Target.FailedHealthChecks", "Health checks failed");
    service(&mut snapshot).running = 1;
    snapshot.stopped_tasks = Fact::Present(elb());
    let found = assert_is(&snapshot, STEADY, Blocked, "");
    assert_eq!(found.blocked_by.unwrap().as_str(), TARGETS);
    assert_is(&snapshot, TARGETS, Failed, "app-not-listening");

    let mut hasty = down(elb());
    service(&mut hasty).grace_seconds = 5;
    assert_is(&hasty, STEADY, Failed, "grace-period-too-short");
}
