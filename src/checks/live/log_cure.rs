//! What the container's own last words come to: a sentence with the line quoted, the evidence, what to do.

use super::diagnosis::Diagnosis;
use super::last_words::Quote;
use super::log_words::Said;
use super::{cure, one_line};
use crate::account::{Fact, Why};
use crate::checks::discovery::{cache, database};
use crate::checks::finding::{Evidence, Fix, FoundBy, Judgement};
use crate::checks::ssm::{Url, again};
use crate::checks::stack::Stack;
use crate::checks::{cause::Cause, why};

/// The longest quotation in a sentence, in letters; the evidence has more of it.
const LONGEST_QUOTE: usize = 160;

/// Why the container ended, with the line that says so.
pub(super) fn sentence(diagnosis: Diagnosis<'_>) -> String {
    match diagnosis {
        Diagnosis::Said(_, said, quote) => {
            format!(
                "The reason: {}. The log says: {}",
                words(said),
                quoted(quote)
            )
        }
        Diagnosis::Heard(quote) => format!(
            "The reason: {}. Its last words: {}",
            cure::words(Cause::AppCrash),
            quoted(quote)
        ),
        Diagnosis::Silent => format!(
            "The reason: {}, without a word in its log.",
            cure::words(Cause::AppCrash)
        ),
        Diagnosis::Unheard(Why::NotAsked) => {
            format!("The reason: {}.", cure::words(Cause::AppCrash))
        }
        Diagnosis::Unheard(unread) => format!(
            "The reason: {}. What it said cannot be told: {}.",
            cure::words(Cause::AppCrash),
            why::reason(unread)
        ),
        _ => String::new(),
    }
}

/// In quotes, with the full stop that ends the sentence.
fn quoted(quote: Quote<'_>) -> String {
    let line = one_line(quote.line);
    if line.chars().count() <= LONGEST_QUOTE {
        return format!("\"{}\".", line.trim_end_matches('.'));
    }
    let cut: String = line.chars().take(LONGEST_QUOTE - 1).collect();
    format!("\"{}…\".", cut.trim_end())
}

/// Half a sentence.
const fn words(said: Said) -> &'static str {
    match said {
        Said::WrongProcessor => cure::words(Cause::ImageWrongArchitecture),
        Said::NoSuchDatabase => cure::words(Cause::DatabaseNameMissing),
        Said::WantsTls => cure::words(Cause::DatabaseRequiresTls),
        Said::LaptopHost => cure::words(Cause::ComposeHostnameLeft),
        Said::PasswordRefused => "the database refuses the user or the password in the URL",
        Said::HostUnknown => "the app asks for a host that does not exist",
        Said::CacheSilent => "the cache takes the connection and then gives no answer",
        Said::ModuleMissing => "a module that the app imports is not in the image",
        Said::PortTaken => "two processes in the container want the same port",
        Said::SettingMissing => "the app misses a setting that it cannot do without",
    }
}

/// The line itself, and what else speaks for the cause.
pub(super) fn evidence(
    stack: &Stack<'_>,
    judgement: Judgement,
    diagnosis: Diagnosis<'_>,
    by: FoundBy,
) -> Judgement {
    let (Diagnosis::Said(_, _, quote) | Diagnosis::Heard(quote)) = diagnosis else {
        return judgement;
    };
    let judgement = judgement.seen(Evidence::new(
        "logs:GetLogEvents",
        &quote.tail.group,
        &quote.tail.stream,
        "no error",
        one_line(quote.line),
        by,
    ));
    match diagnosis {
        Diagnosis::Said(Cause::DatabaseRequiresTls, ..) => match database_evidence(stack) {
            Some(seen) => judgement.seen(seen),
            None => judgement,
        },
        Diagnosis::Said(Cause::RedisRequiresTls, ..) => match cache_evidence(stack) {
            Some(seen) => judgement.seen(seen),
            None => judgement,
        },
        _ => judgement,
    }
}

