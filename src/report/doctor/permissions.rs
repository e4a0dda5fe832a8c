//! The permissions that are missing: which checks each one holds up, who refuses it, and what can be done about that.

use super::{Item, Part, PartState, Unread};
use crate::account::{DeniedBy, Principal};
use crate::checks::{CheckId, Finding, Fix};
use serde::Serialize;
use std::collections::BTreeSet;

/// Everything that is to be said about permissions.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Permissions {
    pub missing: Vec<Denial>,
    /// What is asked only when something else could be read: whether it is allowed is not known yet.
    pub not_tried: BTreeSet<String>,
    /// What to add to a policy, for what a policy can help with.
    pub statement: Option<Statement>,
    /// The same for what is allowed only on some resources.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub log_statement: Option<Statement>,
    #[serde(skip)]
    logs: LogScope,
}

/// Actions that read log lines, and what they are to be allowed on: lines may hold anything.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LogScope {
    pub actions: BTreeSet<&'static str>,
    pub resources: Vec<String>,
}

impl LogScope {
    fn holds(&self, action: &str) -> bool {
        self.actions.contains(action)
    }

    /// The statements that allow these: for what is allowed everywhere, and for log lines.
    fn statements(&self, actions: BTreeSet<String>) -> (Option<Statement>, Option<Statement>) {
        let (lines, others): (BTreeSet<String>, BTreeSet<String>) =
            actions.into_iter().partition(|action| self.holds(action));
        (
            (!others.is_empty()).then(|| Statement::new(others)),
            (!lines.is_empty()).then(|| Statement {
                sid: "LandfallReadsTheChaptersLogs",
                effect: "Allow",
                action: lines,
                resource: self.resources.clone(),
            }),
        )
    }
}

/// One action that AWS refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Denial {
    pub action: String,
    pub denied_by: DeniedBy,
    /// Checks that cannot tell because of it.
    pub checks: Vec<CheckId>,
}

/// A statement as it is pasted into a policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Statement {
    sid: &'static str,
    effect: &'static str,
    action: BTreeSet<String>,
    #[serde(serialize_with = "one_or_several")]
    resource: Vec<String>,
}

/// One alone stands without brackets, as people write it.
fn one_or_several<S: serde::Serializer>(
    resources: &[String],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match resources {
        [one] => one.serialize(serializer),
        several => several.serialize(serializer),
    }
}

impl Statement {
    fn new(action: BTreeSet<String>) -> Self {
        Statement {
            sid: "LandfallReads",
            effect: "Allow",
            action,
            resource: vec!["*".to_owned()],
        }
    }

    fn to_json(&self) -> String {
        crate::report::sanitize::json_document(self)
    }
}

/// Who refuses, in the order in which it is said: first what the learner can mend.
const ORDER: [DeniedBy; 7] = [
    DeniedBy::Identity,
    DeniedBy::Boundary,
    DeniedBy::ExplicitDeny,
    DeniedBy::Resource,
    DeniedBy::Session,
    DeniedBy::Endpoint,
    DeniedBy::Organisation,
];

