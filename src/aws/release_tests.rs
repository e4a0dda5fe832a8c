//! Images and definitions with all that real ones hold, as AWS sends them.

use super::collect;
use super::testing::{Reply, Server};
use crate::account::{
    Area, Digest, Fact, ImageStatus, Platform, RepositoryFacts, Snapshot, ValueClass,
};
use crate::practice::test_chapter;
use serde_json::{Value, json};
use std::collections::BTreeSet;

const REPOSITORY: &str = "123456789012.dkr.ecr.us-east-1.amazonaws.com/news-aggregator-api";

async fn look(server: &Server, areas: &[Area]) -> Snapshot {
    let wanted: BTreeSet<Area> = areas.iter().copied().collect();
    collect(&server.reader(), &test_chapter(), &wanted, None)
        .await
        .snapshot
}

/// An account whose one definition has these containers.
fn account(containers: &Value) -> Server {
    let arn = "arn:aws:ecs:us-east-1:123456789012:task-definition/news-api-task:3";
    let definition = json!({"taskDefinition": {
        "taskDefinitionArn": arn, "family": "news-api-task", "revision": 3, "status": "ACTIVE",
        "containerDefinitions": containers,
    }});
    Server::start()
        .on(
            "GetCallerIdentity",
            [Reply::xml(
                200,
                "<GetCallerIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><GetCallerIdentityResult>\
                 <Arn>arn:aws:iam::123456789012:user/news-admin</Arn><UserId>U</UserId><Account>123456789012</Account>\
                 </GetCallerIdentityResult></GetCallerIdentityResponse>",
            )],
        )
        .on(
            "ListTaskDefinitions",
            [Reply::json(200, json!({"taskDefinitionArns": [arn]}).to_string())],
        )
        .on("DescribeTaskDefinition", [Reply::json(200, definition.to_string())])
        .on(
            "DescribeServices",
            [Reply::json(
                200,
                r#"{"services":[],"failures":[{"arn":"a","reason":"MISSING"}]}"#,
            )],
        )
}

fn images(snapshot: &Snapshot) -> &RepositoryFacts {
    &snapshot.repositories["news-aggregator-api"]
}

#[tokio::test]
async fn archived_images_are_asked_for_and_told_from_others() {
    let details = json!({"imageDetails": [
        {"imageDigest": "sha256:a", "imageTags": ["v1.0.0"], "imageStatus": "ACTIVE"},
        {"imageDigest": "sha256:b", "imageTags": ["v0.9.0"], "imageStatus": "ARCHIVED"},
        {"imageDigest": "sha256:c", "imageTags": ["v0.8.0"], "imageStatus": "ACTIVATING"},
        {"imageDigest": "sha256:d", "imageTags": ["v0.7.0"]},
    ]});
    let server = account(&json!([])).on("DescribeImages", [Reply::json(200, details.to_string())]);
    let snapshot = look(&server, &[Area::Registry]).await;
    let statuses: Vec<ImageStatus> = images(&snapshot)
        .images
        .present()
        .expect("images")
        .iter()
        .map(|image| image.status)
        .collect();
    assert_eq!(
        statuses,
        [
            ImageStatus::Active,
            ImageStatus::Archived,
            ImageStatus::Restoring,
            ImageStatus::Active
        ]
    );
    let asked = server.asked();
    let body = &asked
        .iter()
        .find(|one| one.operation == "DescribeImages")
        .expect("images were asked for")
        .body;
    let body: Value = serde_json::from_str(body).unwrap();
    assert_eq!(
        body["filter"],
        json!({"tagStatus": "TAGGED", "imageStatus": "ANY"})
    );
}

