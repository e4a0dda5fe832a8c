//! What policy documents say by themselves about one action on one resource. Used to judge, and to decide whether
//! `iam:SimulatePrincipalPolicy` has to be asked at all.

use super::fact::{Fact, Why};
use super::policy::{AttachedPolicy, Effect, Named, Role, Statement};
use super::wildcard;

/// What the documents say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PolicyVerdict {
    /// A statement without a condition allows it, and nothing else could stand in the way.
    Allowed,
    /// Nothing allows it plainly, or something (a deny, a condition, a boundary, NotAction) may change the answer:
    /// ask the simulator.
    Undecided,
    /// A document that could change the answer was not read.
    Unreadable(Why),
}

/// What a role's policies say about `action` on `resource` (an ARN, or `*`).
///
/// A permissions boundary always leaves it undecided.
pub fn policy_verdict(role: &Role, action: &str, resource: &str) -> PolicyVerdict {
    if role.boundary.is_some() {
        return PolicyVerdict::Undecided;
    }
    match &role.policies {
        Fact::Present(policies) => documents_verdict(policies, action, resource),
        Fact::Absent => PolicyVerdict::Undecided,
        Fact::Unknown(why) => PolicyVerdict::Unreadable(why.clone()),
    }
}

/// The same for policies that are not a role's. Service control policies are not among them; they never allow, and an
/// account of a learner's own rarely has any.
pub fn documents_verdict(
    policies: &[AttachedPolicy],
    action: &str,
    resource: &str,
) -> PolicyVerdict {
    let mut allowed = false;
    let mut unread = None;
    for policy in policies {
        match &policy.document {
            Fact::Present(document) => {
                for statement in &document.statements {
                    match says(statement, action, resource) {
                        Says::Nothing => {}
                        Says::Allow => allowed = true,
                        Says::Perhaps => return PolicyVerdict::Undecided,
                    }
                }
            }
            // It could hold a deny.
            Fact::Unknown(why) => unread = Some(why.clone()),
            Fact::Absent => {}
        }
    }
    match (unread, allowed) {
        (Some(why), _) => PolicyVerdict::Unreadable(why),
        (None, true) => PolicyVerdict::Allowed,
        (None, false) => PolicyVerdict::Undecided,
    }
}

/// What the documents hold about one action on one resource that needs a second look.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Clues<'a> {
    /// A statement allows it under a condition.
    pub allowed_on_condition: bool,
    /// A statement denies it under a condition.
    pub denied_on_condition: bool,
    /// The first policy that denies it outright.
    pub denied_by: Option<&'a AttachedPolicy>,
    /// Some statement allows the action, on whatever resource.
    pub action_allowed_somewhere: bool,
}

/// Looks through the documents that were read; `None` when one was not.
pub fn clues<'a>(role: &'a Role, action: &str, resource: &str) -> Option<Clues<'a>> {
    let policies = match &role.policies {
        Fact::Present(policies) => policies.as_slice(),
        Fact::Absent => &[],
        Fact::Unknown(_) => return None,
    };
    let mut clues = Clues::default();
    for policy in policies {
        let statements = match &policy.document {
            Fact::Present(document) => document.statements.as_slice(),
            Fact::Absent => &[],
            Fact::Unknown(_) => return None,
        };
        for statement in statements {
            if !covers(&statement.actions, |one| {
                wildcard::action_matches(one, action)
            }) {
                continue;
            }
            let hits = covers(&statement.resources, |one| {
                has_variable(one) || wildcard::resource_matches(one, resource)
            });
            match (statement.effect, statement.has_condition) {
                (Effect::Allow, conditional) => {
                    clues.action_allowed_somewhere = true;
                    clues.allowed_on_condition |= hits && conditional;
                }
                (Effect::Deny, true) => clues.denied_on_condition |= hits,
                (Effect::Deny, false) if hits => {
                    clues.denied_by = clues.denied_by.or(Some(policy));
                }
                (Effect::Deny, false) => {}
            }
        }
    }
    Some(clues)
}

/// Whether a list, or all but a list, covers something.
fn covers(named: &Named, matches: impl Fn(&str) -> bool) -> bool {
    match named {
        Named::These(these) => these.iter().any(|one| matches(one)),
        Named::AllBut(others) => !others.iter().any(|one| matches(one)),
    }
}

/// `${aws:PrincipalTag/team}` is filled in when the call is made; what it covers, the text does not say.
fn has_variable(resource: &str) -> bool {
    resource.contains("${")
}

enum Says {
    Nothing,
    Allow,
    /// It may touch the question in a way that only the simulator can weigh.
    Perhaps,
}

