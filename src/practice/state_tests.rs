//! The account over time: steps, waiting, faults, repairs, teardown.

use super::*;
use crate::account::*;
use jiff::{SignedDuration, Timestamp};

fn noon() -> Timestamp {
    "2026-11-22T12:00:00Z".parse().unwrap()
}

fn seconds(count: i64) -> Timestamp {
    noon() + SignedDuration::from_secs(count)
}

fn look(state: &State, after: i64) -> Snapshot {
    snapshot(state, &test_chapter(), seconds(after))
}

fn complete() -> State {
    let mut state = State::default();
    apply_all(&mut state, noon());
    state
}

fn break_it(state: &mut State, cause: &str) {
    break_cause(state, cause, &test_chapter(), noon()).unwrap();
}

#[test]
fn a_step_brings_what_it_needs_in_the_order_of_the_chapter() {
    let mut state = State::default();
    let applied = apply(&mut state, "rds.parameter", noon()).unwrap();
    assert_eq!(
        applied.steps,
        [
            "iam-user.identity",
            "rds.network",
            "rds.instance",
            "rds.parameter"
        ]
    );
    assert!(!state.has("rds.inbound"), "nothing needs it yet");
    let again = apply(&mut state, "rds.parameter", seconds(60)).unwrap();
    assert_eq!(again, Applied::default());
}

#[test]
fn an_unknown_step_is_refused_by_name() {
    let error = apply(&mut State::default(), "rds.instnace", noon()).unwrap_err();
    assert_eq!(error, PracticeError::UnknownStep("rds.instnace".into()));
}

#[test]
fn the_database_is_created_first_and_available_a_few_seconds_later() {
    let mut state = State::default();
    apply(&mut state, "rds.instance", noon()).unwrap();
    let status_at = |after| {
        look(&state, after).databases.present().unwrap()[0]
            .status
            .clone()
    };
    assert_eq!(status_at(0), "creating");
    assert_eq!(status_at(5), "creating");
    assert_eq!(status_at(6), "available");
    let creating = look(&state, 1);
    let instance = &creating.databases.present().unwrap()[0];
    assert_eq!(
        instance.endpoint, None,
        "AWS gives none while it is creating"
    );
    let waiting = status(&state, &test_chapter(), seconds(2)).waiting;
    assert_eq!(waiting.len(), 1);
    assert_eq!((waiting[0].step, waiting[0].seconds), ("rds.instance", 4));
    assert!(
        status(&state, &test_chapter(), seconds(6))
            .waiting
            .is_empty()
    );
}

#[test]
fn a_service_starts_its_tasks_then_waits_for_health_then_is_steady() {
    let mut state = complete();
    state.steps.insert("ecs-service.service".into(), noon());
    state.steps.remove("ecs-service.release");
    let seen = |after| {
        let account = look(&state, after);
        let service = account.service.present().unwrap().clone();
        let targets = account.target_groups.present().unwrap()[0]
            .targets
            .present()
            .unwrap()
            .clone();
        let states: Vec<String> = targets.into_iter().map(|target| target.state).collect();
        (
            service.running,
            service.deployments[0].rollout.clone().unwrap(),
            states,
        )
    };
    assert_eq!(seen(0), (0, "IN_PROGRESS".into(), vec![]));
    assert_eq!(
        seen(3),
        (
            2,
            "IN_PROGRESS".into(),
            vec!["initial".into(), "initial".into()]
        )
    );
    assert_eq!(
        seen(5),
        (
            2,
            "COMPLETED".into(),
            vec!["healthy".into(), "healthy".into()]
        )
    );
    let answer = |after| {
        look(&state, after)
            .workplace
            .endpoint
            .present()
            .unwrap()
            .outcome
            .clone()
    };
    assert_eq!(answer(0), EndpointOutcome::Status(503));
    assert_eq!(answer(5), EndpointOutcome::Status(200));
}

