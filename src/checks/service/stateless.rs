//! Nothing in the task that must outlive it, and no host name that only means something on the laptop.

use crate::account::{
    Container, HostClass, ImageReference, Scheme, TaskDefinition, UrlClass, ValueClass, VolumeKind,
};
use crate::checks::cause::Cause;
use crate::checks::discovery::definition;
use crate::checks::finding::{Evidence, Fix, FoundBy, Judgement};
use crate::checks::ids::CheckId;
use crate::checks::stack::Stack;
use crate::checks::task_definition::register;

const API: &str = "ecs:DescribeTaskDefinition";

/// Images whose whole point is to keep data.
const KEEPERS: [&str; 16] = [
    "postgres",
    "postgresql",
    "postgis",
    "pgvector",
    "timescaledb",
    "mysql",
    "mariadb",
    "mongo",
    "mongodb",
    "redis",
    "redis-stack",
    "redis-stack-server",
    "valkey",
    "keydb",
    "memcached",
    "rabbitmq",
];

pub(super) fn judge(stack: &Stack<'_>) -> Result<Judgement, Judgement> {
    let (definition, by) = definition::needed(stack)?;
    if let Some(judgement) = keeps_data(definition, by) {
        return Err(judgement);
    }
    let mut remarks = Vec::new();
    for container in &definition.containers {
        for variable in &container.environment {
            match left_over(&variable.class, &variable.name) {
                LeftOver::No => {}
                LeftOver::Perhaps(host) => remarks.push(format!("{} names {host}", variable.name)),
                // The same variable gives its password away: that is named first, and the whole value moves.
                LeftOver::Yes(_) if matches!(&variable.class, ValueClass::Url(url) if url.has_password) =>
                {
                    return Err(Judgement::blocked(
                        CheckId("taskdef.no-secrets-in-environment"),
                        format!(
                            "{} stands in the environment, with its password.",
                            variable.name
                        ),
                    ));
                }
                LeftOver::Yes(host) => {
                    return Err(left(stack, definition, container, &variable.name, host, by));
                }
            }
        }
    }
    let passed = Judgement::passed(format!(
        "{} keeps nothing that must outlive a task.",
        definition.arn.short()
    ))
    .seen(Evidence::new(
        API,
        definition.arn.short(),
        "image, volumes, environment",
        "no data kept, no laptop's host names",
        "as expected",
        by,
    ));
    Ok(if remarks.is_empty() {
        passed
    } else {
        passed.advise(format!(
            "{}: in a task that is the task itself. Right for a sidecar, or for origins that browsers send; otherwise left over from the laptop.",
            remarks.join(", ")
        ))
    })
}

fn keeps_data(definition: &TaskDefinition, by: FoundBy) -> Option<Judgement> {
    let name = definition.arn.short();
    let keeper = definition.containers.iter().find(|container| {
        let image = ImageReference::parse(&container.image);
        KEEPERS.contains(&image.short_name().to_ascii_lowercase().as_str())
    });
    if let Some(container) = keeper {
        return Some(
            Judgement::failed(
                Cause::StatefulContainer,
                format!(
                    "{name} runs {} in the container {}: every replaced task begins with empty data.",
                    ImageReference::parse(&container.image).short_name(),
                    container.name
                ),
            )
            .seen(Evidence::new(API, name, format!("containerDefinitions.{}.image", container.name), "no database and no cache", &container.image, by))
            .fix(Fix::say("Take the container out; RDS and ElastiCache keep the data.")),
        );
    }
    let lasting = definition
        .volumes
        .iter()
        .find(|volume| volume.kind == VolumeKind::Lasting)?;
    Some(
        Judgement::failed(
            Cause::StatefulContainer,
            format!("{name} has the volume {}, which outlives the task: tasks are no longer interchangeable.", lasting.name),
        )
        .seen(Evidence::new(API, name, format!("volumes.{}", lasting.name), "none that lasts", "outlives the task", by))
        .fix(Fix::say("Take the volume out; what must last belongs in RDS, ElastiCache or S3.")),
    )
}

enum LeftOver {
    No,
    /// It may be meant: a sidecar in the same task, an origin for browsers.
    Perhaps(&'static str),
    Yes(&'static str),
}

fn left_over(class: &ValueClass, name: &str) -> LeftOver {
    match class {
        ValueClass::Url(url) if url.host.is_left_over() => of_url(url),
        ValueClass::Plain { host } if host.is_left_over() => {
            // An address to listen on is the app's own affair (and judged by whether it answers).
            let listens = ["BIND", "LISTEN"];
            let upper = name.to_ascii_uppercase();
            let own = matches!(host, HostClass::Localhost | HostClass::Loopback)
                && (upper == "HOST"
                    || upper == "HOSTNAME"
                    || listens.iter().any(|word| upper.contains(word)));
            if own {
                LeftOver::No
            } else {
                LeftOver::Yes(words(*host))
            }
        }
        _ => LeftOver::No,
    }
}

fn of_url(url: &UrlClass) -> LeftOver {
    let itself = matches!(url.host, HostClass::Localhost | HostClass::Loopback);
    let of_data = matches!(
        url.scheme,
        Scheme::Postgres | Scheme::Redis | Scheme::Rediss
    );
    if itself && !of_data {
        LeftOver::Perhaps(words(url.host))
    } else {
        LeftOver::Yes(words(url.host))
    }
}

const fn words(host: HostClass) -> &'static str {
    match host {
        HostClass::Localhost => "localhost",
        HostClass::Loopback => "127.0.0.1",
        HostClass::ComposeDb => "db",
        HostClass::ComposePostgres => "postgres",
        HostClass::ComposeRedis => "redis",
        HostClass::Database | HostClass::Cache | HostClass::Other => "another host",
    }
}

fn left(
    stack: &Stack<'_>,
    definition: &TaskDefinition,
    container: &Container,
    variable: &str,
    host: &str,
    by: FoundBy,
) -> Judgement {
    let judgement = Judgement::failed(
        Cause::ComposeHostnameLeft,
        format!("{variable} of {} still names {host}, which nothing answers to on AWS.", container.name),
    )
    .seen(Evidence::new(
        API,
        definition.arn.short(),
        format!("containerDefinitions.{}.environment.{variable}", container.name),
        "the endpoint on AWS",
        host,
        by,
    ))
    .fix(Fix::say(
        "Use the endpoint of RDS or ElastiCache instead; best inside the connection string in Parameter Store.",
    ));
    register(stack, judgement)
}
