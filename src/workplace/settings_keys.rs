//! The keys of a `landfall.toml`: the names of [`Chapter`]'s fields, and what each may hold.

use crate::account::{Architecture, Chapter, Region, VpcId};
use toml::de::DeValue;

/// What was expected instead, in words that follow "must be".
type Refused = &'static str;

/// One key, in dotted form, and how it is laid over a chapter.
pub(super) struct Key {
    pub(super) name: &'static str,
    /// The name it is known by; differs for a second spelling of the same setting.
    pub(super) stands_for: &'static str,
    pub(super) set: fn(&mut Chapter, &DeValue<'_>) -> Result<(), Refused>,
}

impl Key {
    pub(super) fn named(dotted: &str) -> Option<&'static Key> {
        KEYS.iter().find(|key| key.name == dotted)
    }

    /// Whether known keys lie below this one.
    pub(super) fn is_table(dotted: &str) -> bool {
        KEYS.iter().any(|key| {
            key.name
                .strip_prefix(dotted)
                .is_some_and(|rest| rest.starts_with('.'))
        })
    }
}

macro_rules! keys {
    ($($name:literal $(as $known:literal)? => $($field:ident).+ = $read:expr),* $(,)?) => {
        &[$(Key {
            name: $name,
            stands_for: keys!(@known $name $($known)?),
            set: |chapter, value| {
                chapter.$($field).+ = $read(value)?;
                Ok(())
            },
        }),*]
    };
    (@known $name:literal) => { $name };
    (@known $name:literal $known:literal) => { $known };
}

/// Every key there is.
pub(super) const KEYS: &[Key] = keys![
    "region" => region = region,
    "user" => user = name,
    "iam_user" as "user" => user = name,
    "repository" => repository = name,
    "version" => version = name,
    "has_domain" => has_domain = yes_or_no,
    "host" => host = host,
    "port" => port = port,
    "health_path" => health_path = path,
    "vpc" => vpc = vpc,
    "definition_file" => definition_file = file,
    "log_group" => log_group = name,
    "execution_role" => execution_role = name,
    "desired_count" => desired_count = number,
    "endpoint_url" => endpoint_url = url,
    "endpoint.url" as "endpoint_url" => endpoint_url = url,
    "database.instance" => database.instance = name,
    "database.subnet_group" => database.subnet_group = name,
    "database.name" => database.name = name,
    "database.class" => database.class = name,
    "database.backup_days" => database.backup_days = number,
    "cache.id" => cache.id = name,
    "cache.subnet_group" => cache.subnet_group = name,
    "cache.class" => cache.class = name,
    "parameters.database_url" => parameters.database_url = name,
    "parameters.redis_url" => parameters.redis_url = name,
    "groups.alb" => groups.alb = name,
    "groups.tasks" => groups.tasks = name,
    "groups.database" => groups.database = name,
    "groups.cache" => groups.cache = name,
    "balancer.name" => balancer.name = name,
    "balancer.target_group" => balancer.target_group = name,
    "service.cluster" => service.cluster = name,
    "service.family" => service.family = name,
    "service.service" => service.service = name,
    "service.grace_seconds" => service.grace_seconds = number,
    "service.cpu" => service.cpu = number,
    "service.memory" => service.memory = number,
    "budget.name" => budget.name = name,
    "architecture" => architecture = architecture,
];

fn text<'v>(value: &'v DeValue<'_>) -> Option<&'v str> {
    value
        .as_str()
        .filter(|text| !text.trim().is_empty() && !text.chars().any(char::is_control))
}

fn name(value: &DeValue<'_>) -> Result<String, Refused> {
    text(value)
        .filter(|text| text.len() <= 512)
        .map(str::to_owned)
        .ok_or("a name in quotes")
}

fn yes_or_no(value: &DeValue<'_>) -> Result<bool, Refused> {
    value.as_bool().ok_or("`true` or `false`, without quotes")
}

fn integer(value: &DeValue<'_>) -> Option<i64> {
    let integer = value.as_integer()?;
    i64::from_str_radix(integer.as_str(), integer.radix()).ok()
}

fn number(value: &DeValue<'_>) -> Result<u32, Refused> {
    integer(value)
        .and_then(|number| u32::try_from(number).ok())
        .ok_or("a whole number, without quotes")
}

fn port(value: &DeValue<'_>) -> Result<u16, Refused> {
    integer(value)
        .and_then(|number| u16::try_from(number).ok())
        .filter(|port| *port > 0)
        .ok_or("a port between 1 and 65535, without quotes")
}

fn region(value: &DeValue<'_>) -> Result<Region, Refused> {
    text(value)
        .filter(|text| looks_like_region(text))
        .map(Region::from)
        .ok_or("a region such as \"eu-central-1\"")
}

fn looks_like_region(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [first, middle @ .., last] = parts.as_slice() else {
        return false;
    };
    let letters = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase());
    letters(first)
        && !middle.is_empty()
        && middle.iter().all(|part| letters(part))
        && !last.is_empty()
        && last.bytes().all(|b| b.is_ascii_digit())
}

fn vpc(value: &DeValue<'_>) -> Result<Option<VpcId>, Refused> {
    text(value)
        .filter(|text| text.strip_prefix("vpc-").is_some_and(|id| !id.is_empty()))
        .map(|id| Some(VpcId::from(id)))
        .ok_or("the id of a VPC, such as \"vpc-0a1b2c3d\"")
}

fn host(value: &DeValue<'_>) -> Result<String, Refused> {
    text(value)
        .map(|host| host.trim_end_matches('.'))
        .filter(|host| {
            host.contains('.')
                && host
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-'))
        })
        .map(str::to_ascii_lowercase)
        .ok_or("a name such as \"api.example.com\", without https:// and without a path")
}

fn path(value: &DeValue<'_>) -> Result<String, Refused> {
    text(value)
        .filter(|path| path.starts_with('/') && !path.contains(char::is_whitespace))
        .map(str::to_owned)
        .ok_or("a path that begins with a slash, such as \"/docs\"")
}

fn file(value: &DeValue<'_>) -> Result<String, Refused> {
    text(value)
        .filter(|file| std::path::Path::new(file).is_relative())
        .map(str::to_owned)
        .ok_or("a file's path, relative to the folder of landfall.toml")
}

fn url(value: &DeValue<'_>) -> Result<Option<String>, Refused> {
    text(value)
        .filter(|text| {
            text.parse::<http::Uri>().is_ok_and(|uri| {
                matches!(uri.scheme_str(), Some("http" | "https"))
                    && uri.authority().is_some_and(|a| !a.as_str().contains('@'))
            })
        })
        .map(|url| Some(url.to_owned()))
        .ok_or("an address that begins with http:// or https://, without a user or password")
}

fn architecture(value: &DeValue<'_>) -> Result<Architecture, Refused> {
    match text(value).map(str::to_ascii_lowercase).as_deref() {
        Some("x86_64" | "amd64") => Ok(Architecture::X86_64),
        Some("arm64") => Ok(Architecture::Arm64),
        _ => Err("\"X86_64\" or \"ARM64\""),
    }
}
