//! Is the task definition in the repository the one that AWS has? Differences name keys, never values: the values
//! may be secrets.

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;

use super::definition_shape::{shape, unwrapped};
use super::placeholder::{self, join, name_of};
use crate::account::{Comparison, Difference, Listed, Side};
use serde_json::Value;

/// More differences than this are not listed: it is another definition then.
const MOST_KEYS: usize = 100;

/// Compares the file with what DescribeTaskDefinition gave; either may be wrapped in `{"taskDefinition": ...}`.
///
/// A placeholder in the file (`<ACCOUNT_ID>`, `${TAG}`) stands for any text, and an image with a placeholder does
/// not count at all: a pipeline fills it in.
pub fn compare(file: &Value, registered: &Value) -> Comparison {
    let mut found = Vec::new();
    differences("", &shape(file), &shape(registered), &mut found);
    found.truncate(MOST_KEYS);
    if found.is_empty() {
        Comparison::Equal
    } else {
        Comparison::Differs(found)
    }
}

/// Whether the file gives this variable or label the same value; `None` when it has no such entry, or only a
/// placeholder.
pub fn same_as_file(
    file: &Value,
    container: &str,
    list: Listed,
    name: &str,
    value: &str,
) -> Option<bool> {
    let container = unwrapped(file)
        .get("containerDefinitions")?
        .as_array()?
        .iter()
        .find(|one| name_of(one) == Some(container))?;
    let written = match list {
        Listed::Environment => container
            .get("environment")?
            .as_array()?
            .iter()
            .find(|one| name_of(one) == Some(name))
            .map(|one| one.get("value").and_then(Value::as_str).unwrap_or_default())?,
        Listed::Labels => container.get("dockerLabels")?.get(name)?.as_str()?,
        Listed::LogOptions => container
            .get("logConfiguration")?
            .get("options")?
            .get(name)?
            .as_str()?,
    };
    (!placeholder::is_in(written)).then_some(written == value)
}

fn differences(path: &str, file: &Value, registered: &Value, found: &mut Vec<Difference>) {
    let (Value::Object(ours), Value::Object(theirs)) = (file, registered) else {
        if !same_leaf(path, file, registered) {
            found.push(Difference::from(path));
        }
        return;
    };
    let mut keys: Vec<&String> = ours
        .keys()
        .chain(theirs.keys().filter(|key| !ours.contains_key(*key)))
        .collect();
    keys.sort();
    for key in keys {
        let inner = join(path, key);
        match (ours.get(key), theirs.get(key)) {
            (Some(ours), Some(theirs)) => differences(&inner, ours, theirs, found),
            (Some(_), None) => found.push(on(Side::OnlyInFile, inner)),
            (None, _) => found.push(on(Side::OnlyRegistered, inner)),
        }
    }
}

const fn on(side: Side, key: String) -> Difference {
    Difference { key, side }
}

fn same_leaf(path: &str, file: &Value, registered: &Value) -> bool {
    if file == registered {
        return true;
    }
    let last = path.rsplit('.').next().unwrap_or(path);
    match (file, registered) {
        (Value::Array(ours), Value::Array(theirs)) => {
            ours.len() == theirs.len()
                && ours
                    .iter()
                    .zip(theirs)
                    .all(|(ours, theirs)| same_item(path, ours, theirs))
        }
        (Value::Object(_), _)
        | (_, Value::Object(_))
        | (Value::Array(_), _)
        | (_, Value::Array(_)) => false,
        _ => {
            let (ours, theirs) = (text(file), text(registered));
            match path {
                "executionRoleArn" | "taskRoleArn" => same_role(&ours, &theirs),
                _ if placeholder::is_command(last) => ours == theirs,
                _ if is_image(path) && placeholder::is_in(&ours) => true,
                _ => placeholder::fits(&ours, &theirs),
            }
        }
    }
}

fn same_item(path: &str, ours: &Value, theirs: &Value) -> bool {
    let mut found = Vec::new();
    differences(path, ours, theirs, &mut found);
    found.is_empty()
}

/// `containerDefinitions.NAME.image`, where NAME may hold dots.
fn is_image(path: &str) -> bool {
    path.starts_with("containerDefinitions.") && path.ends_with(".image") && {
        let inside = &path["containerDefinitions.".len()..];
        !inside.contains(".environment.") && !inside.contains(".dockerLabels.")
    }
}

/// A role's short name is the same as its ARN.
fn same_role(ours: &str, theirs: &str) -> bool {
    if ours.starts_with("arn:") && theirs.starts_with("arn:") {
        return placeholder::fits(ours, theirs);
    }
    let short = |role: &str| role.rsplit('/').next().unwrap_or(role).to_owned();
    placeholder::fits(&short(ours), &short(theirs))
}

fn text(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}