#[test]
fn the_old_tasks_serve_while_a_release_goes_on_and_the_first_revision_serves_in_the_end() {
    let mut state = complete();
    state.steps.insert("ecs-service.release".into(), noon());
    let during = look(&state, 1);
    assert_eq!(during.service.present().unwrap().deployments.len(), 2);
    let endpoint = during.workplace.endpoint.present().unwrap();
    assert_eq!(endpoint.outcome, EndpointOutcome::Status(200));
    let after = look(&state, 10);
    let service = after.service.present().unwrap();
    assert_eq!(service.definition.number(), Some(1));
    assert_eq!(service.deployments.len(), 1);
    assert_eq!(after.revisions.present().unwrap().len(), 2);
    let file = after.workplace.definition_file.present().unwrap();
    assert_eq!(file.compared[&service.definition], Comparison::Equal);
}

#[test]
fn after_everything_is_applied_nothing_is_waited_for_and_the_mail_is_confirmed() {
    let mut state = State::default();
    let applied = apply_all(&mut state, noon());
    assert_eq!(applied.steps.len(), STEPS.len() - 1);
    assert_eq!(applied.attested, ["budget.email-read"]);
    let now = status(&state, &test_chapter(), noon());
    assert!(now.waiting.is_empty());
    assert!(now.open.is_empty());
    assert_eq!(look(&state, 0), {
        let mut good = good_account(&test_chapter(), noon());
        good.collected_at = noon();
        good
    });
}

#[test]
fn settling_ends_all_waiting() {
    let mut state = State::default();
    apply(&mut state, "ecs-service.live", noon()).unwrap();
    assert!(!status(&state, &test_chapter(), noon()).waiting.is_empty());
    state.settle(noon());
    assert!(status(&state, &test_chapter(), noon()).waiting.is_empty());
}

#[test]
fn a_clock_that_was_set_back_keeps_nobody_waiting() {
    let mut state = State::default();
    apply(&mut state, "rds.instance", noon()).unwrap();
    let account = look(&state, -3600);
    assert_eq!(account.databases.present().unwrap()[0].status, "available");
}

#[test]
fn a_fault_is_there_until_its_step_is_applied_again() {
    let mut state = complete();
    break_it(&mut state, "database-public");
    assert!(look(&state, 0).databases.present().unwrap()[0].publicly_accessible);
    let other = apply(&mut state, "elasticache.cache", noon()).unwrap();
    assert!(
        other.repaired.is_empty(),
        "the cache does not rest on the database"
    );
    let applied = apply(&mut state, "rds.instance", noon()).unwrap();
    assert_eq!(applied.repaired, ["database-public"]);
    assert!(applied.steps.is_empty());
    assert_eq!(look(&state, 0), good_account(&test_chapter(), noon()));
}

#[test]
fn doing_a_step_repairs_what_it_rests_on() {
    let mut state = complete();
    break_it(&mut state, "database-closed-to-tasks");
    break_it(&mut state, "root-mfa-off");
    let applied = apply(&mut state, "ecs-service.live", noon()).unwrap();
    assert_eq!(applied.repaired, ["database-closed-to-tasks"]);
    assert!(
        state.broken.contains_key("root-mfa-off"),
        "no service rests on that"
    );
}

#[test]
fn a_repaired_service_rolls_out_again() {
    let mut state = complete();
    break_it(&mut state, "app-crash");
    assert_eq!(look(&state, 0).service.present().unwrap().running, 0);
    assert!(repair(&mut state, "app-crash", noon()).unwrap());
    let rollout = |after| {
        look(&state, after).service.present().unwrap().deployments[0]
            .rollout
            .clone()
    };
    assert_eq!(rollout(1).as_deref(), Some("IN_PROGRESS"));
    assert_eq!(rollout(5).as_deref(), Some("COMPLETED"));
    assert_eq!(look(&state, 5).stopped_tasks, Fact::Present(vec![]));
}

#[test]
fn what_is_not_there_cannot_be_broken() {
    let mut state = State::default();
    apply(&mut state, "rds.network", noon()).unwrap();
    let error = break_cause(&mut state, "database-public", &test_chapter(), noon()).unwrap_err();
    assert_eq!(
        error,
        PracticeError::TooEarly {
            cause: "database-public",
            steps: vec!["rds.instance"]
        }
    );
    assert!(state.broken.is_empty());
}

#[test]
fn without_a_domain_no_certificate_can_be_broken() {
    let mut chapter = test_chapter();
    chapter.has_domain = false;
    let error = break_cause(&mut complete(), "certificate-expired", &chapter, noon()).unwrap_err();
    assert_eq!(error, PracticeError::NeedsDomain("certificate-expired"));
}

