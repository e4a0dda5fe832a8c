//! The app's own container among those of a task definition.

use super::discovery::service;
use super::stack::Stack;
use crate::account::{Container, TaskDefinition};

/// The container the service sends traffic to, else the one that maps the app's port, else the first that the task
/// cannot live without.
pub(super) fn of_app<'a>(
    stack: &Stack<'a>,
    definition: &'a TaskDefinition,
) -> Option<&'a Container> {
    let containers = &definition.containers;
    let port = stack.chapter().port;
    let served = service::if_built(stack).ok().flatten().and_then(|service| {
        service
            .target_groups
            .iter()
            .find_map(|target| containers.iter().find(|one| one.name == target.container))
    });
    served
        .or_else(|| containers.iter().find(|one| maps(one, port)))
        .or_else(|| containers.iter().find(|one| one.essential))
        .or(containers.first())
}

/// Whether the container maps that TCP port.
pub(super) fn maps(container: &Container, port: u16) -> bool {
    container
        .ports
        .iter()
        .any(|mapping| mapping.holds(port) && mapping.protocol.eq_ignore_ascii_case("tcp"))
}
