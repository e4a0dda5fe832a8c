//! Which protocol the load balancer speaks to the tasks. The chapter's app speaks plain HTTP/1.1 on its port.

use super::{API, create, wrong};
use crate::account::{Target, TargetGroup};
use crate::checks::cause::Cause;
use crate::checks::finding::{Evidence, Fix, FoundBy, Judgement};
use crate::checks::stack::Stack;

/// Cuts short when the health check cannot be understood by the app. A group that speaks HTTPS or HTTP/2 to it is only
/// wrong where it shows: an app may have learned that.
pub(super) fn is_http(
    stack: &Stack<'_>,
    group: &TargetGroup,
    by: FoundBy,
) -> Result<(), Judgement> {
    let Some(language) = other_than_http(group) else {
        return Ok(());
    };
    let hopeless = matches!(language.kind, Kind::ForOtherBalancers | Kind::Grpc);
    if !hopeless && !fails(stack.read(&group.targets, "the health of the targets")?) {
        return Ok(());
    }
    let summary = format!(
        "{} speaks {} to the tasks, which an app on plain HTTP does not understand.",
        group.name, language.name
    );
    let seen = Evidence::new(API, &group.name, language.field, "HTTP", language.name, by);
    Err(if language.kind == Kind::OfHealthCheck {
        wrong(stack, group, summary).seen(seen)
    } else {
        Judgement::failed(Cause::HealthPathWrong, summary)
            .seen(seen)
            .fix(Fix::say(
                "The protocol of a target group cannot be changed. Create a new one, let the listener forward to it and the service register in it, then delete this one.",
            ))
            .fix(create(
                stack,
                &format!("{}-http", stack.chapter().balancer.target_group),
            ))
    })
}

/// What is said where it does no harm that shows.
pub(super) fn remark(group: &TargetGroup) -> Option<String> {
    other_than_http(group).map(|language| {
        format!(
            "{} speaks {} to the tasks. That is right only if your app does; the chapter's speaks plain HTTP.",
            group.name, language.name
        )
    })
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// TCP, TLS, UDP: an application load balancer cannot use it.
    ForOtherBalancers,
    Grpc,
    OfTraffic,
    OfHealthCheck,
}

struct Language<'a> {
    kind: Kind,
    field: &'static str,
    name: &'a str,
}

fn other_than_http(group: &TargetGroup) -> Option<Language<'_>> {
    let is = |kind, field, name| Some(Language { kind, field, name });
    match group.protocol.as_deref() {
        None | Some("HTTP") => {}
        Some("HTTPS") => return is(Kind::OfTraffic, "Protocol", "HTTPS"),
        Some(other) => return is(Kind::ForOtherBalancers, "Protocol", other),
    }
    match group.protocol_version.as_deref() {
        None | Some("HTTP1") => {}
        Some("GRPC") => return is(Kind::Grpc, "ProtocolVersion", "gRPC"),
        Some("HTTP2") => return is(Kind::OfTraffic, "ProtocolVersion", "HTTP/2"),
        Some(other) => return is(Kind::OfTraffic, "ProtocolVersion", other),
    }
    match group.health.protocol.as_str() {
        "" | "HTTP" => None,
        other => is(Kind::OfHealthCheck, "HealthCheckProtocol", other),
    }
}

/// Some target was asked and none is healthy.
fn fails(targets: Option<&Vec<Target>>) -> bool {
    targets.is_some_and(|targets| {
        let any = |state: &str| targets.iter().any(|target| target.state == state);
        any("unhealthy") && !any("healthy")
    })
}
