//! What is to be said of ports that look alike: one sentence on who is admitted and who should be, and what to do.

use super::edge::{Edge, Look, unreadable};
use super::words::{self, admit, any_of, ids, names, numbers, upper};
use super::{Admitted, Egress, Expected, Source};
use crate::account::Why;
use crate::checks::cause::Cause;
use crate::checks::discovery;
use crate::checks::discovery::groups::Tier;
use crate::checks::finding::{Evidence, Judgement};
use crate::checks::stack::Stack;
use crate::checks::verdict::Verdict;

/// The ports' judgement; the first of them stands for all.
pub(super) fn of<'a>(
    edge: &Edge<'a>,
    stack: &Stack<'a>,
    expected: &Expected<'a>,
    looks: &[&Look<'a>],
) -> Result<Judgement, Judgement> {
    let [look, ..] = looks else {
        return Err(Judgement::unknown("No port is known to look at."));
    };
    let saying = Saying {
        edge,
        stack,
        expected,
        ports: looks.iter().map(|look| look.admission.port).collect(),
    };
    let inbound = saying.inbound(look)?;
    saying.outbound(inbound, look)
}

/// What the sentences and the fixes are about.
pub(super) struct Saying<'s, 'a> {
    pub(super) edge: &'s Edge<'a>,
    pub(super) stack: &'s Stack<'a>,
    pub(super) expected: &'s Expected<'a>,
    pub(super) ports: Vec<u16>,
}

