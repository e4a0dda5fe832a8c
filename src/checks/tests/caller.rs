//! Who does the daily work.

use crate::account::{Arn, Fact, Principal, SeenBy, Snapshot};
use crate::checks::Verdict::*;
use crate::checks::testing::*;

const NOT_ROOT: &str = "caller.not-root";
const DAILY: &str = "caller.is-daily-user";

fn signed_in_as(resource: &str) -> Snapshot {
    good_but(|snapshot| {
        let caller = read(&mut snapshot.caller);
        caller.arn = Arn(format!("arn:aws:iam::123456789012:{resource}"));
        caller.principal = Principal::from_arn(&caller.arn);
    })
}

#[test]
fn an_iam_user_of_any_name_passes() {
    for user in ["user/news-admin", "user/team/somebody-else"] {
        assert_is(&signed_in_as(user), NOT_ROOT, Passed, "");
        assert_is(&signed_in_as(user), DAILY, Passed, "");
    }
}

#[test]
fn root_gets_one_failure_and_everything_of_its_own_waits_for_it() {
    let root = signed_in_as("root");
    let found = assert_is(&root, NOT_ROOT, Failed, "caller-is-root");
    assert!(
        found.fix[0]
            .command
            .as_deref()
            .unwrap()
            .contains("--profile news-admin")
    );
    for check in [
        DAILY,
        "user.mfa",
        "ecr.repository",
        "rds.postgres",
        "ssm.redis-url",
    ] {
        let waits = assert_is(&root, check, Blocked, "");
        assert_eq!(waits.blocked_by.unwrap().as_str(), NOT_ROOT);
    }
}

#[test]
fn identity_center_is_as_good_as_a_user() {
    let snapshot =
        signed_in_as("assumed-role/AWSReservedSSO_AdministratorAccess_0123456789abcdef/ada");
    let found = assert_is(&snapshot, DAILY, Passed, "");
    assert_eq!(found.advice, None);
}

#[test]
fn another_role_passes_with_a_remark() {
    let found = assert_is(&signed_in_as("assumed-role/Admin/ada"), DAILY, Passed, "");
    assert!(found.advice.is_some());
}

#[test]
fn a_federated_user_is_not_the_daily_user() {
    assert_is(&signed_in_as("federated-user/ada"), DAILY, Missing, "");
    assert_is(&signed_in_as("federated-user/ada"), NOT_ROOT, Passed, "");
}

#[test]
fn before_the_first_user_it_is_missing_and_not_failed() {
    let found = assert_is(&empty(), DAILY, Missing, "");
    let command = found.fix[0].command.as_deref().unwrap();
    assert_eq!(command, "aws iam create-user --user-name news-admin");
    assert_is(&empty(), NOT_ROOT, Blocked, "");
}

#[test]
fn without_an_answer_about_the_caller_nothing_is_said() {
    let snapshot = good_but(|snapshot| snapshot.caller = Fact::not_asked());
    assert_is(&snapshot, NOT_ROOT, Unknown, "");
    assert_is(&snapshot, DAILY, Unknown, "");
}

#[test]
fn in_a_learner_lab_root_budget_and_user_do_not_apply() {
    let lab = signed_in_as("assumed-role/voclabs/user123");
    for check in [
        NOT_ROOT,
        DAILY,
        "root.mfa",
        "root.no-access-keys",
        "budget.monthly-cost",
        "budget.alert",
        "budget.email-read",
        "user.mfa",
    ] {
        assert_is(&lab, check, Skipped, "");
    }
    assert_is(&lab, "ecr.repository", Passed, "");
}

#[test]
fn through_an_instructor_the_caller_is_not_the_learner() {
    let mut snapshot = signed_in_as("assumed-role/course-verifier/class");
    snapshot.seen_by = SeenBy::Instructor;
    snapshot.workplace.git = Fact::not_asked();
    for check in [NOT_ROOT, DAILY, "budget.email-read", "ecr.sha-in-git"] {
        assert_is(&snapshot, check, Skipped, "");
    }
    assert_is(&snapshot, "user.mfa", Passed, "");
}
