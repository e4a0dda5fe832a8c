//! The app's port among the mapped ones.

use super::{API, register};
use crate::checks::cause::Cause;
use crate::checks::container::maps;
use crate::checks::finding::{Evidence, Fix, Judgement};
use crate::checks::stack::Stack;

pub(super) fn judge(stack: &Stack<'_>) -> Result<Judgement, Judgement> {
    let (definition, by) = super::needed(stack)?;
    let port = stack.chapter().port;
    let mapped: Vec<String> = definition
        .containers
        .iter()
        .flat_map(|container| {
            container
                .ports
                .iter()
                .map(move |mapping| format!("{} {mapping}", container.name))
        })
        .collect();
    let observed = if mapped.is_empty() {
        "none".to_owned()
    } else {
        mapped.join(", ")
    };
    let seen = Evidence::new(
        API,
        definition.arn.short(),
        "portMappings",
        format!("{port}/tcp"),
        &observed,
        by,
    );
    if let Some(container) = definition.containers.iter().find(|one| maps(one, port)) {
        return Ok(Judgement::passed(format!("{} maps port {port}.", container.name)).seen(seen));
    }
    Err(register(
        stack,
        Judgement::failed(
            Cause::PortNotMapped,
            format!(
                "No container of {} maps port {port}: the load balancer has nothing to send requests to.",
                definition.arn.short()
            ),
        )
        .seen(seen)
        .fix(Fix::say(format!(
            "Add \"portMappings\": [{{\"containerPort\": {port}, \"protocol\": \"tcp\"}}] to the app's container."
        ))),
    ))
}
