//! How sure the learner was, against how it came out. Shown back, never deducted.

use crate::progress::{Attempt, Confidence};
use serde::Serialize;

/// An answer counts as right from this share on.
pub const RIGHT_FROM: f64 = 0.8;

/// Fewer answers than these say nothing.
const ENOUGH: usize = 5;

/// Of the answers given with one confidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Band {
    pub right: usize,
    pub of: usize,
}

/// All three bands, and what they mean together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Calibration {
    pub very: Band,
    pub fairly: Band,
    pub not_sure: Band,
    /// `null` while there are too few answers to say.
    pub meaning: Option<Meaning>,
    /// The same as a sentence.
    pub says: Option<&'static str>,
}

/// What the bands mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Meaning {
    OverConfident,
    WellJudged,
    UnderConfident,
    /// Too sure of some, not sure enough of others.
    Mixed,
}

impl Meaning {
    const fn sentence(self) -> &'static str {
        match self {
            Meaning::OverConfident => {
                "You were surer than your answers bear out: where you feel sure, look a second time."
            }
            Meaning::WellJudged => "You judge well how much you know.",
            Meaning::UnderConfident => "You know more than you think: trust your answers more.",
            Meaning::Mixed => {
                "You were too sure of some answers, and knew others better than you thought."
            }
        }
    }
}

impl Calibration {
    /// Of these answers. What has no share yet, and what was not attempted, is not counted.
    pub fn of<'a>(attempts: impl IntoIterator<Item = &'a Attempt>) -> Self {
        let (mut very, mut fairly, mut not_sure) =
            (Band::default(), Band::default(), Band::default());
        for attempt in attempts {
            let (Some(confidence), Some(share)) = (attempt.confidence, attempt.share) else {
                continue;
            };
            if !attempt.given.is_attempt() {
                continue;
            }
            let band = match confidence {
                Confidence::Very => &mut very,
                Confidence::Fairly => &mut fairly,
                Confidence::NotSure => &mut not_sure,
            };
            band.of += 1;
            band.right += usize::from(share >= RIGHT_FROM);
        }
        let meaning = meaning(very, fairly, not_sure);
        Calibration {
            very,
            fairly,
            not_sure,
            meaning,
            says: meaning.map(Meaning::sentence),
        }
    }

    /// The bands with their words, the surest first.
    pub const fn bands(&self) -> [(&'static str, Band); 3] {
        [
            (words(Confidence::Very), self.very),
            (words(Confidence::Fairly), self.fairly),
            (words(Confidence::NotSure), self.not_sure),
        ]
    }

    /// How many answers it is made of.
    pub const fn answers(&self) -> usize {
        self.very.of + self.fairly.of + self.not_sure.of
    }
}

/// As the learner chose it.
pub const fn words(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::Very => "very sure",
        Confidence::Fairly => "fairly sure",
        Confidence::NotSure => "not sure",
    }
}

/// The bands promise something: very sure means right in at least 80 of 100 cases, fairly in 67 to 80, not sure in at
/// most 67. What counts is by how many answers that was missed; less than one whole answer is chance.
fn meaning(very: Band, fairly: Band, not_sure: Band) -> Option<Meaning> {
    let bands = [(very, 0.8, 1.0), (fairly, 0.67, 0.8), (not_sure, 0.0, 0.67)];
    if bands.iter().map(|(band, ..)| band.of).sum::<usize>() < ENOUGH {
        return None;
    }
    let (mut over, mut under) = (0.0, 0.0);
    for (band, low, high) in bands {
        let (right, of) = (band.right as f64, band.of as f64);
        over += (low * of - right).max(0.0);
        under += (right - high * of).max(0.0);
    }
    Some(match (over >= 1.0, under >= 1.0) {
        (true, false) => Meaning::OverConfident,
        (false, true) => Meaning::UnderConfident,
        (true, true) => Meaning::Mixed,
        (false, false) => Meaning::WellJudged,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn band(right: usize, of: usize) -> Band {
        Band { right, of }
    }

    const NONE: Band = band(0, 0);

    #[test]
    fn four_answers_say_nothing_and_five_do() {
        assert_eq!(meaning(band(0, 4), NONE, NONE), None);
        assert_eq!(
            meaning(band(0, 5), NONE, NONE),
            Some(Meaning::OverConfident)
        );
    }

    #[test]
    fn seven_of_nine_very_sure_ones_are_well_judged_and_four_are_not() {
        assert_eq!(meaning(band(7, 9), NONE, NONE), Some(Meaning::WellJudged));
        assert_eq!(
            meaning(band(4, 9), NONE, NONE),
            Some(Meaning::OverConfident)
        );
    }

    #[test]
    fn being_right_without_being_sure_is_knowing_more_than_one_thinks() {
        assert_eq!(
            meaning(NONE, NONE, band(5, 5)),
            Some(Meaning::UnderConfident)
        );
        assert_eq!(meaning(NONE, NONE, band(4, 5)), Some(Meaning::WellJudged));
        assert_eq!(meaning(NONE, NONE, band(0, 5)), Some(Meaning::WellJudged));
    }

    #[test]
    fn too_sure_here_and_not_sure_enough_there_do_not_cancel() {
        assert_eq!(meaning(band(2, 6), NONE, band(6, 6)), Some(Meaning::Mixed));
    }
}
