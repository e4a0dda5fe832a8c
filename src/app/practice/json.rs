//! `landfall practice --format json`: what was done, and how the account stands afterwards.

use crate::account::Chapter;
use crate::practice::{ACCOUNT, Applied, Cause, State, Status, causes};
use crate::report::sanitize;
use serde_json::{Value, json};

pub(super) fn account(action: &str, stand: &Status) -> String {
    document(&json!({"schema": 1, "action": action, "account": stand_json(stand)}))
}

pub(super) fn applied(applied: &Applied, stand: &Status) -> String {
    document(&json!({
        "schema": 1,
        "action": "apply",
        "applied": applied.steps,
        "removed": applied.removed,
        "repaired": applied.repaired,
        "attested": applied.attested,
        "account": stand_json(stand),
    }))
}

pub(super) fn broken(cause: &Cause, stand: &Status) -> String {
    document(&json!({
        "schema": 1,
        "action": "break",
        "broken": cause_json(cause),
        "account": stand_json(stand),
    }))
}

/// Every cause there is, and whether it can be broken now.
pub(super) fn causes_list(state: &State, chapter: &Chapter) -> String {
    let all: Vec<Value> = causes()
        .map(|cause| {
            let mut value = cause_json(cause);
            value["possible"] = json!(cause.fits(state, chapter));
            value["after"] = json!(cause.after);
            value["needs_domain"] = json!(cause.needs_domain);
            value
        })
        .collect();
    document(&json!({"schema": 1, "action": "break", "causes": all}))
}

fn stand_json(stand: &Status) -> Value {
    json!({
        "id": ACCOUNT,
        "applied": stand.applied,
        "open": stand.open,
        "waiting": stand.waiting.iter().map(|waiting| json!({
            "step": waiting.step, "what": waiting.what, "seconds": waiting.seconds,
        })).collect::<Vec<_>>(),
        "broken": stand.broken.iter().map(|cause| cause_json(cause)).collect::<Vec<_>>(),
    })
}

fn cause_json(cause: &Cause) -> Value {
    json!({"cause": cause.id, "says": cause.says, "repaired_by": cause.repaired_by})
}

fn document(value: &Value) -> String {
    sanitize::json_document(value)
}
