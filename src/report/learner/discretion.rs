//! The account's number, shortened wherever it stands.

use super::AccountNumber;
use crate::account::{Snapshot, Source};
use crate::checks::Finding;

/// Keeps the account's number out of a report that may be handed on.
pub(super) struct Discretion {
    /// The number, and what stands for it.
    hidden: Option<(String, String)>,
}

impl Discretion {
    pub fn of(snapshot: &Snapshot, number: AccountNumber) -> Self {
        let hidden = snapshot
            .account()
            // The practice account's number is nobody's.
            .filter(|_| number == AccountNumber::Shortened && snapshot.source != Source::Practice)
            .map(|account| account.as_str().to_owned())
            .filter(|number| number.len() == 12 && number.is_ascii())
            .map(|number| {
                let shown = format!("********{}", &number[8..]);
                (number, shown)
            });
        Discretion { hidden }
    }

    pub const fn hides(&self) -> bool {
        self.hidden.is_some()
    }

    pub fn text(&self, text: &str) -> String {
        match &self.hidden {
            Some((number, shown)) => text.replace(number, shown),
            None => text.to_owned(),
        }
    }

    pub fn finding(&self, finding: &Finding) -> Finding {
        let mut told = finding.clone();
        told.summary = self.text(&told.summary);
        told.advice = told.advice.map(|advice| self.text(&advice));
        for evidence in &mut told.evidence {
            for text in [
                &mut evidence.resource,
                &mut evidence.field,
                &mut evidence.expected,
                &mut evidence.observed,
            ] {
                *text = self.text(text);
            }
        }
        for sentence in &mut told.ruled_out {
            *sentence = self.text(sentence);
        }
        for fix in &mut told.fix {
            fix.say = self.text(&fix.say);
            fix.command = fix.command.as_deref().map(|command| self.text(command));
        }
        told
    }
}
