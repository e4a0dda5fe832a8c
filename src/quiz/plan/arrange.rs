//! In which order the chosen questions are asked.

use super::candidate::Candidate;
use std::collections::BTreeMap;

/// Puts the chosen ones into an order: siblings as far apart as they can be, but no farther than `widest` for it (2 =
/// one other between them); then by their turn; then so that lessons and kinds change; then as they came.
pub(super) fn arrange(mut chosen: Vec<Candidate<'_>>, widest: usize) -> Vec<Candidate<'_>> {
    let mut row = Row::of(&chosen);
    let widest = widest.min(chosen.len());
    let gap = (2..=widest).rev().find(|gap| row.can_be_finished(*gap));
    let mut arranged: Vec<Candidate<'_>> = Vec::with_capacity(chosen.len());
    while !chosen.is_empty() {
        let next = best(&chosen, arranged.last(), |subject| match gap {
            Some(gap) => row.allows(subject, gap),
            None => row.allows_at_least(subject),
        });
        let candidate = chosen.remove(next);
        row.place(candidate.subject());
        arranged.push(candidate);
    }
    arranged
}

/// The place of the best among those that are allowed.
fn best(
    chosen: &[Candidate<'_>],
    before: Option<&Candidate<'_>>,
    allowed: impl Fn(&str) -> bool,
) -> usize {
    let cost = |candidate: &Candidate<'_>| {
        (
            candidate.turn,
            before.is_some_and(|before| before.shares_lesson(candidate)),
            before.is_some_and(|before| before.shares_kind(candidate)),
        )
    };
    let mut places: Vec<usize> = (0..chosen.len()).collect();
    places.sort_by_key(|at| cost(&chosen[*at]));
    // What is allowed takes longer to find out than what is best.
    let mut refused: Vec<&str> = Vec::new();
    for at in places {
        let subject = chosen[at].subject();
        if refused.contains(&subject) {
            continue;
        }
        if allowed(subject) {
            return at;
        }
        refused.push(subject);
    }
    0
}

/// How many of each subject are still to come, and where the last one stood.
#[derive(Debug, Clone)]
struct Row<'a> {
    to_come: BTreeMap<&'a str, usize>,
    last: BTreeMap<&'a str, usize>,
    length: usize,
}

impl<'a> Row<'a> {
    fn of(chosen: &[Candidate<'a>]) -> Self {
        let mut to_come = BTreeMap::new();
        for candidate in chosen {
            *to_come.entry(candidate.subject()).or_default() += 1;
        }
        Row {
            to_come,
            last: BTreeMap::new(),
            length: 0,
        }
    }

    fn place(&mut self, subject: &'a str) {
        if let Some(count) = self.to_come.get_mut(subject) {
            *count -= 1;
            if *count == 0 {
                self.to_come.remove(subject);
            }
        }
        self.last.insert(subject, self.length);
        self.length += 1;
    }

    fn is_rested(&self, subject: &str, gap: usize) -> bool {
        self.last
            .get(subject)
            .is_none_or(|last| self.length - last >= gap)
    }

    /// Whether the rest can be placed with every two siblings at least `gap` apart: tried with the most frequent subject
    /// first.
    fn can_be_finished(&self, gap: usize) -> bool {
        let mut row = self.clone();
        while !row.to_come.is_empty() {
            let next = row
                .to_come
                .iter()
                .filter(|(subject, _)| row.is_rested(subject, gap))
                .max_by_key(|(_, count)| **count)
                .map(|(subject, _)| *subject);
            let Some(subject) = next else {
                return false;
            };
            row.place(subject);
        }
        true
    }

    /// Whether a question of that subject may stand here, with the rest still to be placed.
    fn allows(&self, subject: &str, gap: usize) -> bool {
        let Some((subject, _)) = self.to_come.get_key_value(subject) else {
            return false;
        };
        if !self.is_rested(subject, gap) {
            return false;
        }
        let mut then = self.clone();
        then.place(subject);
        then.can_be_finished(gap)
    }

    /// Where siblings cannot all be kept apart: as few neighbours as can be, so the most frequent subject takes every
    /// second place.
    fn allows_at_least(&self, subject: &str) -> bool {
        let most = self
            .to_come
            .iter()
            .max_by_key(|(_, count)| **count)
            .map(|(subject, _)| *subject);
        let only = self.to_come.len() == 1;
        match most {
            Some(most) if only || self.is_rested(most, 2) => subject == most,
            Some(most) => subject != most,
            None => false,
        }
    }
}
