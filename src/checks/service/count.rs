//! How many tasks the service is asked to run.

use super::{seen, update};
use crate::checks::cause::Cause;
use crate::checks::discovery::service;
use crate::checks::finding::Judgement;
use crate::checks::ids::CheckId;
use crate::checks::stack::Stack;

const DATABASE: CheckId = CheckId("rds.available");

pub(super) fn judge(stack: &Stack<'_>) -> Result<Judgement, Judgement> {
    let (service, by) = service::needed(stack)?;
    let wanted = stack.chapter().desired_count;
    let seen = seen(
        service,
        "desiredCount",
        format!("at least {wanted}"),
        service.desired,
        by,
    );
    if service.desired >= wanted {
        return Ok(Judgement::passed(format!(
            "{} is asked to run {} {}.",
            service.name,
            service.desired,
            tasks(service.desired)
        ))
        .seen(seen));
    }
    let scale = update(
        stack,
        "Ask for as many as the chapter does.",
        service,
        &format!("--desired-count {wanted}"),
    );
    // Paused on purpose, the database as well: one cause, named there with both commands.
    if service.desired == 0 {
        let database = stack.judgement_of(DATABASE.as_str());
        if database.cause == Some(Cause::StackPaused) {
            return Err(Judgement::blocked(DATABASE, database.summary)
                .seen(seen)
                .fix(scale));
        }
    }
    let summary = match service.desired {
        0 => format!("{} is asked to run no task at all.", service.name),
        few => format!(
            "{} is asked to run {few} {}; when it fails, nothing answers until the next one is up.",
            service.name,
            tasks(few)
        ),
    };
    Err(Judgement::failed(Cause::DesiredCountLow, summary)
        .seen(seen)
        .fix(scale))
}

const fn tasks(number: u32) -> &'static str {
    if number == 1 { "task" } else { "tasks" }
}
