//! `landfall author try`: what the grader hears in an answer, and why.

use crate::app::context::Context;
use crate::app::failure::{Failure, Outcome};

/// Grades one answer.
///
/// # Errors
/// Unknown question, no answer.
pub fn run(_context: &Context, _question: &str, _answer: Option<&str>) -> Outcome {
    Err(Failure::usage("not yet"))
}
