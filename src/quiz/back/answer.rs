//! One answer, looked back at: what was given, what it came to and through whom, and what to look at now.

use super::calibration::RIGHT_FROM;
use super::points::{PointBack, Tally, points};
use super::share::count;
use super::{given, live};
use crate::course::{Deck, Kind, Level, Question, StepId};
use crate::progress::{Attempt, Confidence, Mode, Notice};
use crate::quiz::judge::{self, Outcome, Part};
use jiff::Timestamp;
use serde::Serialize;

/// One answer.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AnswerBack {
    pub id: String,
    pub prompt: String,
    /// As decks spell it.
    pub kind: &'static str,
    pub level: Level,
    /// A small item that came back for a missed point: practice, no part of the score.
    pub retry: bool,
    /// The question means something else by now; its reasons no longer fit this answer.
    pub changed_since: bool,
    pub attempt: Reached,
    pub review: Review,
    /// In words, as the learner gave it.
    pub given: String,
    pub confidence: Option<Confidence>,
    pub hinted: bool,
    /// 0 to 1 of what counts; `null` where nothing is settled.
    pub share: Option<f64>,
    pub judged_by: JudgedBy,
    /// How the share came about, in words.
    pub came: String,
    /// Of an open question.
    pub tally: Option<Tally>,
    /// Of an open question.
    pub points: Vec<PointBack>,
    /// Known wrong answers that seem to have been meant.
    pub mix_ups: Vec<MixUp>,
    pub notice: Option<Notice>,
    /// The model answer, or the key, in words; `null` where it is not kept.
    pub right: Option<String>,
    /// Every option, gap, pair, item or fault with its reason; of an open question the points say it.
    pub parts: Vec<Part>,
    pub caveat: Option<String>,
    /// The step that teaches it.
    pub lesson: Option<StepId>,
    /// Where an account question's key was read.
    pub evidence: Option<live::Evidence>,
    pub at: Timestamp,
    /// Kept, never scored.
    pub seconds: Option<u32>,
}

/// How far an answer got.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reached {
    /// "I don't know": unattempted, never wrong.
    NotKnown,
    /// Something is left for the learner to confirm.
    Unconfirmed,
    /// An open answer of an exam: a person has to confirm it.
    Provisional,
    Done,
}

/// In which part of the looking back it stands; the first is shown first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Review {
    /// Sure, and not right: mended best when it is looked at at once.
    ConfidentError,
    Missed,
    NotKnown,
    /// Not settled yet.
    Waiting,
    Right,
}

/// Who says what the share is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum JudgedBy {
    /// The key is known.
    Machine,
    /// The learner confirmed each point.
    Learner,
    /// The lines by the machine, the harm by the learner.
    Both,
}

/// A known wrong answer that was heard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MixUp {
    pub say: String,
    pub quote: String,
    /// What the learner said to "did you mean this?"; `null` = not asked.
    pub meant: Option<bool>,
    pub because: Option<String>,
}

impl AnswerBack {
    /// An attempt at an item of this deck; `None` when the deck no longer has it.
    pub fn of(deck: &Deck, attempt: &Attempt) -> Option<Self> {
        let question = deck.item(&attempt.item)?;
        // The points of an open answer stand by themselves, with what was heard of each.
        let judged = if question.rev == attempt.rev && question.open().is_none() {
            judge::judge(
                question,
                &attempt.given,
                attempt.posed.as_ref(),
                &attempt.confirmed,
            )
        } else {
            None
        };
        let parts = judged.map_or_else(Vec::new, |judged| judged.parts);
        Some(Self::with(deck, question, attempt, parts))
    }

