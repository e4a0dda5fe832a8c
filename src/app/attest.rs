//! `landfall attest`: confirm by hand what no API shows.

use super::context::{Context, now};
use super::evidence;
use super::failure::{Exit, Failure, Outcome};
use crate::account::Area;
use crate::checks::{CheckKind, checks};
use crate::cli::Format;
use std::collections::BTreeSet;

/// Runs the command.
///
/// # Errors
/// A check that is not confirmed by hand.
pub fn run(context: &mut Context, id: &str, undo: bool) -> Outcome {
    let format = context.format("attest", &[Format::Text, Format::Json])?;
    let by_hand: Vec<&str> = checks()
        .filter(|check| check.kind == CheckKind::Attested)
        .map(|check| check.id.as_str())
        .collect();
    let Some(check) = checks().find(|check| check.id.as_str() == id) else {
        return Err(Failure::usage(format!("There is no check `{id}`."))
            .hint(format!("Confirmed by hand: {}.", by_hand.join(", "))));
    };
    if check.kind != CheckKind::Attested {
        return Err(Failure::usage(format!(
            "`{id}` is read from the account; it cannot be confirmed by hand."
        ))
        .hint(format!(
            "Confirmed by hand: {}. To have it checked: landfall verify.",
            by_hand.join(", ")
        )));
    }
    let snapshot = evidence::look(context, &BTreeSet::from([Area::Caller]))?.snapshot;
    let key = super::guide::place::of(context, Context::stack_key(&snapshot))?;
    let done = if undo {
        if context.store.retract(&key, id)? {
            "taken back"
        } else {
            "was not confirmed before"
        }
    } else {
        context.store.attest(&key, id, now())?;
        "confirmed"
    };
    match format {
        Format::Json => {
            let document = serde_json::json!({"schema": 1, "check": id, "attested": !undo, "account": key.account, "region": key.region});
            context.ui.document(&format!("{document:#}\n"));
        }
        _ => context.ui.print(format!(
            "{}: {done} for account {} in {}",
            check.title, key.account, key.region
        )),
    }
    Ok(Exit::Passed)
}
