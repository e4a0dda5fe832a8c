//! What comes over the wire may be anything. No parser of ours panics or hangs on it, and nothing but a call's own answer,
//! whole, is taken for it: from garbage must not follow that something does not exist.

use super::answer::{Answer, answer};
use super::call::{Call, Protocol};
use super::every_answer::for_every_answer;
use super::policy_document;
use super::refusal::Refusal;
use crate::account::Fact;
use proptest::prelude::*;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

/// No answer takes longer to read, whatever it is. (Real ones take less than a millisecond.)
const LONGEST: Duration = Duration::from_secs(5);
/// As deep as an answer nests here; AWS's own stay below ten.
const DEEP: usize = 10_000;

/// One kind of answer.
struct Subject {
    call: &'static Call,
    /// Whether this is such an answer.
    reads: fn(&[u8]) -> bool,
    /// `{}` stands for an empty list.
    may_be_nothing: bool,
    samples: Vec<String>,
}

fn subject<A: Answer>() -> Subject {
    Subject {
        call: A::CALL,
        reads: |body| {
            let began = Instant::now();
            let read = answer::<A>(body).is_ok();
            assert!(began.elapsed() < LONGEST, "{}", A::CALL.api());
            read
        },
        may_be_nothing: A::NOTHING.is_some(),
        samples: samples(A::CALL),
    }
}

/// Every answer to a call in `tests/answers` and `tests/recorded`.
fn samples(call: &Call) -> Vec<String> {
    let tests = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests"));
    let mut found: Vec<PathBuf> = ["answers", "recorded"]
        .into_iter()
        .filter_map(|folder| std::fs::read_dir(tests.join(folder).join(call.service.prefix())).ok())
        .flatten()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            let name = path.file_name().unwrap().to_string_lossy();
            name.split('.').next() == Some(call.operation)
        })
        .collect();
    found.sort();
    found
        .into_iter()
        .map(|path| std::fs::read_to_string(path).unwrap().trim().to_owned())
        .collect()
}

fn subjects() -> &'static [Subject] {
    static ALL: OnceLock<Vec<Subject>> = OnceLock::new();
    ALL.get_or_init(|| for_every_answer!(subject))
}

impl Subject {
    fn is_xml(&self) -> bool {
        !matches!(self.call.protocol, Protocol::Json { .. })
    }

    #[track_caller]
    fn refuses(&self, body: &str) {
        let shown: String = body.chars().take(200).collect();
        assert!(
            !(self.reads)(body.as_bytes()),
            "{} takes this for its answer: {shown}",
            self.call.api()
        );
    }
}

#[test]
fn every_sample_is_an_answer() {
    let mut without = Vec::new();
    for subject in subjects() {
        for sample in &subject.samples {
            assert!((subject.reads)(sample.as_bytes()), "{}", subject.call.api());
        }
        if subject.samples.is_empty() {
            without.push(subject.call.operation);
        }
    }
    // A finished account is not asked these; the shapes are those of the same calls about a user.
    let known = [
        "GetGroupPolicy",
        "ListAttachedGroupPolicies",
        "ListGroupPolicies",
    ];
    assert_eq!(without, known);
}

/// Sign-in pages, proxies, other services, empty things.
#[test]
fn what_is_not_an_answer_is_not_taken_for_one() {
    for subject in subjects() {
        let operation = subject.call.operation;
        for body in [
            "",
            " \n",
            "[]",
            "null",
            "true",
            "0",
            "\"\"",
            "{\"status\":\"ok\"}",
            "{\"message\":\"Service temporarily unavailable\"}",
            "{\"NextToken\":null}",
            "{\"nextToken\":\"\"}",
            "<html></html>",
            "<!doctype html><html><head><title>Welcome</title></head><body><form action=/login></form></body></html>",
            "<?xml version=\"1.0\"?><Response/>",
            "<Response><Errors><Error><Code>X</Code></Error></Errors></Response>",
            "<ErrorResponse><Error><Code>X</Code></Error></ErrorResponse>",
            "OK",
            "\u{feff}",
            "\u{0}",
        ] {
            subject.refuses(body);
        }
        if !subject.may_be_nothing {
            subject.refuses("{}");
            subject.refuses(" { } ");
        }
        // The right envelope with nothing in it.
        subject.refuses(&format!("<{operation}Response/>"));
        subject.refuses(&format!(
            "<{operation}Response><{operation}Result/></{operation}Response>"
        ));
        subject.refuses(&format!(
            "<{operation}Response><requestId>1</requestId></{operation}Response>"
        ));
        // An answer wrapped in a page, or in another answer.
        for sample in subject.samples.iter().filter(|_| subject.is_xml()) {
            subject.refuses(&format!("<html><body>{sample}</body></html>"));
        }
    }
}

/// Only Budgets may leave an empty list out; that it was AWS which did shows in the request id (`operation`).
#[test]
fn nothing_stands_for_an_empty_list_in_budgets_alone() {
    let nothing: Vec<&str> = subjects()
        .iter()
        .filter(|subject| subject.may_be_nothing)
        .map(|subject| subject.call.service.prefix())
        .collect();
    assert_eq!(nothing, ["budgets"; 3]);
    for subject in subjects().iter().filter(|subject| subject.may_be_nothing) {
        assert!((subject.reads)(b"{}"));
    }
}

