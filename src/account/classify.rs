//! Turns a value of a variable, command or label into its class. This is the door: behind it no text is left.

mod secret;
#[cfg(test)]
mod tests;
mod url;

use super::telling_name::{Telling, telling};
use super::value::{CommandWords, HostClass, ValueClass};

pub use secret::secret_kind;
pub(super) use url::has_credentials;

/// What a value is compared with. Names only; nothing here is secret.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known {
    /// Host names of the databases that were read (instances and clusters).
    pub databases: Vec<String>,
    /// Host names of the caches that were read.
    pub caches: Vec<String>,
    /// The database that a URL should name.
    pub database_name: String,
}

/// The class of one value.
pub fn classify(text: &str, known: &Known) -> ValueClass {
    let text = text.trim();
    if text.is_empty() {
        return ValueClass::Empty;
    }
    if is_boolean(text) {
        return ValueClass::Boolean;
    }
    if text.parse::<f64>().is_ok() {
        return ValueClass::Number;
    }
    let host = host_class(text, known);
    if matches!(host, HostClass::Database | HostClass::Cache) {
        return ValueClass::Plain { host };
    }
    if let Some(kind) = secret_kind(text) {
        return ValueClass::SecretShaped(kind);
    }
    if let Some(found) = url::read(text) {
        return ValueClass::Url(found.class(known));
    }
    if is_reference(text) {
        return ValueClass::Reference;
    }
    ValueClass::Plain { host }
}

/// An ARN, or a path with folders in it (`/run/secrets/key`, `./certs/key.pem`).
fn is_reference(text: &str) -> bool {
    let in_folders = |path: &str| {
        path.contains('/')
            && path.split('/').all(|part| {
                !part.is_empty()
                    && part
                        .bytes()
                        .all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
            })
    };
    text.starts_with("arn:")
        || ["/", "./", "../", "~/"].iter().any(|start| {
            text.strip_prefix(start).is_some_and(|path| {
                in_folders(path) || *start != "/" && in_folders(&format!("_/{path}"))
            })
        })
}

/// The database's or cache's own host name that a value names, by itself or in a URL: a name that AWS gave, and nothing else of
/// the value.
pub fn own_host<'k>(text: &str, known: &'k Known) -> Option<&'k str> {
    let text = text.trim();
    let in_url = url::read(text);
    let host = bare_host(in_url.as_ref().map_or(text, url::Url::host));
    known
        .databases
        .iter()
        .chain(&known.caches)
        .find(|name| name.trim_end_matches('.').eq_ignore_ascii_case(&host))
        .map(String::as_str)
}

/// Which words of the fixed list a command (or entry point, or health check) holds.
pub fn command_words<S: AsRef<str>>(parts: &[S], known: &Known) -> CommandWords {
    let mut words = CommandWords {
        present: !parts.is_empty(),
        ..CommandWords::default()
    };
    let mut promised = false;
    for part in parts {
        let part = part.as_ref();
        // A shell line stands in one part: `sh -c "..."`.
        for word in part.split_whitespace() {
            read_word(word, known, &mut words);
            let word = unquoted(word);
            words.named_secret |= promised && is_given(word, known);
            // `--api-token` alone: what it promises comes next.
            promised = word.starts_with("--") && telling(word) == Some(Telling::AtTheEnd);
        }
        if words.secret.is_none() && part.contains("PRIVATE KEY") {
            words.secret = secret_kind(part);
        }
    }
    words
}

fn read_word(word: &str, known: &Known, words: &mut CommandWords) {
    let word = unquoted(word);
    // `--host=0.0.0.0`, `DATABASE_URL=postgres://...`
    let (name, value) = match word.split_once('=') {
        Some((name, value)) if !name.contains("://") => {
            let value = value.trim_matches(['"', '\'']);
            words.named_secret |=
                telling(name) == Some(Telling::AtTheEnd) && is_given(value, known);
            (name, value)
        }
        _ => (word, word),
    };
    words.host_flag |= name == "--host";
    let host = value.strip_prefix("http://").unwrap_or(value);
    words.binds_all |= host == "0.0.0.0" || host.starts_with("0.0.0.0:");
    words.binds_loopback |= ["127.0.0.1", "localhost"].iter().any(|loopback| {
        host.strip_prefix(loopback)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with([':', '/']))
    });
    let program = word.rsplit('/').next().unwrap_or(word);
    words.curl |= program == "curl";
    words.wget |= program == "wget";
    if let Some(port) = port_in(value)
        && !words.ports.contains(&port)
    {
        words.ports.push(port);
    }
    match classify(value, known) {
        ValueClass::Url(url) => words.url_with_password |= url.has_password,
        ValueClass::SecretShaped(kind) if words.secret.is_none() => words.secret = Some(kind),
        _ => {}
    }
}

fn unquoted(word: &str) -> &str {
    word.trim_matches(['"', '\'', ';', '(', ')', ',', '`'])
}

/// Whether a word is the thing itself, and not a shell's variable, another flag or a place to look in.
fn is_given(word: &str, known: &Known) -> bool {
    !word.starts_with(['$', '-', '<', '%', '&', '|', '>'])
        && matches!(classify(word, known), ValueClass::Plain { .. })
}

/// A bare number of a port, or the one after a host.
fn port_in(word: &str) -> Option<u16> {
    let number = |text: &str| text.parse::<u16>().ok().filter(|port| *port >= 80);
    if word.bytes().all(|byte| byte.is_ascii_digit()) {
        return number(word);
    }
    let rest = word.split_once("://").map_or(word, |(_, rest)| rest);
    let authority = rest.split(['/', '?']).next().unwrap_or(rest);
    let authority = authority.rsplit('@').next().unwrap_or(authority);
    number(authority.rsplit_once(':')?.1)
}

fn is_boolean(text: &str) -> bool {
    ["true", "false", "yes", "no", "on", "off"]
        .iter()
        .any(|word| text.eq_ignore_ascii_case(word))
}

/// Which known host a text is, with or without a port.
pub(crate) fn host_class(text: &str, known: &Known) -> HostClass {
    let host = bare_host(text);
    let is = |names: &[String]| {
        names
            .iter()
            .any(|name| name.trim_end_matches('.').eq_ignore_ascii_case(&host))
    };
    if is(&known.databases) {
        return HostClass::Database;
    }
    if is(&known.caches) {
        return HostClass::Cache;
    }
    match host.as_str() {
        "localhost" => HostClass::Localhost,
        "127.0.0.1" | "::1" => HostClass::Loopback,
        "db" => HostClass::ComposeDb,
        "postgres" => HostClass::ComposePostgres,
        "redis" => HostClass::ComposeRedis,
        "cache" => HostClass::ComposeCache,
        "database" => HostClass::ComposeDatabase,
        "host.docker.internal" => HostClass::DockerHost,
        _ => HostClass::Other,
    }
}

/// Without port, brackets and the final dot, in small letters.
fn bare_host(text: &str) -> String {
    let host = match text.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or(rest),
        None if text.matches(':').count() == 1 => text.split(':').next().unwrap_or(text),
        None => text,
    };
    host.trim_end_matches('.').to_ascii_lowercase()
}
