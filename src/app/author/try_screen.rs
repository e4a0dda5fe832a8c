//! What `landfall author try` shows.

use crate::app::context::capitalised;
use crate::course::Question;
use crate::progress::{Heard, Notice, Unclear};
use crate::quiz::hear::{Explained, Near, Said};
use crate::term::layout::{Margin, wrap_text};
use crate::term::{Line, Tone};
use serde_json::{Value, json};

/// Point by point: what was heard, in which words, by which phrase.
pub fn lines(question: &Question, explained: &Explained, width: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    if let Some(notice) = explained.notice {
        let words = capitalised(notice_words(notice));
        lines.extend(wrap_text(&words, Tone::Strong, width, &Margin::default()));
        lines.push(Line::blank());
    }
    for point in &explained.points {
        let (word, tone) = match &point.said {
            Said::Detected {
                heard: Heard::Heard { .. },
                ..
            } => ("heard", Tone::Strong),
            Said::Detected { .. } => ("unclear", Tone::Strong),
            Said::NotDetected { .. } => ("not detected", Tone::Quiet),
        };
        lines.push(Line::new(tone, format!("{word}: ")).and(Tone::Plain, &point.id));
        let says = question.points().iter().find(|of| of.id == point.id);
        if let Some(says) = says {
            lines.extend(text(&says.says, Tone::Quiet, width));
        }
        match &point.said {
            Said::Detected { phrase, heard } => lines.extend(detected(phrase, heard, width)),
            Said::NotDetected { nearest } => lines.extend(near(nearest.as_ref(), width)),
        }
    }
    for wrong in &explained.wrong {
        lines.push(Line::blank());
        lines.push(Line::new(Tone::Strong, "known wrong answer:"));
        lines.extend(text(&wrong.say, Tone::Quiet, width));
        lines.extend(entry(
            &format!("\"{}\"", wrong.quote),
            Tone::Plain,
            "words: ",
            width,
        ));
        lines.extend(entry(&wrong.phrase, Tone::Code, "phrase: ", width));
    }
    lines
}

fn detected(phrase: &str, heard: &Heard, width: usize) -> Vec<Line> {
    let (quote, why) = match heard {
        Heard::Heard { quote } => (quote, None),
        Heard::Unclear { quote, why } => (quote, Some(*why)),
    };
    let mut lines = entry(&format!("\"{quote}\""), Tone::Plain, "words: ", width);
    if let Some(why) = why {
        lines.extend(entry(unclear_words(why), Tone::Plain, "why: ", width));
    }
    lines.extend(entry(phrase, Tone::Code, "phrase: ", width));
    lines
}

fn near(nearest: Option<&Near>, width: usize) -> Vec<Line> {
    let Some(near) = nearest else {
        return text("no word of any phrase is there", Tone::Plain, width);
    };
    let mut lines = entry(&near.phrase, Tone::Code, "nearest: ", width);
    if near.lacks.is_empty() {
        let all = "nothing, but the words are too far apart, in another order, or part of a known wrong answer";
        lines.extend(entry(all, Tone::Plain, "lacks: ", width));
    } else {
        let lacks = near.lacks.join(", ");
        lines.extend(entry(&lacks, Tone::Code, "lacks: ", width));
    }
    lines
}

fn text(words: &str, tone: Tone, width: usize) -> Vec<Line> {
    wrap_text(words, tone, width, &Margin::spaces(2))
}

fn entry(text: &str, tone: Tone, label: &str, width: usize) -> Vec<Line> {
    let margin = Margin {
        first: Line::from("  ").and(Tone::Quiet, label),
        rest: Line::from("    "),
    };
    wrap_text(text, tone, width, &margin)
}

/// Why words that match are no "heard".
const fn unclear_words(why: Unclear) -> &'static str {
    match why {
        Unclear::Negated => "a \"not\", \"without\" or \"yourself\" reaches these words",
        Unclear::FarApart => "the words stand far apart",
        Unclear::ListLike => "key words in a row, without a sentence around them",
        Unclear::Echo => "the words stand in the question itself",
    }
}

/// Something about the answer as a whole.
const fn notice_words(notice: Notice) -> &'static str {
    match notice {
        Notice::Stuffed => "key words in a row: nothing in it counts as heard",
        Notice::Echo => "this gives the question back: its own words count for nothing",
        Notice::CopiedModel => {
            "words of the model answer in long runs: labelled as copied, heard all the same"
        }
    }
}

/// For programs.
pub fn json(question: &Question, explained: &Explained) -> Value {
    let points = explained.points.iter().map(|point| match &point.said {
        Said::Detected { phrase, heard } => {
            let mut value = json!(heard);
            value["point"] = json!(point.id);
            value["phrase"] = json!(phrase);
            value
        }
        Said::NotDetected { nearest } => json!({
            "point": point.id,
            "said": "not_detected",
            "nearest": nearest.as_ref().map(|near| json!({"phrase": near.phrase, "lacks": near.lacks})),
        }),
    });
    let wrong = explained.wrong.iter();
    json!({
        "schema": 1,
        "question": question.id.as_str(),
        "notice": explained.notice,
        "points": points.collect::<Vec<_>>(),
        "wrong": wrong.map(|wrong| json!({"say": wrong.say, "quote": wrong.quote, "phrase": wrong.phrase})).collect::<Vec<_>>(),
    })
}
