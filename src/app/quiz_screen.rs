//! What the quiz shows.

use crate::quiz::{Attempt, DeckResult};
use crate::term::layout::{self, Margin};
use crate::term::verdicts::count;
use crate::term::{Line, Span, Tone};

/// The whole sitting: result first, then what to look at again.
pub fn result(result: &DeckResult, width: usize) -> Vec<Line> {
    let mut lines = vec![Line::blank(), Line::new(Tone::Heading, &result.title)];
    for (question, number) in result.questions.iter().zip(1..) {
        let points = question.points.iter().filter(|point| !point.bonus).count();
        let said = question
            .points
            .iter()
            .filter(|point| !point.bonus && point.said == Some("said"))
            .count();
        let partly = question
            .points
            .iter()
            .filter(|point| !point.bonus && point.said == Some("partly"))
            .count();
        let words = match question.attempt {
            Attempt::Open => "not asked yet".to_owned(),
            Attempt::NotKnown => "you did not know it yet".to_owned(),
            Attempt::Unconfirmed => "answered, points not confirmed yet".to_owned(),
            Attempt::Done if partly > 0 => format!(
                "{said} of {} confirmed by you, {partly} partly",
                count(points, "point", "points")
            ),
            Attempt::Done => format!(
                "{said} of {} confirmed by you",
                count(points, "point", "points")
            ),
        };
        let margin = Margin::hanging(Line::new(Tone::Quiet, format!("{number:>3}. ")));
        let spans = [
            Span::new(Tone::Plain, &question.prompt),
            Span::new(Tone::Quiet, format!(" - {words}")),
        ];
        lines.extend(layout::wrap(&spans, width, &margin));
    }
    if let Some(share) = result.share {
        lines.push(Line::blank());
        let percent = (share * 100.0).round();
        lines.push(Line::new(
            Tone::Strong,
            format!("{percent} % of the key points, as you confirmed them."),
        ));
    }
    let review: Vec<_> = result.review().collect();
    if !review.is_empty() {
        lines.push(Line::blank());
        lines.push(Line::new(Tone::Heading, "To look at again"));
        for (question, missed) in review {
            lines.extend(prose(&question.prompt, Tone::Strong, width));
            for point in missed {
                let step = point
                    .step
                    .as_ref()
                    .map_or(String::new(), |step| format!(" ({step})"));
                let spans = [
                    Span::new(Tone::Plain, &point.says),
                    Span::new(Tone::Quiet, step),
                ];
                lines.extend(layout::wrap(
                    &spans,
                    width,
                    &Margin::hanging(Line::new(Tone::Quiet, "  - ")),
                ));
            }
        }
        lines.push(Line::new(
            Tone::Quiet,
            "The step in brackets teaches it: landfall guide STEP",
        ));
    }
    lines
}

fn prose(text: &str, tone: Tone, width: usize) -> Vec<Line> {
    text.split("\n\n")
        .enumerate()
        .flat_map(|(at, paragraph)| {
            let blank = (at > 0).then(Line::blank);
            blank.into_iter().chain(layout::wrap_text(
                paragraph,
                tone,
                width,
                &Margin::spaces(0),
            ))
        })
        .collect()
}
