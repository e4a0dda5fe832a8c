//! A task that has started shows what no reading can: that ECS could use the role, pull, log and read the secrets.

use crate::account::{Role, Why};
use crate::checks::discovery::definition;
use crate::checks::stack::Stack;
use jiff::Timestamp;

/// Why it is not known whether a task has started.
pub(super) fn unread<'a>(stack: &Stack<'a>) -> Option<&'a Why> {
    stack.snapshot.tasks.why()
}

/// Whether a task with the definition that names the role has started, after the role and whatever else `since` stands
/// for came to be.
pub(super) fn has_worked(stack: &Stack<'_>, role: &Role, since: Option<Timestamp>) -> bool {
    let Ok((definition, _)) = definition::find(stack) else {
        return false;
    };
    let after = role.created_at.max(since);
    definition.execution_role.is_some()
        && stack.snapshot.tasks.present().is_some_and(|tasks| {
            tasks
                .iter()
                .filter(|task| task.definition == definition.arn)
                .any(|task| task.started_at.is_some() && task.started_at >= after)
        })
}
