//! Places in a task definition file that somebody or something still has to fill in: `<ACCOUNT_ID>`, `${TAG}`.

use serde_json::Value;
use std::ops::Range;

/// The placeholders in one text, as byte ranges.
fn ranges(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(offset) = text[at..].find(['<', '$']) {
        let start = at + offset;
        match placeholder_length(&text[start..]) {
            Some(length) => {
                found.push(start..start + length);
                at = start + length;
            }
            None => at = start + 1,
        }
    }
    found
}

fn placeholder_length(text: &str) -> Option<usize> {
    let (open, close) = if text.starts_with("${") {
        ("${", '}')
    } else if text.starts_with('<') {
        ("<", '>')
    } else {
        return None;
    };
    let inside = &text[open.len()..open.len() + text[open.len()..].find(close)?];
    let named = inside.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && inside
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | ' ' | '.' | ':'));
    named.then_some(open.len() + inside.len() + close.len_utf8())
}

/// Whether a text holds a placeholder.
pub(super) fn is_in(text: &str) -> bool {
    !ranges(text).is_empty()
}

/// Whether `actual` is what `pattern` may become once its placeholders are filled in.
pub(super) fn fits(pattern: &str, actual: &str) -> bool {
    let holes = ranges(pattern);
    let (Some(first), Some(last)) = (holes.first(), holes.last()) else {
        return pattern == actual;
    };
    let (head, tail) = (&pattern[..first.start], &pattern[last.end..]);
    if actual.len() < head.len() + tail.len()
        || !actual.starts_with(head)
        || !actual.ends_with(tail)
    {
        return false;
    }
    let mut rest = &actual[head.len()..actual.len() - tail.len()];
    for pair in holes.windows(2) {
        let between = &pattern[pair[0].end..pair[1].start];
        match rest.find(between) {
            Some(at) => rest = &rest[at + between.len()..],
            None => return false,
        }
    }
    true
}

/// Keys of a task definition whose value still holds a placeholder, in dotted form. Commands are left out: in a
/// shell's line `${PORT}` is a variable.
pub(super) fn keys(definition: &Value) -> Vec<String> {
    let mut found = Vec::new();
    walk(definition, "", &mut found);
    found
}

fn walk(value: &Value, path: &str, found: &mut Vec<String>) {
    match value {
        Value::String(text) if is_in(text) => found.push(path.to_owned()),
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                match name_of(item) {
                    Some(name) => walk_entry(item, &join(path, name), found),
                    None => walk(item, &join(path, &index.to_string()), found),
                }
            }
        }
        Value::Object(entries) => {
            for (key, inner) in entries.iter().filter(|(key, _)| !is_command(key)) {
                walk(inner, &join(path, key), found);
            }
        }
        _ => {}
    }
}

/// A variable or secret is `{name, value}`: its key is the name alone.
fn walk_entry(item: &Value, path: &str, found: &mut Vec<String>) {
    let value = item.get("value").or_else(|| item.get("valueFrom"));
    match value {
        Some(value) => walk(value, path, found),
        None => walk(item, path, found),
    }
}

/// Whether the key holds a command line.
pub(super) fn is_command(key: &str) -> bool {
    matches!(key, "command" | "entryPoint")
}

pub(super) fn name_of(item: &Value) -> Option<&str> {
    item.get("name").and_then(Value::as_str)
}

/// `path.key`, cleaned for the screen: a file's keys may be anything.
pub(super) fn join(path: &str, key: &str) -> String {
    let key: String = key
        .chars()
        .take(100)
        .map(|c| if c.is_control() { '?' } else { c })
        .collect();
    if path.is_empty() {
        key
    } else {
        format!("{path}.{key}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn angle_brackets_and_dollar_braces_are_placeholders_and_other_text_is_not() {
        for text in [
            "<ACCOUNT_ID>",
            "arn:aws:iam::<your account>:role/x",
            "api:${TAG}",
            "${env.TAG}",
        ] {
            assert!(is_in(text), "{text}");
        }
        for text in [
            "a < b > c",
            "</b>",
            "$TAG",
            "${}",
            "<>",
            "x<",
            "${",
            "ünï<",
            "100$",
        ] {
            assert!(!is_in(text), "{text}");
        }
    }

    #[test]
    fn a_text_fits_when_everything_around_the_placeholders_is_the_same() {
        assert!(fits(
            "arn:aws:iam::<ID>:role/exec",
            "arn:aws:iam::123456789012:role/exec"
        ));
        assert!(fits("<A>-<B>", "x-y"));
        assert!(fits("${A}", ""));
        assert!(fits("plain", "plain"));
        assert!(!fits(
            "arn:aws:iam::<ID>:role/exec",
            "arn:aws:iam::123456789012:role/other"
        ));
        assert!(!fits("ab<X>b", "ab"));
        assert!(!fits("<A>-mid-<B>", "x-y"));
        assert!(!fits("plain", "plainer"));
    }

    #[test]
    fn keys_are_named_by_container_and_variable_and_shell_variables_do_not_count() {
        let definition = json!({
            "family": "news",
            "executionRoleArn": "arn:aws:iam::<ACCOUNT_ID>:role/x",
            "containerDefinitions": [{
                "name": "api",
                "image": "${IMAGE}",
                "command": ["sh", "-c", "uvicorn --port ${PORT}"],
                "healthCheck": {"command": ["CMD-SHELL", "curl localhost:${PORT}"]},
                "environment": [{"name": "STAGE", "value": "<stage>"}, {"name": "DEBUG", "value": "0"}],
                "secrets": [{"name": "DATABASE_URL", "valueFrom": "arn:aws:ssm:us-east-1:<ACCOUNT_ID>:parameter/x"}]
            }]
        });
        let mut found = keys(&definition);
        found.sort();
        assert_eq!(
            found,
            [
                "containerDefinitions.api.environment.STAGE",
                "containerDefinitions.api.image",
                "containerDefinitions.api.secrets.DATABASE_URL",
                "executionRoleArn",
            ]
        );
    }
}
