//! A small deck and answers to it, for tests.

use super::sitting::summed;
use super::{AnswerBack, DeckBack, SittingBack};
use crate::account::Source;
use crate::course::{
    Deck, DeckId, Facts, Kind, Level, Mastery, Misconception, Open, Options, Order, OrderItem,
    Pattern, PatternId, Point, Predict, PredictKey, Question, QuestionId, QuizOption, StepId,
};
use crate::progress::{
    Attempt, AttemptId, Confidence, Confirmation, Foretold, ForetoldValue, Given, Heard,
    HeardWrong, Hearing, Mode, Posed, PosedWhat, Said, SittingId,
};
use crate::quiz::judge::{Outcome, Part};
use crate::quiz::schedule::{self, Standing, State, Today};
use jiff::Timestamp;
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use std::collections::BTreeMap;

pub(crate) const TODAY: Date = date(2026, 11, 26);

fn question(id: &str, pattern: Option<&str>, prompt: &str, kind: Kind) -> Question {
    Question {
        id: QuestionId::from(id),
        was: Vec::new(),
        rev: 1,
        level: Level::Explain,
        prompt: prompt.to_owned(),
        pattern: pattern.map(PatternId::from),
        lesson: Some(StepId::from("ecs-service.live")),
        after: Vec::new(),
        hint: None,
        caveat: None,
        facts: Facts {
            checked: "2026-11-01".into(),
            stale_days: 365,
            cite: Vec::new(),
        },
        kind,
    }
}

fn point(id: &str, says: &str, bonus: bool) -> Point {
    Point {
        id: id.to_owned(),
        says: says.to_owned(),
        heard: Vec::new(),
        bonus,
        weight: 1.0,
        retry: None,
        step: None,
    }
}

fn choice() -> Kind {
    let option = |id: &str, text: &str, right| QuizOption {
        id: id.to_owned(),
        text: text.to_owned(),
        right,
        why: format!("why {id}"),
    };
    Kind::Choice(Options {
        options: vec![
            option("group", "The tasks' security group", true),
            option("range", "The range of the VPC", false),
        ],
        shuffle: true,
        pick: None,
    })
}

fn order() -> Kind {
    let item = |id: &str, text: &str, after: &[&str]| OrderItem {
        id: id.to_owned(),
        text: text.to_owned(),
        after: after.iter().map(|id| (*id).to_owned()).collect(),
        why: String::new(),
    };
    Kind::Order(Order {
        items: vec![
            item("deploy", "Update the service", &["register"]),
            item("build", "Build the image", &[]),
            item("register", "Register the definition", &["build"]),
        ],
        distractors: vec![item("stop", "Stop all tasks", &[])],
    })
}

/// An open question of three points and a bonus, a choice, an order and a value to foretell; one small item.
pub(crate) fn deck() -> Deck {
    let open = Kind::Open(Open {
        model: "ECS starts a replacement, and the load balancer waits for it.".into(),
        points: vec![
            point("replace", "ECS starts a replacement.", false),
            point("stop", "The sick task is stopped.", false),
            point("healthy", "Traffic goes to healthy tasks only.", false),
            point("drain", "Connections are drained.", true),
        ],
        wrong: vec![Misconception {
            say: "The load balancer restarts the container.".into(),
            heard: Vec::new(),
            because: "ECS replaces tasks; the balancer only reports health.".into(),
        }],
        samples: Vec::new(),
    });
    Deck {
        id: DeckId::from("small"),
        title: "A small deck".into(),
        mastery: Mastery::default(),
        glossary: Vec::new(),
        questions: vec![
            question(
                "recovery",
                Some("targets"),
                "A running task fails its health checks. What happens?",
                open,
            ),
            question(
                "source",
                Some("groups"),
                "What is the source of the database's rule?",
                choice(),
            ),
            question("release", None, "Put a release into order.", order()),
            question(
                "backups",
                Some("state"),
                "How many days are backups kept?",
                Kind::Predict(Predict {
                    key: PredictKey::BackupDays,
                    why: "One day is the default of the console.".into(),
                }),
            ),
        ],
        retries: vec![question(
            "recovery.replace",
            None,
            "Who starts the replacement?",
            choice(),
        )],
    }
}

/// The patterns of [`deck`], and one of which it asks nothing.
pub(crate) fn patterns() -> Vec<Pattern> {
    let pattern = |id: &str, title: &str| Pattern {
        id: PatternId::from(id),
        title: title.to_owned(),
        say: String::new(),
        checks: Vec::new(),
    };
    vec![
        pattern("state", "Managed state, stateless containers"),
        pattern("groups", "Security groups as sources"),
        pattern("targets", "A load balancer in front, targets behind"),
        pattern("root", "Root stays locked"),
    ]
}

pub(crate) fn at(minute: i64) -> Timestamp {
    "2026-11-26T10:00:00Z"
        .parse::<Timestamp>()
        .map(|start| start + jiff::SignedDuration::from_mins(minute))
        .unwrap()
}

/// An answer of sitting 1, in practice, unsettled.
pub(crate) fn attempt(item: &str, number: i64, given: Given) -> Attempt {
    Attempt {
        id: AttemptId::numbered(number),
        sitting: SittingId::numbered(1),
        mode: Mode::Practice,
        item: item.to_owned(),
        rev: 1,
        given,
        confidence: None,
        hinted: false,
        hearing: Hearing::default(),
        confirmed: BTreeMap::new(),
        posed: None,
        share: None,
        at: at(number),
        seconds: Some(30),
    }
}

