//! Small decks and attempts for tests.

use crate::course::testing::question;
use crate::course::{
    Deck, Kind, Lesson, Mastery, Open, Options, Point, Predict, PredictKey, Question, QuizOption,
    StepId,
};
use crate::progress::{
    Attempt, AttemptId, Confirmation, Given, HeardWrong, Hearing, Mode, Said, SittingId,
};
use jiff::Timestamp;
use std::collections::BTreeMap;

/// A deck of these questions.
pub(crate) fn deck(questions: Vec<Question>) -> Deck {
    Deck {
        id: "small".into(),
        title: "A small deck".to_owned(),
        mastery: Mastery::default(),
        glossary: Vec::new(),
        questions,
        retries: Vec::new(),
    }
}

/// One of two options.
pub(crate) fn choice(id: &str) -> Question {
    let option = |name: &str, right| QuizOption {
        id: name.to_owned(),
        text: name.to_owned(),
        right,
        why: "So it is.".to_owned(),
    };
    let options = Options {
        options: vec![option("this", true), option("that", false)],
        shuffle: true,
        pick: None,
    };
    question(id, Kind::Choice(options))
}

/// A value of an account.
pub(crate) fn predict(id: &str) -> Question {
    let predict = Predict {
        key: PredictKey::BackupDays,
        why: "So it is.".to_owned(),
    };
    question(id, Kind::Predict(predict))
}

/// Free words, with these points; each has the retry item `id.point`.
pub(crate) fn open(id: &str, points: &[&str]) -> Question {
    let point = |name: &&str| Point {
        id: (*name).to_owned(),
        says: format!("Something of {name}."),
        heard: Vec::new(),
        bonus: false,
        weight: 1.0,
        retry: Some(format!("{id}.{name}")),
        step: None,
    };
    let open = Open {
        model: "So it is.".to_owned(),
        points: points.iter().map(point).collect(),
        wrong: Vec::new(),
        samples: Vec::new(),
    };
    question(id, Kind::Open(open))
}

/// The same question, taught by a step.
pub(crate) fn taught(mut question: Question, step: &str) -> Question {
    question.lesson = Some(StepId::from(step));
    question
}

/// A lesson without anything in it.
pub(crate) fn lesson(id: &str) -> Lesson {
    Lesson {
        id: id.into(),
        was: Vec::new(),
        title: id.to_owned(),
        goal: String::new(),
        pattern: None,
        minutes: 1,
        waits: None,
        requires: Vec::new(),
        cost: None,
        introduction: String::new(),
        steps: Vec::new(),
    }
}

pub(crate) fn time(text: &str) -> Timestamp {
    text.parse().expect("a time")
}

/// A settled answer in a practice sitting.
pub(crate) fn attempt(number: i64, item: &str, at: &str, share: f64) -> Attempt {
    Attempt {
        id: AttemptId::numbered(number),
        sitting: SittingId::numbered(1),
        mode: Mode::Practice,
        item: item.to_owned(),
        rev: 1,
        given: Given::Text {
            text: "my words".to_owned(),
        },
        confidence: None,
        hinted: false,
        hearing: Hearing::default(),
        confirmed: BTreeMap::new(),
        posed: None,
        share: Some(share),
        at: time(at),
        seconds: None,
    }
}

/// The same attempt, with what was said of each point.
pub(crate) fn confirming(mut attempt: Attempt, said: &[(&str, Said)]) -> Attempt {
    for (point, said) in said {
        let confirmation = Confirmation {
            said: *said,
            evidence: None,
            at: attempt.at,
        };
        attempt.confirmed.insert((*point).to_owned(), confirmation);
    }
    attempt
}

/// The same attempt, with a known wrong answer in it.
pub(crate) fn hearing_wrong(mut attempt: Attempt, meant: Option<bool>) -> Attempt {
    attempt.hearing.wrong.push(HeardWrong {
        say: "The ALB restarts the container.".to_owned(),
        quote: "my words".to_owned(),
        meant,
    });
    attempt
}
