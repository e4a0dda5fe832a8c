//! Every single fact of an account, hidden in turn: what could not be read may leave a verdict as it is or make it unknown
//! (or blocked), but never another one. The facts are found in the snapshot's JSON, so that none can be forgotten.

use super::fixture::{Base, Fixture};
use landfall::account::Snapshot;
use landfall::checks::{Finding, Stack, Verdict, findings};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// One fact that could not be read, and where it was.
pub struct Hidden {
    pub what: String,
    pub snapshot: Snapshot,
}

/// The account once for each of its facts, with that fact unread.
pub fn each(snapshot: &Snapshot) -> impl Iterator<Item = Hidden> {
    let whole = serde_json::to_value(snapshot).unwrap();
    let mut places = Vec::new();
    facts(&whole, &mut String::new(), &mut places);
    places.into_iter().filter_map(move |place| {
        let mut json = whole.clone();
        *json.pointer_mut(&place)? =
            json!({"unknown": {"denied": {"action": "service:Action", "by": "identity"}}});
        // A text `absent` that is no fact does not fit there.
        let snapshot = serde_json::from_value(json).ok()?;
        Some(Hidden {
            what: place,
            snapshot,
        })
    })
}

fn facts(value: &Value, at: &mut String, places: &mut Vec<String>) {
    let is_fact = value == "absent" || value.get("present").is_some();
    // Who asks is always read, or nothing is.
    if is_fact && at != "/caller" {
        places.push(at.clone());
    }
    let mut deeper = |key: &str, inner: &Value| {
        let length = at.len();
        at.push('/');
        at.push_str(&key.replace('~', "~0").replace('/', "~1"));
        facts(inner, at, places);
        at.truncate(length);
    };
    match value {
        Value::Object(map) => map.iter().for_each(|(key, inner)| deeper(key, inner)),
        Value::Array(list) => list
            .iter()
            .enumerate()
            .for_each(|(at, inner)| deeper(&at.to_string(), inner)),
        _ => {}
    }
}

/// What every check says of an account, advice checks included.
pub fn judged(fixture: &Fixture, snapshot: &Snapshot) -> BTreeMap<&'static str, Finding> {
    let attested = fixture.attested();
    findings(&Stack {
        snapshot,
        attested: &attested,
        teardown_begun: fixture.from == Base::TornDown,
    })
}

/// Whether a verdict with less read says more than the one with everything read.
pub const fn is_lie(known: Verdict, seen: Verdict) -> bool {
    use Verdict::{Blocked, Failed, Missing, Passed, Pending, Unknown};
    match known {
        Passed => matches!(seen, Failed | Missing | Pending),
        Failed => matches!(seen, Passed | Missing),
        Missing => matches!(seen, Passed | Failed),
        Pending => matches!(seen, Passed | Missing | Failed),
        Unknown => matches!(seen, Passed | Failed | Missing),
        // What it was folded under cannot be seen any more: then it stands for itself.
        Blocked => matches!(seen, Passed),
        _ => false,
    }
}
