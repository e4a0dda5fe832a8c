//! The learner's own request, as a visitor would send it.

use super::{BEFORE_TARGETS, TARGETS, is_trouble, origin};
use crate::account::{EndpointAnswer, EndpointOutcome};
use crate::checks::cause::Cause;
use crate::checks::discovery::{balancer, certificate};
use crate::checks::finding::{Evidence, Fix, FoundBy, Judgement};
use crate::checks::ids::CheckId;
use crate::checks::listener::https_listener;
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
    let before = stands_before(&answer.outcome, chapter.endpoint_url.is_some());
    let gave = format!("{} gave {}.", answer.url, words(&answer.outcome));
    if let Some(judgement) =
        origin::explains(stack, &before, &gave).or_else(|| origin::unread(stack, &before, &gave))
    {
        return Err(judgement.seen(seen));
    }
    Err(not_200(stack, answer).seen(seen))
}

/// What can be behind an outcome: whoever got a status from somewhere was let in. An address of one's own need not lead by the
/// chapter's host.
fn stands_before(outcome: &EndpointOutcome, own_address: bool) -> Vec<&'static str> {
    let doors = [ACTIVE.as_str(), "alb.internet-facing", "alb.sg-open"];
    BEFORE_TARGETS
        .iter()
        .copied()
        .filter(|id| !own_address || *id != DNS.as_str())
        .filter(|id| !matches!(outcome, EndpointOutcome::Status(_)) || !doors.contains(id))
        .collect()
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
        EndpointOutcome::NoAnswer => Judgement::failed(
            Cause::AppClosesConnection,
            format!("{url} accepts the connection, but gives no answer within 10 seconds: the app hangs or is very slow."),
        )
        .fix(super::cure::logs(stack)),
        // When the app hangs up, a load balancer says so with 502; it does not hang up itself.
        EndpointOutcome::Closed => Judgement::unknown(format!(
            "The connection from this computer to {url} is cut before an answer comes, and nothing on AWS's side was found in the way: a load balancer would answer 502 if the app hung up."
        ))
        .fix(Fix::say("Try from another network: a proxy, a VPN or a firewall in between is the usual reason."))
        .fix(look()),
        EndpointOutcome::Status(503) => Judgement::failed(
            Cause::HealthPathRedirectsOrErrors,
            format!("{url} answers 503 although the targets are healthy: either the app says so itself, or a rule leads this request to a target group without tasks."),
        )
        .fix(look()),
        EndpointOutcome::Status(code) => Judgement::failed(
            Cause::HealthPathRedirectsOrErrors,
            format!("{url} answers {code} instead of 200."),
        )
        .fix(look()),
        EndpointOutcome::Certificate(why) => Judgement::failed(
            Cause::CertificateNameMismatch,
            format!("{url} shows a certificate that is not for this name ({}).", super::one_line(why)),
        )
        .fix(look()),
        EndpointOutcome::Untrusted(why) if is_of_amazon(stack) => Judgement::unknown(format!(
            "This computer does not trust the certificate that {url} shows ({}), and nothing on AWS's side was found in the way.",
            super::one_line(why)
        ))
        .fix(Fix::say("Look at this computer's clock, and try from another network: a company's proxy or a virus scanner may show a certificate of its own."))
        .fix(look()),
        EndpointOutcome::Untrusted(why) => Judgement::failed(
            Cause::CertificateNameMismatch,
            format!("{url} shows a certificate that this computer does not trust ({}), and it is not one that Amazon issued.", super::one_line(why)),
        )
        .fix(Fix::say("Use a certificate that ACM issued for your host; one that was imported or comes from a private authority is refused by browsers that do not know its issuer."))
        .fix(look()),
        EndpointOutcome::NoConnection | EndpointOutcome::NoName => Judgement::unknown(format!(
            "{url} could not be reached from this computer, and nothing on AWS's side was found in the way."
        ))
        .fix(Fix::say("Try from another network: a company's firewall, a VPN or a DNS answer kept from earlier are the usual reasons."))
        .fix(look()),
    }
}

/// Whether what the listener shows is known to be issued by Amazon, whose authorities every system trusts; also when it is
/// not known to be anything else.
fn is_of_amazon(stack: &Stack<'_>) -> bool {
    let Ok((balancer, _)) = balancer::find(stack) else {
        return true;
    };
    let used = balancer
        .listeners
        .present()
        .and_then(|listeners| https_listener(listeners))
        .and_then(|listener| listener.certificates.present());
    let host = &stack.chapter().host;
    let mut shown = stack
        .snapshot
        .certificates
        .present()
        .into_iter()
        .flatten()
        .filter(|one| {
            used.is_some_and(|used| used.contains(&one.arn)) && certificate::covers(one, host)
        })
        .peekable();
    shown.peek().is_none()
        || shown.any(|one| !matches!(one.kind.as_deref(), Some("IMPORTED" | "PRIVATE")))
}

fn words(outcome: &EndpointOutcome) -> String {
    match outcome {
        EndpointOutcome::Status(code) => format!("the status {code}"),
        EndpointOutcome::NoName => "no address for the name".to_owned(),
        EndpointOutcome::NoConnection => "no connection".to_owned(),
        EndpointOutcome::NoAnswer => "no answer in time".to_owned(),
        EndpointOutcome::Certificate(why) | EndpointOutcome::Untrusted(why) => {
            format!("a certificate that is refused ({})", super::one_line(why))
        }
        EndpointOutcome::Closed => "a connection cut off".to_owned(),
    }
}
