//! What a failed request means: a refused connection, a refused certificate, an answer cut off.

use crate::account::EndpointOutcome;
use rustls::CertificateError as Certificate;
use std::error::Error;
use std::io;

/// `connected` = a connection (with TLS, if any) was established before it failed.
pub(super) fn of_error(
    error: &hyper_util::client::legacy::Error,
    connected: bool,
) -> EndpointOutcome {
    match tls_error(error) {
        Some(rustls::Error::InvalidCertificate(reason)) => {
            let words = in_words(reason);
            if is_about_the_name(reason) {
                EndpointOutcome::Certificate(words)
            } else {
                EndpointOutcome::Untrusted(words)
            }
        }
        Some(rustls::Error::NoCertificatesPresented) => {
            EndpointOutcome::Certificate("the server showed no certificate".to_owned())
        }
        // Something answered on the port, but it does not speak TLS as we do.
        Some(_) => EndpointOutcome::Closed,
        None if connected || is_cut(error) => EndpointOutcome::Closed,
        None => EndpointOutcome::NoConnection,
    }
}

/// Everything else (issuer, dates) also depends on this machine's clock and on the authorities that it knows.
const fn is_about_the_name(reason: &Certificate) -> bool {
    matches!(
        reason,
        Certificate::NotValidForName | Certificate::NotValidForNameContext { .. }
    )
}

/// The TLS error at the bottom of the chain, if there is one.
fn tls_error<'e>(error: &'e (dyn Error + 'static)) -> Option<&'e rustls::Error> {
    chain(error).find_map(|one| one.downcast_ref::<rustls::Error>())
}

/// Cut off during the TLS handshake: there was a connection.
fn is_cut(error: &(dyn Error + 'static)) -> bool {
    chain(error)
        .filter_map(|one| one.downcast_ref::<io::Error>())
        .any(|error| {
            matches!(
                error.kind(),
                io::ErrorKind::UnexpectedEof
                    | io::ErrorKind::ConnectionReset
                    | io::ErrorKind::ConnectionAborted
                    | io::ErrorKind::BrokenPipe
            )
        })
}

/// The error and its causes. `io::Error::source` skips the error it wraps, which is the one we look for.
fn chain<'e>(error: &'e (dyn Error + 'static)) -> impl Iterator<Item = &'e (dyn Error + 'static)> {
    std::iter::successors(Some(error), |error| {
        match error
            .downcast_ref::<io::Error>()
            .and_then(io::Error::get_ref)
        {
            Some(wrapped) => Some(wrapped as &(dyn Error + 'static)),
            None => (*error).source(),
        }
    })
}

/// The reason in words that may be shown. Names in a certificate are the server's words: only the usual characters
/// of a name are let through, and only the first few.
fn in_words(reason: &Certificate) -> String {
    match reason {
        Certificate::Expired | Certificate::ExpiredContext { .. } => {
            "the certificate has expired".to_owned()
        }
        Certificate::NotValidYet | Certificate::NotValidYetContext { .. } => {
            "the certificate is not valid yet (is this machine's clock right?)".to_owned()
        }
        Certificate::Revoked => "the certificate was revoked".to_owned(),
        Certificate::UnknownIssuer => {
            "the certificate was not issued by an authority that this machine trusts".to_owned()
        }
        Certificate::NotValidForName => "the certificate does not cover this name".to_owned(),
        Certificate::NotValidForNameContext { presented, .. } => {
            let names: Vec<String> = presented.iter().take(5).map(|name| cleaned(name)).collect();
            if names.is_empty() {
                "the certificate covers no name".to_owned()
            } else {
                format!("the certificate covers {}, not this name", names.join(", "))
            }
        }
        other => format!(
            "the certificate was refused: {}",
            cleaned(&format!("{other:?}"))
        ),
    }
}

/// rustls shows names as `DnsName("a.example.com")`.
fn cleaned(text: &str) -> String {
    let inside = text
        .strip_prefix("DnsName(\"")
        .and_then(|rest| rest.strip_suffix("\")"))
        .unwrap_or(text);
    inside
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || " .-_*:(){},".contains(*c))
        .take(100)
        .collect()
}
