//! The chapter's names and numbers, read from `course.toml` or laid over it from a learner's `landfall.toml`.

use super::diagnostic::{Diagnostic, SourceText};
use super::table::{Reading, Table};
use crate::account::{
    Architecture, BalancerNames, BudgetNames, CacheNames, Chapter, ChosenByKey, DatabaseNames,
    GroupNames, ParameterNames, Region, ServiceNames, VpcId,
};
use std::collections::BTreeSet;

/// The course's names with a learner's laid over them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    pub chapter: Chapter,
    /// The keys that the file states, those in tables with their table (`database`, `database.instance`): what is stated is
    /// not asked.
    pub stated: BTreeSet<String>,
}

/// A learner's settings laid over the course's chapter. Every key may be left out.
///
/// # Errors
/// Every unknown key, wrong type or value out of range, each with its place.
pub fn overlay(chapter: &Chapter, source: &SourceText) -> Result<Settings, Vec<Diagnostic>> {
    let reading = Reading::of(source);
    let mut table = reading.whole();
    let stated = table.keys();
    let mut laid = chapter.clone();
    lay_over(&mut table, &mut laid);
    if let Some(mut endpoint) = table.table("endpoint") {
        laid.endpoint_url = endpoint
            .text("url")
            .map(|url| url.value)
            .or(laid.endpoint_url);
        endpoint.finish();
    }
    table.finish();
    let problems = reading.into_problems();
    if problems.is_empty() {
        Ok(Settings {
            chapter: laid,
            stated,
        })
    } else {
        Err(problems)
    }
}

/// The `[chapter]` table of `course.toml`, where every name must be given.
pub(super) fn required(table: &mut Table<'_, '_>) -> Chapter {
    for key in [
        "region",
        "user",
        "repository",
        "version",
        "host",
        "health_path",
        "definition_file",
        "log_group",
        "execution_role",
    ] {
        if !table.has(key) {
            table.error("missing-key", format!("`{key}` is missing in [chapter]"));
        }
    }
    for key in [
        "database",
        "cache",
        "parameters",
        "groups",
        "balancer",
        "service",
        "budget",
    ] {
        if !table.has(key) {
            table.error(
                "missing-key",
                format!("the table [chapter.{key}] is missing"),
            );
        }
    }
    let mut chapter = empty();
    lay_over(table, &mut chapter);
    chapter.architecture_stated = false;
    chapter
}

fn empty() -> Chapter {
    let name = String::new;
    Chapter {
        region: Region::from(""),
        user: name(),
        repository: name(),
        version: name(),
        architecture: Architecture::X86_64,
        architecture_stated: false,
        has_domain: true,
        host: name(),
        port: 8000,
        health_path: name(),
        vpc: None,
        definition_file: name(),
        log_group: name(),
        execution_role: name(),
        desired_count: 2,
        endpoint_url: None,
        chosen: ChosenByKey::new(),
        database: DatabaseNames {
            instance: name(),
            subnet_group: name(),
            name: name(),
            class: name(),
            backup_days: 1,
        },
        cache: CacheNames {
            id: name(),
            subnet_group: name(),
            class: name(),
        },
        parameters: ParameterNames {
            database_url: name(),
            redis_url: name(),
        },
        groups: GroupNames {
            alb: name(),
            tasks: name(),
            database: name(),
            cache: name(),
        },
        balancer: BalancerNames {
            name: name(),
            target_group: name(),
        },
        service: ServiceNames {
            cluster: name(),
            family: name(),
            service: name(),
            grace_seconds: 60,
            cpu: 256,
            memory: 512,
        },
        budget: BudgetNames { name: name() },
    }
}

