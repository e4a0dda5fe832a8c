//! Who may reach the tasks: the load balancer, and nobody else.

use crate::checks::admission::Edge;
use crate::checks::cause::Cause;
use crate::checks::discovery::groups::{self, Tier};
use crate::checks::discovery::service;
use crate::checks::finding::Judgement;
use crate::checks::stack::Stack;

pub(super) fn judge(stack: &Stack<'_>) -> Result<Judgement, Judgement> {
    let (service, _) = service::needed(stack)?;
    let (targets, found_by) = groups::needed(stack, Tier::Tasks)?;
    // Of several target groups the one for the app's port, as everywhere.
    let app = stack.chapter().port;
    let mut ports = service.target_groups.iter().map(|target| target.port);
    let port = match ports.clone().find(|port| *port == app) {
        Some(port) => port,
        None => ports.next().unwrap_or(app),
    };
    Edge {
        from: Tier::Balancer,
        to: Tier::Tasks,
        targets,
        found_by,
        target_subnets: service.subnets.clone(),
        ports: vec![port],
        closed: Cause::TaskPortClosedToAlb,
    }
    .judge(stack)
}
