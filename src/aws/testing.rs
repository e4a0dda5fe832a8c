//! A server on loopback that answers as the test says, and counts. For tests that hold our calls against the wire.

use super::limits::{Limits, http_client};
use super::session::Session;
use super::{Input, Reader};
use crate::account::Region;
use aws_config::SdkConfig;
use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use std::collections::{HashMap, VecDeque};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// One answer of the server.
#[derive(Debug, Clone)]
pub(crate) enum Reply {
    Whole {
        status: u16,
        kind: &'static str,
        body: String,
    },
    /// Promises more than it sends, then closes.
    Cut(String),
    /// Says nothing for so long.
    Silent(Duration),
}

impl Reply {
    pub fn xml(status: u16, body: impl Into<String>) -> Self {
        Reply::Whole {
            status,
            kind: "text/xml",
            body: body.into(),
        }
    }

    pub fn json(status: u16, body: impl Into<String>) -> Self {
        Reply::Whole {
            status,
            kind: "application/x-amz-json-1.1",
            body: body.into(),
        }
    }

    pub fn page(status: u16) -> Self {
        Reply::Whole {
            status,
            kind: "text/html",
            body: format!(
                "<!doctype html><html lang=en><title>{status} Error</title><p>Broken</html>"
            ),
        }
    }

    /// A refusal of an awsQuery service.
    pub fn refused(status: u16, code: &str, message: &str) -> Self {
        Reply::xml(
            status,
            format!(
                "<ErrorResponse><Error><Type>Sender</Type><Code>{code}</Code><Message>{message}</Message></Error>\
                 <RequestId>r</RequestId></ErrorResponse>"
            ),
        )
    }

    /// A refusal of an awsJson service.
    pub fn refused_json(status: u16, code: &str, message: &str) -> Self {
        Reply::json(
            status,
            serde_json::json!({"__type": code, "message": message}).to_string(),
        )
    }
}

/// What the server was asked.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub operation: String,
    pub authorization: String,
    pub body: String,
}

/// The server; it stops answering when the test process ends.
#[derive(Clone)]
pub(crate) struct Server {
    pub url: String,
    connections: Arc<AtomicUsize>,
    asked: Arc<Mutex<Vec<Asked>>>,
    script: Arc<Mutex<HashMap<String, VecDeque<Reply>>>>,
    otherwise: Reply,
}

impl Server {
    /// Answers with what [`Server::on`] says, and with a web page where nothing was said.
    pub fn start() -> Self {
        Server::answering(Reply::page(500))
    }