#[test]
fn an_unknown_cause_is_refused_by_name() {
    let error =
        break_cause(&mut complete(), "data-base-public", &test_chapter(), noon()).unwrap_err();
    assert_eq!(
        error,
        PracticeError::UnknownCause("data-base-public".into())
    );
}

#[test]
fn every_fault_changes_the_account_and_its_repair_restores_it() {
    for cause in causes() {
        let mut state = complete();
        if cause.after.contains(&TEARDOWN) {
            apply(&mut state, TEARDOWN, noon()).unwrap();
        }
        let before = look(&state, 60);
        break_it(&mut state, cause.id);
        let broken = look(&state, 60);
        assert_ne!(broken, before, "{} changes nothing", cause.id);
        assert!(
            repair(&mut state, cause.id, noon()).unwrap(),
            "{}",
            cause.id
        );
        state.settle(noon());
        assert_eq!(
            look(&state, 60),
            before,
            "{} leaves something behind",
            cause.id
        );
    }
}

#[test]
fn every_fault_can_be_put_into_the_smallest_account_it_fits() {
    for cause in causes() {
        let mut state = State::default();
        for step in cause.after {
            apply(&mut state, step, noon()).unwrap();
        }
        state.settle(noon());
        let before = look(&state, 0);
        break_it(&mut state, cause.id);
        assert_ne!(look(&state, 0), before, "{} changes nothing", cause.id);
    }
}

#[test]
fn every_fault_names_known_steps_and_says_what_it_does() {
    let mut seen = std::collections::BTreeSet::new();
    for cause in causes() {
        assert!(seen.insert(cause.id), "{} is there twice", cause.id);
        assert!(cause.says.ends_with('.'), "{}", cause.id);
        assert!(!cause.repaired_by.is_empty(), "{}", cause.id);
        for step in cause.after.iter().chain(cause.repaired_by) {
            assert!(step_by_id(step).is_some(), "{} names {step}", cause.id);
        }
    }
}

#[test]
fn the_teardown_takes_away_what_costs_and_keeps_the_locks_and_the_user() {
    let mut state = complete();
    break_it(&mut state, "database-public");
    break_it(&mut state, "root-mfa-off");
    let removed = apply(&mut state, TEARDOWN, noon()).unwrap().removed;
    assert!(removed.contains(&"rds.instance"));
    let account = look(&state, 0);
    assert_eq!(account.databases, Fact::Present(vec![]));
    assert_eq!(account.balancers, Fact::Present(vec![]));
    assert_eq!(account.service, Fact::Absent);
    assert!(
        account
            .budgets
            .present()
            .is_some_and(|budgets| budgets.len() == 1)
    );
    assert!(account.caller.present().is_some());
    assert!(account.leftovers.present().unwrap().found.is_empty());
    assert_eq!(state.broken.keys().collect::<Vec<_>>(), ["root-mfa-off"]);
}

#[test]
fn what_is_built_again_after_the_teardown_is_left_over() {
    let mut state = complete();
    apply(&mut state, TEARDOWN, noon()).unwrap();
    apply(&mut state, "rds.instance", noon()).unwrap();
    let found = look(&state, 0).leftovers.present().unwrap().found.clone();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].kind, LeftoverKind::Database);
    apply(&mut state, TEARDOWN, noon()).unwrap();
    assert!(
        look(&state, 0)
            .leftovers
            .present()
            .unwrap()
            .found
            .is_empty()
    );
}

#[test]
fn nobody_asks_for_leftovers_before_the_teardown() {
    let mut account = look(&complete(), 0);
    assert_eq!(account.leftovers, Fact::not_asked());
    look_for_leftovers(&mut account);
    let found = &account.leftovers.present().unwrap().found;
    assert!(found.iter().any(|each| each.kind == LeftoverKind::Balancer));
    assert!(found.iter().all(|each| each.of_chapter));
}

#[test]
fn a_reset_account_is_a_fresh_one() {
    let mut state = complete();
    state.reset();
    assert_eq!(look(&state, 0), empty_account(&test_chapter(), noon()));
}
