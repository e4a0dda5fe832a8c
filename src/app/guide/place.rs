//! Where in the progress a walk is kept. Before there are credentials the account has no number yet, and without a network
//! it cannot be asked for: neither may lose the learner's place.

use crate::account::Source;
use crate::app::context::{Context, now};
use crate::app::failure::Failure;
use crate::guide::walk::Record;
use crate::progress::StackKey;

/// The account number that stands for "not known yet".
const UNKNOWN: &str = "unknown";

/// The last account that was seen in a region; its number is kept so that the place is found again without a network.
fn last_seen(key: &StackKey) -> String {
    format!("guide account {}", key.region)
}

/// The stack whose progress a look belongs to. What was kept before the account was known moves to it as soon as it is.
///
/// # Errors
/// Progress that cannot be read or written.
pub(super) fn of(context: &mut Context, key: StackKey) -> Result<StackKey, Failure> {
    if key.source != Source::Aws {
        return Ok(key);
    }
    if key.account == UNKNOWN {
        return Ok(match context.store.choice(&last_seen(&key))? {
            Some(account) => StackKey { account, ..key },
            None => key,
        });
    }
    context.store.choose(&last_seen(&key), &key.account)?;
    let before = StackKey {
        account: UNKNOWN.to_owned(),
        ..key.clone()
    };
    adopt(context, &before, &key)?;
    Ok(key)
}

/// Moves place, left-out steps and confirmations from one stack to another that has none of its own.
fn adopt(context: &mut Context, from: &StackKey, to: &StackKey) -> Result<(), Failure> {
    let store = &mut context.store;
    let Some(position) = store.position(from)? else {
        return Ok(());
    };
    if store.position(to)?.is_none() {
        store.set_position(to, &position, now())?;
        for (step, at) in store.left_out(from)? {
            store.leave_out(to, &step, at)?;
        }
        for (check, at) in store.attestations(from)? {
            store.attest(to, &check, at)?;
        }
    }
    // Another account that is seen later must not inherit it.
    store.forget(from)?;
    Ok(())
}

/// What is remembered of a stack's walk.
///
/// # Errors
/// Progress that cannot be read.
pub(super) fn record(context: &Context, key: &StackKey) -> Result<Record, Failure> {
    Ok(Record {
        position: context
            .store
            .position(key)?
            .map(|step| step.as_str().to_owned()),
        left_out: context
            .store
            .left_out(key)?
            .into_keys()
            .map(|step| step.as_str().to_owned())
            .collect(),
    })
}
