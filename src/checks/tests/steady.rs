//! Whether the tasks run and stay up, and why not.

use super::shape::*;
use super::stopping::*;
use crate::account::*;
use crate::checks::Verdict::*;
use crate::checks::testing::*;

const STEADY: &str = "ecs.steady";
const TARGETS: &str = "tg.targets-healthy";

#[test]
fn a_complete_deployment_with_all_its_tasks_is_steady() {
    assert_is(&good(), STEADY, Passed, "");
    let without_state = good_but(|snapshot| primary(snapshot).rollout = None);
    assert_is(&without_state, STEADY, Passed, "");
}

#[test]
fn without_a_service_there_is_nothing_to_be_steady() {
    for check in [STEADY, TARGETS] {
        let found = assert_is(&empty(), check, Blocked, "");
        assert_eq!(found.blocked_by.unwrap().as_str(), "ecs.service");
    }
    let action = "ecs:DescribeServices";
    let denied_service = good_but(|snapshot| snapshot.service = denied(action));
    assert_denied(&denied_service, STEADY, action);
    let other_controller = good_but(|snapshot| service(snapshot).deployments.clear());
    assert_is(&other_controller, STEADY, Unknown, "");
}

fn rolling_out(minutes: i64) -> Snapshot {
    let mut snapshot = down(exited(1));
    primary(&mut snapshot).rollout = Some("IN_PROGRESS".into());
    primary(&mut snapshot).created_at = Some(ago(minutes));
    snapshot
}

#[test]
fn a_rollout_is_pending_for_ten_minutes_and_then_looked_into() {
    assert_is(&rolling_out(9), STEADY, Pending, "");
    assert_is(&rolling_out(11), STEADY, Failed, "app-crash");
}

#[test]
fn a_used_up_quota_is_pending() {
    let mut snapshot = down(Vec::new());
    service(&mut snapshot).events = vec![ServiceEvent {
        id: "1".into(),
        at: Some(ago(1)),
        message: "(service x) was unable to place a task. Reason: You’ve reached the limit on the number of vCPUs you can run concurrently".into(),
    }];
    assert_is(&snapshot, STEADY, Pending, "fargate-quota");
}

#[test]
fn how_tasks_stopped_tells_what_they_died_of() {
    let before_start = |reason: &str| vec![stopped("TaskFailedToStart", reason, None, 3)];
    let table = [
        (exited(1), "app-crash"),
        (exited(0), "app-crash"),
        (exited(137), "out-of-memory"),
        (
            vec![stopped(
                "EssentialContainerExited",
                "OutOfMemoryError: Container killed due to memory usage",
                Some(137),
                3,
            )],
            "out-of-memory",
        ),
        (
            before_start(
                "CannotPullContainerError: failed to extract layer: no space left on device",
            ),
            "disk-full",
        ),
        (
            before_start(
                "CannotPullContainerError: image Manifest does not contain descriptor matching platform 'linux/amd64'",
            ),
            "image-wrong-architecture",
        ),
        (
            before_start(
                "ResourceInitializationError: unable to pull secrets or registry auth: dial tcp 1.2.3.4:443: i/o timeout",
            ),
            "no-route-to-registry",
        ),
        (
            before_start("Something AWS never said before"),
            "crash-loop",
        ),
        (
            vec![stopped(
                "ServiceSchedulerInitiated",
                "Task failed container health checks",
                Some(137),
                3,
            )],
            "crash-loop",
        ),
    ];
    for (tasks, cause) in table {
        assert_is(&down(tasks), STEADY, Failed, cause);
    }
}

#[test]
fn a_health_check_with_curl_is_recognised() {
    let mut snapshot = down(vec![stopped(
        "ServiceSchedulerInitiated",
        "Task failed container health checks",
        Some(137),
        3,
    )]);
    each_container(&mut snapshot, |container| {
        container.health_check = Some(ContainerHealthCheck {
            words: CommandWords {
                present: true,
                curl: true,
                ..CommandWords::default()
            },
            interval_seconds: 30,
            timeout_seconds: 5,
            retries: 3,
            start_period_seconds: None,
        });
    });
    assert_is(
        &snapshot,
        STEADY,
        Failed,
        "container-health-command-missing",
    );
}

