//! What the learner's own request is answered, as it follows from everything before it.

use super::ids::Ids;
use crate::account::*;

/// How long the practice app takes to answer.
const MILLISECONDS: u64 = 84;

/// Sets the endpoint's answer from the name, the balancer, its listeners and its targets.
pub(super) fn ask(snapshot: &mut Snapshot, chapter: &Chapter) {
    snapshot.workplace.endpoint = match url(snapshot, chapter) {
        None => Fact::Absent,
        Some(url) => Fact::Present(EndpointAnswer {
            url,
            outcome: outcome(snapshot, chapter),
            milliseconds: MILLISECONDS,
        }),
    };
}

/// Replaces the answer, for a fault whose sign it is.
pub(super) fn answer(snapshot: &mut Snapshot, outcome: EndpointOutcome) {
    if let Fact::Present(endpoint) = &mut snapshot.workplace.endpoint {
        endpoint.outcome = outcome;
    }
}

fn url(snapshot: &Snapshot, chapter: &Chapter) -> Option<String> {
    let path = &chapter.health_path;
    if let Some(url) = &chapter.endpoint_url {
        return Some(url.clone());
    }
    if chapter.has_domain {
        return Some(format!("https://{}{path}", chapter.host));
    }
    let balancer = snapshot.balancers.present()?.first()?;
    Some(format!("http://{}{path}", balancer.dns_name))
}

fn outcome(snapshot: &Snapshot, chapter: &Chapter) -> EndpointOutcome {
    if chapter.has_domain && snapshot.workplace.dns.present().is_none() {
        return EndpointOutcome::NoName;
    }
    let Some(balancer) = snapshot.balancers.present().and_then(|all| all.first()) else {
        return EndpointOutcome::NoName;
    };
    let port = if chapter.has_domain { 443 } else { 80 };
    let forwards = balancer.listeners.present().is_some_and(|listeners| {
        listeners.iter().any(|listener| {
            listener.port == port && forwards_to(listener, &Ids(chapter).target_group())
        })
    });
    if balancer.state != "active" || !forwards {
        return EndpointOutcome::NoConnection;
    }
    let healthy = snapshot.target_groups.present().is_some_and(|groups| {
        groups.iter().any(|group| {
            group
                .targets
                .present()
                .is_some_and(|targets| targets.iter().any(|target| target.state == "healthy"))
        })
    });
    EndpointOutcome::Status(if healthy { 200 } else { 503 })
}

fn forwards_to(listener: &Listener, target_group: &Arn) -> bool {
    listener.default_actions.iter().any(|action| match action {
        Action::Forward(groups) => groups.iter().any(|each| each.target_group == *target_group),
        _ => false,
    })
}
