//! Answers to a deck, without the learner's words.

use crate::progress::{
    Attempt, AttemptId, Confidence, Confirmation, Given, Heard, Hearing, Mode, Said, SittingId,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BundledDeck {
    /// The deck's id.
    pub deck: String,
    /// Oldest first.
    pub attempts: Vec<BundledAttempt>,
}

/// One answer. Texts, quotes and what was typed are empty.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BundledAttempt {
    /// Sittings of the deck, counted from 1.
    pub sitting: i64,
    pub mode: Mode,
    pub item: String,
    pub rev: u32,
    pub given: Given,
    pub confidence: Option<Confidence>,
    pub hinted: bool,
    pub hearing: Hearing,
    pub confirmed: BTreeMap<String, Said>,
    pub share: Option<f64>,
    pub at: Timestamp,
    pub seconds: Option<u32>,
}

impl BundledDeck {
    /// A deck's answers, oldest first, without words. What a question of the account showed is left out too.
    pub fn of(deck: &str, attempts: &[Attempt]) -> Self {
        let mut sittings: Vec<SittingId> = attempts.iter().map(|attempt| attempt.sitting).collect();
        sittings.sort_unstable();
        sittings.dedup();
        let attempts = attempts.iter().map(|attempt| {
            let number = sittings.partition_point(|sitting| *sitting <= attempt.sitting);
            BundledAttempt {
                sitting: i64::try_from(number).unwrap_or(i64::MAX),
                mode: attempt.mode,
                item: attempt.item.clone(),
                rev: attempt.rev,
                given: attempt.given.clone(),
                confidence: attempt.confidence,
                hinted: attempt.hinted,
                hearing: attempt.hearing.clone(),
                confirmed: attempt
                    .confirmed
                    .iter()
                    .map(|(point, confirmation)| (point.clone(), confirmation.said))
                    .collect(),
                share: attempt.share,
                at: attempt.at,
                seconds: attempt.seconds,
            }
            .without_words()
        });
        BundledDeck {
            deck: deck.to_owned(),
            attempts: attempts.collect(),
        }
    }
}

impl BundledAttempt {
    /// The same with every text of the learner's emptied. Which options, which order, which pairs and lines stays.
    pub(super) fn without_words(mut self) -> Self {
        match &mut self.given {
            Given::Text { text } => text.clear(),
            Given::Filled { blanks } => blanks.values_mut().for_each(String::clear),
            Given::Inspected { why, .. } => why.clear(),
            Given::Predicted { value } => value.clear(),
            Given::NotKnown
            | Given::Picked { .. }
            | Given::Ordered { .. }
            | Given::Matched { .. } => {}
        }
        for heard in self.hearing.points.values_mut() {
            match heard {
                Heard::Heard { quote } | Heard::Unclear { quote, .. } => quote.clear(),
            }
        }
        for wrong in &mut self.hearing.wrong {
            wrong.quote.clear();
        }
        self
    }
}

/// As the quiz's own figures take them: ids counted from 1, nothing posed, confirmed when answered.
pub fn attempts_of(deck: &BundledDeck) -> Vec<Attempt> {
    let numbered = (1..).zip(&deck.attempts);
    numbered
        .map(|(number, attempt)| Attempt {
            id: AttemptId::numbered(number),
            sitting: SittingId::numbered(attempt.sitting),
            mode: attempt.mode,
            item: attempt.item.clone(),
            rev: attempt.rev,
            given: attempt.given.clone(),
            confidence: attempt.confidence,
            hinted: attempt.hinted,
            hearing: attempt.hearing.clone(),
            confirmed: attempt
                .confirmed
                .iter()
                .map(|(point, said)| {
                    let confirmation = Confirmation {
                        said: *said,
                        evidence: None,
                        at: attempt.at,
                    };
                    (point.clone(), confirmation)
                })
                .collect(),
            posed: None,
            share: attempt.share,
            at: attempt.at,
            seconds: attempt.seconds,
        })
        .collect()
}
