//! Who may do everything, and what somebody's policies plainly allow.

use crate::account::{
    Arn, AttachedPolicy, Effect, Fact, Named, PolicyDocument, Principal, SeenBy, Statement, User,
    Why, action_matches,
};
use crate::checks::stack::Stack;

const ADMINISTRATOR: &str = "AdministratorAccess";
/// Allows all but IAM, the organisation and the account's settings; budgets among it.
const POWER_USER: &str = "PowerUserAccess";

/// Whether the caller's own policies allow an action on everything, with nothing in them that could take it back.
/// `false` also when that was not read, or when the caller is no user of this account.
pub(in crate::checks) fn is_plainly_allowed(stack: &Stack<'_>, action: &str) -> bool {
    let snapshot = stack.snapshot;
    let Some(caller) = snapshot.caller.present() else {
        return false;
    };
    if snapshot.seen_by == SeenBy::Instructor {
        return false;
    }
    match &caller.principal {
        Principal::IdentityCenter { permission_set, .. } => permission_set == ADMINISTRATOR,
        Principal::User { name } => snapshot
            .user
            .present()
            .filter(|user| user.name == *name)
            .is_some_and(|user| allows(user, action)),
        _ => false,
    }
}

fn allows(user: &User, action: &str) -> bool {
    let policies = user.policies.present().map_or(&[][..], Vec::as_slice);
    let mut allowed = false;
    for policy in policies {
        match &policy.document {
            Fact::Present(document) => {
                let concerning = document.statements.iter().filter(|one| covers(one, action));
                for statement in concerning {
                    if statement.effect == Effect::Deny {
                        return false;
                    }
                    allowed |= !statement.has_condition && is_on_everything(statement);
                }
            }
            _ => allowed |= is_managed(policy, ADMINISTRATOR) || is_managed(policy, POWER_USER),
        }
    }
    allowed
}

fn covers(statement: &Statement, action: &str) -> bool {
    let matches = |pattern: &String| action_matches(pattern, action);
    match &statement.actions {
        Named::These(actions) => actions.iter().any(matches),
        Named::AllBut(actions) => !actions.iter().any(matches),
    }
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
        match &policy.document {
            _ if is_managed(policy, ADMINISTRATOR) => return Ok(Some(policy)),
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

/// Whether a boundary holds anything back; AdministratorAccess as a boundary does not.
pub(super) fn bounds(boundary: &Arn) -> bool {
    !is_aws_own(boundary, ADMINISTRATOR)
}

fn is_managed(policy: &AttachedPolicy, name: &str) -> bool {
    policy.arn.as_ref().is_some_and(|arn| is_aws_own(arn, name))
}

/// `arn:PARTITION:iam::aws:policy/NAME`: a policy of one's own may have the same name and allow little.
fn is_aws_own(arn: &Arn, name: &str) -> bool {
    arn.account().is_some_and(|owner| owner.as_str() == "aws")
        && arn
            .resource()
            .and_then(|resource| resource.strip_prefix("policy/"))
            == Some(name)
}

fn allows_everything(document: &PolicyDocument) -> bool {
    document.statements.iter().any(|statement| {
        statement.effect == Effect::Allow
            && !statement.has_condition
            && is_every_action(&statement.actions)
            && is_on_everything(statement)
    })
}

/// `*`, or all but some that leave the right to give oneself the rest.
fn is_every_action(actions: &Named) -> bool {
    match actions {
        Named::These(these) => these.iter().any(|one| one == "*" || one == "*:*"),
        Named::AllBut(others) => ["iam:AttachUserPolicy", "iam:PutUserPolicy"]
            .iter()
            .any(|wanted| !others.iter().any(|one| action_matches(one, wanted))),
    }
}

fn is_on_everything(statement: &Statement) -> bool {
    match &statement.resources {
        Named::These(these) => these.iter().any(|one| one == "*"),
        Named::AllBut(_) => false,
    }
}
