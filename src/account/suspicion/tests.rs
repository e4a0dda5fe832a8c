use super::*;
use crate::account::Snapshot;
use crate::practice::{good_account, test_chapter};

const NOW: i64 = 1_795_392_000;

fn good() -> Snapshot {
    good_account(&test_chapter(), Timestamp::from_second(NOW).unwrap())
}

fn symptoms(account: &Snapshot) -> Symptoms<'_> {
    Symptoms::of(
        &account.service,
        &account.stopped_tasks,
        Some(&account.target_groups),
        account.collected_at,
    )
}

/// Which of the three questions an account gives reason for: logs, network, database.
fn doubts(account: &Snapshot) -> (usize, bool, bool) {
    let symptoms = symptoms(account);
    (
        symptoms.last_words_of().len(),
        symptoms.network_is_doubtful(),
        symptoms.database_is_doubtful(),
    )
}

fn service(account: &mut Snapshot) -> &mut Service {
    match &mut account.service {
        Fact::Present(service) => service,
        other => panic!("{other:?}"),
    }
}

/// A task that stopped so; it had started or not.
fn stopped(account: &mut Snapshot, code: &str, reason: &str, started: bool) {
    let Fact::Present(running) = &account.tasks else {
        panic!("no tasks");
    };
    let mut task = running[0].clone();
    task.last_status = "STOPPED".into();
    task.stop_code = Some(code.into());
    task.stopped_reason = Some(reason.into());
    task.stopped_at = Some(account.collected_at);
    task.started_at = started.then_some(account.collected_at);
    match &mut account.stopped_tasks {
        Fact::Present(all) => all.push(task),
        other => *other = Fact::Present(vec![task]),
    }
}

fn after(change: impl FnOnce(&mut Snapshot)) -> (usize, bool, bool) {
    let mut account = good();
    change(&mut account);
    doubts(&account)
}

const NOTHING: (usize, bool, bool) = (0, false, false);

#[test]
fn a_good_account_gives_no_reason_to_ask_more() {
    assert_eq!(doubts(&good()), NOTHING);
}

#[test]
fn what_was_stopped_on_purpose_gives_none_either() {
    let scaled = "Scaling activity initiated by (deployment ecs-svc/1)";
    for (code, reason) in [
        ("ServiceSchedulerInitiated", scaled),
        ("UserInitiated", "Task stopped by user"),
        (
            "SpotInterruption",
            "Your Spot Task was interrupted: connection issue",
        ),
    ] {
        let doubts = after(|account| stopped(account, code, reason, true));
        assert_eq!(doubts, NOTHING, "{code}");
    }
}

#[test]
fn what_could_not_be_read_gives_none() {
    let doubts = after(|account| {
        account.service = Fact::not_asked();
        account.stopped_tasks = Fact::not_asked();
        account.target_groups = Fact::not_asked();
    });
    assert_eq!(doubts, NOTHING);
}

#[test]
fn an_app_that_ended_is_asked_for_its_log_and_for_what_it_may_not_have_reached() {
    let exited = "Essential container in task exited";
    let doubts = after(|account| stopped(account, "EssentialContainerExited", exited, true));
    assert_eq!(doubts, (1, true, true));
}

#[test]
fn a_task_that_never_started_has_no_log() {
    let missing = "CannotPullContainerError: news:v9: not found";
    let doubts = after(|account| stopped(account, "TaskFailedToStart", missing, false));
    assert_eq!(doubts, NOTHING);
}

#[test]
fn at_most_one_log_for_each_of_three_ways_is_read() {
    let doubts = after(|account| {
        for way in ["a", "b", "c", "d"] {
            for _ in 0..5 {
                let reason = format!("Essential container {way} exited");
                stopped(account, "EssentialContainerExited", &reason, true);
            }
        }
    });
    assert_eq!(doubts.0, 3);
}

#[test]
fn a_reason_of_the_network_is_told_from_the_others() {
    let init = "ResourceInitializationError: unable to pull secrets or registry auth:";
    for (reason, doubtful) in [
        (
            "unable to retrieve ecr registry auth: Post \"https://api.ecr.us-east-1.amazonaws.com/\": dial tcp 44.213.79.50:443: i/o timeout",
            true,
        ),
        (
            "There is a connection issue between the task and Amazon ECR. Check your task network configuration.",
            true,
        ),
        (
            "operation error SSM: GetParameters, https response error StatusCode: 0, RequestID: , canceled, context deadline exceeded",
            true,
        ),
        (
            "net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)",
            true,
        ),
        (
            "lookup api.ecr.us-east-1.amazonaws.com on 10.0.0.2:53: no such host",
            true,
        ),
        (
            "AccessDeniedException: not authorized to perform: ecr:GetAuthorizationToken, StatusCode: 400",
            false,
        ),
        (
            "unable to retrieve secrets from ssm: invalid ssm parameters: /news-api/DATABASE_URL",
            false,
        ),
        (
            "image Manifest does not contain descriptor matching platform 'linux/amd64'",
            false,
        ),
        (
            "failed to create Cloudwatch log stream: The specified log group does not exist.",
            false,
        ),
        (
            "write /var/lib/containerd/tmp: no space left on device",
            false,
        ),
    ] {
        let reason = format!("{init} {reason}");
        let doubts = after(|account| stopped(account, "TaskFailedToStart", &reason, false));
        assert_eq!(doubts, (0, doubtful, false), "{reason}");
    }
}

#[test]
fn a_target_that_is_not_reached_makes_the_network_doubtful_and_a_wrong_code_does_not() {
    for (reason, state, doubtful) in [
        ("Target.Timeout", "unhealthy", true),
        ("Target.FailedHealthChecks", "unhealthy", true),
        ("Target.ResponseCodeMismatch", "unhealthy", false),
        ("Elb.InitialHealthChecking", "initial", false),
        ("Target.Timeout", "unhealthy.draining", false),
    ] {
        let doubts = after(|account| {
            let Fact::Present(groups) = &mut account.target_groups else {
                panic!("no groups");
            };
            let targets = groups
                .iter_mut()
                .find_map(|group| match &mut group.targets {
                    Fact::Present(targets) if !targets.is_empty() => Some(targets),
                    _ => None,
                });
            let target = &mut targets.unwrap()[0];
            target.state = state.into();
            target.reason = Some(reason.into());
        });
        assert_eq!(doubts, (0, doubtful, false), "{reason} {state}");
    }
}

#[test]
fn tasks_that_are_missing_without_a_word_make_the_network_doubtful_after_the_usual_time() {
    let began = |seconds: i64, failed: u32| {
        after(|account| {
            let now = account.collected_at;
            account.stopped_tasks = Fact::Present(Vec::new());
            let service = service(account);
            service.running = 0;
            let primary = &mut service.deployments[0];
            primary.rollout = Some("IN_PROGRESS".into());
            primary.created_at = Timestamp::from_second(now.as_second() - seconds).ok();
            primary.failed = failed;
        })
    };
    assert_eq!(began(60, 0), NOTHING, "a rollout under way");
    assert_eq!(began(60, 1), (0, true, false), "one task has failed");
    assert_eq!(began(USUAL_ROLLOUT_SECONDS + 1, 0), (0, true, false));
}
