//! What to do about what tasks die of, and which earlier checks would explain it.

use crate::account::{Fact, Why};
use crate::checks::cause::Cause;
use crate::checks::command::{quoted, redeploy};
use crate::checks::container;
use crate::checks::discovery::{database, definition};
use crate::checks::finding::Fix;
use crate::checks::found_values::known;
use crate::checks::ssm::{Url, again};
use crate::checks::stack::Stack;
use crate::checks::task_definition::bring_out;

/// Checks whose failure is behind a diagnosis, the nearest first.
pub(super) fn origins(cause: Cause) -> &'static [&'static str] {
    match cause {
        Cause::ImageWrongArchitecture => &["ecr.architecture", "taskdef.image-exists"],
        Cause::ImageTagMissing | Cause::RepositoryMissing => &[
            "ecr.repository",
            "ecr.image-pushed",
            "ecr.three-tags-one-digest",
            "taskdef.image-exists",
        ],
        Cause::NoRouteToRegistry => &["alb.internet-facing", "ecs.network"],
        Cause::ExecutionRoleCannotPull => {
            &["role.execution", "role.pulls-image", "taskdef.image-exists"]
        }
        Cause::ExecutionRoleCannotReadSecrets => &["role.execution", "role.reads-secrets"],
        Cause::SecretParameterMissing => &[
            "ssm.database-url",
            "ssm.redis-url",
            "taskdef.secrets-resolve",
        ],
        Cause::LogGroupMissing => &["logs.group", "taskdef.logs"],
        Cause::RoleNotAssumable => &["role.execution"],
        Cause::TargetNotInUse => &[
            "listener.https",
            "listener.http-redirects",
            "ecs.load-balanced",
        ],
        Cause::VpcDnsOff => &["ecs.network"],
        Cause::ComposeHostnameLeft => &["ecs.stateless"],
        Cause::DatabaseRequiresTls => &["rds.available"],
        Cause::AppCrash | Cause::RedisRequiresTls | Cause::DatabaseNameMissing => &[
            "ecr.architecture",
            "taskdef.image-exists",
            "sg.tiers-exist",
            "rds.available",
            "rds.same-vpc",
            "rds.sg-source",
            "redis.available",
            "redis.same-vpc",
            "redis.sg-source",
            "taskdef.no-secrets-in-environment",
            "taskdef.secrets-resolve",
            "ecs.stateless",
        ],
        _ => &[],
    }
}

/// Half a sentence: what the tasks died of.
pub(super) const fn words(cause: Cause) -> &'static str {
    match cause {
        Cause::ImageWrongArchitecture => "the image is built for another processor",
        Cause::ImageTagMissing => "the image is not in the registry",
        Cause::RepositoryMissing => "the repository of the image does not exist",
        Cause::NoRouteToRegistry => "they cannot reach AWS's own services",
        Cause::ExecutionRoleCannotPull => {
            "the execution role may not pull the image or write its log"
        }
        Cause::ExecutionRoleCannotReadSecrets => "the execution role may not read the secrets",
        Cause::SecretParameterMissing => "a parameter named in secrets does not exist",
        Cause::LogGroupMissing => "the log group does not exist",
        Cause::RoleNotAssumable => "ECS cannot use the execution role",
        Cause::ServiceLinkedRoleMissing => "ECS has no role of its own in this account yet",
        Cause::OutOfMemory => "the app needs more memory than its task has",
        Cause::DiskFull => "the image does not fit on the task's disk",
        Cause::ContainerHealthCommandMissing => {
            "the container's health check runs curl or wget, which slim images do not have"
        }
        Cause::TargetNotInUse => "no listener forwards to the target group",
        Cause::RedisRequiresTls => "the cache only speaks TLS, and the URL begins with redis://",
        Cause::DatabaseNameMissing => "the URL names a database that was never created",
        Cause::DatabaseRequiresTls => {
            "the database only takes connections with TLS, and the app asks for one without"
        }
        Cause::ComposeHostnameLeft => {
            "the app looks for a host that only exists on a laptop or among Compose's services"
        }
        Cause::VpcDnsOff => "the VPC does not resolve names, because its DNS support is off",
        Cause::AppCrash => "the app ends by itself right after its start",
        _ => "they keep stopping",
    }
}

/// What to do about it.
pub(super) fn fixes(stack: &Stack<'_>, cause: Cause) -> Vec<Fix> {
    let chapter = stack.chapter();
    let file = &chapter.definition_file;
    match cause {
        Cause::ImageWrongArchitecture => new_image(stack),
        Cause::NoRouteToRegistry => no_route(stack),
        Cause::VpcDnsOff => vec![dns_on(stack, &known(stack, "vpc", "VPC-ID"))],
        Cause::OutOfMemory => brought_out(
            stack,
            format!(
                "Raise \"memory\" in {file}{}: twice as much fits the same \"cpu\" up to four times its number (256: 1024, 512: 2048).",
                memory_now(stack)
            ),
        ),
        Cause::DiskFull => brought_out(
            stack,
            format!(
                "Make the image smaller, or add \"ephemeralStorage\": {{\"sizeInGiB\": 40}} to {file} (20 GiB are the default)."
            ),
        ),
        Cause::ContainerHealthCommandMissing => brought_out(
            stack,
            format!(
                "Let the app's own language ask, in {file}: [\"CMD-SHELL\", \"python -c \\\"import urllib.request; urllib.request.urlopen('http://localhost:{}{}')\\\"\"]; or leave the container's health check out, the load balancer has its own.",
                chapter.port, chapter.health_path
            ),
        ),
        Cause::ServiceLinkedRoleMissing => vec![Fix::run(
            "Create it, or try again after a minute.",
            "aws iam create-service-linked-role --aws-service-name ecs.amazonaws.com",
        )],
        Cause::RedisRequiresTls => vec![Fix::say(
            "Let the URL begin with rediss:// (two s): the same host and port, over TLS.",
        )],
        Cause::DatabaseNameMissing => vec![
            Fix::run(database_to_name(stack), again(stack, Url::Database)),
            replace_tasks(stack),
        ],
        _ => vec![logs(stack)],
    }
}

