//! The IAM user of daily work: a second factor, bounds, young keys.

mod rights;

pub(super) use rights::is_plainly_allowed;

use super::cause::Cause;
use super::check::Check;
use super::command::{account, partition, quoted};
use super::finding::{Evidence, Fix, FoundBy, Judgement};
use super::ids::CheckId;
use super::stack::Stack;
use super::verdict::Verdict::{Blocked, Missing, Passed, Skipped, Unknown};
use crate::account::{AccessKey, Area, AttachedPolicy, Fact, Principal, SeenBy, User};
use rights::{bounds, unbounded_policy};

const MFA: CheckId = CheckId("user.mfa");
/// In days.
const OLD_KEY: i64 = 90;

pub(super) const CHECKS: &[Check] = &[
    Check::must(
        MFA.as_str(),
        "Your user signs in with a second factor",
        &[Area::User],
        |stack| Judgement::settle(mfa(stack)),
    )
    .may(
        &[Passed, Missing, Unknown, Skipped],
        &[Cause::UserWithoutMfa],
    ),
    Check::advice(
        "user.bounded",
        "Your user cannot do everything",
        &[Area::User],
        |stack| Judgement::settle(bounded(stack)),
    )
    .may(
        &[Passed, Blocked, Unknown, Skipped],
        &[Cause::UserUnbounded],
    ),
    Check::advice(
        "user.key-age",
        "Your user's keys are young",
        &[Area::User],
        |stack| Judgement::settle(key_age(stack)),
    )
    .may(&[Passed, Blocked, Unknown, Skipped], &[]),
];

fn mfa(stack: &Stack<'_>) -> Result<Judgement, Judgement> {
    let Some(user) = user(stack)? else {
        return Ok(Judgement::missing(format!(
            "There is no IAM user {} in this account yet.",
            stack.chapter().user
        ))
        .fix(Fix::run(
            "Create the user.",
            format!(
                "aws iam create-user --user-name {}",
                quoted(&stack.chapter().user)
            ),
        ))
        .fix(Fix::say(
            "If you work with a user of another name, write it into landfall.toml: user = \"its-name\".",
        )));
    };
    let devices = *stack
        .read(&user.mfa_devices, "the user's MFA devices")?
        .unwrap_or(&0);
    let seen = Evidence::new(
        "iam:ListMFADevices",
        &user.name,
        "MFADevices",
        "at least 1",
        devices,
        found_by(stack),
    );
    if devices > 0 {
        return Ok(Judgement::passed(format!(
            "{} signs in with a second factor (MFA).",
            user.name
        ))
        .seen(seen));
    }
    let name = quoted(&user.name);
    let device = format!(
        "arn:{}:iam::{}:mfa/{}",
        partition(stack),
        account(stack),
        user.name
    );
    Ok(Judgement::missing(format!(
        "{} signs in without a second factor (MFA).",
        user.name
    ))
    .because(Cause::UserWithoutMfa)
    .seen(seen)
    .fix(Fix::run(
        "Create a device; scan the code in mfa.png with your authenticator app. (If AWS says that it exists already, take it away first: aws iam delete-virtual-mfa-device with its serial number, below.)",
        format!(
            "aws iam create-virtual-mfa-device --virtual-mfa-device-name {name} --outfile mfa.png --bootstrap-method QRCodePNG"
        ),
    ))
    .fix(Fix::run(
        "Then switch it on with two codes in a row.",
        format!(
            "aws iam enable-mfa-device --user-name {name} --serial-number {} --authentication-code1 FIRST --authentication-code2 SECOND",
            quoted(&device)
        ),
    )))
}

fn bounded(stack: &Stack<'_>) -> Result<Judgement, Judgement> {
    let user = needed(stack)?;
    if let Some(boundary) = user.boundary.as_ref().filter(|boundary| bounds(boundary)) {
        return Ok(Judgement::passed(format!(
            "{} works within a permissions boundary.",
            user.name
        ))
        .seen(Evidence::new(
            "iam:GetUser",
            &user.name,
            "PermissionsBoundary",
            "a boundary, or no policy that allows everything",
            boundary,
            found_by(stack),
        )));
    }
    let seen = |observed: &str| {
        Evidence::new(
            "iam:ListAttachedUserPolicies",
            &user.name,
            "AttachedPolicies",
            "a boundary, or no policy that allows everything",
            observed,
            found_by(stack),
        )
    };
    match unbounded_policy(user) {
        Err((why, what)) => Err(stack.cannot_tell(&why, what)),
        Ok(None) => Ok(
            Judgement::passed(format!("No policy of {} allows everything.", user.name))
                .seen(seen("none allows everything")),
        ),
        Ok(Some(policy)) => {
            let through = policy
                .through_group
                .as_ref()
                .map_or_else(String::new, |group| format!(" (through the group {group})"));
            Ok(Judgement::passed(format!(
                "The policy {}{through} allows {} everything.",
                policy.name, user.name
            ))
            .because(Cause::UserUnbounded)
            .advise(
                "If these credentials leak, nothing holds them back. A permissions boundary, or PowerUserAccess instead \
                 of AdministratorAccess, limits the damage.",
            )
            .seen(seen(&policy.name))
            .fix(Fix::run(
                "As root: give the user what the chapter needs, PowerUserAccess and the small policy of the lesson.",
                format!(
                    "aws iam attach-user-policy --user-name {} --policy-arn arn:{}:iam::aws:policy/PowerUserAccess",
                    quoted(&user.name),
                    partition(stack)
                ),
            ))
            .fix(Fix::run("Then take this one away.", take_away(user, policy))))
        }
    }
}

