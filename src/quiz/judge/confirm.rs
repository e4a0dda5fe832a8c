//! What the learner has to say of an answer before it can be judged.

use super::{inspect, open, picks};
use crate::course::{Fault, Kind, Question};
use crate::progress::{Confirmation, Given, Posed};
use serde::Serialize;
use std::collections::BTreeMap;

/// One thing to confirm: "did you say this?"
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ToConfirm {
    /// The point's or the fault's; the key under which the confirmation is kept.
    pub id: String,
    /// What the answer should say: the point, or the harm that a fault does.
    pub says: String,
    /// Of a bonus point, that it is none that is needed; of a harm, the fault that does it.
    pub detail: Option<String>,
}

/// What is still to be confirmed, in the order of the question: the points of an open answer, the harm of each fault when
/// the learner wrote something about it. Empty for all other kinds, and once [`super::judge`] has a result.
pub fn to_confirm(
    question: &Question,
    given: &Given,
    posed: Option<&Posed>,
    confirmed: &BTreeMap<String, Confirmation>,
) -> Vec<ToConfirm> {
    let all: Vec<ToConfirm> = match &question.kind {
        Kind::Open(asked) if !open::is_blank(given) => asked
            .points
            .iter()
            .map(|point| ToConfirm {
                id: point.id.clone(),
                says: point.says.clone(),
                detail: point.bonus.then(|| open::BONUS.to_owned()),
            })
            .collect(),
        Kind::Inspect(asked) if inspect::says_harm(given) => {
            let Some(pages) = picks::pages(asked, posed) else {
                return Vec::new();
            };
            let fault = |id: &str| asked.faults.iter().find(|fault: &&Fault| fault.id == id);
            pages
                .faults
                .iter()
                .filter_map(|placed| fault(&placed.id))
                .map(|fault| ToConfirm {
                    id: fault.id.clone(),
                    says: fault.harm.clone(),
                    detail: Some(fault.says.clone()),
                })
                .collect()
        }
        _ => Vec::new(),
    };
    all.into_iter()
        .filter(|one| !confirmed.contains_key(&one.id))
        .collect()
}
