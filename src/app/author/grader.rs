//! The `--grader` part of `landfall author lint`: the rubrics held against their labelled answers.

use crate::course::Course;
use crate::quiz::hear::{Fault, Group, Summary, Tally, Trial, try_question};
use crate::term::layout::{Margin, wrap_text};
use crate::term::verdicts::count;
use crate::term::{Line, Tone};
use serde_json::{Value, json};

/// Narrower than this, a table becomes sentences.
const TABLE: usize = 60;

/// The trials of every open question.
pub struct Grading {
    trials: Vec<Trial>,
    summary: Summary,
}

impl Grading {
    /// Tries every labelled answer of a course.
    pub fn of(course: &Course) -> Self {
        let trials: Vec<Trial> = course
            .decks
            .iter()
            .flat_map(|deck| {
                let questions = deck.questions.iter();
                questions.filter_map(|question| try_question(deck, question))
            })
            .collect();
        Grading {
            summary: Summary::of(&trials),
            trials,
        }
    }

    /// Whether a rubric does what none may do.
    pub fn has_faults(&self) -> bool {
        self.trials.iter().any(|trial| !trial.faults.is_empty())
    }

    /// For a terminal of that width.
    pub fn lines(&self, width: usize) -> Vec<Line> {
        let mut lines = prose(
            "Labelled answers: right = heard and said, flattered = heard and not said, missed = said and not \
             detected, unclear = words found, but not clear.",
            width,
        );
        for trial in &self.trials {
            lines.push(Line::blank());
            lines.push(Line::new(Tone::Heading, &trial.question));
            lines.extend(points(trial, width));
        }
        lines.push(Line::blank());
        lines.push(Line::new(Tone::Heading, "All samples"));
        lines.extend(group("all", &self.summary.all, width));
        for (kind, sums) in &self.summary.kinds {
            lines.extend(group(kind.word(), sums, width));
        }
        lines.push(Line::blank());
        lines.push(Line::new(Tone::Heading, "By origin"));
        for (from, sums) in &self.summary.from {
            lines.extend(group(from, sums, width));
        }
        lines.extend(prose(
            "Phrases are tuned on the samples of authors: these figures show what broke, not how good the grader is.",
            width,
        ));
        lines.push(Line::blank());
        lines.push(Line::new(Tone::Heading, "Known wrong answers"));
        let wrong = self.summary.wrong;
        lines.extend(prose(
            &format!(
                "Noticed in {} of {} that hold one; false alarms in {} of {}.",
                wrong.noticed,
                count(wrong.holding, "sample", "samples"),
                wrong.false_alarms,
                count(wrong.without, "other", "others"),
            ),
            width,
        ));
        lines.push(Line::blank());
        lines.extend(self.faults(width));
        lines
    }

    fn faults(&self, width: usize) -> Vec<Line> {
        let mut lines = Vec::new();
        for trial in &self.trials {
            for fault in &trial.faults {
                let margin = Margin::hanging(Line::new(Tone::Trouble, "error: "));
                let text = sentence(&trial.question, fault);
                lines.extend(wrap_text(&text, Tone::Plain, width, &margin));
            }
        }
        if lines.is_empty() {
            lines = prose(
                "No wrong, negated, stuffed or echoing sample is credited, and every model answer earns its own points.",
                width,
            );
        }
        lines
    }

    /// For programs.
    pub fn json(&self) -> Value {
        let wrong = self.summary.wrong;
        let kinds = self.summary.kinds.iter();
        json!({
            "questions": self.trials.iter().map(question).collect::<Vec<_>>(),
            "all": sums(&self.summary.all),
            "kinds": kinds.map(|(kind, group)| (kind.word().to_owned(), sums(group))).collect::<serde_json::Map<_, _>>(),
            "from": self.summary.from.iter().map(|(from, group)| (from.clone(), sums(group))).collect::<serde_json::Map<_, _>>(),
            "wrong": {
                "holding": wrong.holding,
                "noticed": wrong.noticed,
                "without": wrong.without,
                "false_alarms": wrong.false_alarms,
            },
        })
    }
}

