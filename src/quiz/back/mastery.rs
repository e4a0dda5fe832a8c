//! Mastered, due, learning, new: counted, and how mastery is computed.

use super::deck::QuestionBack;
use super::share::percent;
use crate::course::{Mastery, Pattern, PatternId};
use crate::quiz::schedule::State;
use serde::Serialize;

/// How many questions stand where; each is in one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Counts {
    pub mastered: usize,
    pub due: usize,
    pub learning: usize,
    pub new: usize,
}

impl Counts {
    /// Counts these.
    pub fn of(states: impl IntoIterator<Item = State>) -> Self {
        let mut counts = Counts::default();
        for state in states {
            *match state {
                State::New => &mut counts.new,
                State::Learning => &mut counts.learning,
                State::Due => &mut counts.due,
                State::Mastered => &mut counts.mastered,
            } += 1;
        }
        counts
    }

    /// All of them.
    pub const fn sum(self) -> usize {
        self.mastered + self.due + self.learning + self.new
    }

    /// Each with its word.
    pub const fn named(self) -> [(&'static str, usize); 4] {
        [
            ("mastered", self.mastered),
            ("due", self.due),
            ("learning", self.learning),
            ("new", self.new),
        ]
    }
}

/// One of the patterns to take forward.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PatternBack {
    /// `null` = questions that belong to no pattern.
    pub id: Option<PatternId>,
    pub title: String,
    pub counts: Counts,
}

pub(super) fn patterns(patterns: &[Pattern], questions: &[QuestionBack]) -> Vec<PatternBack> {
    let count = |wanted: &dyn Fn(Option<&PatternId>) -> bool| {
        Counts::of(
            questions
                .iter()
                .filter(|question| wanted(question.pattern.as_ref()))
                .map(|question| question.state),
        )
    };
    let mut rows: Vec<PatternBack> = patterns
        .iter()
        .map(|pattern| PatternBack {
            id: Some(pattern.id.clone()),
            title: pattern.title.clone(),
            counts: count(&|id| id == Some(&pattern.id)),
        })
        .collect();
    let others = count(&|id| id.is_none_or(|id| !patterns.iter().any(|one| one.id == *id)));
    if others.sum() > 0 {
        rows.push(PatternBack {
            id: None,
            title: "Questions of no single pattern".to_owned(),
            counts: others,
        });
    }
    rows
}

/// `Mastered means 80 % or more on three different days, once without the hint, and no known mix-up left open; what is
/// overdue counts as due until it is answered again.`
pub fn mastered_means(mastery: Mastery) -> String {
    format!(
        "Mastered means {} or more on {}, once without the hint, and no known mix-up left open; \
         what is overdue counts as due until it is answered again.",
        percent(mastery.share),
        days(mastery.days)
    )
}

fn days(number: u32) -> String {
    const WORDS: [&str; 10] = [
        "one day", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    ];
    match usize::try_from(number)
        .ok()
        .filter(|number| *number <= WORDS.len())
    {
        Some(0 | 1) => WORDS[0].to_owned(),
        Some(number) => format!("{} different days", WORDS[number - 1]),
        None => format!("{number} different days"),
    }
}
