//! One link of the chain, judged: the target's port admits the tier before it, and nobody else.

use super::words::{ids, names, upper};
use super::{Admission, Admitted, Expected, Source, places, words};
use crate::account::{SecurityGroup, SubnetId};
use crate::checks::cause::Cause;
use crate::checks::discovery::groups::Tier;
use crate::checks::discovery::{self, Gap};
use crate::checks::finding::{Evidence, Fix, FoundBy, Judgement};
use crate::checks::ids::CheckId;
use crate::checks::stack::Stack;
use crate::checks::verdict::Verdict;
use ipnet::IpNet;

/// From one tier to the ports of the next.
#[derive(Debug, Clone)]
pub(in crate::checks) struct Edge<'a> {
    pub from: Tier,
    pub to: Tier,
    /// The groups on the target, and how they were found.
    pub targets: Vec<&'a SecurityGroup>,
    pub found_by: FoundBy,
    /// The subnets the target may lie in; empty: anywhere in the chapter's VPC.
    pub target_subnets: Vec<SubnetId>,
    /// Every port that has to be open.
    pub ports: Vec<u16>,
    /// The cause when the tier before is shut out.
    pub closed: Cause,
}

impl<'a> Edge<'a> {
    /// The whole judgement. Before the sending tier has groups it is blocked; while no service exists a target that admits
    /// nobody is only not finished yet.
    pub fn judge(&self, stack: &Stack<'a>) -> Result<Judgement, Judgement> {
        let (groups, _) = discovery::groups::needed(stack, self.from)?;
        let expected = Expected {
            groups,
            addresses: places::of_sender(stack, self.from).map_err(|gap| unreadable(&gap))?,
        };
        let target_addresses =
            places::of_subnets(stack, &self.target_subnets).map_err(|gap| unreadable(&gap))?;
        let mut worst: Option<Judgement> = None;
        for port in &self.ports {
            let judgement =
                Judgement::settle(self.judge_port(stack, &expected, &target_addresses, *port));
            let replace = worst
                .as_ref()
                .is_none_or(|so_far| badness(so_far.verdict) < badness(judgement.verdict));
            if replace {
                worst = Some(judgement);
            }
        }
        worst.ok_or_else(|| Judgement::unknown("No port is known to look at."))
    }

    fn judge_port(
        &self,
        stack: &Stack<'a>,
        expected: &Expected<'a>,
        target_addresses: &[IpNet],
        port: u16,
    ) -> Result<Judgement, Judgement> {
        let admission = Admission::of(stack, &self.targets, port);
        let (from, to) = (self.from.whose(), self.to.whose());
        let target = names(&self.targets);
        let sender = names(&expected.groups);
        let seen = self.evidence(&admission, &sender);
        let judgement = match admission.against(expected) {
            Admitted::CannotTell(why) => {
                return Err(stack
                    .cannot_tell(&why, "a prefix list that a rule names")
                    .seen(seen));
            }
            Admitted::Nobody => self.closed_to_all(stack, port, &target, &sender)?,
            Admitted::Others(others) => self.shut_out(
                stack,
                format!(
                    "{} cannot reach {to} on {port}: {target} only admits {}; it should admit {sender}.",
                    upper(from),
                    words::sources(&others)
                ),
                expected,
                port,
                &others,
            ),
            Admitted::AlsoRanges(ranges) => self.too_many(
                stack,
                Cause::SourceIsCidr,
                format!(
                    "On {port} {target} admits the range {}; it should admit the group {sender} and nobody else.",
                    words::sources(&ranges)
                ),
                expected,
                &admission,
                &ranges,
            ),
            Admitted::AlsoGroups(others) => self.too_many(
                stack,
                Cause::SourceIsOtherGroup,
                format!(
                    "On {port} {target} also admits {}; it should admit {sender} and nobody else.",
                    words::sources(&others)
                ),
                expected,
                &admission,
                &others,
            ),
            Admitted::Only => Judgement::passed(format!(
                "On {port} {to} admits {sender} and nobody else."
            )),
        };
        // Let in at the target, but never let out at the source: that is shut out as well.
        let admitted = judgement.verdict == Verdict::Passed
            || matches!(
                judgement.cause,
                Some(Cause::SourceIsCidr | Cause::SourceIsOtherGroup)
            );
        let judgement = if admitted
            && !expected
                .may_leave(stack, &self.targets, target_addresses, port)
                .map_err(|why| stack.cannot_tell(&why, "a prefix list that a rule names"))?
        {
            self.not_let_out(stack, expected, port, &target)
        } else {
            judgement
        };
        Ok(self.fold_shared(stack, judgement.seen(seen)))
    }

    /// Nobody at all may come in.
    fn closed_to_all(
        &self,
        stack: &Stack<'a>,
        port: u16,
        target: &str,
        sender: &str,
    ) -> Result<Judgement, Judgement> {
        let sentence = format!("On {port} {target} admits nobody yet; it should admit {sender}.");
        let built = discovery::service::if_built(stack).map_err(|gap| unreadable(&gap))?;
        let judgement = if built.is_some() {
            Judgement::failed(self.closed, sentence)
        } else {
            Judgement::missing(sentence).because(self.closed)
        };
        Ok(judgement.fix(self.admit(stack, sender, port)))
    }

