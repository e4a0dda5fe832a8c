//! A value's leaves: every text, number, yes and no in it, with the path that leads there.

use super::parts::{Group, KEYED, PARTS};
use serde_json::Value;

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::bundle) struct Leaf {
    /// `snapshot.databases.id`; without the numbers of a list, with `*` for a key that is a name.
    pub path: String,
    /// As it is shown.
    pub say: String,
}

/// All of a value at that path, in its order. What is null says nothing.
pub(in crate::bundle) fn leaves(path: &str, value: &Value) -> Vec<Leaf> {
    let mut found = Vec::new();
    walk(path, value, &mut found);
    found
}

fn walk(path: &str, value: &Value, found: &mut Vec<Leaf>) {
    let mut leaf = |say: String| {
        found.push(Leaf {
            path: path.to_owned(),
            say,
        });
    };
    match value {
        Value::Null => {}
        Value::Bool(true) => leaf("yes".to_owned()),
        Value::Bool(false) => leaf("no".to_owned()),
        Value::Number(number) => leaf(number.to_string()),
        Value::String(text) if text == "not_asked" => leaf("not looked at".to_owned()),
        Value::String(text) => leaf(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| walk(path, item, found)),
        Value::Object(fields) => {
            let keyed = KEYED.contains(&path);
            for (name, inner) in fields {
                // What was read is no more than what it is.
                if name == "present" && fields.len() == 1 {
                    walk(path, inner, found);
                } else if keyed {
                    let path = format!("{path}.*");
                    found.push(Leaf {
                        path: path.clone(),
                        say: name.clone(),
                    });
                    walk(&path, inner, found);
                } else if path.is_empty() {
                    walk(name, inner, found);
                } else {
                    walk(&format!("{path}.{name}"), inner, found);
                }
            }
        }
    }
}

/// The part that a path belongs to, by its number.
pub(in crate::bundle) fn part_of(path: &str) -> Option<usize> {
    let fits = |part: &str| {
        path.strip_prefix(part)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    (0..PARTS.len())
        .filter(|at| fits(PARTS[*at].path))
        .max_by_key(|at| PARTS[*at].path.len())
}

/// Where a leaf of the look is shown: addresses and times stand apart, whatever they belong to.
pub(in crate::bundle) fn group_of(leaf: &Leaf, of_part: Group) -> Group {
    if of_part != Group::Account && of_part != Group::Who {
        return of_part;
    }
    let last = leaf.path.rsplit('.').next().unwrap_or_default();
    let is_address = leaf.say.parse::<ipnet::IpNet>().is_ok()
        || leaf.say.parse::<std::net::IpAddr>().is_ok()
        || (matches!(last, "host" | "dns_name") && leaf.say.contains('.'));
    if is_address {
        Group::Addresses
    } else if leaf.say.parse::<jiff::Timestamp>().is_ok() {
        Group::Times
    } else if leaf.say.starts_with("arn:") {
        Group::Who
    } else {
        of_part
    }
}
