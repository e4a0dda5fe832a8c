//! Why an account could not be entered, in words for its row: what is wrong, and what to do. Neither account numbers nor
//! external ids are told; the caller says whose row it is.

use super::super::error::ReadError;
use super::role::Role;
use crate::account::{CredentialTrouble, DeniedBy, Why};

/// Why an account could not be entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotEntered {
    /// It concerns this account alone.
    Account { why: Why, say: String },
    /// The instructor's own credentials do not work: every other account would end the same way.
    Instructor(CredentialTrouble),
}

const DO_ANEW: &str = "The student can make the role anew with what `landfall policy --instructor YOUR-ARN \
                       --external-id WORD` prints, with the external id of the roster.";

impl NotEntered {
    /// Reads what STS said to AssumeRole. `message` is read, never kept.
    pub(super) fn of(role: &Role, error: &ReadError, message: Option<&str>) -> Self {
        let name = role.name();
        let account = |why: Why, say: String| NotEntered::Account { why, say };
        match &error.why {
            Why::Credentials(trouble) => NotEntered::Instructor(*trouble),
            Why::Denied { action, by } => {
                let why = Why::Denied {
                    action: action.clone(),
                    by: *by,
                };
                account(why, denied(name, *by, message.unwrap_or_default()))
            }
            Why::Throttled => account(
                Why::Throttled,
                "STS asked to slow down until there were no tries left. Go on later with --resume, or look at fewer \
                 accounts at once (--at-once)."
                    .to_owned(),
            ),
            Why::TimedOut => account(
                Why::TimedOut,
                "STS did not answer in time. Go on later with --resume.".to_owned(),
            ),
            Why::Offline => account(
                Why::Offline,
                "STS could not be reached. Look at your network, and go on with --resume."
                    .to_owned(),
            ),
            Why::RegionNotEnabled { region } => account(
                error.why.clone(),
                format!(
                    "STS is not switched on in {region} for one of the two accounts. Name another region in the roster, \
                     or for yourself with --region."
                ),
            ),
            _ => other(name, error),
        }
    }
}

/// AWS says that something is not allowed, and of a role's trust not more than that.
fn denied(name: &str, by: DeniedBy, message: &str) -> String {
    if message.contains("no identity-based policy allows") {
        return format!(
            "Your own identity is not allowed to use the role `{name}`: no policy of yours allows sts:AssumeRole on it. \
             Ask whoever looks after your account."
        );
    }
    match by {
        DeniedBy::Organisation => format!(
            "An organisation's policy forbids to use the role `{name}`. Ask whoever looks after the organisation."
        ),
        DeniedBy::Boundary => format!(
            "Your permissions boundary does not let you use the role `{name}`. Ask whoever looks after your account."
        ),
        DeniedBy::Session => format!(
            "Your own session is limited, and may not use the role `{name}`. Sign in with another role."
        ),
        DeniedBy::Endpoint => format!(
            "The VPC endpoint that you reach STS through does not let you use the role `{name}`."
        ),
        DeniedBy::ExplicitDeny => {
            format!("A policy says in so many words that you may not use the role `{name}`.")
        }
        DeniedBy::Identity | DeniedBy::Resource => format!(
            "The role `{name}` did not let you in: it is not there, or its external id is another one, or it trusts \
             somebody else. AWS does not tell which. {DO_ANEW}"
        ),
    }
}

fn other(name: &str, error: &ReadError) -> NotEntered {
    let code = error.code.as_deref().unwrap_or_default();
    let say = match (code, error.status) {
        ("PackedPolicyTooLarge" | "PackedPolicyTooLargeException", _) => {
            "STS found the session's policy too large. Landfall sends it, so this is Landfall's fault: please report it."
                .to_owned()
        }
        ("ValidationError" | "InvalidParameterValue", _) => format!(
            "STS could not read the role `{name}` or its external id. Look at this row of the roster."
        ),
        // What is between here and AWS, or AWS's own trouble: it passes.
        (_, Some(status @ 500..)) => {
            return NotEntered::Account {
                why: Why::Offline,
                say: format!("STS is not available at the moment (HTTP {status}). Go on later with --resume."),
            };
        }
        ("", None) if is_broken_off(&error.why) => {
            return NotEntered::Account {
                why: Why::Offline,
                say: "The connection to STS broke off. Look at your network, and go on with --resume.".to_owned(),
            };
        }
        _ => match &error.why {
            Why::Other { say } | Why::NotOffered { say } => format!("The role `{name}` could not be used: {say}."),
            _ => format!("The role `{name}` could not be used."),
        },
    };
    NotEntered::Account {
        why: error.why.clone(),
        say,
    }
}

fn is_broken_off(why: &Why) -> bool {
    matches!(why, Why::Other { say } if say.contains("broke off"))
}
