//! Where a listener sends a request, and which target groups it forwards to at all.

use crate::account::{Action, Arn, Fact, Listener, ListenerRule, Why};
use conditions::{Holds, condition_holds, holds, is_for_everyone};

mod conditions;
#[cfg(test)]
mod tests;

/// What a listener does with one request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Lands<'a> {
    /// To these target groups, those without weight left out.
    Forward(Vec<&'a Arn>),
    Redirect {
        protocol: &'a str,
        port: &'a str,
        host: &'a str,
    },
    /// A fixed response, or no action at all.
    Elsewhere(String),
    /// The rules, which come before the default action, could not be read or understood.
    CannotTell(Why),
}

impl Lands<'_> {
    /// Half a sentence: "a redirect to HTTP on port 8080".
    pub fn words(&self) -> String {
        match self {
            Lands::Forward(groups) if groups.is_empty() => {
                "no target group (every weight is 0)".to_owned()
            }
            Lands::Forward(groups) => {
                let names: Vec<&str> = groups.iter().map(|arn| group_name(arn)).collect();
                format!("the target group {}", names.join(" and "))
            }
            Lands::Redirect {
                protocol,
                port,
                host,
            } => {
                let protocol = match *protocol {
                    "#{protocol}" => "the same protocol",
                    other => other,
                };
                let port = match *port {
                    "#{port}" => "the same port".to_owned(),
                    other => format!("port {other}"),
                };
                match *host {
                    "#{host}" => format!("a redirect to {protocol} on {port}"),
                    other => format!("a redirect to {protocol} on {port} of {other}"),
                }
            }
            Lands::Elsewhere(say) => say.clone(),
            Lands::CannotTell(_) => "somewhere that cannot be told".to_owned(),
        }
    }

    /// Whether it sends the visitor to HTTPS on 443 of the same host. `#{port}` is the port that was asked: with HTTPS on
    /// port 80 nobody answers.
    /// <https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-listeners.html#redirect-actions>
    pub fn is_https_of(&self, asked: &str) -> bool {
        matches!(self, Lands::Redirect { protocol, port, host }
            if protocol.eq_ignore_ascii_case("https")
                && *port == "443"
                && (*host == "#{host}" || host.eq_ignore_ascii_case(asked)))
    }
}

/// `targetgroup/NAME/ID` gives NAME.
pub(super) fn group_name(arn: &Arn) -> &str {
    arn.as_str().split('/').nth(1).unwrap_or(arn.as_str())
}

/// What a GET of `path` at `host` meets: the first rule whose conditions all hold, else the default action.
pub(super) fn lands<'a>(listener: &'a Listener, host: &str, path: &str) -> Lands<'a> {
    match actions_for(listener, &|rule| holds(rule, host, path)) {
        Ok(actions) => does(actions),
        Err(why) => Lands::CannotTell(why),
    }
}

/// What a request to `host` meets that no narrower rule is about: the first rule for everybody, else the default action.
pub(super) fn everyone<'a>(listener: &'a Listener, host: &str) -> Lands<'a> {
    match actions_for(listener, &|rule| is_for_everyone(rule, host)) {
        Ok(actions) => does(actions),
        Err(why) => Lands::CannotTell(why),
    }
}

/// The rules that catch only some of the requests to `host`, before the one for everybody.
pub(super) fn exceptions<'a>(
    listener: &'a Listener,
    host: &'a str,
) -> impl Iterator<Item = &'a ListenerRule> {
    let rules = listener.rules.present().map_or(&[][..], Vec::as_slice);
    rules
        .iter()
        .take_while(move |rule| is_for_everyone(rule, host) != Holds::Yes)
        .filter(move |rule| {
            rule.conditions
                .iter()
                .filter(|condition| condition.field == "host-header")
                .all(|condition| condition_holds(condition, host, "") != Holds::No)
        })
}

/// Where a rule by itself sends what it catches.
pub(super) fn rule_lands(rule: &ListenerRule) -> Lands<'_> {
    does(&rule.actions)
}

/// Whether visitors of that page are asked to sign in before they get to it.
pub(super) fn asks_to_sign_in(listener: &Listener, host: &str, path: &str) -> bool {
    actions_for(listener, &|rule| holds(rule, host, path)).is_ok_and(|actions| {
        actions
            .iter()
            .any(|action| matches!(action, Action::Other(kind) if is_gate(kind)))
    })
}

/// <https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Action.html>
fn is_gate(kind: &str) -> bool {
    kind.starts_with("authenticate-") || kind == "jwt-validation"
}

/// The actions of the first rule that holds. A rule that may hold only matters if it would do something else.
fn actions_for<'a>(
    listener: &'a Listener,
    holds: &dyn Fn(&ListenerRule) -> Holds,
) -> Result<&'a [Action], Why> {
    let rules = match &listener.rules {
        Fact::Unknown(why) => return Err(why.clone()),
        Fact::Absent => &[][..],
        Fact::Present(rules) => rules,
    };
    let mut perhaps: Vec<&ListenerRule> = Vec::new();
    let mut decided = listener.default_actions.as_slice();
    for rule in rules {
        match holds(rule) {
            Holds::No => {}
            Holds::Perhaps => perhaps.push(rule),
            Holds::Yes => {
                decided = &rule.actions;
                break;
            }
        }
    }
    match perhaps.iter().find(|rule| rule.actions != decided) {
        Some(rule) => Err(Why::Other {
            say: format!(
                "the rule with priority {} decides by a regular expression, which this version does not follow",
                rule.priority
            ),
        }),
        None => Ok(decided),
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
        Some(Action::Redirect {
            protocol,
            port,
            host,
            ..
        }) => Lands::Redirect {
            protocol,
            port,
            host,
        },
        Some(Action::FixedResponse { status }) => {
            Lands::Elsewhere(format!("a fixed response ({status})"))
        }
        Some(Action::Other(kind)) => Lands::Elsewhere(kind.clone()),
        None => Lands::Elsewhere("nothing".to_owned()),
    }
}
