//! A file of answers for an unattended quiz.

use super::diagnostic::{Diagnostic, SourceText};
use super::question::Deck;
use super::table::Reading;

/// One answer of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenAnswer {
    pub question: String,
    /// `None` = "I don't know".
    pub text: Option<String>,
    /// Ids of the points it makes.
    pub said: Vec<String>,
    /// Ids of the points it makes in part.
    pub partly: Vec<String>,
}

/// Reads `[[answer]]` tables: `question`, `text`, `said`, `partly`. Points in neither list count as not said.
///
/// # Errors
/// Every unknown key, question or point, each with its place.
pub fn answers(deck: &Deck, source: &SourceText) -> Result<Vec<GivenAnswer>, Vec<Diagnostic>> {
    let reading = Reading::of(source);
    let mut table = reading.whole();
    let mut given = Vec::new();
    for mut answer in table.tables("answer") {
        let id = answer.need_text("question");
        let text = answer
            .text("text")
            .map(|text| text.value)
            .filter(|text| !text.trim().is_empty());
        let said = answer.texts("said");
        let partly = answer.texts("partly");
        match deck
            .questions
            .iter()
            .find(|question| question.id.as_str() == id.value)
        {
            None => reading.report(
                source
                    .error(
                        "unknown-question",
                        id.span.clone(),
                        format!("the deck has no question `{}`", id.value),
                    )
                    .did_you_mean(
                        &id.value,
                        deck.questions.iter().map(|question| question.id.as_str()),
                    ),
            ),
            Some(question) => {
                for point in said.iter().chain(&partly) {
                    if !question
                        .points()
                        .iter()
                        .any(|known| known.id == point.value)
                    {
                        reading.report(
                            source
                                .error(
                                    "unknown-point",
                                    point.span.clone(),
                                    format!("`{}` has no point `{}`", id.value, point.value),
                                )
                                .did_you_mean(
                                    &point.value,
                                    question.points().iter().map(|known| known.id.as_str()),
                                ),
                        );
                    }
                }
            }
        }
        answer.finish();
        given.push(GivenAnswer {
            question: id.value,
            text,
            said: said.into_iter().map(|point| point.value).collect(),
            partly: partly.into_iter().map(|point| point.value).collect(),
        });
    }
    if given.is_empty() {
        table.error(
            "no-answers",
            "a file of answers has at least one [[answer]] with question, text, said",
        );
    }
    table.finish();
    let problems = reading.into_problems();
    if problems.is_empty() {
        Ok(given)
    } else {
        Err(problems)
    }
}
