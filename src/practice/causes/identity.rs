//! Faults of the root account, the budget and the daily user.

use super::super::cause::Cause;
use super::super::scene::Scene;
use crate::account::*;

pub(super) const CAUSES: &[Cause] = &[
    Cause::new(
        "root-mfa-off",
        &["root-account.mfa"],
        "Switches off the root user's MFA.",
        |snapshot, _| {
            if let Fact::Present(root) = &mut snapshot.root_account {
                root.root_mfa_enabled = Some(false);
            }
        },
    ),
    Cause::new(
        "root-keys-present",
        &["root-account.no-keys"],
        "Gives the root user an access key.",
        |snapshot, _| {
            if let Fact::Present(root) = &mut snapshot.root_account {
                root.root_access_keys_present = Some(true);
            }
        },
    ),
    Cause::new(
        "budget-missing",
        &["root-account.budget"],
        "Deletes the monthly budget.",
        |snapshot, _| snapshot.budgets = Fact::Present(Vec::new()),
    ),
    Cause::new(
        "budget-without-alert",
        &["root-account.budget"],
        "Removes every alert from the budget.",
        |snapshot, _| {
            if let Fact::Present(budgets) = &mut snapshot.budgets {
                for budget in budgets {
                    budget.notifications = Fact::Present(Vec::new());
                }
            }
        },
    ),
    Cause::new(
        "billing-access-not-activated",
        &["root-account.budget"],
        "Takes IAM users' access to billing away, so that the budget cannot be read.",
        |snapshot, _| {
            snapshot.budgets = Fact::Unknown(Why::Denied {
                action: "budgets:ViewBudget".to_owned(),
                by: DeniedBy::Identity,
            });
        },
    )
    .after(&["root-account.budget", "iam-user.identity"]),
    Cause::new(
        "caller-is-root",
        &["iam-user.identity"],
        "Signs in as root instead of as the daily user.",
        caller_is_root,
    ),
    Cause::new(
        "user-without-mfa",
        &["iam-user.mfa"],
        "Removes the daily user's MFA device.",
        |snapshot, _| {
            if let Fact::Present(user) = &mut snapshot.user {
                user.mfa_devices = Fact::Present(0);
            }
        },
    ),
    Cause::new(
        "user-unbounded",
        &["iam-user.bounded"],
        "Takes the daily user's permissions boundary away (a remark, no failure).",
        |snapshot, _| {
            if let Fact::Present(user) = &mut snapshot.user {
                user.boundary = None;
            }
        },
    ),
];

fn caller_is_root(snapshot: &mut Snapshot, scene: &Scene<'_>) {
    if let Fact::Present(caller) = &mut snapshot.caller {
        caller.arn = scene.ids.iam("root");
        caller.principal = Principal::Root;
    }
}