/// What to change in the file, and how to bring it out.
fn brought_out(stack: &Stack<'_>, say: String) -> Vec<Fix> {
    let mut fixes = vec![Fix::say(say)];
    fixes.extend(bring_out(stack));
    fixes
}

/// The way of a corrected app to the tasks: a build for their processor, under a tag that nothing stands on yet.
pub(super) fn new_image(stack: &Stack<'_>) -> Vec<Fix> {
    let chapter = stack.chapter();
    let image = format!(
        "{}:NEW-TAG",
        known(stack, "repository_uri", "REPOSITORY-URI")
    );
    let mut fixes = vec![Fix::run(
        "Build for the tasks' processor, and push under a new tag.",
        format!(
            "docker build --platform linux/{} -t {image} .\ndocker push {image}",
            chapter.architecture.in_images()
        ),
    )];
    let file = &chapter.definition_file;
    fixes.extend(brought_out(
        stack,
        format!("Name that tag as the image in {file}."),
    ));
    fixes
}

fn memory_now(stack: &Stack<'_>) -> String {
    definition::find(stack)
        .ok()
        .and_then(|(definition, _)| definition.memory.as_deref())
        .map_or_else(String::new, |memory| format!(" ({memory} now)"))
}

/// Which database the URL may name.
fn database_to_name(stack: &Stack<'_>) -> String {
    let there = database::find(stack)
        .ok()
        .and_then(|(database, _)| database.database());
    match there {
        Some(name) => format!(
            "Let the URL end in the database that the instance was created with: /{name}. (Or create the other one inside it, with CREATE DATABASE.)"
        ),
        None => "The instance was created without a database: let the URL end in /postgres, which is always there, or create the one that it names inside it (CREATE DATABASE).".to_owned(),
    }
}

/// Subnets, routes and groups look right: what is left is what was not read.
fn no_route(stack: &Stack<'_>) -> Vec<Fix> {
    let network = &stack.snapshot.network;
    let mut fixes = Vec::new();
    match &network.acls {
        Fact::Present(_) => fixes.push(Fix::say(
            "Subnets, routes, groups and network ACLs look right from here. Let the service try again; if it stays, look for a firewall or a proxy on the way.",
        )),
        Fact::Unknown(Why::Denied { action, .. }) => fixes.push(Fix::say(format!(
            "The settings of subnets, routes and groups look right from here. The network ACLs could not be read ({action}): look at those of the subnets (443 out, 1024 to 65535 back in).",
        ))),
        _ => fixes.push(Fix::say(
            "The settings of subnets, routes and groups look right from here. Look at the network ACLs of the subnets (443 out, 1024 to 65535 back in).",
        )),
    }
    let vpc = known(stack, "vpc", "VPC-ID");
    let resolves = network
        .dns
        .iter()
        .any(|(id, dns)| id.as_str() == vpc && matches!(dns, Fact::Present(dns) if dns.resolves));
    if !resolves {
        fixes.push(Fix::run(
            "And whether the VPC resolves names.",
            stack.aws(format!(
                "ec2 describe-vpc-attribute --vpc-id {vpc} --attribute enableDnsSupport"
            )),
        ));
    }
    fixes
}

/// Switches the VPC's DNS on.
pub(in crate::checks) fn dns_on(stack: &Stack<'_>, vpc: &str) -> Fix {
    Fix::run(
        "Switch it on; running tasks notice it at once.",
        stack.aws(format!(
            "ec2 modify-vpc-attribute --vpc-id {vpc} --enable-dns-support Value=true"
        )),
    )
}

/// Secrets are read when a task starts: those that run keep the old ones.
pub(super) fn replace_tasks(stack: &Stack<'_>) -> Fix {
    let service = &stack.chapter().service;
    Fix::run(
        "Then let new tasks read it: a running one keeps what it read at its start.",
        redeploy(stack, &service.service),
    )
}

/// The last lines of the app's own log.
pub(super) fn logs(stack: &Stack<'_>) -> Fix {
    tail(
        stack,
        "Read what the app said last. Often seen: a wrong DATABASE_URL; \"no encryption\" (PostgreSQL 15 and later on RDS wants TLS: add ?sslmode=require, for asyncpg ?ssl=require); a Redis that hangs because it wants rediss://.",
    )
}

/// The lines before the one that was quoted.
pub(super) fn log_before(stack: &Stack<'_>) -> Fix {
    tail(stack, "The lines before it say where it happened.")
}

fn tail(stack: &Stack<'_>, say: &str) -> Fix {
    let group = definition::find(stack)
        .ok()
        .and_then(|(definition, _)| container::of_app(stack, definition)?.logs.as_ref())
        .and_then(|logs| logs.group.as_deref())
        .unwrap_or(&stack.chapter().log_group);
    Fix::run(
        say,
        stack.aws(format!("logs tail {} --since 1h", quoted(group))),
    )
}

/// Where no container ever ran, there is no log to read.
pub(super) fn stopped_tasks(stack: &Stack<'_>) -> Fix {
    Fix::run(
        "No container ran, so the log is empty; AWS's own words are all there is. Look at them within the hour.",
        stack.aws(format!(
            "ecs list-tasks --cluster {} --desired-status STOPPED",
            stack.chapter().service.cluster
        )),
    )
}
