//! Least privilege: what is printed is what is called, step by step, in both directions.

use super::*;
use crate::account::CallRecord;
use crate::aws::whole_account::{patient_reader, whole_account};
use crate::aws::{calls, collect};
use crate::checks::Asked;
use crate::cli::Cli;
use crate::course::{Course, StepId};
use crate::term::{Captured, Ui};
use clap::Parser;
use std::sync::Arc;

fn context(line: &[&str]) -> (Context, Captured, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let (ui, captured) = Ui::captured(80);
    let globals = Cli::parse_from(line).globals;
    let context = Context::apart(globals, Arc::new(ui), folder.path()).unwrap();
    (context, captured, folder)
}

fn args(line: &[&str]) -> PolicyArgs {
    match Cli::parse_from(["landfall", "policy"].iter().chain(line)).command {
        Some(crate::cli::Command::Policy(args)) => args,
        other => panic!("{other:?}"),
    }
}

/// Runs `landfall policy` with these words.
fn policy(line: &[&str]) -> (Outcome, String) {
    let whole: Vec<&str> = ["landfall", "policy"].iter().chain(line).copied().collect();
    let (context, captured, _folder) = context(&whole);
    let outcome = run(&context, &args(line));
    (outcome, captured.out())
}

fn json(line: &[&str]) -> Value {
    let (outcome, text) = policy(line);
    assert_eq!(outcome, Ok(Exit::Passed), "{line:?}");
    serde_json::from_str(&text).unwrap()
}

fn granted(document: &Value) -> BTreeSet<String> {
    document["Statement"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|statement| statement["Effect"] == "Allow")
        .flat_map(|statement| statement["Action"].as_array().unwrap())
        .map(|action| action.as_str().unwrap().to_owned())
        .collect()
}

/// The IAM actions of the calls that were made, but the one that needs none.
fn used(calls: &[CallRecord]) -> BTreeSet<String> {
    calls
        .iter()
        // Fetched from the address that ECR hands out, with nothing of ours.
        .filter(|made| made.service != "s3")
        .map(|made| {
            calls::ALL
                .iter()
                .find(|call| {
                    call.service.prefix() == made.service && call.operation == made.operation
                })
                .unwrap_or_else(|| panic!("{made:?} is declared"))
                .action
                .to_owned()
        })
        .filter(|action| action != "sts:GetCallerIdentity")
        .collect()
}

async fn look(course: &Course, areas: &BTreeSet<Area>) -> BTreeSet<String> {
    let server = whole_account();
    let got = collect(&patient_reader(&server), &course.chapter, areas, None).await;
    used(&got.calls)
}

#[tokio::test]
async fn every_step_is_allowed_what_its_look_asks_for_and_nothing_more() {
    let (context, _, _folder) = context(&["landfall", "policy"]);
    let mut steps = 0;
    for (_, step) in context.course.steps() {
        let printed = json(&["--for", step.id.as_str(), "--format", "json"]);
        let asked = Asked::Steps(BTreeSet::from([StepId(step.id.as_str().to_owned())]));
        let made = look(&context.course, &asked.areas(&context.course)).await;
        assert_eq!(granted(&printed), made, "{}", step.id);
        steps += 1;
    }
    assert!(steps > 20);
}

#[tokio::test]
async fn the_whole_policy_is_what_a_look_at_everything_asks_for() {
    let (context, _, _folder) = context(&["landfall", "policy"]);
    let areas: BTreeSet<Area> = Area::USUAL.into_iter().chain([Area::Leftovers]).collect();
    let made = look(&context.course, &areas).await;
    let printed = granted(&json(&["--format", "json"]));
    assert_eq!(printed, made);
    let declared: BTreeSet<String> = calls::ALL
        .iter()
        .map(|call| call.action.to_owned())
        .filter(|action| action != "sts:GetCallerIdentity")
        .collect();
    assert_eq!(printed, declared);
}

#[tokio::test]
async fn every_part_of_the_account_is_allowed_what_it_asks_for_and_nothing_more() {
    let (context, _, _folder) = context(&["landfall", "policy"]);
    for area in Area::USUAL.into_iter().chain([Area::Leftovers]) {
        let areas = BTreeSet::from([area]);
        let made = look(&context.course, &areas).await;
        let allowed: BTreeSet<String> = actions(&areas)
            .into_values()
            .flatten()
            .map(str::to_owned)
            .collect();
        assert_eq!(allowed, made, "{area:?}");
    }
}

