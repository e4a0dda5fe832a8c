//! Who may do everything.

use crate::account::{AttachedPolicy, Effect, Fact, Named, PolicyDocument, Principal, User, Why};
use crate::checks::stack::Stack;

/// Whether the caller may do everything IAM can give; `None` when that could not be read.
pub(in crate::checks) fn is_administrator(stack: &Stack<'_>) -> Option<bool> {
    if let Some(caller) = stack.snapshot.caller.present()
        && let Principal::IdentityCenter { permission_set, .. } = &caller.principal
    {
        return (permission_set == "AdministratorAccess").then_some(true);
    }
    let user = stack.snapshot.user.present()?;
    unbounded_policy(user).ok().map(|policy| policy.is_some())
}

/// The policy that allows everything, if there is one.
pub(super) fn unbounded_policy(
    user: &User,
) -> Result<Option<&AttachedPolicy>, (Why, &'static str)> {
    let policies: &[AttachedPolicy] = match &user.policies {
        Fact::Present(policies) => policies,
        Fact::Absent => &[],
        Fact::Unknown(why) => return Err((why.clone(), "the user's policies")),
    };
    let mut unread = None;
    for policy in policies {
        let administrator = policy
            .arn
            .as_ref()
            .is_some_and(|arn| arn.as_str().ends_with(":policy/AdministratorAccess"));
        match &policy.document {
            _ if administrator => return Ok(Some(policy)),
            Fact::Present(document) if allows_everything(document) => return Ok(Some(policy)),
            Fact::Unknown(why) => unread = Some(why.clone()),
            Fact::Present(_) | Fact::Absent => {}
        }
    }
    match unread {
        Some(why) => Err((why, "one of the user's policies")),
        None => Ok(None),
    }
}

fn allows_everything(document: &PolicyDocument) -> bool {
    let any = |named: &Named, all: &[&str]| match named {
        Named::These(these) => these.iter().any(|one| all.contains(&one.as_str())),
        Named::AllBut(_) => false,
    };
    document.statements.iter().any(|statement| {
        statement.effect == Effect::Allow
            && !statement.has_condition
            && any(&statement.actions, &["*", "*:*"])
            && any(&statement.resources, &["*"])
    })
}
