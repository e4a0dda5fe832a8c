//! `landfall author commands`: a lesson's runnable blocks with values filled in.

use crate::account::Area;
use crate::app::context::Context;
use crate::app::evidence;
use crate::app::failure::{Exit, Failure, Outcome};
use crate::cli::Format;
use crate::course::Step;
use crate::guide::commands::{NotYet, script};
use crate::guide::values::Values;
use std::collections::BTreeSet;

/// What placeholders are filled from.
const AREAS: [Area; 12] = [
    Area::Caller,
    Area::Registry,
    Area::Network,
    Area::Databases,
    Area::Caches,
    Area::Balancers,
    Area::Certificates,
    Area::Service,
    Area::Definitions,
    Area::Roles,
    Area::Git,
    Area::DefinitionFile,
];

/// Prints a script for bash. With `--format sh` a missing value is an error; in text it is shown by name.
///
/// # Errors
/// Unknown lesson or step; with `--format sh` also values that no step has supplied yet.
pub fn run(context: &Context, word: &str) -> Outcome {
    let format = context.format("author commands", &[Format::Text, Format::Sh])?;
    let steps = steps(context, word)?;
    let look = evidence::look(context, &BTreeSet::from(AREAS))?;
    let values = Values::of(&look.snapshot);
    let mut text = String::new();
    for step in steps {
        match script(step, &values) {
            Ok(script) => text.push_str(&script),
            Err(missing) if format == Format::Sh => return Err(not_yet(step, &missing)),
            Err(missing) => {
                text.push_str(&format!("# {}: {}\n", step.id, step.title));
                text.push_str(
                    &missing
                        .iter()
                        .map(|problem| format!("# {}\n", sentence(problem)))
                        .collect::<String>(),
                );
            }
        }
    }
    context.ui.document(&text);
    Ok(Exit::Passed)
}

/// The steps that a word names.
pub(super) fn steps<'a>(context: &'a Context, word: &str) -> Result<Vec<&'a Step>, Failure> {
    if let Some(lesson) = context.course.lesson(word) {
        return Ok(lesson.steps.iter().collect());
    }
    match context.course.step(word) {
        Some((_, step)) => Ok(vec![step]),
        None => Err(evidence::no_such_step(context, word)),
    }
}

fn not_yet(step: &Step, missing: &[NotYet]) -> Failure {
    let failure = Failure::unreadable(format!(
        "The commands of {} need values that are not known yet.",
        step.id
    ));
    missing
        .iter()
        .fold(failure, |failure, problem| failure.hint(sentence(problem)))
}

fn sentence(problem: &NotYet) -> String {
    match problem {
        NotYet::Unknown { name, from } => format!("`{name}` comes from {from}."),
        NotYet::Unsafe { name } => {
            format!("`{name}` holds characters that a shell would misread; rename that resource.")
        }
    }
}
