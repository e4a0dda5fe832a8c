//! Whether it all works together: tasks up and staying up, targets healthy, the learner's own request answered.

use super::cause::Cause;
use super::check::Check;
use super::finding::Judgement;
use super::ids::CheckId;
use super::verdict::Verdict::{self, Blocked, Failed, Passed, Pending, Unknown};
use crate::account::Area;

#[cfg(test)]
mod corpus;
mod cure;
mod diagnosis;
mod down;
mod endpoint;
mod events;
mod last_words;
mod log_cure;
mod log_words;
mod origin;
mod recall;
mod rejected;
mod ruled_out;
mod steady;
mod stop_reason;
mod stopped;
mod targets;

pub(super) use cure::dns_on;
pub use recall::{recall, worth_remembering};

/// Whatever a task passes through on its way up can keep it from getting there.
const BEHIND_TASKS: &[&str] = &[
    "ecr.repository",
    "ecr.image-pushed",
    "ecr.architecture",
    "sg.tiers-exist",
    "rds.available",
    "rds.same-vpc",
    "rds.sg-source",
    "ssm.database-url",
    "redis.available",
    "redis.same-vpc",
    "redis.sg-source",
    "ssm.redis-url",
    "tg.ip-targets",
    "tg.health-path",
    "logs.group",
    "role.execution",
    "role.pulls-image",
    "role.reads-secrets",
    "taskdef.image-exists",
    "taskdef.fargate-size",
    "taskdef.port",
    "taskdef.logs",
    "taskdef.secrets-resolve",
    "ecs.service",
    "ecs.runs-registered-revision",
    "ecs.desired-count",
    "ecs.network",
    "ecs.sg-source",
    "ecs.stateless",
];

/// Besides what keeps tasks from running: what keeps the balancer from finding them healthy.
const BEHIND_TARGETS: &[&str] = &[
    "tg.ip-targets",
    "tg.health-path",
    "tg.same-vpc",
    "listener.https",
    "listener.http-redirects",
    "taskdef.port",
    "ecs.service",
    "ecs.desired-count",
    "ecs.load-balanced",
    "ecs.network",
    "ecs.sg-source",
    "sg.tiers-exist",
    "ecs.steady",
];

/// What stands between the internet and the balancer.
const BEFORE_TARGETS: &[&str] = &[
    "alb.active",
    "alb.internet-facing",
    "alb.sg-open",
    "acm.issued",
    "listener.https",
    "listener.http-redirects",
    "acm.covers-host",
    "dns.points-to-balancer",
    "tg.targets-healthy",
];

/// What tasks can be found to have died of.
const WHY_TASKS_STOP: &[Cause] = &[
    Cause::FargateQuota,
    Cause::ImageWrongArchitecture,
    Cause::DiskFull,
    Cause::OutOfMemory,
    Cause::LogGroupMissing,
    Cause::ServiceLinkedRoleMissing,
    Cause::RoleNotAssumable,
    Cause::SecretParameterMissing,
    Cause::ExecutionRoleCannotReadSecrets,
    Cause::ExecutionRoleCannotPull,
    Cause::RepositoryMissing,
    Cause::ImageTagMissing,
    Cause::NoRouteToRegistry,
    Cause::VpcDnsOff,
    Cause::TargetNotInUse,
    Cause::ContainerHealthCommandMissing,
    Cause::RedisRequiresTls,
    Cause::DatabaseNameMissing,
    Cause::DatabaseRequiresTls,
    Cause::ComposeHostnameLeft,
    Cause::AppCrash,
    Cause::GracePeriodTooShort,
    Cause::CrashLoop,
];

pub(super) const CHECKS: &[Check] = &[
    Check::must(
        "ecs.steady",
        "The tasks run and stay up",
        &[
            Area::Service,
            Area::Tasks,
            Area::Definitions,
            Area::Balancers,
            Area::Network,
            Area::Databases,
            Area::Caches,
        ],
        |stack| Judgement::settle(steady::judge(stack)),
    )
    .follows(BEHIND_TASKS)
    .may(&[Passed, Failed, Pending, Blocked, Unknown], WHY_TASKS_STOP),
    Check::must(
        "tg.targets-healthy",
        "The load balancer finds the tasks healthy",
        &[
            Area::Service,
            Area::Tasks,
            Area::Balancers,
            Area::Network,
            Area::Definitions,
        ],
        |stack| Judgement::settle(targets::judge(stack)),
    )
    .follows(BEHIND_TARGETS)
    .may(
        &[Passed, Failed, Pending, Blocked, Unknown],
        &[
            Cause::NoHealthyTargets,
            Cause::TargetNotInUse,
            Cause::RollbackCannotFixTargetGroup,
            Cause::HealthPathNotServed,
            Cause::HealthPathRedirectsOrErrors,
            Cause::AppNotListening,
        ],
    ),
    Check::must(
        "endpoint.responds",
        "Your own address answers",
        &[
            Area::Endpoint,
            Area::Dns,
            Area::Service,
            Area::Tasks,
            Area::Balancers,
            Area::Network,
        ],
        |stack| Judgement::settle(endpoint::judge(stack)),
    )
    .follows(BEFORE_TARGETS)
    .may(
        &[Passed, Failed, Blocked, Unknown],
        &[
            Cause::AppClosesConnection,
            Cause::HealthPathRedirectsOrErrors,
            Cause::CertificateNameMismatch,
        ],
    ),
];

const STEADY: CheckId = CheckId("ecs.steady");
const TARGETS: CheckId = CheckId("tg.targets-healthy");
const SERVICE: CheckId = CheckId("ecs.service");
const COUNT: CheckId = CheckId("ecs.desired-count");
const BALANCED: CheckId = CheckId("ecs.load-balanced");

/// Nothing can be up where nothing is asked to be.
fn asked_to_run(service: &crate::account::Service) -> Result<(), Judgement> {
    if service.desired == 0 {
        return Err(Judgement::blocked(
            COUNT,
            format!("{} is asked to run no task.", service.name),
        ));
    }
    if service.status != "ACTIVE" {
        return Err(Judgement::blocked(
            SERVICE,
            format!("{} is being deleted.", service.name),
        ));
    }
    Ok(())
}

/// Whether a verdict of another check explains trouble further on.
const fn is_trouble(verdict: Verdict) -> bool {
    matches!(verdict, Verdict::Failed | Verdict::Missing)
}

/// What AWS or a container said, fit for one line of a screen: no control characters, at most 300 letters.
pub(super) fn one_line(text: &str) -> String {
    let mut line = String::new();
    for word in text.split(|letter: char| letter.is_whitespace() || letter.is_control()) {
        if word.is_empty() {
            continue;
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    if line.chars().count() > 300 {
        let cut: String = line.chars().take(299).collect();
        return format!("{cut}…");
    }
    line
}

#[cfg(test)]
mod tests {
    use super::one_line;

    #[test]
    fn what_others_wrote_cannot_move_the_cursor() {
        assert_eq!(one_line("  a\u{1b}[2J\nb\t c\u{7}"), "a [2J b c");
        assert_eq!(one_line(&"x".repeat(500)).chars().count(), 300);
    }
}
