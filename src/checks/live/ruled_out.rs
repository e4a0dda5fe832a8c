//! What a stopped task shows to be in order: each stage that was passed kills a suspicion.

use super::log_words::Said;
use super::stopped::words;
use crate::account::Task;
use crate::checks::cause::Cause;
use crate::checks::finding::Judgement;

/// Adds what the task's own times and AWS's words rule out, once the cause is known.
pub(super) fn by_task(judgement: Judgement, task: &Task, cause: Option<Cause>) -> Judgement {
    let judgement = match cause.and_then(by_cause) {
        Some(sentence) => judgement.rules_out(sentence),
        None => judgement,
    };
    stage(task)
        .into_iter()
        .fold(judgement, Judgement::rules_out)
}

/// How far it came. <https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Task.html>
fn stage(task: &Task) -> Vec<&'static str> {
    let pulling = words(task).to_ascii_lowercase().contains("cannotpull");
    let ran = task.started_at.is_some()
        || task
            .containers
            .iter()
            .any(|container| container.exit_code.is_some());
    // AWS notes the end of a pull that failed as well.
    let pulled = ran || (task.pull_stopped_at.is_some() && !pulling);
    let stuck = task.pull_started_at.is_some() && task.pull_stopped_at.is_none() && !ran;
    let mut passed = Vec::new();
    if pulled {
        passed.push(PULLED);
    } else if pulling || stuck {
        passed.push("The app itself: it ended while the image was being pulled.");
    }
    if !ran {
        passed.push(NOTHING_RAN);
    }
    passed
}

const PULLED: &str = "Registry, route and execution role: the image was pulled.";

const NOTHING_RAN: &str =
    "An empty log: startedAt is empty, so no container ran and nothing could be written.";

/// What AWS's answer proves by having come at all, or by not having come.
const fn by_cause(cause: Cause) -> Option<&'static str> {
    match cause {
        Cause::NoRouteToRegistry => Some(
            "Permissions: a refusal comes within seconds and with status 400. Here no answer came at all, so it is the network.",
        ),
        Cause::ExecutionRoleCannotPull | Cause::ExecutionRoleCannotReadSecrets => Some(
            "The network: AWS answered and refused, so route and security groups are fine. A shut network gives time-outs after minutes.",
        ),
        Cause::SecretParameterMissing => {
            Some("The network and the role: AWS answered, and said that it does not exist.")
        }
        Cause::ImageTagMissing | Cause::RepositoryMissing => {
            Some("The network: the registry answered.")
        }
        Cause::ImageWrongArchitecture => {
            Some("The registry, its tag and the network: the image was found.")
        }
        Cause::LogGroupMissing => Some("The network: CloudWatch Logs answered."),
        Cause::OutOfMemory => {
            Some("The load balancer and the network: the container was ended inside its own task.")
        }
        _ => None,
    }
}

/// What a line of the container's log proves.
pub(super) const fn by_log(said: Said) -> Option<&'static str> {
    match said {
        Said::WantsTls | Said::NoSuchDatabase | Said::PasswordRefused => {
            Some("Security group, route and host name: the database answered.")
        }
        Said::CacheSilent => Some(
            "The security group: a shut one lets no connection come about. This one did, and then no answer came.",
        ),
        Said::LaptopHost | Said::HostUnknown => {
            Some("The security groups: no packet was sent, for the name leads nowhere.")
        }
        Said::ModuleMissing | Said::PortTaken | Said::SettingMissing => {
            Some("Network and database: the app ended before it asked for either.")
        }
        Said::WrongProcessor => None,
    }
}
