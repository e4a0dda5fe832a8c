//! A role's answers to what it is asked, and what they come to.

use super::reason::{Open, purpose, reason, words};
use super::worked::{has_worked, unread as unread_tasks};
use super::{API, remedy};
use crate::account::{Decision, Role, RoleAnswer, RoleQuestion, Why};
use crate::checks::cause::Cause;
use crate::checks::finding::{Evidence, Fix, FoundBy, Judgement};
use crate::checks::stack::Stack;
use jiff::Timestamp;

/// A role that has just been made is not everywhere yet.
const FRESH_SECONDS: i64 = 60;

/// What a role is asked, and what to call it.
pub(super) struct Asked<'a> {
    pub role: &'a Role,
    pub by: FoundBy,
    pub questions: Vec<RoleQuestion>,
    pub cause: Cause,
    /// Completes "the role may ...".
    pub what: &'static str,
    /// A task that started after this shows what conditions and keys come to.
    pub settled_by_tasks_since: Option<Timestamp>,
}

/// The answers, sorted by what they come to.
#[derive(Default)]
struct Answers<'a> {
    refused: Vec<(&'a RoleQuestion, Decision)>,
    /// Only a task that starts can tell.
    open: Vec<(&'a RoleQuestion, Open)>,
    unread: Option<(&'a RoleQuestion, Why)>,
}

impl Asked<'_> {
    fn answers(&self, stack: &Stack<'_>, has_worked: bool) -> Answers<'_> {
        let mut answers = Answers::default();
        for question in &self.questions {
            match question.answer(self.role) {
                RoleAnswer::Allowed => {}
                // A key has a policy of its own, which may name the role; it is not read.
                RoleAnswer::Refused(Decision::NotAllowed)
                    if has_worked && question.action == "kms:Decrypt" =>
                {
                    answers.open.push((question, Open::KeyPolicy));
                }
                RoleAnswer::Refused(Decision::NotAllowed)
                    if question.action == "kms:Decrypt" && unread_tasks(stack).is_some() =>
                {
                    answers.unread = unread_tasks(stack).map(|why| (question, why.clone()));
                }
                RoleAnswer::Refused(decision) => answers.refused.push((question, decision)),
                RoleAnswer::OnCondition(keys) => {
                    answers.open.push((question, Open::Condition(keys)));
                }
                RoleAnswer::ByAnotherName => answers.open.push((question, Open::AnotherName)),
                RoleAnswer::CannotTell(why) => {
                    answers.unread.get_or_insert((question, why));
                }
            }
        }
        answers
    }

    pub fn judge(&self, stack: &Stack<'_>, allow: Fix) -> Result<Judgement, Judgement> {
        let has_worked = has_worked(stack, self.role, self.settled_by_tasks_since);
        let answers = self.answers(stack, has_worked);
        if let Some((first, decision)) = answers.refused.first() {
            return Err(self.refused(stack, &answers.refused, first, *decision, allow));
        }
        if let Some((question, why)) = answers.unread {
            return Err(stack
                .cannot_tell(
                    &why,
                    &format!("whether {} may {}", self.role.name, question.action),
                )
                .seen(self.evidence(question, "its policies leave it open")));
        }
        if let Some((question, how)) = answers.open.first().filter(|_| !has_worked) {
            return Err(Judgement::unknown(how.sentence(self.role, question))
            .seen(self.evidence(question, &how.observed()))
            .fix(Fix::say(
                "The first task that starts will show it. To be sure before, allow it without a condition and with the ARN in full.",
            )));
        }
        let passed = match answers.open.is_empty() {
            true => format!("{} may {}.", self.role.name, self.what),
            false => format!(
                "{} may {}: a task has started with it.",
                self.role.name, self.what
            ),
        };
        Ok(self
            .questions
            .iter()
            .fold(Judgement::passed(passed), |judgement, question| {
                let how = answers.open.iter().find(|(open, _)| *open == question);
                judgement.seen(match how {
                    Some((_, how)) => {
                        self.evidence(question, &format!("{}; a task has started", how.observed()))
                    }
                    None => self.evidence(question, "allowed"),
                })
            }))
    }

    fn refused(
        &self,
        stack: &Stack<'_>,
        refused: &[(&RoleQuestion, Decision)],
        first: &RoleQuestion,
        decision: Decision,
        allow: Fix,
    ) -> Judgement {
        let role = self.role;
        let judgement = if decision == Decision::NotAllowed && is_fresh(stack, role) {
            Judgement::pending(format!(
                "{} was created less than a minute ago; what it may do takes some seconds to reach every part of AWS. If it \
                 has not got its policy yet, give it one.",
                role.name
            ))
        } else {
            let alike: Vec<&RoleQuestion> = refused
                .iter()
                .filter(|(_, one)| *one == decision)
                .map(|(question, _)| *question)
                .collect();
            Judgement::failed(
                self.cause,
                format!(
                    "{} may not {}: {}.",
                    role.name,
                    purpose(refused),
                    reason(role, &alike, decision)
                ),
            )
        };
        let judgement = refused
            .iter()
            .fold(judgement, |judgement, (question, decision)| {
                judgement.seen(self.evidence(question, words(*decision)))
            });
        let fix = remedy::in_lab(stack, &role.name)
            .or_else(|| remedy::lift(role, first, decision))
            .unwrap_or(allow);
        let judgement = judgement.fix(fix);
        if first.action == "kms:Decrypt" && decision == Decision::NotAllowed {
            return judgement.fix(Fix::say(
                "Or name the role among the users of the key, in KMS. The key's own policy is not read here; if it names the \
                 role already, the first task that starts will show it.",
            ));
        }
        judgement
    }

    fn evidence(&self, question: &RoleQuestion, observed: &str) -> Evidence {
        let api = if question.is_answered_by_documents(self.role) {
            API
        } else {
            "iam:SimulatePrincipalPolicy"
        };
        Evidence::new(
            api,
            &self.role.name,
            format!("{} on {}", question.action, question.thing()),
            "allowed",
            observed,
            self.by,
        )
    }
}

fn is_fresh(stack: &Stack<'_>, role: &Role) -> bool {
    role.created_at.is_some_and(|created| {
        (stack.snapshot.collected_at.as_second() - created.as_second()) < FRESH_SECONDS
    })
}