    fn shut_out(
        &self,
        stack: &Stack<'a>,
        sentence: String,
        expected: &Expected<'a>,
        port: u16,
        others: &[Source<'a>],
    ) -> Judgement {
        let judgement = Judgement::failed(self.closed, sentence).fix(self.admit(
            stack,
            &names(&expected.groups),
            port,
        ));
        revoke_all(stack, judgement, others)
    }

    fn too_many(
        &self,
        stack: &Stack<'a>,
        cause: Cause,
        sentence: String,
        expected: &Expected<'a>,
        admission: &Admission<'a>,
        others: &[Source<'a>],
    ) -> Judgement {
        let mut judgement = Judgement::failed(cause, sentence);
        let by_group = admission.sources.iter().any(|source| {
            expected
                .groups
                .iter()
                .any(|group| source.who.is_group(group))
        });
        if !by_group {
            judgement = judgement.fix(self.admit(stack, &names(&expected.groups), admission.port));
        }
        revoke_all(stack, judgement, others)
    }

    fn not_let_out(
        &self,
        stack: &Stack<'a>,
        expected: &Expected<'a>,
        port: u16,
        target: &str,
    ) -> Judgement {
        let sender = names(&expected.groups);
        let mut judgement = Judgement::failed(
            self.closed,
            format!(
                "{} cannot reach {} on {port}: {target} would admit them, but the outbound rules of {sender} do not let them out.",
                upper(self.from.whose()),
                self.to.whose()
            ),
        )
        .seen(Evidence::new(
            "ec2:DescribeSecurityGroups",
            ids(&expected.groups),
            format!("IpPermissionsEgress[{port}]"),
            format!("lets TCP out to {target}"),
            "no rule does",
            self.found_by,
        ));
        if let (Some(source), Some(to)) = (expected.groups.first(), self.targets.first()) {
            judgement = judgement.fix(Fix::run(
                format!("Let {sender} send to {target} on {port}."),
                stack.aws(format_args!(
                    "ec2 authorize-security-group-egress --group-id {} --ip-permissions 'IpProtocol=tcp,FromPort={port},ToPort={port},UserIdGroupPairs=[{{GroupId={}}}]'",
                    source.id, to.id
                )),
            ));
        }
        judgement
    }

    /// A closed or crossed link between tiers that share a group only follows from the sharing.
    fn fold_shared(&self, stack: &Stack<'a>, judgement: Judgement) -> Judgement {
        let may_follow =
            judgement.verdict == Verdict::Failed && judgement.cause != Some(Cause::SourceIsCidr);
        if may_follow && discovery::groups::shares(stack, &[self.from, self.to]) {
            let blocked = Judgement::blocked(
                CheckId("sg.tiers-exist"),
                format!(
                    "{} First give each tier a group of its own.",
                    judgement.summary
                ),
            );
            return Judgement {
                evidence: judgement.evidence,
                ..blocked
            };
        }
        judgement
    }

    fn admit(&self, stack: &Stack<'a>, sender: &str, port: u16) -> Fix {
        let say = format!("Admit {sender} on {port}.");
        let sources = discovery::groups::find(stack, self.from).map(|(groups, _)| groups);
        match (self.targets.first(), sources.as_deref()) {
            (Some(target), Ok([source, ..])) => Fix::run(
                say,
                stack.aws(format_args!(
                    "ec2 authorize-security-group-ingress --group-id {} --protocol tcp --port {port} --source-group {}",
                    target.id, source.id
                )),
            ),
            _ => Fix::say(say),
        }
    }

    fn evidence(&self, admission: &Admission<'a>, sender: &str) -> Evidence {
        Evidence::new(
            "ec2:DescribeSecurityGroups",
            ids(&self.targets),
            format!("IpPermissions[{}]", admission.port),
            format!("{sender} and nobody else"),
            admission.words(),
            self.found_by,
        )
    }
}

fn revoke_all(stack: &Stack<'_>, mut judgement: Judgement, others: &[Source<'_>]) -> Judgement {
    let mut done: Vec<String> = Vec::new();
    for source in others {
        let command = source.revoke(stack);
        if !done.contains(&command) {
            done.push(command.clone());
            let say = format!("Take away the rule for {}.", source.who.words());
            judgement = judgement.fix(Fix::run(say, command));
        }
    }
    judgement
}

fn unreadable(gap: &Gap) -> Judgement {
    gap.judgement(&discovery::vpc::VPC)
}

/// Of several ports the worst speaks for all; what is wrong on one is wrong whatever the others say.
fn badness(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::Failed => 4,
        Verdict::Unknown => 3,
        Verdict::Blocked => 2,
        Verdict::Missing => 1,
        _ => 0,
    }
}
