//! Records what a full look at the finished account asks and is answered, for `tests/recorded`: run the end-to-end test
//! with `LANDFALL_RECORD=1`. A server stands between Landfall and the emulator and writes down both sides.

use super::emulator::repository;
use super::learner::Learner;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// Stands for the recording server's address in what is kept.
const ENDPOINT: &str = "{endpoint}";

/// One question and its answer.
#[derive(Debug, Clone)]
struct Exchange {
    service: String,
    operation: String,
    asked: String,
    answer: String,
}

/// Looks through the recording server and keeps what was said. Does nothing unless it is asked for.
pub fn record_if_wanted(learner: &Learner<'_>) {
    if std::env::var_os("LANDFALL_RECORD").is_none() {
        return;
    }
    let recorder = Recorder::start(&learner.emulator.aws, &learner.emulator.control);
    let look = learner.path("home/landfall/recorded.json");
    let mut command = learner.landfall_command(&["verify", "--save", look.to_str().unwrap()]);
    let status = command
        .env("AWS_ENDPOINT_URL", &recorder.url)
        .stdout(std::process::Stdio::null())
        .status()
        .unwrap();
    assert!(status.success(), "the account is finished");
    let folder = repository().join("tests/recorded");
    for old in fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap()) {
        if old.path().is_dir() {
            fs::remove_dir_all(old.path()).unwrap();
        }
    }
    keep_answers(&folder, &recorder.exchanges.lock().unwrap(), &recorder.url);
    let saved: Value = serde_json::from_slice(&fs::read(look).unwrap()).unwrap();
    keep_look(&folder, &saved, &learner.emulator.control);
}

/// What else a look needs: the names it was taken with, what the learner confirmed, and what lies on their machine.
fn keep_look(folder: &std::path::Path, saved: &Value, control: &str) {
    let snapshot = &saved["snapshot"];
    let kept = json!({
        "attested": saved["attested"],
        "chapter": snapshot["chapter"],
        "collected_at": snapshot["collected_at"],
        "workplace": snapshot["workplace"],
    });
    let text = serde_json::to_string_pretty(&kept).unwrap();
    let text = text.replace(control, "https://api.example.com");
    fs::write(folder.join("look.json"), text + "\n").unwrap();
}

/// One file per answer, and the list that says which question it belongs to.
fn keep_answers(folder: &std::path::Path, exchanges: &[Exchange], url: &str) {
    let mut calls: BTreeMap<(&str, &str), Vec<&Exchange>> = BTreeMap::new();
    for exchange in exchanges {
        let all = calls
            .entry((&exchange.service, &exchange.operation))
            .or_default();
        // Two looks at the same thing must say the same.
        if !all.iter().any(|one| one.asked == exchange.asked) {
            all.push(exchange);
        }
    }
    let mut list = String::from(
        "# Which recorded answer belongs to which question. Written by the end-to-end test (tests/e2e/recording.rs).\n",
    );
    for ((service, operation), mut all) in calls {
        all.sort_by(|one, other| one.asked.cmp(&other.asked));
        fs::create_dir_all(folder.join(service)).unwrap();
        for (at, exchange) in all.iter().enumerate() {
            let number = if all.len() == 1 {
                String::new()
            } else {
                format!(".{}", at + 1)
            };
            // By the protocol: the emulator does not always name the kind of its answer.
            let ending = match (service, exchange.asked.starts_with("Action=")) {
                ("s3", _) => "blob",
                (_, true) => "xml",
                (_, false) => "json",
            };
            let file = format!("{service}/{operation}{number}.{ending}");
            let answer = without_key_id(&exchange.answer.replace(url, ENDPOINT));
            fs::write(folder.join(&file), answer.trim_end().to_owned() + "\n").unwrap();
            let tells: Vec<String> = parts(&exchange.asked)
                .into_iter()
                .filter(|part| !all.iter().all(|other| parts(&other.asked).contains(part)))
                .collect();
            writeln!(
                list,
                "\n[[answer]]\ncall = {:?}\nwhen = {}\nfile = {file:?}",
                format!("{service}:{operation}"),
                toml::Value::from(tells)
            )
            .unwrap();
        }
    }
    fs::write(folder.join("answers.toml"), list).unwrap();
}

