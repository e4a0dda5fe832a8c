//! The course as the rest of Landfall sees it: loaded, linted, plain.

use super::ids::{LessonId, PatternId, StepId};
use super::question::Deck;
use crate::account::Chapter;
use serde::Serialize;

/// A whole course.
#[derive(Debug, Clone, PartialEq)]
pub struct Course {
    pub id: String,
    pub title: String,
    /// The defaults of the chapter's names and numbers.
    pub chapter: Chapter,
    pub patterns: Vec<Pattern>,
    pub lessons: Vec<Lesson>,
    pub decks: Vec<Deck>,
}

/// One of the patterns to take forward; checks say whether it holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Pattern {
    pub id: PatternId,
    pub title: String,
    pub say: String,
    /// Exact check ids, `prefix.*` or `*.suffix`.
    pub checks: Vec<String>,
}

impl Pattern {
    /// Whether a check belongs to this pattern.
    pub fn holds(&self, check: &str) -> bool {
        self.checks.iter().any(|pattern| {
            if let Some(prefix) = pattern.strip_suffix(".*") {
                check
                    .split_once('.')
                    .is_some_and(|(first, _)| first == prefix)
            } else if let Some(suffix) = pattern.strip_prefix("*.") {
                check
                    .split_once('.')
                    .is_some_and(|(_, rest)| rest == suffix)
            } else {
                pattern == check
            }
        })
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct Lesson {
    pub id: LessonId,
    /// Earlier ids.
    pub was: Vec<String>,
    pub title: String,
    pub goal: String,
    pub pattern: Option<PatternId>,
    /// Of the learner's time.
    pub minutes: u32,
    /// How long AWS takes, in words.
    pub waits: Option<String>,
    pub requires: Vec<LessonId>,
    pub cost: Option<Cost>,
    /// Markdown before the first step.
    pub introduction: String,
    pub steps: Vec<Step>,
}

/// What a lesson's resources cost while they run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cost {
    pub say: String,
    /// `2026-11-01`.
    pub checked: String,
    pub source: String,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    pub id: StepId,
    pub was: Vec<String>,
    pub title: String,
    pub minutes: Option<u32>,
    pub optional: bool,
    /// Ids of checks; the loader has made sure that they exist.
    pub checks: Vec<String>,
    /// General, where to look, the exact command.
    pub hints: [String; 3],
    /// The console page, with placeholders.
    pub console: Option<String>,
    /// Markdown, without the step's heading, with placeholders.
    pub text: String,
}

impl Course {
    /// The lesson with that id (or an earlier one of its).
    pub fn lesson(&self, id: &str) -> Option<&Lesson> {
        self.lessons
            .iter()
            .find(|lesson| lesson.id.as_str() == id || lesson.was.iter().any(|was| was == id))
    }

    /// The step with that id (or an earlier one of its), and its lesson.
    pub fn step(&self, id: &str) -> Option<(&Lesson, &Step)> {
        self.steps()
            .find(|(_, step)| step.id.as_str() == id || step.was.iter().any(|was| was == id))
    }

    /// All steps in order, each with its lesson.
    pub fn steps(&self) -> impl Iterator<Item = (&Lesson, &Step)> {
        self.lessons
            .iter()
            .flat_map(|lesson| lesson.steps.iter().map(move |step| (lesson, step)))
    }

    /// The deck with that id.
    pub fn deck(&self, id: &str) -> Option<&Deck> {
        self.decks.iter().find(|deck| deck.id.as_str() == id)
    }
}
