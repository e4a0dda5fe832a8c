//! The facts of an account, found in its JSON so that none can be forgotten, and the account with one of them unread.

use landfall::account::Snapshot;
use serde_json::{Value, json};

/// The place of every fact that was read, as a JSON pointer.
pub fn places(account: &Value) -> Vec<String> {
    let mut found = Vec::new();
    look(account, "", &mut found);
    found
}

fn look(value: &Value, place: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            if fields.len() == 1 && fields.contains_key("present") {
                found.push(place.to_owned());
            }
            for (name, inner) in fields {
                let name = name.replace('~', "~0").replace('/', "~1");
                look(inner, &format!("{place}/{name}"), found);
            }
        }
        Value::Array(entries) => {
            for (at, inner) in entries.iter().enumerate() {
                look(inner, &format!("{place}/{at}"), found);
            }
        }
        Value::String(text) if text == "absent" => found.push(place.to_owned()),
        _ => {}
    }
}

/// The account with the fact at that place refused by AWS.
pub fn without(account: &Value, place: &str) -> Snapshot {
    let mut less = account.clone();
    *less.pointer_mut(place).unwrap() =
        json!({"unknown": {"denied": {"action": "some:Action", "by": "identity"}}});
    serde_json::from_value(less).unwrap_or_else(|_| panic!("{place} is no fact"))
}
