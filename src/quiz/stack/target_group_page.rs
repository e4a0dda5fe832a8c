//! The target group, as `aws elbv2 describe-target-groups` prints what matters of it, beside what the app offers.

use super::instead::Instead;
use super::page::Page;
use super::part;
use super::shown::name;
use crate::account::Snapshot;

/// The page, and what it is called: `target group news-api-tg`.
pub(super) fn page(snapshot: &Snapshot) -> Result<(String, Page), Instead> {
    let group = part::target_group(snapshot)?;
    let chapter = &snapshot.chapter;
    let called = name(&group.name, 40);
    let mut page = Page::default();
    page.push(
        "app",
        format!(
            "The app listens on port {} and answers at {}",
            chapter.port,
            name(&chapter.health_path, 30)
        ),
    );
    page.push("{", "{");
    page.push("name", format!("  \"TargetGroupName\": \"{called}\","));
    page.push(
        "type",
        format!("  \"TargetType\": \"{}\",", name(&group.target_type, 12)),
    );
    if let Some(protocol) = &group.protocol {
        page.push(
            "protocol",
            format!("  \"Protocol\": \"{}\",", name(protocol, 12)),
        );
    }
    if let Some(port) = group.port {
        page.push("port", format!("  \"Port\": {port},"));
    }
    let health = &group.health;
    page.push(
        "health/protocol",
        format!(
            "  \"HealthCheckProtocol\": \"{}\",",
            name(&health.protocol, 12)
        ),
    );
    page.push(
        "health/port",
        format!("  \"HealthCheckPort\": \"{}\",", name(&health.port, 20)),
    );
    if let Some(path) = &health.path {
        page.push(
            "health/path",
            format!("  \"HealthCheckPath\": \"{}\",", name(path, 40)),
        );
    }
    if let Some(matcher) = &health.matcher {
        page.push(
            "health/matcher",
            format!(
                "  \"Matcher\": {{ \"HttpCode\": \"{}\" }},",
                name(matcher, 30)
            ),
        );
    }
    for (key, setting, value) in [
        (
            "interval",
            "HealthCheckIntervalSeconds",
            health.interval_seconds,
        ),
        (
            "timeout",
            "HealthCheckTimeoutSeconds",
            health.timeout_seconds,
        ),
        ("healthy", "HealthyThresholdCount", health.healthy_threshold),
    ] {
        page.push(
            format!("health/{key}"),
            format!("  \"{setting}\": {value},"),
        );
    }
    page.push(
        "health/unhealthy",
        format!(
            "  \"UnhealthyThresholdCount\": {}",
            health.unhealthy_threshold
        ),
    );
    page.push("}", "}");
    Ok((format!("target group {called}"), page))
}