/// A key's id is no secret, but looks like one to whoever searches for them: AWS's own example stands in its place.
fn without_key_id(answer: &str) -> String {
    const TAG: &str = "<AccessKeyId>";
    match answer.split_once(TAG) {
        Some((before, after)) => {
            let rest = after.find('<').map_or("", |end| &after[end..]);
            format!("{before}{TAG}AKIAIOSFODNN7EXAMPLE{}", without_key_id(rest))
        }
        None => answer.to_owned(),
    }
}

/// The pairs of a question, as they stand in its body.
fn parts(asked: &str) -> Vec<String> {
    match serde_json::from_str::<Value>(asked) {
        Ok(Value::Object(fields)) => fields
            .iter()
            .map(|(name, value)| {
                let pair = json!({ name: value }).to_string();
                pair[1..pair.len() - 1].to_owned()
            })
            .collect(),
        _ => asked.split('&').map(str::to_owned).collect(),
    }
}

struct Recorder {
    url: String,
    exchanges: Arc<Mutex<Vec<Exchange>>>,
}

impl Recorder {
    fn start(aws: &str, control: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let recorder = Recorder {
            url: format!("http://{}", listener.local_addr().unwrap()),
            exchanges: Arc::default(),
        };
        let (exchanges, url) = (Arc::clone(&recorder.exchanges), recorder.url.clone());
        let (aws, control) = (aws.to_owned(), control.to_owned());
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (exchanges, url) = (Arc::clone(&exchanges), url.clone());
                let (aws, control) = (aws.clone(), control.clone());
                std::thread::spawn(move || {
                    while let Some(exchange) = pass_on(&stream, &aws, &control, &url) {
                        exchanges.lock().unwrap().push(exchange);
                    }
                });
            }
        });
        recorder
    }
}

/// One request to where it belongs, and the answer back.
fn pass_on(stream: &TcpStream, aws: &str, control: &str, url: &str) -> Option<Exchange> {
    let mut reader = BufReader::new(stream);
    let (head, asked) = message(&mut reader)?;
    let path = head.split(' ').nth(1)?.to_owned();
    let to_control = path.starts_with("/blobs/");
    let address = if to_control { control } else { aws }.strip_prefix("http://")?;
    let mut onward = TcpStream::connect(address).ok()?;
    let closing = head.trim_end().to_owned() + "\r\nConnection: close\r\n\r\n";
    onward.write_all(closing.as_bytes()).ok()?;
    onward.write_all(asked.as_bytes()).ok()?;
    let (answer_head, answer) = message(&mut BufReader::new(onward))?;
    let answer = answer.replace(control, url);
    let status = answer_head.lines().next()?.split_once(' ')?.1.to_owned();
    let kind = header(&answer_head, "content-type").unwrap_or_default();
    let id = "x-amzn-requestid: 00000000-0000-4000-8000-000000000000";
    let mut writer = stream;
    write!(
        writer,
        "HTTP/1.1 {status}\r\ncontent-type: {kind}\r\n{id}\r\ncontent-length: {}\r\n\r\n{answer}",
        answer.len()
    )
    .ok()?;
    let scope = header(&head, "authorization").unwrap_or_default();
    let service = scope.split('/').nth(3).unwrap_or("s3").to_owned();
    let target = header(&head, "x-amz-target");
    let operation = match (&target, asked.strip_prefix("Action=")) {
        (Some(target), _) => target.rsplit('.').next().unwrap_or_default(),
        (None, Some(form)) => form.split('&').next().unwrap_or_default(),
        (None, None) => "GetObject",
    };
    Some(Exchange {
        service,
        operation: operation.to_owned(),
        asked: if to_control { path } else { asked },
        answer,
    })
}

/// Head and body.
fn message(reader: &mut impl BufRead) -> Option<(String, String)> {
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if reader.read_line(&mut head).ok()? == 0 {
            return None;
        }
    }
    let mut body = Vec::new();
    match header(&head, "content-length").and_then(|text| text.parse().ok()) {
        Some(length) => {
            body.resize(length, 0);
            reader.read_exact(&mut body).ok()?;
        }
        None if head.starts_with("HTTP/") => {
            reader.read_to_end(&mut body).ok()?;
        }
        None => {}
    }
    Some((head, String::from_utf8(body).ok()?))
}

fn header(head: &str, name: &str) -> Option<String> {
    head.lines().find_map(|line| {
        let (known, value) = line.split_once(':')?;
        known
            .eq_ignore_ascii_case(name)
            .then(|| value.trim().to_owned())
    })
}