#[test]
fn a_lesson_is_its_steps_together() {
    let (context, _, _folder) = context(&["landfall", "policy"]);
    let lesson = context
        .course
        .lessons
        .iter()
        .find(|one| one.steps.len() > 1)
        .unwrap();
    let whole = granted(&json(&["--for", lesson.id.as_str(), "--format", "json"]));
    let steps: BTreeSet<String> = lesson
        .steps
        .iter()
        .flat_map(|step| granted(&json(&["--for", step.id.as_str(), "--format", "json"])))
        .collect();
    assert_eq!(whole, steps);
}

#[test]
fn the_order_of_the_steps_changes_nothing() {
    let one = json(&["--for", "rds", "--for", "elasticache", "--format", "json"]);
    let other = json(&["--for", "elasticache", "--for", "rds", "--format", "json"]);
    assert_eq!(one.to_string(), other.to_string());
}

#[test]
fn the_learners_policy_fits_only_allows_and_reads_no_secret() {
    let whole = json(&["--format", "json"]);
    assert!(policy::length(&whole) <= policy::LONGEST_MANAGED_POLICY);
    let text = whole.to_string();
    assert!(
        !text.contains("Deny"),
        "it would block the learner's own work"
    );
    for secret in [
        "GetParameter",
        "GetSecretValue",
        "kms:",
        "s3:",
        "ExecuteCommand",
        "rds-data",
        "GetAuthorizationToken",
    ] {
        assert!(!text.contains(secret), "{secret}");
    }
    let template = json(&["--format", "cloudformation"]);
    let resource = &template["Resources"]["LandfallRead"]["Properties"];
    assert_eq!(resource["PolicyDocument"], whole);
}

const TEACHER: &str = "arn:aws:iam::999988887777:role/instructor";

#[test]
fn the_instructors_role_reads_the_same_and_is_denied_secrets() {
    let learner = json(&["--format", "json"]);
    let role = json(&["--instructor", TEACHER, "--format", "json"]);
    assert_eq!(granted(&role), granted(&learner));
    assert!(policy::length(&role) <= policy::LONGEST_MANAGED_POLICY);
    let denies: Vec<&Value> = role["Statement"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|statement| statement["Effect"] == "Deny")
        .collect();
    assert_eq!(denies.len(), 1);
    assert_eq!(denies[0]["Resource"], "*");
    // None of the calls is denied by it.
    for call in calls::ALL {
        for pattern in policy::DENIED {
            assert!(
                !crate::account::action_matches(pattern, call.action),
                "{}",
                call.action
            );
        }
    }
    let template = json(&[
        "--instructor",
        TEACHER,
        "--external-id",
        "news-7f3a",
        "--format",
        "cloudformation",
    ]);
    assert_eq!(template["Parameters"]["ExternalId"]["Default"], "news-7f3a");
    let properties = &template["Resources"]["CourseVerifier"]["Properties"];
    assert_eq!(properties["Policies"][0]["PolicyDocument"], role);
    let trusted = &properties["AssumeRolePolicyDocument"]["Statement"][0];
    assert_eq!(trusted["Principal"]["AWS"], TEACHER);
}

#[test]
fn an_instructors_role_is_said_in_words_with_its_trust() {
    let (outcome, text) = policy(&[
        "--instructor",
        TEACHER,
        "--external-id",
        "news-7f3a",
        "--for",
        "iam-user",
    ]);
    assert_eq!(outcome, Ok(Exit::Passed));
    for words in [
        TEACHER,
        "news-7f3a",
        "sts:ExternalId",
        "ssm:GetParameter*",
        "--max-session-duration 3600",
        "an hour",
        "landfall policy --for iam-user --instructor",
    ] {
        assert!(text.contains(words), "{words} is not in\n{text}");
    }
}

#[test]
fn what_cannot_be_done_is_said_with_what_to_do() {
    for (line, says) in [
        (&["--for", "rds.inbond"][..], "Did you mean `rds.inbound`?"),
        (&["--instructor", TEACHER], "--external-id WORD"),
        (&["--instructor", "ann"], "ask your instructor for it"),
        (
            &["--instructor", "arn:aws:sts::999988887777:assumed-role/a/b"],
            "role behind the session",
        ),
        (
            &["--instructor", "arn:aws:iam::999988887777:role/*"],
            "Name one role",
        ),
        (
            &["--instructor", TEACHER, "--external-id", "two words"],
            "news-7f3a9c",
        ),
        (
            &["--format", "html"],
            "It can print: text, json, cloudformation.",
        ),
    ] {
        let (outcome, out) = policy(line);
        let failure = outcome.unwrap_err();
        assert_eq!(failure.exit, Exit::Usage, "{line:?}");
        assert!(
            failure.hints.join("\n").contains(says),
            "{line:?}: {failure:?}"
        );
        assert_eq!(out, "", "nothing half-done on stdout");
    }
}
