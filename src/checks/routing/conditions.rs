//! Which requests a rule of a listener catches.

use crate::account::{ListenerRule, RuleCondition, glob};

/// Whether a rule or a condition catches a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holds {
    Yes,
    No,
    /// It has a regular expression.
    Perhaps,
}

fn all(conditions: impl Iterator<Item = Holds>) -> Holds {
    conditions.fold(Holds::Yes, |so_far, next| match (so_far, next) {
        (Holds::No, _) | (_, Holds::No) => Holds::No,
        (Holds::Perhaps, _) | (_, Holds::Perhaps) => Holds::Perhaps,
        (Holds::Yes, Holds::Yes) => Holds::Yes,
    })
}

pub(super) fn holds(rule: &ListenerRule, host: &str, path: &str) -> Holds {
    all(rule
        .conditions
        .iter()
        .map(|condition| condition_holds(condition, host, path)))
}

/// A rule for one page, one method or some visitors is not for everybody.
pub(super) fn is_for_everyone(rule: &ListenerRule, host: &str) -> Holds {
    all(rule.conditions.iter().map(|condition| {
        let all_pages = |value: &String| matches!(value.as_str(), "/*" | "*");
        match condition.field.as_str() {
            "path-pattern" if condition.values.iter().any(all_pages) => Holds::Yes,
            "host-header" | "source-ip" => condition_holds(condition, host, ""),
            _ => Holds::No,
        }
    }))
}

/// Conditions on headers, queries or narrower sources do not hold for everyone, so they do not hold here.
pub(super) fn condition_holds(condition: &RuleCondition, host: &str, path: &str) -> Holds {
    let any = |test: &dyn Fn(&str) -> bool| {
        if condition.values.iter().any(|value| test(value)) {
            Holds::Yes
        } else if condition.patterns.is_empty() {
            Holds::No
        } else {
            Holds::Perhaps
        }
    };
    match condition.field.as_str() {
        "host-header" => {
            let host = host.to_ascii_lowercase();
            any(&|value| glob(&value.to_ascii_lowercase(), &host))
        }
        "path-pattern" => any(&|value| glob(value, path)),
        "http-request-method" => any(&|value| value.eq_ignore_ascii_case("GET")),
        "source-ip" => any(&|value| value == "0.0.0.0/0"),
        _ => Holds::No,
    }
}
