//! Why a role may not do something, in words.

use super::remedy;
use crate::account::{Decision, PolicyVerdict, Role, RoleQuestion, clues, policy_verdict};

/// Why neither documents nor simulator settle it.
pub(super) enum Open {
    /// On these keys, as far as they are known.
    Condition(Vec<String>),
    /// The policies name it otherwise.
    AnotherName,
    /// Only the key's own policy can have allowed it.
    KeyPolicy,
}

impl Open {
    pub fn sentence(&self, role: &Role, question: &RoleQuestion) -> String {
        let (role, action) = (&role.name, question.action);
        match self {
            Open::Condition(keys) if keys.is_empty() => format!(
                "Whether {role} may {action} depends on a condition in its policies, which cannot be tried from here."
            ),
            Open::Condition(keys) => format!(
                "Whether {role} may {action} depends on a condition ({}), which cannot be tried from here.",
                keys.join(", ")
            ),
            Open::AnotherName | Open::KeyPolicy => format!(
                "{role} may {action}, but whether on {} cannot be told from here: its policies use another name.",
                question.thing()
            ),
        }
    }

    pub fn observed(&self) -> String {
        match self {
            Open::Condition(keys) if keys.is_empty() => "under a condition".to_owned(),
            Open::Condition(keys) => format!("under a condition on {}", keys.join(", ")),
            Open::AnotherName => "allowed under another name".to_owned(),
            Open::KeyPolicy => "not by its own policies; the key's policy is not read".to_owned(),
        }
    }
}

/// What the refused actions are for.
pub(super) fn purpose(refused: &[(&RoleQuestion, Decision)]) -> &'static str {
    let any = |service: &str| {
        refused
            .iter()
            .any(|(question, _)| question.action.starts_with(service))
    };
    match (any("ecr:"), any("logs:")) {
        (true, true) => "pull the image and write its log",
        (true, false) => "pull the image",
        (false, true) => "write its log",
        (false, false) if any("ssm:") || any("secretsmanager:") => "read the secrets",
        (false, false) => "decrypt the secrets",
    }
}

/// Why, in words; `alike` are the questions that were refused for this reason.
pub(super) fn reason(role: &Role, alike: &[&RoleQuestion], decision: Decision) -> String {
    let mut actions: Vec<&str> = Vec::new();
    for question in alike {
        if !actions.contains(&question.action) {
            actions.push(question.action);
        }
    }
    let listed = match actions.as_slice() {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first, second] => format!("{first} and {second}"),
        [first, rest @ ..] => format!("{first} and {} more", rest.len()),
    };
    match decision {
        Decision::NotAllowed => not_allowed(role, alike, &listed),
        Decision::ExplicitlyDenied => {
            match alike.first().and_then(|one| remedy::denying(role, one)) {
                Some(policy) => format!("the policy {} denies {listed}", policy.name),
                None => format!("one of its policies denies {listed}"),
            }
        }
        Decision::Allowed | Decision::DeniedByBoundary | Decision::DeniedByOrganisation => {
            format!("{} ({listed})", words(decision))
        }
    }
}

/// Near misses are named: another resource, `GetParameter` for `GetParameters`.
fn not_allowed(role: &Role, alike: &[&RoleQuestion], listed: &str) -> String {
    let plain = format!("none of its policies allows {listed}");
    let Some(first) = alike.first() else {
        return plain;
    };
    if clues(role, first.action, &first.resource)
        .is_some_and(|clues| clues.action_allowed_somewhere)
    {
        return format!(
            "its policies allow {}, but not on {}",
            first.action,
            first.thing()
        );
    }
    let singular = first.action == "ssm:GetParameters"
        && policy_verdict(role, "ssm:GetParameter", &first.resource) == PolicyVerdict::Allowed;
    if singular {
        return format!("{plain} (ssm:GetParameter, without the s, is another action)");
    }
    plain
}

/// A decision by itself.
pub(super) const fn words(decision: Decision) -> &'static str {
    match decision {
        Decision::Allowed => "allowed",
        Decision::NotAllowed => "none of its policies allows it",
        Decision::ExplicitlyDenied => "one of its policies denies it",
        Decision::DeniedByOrganisation => "your organisation does not allow it",
        Decision::DeniedByBoundary => "its permissions boundary does not allow it",
    }
}
