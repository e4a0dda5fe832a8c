//! Who does the daily work.

use super::cause::Cause;
use super::check::Check;
use super::command::quoted;
use super::finding::{Evidence, Fix, FoundBy, Judgement};
use super::ids::CheckId;
use super::stack::Stack;
use super::verdict::Verdict::{Failed, Missing, Passed, Unknown};
use crate::account::{Area, Caller, Fact, Principal};

const DAILY_USER: CheckId = CheckId("caller.is-daily-user");

pub(super) const CHECKS: &[Check] = &[
    Check::must(
        "caller.not-root",
        "You are not signed in as root",
        &[Area::Caller],
        |stack| Judgement::settle(not_root(stack)),
    )
    .may(&[Passed, Failed, Unknown], &[Cause::CallerIsRoot]),
    Check::must(
        DAILY_USER.as_str(),
        "You work as a user of your own",
        &[Area::Caller],
        |stack| Judgement::settle(is_daily_user(stack)),
    )
    .may(&[Passed, Missing, Unknown], &[]),
];

fn not_root(stack: &Stack<'_>) -> Result<Judgement, Judgement> {
    let Some(caller) = caller(stack)? else {
        return Ok(Judgement::blocked(
            DAILY_USER,
            "There is no daily user yet; this is looked at as soon as there is one.",
        ));
    };
    let judgement = if caller.principal == Principal::Root {
        let judgement = Judgement::failed(
            Cause::CallerIsRoot,
            "You are signed in as root, which nothing can hold back and which daily work does not need.",
        );
        let judgement = if stack.snapshot.user == Fact::Absent {
            judgement.fix(create_user(stack))
        } else {
            judgement
        };
        judgement.fix(sign_in(stack)).fix(use_profile(stack))
    } else {
        Judgement::passed(format!("You are signed in as {}.", who(caller)))
    };
    Ok(judgement.seen(evidence(caller, "not root")))
}

fn is_daily_user(stack: &Stack<'_>) -> Result<Judgement, Judgement> {
    let Some(caller) = caller(stack)? else {
        return Ok(no_user(stack, None));
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
        Principal::Root | Principal::Other { .. } => no_user(stack, Some(caller)),
    };
    Ok(judgement.seen(evidence(caller, "an IAM user or an Identity Center role")))
}

fn no_user(stack: &Stack<'_>, caller: Option<&Caller>) -> Judgement {
    let now = caller.map_or_else(String::new, |caller| {
        format!(": you are signed in as {}", who(caller))
    });
    let judgement = Judgement::missing(format!(
        "You do not work as an IAM user or through Identity Center yet{now}."
    ));
    let judgement = if stack.snapshot.user.present().is_some() {
        judgement
    } else {
        judgement.fix(create_user(stack))
    };
    judgement.fix(sign_in(stack)).fix(use_profile(stack))
}

fn create_user(stack: &Stack<'_>) -> Fix {
    Fix::run(
        "Create the user, in CloudShell while you are still root.",
        format!(
            "aws iam create-user --user-name {}",
            quoted(&stack.chapter().user)
        ),
    )
}

fn sign_in(stack: &Stack<'_>) -> Fix {
    Fix::run(
        "Sign in as your daily user on your computer.",
        format!("aws login --profile {}", quoted(&stack.chapter().user)),
    )
}

fn use_profile(stack: &Stack<'_>) -> Fix {
    Fix::run(
        "Then look through that profile (or set AWS_PROFILE to it).",
        format!(
            "landfall verify --profile {}",
            quoted(&stack.chapter().user)
        ),
    )
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
        Principal::Other { resource } if resource.starts_with("federated-user/") => {
            format!(
                "the federated user {}",
                &resource["federated-user/".len()..]
            )
        }
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