    /// The same with the parts as judged.
    pub(super) fn with(
        deck: &Deck,
        question: &Question,
        attempt: &Attempt,
        parts: Vec<Part>,
    ) -> Self {
        let points = points(question, attempt);
        let tally = question.open().map(|_| Tally::of(&points));
        let mix_ups = mix_ups(question, attempt);
        let reached = reached(question, attempt);
        let judged_by = judged_by(question, attempt);
        // What an exam's open answer is worth is not known before a person has said so.
        let share = attempt.share.filter(|_| reached == Reached::Done);
        AnswerBack {
            id: question.id.0.clone(),
            prompt: question.prompt.clone(),
            kind: question.kind.word(),
            level: question.level,
            retry: deck.is_retry(question.id.as_str()),
            changed_since: question.rev != attempt.rev,
            attempt: reached,
            review: review(reached, share, attempt.confidence, &mix_ups),
            given: given::given(question, &attempt.given),
            confidence: attempt.confidence,
            hinted: attempt.hinted,
            share,
            judged_by,
            came: came(question, reached, judged_by, tally.as_ref(), &parts),
            tally,
            points,
            mix_ups,
            notice: attempt.hearing.notice,
            right: given::right(question, attempt.posed.as_ref()),
            parts,
            caveat: question.caveat.clone(),
            lesson: question.lesson.clone(),
            // A page that stands in the deck is nobody's account.
            evidence: attempt
                .posed
                .as_ref()
                .filter(|_| question.asks_of_account())
                .map(live::evidence),
            at: attempt.at,
            seconds: attempt.seconds,
        }
    }

    /// Whether it counts as right.
    pub fn is_right(&self) -> bool {
        self.share.is_some_and(|share| share >= RIGHT_FROM)
    }
}

fn reached(question: &Question, attempt: &Attempt) -> Reached {
    if !attempt.given.is_attempt() {
        Reached::NotKnown
    } else if attempt.mode == Mode::Exam && question.open().is_some() {
        Reached::Provisional
    } else if attempt.share.is_none() {
        Reached::Unconfirmed
    } else {
        Reached::Done
    }
}

fn judged_by(question: &Question, attempt: &Attempt) -> JudgedBy {
    match &question.kind {
        Kind::Open(_) => JudgedBy::Learner,
        Kind::Inspect(_) if !attempt.confirmed.is_empty() => JudgedBy::Both,
        _ => JudgedBy::Machine,
    }
}

fn review(
    reached: Reached,
    share: Option<f64>,
    confidence: Option<Confidence>,
    mix_ups: &[MixUp],
) -> Review {
    let share = match (reached, share) {
        (Reached::NotKnown, _) => return Review::NotKnown,
        (Reached::Done, Some(share)) => share,
        _ => return Review::Waiting,
    };
    let mixed_up = mix_ups.iter().any(|mix_up| mix_up.meant == Some(true));
    match confidence {
        Some(Confidence::Very) if share < 0.5 || mixed_up => Review::ConfidentError,
        Some(Confidence::Fairly) if share < 0.5 => Review::ConfidentError,
        _ if mixed_up || share < RIGHT_FROM => Review::Missed,
        _ => Review::Right,
    }
}

fn came(
    question: &Question,
    reached: Reached,
    by: JudgedBy,
    tally: Option<&Tally>,
    parts: &[Part],
) -> String {
    match (reached, tally) {
        (Reached::NotKnown, _) => "not attempted, so it is no mistake".to_owned(),
        (Reached::Provisional, Some(tally)) => tally.provisional(),
        (Reached::Unconfirmed, Some(tally)) => format!("waits for you: {}", tally.words()),
        (Reached::Unconfirmed, None) => "answered, not confirmed by you yet".to_owned(),
        (_, Some(tally)) => tally.words(),
        (_, None) => judged_words(question, by, parts),
    }
}

fn judged_words(question: &Question, by: JudgedBy, parts: &[Part]) -> String {
    let who = match by {
        JudgedBy::Both => "the lines judged by Landfall, the harm confirmed by you",
        JudgedBy::Machine | JudgedBy::Learner => "judged by Landfall",
    };
    // Of these there is one thing to get right.
    if parts.len() < 2 || matches!(question.kind, Kind::Choice(_) | Kind::Predict(_)) {
        return who.to_owned();
    }
    let well = parts
        .iter()
        .filter(|part| matches!(part.outcome, Outcome::Right | Outcome::LeftAlone))
        .count();
    let all = count(parts.len(), "part", "parts");
    format!("{well} of {all} as they should be, {who}")
}

fn mix_ups(question: &Question, attempt: &Attempt) -> Vec<MixUp> {
    let known = question.open().map_or(&[][..], |open| &open.wrong);
    attempt
        .hearing
        .wrong
        .iter()
        .map(|heard| MixUp {
            say: heard.say.clone(),
            quote: heard.quote.clone(),
            meant: heard.meant,
            because: known
                .iter()
                .find(|wrong| wrong.say == heard.say)
                .map(|wrong| wrong.because.clone()),
        })
        .collect()
}
