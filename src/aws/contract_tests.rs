//! Holds every declared call, its inputs and the fields we read against AWS's own models, as botocore ships them.
//!
//! `LANDFALL_BOTOCORE` names a Python that has botocore; else the one of the end-to-end tests is taken.
//! Run with `cargo test --lib contract -- --ignored`.

use super::answer::Answer;
use super::call::{Paging, Protocol};
use super::calls;
use super::endpoint::ServiceId;
use super::every_answer::for_every_answer;
use super::shape::paths_of;
use crate::account::Region;
use serde_json::{Value, json};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

struct Shape {
    api: String,
    paths: Vec<String>,
}

fn shape<A: Answer>() -> Shape {
    Shape {
        api: A::CALL.api(),
        paths: paths_of::<A>(),
    }
}

/// Every answer type.
fn shapes() -> Vec<Shape> {
    for_every_answer!(shape)
}

/// botocore's folder of a service.
fn folder(service: ServiceId) -> &'static str {
    match service {
        ServiceId::Balancing => "elbv2",
        other => other.prefix(),
    }
}

fn python() -> PathBuf {
    std::env::var_os("LANDFALL_BOTOCORE").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("target/e2e/venv/bin/python"),
        PathBuf::from,
    )
}

fn ask_botocore(question: &Value) -> Vec<String> {
    let mut child = Command::new(python())
        .args(["-c", include_str!("contract.py")])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("a Python with botocore: the end-to-end tests make one; or set LANDFALL_BOTOCORE");
    child
        .stdin
        .take()
        .unwrap()
        .write_all(question.to_string().as_bytes())
        .unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
#[ignore = "needs botocore"]
fn every_call_input_and_field_stands_in_awss_own_models() {
    let shapes = shapes();
    let declared: Vec<Value> = calls::ALL
        .iter()
        .map(|call| {
            let (protocol, version, target) = match call.protocol {
                Protocol::Query { version } => ("query", Some(version), None),
                Protocol::Ec2Query { version } => ("ec2", Some(version), None),
                Protocol::Json { target } => ("json", None, Some(target)),
                Protocol::Sdk => ("sdk", None, None),
            };
            let paths: Vec<&String> = shapes
                .iter()
                .filter(|shape| shape.api == call.api())
                .flat_map(|shape| &shape.paths)
                .collect();
            json!({
                "service": folder(call.service), "operation": call.operation, "protocol": protocol,
                "version": version, "target": target, "sdk_id": call.service.sdk_id(),
                "takes": call.takes, "paths": paths,
                "token": match call.paging { Paging::Token(name) => Some(name), Paging::Whole => None },
            })
        })
        .collect();
    let regions = [
        "us-east-1",
        "eu-west-1",
        "cn-north-1",
        "cn-northwest-1",
        "us-gov-west-1",
        "us-gov-east-1",
    ];
    let mut services: Vec<ServiceId> = calls::ALL.iter().map(|call| call.service).collect();
    services.sort();
    services.dedup();
    let endpoints: Vec<Value> = services
        .iter()
        .flat_map(|service| {
            regions.map(|region| {
                let endpoint = service.endpoint(&Region::from(region));
                json!({
                    "service": folder(*service), "region": region, "url": endpoint.url,
                    "signed_for": endpoint.signed_for, "name": service.prefix(),
                })
            })
        })
        .collect();
    let problems = ask_botocore(&json!({"calls": declared, "endpoints": endpoints}));
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn every_call_of_the_thin_layer_has_an_answer_and_every_page_a_token() {
    let shapes = shapes();
    for call in calls::ALL {
        if call.protocol == Protocol::Sdk {
            continue;
        }
        let shape = shapes.iter().find(|shape| shape.api == call.api());
        let Some(shape) = shape else {
            panic!("{} is declared, and nothing reads its answer", call.api());
        };
        if let Paging::Token(name) = call.paging {
            assert!(
                call.takes.contains(&name),
                "{} does not take {name}",
                call.api()
            );
            let lower = name.to_ascii_lowercase();
            assert!(
                shape
                    .paths
                    .iter()
                    .any(|path| path.to_ascii_lowercase().ends_with(&lower)),
                "{} pages, and its answer has no {name}",
                call.api()
            );
        }
    }
}