fn prose(text: &str, width: usize) -> Vec<Line> {
    wrap_text(text, Tone::Plain, width, &Margin::default())
}

fn points(trial: &Trial, width: usize) -> Vec<Line> {
    let cells = |tally: &Tally| {
        [
            tally.right,
            tally.flattered,
            tally.missed,
            tally.unclear + tally.doubted,
        ]
    };
    if width < TABLE {
        let points = trial.points.iter().flat_map(|point| {
            let [right, flattered, missed, unclear] = cells(&point.tally);
            let text = format!(
                "{}: {right} right, {flattered} flattered, {missed} missed, {unclear} unclear",
                point.point
            );
            wrap_text(&text, Tone::Plain, width, &hanging())
        });
        return points.collect();
    }
    let name = trial.points.iter().map(|point| point.point.chars().count());
    let name = name.max().unwrap_or(0).max("point".len());
    let mut lines = vec![Line::new(
        Tone::Quiet,
        format!(
            "  {:name$}  {:>5}  {:>9}  {:>6}  {:>7}",
            "point", "right", "flattered", "missed", "unclear"
        ),
    )];
    for point in &trial.points {
        let [right, flattered, missed, unclear] = cells(&point.tally);
        lines.push(Line::from(format!(
            "  {:name$}  {right:>5}  {flattered:>9}  {missed:>6}  {unclear:>7}",
            point.point
        )));
    }
    lines
}

/// Later lines of an entry stand further in.
fn hanging() -> Margin {
    Margin {
        first: Line::from("  "),
        rest: Line::from("    "),
    }
}

fn group(name: &str, group: &Group, width: usize) -> Vec<Line> {
    let tally = group.tally;
    let heard = match (tally.precision(), tally.recall()) {
        (None, None) => "nothing to hear, nothing heard".to_owned(),
        (None, Some(_)) => "nothing heard".to_owned(),
        (Some(precision), None) => format!("precision {}", percent(precision)),
        (Some(precision), Some(recall)) => {
            format!(
                "precision {}, recall {}",
                percent(precision),
                percent(recall)
            )
        }
    };
    let text = format!(
        "{name} ({}): {heard} ({} right, {} flattered, {} missed, {} unclear)",
        count(group.samples, "sample", "samples"),
        tally.right,
        tally.flattered,
        tally.missed,
        tally.unclear + tally.doubted
    );
    wrap_text(&text, Tone::Plain, width, &hanging())
}

/// Rounded down: 100 % means all of them.
fn percent(share: f64) -> String {
    format!("{:.0} %", (share * 100.0).floor())
}

fn sentence(question: &str, fault: &Fault) -> String {
    match fault {
        Fault::Credited {
            sample,
            kind,
            point,
            quote,
        } => format!(
            "{question}, sample {sample} ({}): `{point}` is heard in \"{quote}\", and is not among its hits.",
            kind.word()
        ),
        Fault::ModelLacks { point } => {
            format!("{question}: the model answer does not earn its own point `{point}`.")
        }
    }
}

fn question(trial: &Trial) -> Value {
    json!({
        "question": trial.question,
        "points": trial.points.iter().map(|point| {
            let mut value = tally(point.tally);
            value["point"] = json!(point.point);
            value
        }).collect::<Vec<_>>(),
        "samples": trial.samples.iter().map(|sample| {
            let mut value = tally(sample.tally);
            value["number"] = json!(sample.number);
            value["kind"] = json!(sample.kind.word());
            value["from"] = json!(sample.from);
            value["wrong"] = json!(sample.wrong);
            value
        }).collect::<Vec<_>>(),
        "faults": trial.faults.iter().map(|fault| sentence(&trial.question, fault)).collect::<Vec<_>>(),
    })
}

fn sums(group: &Group) -> Value {
    let mut value = tally(group.tally);
    value["samples"] = json!(group.samples);
    value
}

fn tally(tally: Tally) -> Value {
    json!({
        "right": tally.right,
        "flattered": tally.flattered,
        "missed": tally.missed,
        "unclear_said": tally.unclear,
        "unclear_not_said": tally.doubted,
        "precision": tally.precision(),
        "recall": tally.recall(),
    })
}

#[cfg(test)]
mod tests;
