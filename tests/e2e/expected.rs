//! `expected.toml`: which verdicts a step changes.

use super::learner::Domain;
use std::collections::BTreeMap;

/// Verdict by check.
pub type Verdicts = BTreeMap<String, String>;

/// What is expected at the start, and after each step.
pub struct Expected {
    table: toml::Table,
    domain: Domain,
}

impl Expected {
    pub fn of(domain: Domain) -> Self {
        Expected {
            table: include_str!("expected.toml").parse().unwrap(),
            domain,
        }
    }

    /// Lays the changes of `moment` over what was expected before. A moment that is not listed changes nothing.
    pub fn after(&self, moment: &str, mut before: Verdicts) -> Verdicts {
        let own = match self.domain {
            Domain::Has => "domain",
            Domain::None => "no-domain",
        };
        let shared = self.table.get(moment).and_then(toml::Value::as_table);
        let section = |name: &str| {
            shared
                .and_then(|table| table.get(name))
                .and_then(toml::Value::as_table)
        };
        for (check, verdict) in [section("all"), section(own)]
            .into_iter()
            .flatten()
            .flatten()
        {
            before.insert(check.clone(), verdict.as_str().unwrap().to_owned());
        }
        before
    }
}

/// Every check of a verification, by id.
pub fn verdicts(verification: &serde_json::Value) -> Verdicts {
    let list = |value: &serde_json::Value, key: &str| value[key].as_array().unwrap().clone();
    list(verification, "lessons")
        .iter()
        .flat_map(|lesson| list(lesson, "steps"))
        .flat_map(|step| list(&step, "checks"))
        .map(|check| {
            let text = |key: &str| check[key].as_str().unwrap().to_owned();
            (text("id"), text("verdict"))
        })
        .collect()
}

/// Stops with a readable list of differences.
pub fn assert_same(moment: &str, expected: &Verdicts, verification: &serde_json::Value) {
    let found = verdicts(verification);
    let mut differences = Vec::new();
    for check in expected.keys().chain(found.keys()) {
        let pair = (expected.get(check), found.get(check));
        if pair.0 != pair.1 {
            let line = format!(
                "  {check}: expected {}, found {}: {}",
                pair.0.map_or("nothing", String::as_str),
                pair.1.map_or("nothing", String::as_str),
                summary(verification, check)
            );
            if !differences.contains(&line) {
                differences.push(line);
            }
        }
    }
    assert!(
        differences.is_empty(),
        "after {moment}:\n{}",
        differences.join("\n")
    );
}

fn summary(verification: &serde_json::Value, check: &str) -> String {
    let all = verification
        .pointer("/lessons")
        .unwrap()
        .as_array()
        .unwrap();
    all.iter()
        .flat_map(|lesson| lesson["steps"].as_array().unwrap())
        .flat_map(|step| step["checks"].as_array().unwrap())
        .find(|finding| finding["id"] == check)
        .map(|finding| finding["summary"].to_string())
        .unwrap_or_default()
}
