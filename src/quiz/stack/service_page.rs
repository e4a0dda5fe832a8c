//! The service, as `aws ecs describe-services` prints what matters of it.

use super::instead::Instead;
use super::page::Page;
use super::part;
use super::shown::name;
use crate::account::{Arn, Service, Snapshot};

/// The page, and what it is called: `service news-api-service`.
pub(super) fn page(snapshot: &Snapshot) -> Result<(String, Page), Instead> {
    let service = part::service(snapshot)?;
    let called = name(&service.name, 40);
    let mut page = Page::default();
    page.push("{", "{");
    page.push("name", format!("  \"serviceName\": \"{called}\","));
    let revision = name(service.definition.short(), 44);
    page.push(
        "definition",
        format!("  \"taskDefinition\": \"{revision}\","),
    );
    page.push(
        "desired",
        format!("  \"desiredCount\": {},", service.desired),
    );
    if let Some(launch) = &service.launch_type {
        page.push(
            "launch",
            format!("  \"launchType\": \"{}\",", name(launch, 20)),
        );
    }
    page.push(
        "grace",
        format!(
            "  \"healthCheckGracePeriodSeconds\": {},",
            service.grace_seconds
        ),
    );
    pace(&mut page, service);
    let targets = service
        .target_groups
        .iter()
        .take(4)
        .enumerate()
        .map(|(at, target)| {
            let line = format!(
                "{{ \"targetGroup\": \"{}\", \"container\": \"{}\", \"port\": {} }}",
                name(&target_group_name(&target.target_group), 20),
                name(&target.container, 12),
                target.port
            );
            (at.to_string(), line)
        })
        .collect();
    page.list("loadBalancers", 2, targets, ",");
    network(&mut page, service);
    page.push("}", "}");
    Ok((format!("service {called}"), page))
}

/// How it replaces tasks.
fn pace(page: &mut Page, service: &Service) {
    page.push("pace", "  \"deploymentConfiguration\": {");
    let mut lines = Vec::new();
    if let Some(breaker) = &service.circuit_breaker {
        lines.push((
            "breaker",
            format!(
                "    \"deploymentCircuitBreaker\": {{ \"enable\": {}, \"rollback\": {} }}",
                breaker.enabled, breaker.rolls_back
            ),
        ));
    }
    if let Some(percent) = service.maximum_percent {
        lines.push(("maximum", format!("    \"maximumPercent\": {percent}")));
    }
    if let Some(percent) = service.minimum_healthy_percent {
        lines.push((
            "minimum",
            format!("    \"minimumHealthyPercent\": {percent}"),
        ));
    }
    let last = lines.len().saturating_sub(1);
    for (at, (key, text)) in lines.into_iter().enumerate() {
        let comma = if at == last { "" } else { "," };
        page.push(format!("pace/{key}"), format!("{text}{comma}"));
    }
    page.push("pace/}", "  },");
}

fn network(page: &mut Page, service: &Service) {
    page.push("network", "  \"awsvpcConfiguration\": {");
    page.push(
        "network/subnets",
        format!("    \"subnets\": ({}),", service.subnets.len()),
    );
    let groups: Vec<String> = service
        .groups
        .iter()
        .take(2)
        .map(|id| format!("\"{}\"", name(id.as_str(), 24)))
        .collect();
    page.push(
        "network/groups",
        format!("    \"securityGroups\": [ {} ],", groups.join(", ")),
    );
    let address = if service.public_address {
        "ENABLED"
    } else {
        "DISABLED"
    };
    page.push(
        "network/address",
        format!("    \"assignPublicIp\": \"{address}\""),
    );
    page.push("network/}", "  }");
}

/// NAME of `...:targetgroup/NAME/ID`.
fn target_group_name(arn: &Arn) -> String {
    let name = arn.resource().and_then(|text| text.split('/').nth(1));
    name.unwrap_or_default().to_owned()
}