#[test]
fn another_calls_answer_is_not_taken_for_this_ones() {
    for subject in subjects() {
        for other in subjects() {
            if std::ptr::eq(other.call, subject.call) {
                continue;
            }
            for sample in &other.samples {
                assert!(
                    !(subject.reads)(sample.as_bytes()),
                    "{} takes the answer of {} for its own",
                    subject.call.api(),
                    other.call.api()
                );
            }
        }
    }
}

/// At some hundred places of each sample, and at every place near its end.
#[test]
fn a_cut_answer_is_not_an_answer() {
    for subject in subjects() {
        for sample in &subject.samples {
            let bytes = sample.as_bytes();
            let step = bytes.len() / 150 + 1;
            let near_end = bytes.len().saturating_sub(80)..bytes.len();
            for at in (0..bytes.len()).step_by(step).chain(near_end) {
                assert!(
                    !(subject.reads)(&bytes[..at]),
                    "{} cut at {at} of {} was taken for whole",
                    subject.call.api(),
                    bytes.len()
                );
            }
        }
    }
}

/// A root of another name, a list of another name, a list twice.
#[test]
fn another_envelope_is_not_an_answer() {
    for subject in subjects().iter().filter(|subject| subject.is_xml()) {
        let root = format!("{}Response", subject.call.operation);
        let result = format!("{}Result", subject.call.operation);
        for sample in &subject.samples {
            subject.refuses(&sample.replace(&root, "DescribeRouterResponse"));
            subject.refuses(&sample.replace(&root, "html"));
            if sample.contains(&result) {
                subject.refuses(&sample.replace(&result, "DescribeRouterResult"));
            }
        }
    }
    for subject in subjects().iter().filter(|subject| !subject.is_xml()) {
        for sample in &subject.samples {
            let serde_json::Value::Object(fields) = serde_json::from_str(sample).unwrap() else {
                panic!("{sample}");
            };
            // Whatever is needed of it: without all of it, it is no answer; as null, it is none either.
            let other: serde_json::Map<_, _> = fields
                .iter()
                .map(|(name, value)| (format!("{name}X"), value.clone()))
                .collect();
            subject.refuses(&serde_json::Value::Object(other).to_string());
            let nulls: serde_json::Map<_, _> = fields
                .keys()
                .map(|name| (name.clone(), serde_json::Value::Null))
                .collect();
            subject.refuses(&serde_json::Value::Object(nulls).to_string());
        }
    }
}

/// Deep nesting must not eat the stack, wherever it stands.
#[test]
fn a_deep_answer_is_read_or_refused() {
    let elements = format!("{}{}", "<a>".repeat(DEEP), "</a>".repeat(DEEP));
    let open = "<a>".repeat(DEEP);
    let arrays = format!("{}{}", "[".repeat(DEEP), "]".repeat(DEEP));
    let objects = format!("{}1{}", "{\"a\":".repeat(DEEP), "}".repeat(DEEP));
    for subject in subjects() {
        for body in [&elements, &open, &arrays, &objects] {
            subject.refuses(body);
        }
        for sample in &subject.samples {
            let places: Vec<usize> = if subject.is_xml() {
                sample.match_indices('>').map(|(at, _)| at + 1).collect()
            } else {
                sample.match_indices(':').map(|(at, _)| at + 1).collect()
            };
            for at in places.iter().step_by(places.len() / 3 + 1) {
                let (before, after) = sample.split_at(*at);
                for deep in [&elements, &open, &arrays, &objects] {
                    let _ = (subject.reads)(format!("{before}{deep}{after}").as_bytes());
                }
            }
        }
    }
    for deep in [&elements, &open, &arrays, &objects] {
        assert!(matches!(policy_document::read(deep), Fact::Unknown(_)));
        let statement = format!("{{\"Statement\":{deep}}}");
        assert!(matches!(
            policy_document::read(&statement),
            Fact::Unknown(_)
        ));
    }
}

