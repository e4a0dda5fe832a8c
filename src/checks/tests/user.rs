//! The IAM user of daily work.

use crate::account::{
    AccessKey, Arn, AttachedPolicy, Effect, Fact, Named, PolicyDocument, Principal, Snapshot,
    Statement, User,
};
use crate::checks::Verdict::*;
use crate::checks::testing::*;
use jiff::ToSpan;

fn with(change: impl FnOnce(&mut User)) -> Snapshot {
    good_but(|snapshot| change(read(&mut snapshot.user)))
}

fn policy(name: &str, document: Fact<PolicyDocument>) -> AttachedPolicy {
    AttachedPolicy {
        name: name.to_owned(),
        arn: None,
        through_group: None,
        document,
    }
}

fn statement(actions: &str, resources: &str) -> Statement {
    Statement {
        effect: Effect::Allow,
        actions: Named::These(vec![actions.to_owned()]),
        resources: Named::These(vec![resources.to_owned()]),
        has_condition: false,
        principals: Vec::new(),
    }
}

fn document(statement: Statement) -> Fact<PolicyDocument> {
    Fact::Present(PolicyDocument {
        statements: vec![statement],
    })
}

/// No boundary, and just this policy.
fn bounded_by(policy: AttachedPolicy) -> Snapshot {
    with(|user| {
        user.boundary = None;
        user.policies = Fact::Present(vec![policy]);
    })
}

#[test]
fn a_user_with_a_device_passes_and_one_without_is_missing_it() {
    assert_is(&good(), "user.mfa", Passed, "");
    let bare = with(|user| user.mfa_devices = Fact::Present(0));
    let found = assert_is(&bare, "user.mfa", Missing, "user-without-mfa");
    assert!(
        found.fix[1]
            .command
            .as_deref()
            .unwrap()
            .contains(":mfa/news-admin")
    );
}

#[test]
fn a_user_that_does_not_exist_is_missing_and_its_other_checks_wait() {
    let snapshot = good_but(|snapshot| {
        snapshot.user = Fact::Absent;
        let caller = read(&mut snapshot.caller);
        caller.principal = Principal::AssumedRole {
            role: "Admin".to_owned(),
            session: "ada".to_owned(),
        };
    });
    assert_is(&snapshot, "user.mfa", Missing, "");
    assert_is(&snapshot, "user.bounded", Blocked, "");
    assert_is(&snapshot, "user.key-age", Blocked, "");
}

#[test]
fn identity_center_manages_its_own_users() {
    let snapshot = good_but(|snapshot| {
        let caller = read(&mut snapshot.caller);
        caller.principal = Principal::IdentityCenter {
            permission_set: "PowerUser".to_owned(),
            session: "ada".to_owned(),
        };
        snapshot.user = Fact::Absent;
    });
    for check in ["user.mfa", "user.bounded", "user.key-age"] {
        let found = assert_is(&snapshot, check, Skipped, "");
        assert_eq!(found.summary, "managed in Identity Center");
    }
}

#[test]
fn denied_reads_about_the_user_are_unknown() {
    let devices = with(|user| user.mfa_devices = denied("iam:ListMFADevices"));
    assert_denied(&devices, "user.mfa", "iam:ListMFADevices");
    let keys = with(|user| user.access_keys = denied("iam:ListAccessKeys"));
    assert_denied(&keys, "user.key-age", "iam:ListAccessKeys");
    let policies = with(|user| {
        user.boundary = None;
        user.policies = denied("iam:ListAttachedUserPolicies");
    });
    assert_denied(&policies, "user.bounded", "iam:ListAttachedUserPolicies");
    let user = good_but(|snapshot| snapshot.user = denied("iam:GetUser"));
    for check in ["user.mfa", "user.bounded", "user.key-age"] {
        assert_denied(&user, check, "iam:GetUser");
    }
}

#[test]
fn a_boundary_bounds_even_an_administrator() {
    let found = assert_is(&good(), "user.bounded", Passed, "");
    assert_eq!(found.advice, None);
}

#[test]
fn power_users_and_small_policies_are_bounded() {
    let small = bounded_by(policy("small", document(statement("ecs:*", "*"))));
    let found = assert_is(&small, "user.bounded", Passed, "");
    assert_eq!(found.advice, None);
    let narrow = bounded_by(policy(
        "one-bucket",
        document(statement("*", "arn:aws:s3:::logs/*")),
    ));
    assert_eq!(finding(&narrow, "user.bounded").advice, None);
}

#[test]
fn an_administrator_without_a_boundary_gets_advice_and_is_never_failed() {
    let named = bounded_by(AttachedPolicy {
        arn: Some(Arn::from("arn:aws:iam::aws:policy/AdministratorAccess")),
        ..policy("AdministratorAccess", Fact::Absent)
    });
    let found = assert_is(&named, "user.bounded", Passed, "user-unbounded");
    assert!(found.advice.is_some());
    for action in ["*", "*:*"] {
        let own = bounded_by(policy("all", document(statement(action, "*"))));
        assert_is(&own, "user.bounded", Passed, "user-unbounded");
    }
}

#[test]
fn rights_that_come_through_a_group_name_the_group() {
    let snapshot = bounded_by(AttachedPolicy {
        through_group: Some("admins".to_owned()),
        ..policy("all", document(statement("*", "*")))
    });
    let found = assert_is(&snapshot, "user.bounded", Passed, "user-unbounded");
    assert!(found.summary.contains("admins"));
    assert!(
        found.fix[1]
            .command
            .as_deref()
            .unwrap()
            .contains("remove-user-from-group")
    );
}

#[test]
fn one_unread_policy_leaves_it_open_unless_another_settles_it() {
    let unread = || policy("unread", denied("iam:GetPolicyVersion"));
    assert_denied(
        &bounded_by(unread()),
        "user.bounded",
        "iam:GetPolicyVersion",
    );
    let settled = with(|user| {
        user.boundary = None;
        user.policies = Fact::Present(vec![unread(), policy("all", document(statement("*", "*")))]);
    });
    assert_is(&settled, "user.bounded", Passed, "user-unbounded");
}

#[test]
fn keys_of_ninety_days_get_a_remark() {
    let key = |days: i64, active| AccessKey {
        created_at: now().checked_sub((days * 24).hours()).unwrap(),
        active,
    };
    let with_keys = |keys: Vec<AccessKey>| with(|user| user.access_keys = Fact::Present(keys));
    let young = assert_is(&with_keys(vec![key(89, true)]), "user.key-age", Passed, "");
    assert_eq!(young.advice, None);
    let old = assert_is(
        &with_keys(vec![key(1, true), key(90, true)]),
        "user.key-age",
        Passed,
        "",
    );
    assert!(old.advice.is_some());
    assert!(old.summary.contains("90 days"));
    let asleep = assert_is(
        &with_keys(vec![key(400, false)]),
        "user.key-age",
        Passed,
        "",
    );
    assert_eq!(asleep.advice, None);
    assert_eq!(finding(&good(), "user.key-age").advice, None);
}
