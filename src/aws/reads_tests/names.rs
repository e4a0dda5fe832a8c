use super::*;
use crate::account::{Fact, RevisionArn, SecretReference, TaskDefinition};
use crate::aws::{log_groups, parameters};
use crate::practice::good_account;
use std::collections::BTreeMap;

const SECRET: &str = "arn:aws:secretsmanager:us-east-1:123456789012:secret:news-AbCdEf:url::";

/// A definition that names a secret and a log group of its own.
fn definitions() -> BTreeMap<RevisionArn, Fact<TaskDefinition>> {
    let account = good_account(&test_chapter(), "2026-11-23T00:00:00Z".parse().unwrap());
    let (arn, definition) = account.definitions.into_iter().next().unwrap();
    let definition = definition.map(|mut definition| {
        let container = &mut definition.containers[0];
        container.secrets.push(SecretReference {
            name: "DATABASE_URL".to_owned(),
            value_from: SECRET.to_owned(),
        });
        container.logs.as_mut().unwrap().group = Some("/ecs/other".to_owned());
        definition
    });
    BTreeMap::from([(arn, definition)])
}

#[tokio::test]
async fn parameters_are_read_to_the_last_page_without_a_value() {
    let last = r#"{"Parameters": [{"Name": "C:/Program Files/Git/news-api/DATABASE_URL", "Type": "SecureString"}]}"#;
    let server = Server::start().on(
        "DescribeParameters",
        [reply("ssm/DescribeParameters.json"), Reply::json(200, last)],
    );
    let snapshot = look(&server, &[Area::Parameters]).await;
    let names: Vec<&str> = snapshot
        .parameters
        .present()
        .unwrap()
        .iter()
        .map(|one| one.name.as_str())
        .collect();
    assert_eq!(
        names,
        [
            "/news-api/DATABASE_URL",
            "plain",
            "C:/Program Files/Git/news-api/DATABASE_URL"
        ]
    );
    assert!(
        server
            .asked()
            .iter()
            .all(|asked| asked.operation == "DescribeParameters")
    );
}

#[tokio::test]
async fn a_secret_is_looked_up_by_its_arn_without_the_key_inside_it() {
    let server = Server::start().plays("DescribeSecret", "secretsmanager/DescribeSecret.json");
    let found = parameters::secrets(&server.reader(), &definitions()).await;
    assert_eq!(found.len(), 1, "parameters are no secrets: {found:?}");
    assert!(found[SECRET].present().unwrap().deleted);
    let [asked] = server.asked().try_into().unwrap();
    assert_eq!(
        asked.body,
        r#"{"SecretId":"arn:aws:secretsmanager:us-east-1:123456789012:secret:news-AbCdEf"}"#
    );
}

#[tokio::test]
async fn a_secret_that_is_not_there_is_absent_and_a_denied_one_unknown() {
    for (code, expected) in [
        ("ResourceNotFoundException", Fact::Absent),
        (
            "AccessDeniedException",
            Fact::Unknown(denied("secretsmanager:DescribeSecret")),
        ),
    ] {
        let server = Server::start().on("DescribeSecret", [Reply::refused_json(400, code, "no")]);
        let found = parameters::secrets(&server.reader(), &definitions()).await;
        assert_eq!(found[SECRET], expected);
    }
}

#[tokio::test]
async fn log_groups_are_looked_up_by_the_chapters_name_and_the_definitions() {
    let other =
        r#"{"logGroups": [{"logGroupName": "/ecs/other"}, {"logGroupName": "/ecs/news-api"}]}"#;
    let server = Server::start().on(
        "DescribeLogGroups",
        [
            reply("logs/DescribeLogGroups.json"),
            Reply::json(200, other),
        ],
    );
    let found = log_groups::log_groups(&server.reader(), &test_chapter(), &definitions()).await;
    let names: Vec<&str> = found
        .present()
        .unwrap()
        .iter()
        .map(|one| one.name.as_str())
        .collect();
    assert_eq!(
        names,
        ["/ecs/news-api", "/ecs/news-api-old", "/ecs/other"],
        "each once"
    );
    let mut prefixes: Vec<String> = server.asked().into_iter().map(|asked| asked.body).collect();
    prefixes.sort();
    assert!(
        prefixes[0].contains("/ecs/news-api") && prefixes[1].contains("/ecs/other"),
        "{prefixes:?}"
    );
}

#[tokio::test]
async fn one_unreadable_list_of_log_groups_makes_them_unknown() {
    let server = Server::start().on(
        "DescribeLogGroups",
        [
            reply("logs/DescribeLogGroups.json"),
            Reply::refused_json(400, "AccessDeniedException", "no"),
        ],
    );
    let found = log_groups::log_groups(&server.reader(), &test_chapter(), &definitions()).await;
    assert_eq!(found, Fact::Unknown(denied("logs:DescribeLogGroups")));
}
