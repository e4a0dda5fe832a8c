//! An account on loopback that answers every call, with secrets planted where people put them.

use serde_json::Value;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;

/// Made up; whoever finds "hunter2" in what Landfall prints or keeps has found one of these.
pub fn secrets() -> String {
    let shaped = [
        "postgresql://news:hunter2secret@db.example.com:5432/newsapi".to_owned(),
        "https://hunter2hunter2@github.com/ann/news.git".to_owned(),
        ["AKIA", "IOSFODNN7HUNTER2"].concat(),
        ["ghp", "_0123456789abcdefHUNTER20123456789abc"].concat(),
        ["sk", "-proj-0123456789HUNTER2abcdef"].concat(),
        [
            "eyJhbGciOiJIUzI1NiJ9",
            "eyJzdWIiOiJodW50ZXIyIn0",
            "hunter2hunter2",
        ]
        .join("."),
        "--password=hunter2secret".to_owned(),
        "ann.hunter2@example.com".to_owned(),
        format!(
            "-----BEGIN RSA {0} KEY----- hunter2 -----END RSA {0} KEY-----",
            "PRIVATE"
        ),
    ];
    shaped.join(" ")
}

/// A word without any shape: it may stand only where no text is kept at all.
pub const PLAIN: &str = "hunter2plain";

/// Fields of which only a class is kept, or nothing.
const VALUES: [&str; 12] = [
    "value",
    "command",
    "entryPoint",
    "owner",
    "other-option",
    "Address",
    "Env",
    "Labels",
    "created_by",
    "DB_PASSWORD",
    "registeredBy",
    "credentialsParameter",
];

/// Fields that hold somebody's sentences.
const SENTENCES: [&str; 8] = [
    "message",
    "stoppedReason",
    "reason",
    "statusReason",
    "rolloutStateReason",
    "FailureReason",
    "Description",
    "Reason",
];

/// Serves until the test's process ends; gives the address.
pub fn serve() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let own = url.clone();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let url = own.clone();
            std::thread::spawn(move || answer_all(stream, &url));
        }
    });
    url
}

fn answer_all(stream: TcpStream, url: &str) -> Option<()> {
    let mut writer = stream.try_clone().ok()?;
    let mut reader = BufReader::new(stream);
    loop {
        let operation = read(&mut reader)?;
        let (status, kind, body) = answer(&operation, url);
        let head = format!(
            "HTTP/1.1 {status} x\r\ncontent-type: {kind}\r\nset-cookie: session=hunter2cookie\r\n\
             location: https://ann:hunter2@example.com/?token=hunter2\r\ncontent-length: {}\r\n\r\n",
            body.len()
        );
        writer.write_all((head + &body).as_bytes()).ok()?;
    }
}

