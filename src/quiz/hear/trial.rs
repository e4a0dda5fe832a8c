//! A rubric held against its labelled answers.

use super::ear::Ear;
use crate::course::{Deck, Question, SampleKind};
use crate::progress::{Heard, Hearing};

/// How often a machine agreed with a person.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Heard, and said.
    pub right: usize,
    /// Heard, and not said: this flatters.
    pub flattered: usize,
    /// Said, and not detected.
    pub missed: usize,
    /// Said, and unclear.
    pub unclear: usize,
    /// Not said, and unclear.
    pub doubted: usize,
}

impl Tally {
    /// Of what was heard, the share that was said; `None` when nothing was heard.
    pub fn precision(&self) -> Option<f64> {
        share(self.right, self.right + self.flattered)
    }

    /// Of what was said, the share that was heard.
    pub fn recall(&self) -> Option<f64> {
        share(self.right, self.right + self.missed + self.unclear)
    }

    /// Both together.
    #[must_use]
    pub fn plus(self, other: Tally) -> Tally {
        Tally {
            right: self.right + other.right,
            flattered: self.flattered + other.flattered,
            missed: self.missed + other.missed,
            unclear: self.unclear + other.unclear,
            doubted: self.doubted + other.doubted,
        }
    }

    fn count(&mut self, said: bool, heard: Option<&Heard>) {
        match (heard, said) {
            (Some(Heard::Heard { .. }), true) => self.right += 1,
            (Some(Heard::Heard { .. }), false) => self.flattered += 1,
            (Some(Heard::Unclear { .. }), true) => self.unclear += 1,
            (Some(Heard::Unclear { .. }), false) => self.doubted += 1,
            (None, true) => self.missed += 1,
            (None, false) => {}
        }
    }
}

fn share(part: usize, whole: usize) -> Option<f64> {
    #[expect(clippy::cast_precision_loss, reason = "counts of samples are small")]
    (whole > 0).then(|| part as f64 / whole as f64)
}

/// One question's trial.
#[derive(Debug, Clone, PartialEq)]
pub struct Trial {
    pub question: String,
    /// In the order of the question.
    pub points: Vec<PointTally>,
    /// In the order of the deck.
    pub samples: Vec<SampleResult>,
    pub faults: Vec<Fault>,
}

/// One point over all samples of its question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PointTally {
    pub point: String,
    pub tally: Tally,
}

/// One labelled answer.
#[derive(Debug, Clone, PartialEq)]
pub struct SampleResult {
    /// From 1, among the question's samples.
    pub number: usize,
    pub kind: SampleKind,
    pub from: String,
    pub tally: Tally,
    /// The known wrong answers that were heard.
    pub wrong: Vec<String>,
}

impl SampleResult {
    /// Whether a known wrong answer was heard in a sample that holds none.
    pub fn is_false_alarm(&self) -> bool {
        self.kind != SampleKind::Wrong && !self.wrong.is_empty()
    }
}

/// What a rubric may not do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// A wrong, negated, stuffed or echoing sample was credited with a point that nobody would credit.
    Credited {
        sample: usize,
        kind: SampleKind,
        point: String,
        quote: String,
    },
    /// The model answer does not earn its own point.
    ModelLacks { point: String },
}

/// Holds one question's rubric against its samples and its model answer. `None` = it is no open question.
pub fn try_question(deck: &Deck, question: &Question) -> Option<Trial> {
    let open = question.open()?;
    let ear = Ear::of(deck, question);
    let mut points: Vec<PointTally> = open
        .points
        .iter()
        .map(|point| PointTally {
            point: point.id.clone(),
            tally: Tally::default(),
        })
        .collect();
    let mut samples = Vec::new();
    let mut faults = Vec::new();
    let model = ear.hear(&open.model);
    for point in &open.points {
        if !matches!(model.points.get(&point.id), Some(Heard::Heard { .. })) {
            faults.push(Fault::ModelLacks {
                point: point.id.clone(),
            });
        }
    }
    for (sample, number) in open.samples.iter().zip(1..) {
        let hearing = ear.hear(&sample.text);
        let mut tally = Tally::default();
        for point in &mut points {
            let said = sample.hit.contains(&point.point);
            let heard = hearing.points.get(&point.point);
            tally.count(said, heard);
            point.tally.count(said, heard);
            if let Some(Heard::Heard { quote }) = heard
                && !said
                && is_negative(sample.kind)
            {
                faults.push(Fault::Credited {
                    sample: number,
                    kind: sample.kind,
                    point: point.point.clone(),
                    quote: quote.clone(),
                });
            }
        }
        samples.push(SampleResult {
            number,
            kind: sample.kind,
            from: sample.from.clone(),
            tally,
            wrong: said_wrong(&hearing),
        });
    }
    Some(Trial {
        question: question.id.0.clone(),
        points,
        samples,
        faults,
    })
}

fn said_wrong(hearing: &Hearing) -> Vec<String> {
    hearing
        .wrong
        .iter()
        .map(|wrong| wrong.say.clone())
        .collect()
}

const fn is_negative(kind: SampleKind) -> bool {
    matches!(
        kind,
        SampleKind::Wrong | SampleKind::Negated | SampleKind::Stuffed | SampleKind::Echo
    )
}
