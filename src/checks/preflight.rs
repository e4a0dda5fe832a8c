//! "Would this task start?", before anything is started and costs money: what the checks found, in the order in which ECS
//! meets it. It adds no judgement of its own but one: whether the subnets that the lesson uses lead out, while there is no
//! service yet that names any.

mod subnets;

use super::cause::Cause;
use super::discovery::service;
use super::finding::Finding;
use super::ids::CheckId;
use super::stack::Stack;
use super::verdict::Verdict;
use super::verification::{Asked, findings};
use crate::account::{Area, Fact};
use crate::course::Course;
use serde::Serialize;
use std::collections::BTreeMap;

/// The answer, and what it is made of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Preflight {
    pub answer: PreflightAnswer,
    /// One sentence: the first thing that would stop it, or that nothing would.
    pub summary: String,
    /// In the order in which ECS meets them.
    pub questions: Vec<PreflightQuestion>,
}

/// One thing that a task needs before its container runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PreflightQuestion {
    /// `definition`, `image`, `architecture`, `role`, `parameters`, `logs`, `subnets` or `targets`.
    pub id: &'static str,
    /// What is asked, in a few words.
    pub title: &'static str,
    pub answer: PreflightAnswer,
    /// The check that knows more.
    pub check: CheckId,
    pub cause: Option<Cause>,
    pub say: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PreflightAnswer {
    Ok,
    NotOk,
    NotThereYet,
    CannotTell,
}

impl PreflightAnswer {
    /// The worst of several speaks for all: what is wrong, then what is not known, then what is still to come.
    const fn badness(self) -> u8 {
        match self {
            PreflightAnswer::Ok => 0,
            PreflightAnswer::NotThereYet => 1,
            PreflightAnswer::CannotTell => 2,
            PreflightAnswer::NotOk => 3,
        }
    }
}

/// What has to be read for it.
pub(super) const NEEDS: [Area; 11] = [
    Area::Registry,
    Area::Platforms,
    Area::Network,
    Area::Routes,
    Area::Parameters,
    Area::LogGroups,
    Area::Balancers,
    Area::Service,
    Area::Definitions,
    Area::Tasks,
    Area::Roles,
];

/// Checks whose step is about starting tasks: that of the definition, and that of the service.
const ABOUT_STARTING: [&str; 2] = ["taskdef.image-exists", "ecs.network"];

/// Whether one of the steps that it belongs to is asked for by name.
pub(super) fn is_asked(course: &Course, asked: &Asked) -> bool {
    matches!(asked, Asked::Steps(_))
        && course
            .steps()
            .filter(|(_, step)| asked.includes(&step.id))
            .flat_map(|(_, step)| &step.checks)
            .any(|check| ABOUT_STARTING.contains(&check.as_str()))
}

/// Asked for with the steps of the definition and of the service, as long as no task runs. A service that could not be read
/// may have some.
pub fn preflight(stack: &Stack<'_>, course: &Course, asked: &Asked) -> Option<Preflight> {
    if !is_asked(course, asked) || stack.teardown_begun {
        return None;
    }
    match service::if_built(stack) {
        Ok(None) => {}
        Ok(Some(service)) if service.running == 0 && !some_task_runs(stack) => {}
        Ok(Some(_)) | Err(_) => return None,
    }
    let found = findings(stack);
    let questions: Vec<PreflightQuestion> = QUESTIONS
        .iter()
        .filter_map(|question| question.answer(stack, &found))
        .collect();
    let worst = questions
        .iter()
        .max_by_key(|question| question.answer.badness())?
        .answer;
    Some(Preflight {
        answer: worst,
        summary: summary(worst, &questions),
        questions,
    })
}

fn some_task_runs(stack: &Stack<'_>) -> bool {
    match &stack.snapshot.tasks {
        Fact::Present(tasks) => tasks.iter().any(|task| task.last_status == "RUNNING"),
        Fact::Absent | Fact::Unknown(_) => false,
    }
}

fn summary(worst: PreflightAnswer, questions: &[PreflightQuestion]) -> String {
    let of = |answer: PreflightAnswer| {
        questions
            .iter()
            .filter(move |question| question.answer == answer)
    };
    match worst {
        PreflightAnswer::Ok => "Yes, as far as it can be told before it is tried.".to_owned(),
        PreflightAnswer::NotOk => of(worst)
            .next()
            .map_or_else(|| "No.".to_owned(), |first| format!("No. {}", first.say)),
        PreflightAnswer::CannotTell => of(worst).next().map_or_else(
            || "Cannot tell.".to_owned(),
            |first| format!("Cannot tell. {}", first.say),
        ),
        PreflightAnswer::NotThereYet => {
            let lacking: Vec<&str> = of(worst).map(|question| question.title).collect();
            format!("Not yet: still to come: {}.", lacking.join(", "))
        }
    }
}