#[test]
fn the_oldest_failure_of_the_newest_revision_tells_the_story() {
    let mut first = stopped(
        "EssentialContainerExited",
        "OutOfMemoryError: Container killed",
        Some(137),
        30,
    );
    let later = stopped(
        "EssentialContainerExited",
        "Essential container in task exited",
        Some(1),
        3,
    );
    assert_is(
        &down(vec![later.clone(), first.clone()]),
        STEADY,
        Failed,
        "out-of-memory",
    );
    first.definition = format!(
        "{}0",
        first
            .definition
            .as_str()
            .trim_end_matches(|letter: char| letter.is_ascii_digit())
    )
    .into();
    assert_is(&down(vec![later, first]), STEADY, Failed, "app-crash");
}

#[test]
fn tasks_that_were_stopped_on_purpose_tell_nothing() {
    let scaling = stopped(
        "ServiceSchedulerInitiated",
        "Scaling activity initiated by (deployment ecs-svc/1)",
        Some(0),
        3,
    );
    let person = stopped("UserInitiated", "Task stopped by user", Some(0), 3);
    let spot = stopped(
        "SpotInterruption",
        "Your Spot Task was interrupted.",
        Some(0),
        3,
    );
    let found = assert_is(
        &down(vec![scaling, person, spot]),
        STEADY,
        Failed,
        "crash-loop",
    );
    assert!(found.summary.contains("after an hour"), "{}", found.summary);
}

#[test]
fn words_of_others_reach_the_screen_without_control_characters() {
    let tasks = vec![stopped(
        "TaskFailedToStart",
        "\u{1b}[2JEvil\nreason",
        None,
        3,
    )];
    let found = finding(&down(tasks), STEADY);
    for seen in &found.evidence {
        assert!(
            !seen.observed.contains(char::is_control),
            "{:?}",
            seen.observed
        );
    }
    assert!(!found.summary.contains(char::is_control));
}

#[test]
fn a_broken_link_before_explains_the_crash() {
    let mut snapshot = down(exited(1));
    group(&mut snapshot, "news-api-rds-sg").inbound.clear();
    let found = assert_is(&snapshot, STEADY, Blocked, "");
    assert_eq!(found.blocked_by.unwrap().as_str(), "rds.sg-source");
}

#[test]
fn denied_stopped_tasks_leave_the_reason_open() {
    let action = "ecs:ListTasks";
    let mut snapshot = down(Vec::new());
    snapshot.stopped_tasks = denied(action);
    assert_denied(&snapshot, STEADY, action);
}

#[test]
fn a_task_that_is_just_starting_is_waited_for() {
    let mut snapshot = down(Vec::new());
    service(&mut snapshot).pending = 2;
    assert_is(&snapshot, STEADY, Pending, "");
}

#[test]
fn plain_redis_to_a_cache_that_only_speaks_tls_is_named() {
    let mut snapshot = down(exited(1));
    for node in read(&mut snapshot.cache_nodes) {
        node.tls = true;
    }
    for group in read(&mut snapshot.replication_groups) {
        group.tls = TlsMode::Required;
    }
    each_container(&mut snapshot, |container| {
        // REDIS_URL is among the secrets, where nobody sees its scheme; in its place it would be a fault of its own.
        container.environment.push(Variable {
            name: "QUEUE_URL".into(),
            class: ValueClass::Url(UrlClass {
                scheme: Scheme::Redis,
                port: Some(6379),
                has_password: false,
                host: HostClass::Cache,
                names_database: None,
            }),
            same_as_file: None,
        });
    });
    assert_is(&snapshot, STEADY, Failed, "redis-requires-tls");
}

#[test]
fn a_rollback_looks_steady_and_says_so() {
    let snapshot = good_but(|snapshot| {
        read(&mut service(snapshot).history)[0].status = "ROLLBACK_SUCCESSFUL".into();
    });
    let found = assert_is(&snapshot, STEADY, Passed, "");
    assert!(found.advice.unwrap().contains("rolled back"));
}
