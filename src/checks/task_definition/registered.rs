//! A revision of the family that can be run.

use super::API;
use crate::checks::discovery::{definition, list, service};
use crate::checks::finding::{Evidence, Fix, FoundBy, Judgement};
use crate::checks::stack::Stack;

pub(super) fn judge(stack: &Stack<'_>) -> Result<Judgement, Judgement> {
    let family = &stack.chapter().service.family;
    let unread = |gap: crate::checks::discovery::Gap| gap.judgement(&definition::DEFINITION);
    let revisions = list(
        &stack.snapshot.revisions,
        "the revisions of the task definition",
    )
    .map_err(unread)?;
    if let Some(newest) = revisions.first() {
        return Ok(
            Judgement::passed(format!("{} is registered.", newest.short())).seen(Evidence::new(
                "ecs:ListTaskDefinitions",
                family,
                "taskDefinitionArns",
                "an ACTIVE revision",
                newest.short(),
                FoundBy::Name,
            )),
        );
    }
    // The service may run another family than the configured one.
    if let Some(service) = service::if_built(stack).map_err(unread)? {
        let running = definition::read(stack, &service.definition).map_err(unread)?;
        if running.status == "ACTIVE" {
            return Ok(Judgement::passed(format!(
                "{} is registered; the service runs it.",
                running.arn.short()
            ))
            .seen(Evidence::new(
                API,
                running.arn.short(),
                "status",
                "ACTIVE",
                &running.status,
                FoundBy::Relation,
            )));
        }
    }
    let file = super::file_path(stack);
    Err(Judgement::missing(format!(
        "No revision of the task definition {family} is registered in {}.",
        stack.snapshot.region
    ))
    .seen(Evidence::new(
        "ecs:ListTaskDefinitions",
        family,
        "taskDefinitionArns",
        "an ACTIVE revision",
        "none",
        FoundBy::Name,
    ))
    .fix(Fix::run(
        format!("Register it from {file}."),
        super::register_command(stack),
    )))
}