fn read(reader: &mut BufReader<TcpStream>) -> Option<String> {
    let mut first = String::new();
    if reader.read_line(&mut first).ok()? == 0 {
        return None;
    }
    let (mut length, mut target) = (0, None);
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let Some((name, value)) = line.trim_end().split_once(':') else {
            break;
        };
        match name.to_ascii_lowercase().as_str() {
            "content-length" => length = value.trim().parse().ok()?,
            "x-amz-target" => target = value.trim().rsplit('.').next().map(str::to_owned),
            _ => {}
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    let body = String::from_utf8(body).ok()?;
    let action = body
        .split('&')
        .find_map(|pair| pair.strip_prefix("Action=").map(str::to_owned));
    target
        .or(action)
        .or_else(|| first.split(' ').nth(1).map(str::to_owned))
}

fn answer(operation: &str, url: &str) -> (u16, &'static str, String) {
    if operation.starts_with("/blob") {
        return (
            200,
            "application/json",
            planted(&recorded("blob").unwrap_or_default()),
        );
    }
    if operation.starts_with('/') {
        // The learner's own endpoint.
        return (500, "text/html", format!("<p>{} {PLAIN}</p>", secrets()));
    }
    if operation == "DescribeDBInstances" {
        let message = format!(
            "User is not authorized to perform: rds:DescribeDBInstances on {}",
            secrets()
        );
        let body = format!(
            "<ErrorResponse><Error><Code>AccessDenied</Code><Message>{}</Message></Error></ErrorResponse>",
            message.replace('&', "&amp;")
        );
        return (403, "text/xml", body);
    }
    if operation == "DescribeParameters" {
        let body = serde_json::json!({"__type": "InternalServerError", "message": secrets()});
        return (400, "application/x-amz-json-1.1", body.to_string());
    }
    if operation == "GetLogEvents" {
        return (200, "application/x-amz-json-1.1", log_events());
    }
    match recorded(operation) {
        Some(body) if body.trim_start().starts_with('{') => (
            200,
            "application/x-amz-json-1.1",
            planted(&body).replace("@SERVER", url),
        ),
        Some(body) => (200, "text/xml", planted_xml(&body)),
        // Not an answer of AWS's at all.
        None => (500, "text/html", secrets()),
    }
}

/// What an app may write before it crashes; the last line says why and stays.
fn log_events() -> String {
    let begin = format!("-----BEGIN {} KEY-----", "PRIVATE");
    let end = format!("-----END {} KEY-----", "PRIVATE");
    let lines = [
        "KYWTUhunter2hunter2hunter2hunter2hunter2hunter2hunter2hunter2aA==",
        &end,
        "connecting to postgresql://news:hunter2@db.example.com/news",
        "postgresql://news:hunter2 and \"hunter2@db.example.com/news",
        "\u{1b}[36mpassword\u{1b}[0m=\u{1b}[35mhunter2\u{1b}[0m",
        "PGPASSWORD=hunter2 psql",
        "{\"message\": \"{\\\"password\\\": \\\"hunter2 hunter2\\\"}\"}",
        "X-Api-Key: hunter2",
        "Cookie: session=hunter2; other=hunter2",
        "Authorization: Bearer hunter2Hunter2hunter2",
        "Settings(db_password='hunter2 hunter2', debug=True)",
        "\"password\":",
        "    \"hunter2\",",
        &begin,
        "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7hunter2A",
        "hunter2Hg==",
        &end,
        &secrets(),
        "Traceback (most recent call last):",
        "asyncpg.exceptions.InvalidCatalogNameError: database \"news\" does not exist",
    ];
    let events: Vec<Value> = lines
        .iter()
        .map(|line| serde_json::json!({"timestamp": 1_795_392_010_000_i64, "message": line}))
        .collect();
    serde_json::json!({"events": events, "nextBackwardToken": "b/1", "nextForwardToken": "f/1"})
        .to_string()
}

/// `tests/answers`, wherever the operation's answer is.
fn recorded(operation: &str) -> Option<String> {
    let answers = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/answers"));
    let mut folders: Vec<_> = std::fs::read_dir(answers)
        .ok()?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    // The whole account's own answers first.
    folders.sort_by_key(|folder| !folder.ends_with("whole"));
    folders.iter().find_map(|folder| {
        ["json", "xml"].iter().find_map(|ending| {
            std::fs::read_to_string(folder.join(format!("{operation}.{ending}"))).ok()
        })
    })
}

fn planted(body: &str) -> String {
    let mut json: Value = serde_json::from_str(body).unwrap();
    plant(&mut json, "");
    json.to_string()
}

fn plant(value: &mut Value, name: &str) {
    match value {
        Value::String(text) if VALUES.contains(&name) => {
            *text = format!("{text} {} {PLAIN}", secrets());
        }
        Value::String(text) if SENTENCES.contains(&name) => {
            *text = format!("{text} {}", secrets());
        }
        // One by one, as people write them: a misused reference.
        Value::String(text) if name == "valueFrom" && text == "/news-api/DATABASE_URL" => {
            "postgresql://news:hunter2secret@db.example.com/newsapi".clone_into(text);
        }
        Value::Array(items) => items.iter_mut().for_each(|item| plant(item, name)),
        Value::Object(fields) => fields
            .iter_mut()
            .for_each(|(name, inner)| plant(inner, name)),
        _ => {}
    }
}

fn planted_xml(body: &str) -> String {
    let mut body = body.to_owned();
    for name in SENTENCES {
        let end = format!("</{name}>");
        body = body.replace(&end, &format!(" {}{end}", secrets()));
    }
    // Read to the end here; a page that goes on would never end.
    for name in ["nextToken", "NextMarker", "Marker"] {
        body = body
            .replace(&format!("<{name}>"), "<Was>")
            .replace(&format!("</{name}>"), "</Was>");
    }
    body
}
