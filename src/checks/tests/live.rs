//! Tasks, targets, the endpoint, and what is left afterwards.

use super::shape::*;
use crate::account::*;
use crate::checks::Verdict::*;
use crate::checks::testing::*;
use jiff::{Timestamp, ToSpan};

const STEADY: &str = "ecs.steady";
const TARGETS: &str = "tg.targets-healthy";
const ENDPOINT: &str = "endpoint.responds";

fn ago(minutes: i64) -> Timestamp {
    now().checked_sub(minutes.minutes()).unwrap()
}

/// A task that stopped so, some minutes ago.
fn stopped(code: &str, reason: &str, exit: Option<i32>, minutes: i64) -> Task {
    let task = read(&mut good().tasks)[0].clone();
    let container = TaskContainer {
        exit_code: exit,
        ..task.containers[0].clone()
    };
    Task {
        last_status: "STOPPED".into(),
        stop_code: Some(code.into()),
        stopped_reason: Some(reason.into()),
        stopped_at: Some(ago(minutes)),
        containers: vec![container],
        ..task
    }
}

/// Nothing runs, and these tasks stopped.
fn down(stopped: Vec<Task>) -> Snapshot {
    good_but(|snapshot| {
        service(snapshot).running = 0;
        service(snapshot).events.clear();
        primary(snapshot).running = 0;
        snapshot.tasks = Fact::Present(Vec::new());
        snapshot.stopped_tasks = Fact::Present(stopped);
        targets(snapshot).clear();
    })
}

fn exited(code: i32) -> Vec<Task> {
    vec![stopped(
        "EssentialContainerExited",
        "Essential container in task exited",
        Some(code),
        3,
    )]
}

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
        container
            .secrets
            .retain(|secret| secret.name != "REDIS_URL");
        container.environment.push(Variable {
            name: "REDIS_URL".into(),
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

fn target(state: &str, reason: Option<&str>, description: Option<&str>) -> Snapshot {
    good_but(|snapshot| {
        for target in targets(snapshot) {
            target.state = state.into();
            target.reason = reason.map(str::to_owned);
            target.description = description.map(str::to_owned);
        }
    })
}

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
        (EndpointOutcome::Closed, Failed, "app-closes-connection"),
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

const LEFT: &str = "leftovers.none";

fn left(found: Vec<Leftover>, unreadable: Vec<Unread>) -> Snapshot {
    good_but(|snapshot| {
        snapshot.leftovers = Fact::Present(Leftovers {
            looked_in: vec!["us-east-1".into(), "eu-west-1".into()],
            found,
            unreadable,
        });
    })
}

fn thing(of_chapter: bool) -> Leftover {
    Leftover {
        region: "eu-west-1".into(),
        kind: LeftoverKind::Balancer,
        name: "news-api-alb".into(),
        since: None,
        of_chapter,
    }
}

fn unread() -> Unread {
    Unread {
        region: "eu-west-1".into(),
        call: "rds:DescribeDBInstances".into(),
        why: Why::Throttled,
    }
}

#[test]
fn leftovers_are_looked_for_only_when_asked() {
    let found = assert_is(&good(), LEFT, Skipped, "");
    assert_eq!(found.summary, "not asked");
    assert_is(&left(vec![], vec![]), LEFT, Passed, "");
    let action = "ec2:DescribeRegions";
    assert_denied(
        &good_but(|snapshot| snapshot.leftovers = denied(action)),
        LEFT,
        action,
    );
}

#[test]
fn what_is_left_of_the_chapter_costs_money_and_other_things_are_mentioned() {
    let found = assert_is(
        &left(vec![thing(true)], vec![unread()]),
        LEFT,
        Failed,
        "leftovers-cost-money",
    );
    assert!(
        found.fix[0]
            .command
            .as_ref()
            .unwrap()
            .ends_with("--region eu-west-1")
    );
    let found = assert_is(&left(vec![thing(false)], vec![]), LEFT, Passed, "");
    assert!(found.advice.unwrap().contains("news-api-alb"));
}

#[test]
fn a_region_that_could_not_be_read_leaves_it_open() {
    assert_is(&left(vec![], vec![unread()]), LEFT, Unknown, "");
}
