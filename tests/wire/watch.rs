//! `verify --watch` against an account that moves: what is asked meanwhile, and what a bad line does to it.

use crate::stub::{Fault, Heard, Plan, Reply, Stub, fault_reply};
use std::io::Read;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

const INSTANCES: &str = "rds:DescribeDBInstances";

/// What a poll of a database asks.
const POLL: [&str; 4] = [
    "sts:GetCallerIdentity",
    INSTANCES,
    "rds:DescribeDBClusters",
    "rds:DescribeDBSubnetGroups",
];

/// As AWS describes it before it is there: without the time of its creation.
fn creating(reply: Reply) -> Reply {
    let Reply::Whole { status, kind, body } = reply else {
        return reply;
    };
    let body = body.replace(
        "<DBInstanceStatus>available<",
        "<DBInstanceStatus>creating<",
    );
    let (before, rest) = body.split_once("<InstanceCreateTime>").unwrap();
    let (_, after) = rest.split_once("</InstanceCreateTime>").unwrap();
    let body = format!("{before}{after}");
    Reply::Whole { status, kind, body }
}

fn command(stub: &Stub, home: &Path, line: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_landfall"));
    command
        .args(["--account", "aws", "verify", "rds.instance"])
        .args(line)
        .env_clear()
        .env("HOME", home)
        .env("LANDFALL_HOME", home.join("landfall"))
        .env("PATH", "/usr/bin:/bin")
        .env("AWS_EC2_METADATA_DISABLED", "true")
        .env("AWS_ENDPOINT_URL", &stub.url)
        .env("AWS_REGION", "us-east-1")
        .env("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
        .env("AWS_SECRET_ACCESS_KEY", "secret")
        .current_dir(home)
        .stdin(Stdio::null());
    command
}

fn watch(stub: &Stub, line: &[&str]) -> (Output, String) {
    let home = tempfile::tempdir().unwrap();
    let output = command(stub, home.path(), line).output().unwrap();
    let talk = flat(&String::from_utf8_lossy(&output.stderr));
    (output, talk)
}

fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// How many questions came before the first pause was over.
fn first_look(heard: &[Heard]) -> usize {
    let begun = heard[0].began;
    let early = |one: &&Heard| one.began.duration_since(begun) < Duration::from_secs(4);
    heard.iter().filter(early).count()
}

#[test]
fn only_what_is_in_progress_is_asked_again() {
    let stub = Stub::start(Plan {
        twist: Some(|call, before, good| match (call, before) {
            (INSTANCES, 0) => creating(good),
            _ => good,
        }),
        ..Plan::default()
    });
    let (output, talk) = watch(&stub, &["--watch", "--format", "json"]);
    assert_eq!(output.status.code(), Some(0), "{talk}");
    assert!(stub.unanswered().is_empty(), "{:?}", stub.unanswered());
    let heard = stub.heard();
    let look = first_look(&heard);
    assert_eq!(
        heard.len(),
        look + POLL.len() + look,
        "a look, a poll, and a look that confirms it: {:#?}",
        heard.iter().map(|one| &one.call).collect::<Vec<_>>()
    );
    for call in POLL {
        let times = heard.iter().filter(|one| one.call == call).count();
        assert_eq!(times, 3, "{call}");
    }
    assert!(
        talk.contains("… in progress RDS: creating, 0 s of usually 5-10 min (rds.available)"),
        "{talk}"
    );
    assert!(
        talk.contains("✔ ok news-api-db is available. (rds.available)"),
        "{talk}"
    );
    // One document, whatever happened on the way.
    let document: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(document["totals"]["pending"], 0);
}

#[test]
fn a_connection_that_is_lost_for_a_while_is_no_verdict() {
    // Four attempts of one poll.
    let stub = Stub::start(Plan {
        twist: Some(|call, before, good| match (call, before) {
            (call, 1..=4) if POLL.contains(&call) => Reply::HungUp,
            (INSTANCES, 0) => creating(good),
            _ => good,
        }),
        ..Plan::default()
    });
    let (output, talk) = watch(&stub, &["--watch"]);
    assert_eq!(output.status.code(), Some(0), "{talk}");
    for (words, times) in [
        ("I keep trying", 1),
        ("Connected again.", 1),
        ("✔ ok news-api-db is available.", 1),
        ("cannot tell", 0),
    ] {
        assert_eq!(talk.matches(words).count(), times, "{words}: {talk}");
    }
}

/// A process that is watched while it runs.
struct Running {
    child: Child,
    talk: Arc<Mutex<String>>,
}

impl Running {
    fn start(mut command: Command) -> Self {
        let mut child = command
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let talk = Arc::new(Mutex::new(String::new()));
        let (kept, mut stream) = (Arc::clone(&talk), child.stderr.take().unwrap());
        thread::spawn(move || {
            let mut buffer = [0; 1024];
            while let Ok(count) = stream.read(&mut buffer)
                && count > 0
            {
                let text = String::from_utf8_lossy(&buffer[..count]).into_owned();
                kept.lock().unwrap().push_str(&text);
            }
        });
        Running { child, talk }
    }

    fn talk(&self) -> String {
        flat(&self.talk.lock().unwrap())
    }

    fn wait_for(&self, words: &str) {
        let begun = Instant::now();
        while !self.talk().contains(words) {
            let patience = Duration::from_secs(60);
            assert!(begun.elapsed() < patience, "{words:?}: {}", self.talk());
            thread::sleep(Duration::from_millis(50));
        }
    }
}

#[cfg(unix)]
#[test]
fn whoever_is_throttled_asks_nothing_for_a_while_and_ctrl_c_says_what_is_still_in_progress() {
    let stub = Stub::start(Plan {
        twist: Some(|call, before, good| match (call, before) {
            (INSTANCES, 0) => creating(good),
            (INSTANCES, _) => fault_reply(Fault::ThrottledForever, call, before, &good).unwrap(),
            _ => good,
        }),
        ..Plan::default()
    });
    let home = tempfile::tempdir().unwrap();
    let mut running = Running::start(command(&stub, home.path(), &["--watch"]));
    running.wait_for("AWS asks for fewer questions from this account; I look less often.");
    let asked = stub.heard().len();
    thread::sleep(Duration::from_secs(8));
    assert_eq!(stub.heard().len(), asked, "a long pause");
    let pid = running.child.id().to_string();
    assert!(
        Command::new("kill")
            .args(["-INT", &pid])
            .status()
            .unwrap()
            .success()
    );
    let status = running.child.wait().unwrap();
    assert_eq!(status.code(), Some(130));
    running.wait_for("Still in progress: AWS asks for a pause · RDS: creating");
    running.wait_for("look again with: landfall --account aws verify rds.instance --watch");
}
