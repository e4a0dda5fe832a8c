//! The host in DNS: it must lead to the load balancer.

use super::cause::Cause;
use super::check::Check;
use super::command::quoted;
use super::discovery::balancer;
use super::finding::{Evidence, Fix, FoundBy, Judgement};
use super::listener::NO_DOMAIN;
use super::stack::Stack;
use super::verdict::Verdict::{Blocked, Failed, Missing, Passed, Skipped, Unknown};
use crate::account::{Area, Balancer, DnsAnswer};
use std::net::IpAddr;

pub(super) const CHECKS: &[Check] = &[Check::must(
    "dns.points-to-balancer",
    "Your host leads to the load balancer",
    &[Area::Dns, Area::Balancers, Area::Service, Area::Network],
    |stack| Judgement::settle(points_to_balancer(stack)),
)
.may(
    &[Passed, Failed, Missing, Blocked, Unknown, Skipped],
    &[Cause::DnsNotPointing],
)];

const API: &str = "workplace:dns";

fn points_to_balancer(stack: &Stack<'_>) -> Result<Judgement, Judgement> {
    let chapter = stack.chapter();
    if !chapter.has_domain {
        return Err(Judgement::skipped(NO_DOMAIN));
    }
    let host = &chapter.host;
    let (balancer, _) = balancer::needed(stack)?;
    let answer = stack
        .read(&stack.snapshot.workplace.dns, &format!("{host} in DNS"))?
        .ok_or_else(|| {
            Judgement::missing(format!("{host} is not in DNS yet."))
                .seen(seen(balancer, host, "no record"))
                .fix(create(stack, balancer))
                .fix(Fix::say(
                    "Created a moment ago? DNS servers remember for some minutes that a name does not exist; look again then.",
                ))
        })?;
    if answer
        .aliases
        .iter()
        .any(|alias| is_balancer(alias, balancer))
    {
        return Ok(passed(host, balancer));
    }
    let observed = observed(answer);
    if answer.balancer_addresses.is_empty() && !answer.addresses.is_empty() {
        return Err(Judgement::unknown(format!(
            "{host} has addresses, but those of {} could not be looked up to compare.",
            balancer.name
        ))
        .seen(seen(balancer, host, &observed)));
    }
    let (ours, others): (Vec<IpAddr>, Vec<IpAddr>) = answer
        .addresses
        .iter()
        .copied()
        .partition(|address| answer.balancer_addresses.contains(address));
    match (ours.is_empty(), others.is_empty()) {
        (false, true) => Ok(passed(host, balancer)),
        // The balancer's addresses change while it grows; two answers a moment apart may differ in part.
        (false, false) => Ok(passed(host, balancer)
            .advise(format!("{host} also has addresses that were not the load balancer's just now. Better an alias or CNAME than addresses: they change."))),
        _ => Err(Judgement::failed(
            Cause::DnsNotPointing,
            format!("{host} leads to {observed}, not to {}.", balancer.name),
        )
        .seen(seen(balancer, host, &observed))
        .fix(create(stack, balancer))
        .fix(Fix::say(
            "If a proxy or a CDN stands in between (Cloudflare's orange cloud, CloudFront), let the record lead to the load balancer itself (Cloudflare: DNS only).",
        ))),
    }
}

/// Route 53 alias records and the console write `dualstack.` before the balancer's name.
fn is_balancer(alias: &str, balancer: &Balancer) -> bool {
    let alias = alias.trim_end_matches('.').to_ascii_lowercase();
    let alias = alias.strip_prefix("dualstack.").unwrap_or(&alias);
    alias == balancer.dns_name.trim_end_matches('.').to_ascii_lowercase()
}

fn passed(host: &str, balancer: &Balancer) -> Judgement {
    Judgement::passed(format!("{host} leads to {}.", balancer.name)).seen(seen(
        balancer,
        host,
        &balancer.dns_name,
    ))
}

fn observed(answer: &DnsAnswer) -> String {
    let found: Vec<String> = answer
        .aliases
        .iter()
        .cloned()
        .chain(answer.addresses.iter().map(ToString::to_string))
        .collect();
    if found.is_empty() {
        "no address".to_owned()
    } else {
        found.join(", ")
    }
}

fn seen(balancer: &Balancer, host: &str, observed: &str) -> Evidence {
    Evidence::new(
        API,
        host,
        "CNAME, A, AAAA",
        &balancer.dns_name,
        observed,
        FoundBy::Name,
    )
}

fn create(stack: &Stack<'_>, balancer: &Balancer) -> Fix {
    let host = &stack.chapter().host;
    let name = &balancer.dns_name;
    let record = match &balancer.hosted_zone {
        Some(zone) => format!(
            "\"Type\":\"A\",\"AliasTarget\":{{\"HostedZoneId\":\"{zone}\",\"DNSName\":\"{name}\",\"EvaluateTargetHealth\":false}}"
        ),
        None => {
            format!("\"Type\":\"CNAME\",\"TTL\":300,\"ResourceRecords\":[{{\"Value\":\"{name}\"}}]")
        }
    };
    let change = format!(
        "{{\"Changes\":[{{\"Action\":\"UPSERT\",\"ResourceRecordSet\":{{\"Name\":\"{host}\",{record}}}}}]}}"
    );
    Fix::run(
        format!(
            "Let {host} lead to {name}: with any DNS service a CNAME record (a bare domain takes an alias or ANAME record instead), in Route 53 an alias record:"
        ),
        format!(
            "aws route53 change-resource-record-sets --hosted-zone-id YOUR-ZONE-ID --change-batch {}",
            quoted(&change)
        ),
    )
}
