//! The targets of a group, told apart by whether a task of the service stands behind them.

use crate::account::{Fact, Service, Target, TargetGroup, Task, Why};
use crate::checks::finding::Judgement;
use crate::checks::stack::Stack;

/// What is registered and not on its way out, told apart by whether a task stands behind it.
pub(super) struct Registered<'a> {
    own: Vec<&'a Target>,
    pub strangers: Vec<&'a Target>,
    known_by: KnownBy<'a>,
}

/// How targets and tasks were matched.
#[derive(Clone, Copy)]
enum KnownBy<'a> {
    Addresses,
    /// No task with an address is listed.
    NoTask,
    /// The tasks could not be read.
    Nothing(&'a Why),
}

impl<'a> Registered<'a> {
    /// By the addresses of the tasks that run or are about to.
    pub fn sort(
        stack: &Stack<'a>,
        service: &Service,
        group: &TargetGroup,
        targets: Vec<&'a Target>,
    ) -> Self {
        let tasks: &[Task] = match &stack.snapshot.tasks {
            Fact::Present(tasks) => tasks,
            Fact::Absent => &[],
            Fact::Unknown(why) => {
                return Registered {
                    own: targets,
                    strangers: Vec::new(),
                    known_by: KnownBy::Nothing(why),
                };
            }
        };
        if tasks.iter().all(|task| task.addresses.is_empty()) {
            return Registered {
                own: targets,
                strangers: Vec::new(),
                known_by: KnownBy::NoTask,
            };
        }
        let port = service
            .target_groups
            .iter()
            .find(|target| {
                target.target_group == group.arn || target.alternate.as_ref() == Some(&group.arn)
            })
            .map(|target| target.port);
        let is_task = |target: &&Target| {
            let same_port = target.port.is_none() || port.is_none() || target.port == port;
            same_port && tasks.iter().any(|task| task.addresses.contains(&target.id))
        };
        let (own, strangers) = targets.into_iter().partition(is_task);
        Registered {
            own,
            strangers,
            known_by: KnownBy::Addresses,
        }
    }

    /// The tasks' own; where there is none of them, whatever there is.
    pub fn judged(&self) -> &[&'a Target] {
        if self.own.is_empty() {
            &self.strangers
        } else {
            &self.own
        }
    }

    /// Cuts short when it cannot be told which targets are tasks.
    pub fn known(&self, stack: &Stack<'_>, service: &Service) -> Result<(), Judgement> {
        match self.known_by {
            KnownBy::Addresses => Ok(()),
            KnownBy::Nothing(why) => Err(stack.cannot_tell(why, "the running tasks")),
            KnownBy::NoTask => Err(Judgement::unknown(format!(
                "AWS lists no running task of {} with an address, so its targets cannot be matched with them.",
                service.name
            ))),
        }
    }

    /// How many tasks are healthy targets.
    pub fn healthy(&self) -> usize {
        self.own
            .iter()
            .filter(|target| target.state == "healthy")
            .count()
    }
}
