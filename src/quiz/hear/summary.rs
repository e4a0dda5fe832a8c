//! What the trials of several questions come to.

use super::trial::{Tally, Trial};
use crate::course::SampleKind;
use std::collections::BTreeMap;

/// Sums over samples.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Summary {
    pub all: Group,
    pub kinds: BTreeMap<SampleKind, Group>,
    /// By where samples come from: those of an author were used for tuning.
    pub from: BTreeMap<String, Group>,
    pub wrong: WrongSummary,
}

/// Some samples.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Group {
    pub samples: usize,
    pub tally: Tally,
}

/// How known wrong answers were noticed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct WrongSummary {
    /// Samples labelled `wrong`, and those of them in which one was heard.
    pub holding: usize,
    pub noticed: usize,
    /// All other samples, and those of them in which one was heard all the same.
    pub without: usize,
    pub false_alarms: usize,
}

impl Summary {
    /// Of trials.
    pub fn of<'a>(trials: impl IntoIterator<Item = &'a Trial>) -> Self {
        let mut summary = Summary::default();
        for sample in trials.into_iter().flat_map(|trial| &trial.samples) {
            let from = summary.from.entry(sample.from.clone()).or_default();
            from.add(sample.tally);
            summary
                .kinds
                .entry(sample.kind)
                .or_default()
                .add(sample.tally);
            summary.all.add(sample.tally);
            let wrong = &mut summary.wrong;
            if sample.kind == SampleKind::Wrong {
                wrong.holding += 1;
                wrong.noticed += usize::from(!sample.wrong.is_empty());
            } else {
                wrong.without += 1;
                wrong.false_alarms += usize::from(sample.is_false_alarm());
            }
        }
        summary
    }
}

impl Group {
    fn add(&mut self, tally: Tally) {
        self.samples += 1;
        self.tally = self.tally.plus(tally);
    }
}