/// A question, and the checks that answer it, the first of the worst for all.
struct Question {
    id: &'static str,
    title: &'static str,
    /// With a definition.
    checks: &'static [&'static str],
    /// While there is none.
    before: &'static [&'static str],
}

const QUESTIONS: [Question; 8] = [
    Question {
        id: "definition",
        title: "task definition",
        checks: &["taskdef.registered", "taskdef.fargate-size"],
        before: &["taskdef.registered"],
    },
    Question {
        id: "image",
        title: "image in the registry",
        checks: &["taskdef.image-exists"],
        before: &["ecr.repository", "ecr.image-pushed"],
    },
    Question {
        id: "architecture",
        title: "its processor",
        checks: &["taskdef.image-exists"],
        before: &["ecr.architecture"],
    },
    Question {
        id: "role",
        title: "execution role",
        checks: &["role.execution", "role.pulls-image"],
        before: &["role.execution", "role.pulls-image"],
    },
    Question {
        id: "parameters",
        title: "parameters",
        checks: &["taskdef.secrets-resolve", "role.reads-secrets"],
        before: &["ssm.database-url", "ssm.redis-url", "role.reads-secrets"],
    },
    Question {
        id: "logs",
        title: "log group",
        checks: &["taskdef.logs", "logs.group"],
        before: &["logs.group"],
    },
    Question {
        id: "subnets",
        title: "way out of the subnets",
        checks: &["ecs.network"],
        before: &[],
    },
    Question {
        id: "targets",
        title: "target type",
        checks: &["tg.ip-targets"],
        before: &["tg.ip-targets"],
    },
];

type Found = BTreeMap<&'static str, Finding>;

impl Question {
    fn answer(&self, stack: &Stack<'_>, found: &Found) -> Option<PreflightQuestion> {
        let no_service = matches!(service::if_built(stack), Ok(None));
        if self.id == "subnets" && no_service {
            let (answer, say) = subnets::lead_out(stack);
            return Some(PreflightQuestion {
                id: self.id,
                title: self.title,
                answer,
                check: CheckId("ecs.network"),
                cause: (answer == PreflightAnswer::NotOk).then_some(Cause::NoRouteToRegistry),
                say,
            });
        }
        let registered = found.get("taskdef.registered").map(|one| one.verdict);
        let before = registered == Some(Verdict::Missing) && !self.before.is_empty();
        let checks = if before { self.before } else { self.checks };
        let mut worst: Option<PreflightQuestion> = None;
        for finding in checks.iter().filter_map(|check| found.get(check)) {
            let told = self.told(found, finding);
            let replace = worst
                .as_ref()
                .is_none_or(|so_far| so_far.answer.badness() < told.answer.badness());
            if replace {
                worst = Some(told);
            }
        }
        worst
    }

    /// What one check says to it. One that waits for another says what that one says.
    fn told(&self, found: &Found, finding: &Finding) -> PreflightQuestion {
        let behind = finding
            .blocked_by
            .and_then(|by| found.get(by.as_str()))
            .filter(|_| finding.verdict == Verdict::Blocked);
        let source = behind.unwrap_or(finding);
        let mine = PreflightQuestion {
            id: self.id,
            title: self.title,
            answer: answer(source.verdict),
            check: source.check,
            cause: source.cause,
            say: source.summary.clone(),
        };
        // One check looks at both: whether the image is there, and what it runs on.
        let about_processor = finding.cause == Some(Cause::ImageWrongArchitecture);
        let failed = finding.verdict == Verdict::Failed;
        match self.id {
            "image" if failed && about_processor => PreflightQuestion {
                answer: PreflightAnswer::Ok,
                cause: None,
                say: "The image is there.".to_owned(),
                ..mine
            },
            "architecture" if failed && !about_processor => PreflightQuestion {
                answer: PreflightAnswer::NotThereYet,
                cause: None,
                say: "Nothing can be said of an image that is not there.".to_owned(),
                ..mine
            },
            _ => mine,
        }
    }
}

const fn answer(verdict: Verdict) -> PreflightAnswer {
    match verdict {
        Verdict::Passed | Verdict::Skipped | Verdict::Attested => PreflightAnswer::Ok,
        Verdict::Failed => PreflightAnswer::NotOk,
        Verdict::Missing | Verdict::Pending | Verdict::Blocked => PreflightAnswer::NotThereYet,
        Verdict::Unknown => PreflightAnswer::CannotTell,
    }
}
