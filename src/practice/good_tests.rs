//! Whole accounts: complete and fresh.

use super::*;
use crate::account::*;
use jiff::Timestamp;

fn now() -> Timestamp {
    "2026-11-22T10:00:00Z".parse().unwrap()
}

#[test]
fn a_good_account_answers_at_its_host_from_as_many_healthy_tasks_as_asked_for() {
    let chapter = test_chapter();
    let account = good_account(&chapter, now());
    let service = account.service.present().unwrap();
    assert_eq!(service.running, chapter.desired_count);
    let targets = account.target_groups.present().unwrap()[0]
        .targets
        .present()
        .unwrap();
    let tasks = account.tasks.present().unwrap();
    assert_eq!(targets.len(), 2);
    for target in targets {
        assert_eq!(target.state, "healthy");
        assert!(tasks.iter().any(|task| task.addresses.contains(&target.id)));
    }
    let endpoint = account.workplace.endpoint.present().unwrap();
    assert_eq!(endpoint.url, "https://api.example.com/docs");
    assert_eq!(endpoint.outcome, EndpointOutcome::Status(200));
}

#[test]
fn a_good_account_without_a_domain_answers_at_the_balancers_own_name() {
    let mut chapter = test_chapter();
    chapter.has_domain = false;
    let account = good_account(&chapter, now());
    assert_eq!(account.certificates, Fact::Present(vec![]));
    let endpoint = account.workplace.endpoint.present().unwrap();
    assert!(
        endpoint.url.starts_with("http://news-api-alb-"),
        "{}",
        endpoint.url
    );
    assert_eq!(endpoint.outcome, EndpointOutcome::Status(200));
}

#[test]
fn a_fresh_account_has_a_default_vpc_and_nobody_signed_in() {
    let account = empty_account(&test_chapter(), now());
    assert_eq!(account.caller, Fact::Absent);
    assert_eq!(account.network.vpcs.present().unwrap().len(), 1);
    assert_eq!(account.network.groups.present().unwrap().len(), 1);
    assert_eq!(account.databases, Fact::Present(vec![]));
    assert_eq!(account.service, Fact::Absent);
    let root = account.root_account.present().unwrap();
    assert_eq!(root.root_mfa_enabled, Some(false));
    assert_eq!(root.root_access_keys_present, Some(false));
}

#[test]
fn a_good_account_survives_being_saved_as_json() {
    let account = good_account(&test_chapter(), now());
    let text = serde_json::to_string(&account).unwrap();
    assert_eq!(serde_json::from_str::<Snapshot>(&text).unwrap(), account);
}

#[test]
fn every_step_needs_only_steps_that_come_before_it() {
    for (at, step) in STEPS.iter().enumerate() {
        for need in step.needs {
            let earlier = STEPS[..at].iter().any(|other| other.id == *need);
            assert!(
                earlier,
                "{} needs {need}, which does not come before it",
                step.id
            );
        }
    }
}