impl Permissions {
    /// From what was refused and from what that did to the checks.
    pub fn of<'a>(
        unread: &Unread,
        findings: impl IntoIterator<Item = &'a Finding>,
        not_tried: BTreeSet<String>,
        logs: LogScope,
    ) -> Self {
        let findings: Vec<&Finding> = findings.into_iter().collect();
        let held_up = |action: &str| {
            let mut checks: Vec<CheckId> = Vec::new();
            for finding in &findings {
                let is_it = finding.missing_permission.as_deref() == Some(action);
                if is_it && !checks.contains(&finding.check) {
                    checks.push(finding.check);
                }
            }
            checks
        };
        let missing: Vec<Denial> = ORDER
            .iter()
            .flat_map(|by| {
                let refused = unread.denied.iter().filter(move |(who, _)| who == by);
                refused.flat_map(move |(_, actions)| actions.iter().map(move |one| (*by, one)))
            })
            .map(|(by, action)| Denial {
                action: action.clone(),
                denied_by: by,
                checks: held_up(action),
            })
            .collect();
        let mut addable: BTreeSet<String> = missing
            .iter()
            .filter(|denial| matches!(denial.denied_by, DeniedBy::Identity | DeniedBy::Boundary))
            .map(|denial| denial.action.clone())
            .collect();
        if !addable.is_empty() {
            addable.extend(not_tried.iter().cloned());
        }
        let (statement, log_statement) = logs.statements(addable);
        Permissions {
            missing,
            not_tried,
            statement,
            log_statement,
            logs,
        }
    }

    /// The line of the set-up, for this principal.
    pub fn part(&self, principal: Option<&Principal>) -> Part {
        const ID: &str = "permissions";
        const TITLE: &str = "Permissions";
        if self.missing.is_empty() {
            let say = "Everything that the checks ask for may be read.";
            return Part::new(ID, TITLE, PartState::Fine, say);
        }
        let mut part = Part::new(ID, TITLE, PartState::Trouble, self.sentence());
        part.items = self.missing.iter().map(Denial::item).collect();
        if !self.not_tried.is_empty() {
            part.items.push(Item {
                name: words(self.not_tried.iter().map(String::as_str)),
                say: "not tried yet: asked only when the others can be read".to_owned(),
            });
        }
        for by in ORDER {
            let actions: BTreeSet<&str> = self.of_reason(by).collect();
            for fix in self.remedy(by, &actions, principal) {
                part = part.todo(fix);
            }
        }
        if self
            .missing
            .iter()
            .any(|one| one.action.starts_with("budgets:"))
        {
            part = part.todo(Fix::say(
                "For budgets a policy is not enough: root has to activate IAM access to billing once (Account, IAM user and \
                 role access to Billing information).",
            ));
        }
        part.todo(Fix::run(
            "The whole read-only policy, for one paste:",
            "landfall policy --format json",
        ))
    }

    fn of_reason(&self, by: DeniedBy) -> impl Iterator<Item = &str> {
        self.missing
            .iter()
            .filter(move |denial| denial.denied_by == by)
            .map(|denial| denial.action.as_str())
    }

    fn sentence(&self) -> String {
        let checks: BTreeSet<&str> = self
            .missing
            .iter()
            .flat_map(|denial| &denial.checks)
            .map(|check| check.as_str())
            .collect();
        let missing = match self.missing.len() {
            1 => "One permission is missing".to_owned(),
            many => format!("{many} permissions are missing"),
        };
        match checks.len() {
            0 => format!("{missing}."),
            1 => format!("{missing}, and one check cannot tell because of it."),
            many => format!("{missing}, and {many} checks cannot tell because of it."),
        }
    }

    fn remedy(
        &self,
        by: DeniedBy,
        actions: &BTreeSet<&str>,
        principal: Option<&Principal>,
    ) -> Vec<Fix> {
        if actions.is_empty() {
            return Vec::new();
        }
        let names = words(actions.iter().copied());
        // What was not tried comes with the first statement there is.
        let first = by == DeniedBy::Identity || self.of_reason(DeniedBy::Identity).next().is_none();
        let mut wanted: BTreeSet<String> = actions.iter().map(|&one| one.to_owned()).collect();
        if first {
            wanted.extend(self.not_tried.iter().cloned());
        }
        let statements = |say: String| {
            let (all, lines) = self.logs.statements(wanted);
            let lines = lines.map(|lines| (lines, lines_too(all.is_some(), &say)));
            all.map(|all| Fix::run(say, all.to_json()))
                .into_iter()
                .chain(lines.map(|(lines, say)| Fix::run(say, lines.to_json())))
                .collect()
        };
        let say = |words: String| vec![Fix::say(words)];
        match (by, principal) {
            (DeniedBy::Identity, Some(Principal::LearnerLab { .. })) => say(format!(
                "A Learner Lab's permissions cannot be changed, and they leave out {names}; those checks stay \"cannot tell\"."
            )),
            (DeniedBy::Identity, principal) => statements(format!(
                "No policy of yours allows it. Add this statement to {}:",
                holder(principal)
            )),
            (DeniedBy::Boundary, _) => statements(format!(
                "The permissions boundary does not allow {}, and no other policy can help. Whoever set the boundary \
                 (you, if the account is yours) adds this statement to it:",
                it(actions.len())
            )),
            (DeniedBy::ExplicitDeny, _) => say(format!(
                "A policy denies {names}, and an allow elsewhere does not outweigh that. Ask whoever wrote the deny \
                 (you, if the account is yours) to take it out."
            )),
            (DeniedBy::Resource, _) => say(format!(
                "The policy on the resource itself does not allow {names}: allow it there for your user or role."
            )),
            (DeniedBy::Endpoint, _) => say(format!(
                "The policy of the VPC endpoint on your way to AWS does not allow {names}: look from another network, or \
                 have it allowed there."
            )),
            (DeniedBy::Session, _) => say(format!(
                "This session was limited when it was made, and leaves out {names}. Sign in without the limit, or ask \
                 whoever hands the session out."
            )),
            (DeniedBy::Organisation, _) => say(format!(
                "Your organisation (service control policy) does not allow {names}. No policy of yours can; ask whoever \
                 runs the organisation's management account."
            )),
        }
    }
}

