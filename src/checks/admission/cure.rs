//! What to do about ports that are shut, or open to too many: commands with the learner's own groups.

use super::say::Saying;
use super::words::numbers;
use super::{Admission, Source};
use crate::checks::command::quoted;
use crate::checks::discovery::groups;
use crate::checks::finding::{Fix, Judgement};

impl<'a> Saying<'_, 'a> {
    /// The default group is nobody's own: rules on it open everything else that carries it.
    pub(super) fn out_of_default(&self, judgement: Judgement) -> Judgement {
        let Some(default) = self
            .edge
            .targets
            .iter()
            .find(|target| target.name == "default")
        else {
            return judgement;
        };
        let own = match groups::named(self.stack, self.edge.to) {
            Ok(own) => format!("{} ({})", own.id, own.name),
            Err(_) => self.edge.to.name(self.stack).to_owned(),
        };
        judgement.fix(Fix::say(format!(
            "Best take {} out of {} (default): its own group is {own}. Or:",
            self.edge.to.whose(),
            default.id
        )))
    }

    /// Whether the rule that ought to be there is not.
    pub(super) fn missing_rule(&self) -> bool {
        self.ports.iter().any(|port| {
            let admission = Admission::of(self.stack, &self.edge.targets, *port);
            !admission.sources.iter().any(|source| {
                self.expected
                    .groups
                    .iter()
                    .any(|group| source.who.is_group(group))
            })
        })
    }

    /// The rule that ought to be there, for each port.
    pub(super) fn admit(&self, judgement: Judgement) -> Judgement {
        let (Some(target), Some(source)) =
            (self.edge.targets.first(), self.expected.groups.first())
        else {
            return judgement;
        };
        self.ports.iter().fold(judgement, |judgement, port| {
            judgement.fix(Fix::run(
                format!("Admit {} ({}) on {port}.", source.id, source.name),
                self.stack.aws(format_args!(
                    "ec2 authorize-security-group-ingress --group-id {} --protocol tcp --port {port} --source-group {}",
                    quoted(target.id.as_str()),
                    quoted(source.id.as_str())
                )),
            ))
        })
    }

    pub(super) fn let_out(&self) -> Fix {
        let (Some(source), Some(to)) = (self.expected.groups.first(), self.edge.targets.first())
        else {
            return Fix::say("Let the sender out.");
        };
        // With no rule at all nothing gets out, to the registry neither: one command for all of it.
        if self
            .expected
            .groups
            .iter()
            .all(|group| group.outbound.is_empty())
        {
            return Fix::run(
                format!(
                    "{} ({}) lets nothing out at all. Let everything out again, as a new group does.",
                    source.id, source.name
                ),
                self.stack.aws(format_args!(
                    "ec2 authorize-security-group-egress --group-id {} --ip-permissions 'IpProtocol=-1,IpRanges=[{{CidrIp=0.0.0.0/0}}]'",
                    quoted(source.id.as_str())
                )),
            );
        }
        let permissions: Vec<String> = self
            .ports
            .iter()
            .map(|port| {
                quoted(&format!(
                    "IpProtocol=tcp,FromPort={port},ToPort={port},UserIdGroupPairs=[{{GroupId={}}}]",
                    to.id
                ))
            })
            .collect();
        Fix::run(
            format!(
                "Let {} ({}) send to {} ({}) on {}.",
                source.id,
                source.name,
                to.id,
                to.name,
                numbers(&self.ports)
            ),
            self.stack.aws(format_args!(
                "ec2 authorize-security-group-egress --group-id {} --ip-permissions {}",
                quoted(source.id.as_str()),
                permissions.join(" ")
            )),
        )
    }

    /// Takes away the rules that let others in, each once.
    pub(super) fn revoke(&self, judgement: Judgement, others: &[Source<'a>]) -> Judgement {
        let mut done: Vec<String> = Vec::new();
        others.iter().fold(judgement, |judgement, source| {
            let command = source.revoke(self.stack);
            if done.contains(&command) {
                return judgement;
            }
            done.push(command.clone());
            let say = format!("Take away the rule for {}.", source.words());
            judgement.fix(Fix::run(say, command))
        })
    }
}
