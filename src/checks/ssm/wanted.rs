//! Which parameter is meant: the one that the definition's secrets name, before that the configured one.

use super::Url;
use crate::account::ValueFrom;
use crate::checks::discovery::{Gap, definition};
use crate::checks::finding::{FoundBy, Judgement};
use crate::checks::stack::Stack;

/// Where the connection string is meant to be.
#[derive(Debug, Clone)]
pub(super) enum Wanted {
    Parameter {
        name: String,
        /// How the task definition's secrets name it; `None` = the configuration does.
        named_by: Option<ValueFrom>,
    },
    Secret {
        value_from: String,
    },
}

impl Wanted {
    /// Whether this parameter is meant.
    pub fn means(&self, parameter: &str) -> bool {
        match self {
            Wanted::Parameter {
                named_by: Some(value),
                ..
            } => value.means(parameter),
            Wanted::Parameter { name, .. } => name == parameter,
            Wanted::Secret { .. } => false,
        }
    }

    pub const fn found_by(&self) -> FoundBy {
        match self {
            Wanted::Parameter { named_by: None, .. } => FoundBy::Name,
            _ => FoundBy::Relation,
        }
    }
}

impl Url {
    /// By the definition's secrets, once there is a definition; before that by name.
    pub(super) fn wanted(self, stack: &Stack<'_>) -> Result<Wanted, Judgement> {
        let configured = self.configured(stack);
        let variable = configured.rsplit('/').next().unwrap_or(configured);
        let by_name = Wanted::Parameter {
            name: configured.to_owned(),
            named_by: None,
        };
        let definition = match definition::find(stack) {
            Ok((definition, _)) => definition,
            Err(Gap::NotThere) => return Ok(by_name),
            Err(gap) => return Err(unreadable(stack, &gap)),
        };
        let secrets = definition
            .containers
            .iter()
            .flat_map(|container| &container.secrets);
        let parsed = |value_from: &str| ValueFrom::parse(value_from);
        let meant = secrets
            .clone()
            .find(|secret| secret.name == variable)
            .or_else(|| {
                secrets
                    .clone()
                    .find(|secret| parsed(&secret.value_from).parameter() == Some(configured))
            });
        Ok(match meant {
            None => by_name,
            Some(secret) => match parsed(&secret.value_from) {
                value @ (ValueFrom::ParameterName(_) | ValueFrom::ParameterArn { .. }) => {
                    Wanted::Parameter {
                        name: value.parameter().unwrap_or(configured).to_owned(),
                        named_by: Some(value),
                    }
                }
                ValueFrom::Secret { .. } => Wanted::Secret {
                    value_from: secret.value_from.clone(),
                },
                ValueFrom::Other(_) => by_name,
            },
        })
    }
}

pub(super) fn unreadable(stack: &Stack<'_>, gap: &Gap) -> Judgement {
    match gap {
        Gap::CannotTell { why, what } => stack.cannot_tell(why, what),
        Gap::NotThere | Gap::Several(_) => {
            Judgement::unknown("Could not tell which parameter the task definition asks for.")
        }
    }
}
