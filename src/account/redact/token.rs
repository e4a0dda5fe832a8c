//! One word of a text: what in it is a secret.

use super::{LEFT_OUT, Prose};
use crate::account::classify::{has_credentials, secret_kind};
use crate::account::value::SecretKind;

/// What a name ends with when its value is a secret.
const TELLING: [&str; 12] = [
    "password",
    "passwd",
    "passphrase",
    "pwd",
    "pass",
    "secret",
    "token",
    "key",
    "credential",
    "credentials",
    "signature",
    "authorization",
];

/// Whether a name says that its value is a secret.
pub(super) fn tells(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    TELLING.iter().any(|ending| name.ends_with(ending))
}

/// Whether it says so beyond doubt: `token:` and `secret:` stand in sentences of AWS's, too.
pub(super) fn is_password(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    ["password", "passwd", "passphrase", "pwd"]
        .iter()
        .any(|ending| name.ends_with(ending))
}

/// Encoded rather than written: what follows `Bearer` in a header, but not in a sentence.
pub(super) fn is_random(word: &str) -> bool {
    word.len() >= 12 && !word.bytes().all(|byte| byte.is_ascii_lowercase())
}

/// The word without secrets, and the value that was cut off after a telling name, if one was.
pub(super) fn scrub(word: &str, prose: Prose) -> (String, Option<&str>) {
    if let Some(kept) = without_url(word) {
        return (kept, None);
    }
    if let Some((name, value)) = assignment(word) {
        let mark = if value.is_empty() { "" } else { LEFT_OUT };
        return (format!("{name}={mark}"), Some(value));
    }
    (pieces(word, prose), None)
}

/// A URL with a user or a password loses all that follows its scheme.
fn without_url(word: &str) -> Option<String> {
    let at = word.find("://")?;
    let start = word[..at]
        .rfind(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.')))
        .map_or(0, |last| {
            last + word[last..].chars().next().map_or(1, char::len_utf8)
        });
    has_credentials(&word[start..]).then(|| format!("{}{LEFT_OUT}", &word[..at + 3]))
}

/// `NAME=VALUE` with a telling name, wherever in the word it begins (`?a=1&token=...`).
fn assignment(word: &str) -> Option<(&str, &str)> {
    word.match_indices('=').find_map(|(at, _)| {
        let (before, value) = (&word[..at], &word[at + 1..]);
        let name = before
            .rsplit(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.')))
            .next()
            .unwrap_or_default();
        // `==` compares, and base64 ends with it.
        (tells(name) && !value.starts_with('=')).then_some((before, value))
    })
}

/// The parts of the word that are keys and tokens by their shape.
fn pieces(word: &str, prose: Prose) -> String {
    let belongs =
        |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '+' | '/' | '.' | '-' | '@');
    let mut clean = String::with_capacity(word.len());
    let mut rest = word;
    while let Some(first) = rest.chars().next() {
        let end = rest
            .find(|c| belongs(c) != belongs(first))
            .unwrap_or(rest.len());
        let (piece, after) = rest.split_at(end);
        let is_secret = belongs(first) && holds_secret(piece, prose, word.contains("arn:"));
        clean.push_str(if is_secret { LEFT_OUT } else { piece });
        rest = after;
    }
    clean
}

fn holds_secret(piece: &str, prose: Prose, in_arn: bool) -> bool {
    let piece = piece.trim_end_matches('.');
    let by_shape = piece.split(['/', '@']).any(|part| {
        matches!(
            secret_kind(part),
            Some(SecretKind::AwsAccessKey | SecretKind::JsonWebToken | SecretKind::VendorToken)
        )
    });
    let in_message = prose != Prose::Name
        && (is_address(piece) || (!in_arn && secret_kind(piece) == Some(SecretKind::AwsSecretKey)));
    let in_log = prose == Prose::Log && !in_arn && is_encoded(piece);
    by_shape || in_message || in_log
}

/// A line's worth of base64: part of a key, a session token, a certificate. Digests have no capitals, and a path's parts
/// are shorter.
pub(super) fn is_encoded(piece: &str) -> bool {
    let has = |test: fn(&u8) -> bool| piece.bytes().any(|byte| test(&byte));
    piece.len() >= 40
        && piece.bytes().all(is_base64)
        && has(u8::is_ascii_uppercase)
        && has(u8::is_ascii_lowercase)
        && has(u8::is_ascii_digit)
        && piece.split('/').any(|part| part.len() >= 20)
}

pub(super) const fn is_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=')
}

/// `someone@example.com`.
fn is_address(piece: &str) -> bool {
    piece.split_once('@').is_some_and(|(user, host)| {
        !user.is_empty() && !user.contains('/') && host.contains('.') && !host.contains('/')
    })
}
