//! What a call is asked with, and how it is written for each protocol.

use super::call::{Call, Protocol};
use serde_json::{Map, Value};
use std::fmt::Write as _;

/// Named inputs of a call, in the order given. Lists become `Name.1`, `Name.2` in forms and arrays in JSON.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Input(Vec<(&'static str, Value)>);

/// A request ready to be signed.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Wire {
    pub content_type: &'static str,
    /// `X-Amz-Target`.
    pub target: Option<String>,
    pub body: String,
}

impl Input {
    /// Without any.
    pub const fn none() -> Self {
        Input(Vec::new())
    }

    /// Adds one; the name is the wire's and must be declared by the call.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.0.push((name, value.into()));
        self
    }

    /// Replaces or adds one: the next page's token.
    pub(crate) fn set(&mut self, name: &'static str, value: String) {
        self.0.retain(|(known, _)| *known != name);
        self.0.push((name, Value::from(value)));
    }

    /// The first name that `call` does not declare; names inside an object are declared as `Outer.Inner`.
    pub(crate) fn undeclared(&self, call: &Call) -> Option<String> {
        self.0
            .iter()
            .find_map(|(name, value)| undeclared(call, name, value))
    }

    /// Writes the request; `None` for calls that go through an SDK crate.
    pub(crate) fn write(&self, call: &Call) -> Option<Wire> {
        match call.protocol {
            Protocol::Query { version } | Protocol::Ec2Query { version } => Some(Wire {
                content_type: "application/x-www-form-urlencoded",
                target: None,
                body: self.form(call.operation, version),
            }),
            Protocol::Json { target } => {
                let object: Map<String, Value> = self
                    .0
                    .iter()
                    .map(|(name, value)| ((*name).to_owned(), value.clone()))
                    .collect();
                Some(Wire {
                    content_type: "application/x-amz-json-1.1",
                    target: Some(format!("{target}.{}", call.operation)),
                    body: Value::Object(object).to_string(),
                })
            }
            Protocol::Sdk => None,
        }
    }

    fn form(&self, operation: &str, version: &str) -> String {
        let mut form = format!("Action={operation}&Version={version}");
        for (name, value) in &self.0 {
            append(&mut form, name, value);
        }
        form
    }
}

fn undeclared(call: &Call, name: &str, value: &Value) -> Option<String> {
    if !call.takes.contains(&name) {
        return Some(name.to_owned());
    }
    let inside = |value: &Value| match value {
        Value::Object(fields) => fields
            .iter()
            .find_map(|(field, value)| undeclared(call, &format!("{name}.{field}"), value)),
        _ => None,
    };
    match value {
        Value::Array(values) => values.iter().find_map(inside),
        other => inside(other),
    }
}

fn append(form: &mut String, name: &str, value: &Value) {
    match value {
        Value::Array(values) => {
            for (at, value) in values.iter().enumerate() {
                append(form, &format!("{name}.{}", at + 1), value);
            }
        }
        Value::Object(fields) => {
            for (field, value) in fields {
                append(form, &format!("{name}.{field}"), value);
            }
        }
        Value::Null => {}
        Value::String(text) => pair(form, name, text),
        other => pair(form, name, &other.to_string()),
    }
}

fn pair(form: &mut String, name: &str, text: &str) {
    use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
    const KEPT: &AsciiSet = &NON_ALPHANUMERIC
        .remove(b'-')
        .remove(b'.')
        .remove(b'_')
        .remove(b'~');
    let text = utf8_percent_encode(text, KEPT);
    write!(form, "&{name}={text}").expect("writing to a String cannot fail");
}

#[cfg(test)]
mod tests {
    use super::super::calls;
    use super::*;
    use serde_json::json;

    #[test]
    fn a_form_numbers_its_lists_and_escapes_its_values() {
        let input = Input::none()
            .with("PolicySourceArn", "arn:aws:iam::1:role/a b")
            .with("ActionNames.member", json!(["ssm:GetParameters", "kms:*"]));
        let wire = input
            .write(&calls::SIMULATE_PRINCIPAL_POLICY)
            .expect("a form");
        assert_eq!(
            wire.body,
            "Action=SimulatePrincipalPolicy&Version=2010-05-08&PolicySourceArn=arn%3Aaws%3Aiam%3A%3A1%3Arole%2Fa%20b\
             &ActionNames.member.1=ssm%3AGetParameters&ActionNames.member.2=kms%3A%2A"
        );
        assert_eq!(wire.target, None);
    }

    #[test]
    fn json_names_its_target() {
        let wire = Input::none()
            .with("MaxResults", 50)
            .write(&calls::DESCRIBE_PARAMETERS)
            .expect("json");
        assert_eq!(wire.target.as_deref(), Some("AmazonSSM.DescribeParameters"));
        assert_eq!(wire.body, r#"{"MaxResults":50}"#);
    }

    #[test]
    fn an_input_that_the_table_does_not_name_is_found() {
        let input = Input::none().with("UserName", "a").with("PathPrefix", "/");
        assert_eq!(
            input.undeclared(&calls::GET_USER).as_deref(),
            Some("PathPrefix")
        );
        let nested = |field: &str| {
            Input::none()
                .with("repositoryName", "a")
                .with("imageIds", json!([{ field: "x" }]))
                .undeclared(&calls::BATCH_GET_IMAGE)
        };
        assert_eq!(nested("imageDigest"), None);
        assert_eq!(nested("other").as_deref(), Some("imageIds.other"));
        assert_eq!(
            Input::none()
                .with("UserName", "a")
                .undeclared(&calls::GET_USER),
            None
        );
    }
}
