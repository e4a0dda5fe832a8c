//! URLs as people write them in variables: passwords with characters that should have been escaped, drivers in the
//! scheme, no host at all. Nothing here fails; a part that is not there is not there.

use super::{Known, host_class};
use crate::account::value::{HostClass, Scheme, UrlClass};
use percent_encoding::percent_decode_str;

/// The parts of a URL that become its class.
pub(super) struct Url<'a> {
    scheme: Scheme,
    host: &'a str,
    port: Option<u16>,
    has_password: bool,
    path: Option<&'a str>,
}

/// Reads `scheme://...`; `None` when the text is something else.
pub(super) fn read(text: &str) -> Option<Url<'_>> {
    let (scheme, rest) = text.split_once("://")?;
    let named = !scheme.is_empty()
        && scheme
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
        && scheme.starts_with(|first: char| first.is_ascii_alphabetic());
    if !named {
        return None;
    }
    // The last @ before the query ends the user's part: a password may hold @, / and # though it should not.
    let before_query = rest.split('?').next().unwrap_or(rest);
    let (user, after) = match before_query.rsplit_once('@') {
        Some((user, after)) if is_host_start(after) => (Some(user), after),
        _ => (None, rest),
    };
    let end = after.find(['/', '?', '#']).unwrap_or(after.len());
    let (authority, tail) = after.split_at(end);
    let (host, port) = split_port(authority);
    let path = tail
        .strip_prefix('/')
        .map(|path| path.split(['?', '#']).next().unwrap_or(path))
        .filter(|path| !path.is_empty());
    let has_password = user
        .and_then(|user| user.split_once(':'))
        .is_some_and(|(_, password)| !password.is_empty())
        || password_in_query(rest);
    Some(Url {
        scheme: scheme_of(scheme),
        host,
        port,
        has_password,
        path,
    })
}

impl Url<'_> {
    pub const fn host(&self) -> &str {
        self.host
    }

    pub fn class(&self, known: &Known) -> UrlClass {
        let is_database = self.scheme == Scheme::Postgres;
        UrlClass {
            scheme: self.scheme,
            port: self.port,
            has_password: self.has_password,
            host: if self.host.is_empty() {
                HostClass::Other
            } else {
                host_class(self.host, known)
            },
            names_database: self
                .path
                .filter(|_| is_database)
                .map(|path| percent_decode_str(path).decode_utf8_lossy() == known.database_name),
        }
    }
}

/// Whether a URL names a password, or anything at all before its host: a token may stand there alone.
pub(in crate::account) fn has_credentials(text: &str) -> bool {
    let Some(url) = read(text) else { return false };
    let authority = text
        .split_once("://")
        .map_or("", |(_, rest)| rest)
        .split(['/', '?', '#'])
        .next()
        .unwrap_or_default();
    url.has_password || authority.contains('@')
}

fn scheme_of(scheme: &str) -> Scheme {
    let base = scheme.split('+').next().unwrap_or(scheme);
    match base.to_ascii_lowercase().as_str() {
        "postgres" | "postgresql" => Scheme::Postgres,
        "redis" => Scheme::Redis,
        "rediss" => Scheme::Rediss,
        "http" => Scheme::Http,
        "https" => Scheme::Https,
        _ => Scheme::Other,
    }
}

fn is_host_start(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphanumeric() || first == '[')
}

/// `host:5432`, `[::1]:5432`, `host`; a port that is none is left out.
fn split_port(authority: &str) -> (&str, Option<u16>) {
    if let Some((host, rest)) = authority
        .strip_prefix('[')
        .and_then(|rest| rest.split_once(']'))
    {
        return (
            host,
            rest.strip_prefix(':').and_then(|port| port.parse().ok()),
        );
    }
    match authority.rsplit_once(':') {
        Some((host, port)) => (host, port.parse().ok()),
        None => (authority, None),
    }
}

fn password_in_query(rest: &str) -> bool {
    let Some((_, query)) = rest.split_once('?') else {
        return false;
    };
    query.split('&').any(|pair| {
        pair.split_once('=').is_some_and(|(name, value)| {
            !value.is_empty()
                && ["password", "passwd", "pwd"]
                    .iter()
                    .any(|known| name.eq_ignore_ascii_case(known))
        })
    })
}
