//! What bundles hold, and what becomes of bad ones.

mod making;
mod reading;
mod showing;

use super::*;
use crate::account::{CallOutcome, Fact, SeenBy};
use crate::checks::verify_all;
use crate::course::{Course, CourseFiles};
use crate::practice::{self, State, test_chapter};
use crate::progress::{
    Attempt, AttemptId, Confidence, Confirmation, Given, Heard, HeardWrong, Hearing, Mode, Notice,
    Said, SittingId, Unclear, VerdictRecord,
};
use std::sync::LazyLock;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn now() -> Timestamp {
    at("2026-11-22T10:00:00.123456789Z")
}

fn course() -> &'static Course {
    static COURSE: LazyLock<Course> = LazyLock::new(|| {
        let known: Vec<&str> = crate::checks::checks()
            .map(|check| check.id.as_str())
            .collect();
        crate::course::load(&CourseFiles::embedded(), &known)
            .unwrap()
            .0
    });
    &COURSE
}

/// A finished account with an open database, whose group and database carry a nonce.
fn snapshot() -> Snapshot {
    let mut state = State::default();
    practice::apply_all(&mut state, at("2026-11-22T08:00:00Z"));
    practice::break_cause(&mut state, "database-public", &test_chapter(), now()).unwrap();
    let mut snapshot = practice::snapshot(&state, &test_chapter(), now());
    if let Fact::Present(groups) = &mut snapshot.network.groups {
        let group = groups
            .iter_mut()
            .find(|group| group.name == "news-api-ecs-sg");
        group.unwrap().nonce = Some("maple-7f3a".to_owned());
    }
    if let Fact::Present(databases) = &mut snapshot.databases {
        databases[0].nonce = Some("maple-7f3a".to_owned());
    }
    snapshot
}

const WORDS: &str = "hunter2words";

fn attempt(number: i64, sitting: i64, item: &str, given: Given) -> Attempt {
    Attempt {
        id: AttemptId::numbered(number),
        sitting: SittingId::numbered(sitting),
        mode: Mode::Practice,
        item: item.to_owned(),
        rev: 1,
        given,
        confidence: Some(Confidence::Fairly),
        hinted: number % 2 == 0,
        hearing: Hearing::default(),
        confirmed: BTreeMap::new(),
        posed: None,
        share: Some(1.0 / 3.0),
        at: at("2026-11-20T09:30:00Z"),
        seconds: Some(40),
    }
}

/// One answer of every kind, full of the learner's words.
fn attempts() -> Vec<Attempt> {
    let words = || WORDS.to_owned();
    let map = |key: &str, value: &str| BTreeMap::from([(key.to_owned(), value.to_owned())]);
    let mut open = attempt(11, 42, "loop", Given::Text { text: words() });
    open.hearing = Hearing {
        points: BTreeMap::from([
            ("first".to_owned(), Heard::Heard { quote: words() }),
            (
                "second".to_owned(),
                Heard::Unclear {
                    quote: words(),
                    why: Unclear::Negated,
                },
            ),
        ]),
        wrong: vec![HeardWrong {
            say: "The balancer restarts it.".to_owned(),
            quote: words(),
            meant: Some(true),
        }],
        notice: Some(Notice::Stuffed),
    };
    open.confirmed.insert(
        "first".to_owned(),
        Confirmation {
            said: Said::Partly,
            evidence: Some(words()),
            at: at("2026-11-20T09:31:00Z"),
        },
    );
    let options = vec!["c".to_owned(), "a".to_owned()];
    let lines = vec![3, 17];
    vec![
        open,
        attempt(12, 42, "pick", Given::Picked { options }),
        attempt(
            13,
            57,
            "order",
            Given::Ordered {
                items: vec!["z".into(), "y".into()],
            },
        ),
        attempt(
            14,
            57,
            "match",
            Given::Matched {
                pairs: map("left", "right"),
            },
        ),
        attempt(
            15,
            57,
            "cloze",
            Given::Filled {
                blanks: map("gap", WORDS),
            },
        ),
        attempt(
            16,
            57,
            "inspect",
            Given::Inspected {
                lines,
                why: words(),
            },
        ),
        attempt(17, 57, "predict", Given::Predicted { value: words() }),
        attempt(18, 57, "unknown", Given::NotKnown),
    ]
}

fn call(operation: &str, id: Option<&str>) -> CallRecord {
    CallRecord {
        service: "ec2".to_owned(),
        operation: operation.to_owned(),
        outcome: CallOutcome::RegionNotEnabled,
        ms: 50,
        request_id: id.map(str::to_owned),
    }
}

fn parts(snapshot: Snapshot) -> Parts {
    let attested = BTreeSet::from(["budget.email-read".to_owned()]);
    let verification = verify_all(&snapshot, course(), &attested);
    let change = |check: &str, verdict, from, until| VerdictRecord {
        check: check.to_owned(),
        verdict,
        summary: WORDS.to_owned(),
        at: at(from),
        until: at(until),
    };
    Parts {
        made_at: now(),
        made_with: Tool {
            landfall: "0.1.0".to_owned(),
            system: "linux".to_owned(),
        },
        course: CourseVersion {
            id: "from-compose-to-aws".to_owned(),
            content: content_of(&CourseFiles::embedded()),
        },
        nonce: Some(nonce(&snapshot, "maple-7f3a")),
        attested,
        teardown_begun: false,
        verification,
        history: vec![
            change(
                "rds.private",
                Verdict::Missing,
                "2026-11-20T10:00:00Z",
                "2026-11-20T11:00:00Z",
            ),
            change(
                "rds.private",
                Verdict::Failed,
                "2026-11-20T11:05:00Z",
                "2026-11-22T10:00:00Z",
            ),
        ],
        left_out: BTreeMap::from([("ecs-service.release".to_owned(), at("2026-11-21T08:00:00Z"))]),
        quiz: vec![BundledDeck::of("core", &attempts())],
        calls: vec![
            call("DescribeVpcs", Some("7a62c49f-347e")),
            call("GetThing", None),
        ],
        snapshot,
    }
}

fn sample() -> Bundle {
    static SAMPLE: LazyLock<Bundle> = LazyLock::new(|| bundle(parts(snapshot())));
    SAMPLE.clone()
}
