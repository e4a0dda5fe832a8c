//! Words for what could not be read, and what to do about it.

use super::finding::{Fix, Judgement};
use crate::account::{CredentialTrouble, DeniedBy, Why};

/// The `unknown` judgement for a reason. `what` completes the sentence "could not read ...".
pub fn cannot_tell(why: &Why, what: &str) -> Judgement {
    let judgement = Judgement::unknown(format!("Could not read {what}: {}.", reason(why)));
    match why {
        Why::Denied { action, by } => {
            judgement.needs_permission(action.clone()).fix(denied_fix(action, *by))
        }
        Why::Throttled => judgement.fix(Fix::say("AWS asked to slow down; wait a minute and check again.")),
        Why::TimedOut | Why::Offline => {
            judgement.fix(Fix::say("Check your internet connection (VPN, proxy), then check again."))
        }
        Why::Credentials(trouble) => judgement.fix(credentials_fix(*trouble)),
        Why::RegionNotEnabled { region } => judgement.fix(Fix::run(
            format!("Choose another region with --region, or switch {region} on for this account."),
            format!("aws account enable-region --region-name {region}"),
        )),
        Why::NotAsked => judgement.fix(Fix::run("Check the whole chapter to have it read.", "landfall verify")),
        Why::NotOffered { .. } => judgement.fix(Fix::say(
            "This endpoint does not offer the call (an emulator or a proxy?). Only the checks that need it cannot tell.",
        )),
        Why::Other { .. } => judgement.fix(Fix::run("Check again; if it stays, look at the set-up.", "landfall doctor")),
    }
}

/// The reason as half a sentence: "you may not call rds:DescribeDBInstances".
pub fn reason(why: &Why) -> String {
    match why {
        Why::Denied { action, by } => match by {
            DeniedBy::Identity => format!("no policy of yours allows {action}"),
            DeniedBy::Organisation => {
                format!("a policy of your organisation does not allow {action}")
            }
            DeniedBy::Boundary => format!("your permissions boundary does not allow {action}"),
            DeniedBy::Session => format!("this session's policy does not allow {action}"),
            DeniedBy::Endpoint => {
                format!("the policy of the VPC endpoint on your way to AWS does not allow {action}")
            }
            DeniedBy::Resource => {
                format!("the policy on the resource itself does not allow {action}")
            }
            DeniedBy::ExplicitDeny => format!("a policy denies {action}"),
        },
        Why::Throttled => "AWS asked to slow down".to_owned(),
        Why::TimedOut => "no answer in time".to_owned(),
        Why::Offline => "AWS could not be reached from here".to_owned(),
        Why::Credentials(CredentialTrouble::None) => "there are no AWS credentials yet".to_owned(),
        Why::Credentials(CredentialTrouble::Expired) => "your AWS sign-in has expired".to_owned(),
        Why::Credentials(CredentialTrouble::Invalid) => {
            "AWS does not know these credentials".to_owned()
        }
        Why::Credentials(CredentialTrouble::NeedsCode) => {
            "this profile needs a one-time code".to_owned()
        }
        Why::RegionNotEnabled { region } => {
            format!("the region {region} is not switched on for this account")
        }
        Why::NotAsked => "it was not asked for in this run".to_owned(),
        Why::NotOffered { say } | Why::Other { say } => say.clone(),
    }
}

fn denied_fix(action: &str, by: DeniedBy) -> Fix {
    match by {
        DeniedBy::Organisation => Fix::say(format!(
            "Ask whoever runs the organisation to allow {action}; your own policies cannot."
        )),
        DeniedBy::Boundary => Fix::say(format!(
            "Add {action} to the permissions boundary of your user."
        )),
        DeniedBy::Session => Fix::say(format!(
            "Sign in without a session policy, or with one that allows {action}."
        )),
        DeniedBy::Endpoint => Fix::say(format!(
            "Check again from another network, or have {action} allowed in the policy of the VPC endpoint."
        )),
        DeniedBy::Resource => Fix::say(format!(
            "Allow {action} for your user in the policy on the resource itself."
        )),
        DeniedBy::ExplicitDeny => Fix::say(format!(
            "Find the policy with \"Effect\": \"Deny\" that covers {action}, and take {action} out of it: allowing it elsewhere does not help."
        )),
        _ => Fix::run(
            format!("Allow {action} for your user; this prints the whole read-only policy."),
            "landfall policy",
        ),
    }
}

fn credentials_fix(trouble: CredentialTrouble) -> Fix {
    match trouble {
        CredentialTrouble::None => Fix::run(
            "Sign in, or choose a profile with --profile; without an account use --account practice.",
            "aws login",
        ),
        CredentialTrouble::Expired => Fix::run("Sign in again.", "aws login"),
        CredentialTrouble::Invalid => Fix::run(
            "Look which credentials are in use, then sign in again.",
            "aws sts get-caller-identity",
        ),
        CredentialTrouble::NeedsCode => Fix::run(
            "Get a session with your code, then choose that profile.",
            "aws sts get-session-token --serial-number YOUR-DEVICE-ARN --token-code CODE",
        ),
    }
}