pub(crate) fn settled(mut attempt: Attempt, confidence: Confidence, share: f64) -> Attempt {
    attempt.confidence = Some(confidence);
    attempt.share = Some(share);
    attempt
}

pub(crate) fn text(words: &str) -> Given {
    Given::Text { text: words.into() }
}

pub(crate) fn picked(option: &str) -> Given {
    Given::Picked {
        options: vec![option.to_owned()],
    }
}

/// An answer to the open question: what the machine heard, and what the learner said, point by point.
pub(crate) fn opened(number: i64, words: &str, heard: &[&str], said: &[(&str, Said)]) -> Attempt {
    let mut attempt = attempt("recovery", number, text(words));
    for id in heard {
        let quote = words.split(", ").next().unwrap_or_default().to_owned();
        let heard = Heard::Heard { quote };
        attempt.hearing.points.insert((*id).to_owned(), heard);
    }
    for (id, said) in said {
        let confirmation = Confirmation {
            said: *said,
            evidence: None,
            at: at(number),
        };
        attempt.confirmed.insert((*id).to_owned(), confirmation);
    }
    attempt
}

/// With the known mix-up, and what the learner said to it.
pub(crate) fn mixed_up(mut attempt: Attempt, meant: Option<bool>) -> Attempt {
    attempt.hearing.wrong.push(HeardWrong {
        say: "The load balancer restarts the container.".into(),
        quote: "the ALB restarts it".into(),
        meant,
    });
    attempt
}

/// An answer to the question of the account.
pub(crate) fn foretold(number: i64, value: &str) -> Attempt {
    let mut attempt = attempt(
        "backups",
        number,
        Given::Predicted {
            value: value.to_owned(),
        },
    );
    attempt.posed = Some(Posed {
        source: Source::Practice,
        looked_at: at(0),
        instead: Some("Your account was not looked at yet.".into()),
        what: PosedWhat::Predict(Foretold {
            of: "news-api-db keeps backups for ... days".into(),
            value: ForetoldValue::Number { value: 7 },
            evidence: "rds:DescribeDBInstances, news-api-db, BackupRetentionPeriod = 7".into(),
        }),
    });
    attempt
}

/// A sitting with something of every kind.
pub(crate) fn attempts() -> Vec<Attempt> {
    let said = [
        ("replace", Said::Said),
        ("stop", Said::NotSaid),
        ("healthy", Said::NotSaid),
        ("drain", Said::NotSaid),
    ];
    vec![
        settled(foretold(1, "7"), Confidence::NotSure, 1.0),
        attempt("release", 2, Given::NotKnown),
        settled(
            attempt("source", 3, picked("range")),
            Confidence::Fairly,
            0.0,
        ),
        settled(
            mixed_up(
                opened(
                    4,
                    "ECS brings up another, the ALB restarts it",
                    &["replace", "stop"],
                    &said,
                ),
                Some(true),
            ),
            Confidence::Very,
            1.0 / 3.0,
        ),
        settled(
            attempt("recovery.replace", 5, picked("group")),
            Confidence::Very,
            1.0,
        ),
    ]
}

/// The sitting of [`attempts`], with the parts as a judge would give them.
pub(crate) fn sitting_back() -> SittingBack {
    let deck = deck();
    let attempts = attempts();
    let part = |id: &str, text: &str, outcome, why: &str| Part {
        id: id.to_owned(),
        text: text.to_owned(),
        outcome,
        given: None,
        key: None,
        why: why.to_owned(),
    };
    let parts = |item: &str| match item {
        "source" => vec![
            part(
                "group",
                "The tasks' security group",
                Outcome::Missed,
                "A group stays true when addresses change.",
            ),
            part(
                "range",
                "The range of the VPC",
                Outcome::Wrong,
                "It admits everything in the VPC.",
            ),
        ],
        _ => Vec::new(),
    };
    let answers = attempts
        .iter()
        .map(|attempt| {
            let question = deck.item(&attempt.item).expect("it is in the deck");
            AnswerBack::with(&deck, question, attempt, parts(&attempt.item))
        })
        .collect();
    summed(&deck, &attempts, answers)
}

/// Where the learner stands after it.
pub(crate) fn deck_back() -> DeckBack {
    super::overview(&deck(), &patterns(), &attempts(), &standings(), TODAY)
}

/// One question in each state.
pub(crate) fn standings() -> Vec<Standing> {
    let today = Today {
        now: at(0),
        zone: TimeZone::UTC,
        course_ends: None,
    };
    let mut all = schedule::standings(&deck(), &[], &today);
    let mut stand = |id: &str, state, due, shares: &[f64], good_days| {
        let standing = all
            .iter_mut()
            .find(|standing| standing.question.as_str() == id)
            .expect("it is in the deck");
        standing.state = state;
        standing.due = Some(due);
        standing.shares = shares.to_vec();
        standing.good_days = good_days;
    };
    stand("recovery", State::Due, TODAY, &[0.4, 0.8, 1.0 / 3.0], 1);
    let tomorrow = date(2026, 11, 27);
    stand("source", State::Learning, tomorrow, &[0.0], 0);
    let later = date(2026, 12, 30);
    stand("backups", State::Mastered, later, &[1.0, 1.0, 1.0], 3);
    all
}