fn take_away(user: &User, policy: &AttachedPolicy) -> String {
    let user = quoted(&user.name);
    match (&policy.through_group, &policy.arn) {
        (Some(group), _) => format!(
            "aws iam remove-user-from-group --user-name {user} --group-name {}",
            quoted(group)
        ),
        (None, Some(arn)) => {
            format!("aws iam detach-user-policy --user-name {user} --policy-arn {arn}")
        }
        (None, None) => format!(
            "aws iam delete-user-policy --user-name {user} --policy-name {}",
            quoted(&policy.name)
        ),
    }
}

fn key_age(stack: &Stack<'_>) -> Result<Judgement, Judgement> {
    let user = needed(stack)?;
    let keys: &[AccessKey] = stack
        .read(&user.access_keys, "the user's access keys")?
        .map_or(&[], Vec::as_slice);
    let oldest = keys
        .iter()
        .filter(|key| key.active)
        .map(|key| {
            let age = stack.snapshot.collected_at.duration_since(key.created_at);
            // This computer's clock may be behind AWS's.
            (age.as_hours() / 24).max(0)
        })
        .max();
    let seen = |observed: String| {
        Evidence::new(
            "iam:ListAccessKeys",
            &user.name,
            "AccessKeyMetadata.CreateDate",
            format!("no active key of {OLD_KEY} days or more"),
            observed,
            found_by(stack),
        )
    };
    Ok(match oldest {
        None => Judgement::passed(format!("{} has no active access key.", user.name))
            .seen(seen("no active key".to_owned())),
        Some(days) if days < OLD_KEY => Judgement::passed(format!(
            "The oldest active key of {} is {} old.",
            user.name,
            in_days(days)
        ))
        .seen(seen(in_days(days))),
        Some(days) => Judgement::passed(format!(
            "An active key of {} is {} old.",
            user.name,
            in_days(days)
        ))
        .advise("Replace the key, or delete it and sign in with `aws login`, which needs none.")
        .seen(seen(in_days(days)))
        .fix(Fix::run(
            "See which key it is.",
            format!(
                "aws iam list-access-keys --user-name {}",
                quoted(&user.name)
            ),
        )),
    })
}

/// The user; `None` when AWS says there is none. Identity Center has users of its own.
fn user<'a>(stack: &Stack<'a>) -> Result<Option<&'a User>, Judgement> {
    let through_identity_center = stack.snapshot.seen_by == SeenBy::Learner
        && stack
            .snapshot
            .caller
            .present()
            .is_some_and(|caller| matches!(caller.principal, Principal::IdentityCenter { .. }));
    if through_identity_center {
        return Err(Judgement::skipped("managed in Identity Center"));
    }
    // No user of the configured name says nothing as long as nobody knows who is asking.
    if let (Fact::Absent, Fact::Unknown(why)) = (&stack.snapshot.user, &stack.snapshot.caller) {
        return Err(stack.cannot_tell(why, "who you are signed in as"));
    }
    stack.read(&stack.snapshot.user, "the IAM user")
}

fn needed<'a>(stack: &Stack<'a>) -> Result<&'a User, Judgement> {
    user(stack)?.ok_or_else(|| Judgement::blocked(MFA, "There is no IAM user to look at yet."))
}

/// The caller's own user, or the one of the configured name.
fn found_by(stack: &Stack<'_>) -> FoundBy {
    let is_caller = stack
        .snapshot
        .caller
        .present()
        .is_some_and(|caller| matches!(caller.principal, Principal::User { .. }));
    if is_caller {
        FoundBy::Relation
    } else {
        FoundBy::Name
    }
}

fn in_days(days: i64) -> String {
    match days {
        0 => "less than a day".to_owned(),
        1 => "1 day".to_owned(),
        days => format!("{days} days"),
    }
}
