//! One answer to one question, and everything that was said of it: the record that schedules, results and looking back
//! are folded from.

use super::sitting::{Said, SittingId};
use crate::account::Source;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The row of an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct AttemptId(pub(super) i64);

impl AttemptId {
    /// For values that do not come from the database (tests).
    pub const fn numbered(number: i64) -> Self {
        AttemptId(number)
    }
}

/// One answer in one sitting. An attempt that was undone is not among those that are read.
#[derive(Debug, Clone, PartialEq)]
pub struct Attempt {
    pub id: AttemptId,
    pub sitting: SittingId,
    /// In what kind of sitting.
    pub mode: Mode,
    /// The question's id, or the retry item's, as it was then.
    pub item: String,
    pub rev: u32,
    pub given: Given,
    /// How sure the learner was, before anything was revealed; `None` = not asked, or not said yet.
    pub confidence: Option<Confidence>,
    /// Whether the hint was looked at.
    pub hinted: bool,
    /// What the grader made of an open answer when it was given.
    pub hearing: Hearing,
    /// What the learner said of each key point (open), or of each fault's harm (inspect); by its id.
    pub confirmed: BTreeMap<String, Confirmation>,
    /// What an account question asked, as it was shown.
    pub posed: Option<Posed>,
    /// 0 to 1 of what counts; `None` until everything that has to be confirmed is.
    pub share: Option<f64>,
    pub at: Timestamp,
    /// From the question's appearance to the answer; kept, never scored. `None` = not known.
    pub seconds: Option<u32>,
}

/// How a sitting is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// Feedback after each question.
    Practice,
    /// None until the end; open answers stay provisional.
    Exam,
    /// From a file of answers.
    Unattended,
}

impl Mode {
    /// As kept.
    pub const fn word(self) -> &'static str {
        match self {
            Mode::Practice => "practice",
            Mode::Exam => "exam",
            Mode::Unattended => "unattended",
        }
    }
}

/// What the learner gave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Given {
    /// "I don't know": unattempted, never wrong.
    NotKnown,
    /// Open: own words.
    Text { text: String },
    /// Choice, multi: ids of options.
    Picked { options: Vec<String> },
    /// Order: ids of items, first to last. What was left out is not in it.
    Ordered { items: Vec<String> },
    /// Match: by the left-hand side, the right-hand side chosen.
    Matched { pairs: BTreeMap<String, String> },
    /// Cloze: by the blank's id, what was typed.
    Filled { blanks: BTreeMap<String, String> },
    /// Inspect: numbers of lines, from 1, and the harm in the learner's words.
    Inspected { lines: Vec<usize>, why: String },
    /// Predict: what was typed or chosen.
    Predicted { value: String },
}

impl Given {
    /// Whether the question was attempted at all.
    pub fn is_attempt(&self) -> bool {
        *self != Given::NotKnown
    }
}

/// How sure the learner was: the three bands of certainty-based marking. Shown back as calibration, never deducted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// Below 67 %.
    NotSure,
    Fairly,
    /// Above 80 %.
    Very,
}

impl Confidence {
    /// Every one, from the least on.
    pub const ALL: [Confidence; 3] = [Confidence::NotSure, Confidence::Fairly, Confidence::Very];

    /// As kept and as JSON spells it.
    pub const fn word(self) -> &'static str {
        match self {
            Confidence::NotSure => "not_sure",
            Confidence::Fairly => "fairly",
            Confidence::Very => "very",
        }
    }

    /// The one that is spelled so.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.word() == word)
    }
}

/// What the grader made of an open answer. Suggestions: the learner decides.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Hearing {
    /// By the point's id. Points that are not in it were not detected, which says nothing.
    pub points: BTreeMap<String, Heard>,
    /// Known wrong answers that seem to have been meant.
    pub wrong: Vec<HeardWrong>,
    /// Something about the answer as a whole.
    pub notice: Option<Notice>,
}

/// What was detected of one point.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "said", rename_all = "snake_case")]
pub enum Heard {
    /// These words say it.
    Heard { quote: String },
    /// These words may say it, and this is why nobody can be sure.
    Unclear { quote: String, why: Unclear },
}

/// Why words that match a point are no "heard".
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unclear {
    /// There is a "not" about it.
    Negated,
    /// The words stand far apart.
    FarApart,
    /// A row of key words without a sentence around it.
    ListLike,
    /// The words stand in the question itself.
    Echo,
}

/// A known wrong answer that seems to have been meant; asked as a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeardWrong {
    /// As the deck says it.
    pub say: String,
    pub quote: String,
    /// What the learner answered to "did you mean this?"; `None` = not asked yet.
    #[serde(default)]
    pub meant: Option<bool>,
}

/// Something about the answer as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Notice {
    /// Key words in a row: nothing in it counts as heard.
    Stuffed,
    /// The question given back.
    Echo,
    /// Runs of words of the model answer: labelled, not punished.
    CopiedModel,
}

/// What the learner said of a point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confirmation {
    pub said: Said,
    /// The sentence of the answer that says it, when the learner pointed at one that the grader had not heard.
    pub evidence: Option<String>,
    pub at: Timestamp,
}

/// What an account question asked, as it was shown. Names, numbers, yes and no; never a value of a variable, never an
/// account's number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Posed {
    /// Whose stack it was.
    pub source: Source,
    /// The look that it was taken from.
    pub looked_at: Timestamp,
    /// Why it is not the learner's own, when it is not; a sentence.
    #[serde(default)]
    pub instead: Option<String>,
    #[serde(flatten)]
    pub what: PosedWhat,
}

/// The two kinds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "posed", rename_all = "snake_case")]
pub enum PosedWhat {
    Inspect(Pages),
    Predict(Foretold),
}

/// Something to look through, line by line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pages {
    /// "Your task definition news-api-task:3".
    pub title: String,
    pub lines: Vec<String>,
    pub faults: Vec<PlacedFault>,
    /// Looks suspicious and is right: line numbers and why.
    #[serde(default)]
    pub decoys: Vec<(usize, String)>,
}

/// Where a fault stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlacedFault {
    /// The id of the deck's `fault`.
    pub id: String,
    /// Line numbers from 1; any of them finds it.
    pub lines: Vec<usize>,
    /// The line as it was before.
    pub was: String,
}

/// A value that was to be foretold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Foretold {
    /// "news-api-db keeps backups for ... days".
    pub of: String,
    pub value: ForetoldValue,
    /// Where it was read: `rds:DescribeDBInstances, news-api-db, BackupRetentionPeriod = 1`.
    pub evidence: String,
}

/// What can be foretold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ForetoldValue {
    Number {
        value: i64,
    },
    /// One of these words.
    Word {
        value: String,
        of: Vec<String>,
    },
}