fn says(statement: &Statement, action: &str, resource: &str) -> Says {
    let (Named::These(actions), Named::These(resources)) =
        (&statement.actions, &statement.resources)
    else {
        // NotAction and NotResource: an allow does not count as explicit, a deny may hit.
        return match statement.effect {
            Effect::Allow => Says::Nothing,
            Effect::Deny => Says::Perhaps,
        };
    };
    let hits = actions
        .iter()
        .any(|pattern| wildcard::action_matches(pattern, action))
        && resources
            .iter()
            .any(|pattern| wildcard::resource_matches(pattern, resource));
    // A deny on part of what `*` stands for is one on the question, too; one with a variable in it may be.
    let denies_part = (resource == "*" || resources.iter().any(|one| has_variable(one)))
        && statement.effect == Effect::Deny
        && actions
            .iter()
            .any(|pattern| wildcard::action_matches(pattern, action));
    match statement.effect {
        Effect::Deny if hits || denies_part => Says::Perhaps,
        Effect::Allow if hits && !statement.has_condition => Says::Allow,
        _ => Says::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::PolicyDocument;

    const PARAMETER: &str = "arn:aws:ssm:us-east-1:123456789012:parameter/news-api/DATABASE_URL";

    fn statement(effect: Effect, action: &str, resource: &str) -> Statement {
        Statement {
            effect,
            actions: Named::These(vec![action.into()]),
            resources: Named::These(vec![resource.into()]),
            has_condition: false,
            principals: Vec::new(),
        }
    }

    fn role(statements: Vec<Statement>) -> Role {
        Role {
            name: "ecsTaskExecutionRole".into(),
            arn: "arn:aws:iam::123456789012:role/ecsTaskExecutionRole".into(),
            created_at: None,
            trust: PolicyDocument::default(),
            boundary: None,
            policies: Fact::Present(vec![AttachedPolicy {
                name: "inline".into(),
                arn: None,
                through_group: None,
                document: Fact::Present(PolicyDocument { statements }),
            }]),
            simulated: Vec::new(),
        }
    }

    fn asked(role: &Role) -> PolicyVerdict {
        policy_verdict(role, "ssm:GetParameters", PARAMETER)
    }

    #[test]
    fn an_explicit_allow_is_enough() {
        for (action, resource) in [
            ("ssm:GetParameters", PARAMETER),
            ("SSM:getparameters", "arn:aws:ssm:*:*:parameter/news-api/*"),
            ("ssm:Get*", "*"),
            ("*", "*"),
        ] {
            let role = role(vec![statement(Effect::Allow, action, resource)]);
            assert_eq!(
                asked(&role),
                PolicyVerdict::Allowed,
                "{action} on {resource}"
            );
        }
    }

    #[test]
    fn another_action_or_another_resource_decides_nothing() {
        for (action, resource) in [
            ("ssm:GetParameter", PARAMETER),
            (
                "ssm:GetParameters",
                "arn:aws:ssm:us-east-1:123456789012:parameter/other/*",
            ),
        ] {
            let role = role(vec![statement(Effect::Allow, action, resource)]);
            assert_eq!(
                asked(&role),
                PolicyVerdict::Undecided,
                "{action} on {resource}"
            );
        }
    }

    #[test]
    fn a_deny_a_condition_a_boundary_or_not_action_leave_it_to_the_simulator() {
        let allow = || statement(Effect::Allow, "ssm:GetParameters", "*");
        let denied = role(vec![allow(), statement(Effect::Deny, "ssm:*", PARAMETER)]);
        assert_eq!(asked(&denied), PolicyVerdict::Undecided);

        let conditional = role(vec![Statement {
            has_condition: true,
            ..allow()
        }]);
        assert_eq!(asked(&conditional), PolicyVerdict::Undecided);

        let mut bounded = role(vec![allow()]);
        bounded.boundary = Some("arn:aws:iam::123456789012:policy/boundary".into());
        assert_eq!(asked(&bounded), PolicyVerdict::Undecided);

        let all_but = Named::AllBut(vec!["iam:*".into()]);
        let not_action = role(vec![Statement {
            actions: all_but.clone(),
            ..allow()
        }]);
        assert_eq!(asked(&not_action), PolicyVerdict::Undecided);

        let deny_all_but = Statement {
            effect: Effect::Deny,
            actions: all_but,
            ..allow()
        };
        assert_eq!(
            asked(&role(vec![allow(), deny_all_but])),
            PolicyVerdict::Undecided
        );
    }

    #[test]
    fn a_deny_of_something_else_is_no_hindrance() {
        let role = role(vec![
            statement(Effect::Allow, "ssm:GetParameters", "*"),
            statement(Effect::Deny, "ssm:PutParameter", "*"),
        ]);
        assert_eq!(asked(&role), PolicyVerdict::Allowed);
    }

    #[test]
    fn an_unread_document_is_never_passed_over() {
        let why = Why::Throttled;
        let mut some = role(vec![statement(Effect::Allow, "*", "*")]);
        if let Fact::Present(policies) = &mut some.policies {
            policies.push(AttachedPolicy {
                name: "unread".into(),
                arn: None,
                through_group: None,
                document: Fact::Unknown(why.clone()),
            });
        }
        assert_eq!(asked(&some), PolicyVerdict::Unreadable(why.clone()));
        some.policies = Fact::Unknown(why.clone());
        assert_eq!(asked(&some), PolicyVerdict::Unreadable(why));
    }
}
