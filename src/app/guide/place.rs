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
pub(in crate::app) fn of(context: &mut Context, key: StackKey) -> Result<StackKey, Failure> {
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

/// Moves place, left-out steps and confirmations from one stack to another; what that one has of its own stays.
fn adopt(context: &mut Context, from: &StackKey, to: &StackKey) -> Result<(), Failure> {
    let store = &mut context.store;
    let position = store.position(from)?;
    let confirmed = store.attestations(from)?;
    if position.is_none() && confirmed.is_empty() && store.chosen(from)?.is_empty() {
        return Ok(());
    }
    if let Some(position) = position
        && store.position(to)?.is_none()
    {
        store.set_position(to, &position, now())?;
        for (step, at) in store.left_out(from)? {
            store.leave_out(to, &step, at)?;
        }
    }
    let already = store.attestations(to)?;
    for (check, at) in confirmed {
        if !already.contains_key(&check) {
            store.attest(to, &check, at)?;
        }
    }
    let answered = store.chosen(to)?;
    for (kind, answer) in store.chosen(from)? {
        if !answered.contains_key(&kind) {
            store.choose_one(to, &kind, &answer, now())?;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::Cli;
    use crate::course::StepId;
    use crate::term::Ui;
    use clap::Parser;
    use std::sync::Arc;

    const REGION: &str = "us-east-1";

    fn key(account: &str) -> StackKey {
        StackKey {
            source: Source::Aws,
            account: account.into(),
            region: REGION.into(),
        }
    }

    fn context() -> (tempfile::TempDir, Context) {
        let home = tempfile::tempdir().unwrap();
        let globals = Cli::parse_from(["landfall", "--account", "aws"]).globals;
        let (ui, _) = Ui::captured(80);
        let context = Context::apart(globals, Arc::new(ui), home.path()).unwrap();
        (home, context)
    }

    fn stand(context: &mut Context, account: &str, step: &str) {
        let key = of(context, key(account)).unwrap();
        context
            .store
            .set_position(&key, &StepId::from(step), now())
            .unwrap();
    }

    fn position(context: &mut Context, account: &str) -> Option<String> {
        let key = of(context, key(account)).unwrap();
        record(context, &key).unwrap().position
    }

    #[test]
    fn what_was_done_before_the_account_was_known_is_kept_when_it_is() {
        let (_home, mut context) = context();
        stand(&mut context, UNKNOWN, "root-account.budget");
        let unknown = key(UNKNOWN);
        context
            .store
            .attest(&unknown, "budget.email-read", now())
            .unwrap();
        assert_eq!(
            position(&mut context, "111122223333").as_deref(),
            Some("root-account.budget")
        );
        let confirmed = context.store.attestations(&key("111122223333")).unwrap();
        assert!(confirmed.contains_key("budget.email-read"));
    }

    #[test]
    fn a_second_account_does_not_inherit_what_the_first_one_got() {
        let (_home, mut context) = context();
        stand(&mut context, UNKNOWN, "rds.network");
        position(&mut context, "111122223333");
        assert_eq!(position(&mut context, "444455556666"), None);
    }

    #[test]
    fn without_a_network_the_place_in_the_last_account_is_found_again() {
        let (_home, mut context) = context();
        stand(&mut context, "111122223333", "alb.balancer");
        assert_eq!(
            position(&mut context, UNKNOWN).as_deref(),
            Some("alb.balancer")
        );
    }

    #[test]
    fn an_account_with_a_place_of_its_own_keeps_it() {
        let (_home, mut context) = context();
        let known = key("111122223333");
        context
            .store
            .set_position(&known, &StepId::from("alb.name"), now())
            .unwrap();
        stand(&mut context, UNKNOWN, "root-account.mfa");
        assert_eq!(
            position(&mut context, "111122223333").as_deref(),
            Some("alb.name")
        );
    }
}
