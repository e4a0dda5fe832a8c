//! The execution role: the one the definition names, else by configured name.

use super::{Found, Gap, Kind, definition};
use crate::account::{Arn, Fact, Principal, Role, Why};
use crate::checks::finding::{FoundBy, Judgement};
use crate::checks::ids::CheckId;
use crate::checks::stack::Stack;

pub(in crate::checks) const ROLE: Kind = Kind {
    one: "execution role",
    many: "roles",
    key: "execution_role",
    wanted_by: CheckId("role.execution"),
};

/// A Learner Lab has one role for everything and lets nobody make another.
pub(in crate::checks) const LEARNER_LAB_ROLE: &str = "LabRole";

/// The execution role.
pub(in crate::checks) fn find<'a>(stack: &Stack<'a>) -> Found<&'a Role> {
    match named_by_definition(stack)? {
        Some(arn) => read(stack, arn).map(|role| (role, FoundBy::Relation)),
        None => by_name(stack, expected_name(stack)).map(|role| (role, FoundBy::Name)),
    }
}

/// The execution role, for checks on a property of it.
pub(in crate::checks) fn needed<'a>(stack: &Stack<'a>) -> Result<(&'a Role, FoundBy), Judgement> {
    find(stack).map_err(|gap| gap.judgement(&ROLE))
}

/// What the definition says; `None` without a definition, or when it names none.
pub(in crate::checks) fn named_by_definition<'a>(
    stack: &Stack<'a>,
) -> Result<Option<&'a Arn>, Gap> {
    match definition::find(stack) {
        Ok((definition, _)) => Ok(definition.execution_role.as_ref()),
        Err(Gap::NotThere) => Ok(None),
        Err(gap) => Err(gap),
    }
}

/// The name it has before a definition says otherwise.
pub(in crate::checks) fn expected_name<'a>(stack: &Stack<'a>) -> &'a str {
    if is_in_lab(stack) {
        LEARNER_LAB_ROLE
    } else {
        &stack.chapter().execution_role
    }
}

/// Whether the caller works in an AWS Academy Learner Lab.
pub(in crate::checks) fn is_in_lab(stack: &Stack<'_>) -> bool {
    stack
        .snapshot
        .caller
        .present()
        .is_some_and(|caller| matches!(caller.principal, Principal::LearnerLab { .. }))
}

/// The role of the configured name, if it was read and is there.
pub(in crate::checks) fn by_expected_name<'a>(stack: &Stack<'a>) -> Option<&'a Role> {
    by_name(stack, expected_name(stack)).ok()
}

/// A role of that name that was read, whatever ARN led to it.
pub(in crate::checks) fn namesake<'a>(stack: &Stack<'a>, name: &str) -> Option<&'a Role> {
    let read = stack.snapshot.roles.values().filter_map(Fact::present);
    read.into_iter().find(|role| role.name == name)
}

/// A role by what names it: an ARN, or a plain name as definitions may hold it.
pub(in crate::checks) fn read<'a>(stack: &Stack<'a>, arn: &Arn) -> Result<&'a Role, Gap> {
    let roles = &stack.snapshot.roles;
    match roles.get(arn.as_str()) {
        // IAM is asked by name: a role with another path, or of another account, is not the one that is meant.
        Some(Fact::Present(role)) if role.arn != *arn && arn.as_str().starts_with("arn:") => {
            Err(Gap::NotThere)
        }
        Some(fact) => in_fact(fact),
        // Read under its name: it is the same role only if the ARN is.
        None => {
            let name = arn.as_str().rsplit('/').next().unwrap_or_default();
            let role = by_name(stack, name)?;
            if role.arn == *arn || !arn.as_str().starts_with("arn:") {
                Ok(role)
            } else {
                Err(unread(&Why::NotAsked))
            }
        }
    }
}

fn by_name<'a>(stack: &Stack<'a>, name: &str) -> Result<&'a Role, Gap> {
    match stack.snapshot.roles.get(name) {
        Some(fact) => in_fact(fact),
        None => Err(unread(&Why::NotAsked)),
    }
}

fn in_fact(fact: &Fact<Role>) -> Result<&Role, Gap> {
    match fact {
        Fact::Present(role) => Ok(role),
        Fact::Absent => Err(Gap::NotThere),
        Fact::Unknown(why) => Err(unread(why)),
    }
}

fn unread(why: &Why) -> Gap {
    Gap::CannotTell {
        why: why.clone(),
        what: "the execution role",
    }
}