    /// Answers `otherwise` where nothing else was said.
    pub fn answering(otherwise: Reply) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let server = Server {
            url: format!("http://{}", listener.local_addr().unwrap()),
            connections: Arc::default(),
            asked: Arc::default(),
            script: Arc::default(),
            otherwise,
        };
        let listening = server.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                listening.connections.fetch_add(1, Ordering::SeqCst);
                let server = listening.clone();
                std::thread::spawn(move || server.serve(stream));
            }
        });
        server
    }

    /// Answers an operation with these, one after the other; the last one again and again.
    pub fn on(self, operation: &str, replies: impl IntoIterator<Item = Reply>) -> Self {
        self.script
            .lock()
            .unwrap()
            .insert(operation.to_owned(), replies.into_iter().collect());
        self
    }

    pub fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    pub fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }

    /// How often an operation was asked for.
    pub fn times(&self, operation: &str) -> usize {
        self.asked()
            .iter()
            .filter(|asked| asked.operation == operation)
            .count()
    }

    pub fn reader(&self) -> Reader {
        self.reader_in("us-east-1")
    }

    pub fn reader_in(&self, region: &str) -> Reader {
        Reader::new(session(&self.url, region))
    }

    fn serve(&self, stream: TcpStream) -> Option<()> {
        let mut writer = stream.try_clone().ok()?;
        let mut reader = BufReader::new(stream);
        loop {
            let asked = read_request(&mut reader)?;
            let reply = self.reply_to(&asked.operation);
            let id = {
                let mut all = self.asked.lock().unwrap();
                all.push(asked);
                format!("a1b2-{}", all.len())
            };
            match reply {
                Reply::Whole { status, kind, body } => {
                    // Only AWS itself answers with an id: a proxy's page, or its JSON, has none.
                    let id = match kind {
                        "application/json" | "text/html" => String::new(),
                        _ => format!("x-amzn-requestid: {id}\r\n"),
                    };
                    let head = format!(
                        "HTTP/1.1 {status} x\r\ncontent-type: {kind}\r\n{id}content-length: {}\r\n\r\n",
                        body.len()
                    );
                    writer.write_all((head + &body).as_bytes()).ok()?;
                }
                Reply::Cut(body) => {
                    let head = format!(
                        "HTTP/1.1 200 x\r\ncontent-type: text/xml\r\ncontent-length: {}\r\n\r\n",
                        body.len() + 100
                    );
                    writer.write_all((head + &body).as_bytes()).ok()?;
                    return None;
                }
                Reply::Silent(pause) => {
                    std::thread::sleep(pause);
                    return None;
                }
            }
        }
    }

    fn reply_to(&self, operation: &str) -> Reply {
        let mut script = self.script.lock().unwrap();
        match script.get_mut(operation) {
            Some(replies) if replies.len() > 1 => replies.pop_front(),
            Some(replies) => replies.front().cloned(),
            None => None,
        }
        .unwrap_or_else(|| self.otherwise.clone())
    }
}

fn read_request(reader: &mut BufReader<TcpStream>) -> Option<Asked> {
    let mut first = String::new();
    if reader.read_line(&mut first).ok()? == 0 {
        return None;
    }
    let mut headers = HashMap::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let line = line.trim_end();
        if line.is_empty() {
            break;
        }
        let (name, value) = line.split_once(':')?;
        headers.insert(name.to_ascii_lowercase(), value.trim().to_owned());
    }
    let length = headers
        .get("content-length")
        .and_then(|text| text.parse().ok())
        .unwrap_or(0);
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    let body = String::from_utf8(body).ok()?;
    let target = headers
        .get("x-amz-target")
        .and_then(|target| target.rsplit('.').next());
    let action = body
        .split('&')
        .find_map(|pair| pair.strip_prefix("Action="));
    let path = first.split(' ').nth(1).unwrap_or_default();
    Some(Asked {
        operation: target.or(action).unwrap_or(path).to_owned(),
        authorization: headers.get("authorization").cloned().unwrap_or_default(),
        body,
    })
}

/// Limits that let a test end soon.
pub(crate) fn quick() -> Limits {
    Limits {
        connect: Duration::from_secs(2),
        read: Duration::from_secs(2),
        call: Duration::from_secs(5),
        run: Duration::from_secs(10),
        attempts: 3,
        first_pause: Duration::from_millis(1),
    }
}

pub(crate) fn session(url: &str, region: &str) -> Session {
    session_with(url, region, quick())
}

pub(crate) fn session_with(url: &str, region: &str, limits: Limits) -> Session {
    let keys = Credentials::new("AKIDEXAMPLE", "secret", None, None, "test");
    Session::from_config(
        &base(url, SharedCredentialsProvider::new(keys)),
        limits,
        Region::from(region),
    )
}

pub(crate) fn base(url: &str, credentials: SharedCredentialsProvider) -> SdkConfig {
    SdkConfig::builder()
        .endpoint_url(url)
        .credentials_provider(credentials)
        .sleep_impl(aws_smithy_async::rt::sleep::TokioSleep::new())
        .time_source(aws_smithy_async::time::SystemTimeSource::new())
        .http_client(http_client())
        .build()
}

/// An input with the chapter's user.
pub(crate) fn by_user() -> Input {
    Input::none().with("UserName", "ann")
}
