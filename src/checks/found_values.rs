//! What lessons name and only the account knows (`sg.ecs`, `db.endpoint`): found in the same way as the checks find it, so
//! that a command in a lesson is about the resource that is judged.

use super::discovery::groups::{self, Tier};
use super::discovery::{balancer, cache, certificate, database, repository, target_group, vpc};
use super::route::{WayOut, table, way_out};
use super::stack::Stack;
use crate::account::{HostPort, Subnet};
use std::collections::BTreeMap;

/// The values that are known, by the placeholder's name (`course::PLACEHOLDERS`). What could not be read or does not exist
/// is left out.
pub fn found_values(stack: &Stack<'_>) -> BTreeMap<&'static str, String> {
    let mut values = BTreeMap::new();
    identity(stack, &mut values);
    network(stack, &mut values);
    stores(stack, &mut values);
    front(stack, &mut values);
    deployment(stack, &mut values);
    values
}

/// One of those values for a command, or the placeholder that stands for it while it is not known.
pub(super) fn known(stack: &Stack<'_>, name: &str, placeholder: &str) -> String {
    found_values(stack)
        .remove(name)
        .unwrap_or_else(|| placeholder.to_owned())
}

type Values = BTreeMap<&'static str, String>;

fn identity(stack: &Stack<'_>, values: &mut Values) {
    if let Some(account) = stack.snapshot.account() {
        let region = &stack.snapshot.region;
        // China has a domain of its own: https://docs.amazonaws.cn/en_us/aws/latest/userguide/endpoints-Beijing.html
        let suffix = if region.as_str().starts_with("cn-") {
            "amazonaws.com.cn"
        } else {
            "amazonaws.com"
        };
        values.insert("account_id", account.to_string());
        values.insert("registry", format!("{account}.dkr.ecr.{region}.{suffix}"));
    }
    if let Ok((repository, _)) = repository::find(stack) {
        values.insert("repository_uri", repository.uri.clone());
    }
}

fn network(stack: &Stack<'_>, values: &mut Values) {
    if let Ok((vpc, _)) = vpc::find(stack) {
        values.insert("vpc", vpc.id.to_string());
        let subnets: Vec<String> = public_subnets(stack, vpc.id.as_str())
            .into_iter()
            .map(|subnet| subnet.id.to_string())
            .collect();
        if !subnets.is_empty() {
            values.insert("subnets.public", subnets.join(" "));
            values.insert("subnets.public.comma", subnets.join(","));
        }
    }
    for (name, tier) in [
        ("sg.alb", Tier::Balancer),
        ("sg.ecs", Tier::Tasks),
        ("sg.rds", Tier::Database),
        ("sg.redis", Tier::Cache),
    ] {
        let Ok((found, _)) = groups::find(stack, tier) else {
            continue;
        };
        let named = found.iter().find(|group| group.name == tier.name(stack));
        if let Some(group) = named.or(found.first()) {
            values.insert(name, group.id.to_string());
        }
    }
}

/// One subnet for each zone, among those of the VPC whose default route leads to an internet gateway, in the order of the
/// zones. Default subnets are preferred.
pub(super) fn public_subnets<'a>(stack: &Stack<'a>, vpc: &str) -> Vec<&'a Subnet> {
    let Some(subnets) = stack.snapshot.network.subnets.present() else {
        return Vec::new();
    };
    let is_public = |subnet: &Subnet| {
        table(stack, subnet).is_ok_and(|table| matches!(way_out(table), WayOut::InternetGateway(_)))
    };
    let mut by_zone: BTreeMap<&str, &Subnet> = BTreeMap::new();
    for subnet in subnets
        .iter()
        .filter(|subnet| subnet.vpc.as_str() == vpc && is_public(subnet))
    {
        let chosen = by_zone.entry(subnet.zone.as_str()).or_insert(subnet);
        if subnet.default_for_zone && !chosen.default_for_zone {
            *chosen = subnet;
        }
    }
    by_zone.into_values().collect()
}

fn stores(stack: &Stack<'_>, values: &mut Values) {
    let database = database::find(stack).ok().map(|(found, _)| found);
    let cache = cache::find(stack).ok().map(|(found, _)| found);
    let mut put = |host: &'static str, port: &'static str, endpoint: Option<&HostPort>| {
        if let Some(endpoint) = endpoint {
            values.insert(host, endpoint.host.clone());
            values.insert(port, endpoint.port.to_string());
        }
    };
    put(
        "db.endpoint",
        "db.port",
        database.as_ref().and_then(database::DatabaseView::endpoint),
    );
    put(
        "cache.endpoint",
        "cache.port",
        cache.as_ref().and_then(cache::CacheView::endpoint),
    );
}

fn front(stack: &Stack<'_>, values: &mut Values) {
    let chapter = stack.chapter();
    if let Some(url) = &chapter.endpoint_url {
        values.insert("endpoint", url.clone());
    } else if chapter.has_domain {
        values.insert("endpoint", format!("https://{}", chapter.host));
    }
    if let Ok((balancer, _)) = balancer::find(stack) {
        values.insert("alb.arn", balancer.arn.to_string());
        values.insert("alb.dns", balancer.dns_name.clone());
        if let Some(zone) = &balancer.hosted_zone {
            values.insert("alb.zone_id", zone.clone());
        }
        values
            .entry("endpoint")
            .or_insert_with(|| format!("http://{}", balancer.dns_name));
    }
    if let Ok((group, _)) = target_group::find(stack) {
        values.insert("tg.arn", group.arn.to_string());
    }
    let certificates = certificate::covering(stack).unwrap_or_default();
    let Some(certificate) = certificates.first() else {
        return;
    };
    values.insert("certificate.arn", certificate.arn.to_string());
    let record = certificate
        .validations
        .iter()
        .find_map(|validation| validation.record.as_ref());
    if let Some(record) = record {
        values.insert("certificate.record.name", record.name.clone());
        values.insert("certificate.record.value", record.value.clone());
    }
}

fn deployment(stack: &Stack<'_>, values: &mut Values) {
    let role = stack
        .snapshot
        .roles
        .values()
        .filter_map(|role| role.present())
        .find(|role| role.name == stack.chapter().execution_role);
    if let Some(role) = role {
        values.insert("execution_role.arn", role.arn.to_string());
    }
    let revisions = stack.snapshot.revisions.present().map(Vec::as_slice);
    let mut newest_first = revisions.unwrap_or_default().iter();
    if let Some(newest) = newest_first.next() {
        values.insert("revision", newest.short().to_owned());
    }
    if let Some(before) = newest_first.next() {
        values.insert("previous_revision", before.short().to_owned());
    }
}
