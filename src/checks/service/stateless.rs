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

/// Images whose whole point is to keep data, by the last part of their name, whoever published them. Not among them is what
/// only talks to such a server: `postgres-exporter`, `redis-commander`, `pgbouncer`.
const KEEPERS: &[&str] = &[
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
    "postgresql-repmgr",
    "pgvecto-rs",
    "timescaledb-ha",
    "alloydb-omni",
    "mysql-server",
    "percona",
    "mongodb-community-server",
    "redis-cluster",
    "valkey-cluster",
    "valkey-bundle",
    "dragonfly",
    "elasticsearch",
    "opensearch",
    "minio",
    "cassandra",
    "clickhouse-server",
    "influxdb",
    "neo4j",
    "couchdb",
    "cockroach",
];

pub(super) fn judge(stack: &Stack<'_>) -> Result<Judgement, Judgement> {
    let (definition, by) = definition::needed(stack)?;
    if let Some(judgement) = keeps_data(definition, by) {
        return Err(judgement);
    }
    let alone = definition.containers.len() == 1;
    let mut remarks = Vec::new();
    for container in &definition.containers {
        for variable in &container.environment {
            match left_over(&variable.class, &variable.name, alone) {
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
            && !runs_a_client(container)
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

/// `psql` or `redis-cli` before the app starts: it has a command of its own, serves no port, and the task goes on without it.
fn runs_a_client(container: &Container) -> bool {
    !container.essential && container.command.present && container.ports.is_empty()
}

enum LeftOver {
    No,
    /// It may be meant: a sidecar in the same task, an origin for browsers.
    Perhaps(&'static str),
    Yes(&'static str),
}

/// `alone`: no other container shares the task, so that on its own address there is only the app itself.
fn left_over(class: &ValueClass, name: &str, alone: bool) -> LeftOver {
    let name = name.to_ascii_uppercase();
    let says = |words: &[&str]| words.iter().any(|word| name.contains(word));
    match class {
        ValueClass::Url(url) if url.host.is_left_over() => of_url(url),
        // A bare word is a host only where the name says so: `POSTGRES_USER=postgres` is a user.
        ValueClass::Plain { host } if host.is_left_over() && says(HOSTS) => {
            if !matches!(host, HostClass::Localhost | HostClass::Loopback) {
                return LeftOver::Yes(words(*host));
            }
            // An address to listen on is the app's own affair (and judged by whether it answers); so is a list of who may ask.
            if name == "HOST" || name == "HOSTNAME" || says(OWN) {
                LeftOver::No
            } else if says(STORES) && alone {
                LeftOver::Yes(words(*host))
            } else {
                LeftOver::Perhaps(words(*host))
            }
        }
        _ => LeftOver::No,
    }
}

/// Parts of a variable's name that say: this is where to connect to.
const HOSTS: &[&str] = &[
    "HOST", "SERVER", "ADDR", "ENDPOINT", "URL", "URI", "DSN", "BROKER",
];

/// An address to listen on, or who may ask.
const OWN: &[&str] = &["BIND", "LISTEN", "ALLOW", "TRUST", "ORIGIN", "CORS"];

/// What is a service of its own on AWS.
const STORES: &[&str] = &[
    "DB", "DATABASE", "PG", "POSTGRES", "SQL", "REDIS", "CACHE", "VALKEY", "CELERY",
];

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
        HostClass::ComposeCache => "cache",
        HostClass::ComposeDatabase => "database",
        HostClass::DockerHost => "host.docker.internal",
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
