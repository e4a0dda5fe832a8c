//! What one line of a container's log says about its end. The words are those of PostgreSQL, its Python clients, redis-py,
//! Python and the kernel; `tests/corpus/log-lines.toml` holds real ones, and a test holds this table against them.

use crate::checks::cause::Cause;

/// What a line that is known says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Said {
    /// The kernel cannot run the program.
    WrongProcessor,
    /// The database refuses the user or the password.
    PasswordRefused,
    /// The database that the URL names was never created.
    NoSuchDatabase,
    /// The database takes no connection without TLS.
    WantsTls,
    /// A host that only means something on a laptop or among Compose's services.
    LaptopHost,
    /// Another host name that does not resolve.
    HostUnknown,
    /// The cache accepts the connection and then says nothing, or hangs up.
    CacheSilent,
    /// The image lacks a module that the app imports.
    ModuleMissing,
    /// Two processes want the same port.
    PortTaken,
    /// The app asks for a setting that is not there.
    SettingMissing,
}

impl Said {
    /// What it comes to. Of a silent cache only its own settings tell.
    pub const fn cause(self) -> Cause {
        match self {
            Said::WrongProcessor => Cause::ImageWrongArchitecture,
            Said::NoSuchDatabase => Cause::DatabaseNameMissing,
            Said::WantsTls => Cause::DatabaseRequiresTls,
            Said::LaptopHost => Cause::ComposeHostnameLeft,
            Said::PasswordRefused
            | Said::HostUnknown
            | Said::CacheSilent
            | Said::ModuleMissing
            | Said::PortTaken
            | Said::SettingMissing => Cause::AppCrash,
        }
    }
}

/// A line says something when it holds all words of one of the sets; in lower case.
pub(super) struct Line {
    pub said: Said,
    any: &'static [&'static [&'static str]],
}

const fn line(said: Said, any: &'static [&'static [&'static str]]) -> Line {
    Line { said, any }
}

/// What is told by words alone; hosts are looked at by themselves.
pub(super) const LINES: &[Line] = &[
    line(Said::WrongProcessor, &[&["exec format error"]]),
    line(
        Said::PasswordRefused,
        &[
            &["password authentication failed for user"],
            &["fe_sendauth: no password supplied"],
        ],
    ),
    line(
        Said::NoSuchDatabase,
        &[&["database \"", "\" does not exist"]],
    ),
    line(
        Said::WantsTls,
        &[
            &["no pg_hba.conf entry for host", "no encryption"],
            // Before PostgreSQL 14.
            &["no pg_hba.conf entry for host", "ssl off"],
        ],
    ),
    line(
        Said::CacheSilent,
        &[
            &["timeout reading from", ":6379"],
            &["timeout reading from", ":6380"],
            &["redis", "timeout reading from socket"],
            &["redis", "connection closed by server"],
        ],
    ),
    line(
        Said::ModuleMissing,
        &[
            &["no module named"],
            &["importerror: cannot import name"],
            &["could not import module"],
        ],
    ),
    line(
        Said::PortTaken,
        &[&["address already in use"], &["eaddrinuse"]],
    ),
    line(
        Said::SettingMissing,
        &[
            &["keyerror: 'database_url'"],
            &["keyerror: 'redis_url'"],
            &["validation error", "settings"],
            &["expected string or url object, got none"],
        ],
    ),
];

/// What one line says, if that is known.
pub(super) fn said(text: &str) -> Option<Said> {
    let lower = text.to_ascii_lowercase();
    let by_words = LINES
        .iter()
        .find(|line| fits(line, &lower))
        .map(|line| line.said);
    by_words.or_else(|| by_host(&lower))
}

fn fits(line: &Line, lower: &str) -> bool {
    line.any
        .iter()
        .any(|words| words.iter().all(|word| lower.contains(word)))
}

/// Every meaning whose words a line holds; of a well-kept table at most one.
#[cfg(test)]
pub(super) fn all_said(text: &str) -> Vec<Said> {
    let lower = text.to_ascii_lowercase();
    let mut said: Vec<Said> = LINES
        .iter()
        .filter(|line| fits(line, &lower))
        .map(|line| line.said)
        .chain(by_host(&lower))
        .collect();
    said.sort();
    said.dedup();
    said
}

/// Names that Compose files give their services, and the laptop itself.
const LAPTOP: &[&str] = &[
    "db",
    "database",
    "postgres",
    "postgresql",
    "pg",
    "redis",
    "cache",
    "valkey",
    "localhost",
    "127.0.0.1",
    "::1",
    "host.docker.internal",
];

/// Words after which a host stands that could not be found.
const NOT_FOUND: &[&str] = &[
    "could not translate host name \"",
    "failed to resolve host '",
    "getaddrinfo enotfound ",
    "error -2 connecting to ",
    "error -3 connecting to ",
    "error -5 connecting to ",
];

/// Words after which a host stands that refused the connection.
const REFUSED: &[&str] = &[
    "error 111 connecting to ",
    "connect call failed ('",
    "connect econnrefused ",
    "connection to server at \"",
];

fn by_host(lower: &str) -> Option<Said> {
    if let Some(host) = host_after(lower, NOT_FOUND) {
        return Some(if LAPTOP.contains(&host) {
            Said::LaptopHost
        } else {
            Said::HostUnknown
        });
    }
    let refused = lower.contains("refused") || lower.contains("connect call failed");
    host_after(lower, REFUSED)
        .filter(|host| refused && LAPTOP.contains(host))
        .map(|_| Said::LaptopHost)
}

fn host_after<'t>(lower: &'t str, markers: &[&str]) -> Option<&'t str> {
    let rest = markers
        .iter()
        .find_map(|marker| Some(&lower[lower.find(marker)? + marker.len()..]))?;
    if rest.starts_with("::1") {
        return Some("::1");
    }
    let end = rest.find(|letter: char| !(letter.is_ascii_alphanumeric() || "-._".contains(letter)));
    let host = rest[..end.unwrap_or(rest.len())].trim_end_matches('.');
    (!host.is_empty()).then_some(host)
}

