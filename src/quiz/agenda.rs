//! What a sitting asks one after the other: the planned questions, and the small items that come back for missed points.

use crate::course::{Deck, Question};
use crate::progress::{Attempt, Mode, Said};
use jiff::Timestamp;

#[cfg(test)]
mod tests;

/// So many others are asked before a missed point comes back: else it is only repeated, not recalled.
const OTHERS_BETWEEN: usize = 2;

/// Ids in the order in which they are to be asked. `planned` are the questions of this sitting; `attempts` are those of
/// this sitting, in any order. What the deck does not have any more is left out.
///
/// The order follows from the answers in the order in which they were given, so that one more answer never moves what was
/// answered before, nor puts anything in front of it. An item comes back at most once; for points that count and were "not
/// said", once all points are confirmed; at a learner's practice only, neither in an exam nor from a file of answers.
pub fn agenda(deck: &Deck, planned: &[String], attempts: &[Attempt]) -> Vec<String> {
    let mut agenda = Agenda::default();
    for id in planned {
        if let Some(question) = deck.item(id) {
            agenda.push(id, question);
        }
    }
    for event in events(deck, attempts) {
        match event {
            Event::Answered(question) => agenda.answer(question),
            Event::Settled(question, attempt) => {
                let missed = missed(deck, question, attempt);
                agenda.come_back(question, &missed);
            }
        }
    }
    agenda.entries.into_iter().map(|entry| entry.id).collect()
}

/// The small items for the points that were missed in an attempt, in the order of the points.
fn missed<'a>(deck: &'a Deck, question: &Question, attempt: &Attempt) -> Vec<&'a Question> {
    if attempt.mode != Mode::Practice {
        return Vec::new();
    }
    question
        .points()
        .iter()
        .filter(|point| !point.bonus)
        .filter(|point| {
            attempt
                .confirmed
                .get(&point.id)
                .is_some_and(|confirmation| confirmation.said == Said::NotSaid)
        })
        .filter_map(|point| {
            let id = point.retry.as_deref()?;
            deck.retries.iter().find(|item| item.is_called(id))
        })
        .collect()
}

/// Something that happened in the sitting.
#[derive(Debug)]
enum Event<'a> {
    /// It has an answer.
    Answered(&'a Question),
    /// The answer's points are confirmed.
    Settled(&'a Question, &'a Attempt),
}

/// What happened, in its order. An answer to an earlier revision was to another question.
fn events<'a>(deck: &'a Deck, attempts: &'a [Attempt]) -> Vec<Event<'a>> {
    let mut timed: Vec<(Timestamp, &Attempt, Event<'a>)> = Vec::new();
    for attempt in attempts {
        let Some(question) = deck
            .item(&attempt.item)
            .filter(|question| question.rev == attempt.rev)
        else {
            continue;
        };
        timed.push((attempt.at, attempt, Event::Answered(question)));
        if attempt.share.is_some() {
            let confirmed = attempt.confirmed.values().map(|said| said.at).max();
            let at = confirmed.map_or(attempt.at, |at| at.max(attempt.at));
            timed.push((at, attempt, Event::Settled(question, attempt)));
        }
    }
    // Of one moment, each answer before what follows from it.
    timed.sort_by_key(|(at, attempt, _)| (*at, attempt.id));
    timed.into_iter().map(|(_, _, event)| event).collect()
}

#[derive(Debug, Default)]
struct Agenda<'a> {
    entries: Vec<Entry<'a>>,
}

#[derive(Debug)]
struct Entry<'a> {
    /// As it was planned, which may be an earlier id.
    id: String,
    question: &'a Question,
    progress: Progress,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Progress {
    Waiting,
    Answered,
}

impl<'a> Agenda<'a> {
    fn push(&mut self, id: &str, question: &'a Question) {
        if self.place(question).is_none() {
            let at = self.entries.len();
            self.insert(at, id, question, Progress::Waiting);
        }
    }

    fn insert(&mut self, at: usize, id: &str, question: &'a Question, progress: Progress) {
        let entry = Entry {
            id: id.to_owned(),
            question,
            progress,
        };
        self.entries.insert(at, entry);
    }

    fn place(&self, question: &Question) -> Option<usize> {
        self.entries
            .iter()
            .position(|entry| entry.question.id == question.id)
    }

    /// Behind everything that is answered.
    fn present(&self) -> usize {
        self.entries
            .iter()
            .rposition(|entry| entry.progress == Progress::Answered)
            .map_or(0, |last| last + 1)
    }

    /// Notes an answer. One that was not expected (an item that came back for an answer which was then taken back) has its
    /// place where it was given.
    fn answer(&mut self, question: &'a Question) {
        match self.place(question) {
            Some(at) => self.entries[at].progress = Progress::Answered,
            None => {
                let at = self.present();
                self.insert(at, question.id.as_str(), question, Progress::Answered);
            }
        }
    }

    /// Puts what was missed behind two others that are still to be asked, or at the end.
    fn come_back(&mut self, open: &Question, missed: &[&'a Question]) {
        let mut at = self.place_behind_others(open);
        for item in missed {
            if self.place(item).is_none() {
                self.insert(at, item.id.as_str(), item, Progress::Waiting);
                at += 1;
            }
        }
    }

    fn place_behind_others(&self, open: &Question) -> usize {
        let end = self.entries.len();
        let is_sibling = |at: usize| {
            self.entries
                .get(at)
                .is_some_and(|entry| entry.question.subject() == open.subject())
        };
        let after = self.place(open).map_or(0, |at| at + 1).max(self.present());
        let Some(second) = (after..end)
            .filter(|at| !is_sibling(*at))
            .nth(OTHERS_BETWEEN - 1)
        else {
            return end;
        };
        // Not beside a sibling, if there is another place.
        (second + 1..=end)
            .find(|at| !is_sibling(at - 1) && !is_sibling(*at))
            .unwrap_or(second + 1)
    }
}
