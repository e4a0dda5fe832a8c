//! The emulated account: its own Python environment under `target/`, and the launcher that is killed with the test.

use super::python;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;

/// A running account, empty but for what AWS puts there.
pub struct Emulator {
    process: Child,
    /// Where AWS is: `http://127.0.0.1:PORT`.
    pub aws: String,
    /// Where the endpoint and the switches are.
    pub control: String,
    /// Where DNS is: `127.0.0.1:PORT`.
    pub dns: String,
    /// Of [`ACCOUNT`]; the last twelve digits are those of its number.
    root_key: String,
    pub root_secret: String,
}

/// The account of a test that has only one.
pub const ACCOUNT: &str = "123456789012";

impl Emulator {
    pub fn start() -> Self {
        let mut process = Command::new(environment().join("bin/python"))
            .arg(repository().join("tests/moto/launcher.py"))
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the launcher starts");
        let mut line = String::new();
        let stdout = process.stdout.take().expect("stdout is piped");
        BufReader::new(stdout).read_line(&mut line).unwrap();
        let told: Value = serde_json::from_str(&line).expect("the launcher says where it is");
        let text = |key: &str| told[key].as_str().unwrap().to_owned();
        Emulator {
            process,
            aws: text("aws"),
            control: text("control"),
            dns: text("dns"),
            root_key: text("root_key"),
            root_secret: text("root_secret"),
        }
    }

    /// Sets states that no command reaches: see `switch` in `tests/moto/control.py`.
    pub fn switch(&self, wanted: &Value) {
        self.ask("POST /landfall-control", &wanted.to_string());
    }

    /// The root key of an account.
    pub fn root_key_of(&self, account: &str) -> String {
        self.root_key.replace(ACCOUNT, account)
    }

    /// Every call so far that somebody known has signed: `call`, `account`, `caller`.
    #[allow(dead_code, reason = "only the tests of classes ask")]
    pub fn signed(&self) -> Vec<Value> {
        let body = self.ask("GET /landfall-control/signed", "");
        serde_json::from_str(&body).unwrap()
    }

    /// Every call that has arrived so far, as `service:Operation`.
    pub fn calls(&self) -> Vec<String> {
        let body = self.ask("GET /landfall-control/calls", "");
        serde_json::from_str(&body).unwrap()
    }

    /// Remembers the account as it is now.
    pub fn keep(&self) {
        self.ask("POST /landfall-control/keep", "");
    }

    /// Goes back to what was kept.
    pub fn restore(&self) {
        self.ask("POST /landfall-control/restore", "");
    }

    /// One request to the server beside AWS; gives the answer's body.
    fn ask(&self, what: &str, body: &str) -> String {
        let address = self.control.strip_prefix("http://").unwrap();
        let mut stream = TcpStream::connect(address).unwrap();
        let length = body.len();
        write!(
            stream,
            "{what} HTTP/1.0\r\nContent-Length: {length}\r\n\r\n{body}"
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert!(answer.contains(" 200 "), "{what} {body}: {answer}");
        let (_, body) = answer.split_once("\r\n\r\n").unwrap_or_default();
        body.to_owned()
    }

    /// Refuses these calls from now on; an empty list ends that. `kind`: denied, expired, throttled, broken.
    pub fn refuse(&self, calls: &[&str], kind: &str) {
        let refusals: Value = calls
            .iter()
            .map(|call| ((*call).to_owned(), json!(kind)))
            .collect();
        self.switch(&json!({ "refusals": refusals }));
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

pub fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The Python environment with moto and the `aws` command line.
pub fn environment() -> &'static Path {
    static ENVIRONMENT: OnceLock<PathBuf> = OnceLock::new();
    ENVIRONMENT.get_or_init(|| {
        python::environment("e2e", &repository().join("tests/moto/requirements.txt"))
    })
}
