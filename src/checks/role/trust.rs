//! Whom a role's trust policy lets use it.

use crate::account::{Effect, Named, Role, Statement, action_matches};

/// The part of ECS that starts tasks.
pub(super) const ECS_TASKS: &str = "ecs-tasks.amazonaws.com";

/// The chapter's trust policy.
pub(super) const TRUST: &str = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ecs-tasks.amazonaws.com"},"Action":"sts:AssumeRole"}]}"#;

/// Whether ECS may use the role.
pub(super) enum Trust {
    Given,
    /// Only a task that starts shows it; why, in words.
    Open(&'static str),
    NotGiven(Refusal),
}

pub(super) enum Refusal {
    /// A statement denies it to ECS.
    Denied,
    /// These are trusted instead.
    Others(Vec<String>),
}

pub(super) fn trust(role: &Role) -> Trust {
    let (mut plain, mut everybody, mut on_condition, mut denied_to_all) =
        (false, false, false, false);
    let mut others = Vec::new();
    for statement in role.trust.statements.iter().filter(|one| concerns(one)) {
        let named = statement.principals.iter().any(|who| who == ECS_TASKS);
        // `*` means every AWS principal; whether a service counts among them is not written down.
        let any = statement.principals.iter().any(|who| who == "*");
        match (statement.effect, statement.has_condition) {
            (_, true) if named || any => on_condition = true,
            (Effect::Allow, _) if named => plain = true,
            (Effect::Allow, _) if any => everybody = true,
            (Effect::Deny, _) if named => return Trust::NotGiven(Refusal::Denied),
            (Effect::Deny, _) if any => denied_to_all = true,
            (Effect::Allow, _) => {
                for who in &statement.principals {
                    if !others.contains(who) {
                        others.push(who.clone());
                    }
                }
            }
            (Effect::Deny, _) => {}
        }
    }
    if (plain || everybody) && denied_to_all {
        Trust::Open("and denies itself to everybody (\"*\")")
    } else if on_condition {
        Trust::Open("under a condition")
    } else if plain {
        Trust::Given
    } else if everybody {
        Trust::Open("only as part of everybody (\"*\")")
    } else {
        Trust::NotGiven(Refusal::Others(others))
    }
}

/// Whether a statement is about using the role at all.
fn concerns(statement: &Statement) -> bool {
    let matches = |pattern: &String| action_matches(pattern, "sts:AssumeRole");
    match &statement.actions {
        Named::These(actions) => actions.iter().any(matches),
        Named::AllBut(actions) => !actions.iter().any(matches),
    }
}