/// How the statement for log lines is announced: by itself, or after the other one.
fn lines_too(comes_second: bool, say: &str) -> String {
    if comes_second {
        "And this one, for the log lines of the chapter's groups only:".to_owned()
    } else {
        say.to_owned()
    }
}

impl Denial {
    fn item(&self) -> Item {
        const SHOWN: usize = 4;
        let by = match self.denied_by {
            DeniedBy::Identity => "no policy allows it",
            DeniedBy::Organisation => "the organisation refuses",
            DeniedBy::Boundary => "outside the permissions boundary",
            DeniedBy::Session => "outside this session's policy",
            DeniedBy::ExplicitDeny => "a policy denies it",
            DeniedBy::Resource => "the resource's own policy refuses",
            DeniedBy::Endpoint => "the VPC endpoint's policy refuses",
        };
        let shown: Vec<&str> = self
            .checks
            .iter()
            .take(SHOWN)
            .map(|check| check.as_str())
            .collect();
        let say = match (shown.len(), self.checks.len()) {
            (0, _) => format!("{by}; no check waits for this one alone"),
            (_, all) if all > SHOWN => {
                format!(
                    "{by}; holds up {} and {} more",
                    shown.join(", "),
                    all - SHOWN
                )
            }
            _ => format!("{by}; holds up {}", words(shown.into_iter())),
        };
        Item {
            name: self.action.clone(),
            say,
        }
    }
}

/// Whose policies are meant.
fn holder(principal: Option<&Principal>) -> String {
    match principal {
        Some(Principal::User { name }) => format!("a policy of the user {name}"),
        Some(Principal::IdentityCenter { permission_set, .. }) => format!(
            "the inline policy of the permission set {permission_set} (in IAM Identity Center)"
        ),
        Some(Principal::AssumedRole { role, .. }) => format!("a policy of the role {role}"),
        _ => "a policy of your user or role".to_owned(),
    }
}

const fn it(number: usize) -> &'static str {
    if number == 1 { "it" } else { "them" }
}

/// `a, b and c`.
fn words<'a>(all: impl Iterator<Item = &'a str>) -> String {
    let all: Vec<&str> = all.collect();
    match all.as_slice() {
        [most @ .., last] if !most.is_empty() => format!("{} and {last}", most.join(", ")),
        few => few.concat(),
    }
}
