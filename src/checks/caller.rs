//! Who does the daily work.

use super::cause::Cause;
use super::check::Check;
use super::command::quoted;
use super::finding::{Evidence, Fix, FoundBy, Judgement};
use super::stack::Stack;
use crate::account::{Area, Caller, Principal};

pub(super) const CHECKS: &[Check] = &[
    Check::must(
        "caller.not-root",
        "You are not signed in as root",
        &[Area::Caller],
        |stack| Judgement::settle(not_root(stack)),
    ),
    Check::must(
        "caller.is-daily-user",
        "You work as a user of your own",
        &[Area::Caller],
        |stack| Judgement::settle(is_daily_user(stack)),
    ),
];

fn not_root(stack: &Stack<'_>) -> Result<Judgement, Judgement> {
    let Some(caller) = caller(stack)? else {
        return Ok(no_user(stack));
    };
    let judgement = if caller.principal == Principal::Root {
        Judgement::failed(
            Cause::CallerIsRoot,
            "You are signed in as root, which nothing can hold back and which daily work does not need.",
        )
        .fix(Fix::run(
            "Sign in as your daily user.",
            format!("aws login --profile {}", quoted(&stack.chapter().user)),
        ))
    } else {
        Judgement::passed(format!("You are signed in as {}.", who(caller)))
    };
    Ok(judgement.seen(evidence(caller, "not root")))
}

fn is_daily_user(stack: &Stack<'_>) -> Result<Judgement, Judgement> {
    let Some(caller) = caller(stack)? else {
        return Ok(no_user(stack));
    };
    let judgement = match &caller.principal {
        Principal::User { .. } | Principal::IdentityCenter { .. } => {
            Judgement::passed(format!("You work as {}.", who(caller)))
        }
        Principal::AssumedRole { .. } | Principal::LearnerLab { .. } => {
            Judgement::passed(format!("You work through {}.", who(caller))).advise(
                "The chapter works as an IAM user or through Identity Center; a role will do, as long as signing in to it \
                 takes a second factor.",
            )
        }
        Principal::Root | Principal::Other { .. } => no_user(stack),
    };
    Ok(judgement.seen(evidence(caller, "an IAM user or an Identity Center role")))
}

fn no_user(stack: &Stack<'_>) -> Judgement {
    let user = quoted(&stack.chapter().user);
    Judgement::missing("You do not work as an IAM user or through Identity Center yet.")
        .fix(Fix::run(
            "Create the user, in CloudShell while you are still root.",
            format!("aws iam create-user --user-name {user}"),
        ))
        .fix(Fix::run(
            "Then sign in as that user on your computer.",
            format!("aws login --profile {user}"),
        ))
}

fn caller<'a>(stack: &Stack<'a>) -> Result<Option<&'a Caller>, Judgement> {
    stack.read(&stack.snapshot.caller, "who you are signed in as")
}

fn who(caller: &Caller) -> String {
    match &caller.principal {
        Principal::Root => "root".to_owned(),
        Principal::User { name } => format!("the IAM user {name}"),
        Principal::IdentityCenter {
            permission_set,
            session,
        } => format!("{session} through Identity Center ({permission_set})"),
        Principal::LearnerLab { session } => format!("{session} of a Learner Lab"),
        Principal::AssumedRole { role, .. } => format!("the role {role}"),
        Principal::Other { resource } => resource.clone(),
    }
}

fn evidence(caller: &Caller, expected: &str) -> Evidence {
    Evidence::new(
        "sts:GetCallerIdentity",
        &caller.account,
        "Arn",
        expected,
        &caller.arn,
        FoundBy::Fixed,
    )
}
