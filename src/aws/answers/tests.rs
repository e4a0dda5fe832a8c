//! Real-shaped answers (`tests/answers`) become the snapshot's types.

mod balancing;
mod data_stores;
mod network;
mod small;

use crate::aws::answer::{Answer, Page, decode};
use std::fs;
use std::path::PathBuf;

/// The recorded answer to a call.
fn body<A: Answer>() -> Vec<u8> {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/answers"))
        .join(A::CALL.service.prefix());
    let xml = folder.join(format!("{}.xml", A::CALL.operation));
    let json = folder.join(format!("{}.json", A::CALL.operation));
    fs::read(&xml)
        .or_else(|_| fs::read(&json))
        .unwrap_or_else(|_| panic!("{}", xml.display()))
}

/// The recorded answer, with some text of it replaced.
fn answer_with<A: Answer>(text: &str, instead: &str) -> Result<A, String> {
    let body = String::from_utf8(body::<A>()).unwrap();
    assert!(body.contains(text), "{text} is not in the answer");
    decode(A::CALL, body.replace(text, instead).as_bytes()).map_err(|error| error.to_string())
}

fn answer<A: Answer>() -> A {
    decode(A::CALL, &body::<A>()).unwrap()
}

/// The entries as the snapshot has them.
fn entries<P: Page, T: From<P::Item>>() -> Vec<T> {
    answer::<P>()
        .split()
        .items
        .into_iter()
        .map(T::from)
        .collect()
}

fn next<P: Page>() -> Option<String> {
    answer::<P>().split().next
}