fn lay_over(table: &mut Table<'_, '_>, chapter: &mut Chapter) {
    if let Some(region) = table.text("region") {
        chapter.region = Region(region.value);
    }
    text(table, "user", &mut chapter.user);
    // What the course's own documents call it.
    text(table, "iam_user", &mut chapter.user);
    text(table, "repository", &mut chapter.repository);
    text(table, "version", &mut chapter.version);
    if let Some(written) = table.text("architecture") {
        chapter.architecture_stated = true;
        match written.value.to_ascii_lowercase().as_str() {
            "x86_64" | "amd64" => chapter.architecture = Architecture::X86_64,
            "arm64" => chapter.architecture = Architecture::Arm64,
            _ => table.error_at(
                "unknown-architecture",
                written.span,
                "`architecture` is \"x86_64\" or \"arm64\"",
            ),
        }
    }
    if let Some(has_domain) = table.flag("has_domain") {
        chapter.has_domain = has_domain;
    }
    host(table, &mut chapter.host);
    if let Some(port) = table.number("port", 1..=65_535) {
        chapter.port = u16::try_from(port).unwrap_or(chapter.port);
    }
    if let Some(path) = table.text("health_path") {
        if path.value.starts_with('/') {
            chapter.health_path = path.value;
        } else {
            table.error_at(
                "path",
                path.span,
                "`health_path` begins with a slash, as in \"/docs\"",
            );
        }
    }
    if let Some(vpc) = table.text("vpc") {
        chapter.vpc = Some(VpcId(vpc.value));
    }
    text(table, "definition_file", &mut chapter.definition_file);
    text(table, "log_group", &mut chapter.log_group);
    text(table, "execution_role", &mut chapter.execution_role);
    count(
        table,
        "desired_count",
        1..=5_000,
        &mut chapter.desired_count,
    );
    if let Some(url) = table.text("endpoint_url") {
        chapter.endpoint_url = Some(url.value);
    }
    inner(table, "database", |table| {
        text(table, "instance", &mut chapter.database.instance);
        text(table, "subnet_group", &mut chapter.database.subnet_group);
        text(table, "name", &mut chapter.database.name);
        text(table, "class", &mut chapter.database.class);
        count(
            table,
            "backup_days",
            1..=35,
            &mut chapter.database.backup_days,
        );
    });
    inner(table, "cache", |table| {
        text(table, "id", &mut chapter.cache.id);
        text(table, "subnet_group", &mut chapter.cache.subnet_group);
        text(table, "class", &mut chapter.cache.class);
    });
    inner(table, "parameters", |table| {
        text(table, "database_url", &mut chapter.parameters.database_url);
        text(table, "redis_url", &mut chapter.parameters.redis_url);
    });
    inner(table, "groups", |table| {
        text(table, "alb", &mut chapter.groups.alb);
        text(table, "tasks", &mut chapter.groups.tasks);
        text(table, "database", &mut chapter.groups.database);
        text(table, "cache", &mut chapter.groups.cache);
    });
    inner(table, "balancer", |table| {
        text(table, "name", &mut chapter.balancer.name);
        text(table, "target_group", &mut chapter.balancer.target_group);
    });
    inner(table, "service", |table| {
        text(table, "cluster", &mut chapter.service.cluster);
        text(table, "family", &mut chapter.service.family);
        text(table, "service", &mut chapter.service.service);
        count(
            table,
            "grace_seconds",
            0..=2_147_483_647,
            &mut chapter.service.grace_seconds,
        );
        count(table, "cpu", 256..=16_384, &mut chapter.service.cpu);
        count(table, "memory", 512..=122_880, &mut chapter.service.memory);
    });
    inner(table, "budget", |table| {
        text(table, "name", &mut chapter.budget.name);
    });
}

/// A name as DNS and certificates write it: a final dot is left out, other scripts stand in their ASCII form.
fn host(table: &mut Table<'_, '_>, into: &mut String) {
    let Some(written) = table.text("host") else {
        return;
    };
    let name = written.value.trim().trim_end_matches('.');
    let is_label = |label: &str| {
        !label.is_empty()
            && label
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
    };
    if name.contains('.') && name.split('.').all(is_label) {
        *into = name.to_ascii_lowercase();
    } else {
        table.error_at(
            "host",
            written.span,
            "`host` is a name such as \"api.example.com\": without https://, port and path, without a star, and with letters beyond ASCII in their xn-- form",
        );
    }
}

fn inner<'r, 'a>(
    table: &mut Table<'r, 'a>,
    key: &'static str,
    read: impl FnOnce(&mut Table<'r, 'a>),
) {
    if let Some(mut inner) = table.table(key) {
        read(&mut inner);
        inner.finish();
    }
}

fn text(table: &mut Table<'_, '_>, key: &'static str, into: &mut String) {
    if let Some(text) = table.text(key) {
        if text.value.trim().is_empty() {
            table.error_at(
                "empty",
                text.span,
                format!("`{key}` is empty; leave the line out to keep the course's name"),
            );
        } else {
            *into = text.value;
        }
    }
}

fn count(
    table: &mut Table<'_, '_>,
    key: &'static str,
    range: std::ops::RangeInclusive<i64>,
    into: &mut u32,
) {
    if let Some(number) = table.number(key, range) {
        *into = u32::try_from(number).unwrap_or(*into);
    }
}
