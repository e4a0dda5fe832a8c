//! Certificates that cover the learner's host.

use super::{Gap, list};
use crate::account::Certificate;
use crate::checks::stack::Stack;

/// Every certificate of the region that covers the host, the most useful first: issued, then pending, then the rest;
/// among equals the newest.
pub(in crate::checks) fn covering<'a>(stack: &Stack<'a>) -> Result<Vec<&'a Certificate>, Gap> {
    let host = &stack.chapter().host;
    let mut covering: Vec<&Certificate> = list(&stack.snapshot.certificates, "the certificates")?
        .iter()
        .filter(|certificate| covers(certificate, host))
        .collect();
    covering.sort_by_key(|certificate| {
        (
            usefulness(stack, certificate),
            std::cmp::Reverse(certificate.created_at),
        )
    });
    Ok(covering)
}

/// Whether one of the certificate's names is this host. A `*` stands for exactly one label.
pub(in crate::checks) fn covers(certificate: &Certificate, host: &str) -> bool {
    std::iter::once(&certificate.domain)
        .chain(&certificate.names)
        .any(|name| name_covers(name, host))
}

pub(in crate::checks) fn name_covers(name: &str, host: &str) -> bool {
    let (name, host) = (name.trim_end_matches('.'), host.trim_end_matches('.'));
    match name.strip_prefix("*.") {
        Some(parent) => host
            .split_once('.')
            .is_some_and(|(first, rest)| !first.is_empty() && rest.eq_ignore_ascii_case(parent)),
        None => name.eq_ignore_ascii_case(host),
    }
}

fn usefulness(stack: &Stack<'_>, certificate: &Certificate) -> u8 {
    let now = stack.snapshot.collected_at;
    match certificate.status.as_str() {
        "ISSUED" if certificate.not_after.is_none_or(|end| end > now) => 0,
        "PENDING_VALIDATION" => 1,
        _ => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::name_covers;

    #[test]
    fn a_star_stands_for_exactly_one_label() {
        assert!(name_covers("*.example.com", "API.example.com"));
        assert!(!name_covers("*.example.com", "example.com"));
        assert!(!name_covers("*.example.com", "v1.api.example.com"));
        assert!(name_covers("api.example.com", "api.example.com"));
        assert!(!name_covers("example.com", "api.example.com"));
    }
}
