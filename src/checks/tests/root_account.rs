//! The root account's locks.

use crate::account::{AccountSummary, CredentialTrouble, Fact, Snapshot, Why};
use crate::checks::Verdict::*;
use crate::checks::testing::*;

fn with(summary: AccountSummary) -> Snapshot {
    good_but(|snapshot| snapshot.root_account = Fact::Present(summary))
}

fn locked() -> AccountSummary {
    AccountSummary {
        root_mfa_enabled: Some(true),
        root_password_present: Some(true),
        root_access_keys_present: Some(false),
        root_signing_certificates_present: Some(false),
    }
}

#[test]
fn root_with_a_second_factor_passes() {
    assert_is(&with(locked()), "root.mfa", Passed, "");
}

#[test]
fn root_with_a_password_and_no_second_factor_is_missing_one() {
    let found = assert_is(
        &with(AccountSummary {
            root_mfa_enabled: Some(false),
            ..locked()
        }),
        "root.mfa",
        Missing,
        "root-mfa-off",
    );
    assert!(!found.fix.is_empty());
}

#[test]
fn a_centrally_managed_root_without_password_and_keys_passes() {
    let summary = AccountSummary {
        root_mfa_enabled: Some(false),
        root_password_present: Some(false),
        ..locked()
    };
    assert_is(&with(summary), "root.mfa", Passed, "");
}

#[test]
fn root_keys_without_a_password_still_want_a_second_factor() {
    let summary = AccountSummary {
        root_mfa_enabled: Some(false),
        root_password_present: Some(false),
        root_access_keys_present: Some(true),
        ..locked()
    };
    assert_is(&with(summary), "root.mfa", Missing, "root-mfa-off");
}

#[test]
fn a_flag_that_was_not_sent_is_unknown_and_never_zero() {
    let unsent = AccountSummary {
        root_mfa_enabled: Some(false),
        root_password_present: None,
        ..locked()
    };
    assert_is(&with(unsent), "root.mfa", Unknown, "");
    let no_mfa_flag = AccountSummary {
        root_mfa_enabled: None,
        ..locked()
    };
    assert_is(&with(no_mfa_flag), "root.mfa", Unknown, "");
    let no_key_flag = AccountSummary {
        root_access_keys_present: None,
        ..locked()
    };
    assert_is(&with(no_key_flag), "root.no-access-keys", Unknown, "");
    let no_certificate_flag = AccountSummary {
        root_signing_certificates_present: None,
        ..locked()
    };
    assert_is(
        &with(no_certificate_flag),
        "root.no-access-keys",
        Unknown,
        "",
    );
}

#[test]
fn root_keys_and_root_certificates_fail() {
    let keys = AccountSummary {
        root_access_keys_present: Some(true),
        // Whatever else was not sent.
        root_signing_certificates_present: None,
        ..locked()
    };
    assert_is(
        &with(keys),
        "root.no-access-keys",
        Failed,
        "root-keys-present",
    );
    let certificates = AccountSummary {
        root_signing_certificates_present: Some(true),
        ..locked()
    };
    assert_is(
        &with(certificates),
        "root.no-access-keys",
        Failed,
        "root-keys-present",
    );
    assert_is(&with(locked()), "root.no-access-keys", Passed, "");
}

#[test]
fn a_denied_summary_is_unknown_with_the_action() {
    let snapshot = good_but(|snapshot| snapshot.root_account = denied("iam:GetAccountSummary"));
    for check in ["root.mfa", "root.no-access-keys"] {
        assert_denied(&snapshot, check, "iam:GetAccountSummary");
    }
}

#[test]
fn without_credentials_root_is_unknown_and_the_fix_is_to_sign_in() {
    let snapshot = good_but(|snapshot| {
        let none = Why::Credentials(CredentialTrouble::None);
        snapshot.caller = Fact::Unknown(none.clone());
        snapshot.root_account = Fact::Unknown(none);
    });
    let found = assert_is(&snapshot, "root.mfa", Unknown, "");
    assert_eq!(found.fix[0].command.as_deref(), Some("aws login"));
}

#[test]
fn root_itself_may_ask_about_its_locks() {
    let snapshot = good_but(|snapshot| {
        let caller = read(&mut snapshot.caller);
        caller.arn = "arn:aws:iam::123456789012:root".into();
        caller.principal = crate::account::Principal::Root;
    });
    assert_is(&snapshot, "root.mfa", Passed, "");
    assert_is(&snapshot, "root.no-access-keys", Passed, "");
    assert_is(&snapshot, "budget.monthly-cost", Passed, "");
}
