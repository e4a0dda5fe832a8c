//! Where a listener sends a request, and which target groups it forwards to at all.

use crate::account::{Action, Arn, Fact, Listener, ListenerRule, RuleCondition, Why, glob};

/// What a listener does with one request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Lands<'a> {
    Forward(Vec<&'a Arn>),
    Redirect {
        protocol: &'a str,
        port: &'a str,
    },
    /// A fixed response, a sign-in, or no action at all.
    Elsewhere(String),
    /// The rules, which come before the default action, could not be read.
    CannotTell(Why),
}

/// What a GET of `path` at `host` meets: the first rule whose conditions all hold, else the default action.
pub(super) fn lands<'a>(listener: &'a Listener, host: &str, path: &str) -> Lands<'a> {
    match &listener.rules {
        Fact::Unknown(why) => Lands::CannotTell(why.clone()),
        Fact::Absent => does(&listener.default_actions),
        Fact::Present(rules) => rules
            .iter()
            .find(|rule| holds(rule, host, path))
            .map_or_else(
                || does(&listener.default_actions),
                |rule| does(&rule.actions),
            ),
    }
}

/// Whether any action of the listener forwards to that group; `None` when the rules could not be read and the default
/// action does not.
pub(super) fn forwards_to(listener: &Listener, group: &Arn) -> Option<bool> {
    let names_it = |actions: &[Action]| {
        actions.iter().any(|action| {
            matches!(action, Action::Forward(groups) if groups.iter().any(|one| one.target_group == *group))
        })
    };
    if names_it(&listener.default_actions) {
        return Some(true);
    }
    match &listener.rules {
        Fact::Present(rules) => Some(rules.iter().any(|rule| names_it(&rule.actions))),
        Fact::Absent => Some(false),
        Fact::Unknown(_) => None,
    }
}

/// The deciding action is the last one; what stands before it signs people in.
fn does(actions: &[Action]) -> Lands<'_> {
    match actions.last() {
        Some(Action::Forward(groups)) => {
            // A single group gets everything, whatever its weight.
            let weighed = groups.len() > 1;
            Lands::Forward(
                groups
                    .iter()
                    .filter(|group| !weighed || group.weight > 0)
                    .map(|group| &group.target_group)
                    .collect(),
            )
        }
        Some(Action::Redirect { protocol, port, .. }) => Lands::Redirect { protocol, port },
        Some(Action::FixedResponse { status }) => {
            Lands::Elsewhere(format!("a fixed response ({status})"))
        }
        Some(Action::Other(kind)) => Lands::Elsewhere(kind.clone()),
        None => Lands::Elsewhere("nothing".to_owned()),
    }
}

fn holds(rule: &ListenerRule, host: &str, path: &str) -> bool {
    rule.conditions
        .iter()
        .all(|condition| condition_holds(condition, host, path))
}

/// Conditions on headers, queries or narrower sources do not hold for everyone, so they do not hold here.
fn condition_holds(condition: &RuleCondition, host: &str, path: &str) -> bool {
    let any = |test: &dyn Fn(&str) -> bool| condition.values.iter().any(|value| test(value));
    match condition.field.as_str() {
        "host-header" => {
            let host = host.to_ascii_lowercase();
            any(&|value| glob(&value.to_ascii_lowercase(), &host))
        }
        "path-pattern" => any(&|value| glob(value, path)),
        "http-request-method" => any(&|value| value.eq_ignore_ascii_case("GET")),
        "source-ip" => any(&|value| value == "0.0.0.0/0"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::Weighted;

    fn forward(groups: &[(&str, u32)]) -> Action {
        Action::Forward(
            groups
                .iter()
                .map(|(arn, weight)| Weighted {
                    target_group: (*arn).into(),
                    weight: *weight,
                })
                .collect(),
        )
    }

    fn rule(conditions: &[(&str, &[&str])], action: Action) -> ListenerRule {
        ListenerRule {
            priority: "1".into(),
            conditions: conditions
                .iter()
                .map(|(field, values)| RuleCondition {
                    field: (*field).into(),
                    values: values.iter().map(|value| (*value).to_owned()).collect(),
                })
                .collect(),
            actions: vec![action],
        }
    }

    fn listener(rules: Fact<Vec<ListenerRule>>) -> Listener {
        Listener {
            arn: "listener".into(),
            port: 443,
            protocol: "HTTPS".into(),
            default_actions: vec![Action::FixedResponse {
                status: "404".into(),
            }],
            rules,
            certificates: Fact::Present(Vec::new()),
        }
    }

    fn at_docs(rules: Vec<ListenerRule>) -> Lands<'static> {
        let listener = Box::leak(Box::new(listener(Fact::Present(rules))));
        lands(listener, "api.example.com", "/docs")
    }

    #[test]
    fn the_first_rule_whose_conditions_all_hold_decides() {
        let here: Arn = "tg".into();
        assert_eq!(
            at_docs(vec![
                rule(
                    &[("host-header", &["www.example.com"])],
                    forward(&[("other", 1)])
                ),
                rule(
                    &[
                        ("host-header", &["API.*"]),
                        ("path-pattern", &["/admin/*", "/d?cs"])
                    ],
                    forward(&[("tg", 1)])
                ),
            ]),
            Lands::Forward(vec![&here])
        );
    }

    #[test]
    fn a_condition_on_a_header_does_not_hold_for_everyone() {
        let lands = at_docs(vec![rule(
            &[("http-header", &["beta"])],
            forward(&[("tg", 1)]),
        )]);
        assert_eq!(lands, Lands::Elsewhere("a fixed response (404)".into()));
    }

    #[test]
    fn a_group_of_weight_nought_gets_nothing_beside_others_and_everything_alone() {
        let (one, two): (Arn, Arn) = ("one".into(), "two".into());
        assert_eq!(
            at_docs(vec![rule(&[], forward(&[("one", 0), ("two", 5)]))]),
            Lands::Forward(vec![&two])
        );
        assert_eq!(
            at_docs(vec![rule(&[], forward(&[("one", 0)]))]),
            Lands::Forward(vec![&one])
        );
    }

    #[test]
    fn unread_rules_leave_it_open() {
        let listener = listener(Fact::Unknown(Why::Throttled));
        assert_eq!(
            lands(&listener, "api.example.com", "/docs"),
            Lands::CannotTell(Why::Throttled)
        );
        assert_eq!(forwards_to(&listener, &"tg".into()), None);
    }
}