/// How a sample is spoilt. Places are parts of its length, so that they fit every sample.
#[derive(Debug, Clone)]
enum Harm {
    Drop(f64, f64),
    Repeat(f64, f64),
    Move(f64, f64, f64),
    Put(f64, String),
    /// Every number becomes this one.
    Numbers(&'static str),
    /// The value after the so-many-th colon becomes `null`, or the text in the so-many-th element goes.
    Empty(usize),
}

fn harm() -> impl Strategy<Value = Harm> {
    let place = || 0.0..1.0_f64;
    prop_oneof![
        (place(), place()).prop_map(|(a, b)| Harm::Drop(a, b)),
        (place(), place()).prop_map(|(a, b)| Harm::Repeat(a, b)),
        (place(), place(), place()).prop_map(|(a, b, c)| Harm::Move(a, b, c)),
        (place(), any::<String>()).prop_map(|(at, text)| Harm::Put(at, text)),
        (place(), "[<>/{}\\[\\]\":,&;=a0 -]{1,8}").prop_map(|(at, text)| Harm::Put(at, text)),
        prop::sample::select(vec![
            "99999999999999999999999999999999",
            "-1",
            "1e999",
            "0.1",
            "18446744073709551616",
            "-9223372036854775809",
            "NaN",
        ])
        .prop_map(Harm::Numbers),
        (0..200_usize).prop_map(Harm::Empty),
    ]
}

impl Harm {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a place somewhere in the text"
    )]
    fn place(part: f64, length: usize) -> usize {
        ((part * length as f64) as usize).min(length)
    }

    fn done_to(&self, sample: &str) -> Vec<u8> {
        let bytes = sample.as_bytes();
        let range = |one: f64, other: f64| {
            let (one, other) = (
                Self::place(one, bytes.len()),
                Self::place(other, bytes.len()),
            );
            one.min(other)..one.max(other)
        };
        match self {
            Harm::Drop(one, other) => {
                let range = range(*one, *other);
                [&bytes[..range.start], &bytes[range.end..]].concat()
            }
            Harm::Repeat(one, other) => {
                let range = range(*one, *other);
                [&bytes[..range.end], &bytes[range.start..]].concat()
            }
            Harm::Move(one, other, to) => {
                let range = range(*one, *other);
                let rest = [&bytes[..range.start], &bytes[range.end..]].concat();
                let to = Self::place(*to, rest.len());
                [&rest[..to], &bytes[range], &rest[to..]].concat()
            }
            Harm::Put(at, text) => {
                let at = Self::place(*at, bytes.len());
                [&bytes[..at], text.as_bytes(), &bytes[at..]].concat()
            }
            Harm::Numbers(number) => {
                let mut out = String::new();
                let mut within = false;
                for c in sample.chars() {
                    if !c.is_ascii_digit() {
                        out.push(c);
                    } else if !within {
                        out.push_str(number);
                    }
                    within = c.is_ascii_digit();
                }
                out.into_bytes()
            }
            Harm::Empty(nth) => {
                let json = sample.starts_with('{');
                let mark = if json { ':' } else { '>' };
                let ends: &[char] = if json { &[',', '}', ']'] } else { &['<'] };
                let Some((at, _)) = sample.match_indices(mark).nth(*nth) else {
                    return bytes.to_vec();
                };
                let rest = &sample[at + 1..];
                let end = rest.find(ends).unwrap_or(rest.len());
                let instead = if json { "null" } else { "" };
                format!("{}{instead}{}", &sample[..=at], &rest[end..]).into_bytes()
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    /// Nobody panics; the rest is held by the tests above.
    #[test]
    fn a_spoilt_answer_is_read_or_refused(which in any::<prop::sample::Index>(), harms in prop::collection::vec(harm(), 1..4)) {
        let subject = which.get(subjects());
        for sample in &subject.samples {
            let mut body = sample.clone().into_bytes();
            for harm in &harms {
                let text = String::from_utf8_lossy(&body).into_owned();
                body = harm.done_to(&text);
            }
            let _ = (subject.reads)(&body);
        }
    }

    #[test]
    fn arbitrary_bytes_are_never_an_answer(body in prop::collection::vec(any::<u8>(), 0..300)) {
        for subject in subjects() {
            prop_assert!(!(subject.reads)(&body), "{}", subject.call.api());
        }
    }

    #[test]
    fn arbitrary_markup_is_never_an_answer(body in "[<>/{}\\[\\]\":,a-zA-Z0-9 ]{0,120}") {
        for subject in subjects() {
            prop_assert!(body.trim() == "{}" || !(subject.reads)(body.as_bytes()), "{}", subject.call.api());
        }
    }

    #[test]
    fn any_refusal_is_read(status in 300_u16..600, header in prop::option::of(any::<String>()), body in prop::collection::vec(any::<u8>(), 0..300)) {
        for protocol in [QUERY, JSON] {
            let _ = Refusal::read(protocol, status, header.as_deref(), &body);
        }
    }

    #[test]
    fn any_marked_up_refusal_is_read(body in "(<(Error|Code|Message|/Code|/Error|/Message|!--|!\\[CDATA\\[)>?|&[a-z]{0,5};?|[a-z<>{}\":]{0,5}){0,20}") {
        for protocol in [QUERY, JSON] {
            let refusal = Refusal::read(protocol, 400, None, body.as_bytes());
            let _ = super::error::FactFrom::<()>::fact(Err(super::ReadError::other(&super::calls::GET_USER, refusal.to_string())), &[]);
        }
    }

    #[test]
    fn any_policy_document_is_read_or_unknown(text in any::<String>(), json in "[{}\\[\\]\":,a-zA-Z*%0-9]{0,100}") {
        let _ = policy_document::read(&text);
        let _ = policy_document::read(&json);
        let inside = format!("{{\"Statement\":{json}}}");
        let _ = policy_document::read(&inside);
    }
}

const QUERY: Protocol = Protocol::Query { version: "1" };
const JSON: Protocol = Protocol::Json { target: "T" };
