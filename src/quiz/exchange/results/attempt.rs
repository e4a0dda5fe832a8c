//! The record of one answer.

use crate::course::Deck;
use crate::progress::{Attempt, Given, Heard, Unclear};
use crate::quiz::exchange::text::one_line;
use serde::Serialize;
use std::collections::BTreeMap;

/// One answer, without the learner's words.
#[derive(Debug, Serialize)]
pub(super) struct AttemptRow {
    pub deck: String,
    pub question: String,
    pub rev: u32,
    /// `open`, `choice`, ...; empty when the deck has no such question any more.
    pub kind: &'static str,
    pub mode: &'static str,
    /// When it was given: `2026-11-20T09:30:00Z`.
    pub at: String,
    /// Whether it was attempted at all; "I don't know" is no attempt.
    pub attempted: bool,
    pub confidence: Option<&'static str>,
    pub hinted: bool,
    /// 0 to 1; none while something has to be confirmed.
    pub share: Option<f64>,
    /// By the point's id: `heard`, `unclear: negated`, `not detected`. Only of open answers.
    pub heard: BTreeMap<String, String>,
    /// By the point's or fault's id: `said`, `partly`, `not-said`.
    pub confirmed: BTreeMap<String, &'static str>,
    pub seconds: Option<u32>,
}

impl AttemptRow {
    pub(super) fn of(deck: &Deck, attempt: &Attempt) -> Self {
        let question = deck.item(&attempt.item);
        let mut heard = BTreeMap::new();
        if let (Some(question), Given::Text { .. }) = (question, &attempt.given) {
            for point in question.points() {
                let word = match attempt.hearing.points.get(&point.id) {
                    None => "not detected".to_owned(),
                    Some(heard) => word(heard),
                };
                heard.insert(one_line(&point.id), word);
            }
        }
        AttemptRow {
            deck: one_line(deck.id.as_str()),
            question: one_line(&attempt.item),
            rev: attempt.rev,
            kind: question.map_or("", |question| question.kind.word()),
            mode: attempt.mode.word(),
            at: attempt.at.to_string(),
            attempted: attempt.given.is_attempt(),
            confidence: attempt.confidence.map(|confidence| confidence.word()),
            hinted: attempt.hinted,
            share: attempt.share,
            heard,
            confirmed: attempt
                .confirmed
                .iter()
                .map(|(point, confirmation)| (one_line(point), confirmation.said.word()))
                .collect(),
            seconds: attempt.seconds,
        }
    }
}

fn word(heard: &Heard) -> String {
    match heard {
        Heard::Heard { .. } => "heard".to_owned(),
        Heard::Unclear { why, .. } => {
            let why = match why {
                Unclear::Negated => "negated",
                Unclear::FarApart => "far apart",
                Unclear::ListLike => "list-like",
                Unclear::Echo => "echo",
            };
            format!("unclear: {why}")
        }
    }
}
