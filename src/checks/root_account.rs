//! The root account's locks: a second factor, and no keys. From one flag each of the account summary.

use super::cause::Cause;
use super::check::Check;
use super::command::partition;
use super::finding::{Evidence, Fix, FoundBy, Judgement};
use super::stack::Stack;
use super::verdict::Verdict::{Failed, Missing, Passed, Skipped, Unknown};
use crate::account::{AccountSummary, Area};

const API: &str = "iam:GetAccountSummary";
const CREDENTIALS_PAGE: &str = "https://console.aws.amazon.com/iam/home#/security_credentials";

pub(super) const CHECKS: &[Check] = &[
    Check::must(
        "root.mfa",
        "Root signs in with a second factor",
        &[Area::RootAccount],
        |stack| Judgement::settle(mfa(stack)),
    )
    .may(&[Passed, Missing, Unknown, Skipped], &[Cause::RootMfaOff]),
    Check::must(
        "root.no-access-keys",
        "Root has no access keys",
        &[Area::RootAccount],
        |stack| Judgement::settle(no_access_keys(stack)),
    )
    .may(&[Passed, Failed, Unknown], &[Cause::RootKeysPresent]),
];

fn mfa(stack: &Stack<'_>) -> Result<Judgement, Judgement> {
    let root = summary(stack)?;
    if root.root_mfa_enabled == Some(true) {
        let passed = Judgement::passed("Root signs in with a second factor (MFA).");
        return Ok(passed.seen(flag("AccountMFAEnabled", "1", Some(true))));
    }
    let seen = |judgement: Judgement| {
        judgement
            .seen(flag("AccountMFAEnabled", "1", root.root_mfa_enabled))
            .seen(flag(
                "AccountPasswordPresent",
                "0, if there is no MFA",
                root.root_password_present,
            ))
            .seen(flag(
                "AccountAccessKeysPresent",
                "0, if there is no MFA",
                root.root_access_keys_present,
            ))
    };
    let credentials = [root.root_password_present, root.root_access_keys_present];
    if credentials == [Some(false), Some(false)] {
        return Ok(seen(Judgement::passed(
            "Root has neither a password nor keys (centrally managed), so there is nothing to lock.",
        )));
    }
    // https://docs.aws.amazon.com/govcloud-us/latest/UserGuide/govcloud-iam.html: "You cannot enable an MFA device for
    // your AWS GovCloud (US) account root user", and it has no console to sign in to.
    if partition(stack) == "aws-us-gov" {
        return Ok(Judgement::skipped(
            "root of an AWS GovCloud (US) account cannot sign in, nor have a second factor",
        ));
    }
    // A flag that AWS did not send says nothing, not "no".
    if root.root_mfa_enabled.is_none() || !credentials.contains(&Some(true)) {
        return Ok(seen(Judgement::unknown(
            "AWS did not say whether root has a second factor, a password and keys.",
        ))
        .fix(Fix::say(format!(
            "Look it up as root, under Security credentials: {CREDENTIALS_PAGE}"
        ))));
    }
    Ok(seen(
        Judgement::missing("Root signs in without a second factor (MFA).")
            .because(Cause::RootMfaOff),
    )
    .fix(Fix::say(format!(
        "Sign in as root and choose Security credentials, Assign MFA device: {CREDENTIALS_PAGE}"
    ))))
}

fn no_access_keys(stack: &Stack<'_>) -> Result<Judgement, Judgement> {
    let root = summary(stack)?;
    let (keys, certificates) = (
        root.root_access_keys_present,
        root.root_signing_certificates_present,
    );
    let judgement = match (keys, certificates) {
        (Some(true), _) => Judgement::failed(
            Cause::RootKeysPresent,
            "Root has access keys: whoever holds them can do anything, without a second factor.",
        )
        .fix(delete_keys(stack)),
        (_, Some(true)) => Judgement::failed(
            Cause::RootKeysPresent,
            "Root has a signing certificate, which works like a key.",
        )
        .fix(Fix::say(format!(
            "Sign in as root, choose Security credentials, X.509 Signing certificates: delete it: {CREDENTIALS_PAGE}"
        ))),
        (Some(false), Some(false)) => {
            Judgement::passed("Root has no access keys and no signing certificates.")
        }
        _ => Judgement::unknown("AWS did not say whether root has keys or certificates.").fix(
            Fix::say(format!(
                "Look it up as root, under Security credentials: {CREDENTIALS_PAGE}"
            )),
        ),
    };
    Ok(judgement
        .seen(flag("AccountAccessKeysPresent", "0", keys))
        .seen(flag("AccountSigningCertificatesPresent", "0", certificates)))
}

fn delete_keys(stack: &Stack<'_>) -> Fix {
    if partition(stack) == "aws-us-gov" {
        // It has no console to do it in.
        return Fix::run(
            "Sign in with the key itself, look which it is, and delete it.",
            "aws iam list-access-keys && aws iam delete-access-key --access-key-id YOUR-KEY-ID",
        );
    }
    Fix::say(format!(
        "Sign in as root, choose Security credentials, Access keys: deactivate them, then delete them: {CREDENTIALS_PAGE}"
    ))
}

fn summary<'a>(stack: &Stack<'a>) -> Result<&'a AccountSummary, Judgement> {
    stack
        .read(&stack.snapshot.root_account, "the account's summary")?
        .ok_or_else(|| Judgement::unknown("AWS sent no summary of the account."))
}

fn flag(field: &str, expected: &str, value: Option<bool>) -> Evidence {
    let observed = match value {
        Some(true) => "1",
        Some(false) => "0",
        None => "not sent",
    };
    Evidence::new(
        API,
        "account",
        format!("SummaryMap.{field}"),
        expected,
        observed,
        FoundBy::Fixed,
    )
}
