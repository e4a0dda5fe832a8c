//! What looks like a secret by its shape alone.

use crate::account::value::SecretKind;

/// Prefixes that vendors give their tokens, with the least length of the whole token.
/// Sources: the vendors' own documentation and GitHub's list of secret scanning patterns.
const VENDOR_PREFIXES: &[(&str, usize)] = &[
    ("ghp_", 30),
    ("gho_", 30),
    ("ghu_", 30),
    ("ghs_", 30),
    ("ghr_", 30),
    ("github_pat_", 30),
    ("glpat-", 20),
    ("sk-ant-", 20),
    ("sk-proj-", 20),
    ("sk-", 30),
    ("sk_live_", 20),
    ("sk_test_", 20),
    ("rk_live_", 20),
    ("rk_test_", 20),
    ("whsec_", 20),
    ("xoxa-", 20),
    ("xoxb-", 20),
    ("xoxp-", 20),
    ("xoxr-", 20),
    ("xapp-", 20),
    ("AIza", 35),
    ("ya29.", 30),
    ("SG.", 40),
    ("npm_", 30),
    ("pypi-", 30),
    ("dop_v1_", 40),
    ("hf_", 25),
    ("dckr_pat_", 20),
    ("shpat_", 30),
    ("EAACEdEose0cBA", 20),
];

/// Which kind of secret a text has the shape of, if any. Ids, digests, ARNs and host names are none.
pub fn secret_kind(text: &str) -> Option<SecretKind> {
    let text = text.trim();
    if text.contains("-----BEGIN ") && text.contains("PRIVATE KEY") {
        return Some(SecretKind::PrivateKey);
    }
    if holds_access_key_id(text) {
        return Some(SecretKind::AwsAccessKey);
    }
    if is_json_web_token(text) {
        return Some(SecretKind::JsonWebToken);
    }
    if holds_vendor_token(text) {
        return Some(SecretKind::VendorToken);
    }
    if is_aws_secret_key(text) {
        return Some(SecretKind::AwsSecretKey);
    }
    is_random_text(text).then_some(SecretKind::RandomText)
}

/// `AKIA` or `ASIA` and sixteen more capitals and digits, by itself or inside a longer text.
fn holds_access_key_id(text: &str) -> bool {
    words(text).any(|word| {
        word.len() == 20
            && (word.starts_with("AKIA") || word.starts_with("ASIA"))
            && word
                .bytes()
                .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
    })
}

/// Runs of letters and digits.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
}

/// Three base64url parts; the first two are JSON objects, which begin with `eyJ`.
fn is_json_web_token(text: &str) -> bool {
    let text = text.strip_prefix("Bearer ").unwrap_or(text);
    let parts: Vec<&str> = text.split('.').collect();
    let encoded = |part: &&str| {
        !part.is_empty()
            && part
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'='))
    };
    parts.len() == 3
        && parts[..2].iter().all(|part| part.starts_with("eyJ"))
        && parts[..2].iter().all(encoded)
        && parts[0].len() >= 10
}

fn holds_vendor_token(text: &str) -> bool {
    text.split([' ', '=', ',', ';', '"', '\'']).any(|word| {
        VENDOR_PREFIXES.iter().any(|(prefix, least)| {
            word.starts_with(prefix)
                && word.len() >= *least
                && word
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
        })
    })
}

/// Forty characters of base64 with capitals, small letters and digits. Git commits have forty characters, too, but no
/// capitals.
fn is_aws_secret_key(text: &str) -> bool {
    text.len() == 40
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/'))
        && kinds(text) == 3
        && entropy(text) > 4.3
}

/// One word, long, of mixed characters, without the structure of a name, path, host or id.
fn is_random_text(text: &str) -> bool {
    let plain = text.len() >= 20
        && text.len() <= 512
        && text.bytes().all(|byte| byte.is_ascii_graphic())
        && !text.contains("://")
        && !text.starts_with("arn:")
        && !text.starts_with("sha256:")
        && !text.starts_with('/');
    if !plain {
        return false;
    }
    let hex = text.bytes().all(|byte| byte.is_ascii_hexdigit());
    if hex {
        // 40 digits are a commit, 64 may be a digest, but as a variable's value 32, 48, 64 and 128 are keys.
        return matches!(text.len(), 32 | 48 | 64 | 96 | 128)
            && entropy(text) > 3.0
            && kinds(text) >= 2;
    }
    if is_uuid(text) || looks_like_name(text) {
        return false;
    }
    kinds(text) >= 3 && entropy(text) > 3.7
}

/// How many of capitals, small letters, digits occur.
fn kinds(text: &str) -> usize {
    let has = |test: fn(&u8) -> bool| usize::from(text.bytes().any(|byte| test(&byte)));
    has(u8::is_ascii_uppercase) + has(u8::is_ascii_lowercase) + has(u8::is_ascii_digit)
}

fn is_uuid(text: &str) -> bool {
    let lengths: Vec<usize> = text.split('-').map(str::len).collect();
    lengths == [8, 4, 4, 4, 12]
        && text
            .bytes()
            .all(|byte| byte.is_ascii_hexdigit() || byte == b'-')
}

/// Parts joined by punctuation, each of which is a word, a number, or short: hosts, paths, versions, module names,
/// comma-separated lists.
fn looks_like_name(text: &str) -> bool {
    let parts: Vec<&str> = text
        .split(['.', '-', '_', '/', ',', ':', ';', '=', '@', '|', '&', '?'])
        .filter(|part| !part.is_empty())
        .collect();
    parts.len() > 1
        && parts.iter().all(|part| {
            let letters = part.bytes().filter(u8::is_ascii_alphabetic).count();
            let digits = part.bytes().filter(u8::is_ascii_digit).count();
            part.len() <= 6
                || letters == 0
                || digits == 0
                || (digits <= 4 && ends_only(part))
                // An id of AWS's: `vpc-0a1b2c3d4e5f67890`.
                || part.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
        })
}

/// Digits stand at the end only: `postgres16`.
fn ends_only(part: &str) -> bool {
    !part
        .trim_end_matches(|c: char| c.is_ascii_digit())
        .bytes()
        .any(|byte| byte.is_ascii_digit())
}

/// Bits per character.
fn entropy(text: &str) -> f64 {
    let mut counts = [0_u32; 256];
    for byte in text.bytes() {
        counts[usize::from(byte)] += 1;
    }
    let length = f64::from(u32::try_from(text.len()).unwrap_or(u32::MAX));
    counts
        .iter()
        .filter(|count| **count > 0)
        .map(|count| {
            let share = f64::from(*count) / length;
            -share * share.log2()
        })
        .sum()
}
