//! `landfall doctor`: the set-up itself, part by part, each with what to do.

mod account;
mod machine;
#[cfg(test)]
mod refusal_tests;
mod screen;
#[cfg(test)]
mod tests;

use super::context::Context;
use super::failure::{Exit, Failure, Outcome};
use crate::account::Source;
use crate::cli::Format;
use crate::report::doctor::{Diagnosis, Permissions};

/// Looks at the set-up. Never 1: nothing here is the learner's doing in the account.
///
/// # Errors
/// Only what keeps the doctor itself from looking.
pub fn run(context: &Context) -> Outcome {
    let format = context.format("doctor", &[Format::Text, Format::Json])?;
    let diagnosis = diagnose(context)?;
    match format {
        Format::Json => context.ui.document(&diagnosis.to_json()),
        _ => context
            .ui
            .print_all(&screen::lines(&diagnosis, context.ui.prose_width())),
    }
    Ok(exit(&diagnosis))
}

fn exit(diagnosis: &Diagnosis) -> Exit {
    if diagnosis.is_hindered() {
        Exit::Unreadable
    } else {
        Exit::Passed
    }
}

fn diagnose(context: &Context) -> Result<Diagnosis, Failure> {
    let source = context.source();
    let mut parts = vec![machine::home(context)?, machine::settings(context)];
    let mut permissions = Permissions::default();
    match source {
        Source::Practice => parts.extend(account::practice(context)),
        Source::Aws | Source::Snapshot => {
            let (found, missing) = account::real(context)?;
            parts.extend(found);
            permissions = missing;
        }
    }
    parts.extend(machine::programs()?);
    Ok(Diagnosis {
        schema: 1,
        landfall: env!("CARGO_PKG_VERSION"),
        account: source,
        parts,
        permissions,
    })
}