#[tokio::test]
async fn an_index_names_its_images_and_a_digest_without_a_tag_is_asked_for() {
    let index = json!({"schemaVersion": 2, "manifests": [
        {"digest": "sha256:amd", "platform": {"os": "linux", "architecture": "amd64"}},
        {"digest": "sha256:arm", "platform": {"os": "linux", "architecture": "arm64", "variant": "v8"}},
        {"digest": "sha256:att", "platform": {"os": "unknown", "architecture": "unknown"},
         "annotations": {"vnd.docker.reference.type": "attestation-manifest"}},
    ]});
    let server = account(&json!([
        {"name": "api", "image": format!("{REPOSITORY}@sha256:amd")},
        {"name": "gone", "image": format!("{REPOSITORY}:v9@sha256:gone")},
        {"name": "locked", "image": format!("{REPOSITORY}@sha256:locked")},
    ]))
    .on(
        "DescribeImages",
        [Reply::json(
            200,
            r#"{"imageDetails":[{"imageDigest":"sha256:index","imageTags":["v1.0.0"]}]}"#,
        )],
    )
    .on(
        "BatchGetImage",
        [Reply::json(
            200,
            json!({
                "images": [{"imageId": {"imageDigest": "sha256:index"}, "imageManifest": index.to_string()}],
                "failures": [
                    {"imageId": {"imageDigest": "sha256:gone"}, "failureCode": "ImageNotFound"},
                    {"imageId": {"imageDigest": "sha256:locked"}, "failureCode": "KmsError"},
                ],
            })
            .to_string(),
        )],
    );
    let snapshot = look(
        &server,
        &[Area::Definitions, Area::Registry, Area::Platforms],
    )
    .await;
    let facts = images(&snapshot);
    let platforms = |digest: &str| {
        let found = facts.images.present().expect("images");
        let image = found.iter().find(|one| one.digest.as_str() == digest)?;
        let platforms = image.platforms.present()?;
        Some(
            platforms
                .iter()
                .map(Platform::to_string)
                .collect::<Vec<_>>(),
        )
    };
    let both = ["linux/amd64", "linux/arm64"].map(str::to_owned).to_vec();
    assert_eq!(platforms("sha256:index"), Some(both));
    assert_eq!(
        platforms("sha256:amd"),
        Some(vec!["linux/amd64".to_owned()])
    );
    assert_eq!(platforms("sha256:att"), None, "an attestation is no image");
    assert_eq!(facts.absent, [Digest::from("sha256:gone")]);
    assert_eq!(platforms("sha256:locked"), None, "neither there nor absent");
}

#[tokio::test]
async fn port_ranges_and_all_options_of_a_log_driver_are_read_without_their_values() {
    let server = account(&json!([{
        "name": "api", "image": "api:v1",
        "portMappings": [
            {"containerPortRange": "8000-8010", "protocol": "tcp"},
            {"containerPortRange": "nonsense"},
            {"containerPort": 9000, "hostPort": 9000, "name": "web", "appProtocol": "http"},
        ],
        "command": ["psql", "--password", "hunter2secret"],
        "logConfiguration": {
            "logDriver": "splunk",
            "options": {"splunk-token": "hunter2secret", "awslogs-group": "/ecs/x"},
            "secretOptions": [{"name": "splunk-token", "valueFrom": "/news-api/SPLUNK"}],
        },
    }]));
    let snapshot = look(&server, &[Area::Definitions]).await;
    assert!(
        !serde_json::to_string(&snapshot)
            .unwrap()
            .contains("hunter2")
    );
    let Some(Fact::Present(definition)) = snapshot.definitions.values().next() else {
        panic!("no definition");
    };
    let container = &definition.containers[0];
    let ports: Vec<String> = container.ports.iter().map(ToString::to_string).collect();
    assert_eq!(ports, ["8000-8010/tcp", "9000/tcp"]);
    assert!(container.command.named_secret);
    let logs = container.logs.as_ref().expect("log settings");
    assert_eq!(logs.group.as_deref(), Some("/ecs/x"));
    assert_eq!(logs.options.len(), 1);
    assert_eq!(logs.options[0].name, "splunk-token");
    assert!(matches!(logs.options[0].class, ValueClass::Plain { .. }));
    assert_eq!(logs.secret_options[0].value_from, "/news-api/SPLUNK");
}
