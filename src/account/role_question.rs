//! A question about what a role may do: put to its policy documents first, to `iam:SimulatePrincipalPolicy` when those
//! leave it open. Collector and checks ask in the same words.

use super::fact::{Fact, Why};
use super::identity::Caller;
use super::policy::{Decision, Role, Simulated};
use super::policy_verdict::{PolicyVerdict, clues, policy_verdict};
use super::role_needs::{ANY_TASK, UNKNOWN_SUFFIX};
use super::{AccountId, Region};

/// May the role do `action` on `resource`?
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct RoleQuestion {
    /// `ssm:GetParameters`.
    pub action: &'static str,
    /// An ARN, or `*`.
    pub resource: String,
}

/// The answer to a question, from documents or simulator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RoleAnswer {
    Allowed,
    Refused(Decision),
    /// A condition decides, whose values only the call itself brings along. Its keys, as far as they are known.
    OnCondition(Vec<String>),
    /// The policies name the thing by its id, and only another name of it is known (a key's alias, a secret without
    /// the end of its ARN).
    ByAnotherName,
    CannotTell(Why),
}

/// Where ARNs are built for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// `aws`, `aws-cn`, `aws-us-gov`.
    pub partition: String,
    pub account: AccountId,
    pub region: Region,
}

impl Place {
    /// The caller's partition and account, and the region that was looked at.
    pub fn of(caller: &Caller, region: &Region) -> Self {
        Place {
            partition: caller.arn.partition().unwrap_or("aws").to_owned(),
            account: caller.account.clone(),
            region: region.clone(),
        }
    }
}

impl RoleQuestion {
    pub(super) fn new(action: &'static str, resource: impl Into<String>) -> Self {
        RoleQuestion {
            action,
            resource: resource.into(),
        }
    }

    /// What it is about, for people: a log stream stands for all of its kind.
    pub fn thing(&self) -> String {
        self.resource.replace(ANY_TASK, "*")
    }

    /// Whether the documents answer it, so that the simulator need not be asked.
    pub fn is_answered_by_documents(&self, role: &Role) -> bool {
        policy_verdict(role, self.action, &self.resource) == PolicyVerdict::Allowed
    }

    /// The answer for a role, as far as its facts go.
    pub fn answer(&self, role: &Role) -> RoleAnswer {
        let documents = policy_verdict(role, self.action, &self.resource);
        if documents == PolicyVerdict::Allowed {
            return RoleAnswer::Allowed;
        }
        let simulated = role.simulated.iter().find(|said| {
            said.action.eq_ignore_ascii_case(self.action) && said.resource == self.resource
        });
        match (simulated.map(|said| (said, &said.decision)), documents) {
            (Some((said, Fact::Present(decision))), _) => self.weigh(role, said, *decision),
            (Some((_, Fact::Unknown(why))), _) => RoleAnswer::CannotTell(why.clone()),
            (_, PolicyVerdict::Unreadable(why)) => RoleAnswer::CannotTell(why),
            (Some((_, Fact::Absent)) | None, _) => RoleAnswer::CannotTell(Why::NotAsked),
        }
    }

    /// The simulator is told none of the values that conditions ask for, so it takes each of them as not given: what it
    /// says where a condition decides is no answer.
    fn weigh(&self, role: &Role, said: &Simulated, decision: Decision) -> RoleAnswer {
        let keys_missing = !said.unknown_keys.is_empty();
        let clues = clues(role, self.action, &self.resource);
        let open = match (&clues, decision) {
            (None, _) | (Some(_), Decision::DeniedByBoundary | Decision::DeniedByOrganisation) => {
                keys_missing
            }
            (Some(clues), Decision::Allowed) => {
                clues.denied_on_condition || (role.boundary.is_some() && keys_missing)
            }
            (Some(clues), Decision::NotAllowed) => clues.allowed_on_condition,
            (Some(clues), Decision::ExplicitlyDenied) => {
                clues.denied_on_condition && clues.denied_by.is_none()
            }
        };
        if open {
            return RoleAnswer::OnCondition(said.unknown_keys.clone());
        }
        if decision == Decision::Allowed {
            return RoleAnswer::Allowed;
        }
        let allowed_elsewhere = clues.is_none_or(|clues| clues.action_allowed_somewhere);
        if decision == Decision::NotAllowed && self.is_a_stand_in() && allowed_elsewhere {
            return RoleAnswer::ByAnotherName;
        }
        RoleAnswer::Refused(decision)
    }

    /// Whether policies would name this thing otherwise: keys by id and not by alias, secrets with six more characters.
    fn is_a_stand_in(&self) -> bool {
        self.resource.contains(":alias/") || self.resource.ends_with(UNKNOWN_SUFFIX)
    }
}