impl<'a> Saying<'_, 'a> {
    fn inbound(&self, look: &Look<'a>) -> Result<Judgement, Judgement> {
        let (whose, ports) = (self.edge.to.whose(), numbers(&self.ports));
        let (target, wanted) = (names(&self.edge.targets), any_of(&self.expected.groups));
        let (admit, it) = (admit(&self.edge.targets), words::it(&self.edge.targets));
        let shut_out = self.shut_out();
        Ok(match &look.admitted {
            Admitted::CannotTell(why) => return Err(self.unread(why)),
            Admitted::Only(by) => Judgement::passed(format!(
                "On {ports} {whose} {} {} and nobody else.",
                if self.edge.to == Tier::Tasks {
                    "admit"
                } else {
                    "admits"
                },
                words::sources(by)
            )),
            Admitted::Nobody => self.nobody(&target, &wanted)?,
            Admitted::Others(others) => self.too_many(
                self.edge.closed,
                format!(
                    "{shut_out}: {target} only {admit} {}; {it} should admit {wanted}{}.",
                    words::sources(others),
                    self.hint()
                ),
                others,
            ),
            Admitted::Partly(others) => self.too_many(
                self.edge.closed,
                format!(
                    "Not all of {} can reach {whose} on {ports}: {target} only {admit} {}; {it} should admit {wanted}{}.",
                    self.edge.from.whose(),
                    words::sources(others),
                    self.hint()
                ),
                others,
            ),
            Admitted::AlsoRanges(others) if self.by_group(look) => self.too_many(
                Cause::SourceIsCidr,
                format!(
                    "On {ports} {target} {admit} {}, and also {}; {it} should admit {wanted} and nobody else.",
                    self.edge.from.whose(),
                    words::sources(others)
                ),
                others,
            ),
            Admitted::AlsoRanges(others) => self.too_many(
                Cause::SourceIsCidr,
                format!(
                    "On {ports} {target} {admit} {} by address only, through {}; {it} should admit the group {wanted} and nobody else.",
                    self.edge.from.whose(),
                    words::sources(others)
                ),
                others,
            ),
            Admitted::AlsoGroups(others) => self.too_many(
                Cause::SourceIsOtherGroup,
                format!(
                    "On {ports} {target} {admit} {}, and also {}; {it} should admit {wanted} and nobody else.",
                    self.edge.from.whose(),
                    words::sources(others)
                ),
                others,
            ),
        })
    }

    /// Let in at the target, but never let out at the source: that is shut out as well.
    fn outbound(&self, inbound: Judgement, look: &Look<'a>) -> Result<Judgement, Judgement> {
        let admitted = matches!(
            look.admitted,
            Admitted::Only(_) | Admitted::AlsoRanges(_) | Admitted::AlsoGroups(_)
        );
        let target = names(&self.edge.targets);
        match &look.egress {
            Egress::Open => Ok(inbound),
            _ if !admitted => Ok(inbound),
            Egress::Shut => Ok(self.not_let_out(format!(
                "{}: {target} would admit them, but the outbound rules of {} do not let them out.",
                self.shut_out(),
                names(&self.expected.groups)
            ))),
            // Tasks are placed in any of their subnets; a database or cache stands in one of them, and which is not read.
            Egress::Partly if self.edge.to == Tier::Tasks => {
                Ok(self.not_let_out(format!(
                    "{} reaches only some of {} on {}: the outbound rules of {} do not cover all their subnets.",
                    upper(self.edge.from.whose()),
                    self.edge.to.whose(),
                    numbers(&self.ports),
                    names(&self.expected.groups)
                )))
            }
            // What is wrong at the target is wrong, whatever the source lets out.
            _ if inbound.verdict == Verdict::Failed => Ok(inbound),
            Egress::Partly => Err(Judgement::unknown(format!(
                "The outbound rules of {} let {} out to some of the subnets that {} may stand in, not to all.",
                names(&self.expected.groups),
                self.edge.from.whose(),
                self.edge.to.whose()
            ))
            .fix(self.let_out())),
            Egress::CannotTell(why) => Err(self.unread(why)),
        }
    }

    /// "The tasks cannot reach the database on 5432".
    fn shut_out(&self) -> String {
        format!(
            "{} cannot reach {} on {}",
            upper(self.edge.from.whose()),
            self.edge.to.whose(),
            numbers(&self.ports)
        )
    }

    fn hint(&self) -> String {
        let port = self.ports.first().copied().unwrap_or_default();
        self.edge
            .near_miss(self.stack, self.expected, port)
            .unwrap_or_default()
    }

    fn by_group(&self, look: &Look<'a>) -> bool {
        look.admission.sources.iter().any(|source| {
            self.expected
                .groups
                .iter()
                .any(|group| source.who.is_group(group))
        })
    }

    fn unread(&self, why: &Why) -> Judgement {
        self.stack
            .cannot_tell(why, "a prefix list that a rule names")
    }

    /// Nobody at all may come in.
    fn nobody(&self, target: &str, wanted: &str) -> Result<Judgement, Judgement> {
        let (ports, hint) = (numbers(&self.ports), self.hint());
        let (admit, it) = (admit(&self.edge.targets), words::it(&self.edge.targets));
        let built = discovery::service::if_built(self.stack).map_err(|gap| unreadable(&gap))?;
        let judgement = if built.is_some() {
            Judgement::failed(
                self.edge.closed,
                format!(
                    "{}: {target} {admit} nobody; {it} should admit {wanted}{hint}.",
                    self.shut_out()
                ),
            )
        } else {
            Judgement::missing(format!(
                "On {ports} {target} {admit} nobody yet; {it} should admit {wanted}{hint}."
            ))
            .because(self.edge.closed)
        };
        Ok(self.admit(self.out_of_default(judgement)))
    }

    fn too_many(&self, cause: Cause, sentence: String, others: &[Source<'a>]) -> Judgement {
        let judgement = self.out_of_default(Judgement::failed(cause, sentence));
        let judgement = if self.missing_rule() {
            self.admit(judgement)
        } else {
            judgement
        };
        self.revoke(judgement, others)
    }

    fn not_let_out(&self, sentence: String) -> Judgement {
        Judgement::failed(self.edge.closed, sentence)
            .seen(Evidence::new(
                "ec2:DescribeSecurityGroups",
                ids(&self.expected.groups),
                format!("IpPermissionsEgress[{}]", numbers(&self.ports)),
                format!("lets TCP out to {}", names(&self.edge.targets)),
                "no rule does for all of it",
                self.edge.found_by,
            ))
            .fix(self.let_out())
    }
}