/// Whether a line is the one in which an exception says what it is: `sqlalchemy.exc.OperationalError: ...`.
pub(super) fn is_exception(text: &str) -> bool {
    let head = text.split_once(':').map_or(text, |(head, _)| head).trim();
    let name = head.rsplit('.').next().unwrap_or(head);
    let is_name = |letter: char| letter.is_ascii_alphanumeric() || letter == '_' || letter == '.';
    let like_a_class = name.starts_with(|letter: char| letter.is_ascii_uppercase())
        && name.contains(|letter: char| letter.is_ascii_lowercase());
    let ends = ["Error", "Exception", "NotFound", "Timeout", "Exit"];
    head.chars().all(is_name)
        && like_a_class
        && (ends.iter().any(|end| name.ends_with(end)) || head.contains('.'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::live::corpus::{self, Real};

    fn corpus() -> Vec<Real> {
        corpus::lines(include_str!("../../../tests/corpus/log-lines.toml"))
    }

    #[test]
    fn every_real_line_means_what_it_meant_when_it_was_collected() {
        for real in corpus() {
            let found = said(&real.text).map_or("-", |said| said.cause().id());
            assert_eq!(found, real.cause, "{}", real.text);
        }
    }

    #[test]
    fn no_real_line_says_two_things() {
        for real in corpus() {
            assert!(all_said(&real.text).len() <= 1, "{}", real.text);
        }
    }

    #[test]
    fn everything_that_can_be_said_was_said_in_a_real_line() {
        let seen: Vec<Said> = corpus()
            .iter()
            .filter_map(|real| said(&real.text))
            .collect();
        for line in LINES {
            assert!(seen.contains(&line.said), "no line for {:?}", line.said);
        }
        assert!(seen.contains(&Said::LaptopHost) && seen.contains(&Said::HostUnknown));
    }

    #[test]
    fn every_line_names_where_and_when_it_was_seen() {
        for real in corpus() {
            let where_from = real.source.starts_with("https://") || real.source == "memory";
            assert!(where_from, "{}", real.text);
            assert!(
                real.date.parse::<jiff::civil::Date>().is_ok(),
                "{}",
                real.text
            );
        }
        let from_memory = corpus()
            .iter()
            .filter(|real| real.source == "memory")
            .count();
        assert!(
            from_memory * 3 <= corpus().len(),
            "{from_memory} from memory"
        );
    }

    #[test]
    fn the_exceptions_own_line_is_told_from_what_stands_around_it() {
        for line in [
            "sqlalchemy.exc.OperationalError: (psycopg2.OperationalError) connection to server",
            "ModuleNotFoundError: No module named 'psycopg2'",
            "KeyError: 'DATABASE_URL'",
            "redis.exceptions.TimeoutError: Timeout reading from socket",
        ] {
            assert!(is_exception(line), "{line}");
        }
        for line in [
            "Traceback (most recent call last):",
            "ERROR:    Application startup failed. Exiting.",
            "INFO:     Waiting for application startup.",
            "  File \"/app/main.py\", line 3, in <module>",
            "(Background on this error at: https://sqlalche.me/e/20/e3q8)",
            "http://127.0.0.1:8000",
        ] {
            assert!(!is_exception(line), "{line}");
        }
    }
}
