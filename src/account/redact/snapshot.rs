//! A whole snapshot, whatever it came from. Behind the doors of the single values this is the net that holds for every
//! field, also for those that are added later and for files that others wrote.

use super::{LEFT_OUT, Prose, redact};
use crate::account::{Fact, Snapshot, ValueFrom, secret_kind};
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// Fields that hold sentences of somebody else.
const MESSAGES: [&str; 10] = [
    "stopped_reason",
    "reason",
    "state_reason",
    "status_reason",
    "rollout_reason",
    "failure_reason",
    "description",
    "message",
    "say",
    // Cut out of a sentence: what AWS refused.
    "action",
];

/// Takes secrets out of every text of a snapshot in its JSON form.
fn redact_json(value: &mut Value) {
    walk(value, Prose::Name, Prose::Message);
}

/// `sentences` is what the fields for sentences hold here.
fn walk(value: &mut Value, prose: Prose, sentences: Prose) {
    match value {
        Value::String(text) => *text = redact(text, prose),
        Value::Array(items) => items
            .iter_mut()
            .for_each(|item| walk(item, prose, sentences)),
        Value::Object(fields) => {
            let named = std::mem::replace(fields, Map::new());
            for (name, mut inner) in named {
                let prose = if MESSAGES.contains(&name.as_str()) {
                    sentences
                } else {
                    prose
                };
                let sentences = if name == "log_tails" {
                    Prose::Log
                } else {
                    sentences
                };
                walk(&mut inner, prose, sentences);
                fields.insert(redact(&name, Prose::Name), inner);
            }
        }
        _ => {}
    }
}

impl Snapshot {
    /// The same without secrets in any text, names of the chapter included.
    #[must_use]
    pub fn redacted(mut self) -> Self {
        self.leave_out_misused_references();
        self.leave_out_header_values();
        let mut json = serde_json::to_value(&self).expect("plain data always becomes JSON");
        redact_json(&mut json);
        serde_json::from_value(json).expect("texts do not change a snapshot's shape")
    }

    /// A balancer's rule on a header is how a proxy shows a shared secret. Which header it is stays.
    fn leave_out_header_values(&mut self) {
        let Fact::Present(balancers) = &mut self.balancers else {
            return;
        };
        let conditions = balancers
            .iter_mut()
            .filter_map(|balancer| match &mut balancer.listeners {
                Fact::Present(listeners) => Some(listeners),
                _ => None,
            })
            .flatten()
            .filter_map(|listener| match &mut listener.rules {
                Fact::Present(rules) => Some(rules),
                _ => None,
            })
            .flatten()
            .flat_map(|rule| &mut rule.conditions)
            .filter(|condition| condition.field == "http-header");
        for value in conditions.flat_map(|condition| &mut condition.values) {
            let name = value.split(':').next().unwrap_or_default();
            *value = format!("{name}: {LEFT_OUT}");
        }
    }

    /// A `valueFrom` that holds the secret itself instead of naming one: it looks random, and no parameter is called so.
    fn leave_out_misused_references(&mut self) {
        let known: BTreeSet<&str> = self
            .parameters
            .present()
            .into_iter()
            .flatten()
            .map(|parameter| parameter.name.as_str())
            .collect();
        let misused = |text: &str| match ValueFrom::parse(text) {
            ValueFrom::ParameterName(name) => {
                secret_kind(&name).is_some() && !known.contains(name.as_str())
            }
            _ => false,
        };
        let containers = self
            .definitions
            .values_mut()
            .filter_map(|definition| match definition {
                Fact::Present(definition) => Some(&mut definition.containers),
                _ => None,
            })
            .flatten();
        for secret in containers.flat_map(|container| &mut container.secrets) {
            if misused(&secret.value_from) {
                LEFT_OUT.clone_into(&mut secret.value_from);
            }
        }
    }
}
