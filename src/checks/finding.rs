//! What a check says: one verdict, one sentence, the evidence for it and what to do.

use super::cause::Cause;
use super::ids::CheckId;
use super::verdict::Verdict;
use serde::Serialize;
use std::fmt;

/// The answer of one check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    #[serde(rename = "id")]
    pub check: CheckId,
    pub title: &'static str,
    pub verdict: Verdict,
    /// One sentence: what is so, with the learner's own names.
    pub summary: String,
    pub cause: Option<Cause>,
    pub evidence: Vec<Evidence>,
    /// What the evidence shows to be in order, though one might suspect it: one sentence each.
    pub ruled_out: Vec<String>,
    pub fix: Vec<Fix>,
    /// A remark that changes no verdict.
    pub advice: Option<String>,
    pub blocked_by: Option<CheckId>,
    /// The IAM action to allow, when the read was denied.
    pub missing_permission: Option<String>,
}

/// What was read and what was expected there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Evidence {
    /// `ec2:DescribeSecurityGroups`, or `workplace:git` for what lies on the learner's machine.
    pub api: String,
    pub resource: String,
    pub field: String,
    pub expected: String,
    pub observed: String,
    pub found_by: FoundBy,
}

impl Evidence {
    /// What one field was read as.
    pub fn new(
        api: impl Into<String>,
        resource: impl fmt::Display,
        field: impl Into<String>,
        expected: impl fmt::Display,
        observed: impl fmt::Display,
        found_by: FoundBy,
    ) -> Self {
        Evidence {
            api: api.into(),
            resource: resource.to_string(),
            field: field.into(),
            expected: expected.to_string(),
            observed: observed.to_string(),
            found_by,
        }
    }
}

/// How the resource was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FoundBy {
    /// Something already built points to it.
    Relation,
    /// It has the configured name.
    Name,
    /// It is the only one of its kind in the chapter's VPC.
    OnlyOne,
    /// The learner was asked which of several it is.
    Choice,
    /// There is just one per account or region; nothing had to be looked for.
    Fixed,
}

/// One thing to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fix {
    pub say: String,
    /// A command with the learner's own values; it is printed, never run.
    pub command: Option<String>,
}

impl Fix {
    /// Something to do that has no command.
    pub fn say(say: impl Into<String>) -> Self {
        Fix {
            say: say.into(),
            command: None,
        }
    }

    /// Something to do, with the command for it.
    pub fn run(say: impl Into<String>, command: impl Into<String>) -> Self {
        Fix {
            say: say.into(),
            command: Some(command.into()),
        }
    }
}

/// A finding before its check's name is put on it: what the judge functions return.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
pub struct Judgement {
    pub verdict: Verdict,
    pub summary: String,
    pub cause: Option<Cause>,
    pub evidence: Vec<Evidence>,
    pub ruled_out: Vec<String>,
    pub fix: Vec<Fix>,
    pub advice: Option<String>,
    pub blocked_by: Option<CheckId>,
    pub missing_permission: Option<String>,
}

impl Judgement {
    fn new(verdict: Verdict, summary: impl Into<String>) -> Self {
        Judgement {
            verdict,
            summary: summary.into(),
            cause: None,
            evidence: Vec::new(),
            ruled_out: Vec::new(),
            fix: Vec::new(),
            advice: None,
            blocked_by: None,
            missing_permission: None,
        }
    }

    /// It was read and is as it should be.
    pub fn passed(summary: impl Into<String>) -> Self {
        Self::new(Verdict::Passed, summary)
    }

    /// It exists and is wrong.
    pub fn failed(cause: Cause, summary: impl Into<String>) -> Self {
        Judgement {
            cause: Some(cause),
            ..Self::new(Verdict::Failed, summary)
        }
    }

    /// It is not there yet.
    pub fn missing(summary: impl Into<String>) -> Self {
        Self::new(Verdict::Missing, summary)
    }

    /// AWS works on it; the sentence says what it waits for and how long that usually takes.
    pub fn pending(summary: impl Into<String>) -> Self {
        Self::new(Verdict::Pending, summary)
    }

    /// Cannot be judged before `by` passes.
    pub fn blocked(by: CheckId, summary: impl Into<String>) -> Self {
        Judgement {
            blocked_by: Some(by),
            ..Self::new(Verdict::Blocked, summary)
        }
    }

    /// Could not be read, for a reason that is not in a [`crate::account::Why`].
    pub fn unknown(summary: impl Into<String>) -> Self {
        Self::new(Verdict::Unknown, summary)
    }

    /// Does not apply; `reason` says why (`no domain`).
    pub fn skipped(reason: impl Into<String>) -> Self {
        Self::new(Verdict::Skipped, reason)
    }

    /// The learner confirmed it by hand.
    pub fn attested(summary: impl Into<String>) -> Self {
        Self::new(Verdict::Attested, summary)
    }

    /// The judgement that a chain of questions came to, whether it was cut short (by what is absent, unread or wrong)
    /// or went through to the end.
    pub fn settle(asked: Result<Judgement, Judgement>) -> Self {
        asked.unwrap_or_else(|cut_short| cut_short)
    }

    /// Names the cause (for missing and pending, which may have one).
    pub fn because(mut self, cause: Cause) -> Self {
        self.cause = Some(cause);
        self
    }

    /// Adds what was read.
    pub fn seen(mut self, evidence: Evidence) -> Self {
        self.evidence.push(evidence);
        self
    }

    /// Adds what the evidence shows to be in order.
    pub fn rules_out(mut self, sentence: impl Into<String>) -> Self {
        self.ruled_out.push(sentence.into());
        self
    }

    /// Adds something to do.
    pub fn fix(mut self, fix: Fix) -> Self {
        self.fix.push(fix);
        self
    }

    /// Adds a remark that changes no verdict.
    pub fn advise(mut self, advice: impl Into<String>) -> Self {
        self.advice = Some(advice.into());
        self
    }

    /// Names the IAM action that is missing.
    pub fn needs_permission(mut self, action: impl Into<String>) -> Self {
        self.missing_permission = Some(action.into());
        self
    }
}
