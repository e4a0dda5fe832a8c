//! The command as a learner sees it.

use super::*;
use crate::account::Principal;
use crate::checks::{Fix, Judgement, check};
use crate::cli::Cli;
use crate::report::doctor::{LogScope, Part, PartState, Permissions, Unread};
use crate::term::{Ui, to_text};
use clap::Parser;
use std::sync::Arc;

fn sample() -> Diagnosis {
    let mut unread = Unread::default();
    unread.denied.push((
        crate::account::DeniedBy::Identity,
        ["rds:DescribeDBInstances".to_owned()].into(),
    ));
    let held_up = check("rds.postgres")
        .unwrap()
        .finding(Judgement::unknown("x").needs_permission("rds:DescribeDBInstances"));
    let permissions = Permissions::of(&unread, [held_up].iter(), [].into(), LogScope::default());
    let user = Principal::User {
        name: "news-admin".into(),
    };
    Diagnosis {
        schema: 1,
        landfall: "0.1.0",
        account: Source::Aws,
        parts: vec![
            Part::new(
                "progress",
                "Progress",
                PartState::Fine,
                "Your progress can be read and written; one look is kept: /data/landfall/progress.db",
            ),
            Part::new(
                "region",
                "Region",
                PartState::Note,
                "eu-west-1, named by AWS_REGION; but your AWS profile says us-east-1.",
            )
            .todo(Fix::say(
                "If what you built is elsewhere, say so with --region.",
            )),
            permissions.part(Some(&user)),
            Part::new(
                "clock",
                "Clock",
                PartState::NotLooked,
                "AWS gave no answer to compare it with.",
            ),
        ],
        permissions,
    }
}

#[test]
fn each_part_has_a_word_a_sentence_and_what_to_do() {
    insta::assert_snapshot!(to_text(&screen::lines(&sample(), 80)), @r#"
    ✔ ok          Progress      Your progress can be read and written; one look is
                                kept: /data/landfall/progress.db
    ! note        Region        eu-west-1, named by AWS_REGION; but your AWS profile
                                says us-east-1.
        to do     If what you built is elsewhere, say so with --region.
    ✘ to mend     Permissions   One permission is missing, and one check cannot tell
                                because of it.
        rds:DescribeDBInstances: no policy allows it; holds up rds.postgres
        to do     No policy of yours allows it. Add this statement to a policy of
                  the user news-admin:
          {
            "Sid": "LandfallReads",
            "Effect": "Allow",
            "Action": [
              "rds:DescribeDBInstances"
            ],
            "Resource": "*"
          }
        to do     The whole read-only policy, for one paste:
          landfall policy --format json
    – not looked  Clock         AWS gave no answer to compare it with.

    1 part keeps Landfall from reading everything; what to do stands beside each.
    "#);
}

#[test]
fn a_narrow_screen_has_everything_too() {
    insta::assert_snapshot!(to_text(&screen::lines(&sample(), 40)), @r#"
    ✔ ok  Progress: Your progress can be
        read and written; one look is kept:
        /data/landfall/progress.db
    ! note  Region: eu-west-1, named by
        AWS_REGION; but your AWS profile
        says us-east-1.
        to do     If what you built is
          elsewhere, say so with --region.
    ✘ to mend  Permissions: One permission
        is missing, and one check cannot
        tell because of it.
        rds:DescribeDBInstances: no policy
          allows it; holds up rds.postgres
        to do     No policy of yours allows
          it. Add this statement to a policy
          of the user news-admin:
          {
            "Sid": "LandfallReads",
            "Effect": "Allow",
            "Action": [
              "rds:DescribeDBInstances"
            ],
            "Resource": "*"
          }
        to do     The whole read-only
          policy, for one paste:
          landfall policy --format json
    – not looked  Clock: AWS gave no answer
        to compare it with.

    1 part keeps Landfall from reading
    everything; what to do stands beside
    each.
    "#);
}

#[test]
fn the_practice_account_needs_nothing_of_aws() {
    let folder = tempfile::tempdir().unwrap();
    let (ui, captured) = Ui::captured(80);
    let globals =
        Cli::parse_from(["landfall", "--account", "practice", "--format", "json"]).globals;
    let context = Context::apart(globals, Arc::new(ui), folder.path()).unwrap();
    assert_eq!(run(&context), Ok(Exit::Passed));
    let found: serde_json::Value = serde_json::from_str(&captured.out()).unwrap();
    assert_eq!(found["account"], "practice");
    let state = |id: &str| {
        let parts = found["parts"].as_array().unwrap();
        let part = parts.iter().find(|part| part["id"] == id);
        part.map(|part| part["state"].as_str().unwrap().to_owned())
    };
    assert_eq!(state("progress").as_deref(), Some("fine"));
    assert_eq!(state("account").as_deref(), Some("fine"));
    assert_eq!(state("aws").as_deref(), Some("not_looked"));
    assert_eq!(
        state("credentials"),
        None,
        "nothing is said of what was not looked at"
    );
    assert!(state("git").is_some() && state("docker").is_some());
}

#[test]
fn what_keeps_landfall_from_reading_is_exit_3_and_never_1() {
    let mut diagnosis = sample();
    assert_eq!(exit(&diagnosis), Exit::Unreadable);
    diagnosis
        .parts
        .retain(|part| part.state != PartState::Trouble);
    assert_eq!(exit(&diagnosis), Exit::Passed);
}
