//! Item analysis of the quiz: first attempts of each learner, per question and per key point.

use serde::Serialize;

/// One deck.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ClassQuiz {
    pub deck: String,
    pub title: String,
    /// Learners who answered anything of it.
    pub learners: usize,
    /// Fewer than [`ENOUGH`] learners: counts and intervals alone.
    pub counts_only: bool,
    pub questions: Vec<QuestionItem>,
}

/// Under so many learners neither facility nor discrimination is told.
pub const ENOUGH: usize = 30;

/// One question.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct QuestionItem {
    pub question: String,
    pub kind: &'static str,
    /// First attempts whose share is known.
    pub n: usize,
    pub not_known: usize,
    /// Those of at least 0.8.
    pub right: usize,
    /// A 95 % interval (Wilson) of the share that is right, 0 to 1; `None` when `n` is 0.
    pub interval: Option<(f64, f64)>,
    /// The mean share; `None` while counts only.
    pub facility: Option<f64>,
    /// Correlation of the item with the rest of the score; `None` while counts only, or where it is not defined.
    pub discrimination: Option<f64>,
    /// Sure or fairly sure, and wrong.
    pub confident_errors: usize,
    pub most_chosen_wrong: Option<(String, usize)>,
    pub median_seconds: Option<f64>,
    /// Judged points, and those of which the learner decided against the grader.
    pub judged: usize,
    pub overridden: usize,
    pub points: Vec<PointItem>,
}

/// One key point.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PointItem {
    pub point: String,
    pub n: usize,
    pub said: usize,
    pub partly: usize,
    pub not_said: usize,
    pub facility: Option<f64>,
}
