//! Answers from a file, unattended.

use super::ground::Stacks;
use crate::app::context::{Context, now};
use crate::app::failure::Failure;
use crate::course::{self, Deck, GivenAnswer, GivenWhat, Question, SourceText};
use crate::progress::{
    Confidence, Given, Hearing, Mode, NewAttempt, NewSitting, Posed, Said, SittingId,
};
use crate::quiz::hear::hear;
use crate::quiz::judge::{judge, to_confirm};
use crate::quiz::stack::pose;

/// Reads the file, keeps its answers as a sitting of their own, and adds them up.
///
/// # Errors
/// The file cannot be read, or something in it is not understood; then nothing of it is kept.
pub(super) fn sit(
    context: &mut Context,
    deck: &Deck,
    path: &std::path::Path,
) -> Result<SittingId, Failure> {
    let text = std::fs::read_to_string(path).map_err(|error| {
        Failure::unreadable(format!("{} cannot be read: {error}", path.display()))
    })?;
    let source = SourceText {
        name: path.display().to_string(),
        text,
    };
    let given = course::answers(deck, &source).map_err(|problems| {
        let shown: Vec<String> = problems.iter().map(ToString::to_string).collect();
        Failure::content(shown.join("\n\n")).hint("Mend the file; nothing of it was taken over.")
    })?;
    let stacks = Stacks::of(context)?;
    let wanted = NewSitting {
        mode: Mode::Unattended,
        scope: "file".to_owned(),
        planned: given.iter().map(|answer| answer.question.clone()).collect(),
        seed: 0,
        minutes: None,
    };
    let sitting = context
        .store
        .begin_sitting(deck.id.as_str(), &wanted, now())?
        .id;
    for answer in &given {
        if let Some(question) = deck.item(&answer.question) {
            let posed = pose(question, &stacks.ground());
            keep(context, deck, sitting, question, answer, posed)?;
        }
    }
    context.store.finish_sitting(sitting, now())?;
    Ok(sitting)
}

fn keep(
    context: &mut Context,
    deck: &Deck,
    sitting: SittingId,
    question: &Question,
    answer: &GivenAnswer,
    posed: Option<Posed>,
) -> Result<(), Failure> {
    let hearing = match &answer.what {
        GivenWhat::Text(text) => hear(deck, question, text),
        _ => Hearing::default(),
    };
    let attempt = NewAttempt {
        item: question.id.0.clone(),
        rev: question.rev,
        given: given(&answer.what),
        confidence: answer.sure.as_deref().and_then(Confidence::from_word),
        hinted: false,
        hearing,
        posed,
        share: None,
        seconds: None,
    };
    let id = context.store.answer(sitting, &attempt, now())?;
    let mut confirmed = std::collections::BTreeMap::new();
    for point in to_confirm(
        question,
        &attempt.given,
        attempt.posed.as_ref(),
        &confirmed.clone(),
    ) {
        let said = if answer.said.contains(&point.id) {
            Said::Said
        } else if answer.partly.contains(&point.id) {
            Said::Partly
        } else {
            Said::NotSaid
        };
        context.store.confirm(id, &point.id, said, None, now())?;
        let confirmation = crate::progress::Confirmation {
            said,
            evidence: None,
            at: now(),
        };
        confirmed.insert(point.id, confirmation);
    }
    if let Some(judged) = judge(question, &attempt.given, attempt.posed.as_ref(), &confirmed) {
        context.store.settle(id, judged.share)?;
    }
    Ok(())
}

fn given(what: &GivenWhat) -> Given {
    match what.clone() {
        GivenWhat::NotKnown => Given::NotKnown,
        GivenWhat::Text(text) => Given::Text { text },
        GivenWhat::Picked(options) => Given::Picked { options },
        GivenWhat::Ordered(items) => Given::Ordered { items },
        GivenWhat::Matched(pairs) => Given::Matched { pairs },
        GivenWhat::Filled(blanks) => Given::Filled { blanks },
        GivenWhat::Inspected(lines, why) => Given::Inspected { lines, why },
        GivenWhat::Predicted(value) => Given::Predicted { value },
    }
}