/// Whether the database insists on TLS: its parameter group says so, or leaves AWS's own value, which is on from version 15.
/// <https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/PostgreSQL.Concepts.General.SSL.html>
fn database_evidence(stack: &Stack<'_>) -> Option<Evidence> {
    let (database, by) = database::find(stack).ok()?;
    let version = database.engine_version();
    let instance = database.speaks_for_it();
    let group = instance.and_then(|instance| instance.parameter_group.as_deref());
    let from_15 = version
        .split('.')
        .next()
        .and_then(|major| major.parse::<u32>().ok())
        .is_some_and(|major| major >= 15);
    let set = instance.map(|instance| &instance.force_ssl);
    let said = match (set, group) {
        (Some(Fact::Present(true)), _) => ": rds.force_ssl is 1 there",
        (Some(Fact::Absent), _) if from_15 => ", which leaves rds.force_ssl at 1",
        (_, Some(group)) if from_15 && group.starts_with("default.") => {
            ": rds.force_ssl is 1 there"
        }
        _ => "",
    };
    let observed = match group {
        Some(group) => format!("PostgreSQL {version} with {group}{said}"),
        None => format!("PostgreSQL {version}"),
    };
    Some(Evidence::new(
        database.api(),
        database.id(),
        "EngineVersion, DBParameterGroups",
        "a URL with TLS",
        observed,
        by,
    ))
}

fn cache_evidence(stack: &Stack<'_>) -> Option<Evidence> {
    let (cache, by) = cache::find(stack).ok()?;
    Some(Evidence::new(
        "elasticache:DescribeReplicationGroups",
        cache.id(),
        "TransitEncryptionMode",
        "a URL that begins with rediss://",
        "required",
        by,
    ))
}

/// Which of the two the line is about.
fn store(quote: Quote<'_>) -> Url {
    let line = quote.line.to_ascii_lowercase();
    if ["redis", "valkey", "6379", "\"cache\""]
        .iter()
        .any(|word| line.contains(word))
    {
        Url::Redis
    } else {
        Url::Database
    }
}

/// What to do about it.
pub(super) fn fixes(stack: &Stack<'_>, diagnosis: Diagnosis<'_>) -> Vec<Fix> {
    let before = || cure::log_before(stack);
    match diagnosis {
        Diagnosis::Said(cause, said, quote) => match said {
            Said::WantsTls => vec![
                Fix::run(
                    "Ask for TLS in the URL: ?sslmode=require at its end (asyncpg: ?ssl=require). Leave TLS switched on in the database.",
                    again(stack, Url::Database),
                ),
                cure::replace_tasks(stack),
            ],
            Said::PasswordRefused => vec![
                Fix::run(
                    "Write the URL again with the user and password that you gave the database. Signs such as @ : / # in a password have to be written as %40 %3A %2F %23.",
                    again(stack, Url::Database),
                ),
                cure::replace_tasks(stack),
            ],
            Said::LaptopHost | Said::HostUnknown => vec![
                Fix::run(
                    "Put the endpoint into the URL, in the place of that host.",
                    again(stack, store(quote)),
                ),
                cure::replace_tasks(stack),
            ],
            Said::CacheSilent if cause == Cause::RedisRequiresTls => vec![
                Fix::run(
                    "Let the URL begin with rediss:// (two s): the same host and port, over TLS.",
                    again(stack, Url::Redis),
                ),
                cure::replace_tasks(stack),
            ],
            Said::NoSuchDatabase | Said::WrongProcessor => cure::fixes(stack, cause),
            Said::CacheSilent => vec![
                Fix::say(
                    "Compare the scheme of REDIS_URL with the cache: rediss:// where it has TLS, redis:// where it has none.",
                ),
                before(),
            ],
            Said::ModuleMissing => {
                let mut fixes = vec![Fix::say(
                    "Add it to requirements.txt (or where your image gets its packages from).",
                )];
                fixes.extend(cure::new_image(stack));
                fixes.push(before());
                fixes
            }
            Said::PortTaken => vec![
                Fix::say(
                    "Start one process only on that port: no reloader, no second server in the same container or task.",
                ),
                before(),
            ],
            Said::SettingMissing => vec![
                Fix::say(format!(
                    "Add it to environment or secrets of the container in {}, register it, update the service.",
                    stack.chapter().definition_file
                )),
                before(),
            ],
        },
        Diagnosis::Heard(_) => vec![before()],
        _ => vec![cure::logs(stack)],
    }
}
