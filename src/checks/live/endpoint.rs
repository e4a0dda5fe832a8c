//! The learner's own request, as a visitor would send it.

use super::{BEFORE_TARGETS, TARGETS, is_trouble, origin};
use crate::account::{EndpointAnswer, EndpointOutcome};
use crate::checks::cause::Cause;
use crate::checks::finding::{Evidence, Fix, FoundBy, Judgement};
use crate::checks::ids::CheckId;
use crate::checks::stack::Stack;
use crate::checks::verdict::Verdict;

const DNS: CheckId = CheckId("dns.points-to-balancer");
const ACTIVE: CheckId = CheckId("alb.active");

pub(super) fn judge(stack: &Stack<'_>) -> Result<Judgement, Judgement> {
    let chapter = stack.chapter();
    waits_for(stack, TARGETS)?;
    if chapter.has_domain && chapter.endpoint_url.is_none() {
        waits_for(stack, DNS)?;
    }
    let answer = stack
        .read(&stack.snapshot.workplace.endpoint, "your endpoint's answer")?
        .ok_or_else(|| Judgement::blocked(ACTIVE, "There is no address to ask yet."))?;
    let seen = Evidence::new(
        "workplace:endpoint",
        &answer.url,
        "GET",
        "200 within 10 seconds",
        words(&answer.outcome),
        FoundBy::Fixed,
    );
    if answer.outcome == EndpointOutcome::Status(200) {
        return Ok(Judgement::passed(format!("{} answers with 200.", answer.url)).seen(seen));
    }
    // What stands before the app explains an answer, or none, before the app does.
    let gave = format!("{} gave {}.", answer.url, words(&answer.outcome));
    if let Some(judgement) = origin::explains(stack, BEFORE_TARGETS, &gave)
        .or_else(|| origin::unread(stack, BEFORE_TARGETS, &gave))
    {
        return Err(judgement.seen(seen));
    }
    Err(not_200(stack, answer).seen(seen))
}

/// Blocked unless the other check passes; where it cannot tell, the answer itself may.
fn waits_for(stack: &Stack<'_>, check: CheckId) -> Result<(), Judgement> {
    let judgement = stack.judgement_of(check.as_str());
    match judgement.verdict {
        Verdict::Passed | Verdict::Skipped | Verdict::Attested | Verdict::Unknown => Ok(()),
        // An earlier link is broken: name that one.
        Verdict::Blocked => match judgement.blocked_by {
            Some(by) if is_trouble(stack.judgement_of(by.as_str()).verdict) => {
                Err(Judgement::blocked(by, judgement.summary))
            }
            _ => Err(Judgement::blocked(check, judgement.summary)),
        },
        Verdict::Failed | Verdict::Missing | Verdict::Pending => {
            Err(Judgement::blocked(check, judgement.summary))
        }
    }
}

fn not_200(stack: &Stack<'_>, answer: &EndpointAnswer) -> Judgement {
    let url = &answer.url;
    let look = || {
        Fix::run(
            "See for yourself.",
            format!("curl -v {}", crate::checks::command::quoted(url)),
        )
    };
    match &answer.outcome {
        EndpointOutcome::Status(code @ (502 | 504)) => Judgement::failed(
            Cause::AppClosesConnection,
            format!("{url} answers {code}: the load balancer reached the app, and the app closed the connection or took too long."),
        )
        .fix(super::cure::logs(stack)),
        EndpointOutcome::Closed | EndpointOutcome::NoAnswer => Judgement::failed(
            Cause::AppClosesConnection,
            format!("{url} accepts the connection, but gives no complete answer."),
        )
        .fix(super::cure::logs(stack)),
        EndpointOutcome::Status(code) => Judgement::failed(
            Cause::HealthPathRedirectsOrErrors,
            format!("{url} answers {code} instead of 200."),
        )
        .fix(look()),
        EndpointOutcome::Certificate(_) => Judgement::failed(
            Cause::CertificateNameMismatch,
            format!("The certificate that {url} shows is not valid for it."),
        )
        .fix(look()),
        EndpointOutcome::NoConnection | EndpointOutcome::NoName => Judgement::unknown(format!(
            "{url} could not be reached from this computer, and nothing on AWS's side was found in the way."
        ))
        .fix(Fix::say("Try from another network: a company's firewall, a VPN or a DNS answer kept from earlier are the usual reasons."))
        .fix(look()),
    }
}

fn words(outcome: &EndpointOutcome) -> String {
    match outcome {
        EndpointOutcome::Status(code) => format!("the status {code}"),
        EndpointOutcome::NoName => "no address for the name".to_owned(),
        EndpointOutcome::NoConnection => "no connection".to_owned(),
        EndpointOutcome::NoAnswer => "no answer in time".to_owned(),
        EndpointOutcome::Certificate(why) => {
            format!("a certificate that is refused ({})", super::one_line(why))
        }
        EndpointOutcome::Closed => "a connection cut off".to_owned(),
    }
}
