//! One request to the learner's own endpoint, as anybody on the internet could make it: no credentials, no
//! redirects followed, nothing of the answer kept but its status.

mod outcome;
#[cfg(test)]
mod tests;

use crate::account::{Chapter, EndpointAnswer, EndpointOutcome, Fact, Why};
use http::{Method, Request, Uri, header};
use http_body_util::Empty;
use hyper_rustls::{ConfigBuilderExt, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::{HttpConnector, capture_connection};
use hyper_util::rt::TokioExecutor;
use outcome::of_error;
use rustls::ClientConfig;
use std::io;
use std::sync::OnceLock;
use std::time::{Duration, Instant};
use tokio::time::timeout;

/// The whole request may take this long: a health check of the course answers in milliseconds.
const PATIENCE: Duration = Duration::from_secs(10);
/// Finding the name and opening the connection each get this much of it.
const CONNECT: Duration = Duration::from_secs(4);

/// Where the endpoint is: the configured address, else the host with HTTPS, else the balancer's own name. `None` = no
/// domain and no balancer yet.
pub fn address(chapter: &Chapter, balancer: Option<&str>) -> Option<String> {
    let base = match (&chapter.endpoint_url, chapter.has_domain, balancer) {
        (Some(url), _, _) => url.trim_end_matches('/').to_owned(),
        (None, true, _) => format!("https://{}", chapter.host),
        (None, false, Some(name)) => format!("http://{name}"),
        (None, false, None) => return None,
    };
    if base.ends_with(&chapter.health_path) && chapter.endpoint_url.is_some() {
        return Some(base);
    }
    Some(format!("{base}{}", chapter.health_path))
}

/// Asks the address once.
pub async fn look(url: &str) -> Fact<EndpointAnswer> {
    match trust() {
        Ok(trust) => look_with(url, trust, PATIENCE).await,
        // Without roots every certificate would look wrong; plain HTTP needs none.
        Err(error) if url.starts_with("https:") => Fact::Unknown(Why::Other {
            say: format!("the system's list of certificate authorities cannot be read: {error}"),
        }),
        Err(_) => {
            let none = rustls::RootCertStore::empty();
            let trust = ClientConfig::builder().with_root_certificates(none);
            look_with(url, trust.with_no_client_auth(), PATIENCE).await
        }
    }
}

/// Whom this system trusts: read once, because a class asks for hundreds of addresses.
fn trust() -> io::Result<ClientConfig> {
    static TRUST: OnceLock<ClientConfig> = OnceLock::new();
    if let Some(trust) = TRUST.get() {
        return Ok(trust.clone());
    }
    let read = ClientConfig::builder()
        .with_native_roots()?
        .with_no_client_auth();
    Ok(TRUST.get_or_init(|| read).clone())
}

async fn look_with(url: &str, trust: ClientConfig, patience: Duration) -> Fact<EndpointAnswer> {
    let Some((uri, host, port)) = parts(url) else {
        return Fact::Unknown(Why::Other {
            say: "the endpoint's address must begin with http:// or https:// and name a host, without a user".to_owned(),
        });
    };
    let started = Instant::now();
    let outcome = match timeout(CONNECT, tokio::net::lookup_host((host.as_str(), port))).await {
        Err(_) => return Fact::Unknown(Why::TimedOut),
        Ok(Err(error)) if is_passing(&error) => return Fact::Unknown(Why::Offline),
        Ok(Err(_)) => EndpointOutcome::NoName,
        Ok(Ok(mut addresses)) => match addresses.next() {
            Some(_) => request(uri, trust, patience).await,
            None => EndpointOutcome::NoName,
        },
    };
    Fact::Present(EndpointAnswer {
        url: url.to_owned(),
        outcome,
        milliseconds: u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX),
    })
}

fn parts(url: &str) -> Option<(Uri, String, u16)> {
    let uri: Uri = url.parse().ok()?;
    let default = match uri.scheme_str()? {
        "https" => 443,
        "http" => 80,
        _ => return None,
    };
    // A user or a password in the address would be sent along.
    if uri.authority()?.as_str().contains('@') {
        return None;
    }
    let host = uri.host()?.trim_matches(['[', ']']).to_owned();
    let port = uri.port_u16().unwrap_or(default);
    (!host.is_empty()).then_some((uri, host, port))
}

/// The system's resolver could not be asked just now: that says nothing about the name.
fn is_passing(error: &io::Error) -> bool {
    let text = error.to_string().to_ascii_lowercase();
    // EAI_AGAIN has no ErrorKind; 11002 is WSATRY_AGAIN.
    text.contains("temporary failure")
        || text.contains("try again")
        || error.raw_os_error() == Some(11002)
}

async fn request(uri: Uri, trust: ClientConfig, patience: Duration) -> EndpointOutcome {
    let mut tcp = HttpConnector::new();
    tcp.enforce_http(false);
    tcp.set_connect_timeout(Some(CONNECT));
    let connector = HttpsConnectorBuilder::new()
        .with_tls_config(trust)
        .https_or_http()
        .enable_http1()
        .wrap_connector(tcp);
    let client: Client<_, Empty<bytes::Bytes>> = Client::builder(TokioExecutor::new())
        .pool_max_idle_per_host(0)
        .build(connector);
    let request = Request::builder()
        .method(Method::GET)
        .uri(uri)
        .header(
            header::USER_AGENT,
            concat!("landfall/", env!("CARGO_PKG_VERSION")),
        )
        .header(header::ACCEPT, "*/*")
        .body(Empty::new());
    let Ok(mut request) = request else {
        return EndpointOutcome::NoConnection;
    };
    let connection = capture_connection(&mut request);
    let answer = timeout(patience, client.request(request)).await;
    let connected = connection.connection_metadata().is_some();
    match answer {
        Ok(Ok(answer)) => EndpointOutcome::Status(answer.status().as_u16()),
        Ok(Err(error)) => of_error(&error, connected),
        Err(_) if connected => EndpointOutcome::NoAnswer,
        Err(_) => EndpointOutcome::NoConnection,
    }
}
