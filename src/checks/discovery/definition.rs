//! The task definition: the one the service runs, else the newest revision of the family.

use super::{Found, Gap, Kind, list, service};
use crate::account::{Fact, RevisionArn, TaskDefinition, Why};
use crate::checks::finding::{FoundBy, Judgement};
use crate::checks::ids::CheckId;
use crate::checks::stack::Stack;

pub(in crate::checks) const DEFINITION: Kind = Kind {
    one: "task definition",
    many: "task definitions",
    key: "service.family",
    wanted_by: CheckId("taskdef.registered"),
};

/// What the service runs, else the newest ACTIVE revision.
pub(in crate::checks) fn find<'a>(stack: &Stack<'a>) -> Found<&'a TaskDefinition> {
    match service::if_built(stack)? {
        Some(service) => read(stack, &service.definition).map(|found| (found, FoundBy::Relation)),
        None => newest(stack),
    }
}

/// The definition, for checks on a property of it.
pub(in crate::checks) fn needed<'a>(
    stack: &Stack<'a>,
) -> Result<(&'a TaskDefinition, FoundBy), Judgement> {
    find(stack).map_err(|gap| gap.judgement(&DEFINITION))
}

/// The data stores' own host names in the environment of what the service runs; none before there is a service, or while it
/// could not be read.
pub(super) fn connects_to<'a>(stack: &Stack<'a>) -> &'a [String] {
    match find(stack) {
        Ok((definition, FoundBy::Relation)) => &definition.connects_to,
        _ => &[],
    }
}

/// The newest ACTIVE revision of the family, whatever the service runs.
pub(in crate::checks) fn newest<'a>(stack: &Stack<'a>) -> Found<&'a TaskDefinition> {
    let revisions = list(
        &stack.snapshot.revisions,
        "the revisions of the task definition",
    )?;
    let newest = revisions.first().ok_or(Gap::NotThere)?;
    read(stack, newest).map(|found| (found, FoundBy::Name))
}

/// One revision, if it was read.
pub(in crate::checks) fn read<'a>(
    stack: &Stack<'a>,
    revision: &RevisionArn,
) -> Result<&'a TaskDefinition, Gap> {
    let unread = |why: &Why| Gap::CannotTell {
        why: why.clone(),
        what: "the task definition",
    };
    match stack.snapshot.definitions.get(revision) {
        Some(Fact::Present(definition)) => Ok(definition),
        Some(Fact::Absent) => Err(Gap::NotThere),
        Some(Fact::Unknown(why)) => Err(unread(why)),
        None => Err(unread(&Why::NotAsked)),
    }
}
