//! `landfall cost`: what the chapter costs by the hour and the month, what was left behind, and what deletes it.

mod deletions;
mod screen;
mod table;
#[cfg(test)]
mod tests;

use super::choose;
use super::context::Context;
use super::evidence;
use super::failure::{Exit, Outcome};
use super::status;
use crate::account::{Area, Source};
use crate::cli::{CostArgs, Format};
use crate::report::cost::{cost, cost_json};
use std::collections::BTreeSet;

/// What says what runs, what it costs, and what stands around it when it is taken down.
const AREAS: [Area; 11] = [
    Area::Caller,
    Area::Registry,
    Area::Network,
    Area::Routes,
    Area::Databases,
    Area::Caches,
    Area::Parameters,
    Area::LogGroups,
    Area::Balancers,
    Area::Service,
    Area::Definitions,
];

/// Runs the command. Nothing is kept: a look for money is no look at the steps.
///
/// # Errors
/// No way to look at all.
pub fn run(context: &Context, args: CostArgs) -> Outcome {
    let format = context.format("cost", &[Format::Text, Format::Json])?;
    let mut areas = BTreeSet::from(AREAS);
    if !args.region_only {
        areas.insert(Area::Leftovers);
    }
    let waiting = context
        .ui
        .waiting(match (context.source(), args.region_only) {
            (Source::Practice, _) => "Looking at the practice account ...",
            (_, true) => "Looking at your AWS account, read-only ...",
            (_, false) => "Looking at your AWS account, read-only, in all its regions ...",
        });
    let look = evidence::look(context, &areas);
    drop(waiting);
    let mut snapshot = look?.snapshot;
    let key = Context::stack_key(&snapshot);
    choose::lay_in(context, &key, &mut snapshot)?;
    let cost = cost(&snapshot);
    let width = context.ui.prose_width();
    match (format, args.teardown) {
        (Format::Json, _) => context.ui.document(&cost_json(&cost, &snapshot)),
        (_, true) => context.ui.print_all(&deletions::lines(&cost, width)),
        (_, false) => {
            let options = status::options(context);
            context
                .ui
                .print_all(&screen::lines(&cost, &snapshot, options, width));
        }
    }
    Ok(if cost.is_whole() {
        Exit::Passed
    } else {
        Exit::Unreadable
    })
}
