//! A server with an answer to every declared call, so that a look at everything makes each of them. For tests.

use super::Reader;
use super::calls;
use super::testing::{Reply, Server, quick, session_with};
use std::fs;
use std::path::PathBuf;
use std::time::Duration;

/// The answers as they are in `tests/answers`.
pub(crate) fn whole_account() -> Server {
    whole_account_with(|_, body| body)
}

/// The same, each changed first: `change` gets the operation and the body.
pub(crate) fn whole_account_with(change: impl Fn(&str, String) -> String) -> Server {
    let mut server = Server::start();
    for call in calls::ALL {
        let (body, ending) = recorded(call.service.prefix(), call.operation);
        let body = change(call.operation, body).replace("@SERVER", &server.url);
        let reply = match ending {
            "json" => Reply::json(200, body),
            _ => Reply::xml(200, body),
        };
        server = server.on(call.operation, [reply]);
    }
    let (blob, _) = recorded("", "blob");
    server.on(
        "/blob?X-Amz-Signature=1",
        [Reply::json(200, change("blob", blob))],
    )
}

/// A reader that waits long enough on a busy machine: what is not read in time would be unknown.
pub(crate) fn patient_reader(server: &Server) -> Reader {
    let mut limits = quick();
    limits.read = Duration::from_secs(60);
    limits.call = Duration::from_secs(90);
    limits.run = Duration::from_secs(120);
    Reader::new(session_with(&server.url, "us-east-1", limits))
}

fn recorded(service: &str, operation: &str) -> (String, &'static str) {
    let answers = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/answers"));
    ["whole", service]
        .into_iter()
        .flat_map(|folder| ["json", "xml"].map(|ending| (folder, ending)))
        .find_map(|(folder, ending)| {
            let path = answers.join(folder).join(format!("{operation}.{ending}"));
            let body = fs::read_to_string(path).ok()?;
            // What is recorded as one page of many ends here, or it would go on for ever.
            Some((only_page(&body), ending))
        })
        .unwrap_or_else(|| panic!("no answer to {operation} is recorded"))
}

fn only_page(body: &str) -> String {
    let mut body = body.to_owned();
    for name in ["nextToken", "NextToken", "NextMarker", "Marker"] {
        let xml = (format!("<{name}>"), format!("</{name}>"));
        while let Some(at) = body.find(&xml.0)
            && let Some(end) = body[at..].find(&xml.1)
        {
            body.replace_range(at..at + end + xml.1.len(), "");
        }
        body = body.replace(&format!("\"{name}\""), "\"wasAToken\"");
    }
    body
}
