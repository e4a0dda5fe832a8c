//! IAM policy documents: JSON, URL-encoded on the wire, with one-or-many everywhere.

use crate::account::{Effect, Fact, Named, PolicyDocument, Statement, Why};
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

/// Reads a document as it comes over the wire.
pub(super) fn read(encoded: &str) -> Fact<PolicyDocument> {
    let text = percent_decode_str(encoded.trim()).decode_utf8_lossy();
    serde_json::from_str::<Value>(&text)
        .ok()
        .as_ref()
        .and_then(document)
        .map_or_else(unreadable, Fact::Present)
}

fn unreadable() -> Fact<PolicyDocument> {
    Fact::Unknown(Why::Other {
        say: "a policy document is not in a form that Landfall can read".to_owned(),
    })
}

fn document(json: &Value) -> Option<PolicyDocument> {
    let statements = many(json.get("Statement")?)
        .map(|one| statement(one.as_object()?))
        .collect::<Option<Vec<_>>>()?;
    Some(PolicyDocument { statements })
}

fn statement(json: &Map<String, Value>) -> Option<Statement> {
    let effect = match json.get("Effect")?.as_str()? {
        "Allow" => Effect::Allow,
        "Deny" => Effect::Deny,
        _ => return None,
    };
    // "Everybody but these" says yes or no to a service in ways that only a real call shows, like a condition.
    let all_but_some = json.contains_key("NotPrincipal");
    Some(Statement {
        effect,
        actions: named(json, "Action", "NotAction")?,
        // A trust policy has none: it is about the role itself.
        resources: named(json, "Resource", "NotResource").unwrap_or(Named::These(Vec::new())),
        has_condition: all_but_some
            || json
                .get("Condition")
                .is_some_and(|condition| condition.as_object().is_none_or(|map| !map.is_empty())),
        principals: if all_but_some {
            vec!["*".to_owned()]
        } else {
            json.get("Principal").map(principals).unwrap_or_default()
        },
    })
}

fn named(json: &Map<String, Value>, these: &str, all_but: &str) -> Option<Named> {
    match (json.get(these), json.get(all_but)) {
        (Some(value), None) => texts(value).map(Named::These),
        (None, Some(value)) => texts(value).map(Named::AllBut),
        _ => None,
    }
}

/// `"*"`, or `{"Service": "ecs-tasks.amazonaws.com", "AWS": ["...", "..."]}`.
fn principals(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Object(kinds) => kinds.values().filter_map(texts).flatten().collect(),
        _ => Vec::new(),
    }
}

fn texts(value: &Value) -> Option<Vec<String>> {
    many(value)
        .map(|one| one.as_str().map(str::to_owned))
        .collect()
}

fn many(value: &Value) -> std::slice::Iter<'_, Value> {
    match value {
        Value::Array(values) => values.iter(),
        one => std::slice::from_ref(one).iter(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn present(text: &str) -> Vec<Statement> {
        match read(text) {
            Fact::Present(document) => document.statements,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn one_statement_reads_like_many() {
        let encoded = "%7B%22Version%22%3A%222012-10-17%22%2C%22Statement%22%3A%7B%22Effect%22%3A%22Allow%22%2C%22Action\
                       %22%3A%22ssm%3AGetParameters%22%2C%22Resource%22%3A%22%2A%22%7D%7D";
        let statements = present(encoded);
        assert_eq!(
            statements[0].actions,
            Named::These(vec!["ssm:GetParameters".into()])
        );
        assert_eq!(statements[0].resources, Named::These(vec!["*".into()]));
        assert!(!statements[0].has_condition);
    }

    #[test]
    fn a_trust_policy_names_who_may_use_it() {
        let trust = r#"{"Statement":[{"Effect":"Allow","Principal":{"Service":["ecs-tasks.amazonaws.com"],"AWS":"arn:aws:iam::1:root"},
            "Action":"sts:AssumeRole","Condition":{"StringEquals":{"aws:SourceAccount":"1"}}}]}"#;
        let statements = present(trust);
        let mut principals = statements[0].principals.clone();
        principals.sort();
        assert_eq!(
            principals,
            ["arn:aws:iam::1:root", "ecs-tasks.amazonaws.com"]
        );
        assert!(statements[0].has_condition);
    }

    #[test]
    fn everybody_but_somebody_is_never_plain() {
        let trust = r#"{"Statement":[{"Effect":"Deny","NotPrincipal":{"AWS":"arn:aws:iam::1:root"},"Action":"sts:AssumeRole"}]}"#;
        let statements = present(trust);
        assert_eq!(statements[0].principals, ["*"]);
        assert!(statements[0].has_condition);
    }

    #[test]
    fn not_action_and_deny_are_kept_as_they_are() {
        let text = r#"{"Statement":[{"Effect":"Deny","NotAction":["iam:*"],"NotResource":"arn:aws:s3:::a"}]}"#;
        let statements = present(text);
        assert_eq!(statements[0].effect, Effect::Deny);
        assert_eq!(statements[0].actions, Named::AllBut(vec!["iam:*".into()]));
        assert_eq!(
            statements[0].resources,
            Named::AllBut(vec!["arn:aws:s3:::a".into()])
        );
    }

    #[test]
    fn what_cannot_be_read_is_unknown_never_empty() {
        for text in [
            "",
            "{}",
            "[]",
            "{\"Statement\":[{\"Effect\":\"Maybe\",\"Action\":\"*\"}]}",
            "{\"Statement\":[{\"Effect\":\"Allow\"}]}",
            "{\"Statement\":[1]}",
        ] {
            assert!(matches!(read(text), Fact::Unknown(_)), "{text}");
        }
    }
}
