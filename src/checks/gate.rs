//! Who is asking decides what can be judged at all: root, nobody yet, a Learner Lab, an instructor.

use super::check::Check;
use super::finding::Judgement;
use super::ids::CheckId;
use super::stack::Stack;
use crate::account::{Fact, Principal, SeenBy};

const NOT_ROOT: CheckId = CheckId("caller.not-root");
const DAILY_USER: CheckId = CheckId("caller.is-daily-user");

/// A judgement that the caller's nature forces on a check, before the check itself is asked.
pub(super) fn forced(stack: &Stack<'_>, check: &Check) -> Option<Judgement> {
    let id = check.id.as_str();
    let about_root = id.starts_with("root.") || id.starts_with("budget.");
    if stack.snapshot.seen_by == SeenBy::Instructor {
        return through_instructor(stack, id);
    }
    match &stack.snapshot.caller {
        Fact::Present(caller) => match &caller.principal {
            Principal::Root if !about_root && check.id != NOT_ROOT => Some(Judgement::blocked(
                NOT_ROOT,
                "You are signed in as root; this is looked at as soon as your daily user works.",
            )),
            Principal::LearnerLab { .. }
                if about_root || id.starts_with("user.") || id.starts_with("caller.") =>
            {
                Some(Judgement::skipped(
                    "not applicable in this account type (AWS Academy Learner Lab)",
                ))
            }
            _ => None,
        },
        Fact::Absent if check.id == NOT_ROOT || id.starts_with("user.") => {
            Some(Judgement::blocked(
                DAILY_USER,
                "There is no daily user yet; this is looked at as soon as there is one.",
            ))
        }
        _ => None,
    }
}

fn through_instructor(stack: &Stack<'_>, id: &str) -> Option<Judgement> {
    use crate::account::Why;
    if id.starts_with("caller.") {
        return Some(Judgement::skipped("seen through the instructor's role"));
    }
    // What lies on the learner's machine, unless a bundle supplied it.
    let not_supplied =
        |unread: bool| unread.then(|| Judgement::skipped("only on the learner's machine"));
    let workplace = &stack.snapshot.workplace;
    match id {
        "taskdef.matches-file" => not_supplied(matches!(
            workplace.definition_file,
            Fact::Unknown(Why::NotAsked)
        )),
        "ecr.sha-in-git" => not_supplied(matches!(workplace.git, Fact::Unknown(Why::NotAsked))),
        "budget.email-read" => not_supplied(!stack.attested.contains(id)),
        _ => None,
    }
}
