use super::*;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::thread;

/// Answers one connection after the other with `answer`, and hands out what was asked.
fn server(answer: &'static str) -> (u16, Receiver<String>) {
    let (heard, requests) = channel();
    let port = listen(move |mut stream| {
        let mut buffer = [0; 4096];
        let length = stream.read(&mut buffer).unwrap_or(0);
        let _ = heard.send(String::from_utf8_lossy(&buffer[..length]).into_owned());
        let _ = stream.write_all(answer.as_bytes());
    });
    (port, requests)
}

fn listen(mut serve: impl FnMut(TcpStream) + Send + 'static) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || listener.incoming().flatten().for_each(&mut serve));
    port
}

/// Speaks TLS with one of the test certificates and answers 200.
fn tls_server(certificate: &str) -> u16 {
    let file = |name: &str| format!("{}/tests/certificates/{name}", env!("CARGO_MANIFEST_DIR"));
    let chain = vec![CertificateDer::from_pem_file(file(certificate)).unwrap()];
    let key = PrivateKeyDer::from_pem_file(file("server.key.pem")).unwrap();
    let config = rustls::ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(chain, key);
    let config = Arc::new(config.unwrap());
    listen(move |stream| {
        let connection = rustls::ServerConnection::new(config.clone()).unwrap();
        let mut stream = rustls::StreamOwned::new(connection, stream);
        let mut buffer = [0; 4096];
        if stream.read(&mut buffer).is_ok() {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n");
        }
    })
}

/// Trusts the test authority alone.
fn trust() -> ClientConfig {
    let authority = format!(
        "{}/tests/certificates/authority.pem",
        env!("CARGO_MANIFEST_DIR")
    );
    let mut roots = rustls::RootCertStore::empty();
    roots
        .add(CertificateDer::from_pem_file(authority).unwrap())
        .unwrap();
    ClientConfig::builder()
        .with_root_certificates(roots)
        .with_no_client_auth()
}

async fn outcome(url: &str) -> EndpointOutcome {
    match look_with(url, trust(), Duration::from_secs(2)).await {
        Fact::Present(answer) => answer.outcome,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn the_status_is_told_and_a_redirect_is_not_followed() {
    for (answer, status) in [
        ("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok", 200),
        ("HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n", 502),
        (
            "HTTP/1.1 301 Moved\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n",
            301,
        ),
    ] {
        let (port, requests) = server(answer);
        assert_eq!(
            outcome(&format!("http://127.0.0.1:{port}/docs")).await,
            EndpointOutcome::Status(status)
        );
        let request = requests.recv().unwrap().to_ascii_lowercase();
        assert!(request.starts_with("get /docs http/1.1\r\n"), "{request}");
        for header in ["authorization", "cookie", "x-amz"] {
            assert!(!request.contains(header), "{header} was sent");
        }
        assert!(requests.try_recv().is_err(), "asked more than once");
    }
}

#[tokio::test]
async fn nobody_there_is_no_connection_and_a_name_that_does_not_exist_is_no_name() {
    let free = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    assert_eq!(
        outcome(&format!("http://127.0.0.1:{free}/docs")).await,
        EndpointOutcome::NoConnection
    );
    let unnamed = look_with(
        "http://nothing.invalid/docs",
        trust(),
        Duration::from_secs(2),
    )
    .await;
    let expected = matches!(
        &unnamed,
        Fact::Present(EndpointAnswer { outcome: EndpointOutcome::NoName, .. })
            // A machine without any network cannot even be told that.
            | Fact::Unknown(Why::Offline | Why::TimedOut)
    );
    assert!(expected, "{unnamed:?}");
}

#[tokio::test]
async fn an_answer_cut_off_is_closed() {
    let nothing = listen(|mut stream| {
        let _ = stream.read(&mut [0; 4096]);
    });
    assert_eq!(
        outcome(&format!("http://127.0.0.1:{nothing}/")).await,
        EndpointOutcome::Closed
    );
    let (half, _requests) = server("HTTP/1.1 2");
    assert_eq!(
        outcome(&format!("http://127.0.0.1:{half}/")).await,
        EndpointOutcome::Closed
    );
    let (plain, _requests) = server("HTTP/1.1 400 Bad Request\r\n\r\n");
    assert_eq!(
        outcome(&format!("https://localhost:{plain}/")).await,
        EndpointOutcome::Closed
    );
}

#[tokio::test]
async fn a_good_certificate_is_accepted() {
    let port = tls_server("good.pem");
    assert_eq!(
        outcome(&format!("https://localhost:{port}/docs")).await,
        EndpointOutcome::Status(200)
    );
}

#[tokio::test]
async fn a_refused_certificate_says_why() {
    let refused = async |certificate: &str| {
        outcome(&format!("https://localhost:{}/", tls_server(certificate))).await
    };
    // Dates and issuers also depend on this machine; a name does not.
    assert_eq!(
        refused("expired.pem").await,
        EndpointOutcome::Untrusted("the certificate has expired".into())
    );
    assert_eq!(
        refused("other-name.pem").await,
        EndpointOutcome::Certificate(
            "the certificate covers other.example.com, not this name".into()
        )
    );
    let unknown = look(&format!("https://localhost:{}/", tls_server("good.pem"))).await;
    let Fact::Present(EndpointAnswer {
        outcome: EndpointOutcome::Untrusted(reason),
        ..
    }) = unknown
    else {
        // No certificate authorities on this machine: then nothing is said about the certificate.
        assert!(
            matches!(unknown, Fact::Unknown(Why::Other { .. })),
            "{unknown:?}"
        );
        return;
    };
    assert!(reason.contains("not issued by an authority"), "{reason}");
}

#[tokio::test]
async fn an_address_with_a_password_is_not_asked() {
    for url in [
        "http://user:pw@127.0.0.1/",
        "ftp://127.0.0.1/",
        "127.0.0.1",
        "",
    ] {
        assert!(
            matches!(
                look_with(url, trust(), Duration::from_secs(2)).await,
                Fact::Unknown(Why::Other { .. })
            ),
            "{url}"
        );
    }
}

#[tokio::test]
async fn silence_after_the_connection_is_no_answer() {
    let silent = listen(|stream| {
        thread::spawn(move || {
            thread::sleep(Duration::from_secs(30));
            drop(stream);
        });
    });
    assert_eq!(
        outcome(&format!("http://127.0.0.1:{silent}/")).await,
        EndpointOutcome::NoAnswer
    );
}

#[test]
fn the_address_is_the_configured_one_else_the_host_else_the_balancers() {
    let mut chapter = crate::practice::test_chapter();
    let of = |chapter: &Chapter| address(chapter, Some("alb.example.net"));
    assert_eq!(of(&chapter).unwrap(), "https://api.example.com/docs");
    chapter.has_domain = false;
    assert_eq!(of(&chapter).unwrap(), "http://alb.example.net/docs");
    assert_eq!(address(&chapter, None), None);
    for url in [
        "http://127.0.0.1:8000",
        "http://127.0.0.1:8000/",
        "http://127.0.0.1:8000/docs",
    ] {
        chapter.endpoint_url = Some(url.to_owned());
        assert_eq!(of(&chapter).unwrap(), "http://127.0.0.1:8000/docs");
    }
}
