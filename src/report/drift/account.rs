//! The root account's locks, the user of daily work, the budgets.

use super::pairs::{Pair, only_in, pairs, single};
use super::part::Part;
use super::{Drift, Looks};
use crate::account::{AccountSummary, Budget, Notification, Principal, User};

pub(super) fn tell(looks: &Looks<'_>) -> Vec<Drift> {
    let (before, now) = (looks.before, looks.now);
    let mut told = Vec::new();
    if let Some(Pair::Both(before, now)) = single(&before.caller, &now.caller) {
        let (was, is) = (who(&before.principal), who(&now.principal));
        if was != is {
            told.push(Drift::changed(
                Part::User,
                &is,
                "the account was looked at as",
                (was, &is),
            ));
        }
    }
    if let Some(Pair::Both(before, now)) = single(&before.root_account, &now.root_account) {
        told.extend(root(before, now));
    }
    if let Some(Pair::Both(before, now)) = single(&before.user, &now.user)
        && before.name == now.name
    {
        told.extend(user(before, now));
    }
    for pair in pairs(&before.budgets, &now.budgets, |one| &one.name) {
        match pair {
            Pair::Gone(budget) => told.push(Drift::gone(
                Part::Budget,
                &budget.name,
                budget.limit.clone().unwrap_or_default(),
                format!("the budget {} is gone", budget.name),
            )),
            Pair::Both(before, now) => told.extend(self::budget(before, now)),
            Pair::New(_) => {}
        }
    }
    told
}

/// Without the session, which is another one each time.
fn who(principal: &Principal) -> String {
    match principal {
        Principal::Root => "the root user".to_owned(),
        Principal::User { name } => format!("the user {name}"),
        Principal::IdentityCenter { permission_set, .. } => {
            format!("the permission set {permission_set}")
        }
        Principal::LearnerLab { .. } => "the Learner Lab's role".to_owned(),
        Principal::AssumedRole { role, .. } => format!("the role {role}"),
        Principal::Other { resource } => resource.clone(),
    }
}

fn root(before: &AccountSummary, now: &AccountSummary) -> Vec<Drift> {
    let mut told = Vec::new();
    match (before.root_mfa_enabled, now.root_mfa_enabled) {
        (Some(true), Some(false)) => told.push(Drift::gone(
            Part::RootAccount,
            "root",
            "MFA",
            "the MFA device of the root account is gone".to_owned(),
        )),
        (Some(false), Some(true)) => told.push(Drift::new(
            Part::RootAccount,
            "root",
            "MFA",
            "the root account has an MFA device now".to_owned(),
        )),
        _ => {}
    }
    if let (Some(false), Some(true)) = (
        before.root_access_keys_present,
        now.root_access_keys_present,
    ) {
        told.push(Drift::new(
            Part::RootAccount,
            "root",
            "access key",
            "the root account has an access key now".to_owned(),
        ));
    }
    told
}

fn user(before: &User, now: &User) -> Vec<Drift> {
    let name = &now.name;
    let mut told = Vec::new();
    if let Some(Pair::Both(was, is)) = single(&before.mfa_devices, &now.mfa_devices) {
        if is < was {
            told.push(Drift::turned(
                Part::User,
                name,
                (&was.to_string(), &is.to_string()),
                if *is == 0 {
                    format!("the MFA device of {name} is gone")
                } else {
                    format!("{name} has fewer MFA devices: {is} (was {was})")
                },
            ));
        }
        if *was == 0 && *is > 0 {
            told.push(Drift::turned(
                Part::User,
                name,
                ("0", &is.to_string()),
                format!("{name} has an MFA device now"),
            ));
        }
    }
    if before.boundary != now.boundary {
        let of = |user: &User| {
            user.boundary
                .as_ref()
                .map_or_else(|| "none".to_owned(), ToString::to_string)
        };
        let what = format!("the permissions boundary of {name} is");
        told.push(Drift::changed(
            Part::User,
            name,
            &what,
            (of(before), of(now)),
        ));
    }
    let keys = pairs(&before.access_keys, &now.access_keys, |key| key.created_at);
    for pair in keys {
        if let Pair::New(_) = pair {
            told.push(Drift::new(
                Part::User,
                name,
                "access key",
                format!("{name} has a new access key"),
            ));
        }
    }
    let policies = pairs(&before.policies, &now.policies, |one| {
        (&one.name, &one.through_group)
    });
    for pair in policies {
        match pair {
            Pair::Gone(policy) => told.push(Drift::gone(
                Part::User,
                name,
                &policy.name,
                format!("the policy {} is gone from {name}", policy.name),
            )),
            Pair::New(policy) => told.push(Drift::new(
                Part::User,
                name,
                &policy.name,
                format!("{name} has a new policy: {}", policy.name),
            )),
            Pair::Both(..) => {}
        }
    }
    told
}

fn budget(before: &Budget, now: &Budget) -> Vec<Drift> {
    let name = &now.name;
    let mut told = Vec::new();
    if let (Some(was), Some(is)) = (&before.limit, &now.limit)
        && was != is
    {
        told.push(Drift::changed(
            Part::Budget,
            name,
            &format!("the budget {name} has the limit"),
            (was, is),
        ));
    }
    if let Some((was, is)) = super::pairs::lists(&before.notifications, &now.notifications) {
        let alerts = |all: &[Notification]| -> Vec<String> {
            all.iter()
                .filter(|one| one.subscribers.present().is_none_or(|number| *number > 0))
                .map(|one| format!("{} {}", one.kind, one.threshold))
                .collect()
        };
        let (was, is) = (alerts(was), alerts(is));
        for alert in only_in(&was, &is) {
            told.push(Drift::gone(
                Part::Budget,
                name,
                alert,
                format!("the budget {name} tells nobody any more at {alert}"),
            ));
        }
    }
    told
}
