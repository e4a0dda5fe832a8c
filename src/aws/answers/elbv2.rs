//! Elastic Load Balancing v2: balancers, target groups, target health.

use super::{all, answer, filled, pages};
use crate::account::{Arn, Balancer, BalancerZone, Fact, HealthSettings, Target, TargetGroup};
use crate::aws::wire::{At, List};
use serde::Deserialize;

#[derive(Debug, Deserialize)]
pub(in crate::aws) struct DescribeLoadBalancers {
    #[serde(rename = "LoadBalancers")]
    balancers: List<BalancerItem>,
    #[serde(rename = "NextMarker")]
    next: Option<String>,
}

pages!(DescribeLoadBalancers: DESCRIBE_LOAD_BALANCERS, balancers of BalancerItem);

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(in crate::aws) struct BalancerItem {
    load_balancer_arn: String,
    load_balancer_name: String,
    #[serde(rename = "DNSName", default)]
    dns_name: String,
    /// Gateway load balancers have none.
    scheme: Option<String>,
    #[serde(rename = "Type")]
    kind: String,
    state: StateItem,
    #[serde(default)]
    vpc_id: String,
    #[serde(default)]
    availability_zones: List<ZoneItem>,
    #[serde(default)]
    security_groups: List<String>,
    canonical_hosted_zone_id: Option<String>,
    #[serde(default)]
    ip_address_type: String,
    created_time: Option<At>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct StateItem {
    code: String,
    reason: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct ZoneItem {
    zone_name: String,
    subnet_id: Option<String>,
}

/// An application load balancer is internal or internet-facing; an answer that does not say which is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a load balancer without a scheme")]
pub(in crate::aws) struct NoScheme;

impl TryFrom<BalancerItem> for Balancer {
    type Error = NoScheme;

    /// Its listeners are asked for separately.
    fn try_from(item: BalancerItem) -> Result<Self, NoScheme> {
        if item.scheme.is_none() && item.kind != "gateway" {
            return Err(NoScheme);
        }
        Ok(Balancer {
            arn: item.load_balancer_arn.into(),
            name: item.load_balancer_name,
            dns_name: item.dns_name,
            internet_facing: item.scheme.as_deref() == Some("internet-facing"),
            kind: item.kind,
            state: item.state.code,
            state_reason: filled(item.state.reason),
            vpc: item.vpc_id.into(),
            zones: item
                .availability_zones
                .into_iter()
                .map(|zone| BalancerZone {
                    zone: zone.zone_name.into(),
                    subnet: zone.subnet_id.unwrap_or_default().into(),
                })
                .collect(),
            groups: all(item.security_groups),
            hosted_zone: filled(item.canonical_hosted_zone_id),
            address_type: item.ip_address_type,
            created_at: item.created_time.map(Into::into),
            listeners: Fact::not_asked(),
        })
    }
}

#[derive(Debug, Deserialize)]
pub(in crate::aws) struct DescribeTargetGroups {
    #[serde(rename = "TargetGroups")]
    groups: List<GroupItem>,
    #[serde(rename = "NextMarker")]
    next: Option<String>,
}

pages!(DescribeTargetGroups: DESCRIBE_TARGET_GROUPS, groups of GroupItem);

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(in crate::aws) struct GroupItem {
    target_group_arn: String,
    target_group_name: String,
    target_type: String,
    protocol: Option<String>,
    protocol_version: Option<String>,
    port: Option<u16>,
    vpc_id: Option<String>,
    health_check_path: Option<String>,
    #[serde(default)]
    health_check_port: String,
    #[serde(default)]
    health_check_protocol: String,
    matcher: Option<Matcher>,
    #[serde(default)]
    health_check_interval_seconds: u32,
    #[serde(default)]
    health_check_timeout_seconds: u32,
    #[serde(default)]
    healthy_threshold_count: u32,
    #[serde(default)]
    unhealthy_threshold_count: u32,
    #[serde(default)]
    load_balancer_arns: List<String>,
}

/// Named once per listener by some answers.
fn unique(arns: List<String>) -> Vec<Arn> {
    let mut all: Vec<Arn> = all(arns);
    all.sort();
    all.dedup();
    all
}

#[derive(Debug, Deserialize)]
struct Matcher {
    #[serde(rename = "HttpCode")]
    http: Option<String>,
    #[serde(rename = "GrpcCode")]
    grpc: Option<String>,
}

impl From<GroupItem> for TargetGroup {
    /// Its targets are asked for separately.
    fn from(item: GroupItem) -> Self {
        let health = HealthSettings {
            path: filled(item.health_check_path),
            port: item.health_check_port,
            protocol: item.health_check_protocol,
            matcher: item
                .matcher
                .and_then(|matcher| filled(matcher.http).or_else(|| filled(matcher.grpc))),
            interval_seconds: item.health_check_interval_seconds,
            timeout_seconds: item.health_check_timeout_seconds,
            healthy_threshold: item.healthy_threshold_count,
            unhealthy_threshold: item.unhealthy_threshold_count,
        };
        TargetGroup {
            arn: item.target_group_arn.into(),
            name: item.target_group_name,
            target_type: item.target_type,
            protocol: filled(item.protocol),
            protocol_version: filled(item.protocol_version),
            port: item.port,
            vpc: filled(item.vpc_id).map(Into::into),
            health,
            balancers: unique(item.load_balancer_arns),
            targets: Fact::not_asked(),
        }
    }
}

#[derive(Debug, Deserialize)]
pub(in crate::aws) struct DescribeTargetHealth {
    #[serde(rename = "TargetHealthDescriptions")]
    descriptions: List<Description>,
}

answer!(DescribeTargetHealth: DESCRIBE_TARGET_HEALTH);

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Description {
    target: TargetItem,
    target_health: Health,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct TargetItem {
    id: String,
    port: Option<u16>,
    availability_zone: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Health {
    state: String,
    reason: Option<String>,
    description: Option<String>,
}

impl From<DescribeTargetHealth> for Vec<Target> {
    fn from(answer: DescribeTargetHealth) -> Self {
        answer
            .descriptions
            .into_iter()
            .map(|one| Target {
                id: one.target.id,
                port: one.target.port,
                zone: filled(one.target.availability_zone).map(Into::into),
                state: one.target_health.state,
                reason: filled(one.target_health.reason),
                description: filled(one.target_health.description),
            })
            .collect()
    }
}
