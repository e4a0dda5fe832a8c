//! How a memory fades and grows: FSRS-6 with its default parameters.
//!
//! The formulas and the 21 numbers are those of <https://github.com/open-spaced-repetition/fsrs4anki/wiki/The-Algorithm>,
//! as the `fsrs` crate 6.6 computes them; `tests/reference` holds this file against that crate. Nobody's parameters are
//! fitted here: on the public benchmark the defaults are nearly as good, and a course has too few reviews to fit to.
//!
//! This file uses nothing of Landfall, so that the reference can include it as it is.

/// Initial stabilities (0-3), difficulty (4-7), growth after a success (8-10, 15, 16), after a lapse (11-14), within a
/// day (17-19), and the decay of the forgetting curve (20).
const W: [f64; 21] = [
    0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796, 1.4835,
    0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
];

const STABILITY: std::ops::RangeInclusive<f64> = 0.001..=36_500.0;
const DIFFICULTY: std::ops::RangeInclusive<f64> = 1.0..=10.0;

/// How well an answer went, for the schedule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grade {
    Again = 1,
    Hard,
    Good,
    Easy,
}

impl Grade {
    /// 1 to 4, as the formulas count.
    fn number(self) -> f64 {
        f64::from(self as u8)
    }
}

/// What is left of a question in a learner's mind.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Memory {
    /// Days until it is recalled with 90 %.
    pub stability: f64,
    /// 1 to 10.
    pub difficulty: f64,
}

impl Memory {
    /// After the first answer.
    pub fn first(grade: Grade) -> Self {
        Memory {
            stability: W[grade as usize - 1],
            difficulty: clamp(first_difficulty(grade.number()), &DIFFICULTY),
        }
    }

    /// After one more answer, so many days later; 0 = on the same day.
    #[must_use]
    pub fn after(self, grade: Grade, days: u32) -> Self {
        let stability = match (days, grade) {
            (0, grade) => self.within_a_day(grade),
            (_, Grade::Again) => self.after_a_lapse(days),
            (_, grade) => self.after_a_success(grade, days),
        };
        Memory {
            stability: clamp(stability, &STABILITY),
            difficulty: clamp(self.next_difficulty(grade), &DIFFICULTY),
        }
    }

    /// The probability, 0 to 1, that it is recalled so many days after the last answer.
    pub fn retrievability(self, days: u32) -> f64 {
        (1.0 + factor() * f64::from(days) / self.stability).powf(-W[20])
    }

    /// Days until the probability has fallen to `retention`.
    pub fn interval(self, retention: f64) -> f64 {
        self.stability / factor() * (retention.powf(-1.0 / W[20]) - 1.0)
    }

    fn after_a_success(self, grade: Grade, days: u32) -> f64 {
        let weight = match grade {
            Grade::Hard => W[15],
            Grade::Easy => W[16],
            Grade::Again | Grade::Good => 1.0,
        };
        let growth = W[8].exp()
            * (11.0 - self.difficulty)
            * self.stability.powf(-W[9])
            * (((1.0 - self.retrievability(days)) * W[10]).exp() - 1.0);
        self.stability * (1.0 + growth * weight)
    }

    fn after_a_lapse(self, days: u32) -> f64 {
        let left = W[11]
            * self.difficulty.powf(-W[12])
            * ((self.stability + 1.0).powf(W[13]) - 1.0)
            * ((1.0 - self.retrievability(days)) * W[14]).exp();
        left.min(self.stability / (W[17] * W[18]).exp())
    }

    fn within_a_day(self, grade: Grade) -> f64 {
        let change = (W[17] * (grade.number() - 3.0 + W[18])).exp() * self.stability.powf(-W[19]);
        self.stability
            * match grade {
                Grade::Again => change,
                // What went well does no harm.
                Grade::Hard | Grade::Good | Grade::Easy => change.max(1.0),
            }
    }

    fn next_difficulty(self, grade: Grade) -> f64 {
        let step = -W[6] * (grade.number() - 3.0);
        let damped = self.difficulty + step * (10.0 - self.difficulty) / 9.0;
        W[7] * (first_difficulty(4.0) - damped) + damped
    }
}

fn first_difficulty(grade: f64) -> f64 {
    W[4] - (W[5] * (grade - 1.0)).exp() + 1.0
}

/// Makes the forgetting curve pass through 90 % after `stability` days.
fn factor() -> f64 {
    0.9_f64.powf(-1.0 / W[20]) - 1.0
}

fn clamp(value: f64, range: &std::ops::RangeInclusive<f64>) -> f64 {
    value.clamp(*range.start(), *range.end())
}
