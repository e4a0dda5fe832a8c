//! A whole look at an account, against a server that answers as AWS would, or does not.

use super::testing::{Reply, Server, base, quick, session_with};
use super::{Reader, Session, actions, calls, collect};
use crate::account::{
    Area, CredentialTrouble, Decision, Fact, HostClass, Listed, Platform, Region, SecretKind,
    Snapshot, ValueClass, Why,
};
use crate::practice::test_chapter;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider, future};
use std::collections::BTreeSet;
use std::time::{Duration, Instant};

const SECRET: &str = "postgresql://news:hunter2secret@db:5432/newsapi";

async fn look(server: &Server, areas: &[Area]) -> Snapshot {
    let wanted: BTreeSet<Area> = areas.iter().copied().collect();
    collect(&server.reader(), &test_chapter(), &wanted, None)
        .await
        .snapshot
}

fn definition() -> String {
    serde_json::json!({"taskDefinition": {
        "taskDefinitionArn": "arn:aws:ecs:us-east-1:123456789012:task-definition/news-api-task:3",
        "family": "news-api-task", "revision": 3, "status": "ACTIVE", "someNewField": {"kept": true},
        "networkMode": "awsvpc", "cpu": "256", "memory": "512",
        "executionRoleArn": "arn:aws:iam::123456789012:role/ecsTaskExecutionRole",
        "containerDefinitions": [{
            "name": "api", "image": "123456789012.dkr.ecr.us-east-1.amazonaws.com/news-aggregator-api:v1.0.0",
            "environment": [{"name": "DATABASE_URL", "value": SECRET}, {"name": "AWS_KEY", "value": "AKIAIOSFODNN7EXAMPLE"}],
            "dockerLabels": {"owner": "hunter2secret-owner"},
            "command": ["run", "--password=hunter2secret", SECRET],
            "healthCheck": {"command": ["CMD-SHELL", "curl -f http://localhost:8000/docs"]},
            "portMappings": [{"containerPort": 8000}]
        }]
    }})
    .to_string()
}

fn ecs() -> Server {
    Server::start()
        .on("GetCallerIdentity", [caller("arn:aws:iam::123456789012:user/news-admin")])
        .on(
            "ListTaskDefinitions",
            [Reply::json(
                200,
                r#"{"taskDefinitionArns":["arn:aws:ecs:us-east-1:123456789012:task-definition/news-api-task:3",
                    "arn:aws:ecs:us-east-1:123456789012:task-definition/news-api-task-old:9"]}"#,
            )],
        )
        .on("DescribeTaskDefinition", [Reply::json(200, definition())])
        .on(
            "DescribeServices",
            [Reply::json(
                200,
                r#"{"services":[],"failures":[{"arn":"a","reason":"MISSING"}]}"#,
            )],
        )
        .on(
            "ListServiceDeployments",
            [Reply::refused_json(400, "ServiceNotFoundException", "no")],
        )
}

fn caller(arn: &str) -> Reply {
    Reply::xml(
        200,
        format!(
            "<GetCallerIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><GetCallerIdentityResult><Arn>{arn}</Arn>\
             <UserId>U</UserId><Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>"
        ),
    )
}

#[tokio::test]
async fn values_of_variables_do_not_get_past_the_door() {
    let server = ecs();
    let snapshot = look(&server, &[Area::Definitions]).await;
    let text = serde_json::to_string(&snapshot).unwrap();
    for secret in ["hunter2", "AKIAIOSFODNN7EXAMPLE"] {
        assert!(!text.contains(secret), "{secret} stands in the snapshot");
    }
    let read = snapshot
        .definitions
        .values()
        .next()
        .and_then(Fact::present)
        .expect("the definition");
    let environment = &read.containers[0].environment;
    assert!(
        matches!(&environment[0].class, ValueClass::Url(url) if url.has_password && url.host == HostClass::ComposeDb)
    );
    assert_eq!(
        environment[1].class,
        ValueClass::SecretShaped(SecretKind::AwsAccessKey)
    );
    assert!(read.containers[0].command.url_with_password);
    // Another family whose name begins alike is none of ours.
    assert_eq!(snapshot.revisions.present().map(Vec::len), Some(1));
}

#[tokio::test]
async fn the_definition_is_handed_on_as_it_was_sent_for_the_comparison() {
    let server = ecs();
    let wanted = BTreeSet::from([Area::Definitions]);
    let same = |container: &str, list: Listed, name: &str, value: &str| {
        (container == "api" && list == Listed::Environment && name == "DATABASE_URL")
            .then_some(value == SECRET)
    };
    let got = collect(&server.reader(), &test_chapter(), &wanted, Some(&same)).await;
    let raw = got.registered.values().next().expect("the raw definition");
    assert_eq!(raw["someNewField"]["kept"], true);
    let definition = got.snapshot.definitions.into_values().next();
    let Some(Fact::Present(definition)) = definition else {
        panic!("no definition");
    };
    let environment = &definition.containers[0].environment;
    assert_eq!(environment[0].same_as_file, Some(true));
    assert_eq!(environment[1].same_as_file, None);
}

#[tokio::test]
async fn what_ecs_does_not_find_is_absent() {
    let inactive = r#"{"clusters":[{"clusterName":"news-api-cluster","clusterArn":"a","status":"INACTIVE"}],"failures":[]}"#;
    let server = ecs().on("DescribeClusters", [Reply::json(200, inactive)]);
    let snapshot = look(&server, &[Area::Cluster, Area::Service, Area::Tasks]).await;
    assert_eq!(snapshot.cluster, Fact::Absent);
    assert_eq!(snapshot.service, Fact::Absent);
    assert_eq!(snapshot.tasks, Fact::Absent);
    assert_eq!(server.times("ListTasks"), 0);
}

#[tokio::test]
async fn a_denied_account_is_unknown_in_every_part_and_nothing_is_absent() {
    let server = Server::answering(Reply::refused_json(400, "AccessDeniedException", "no")).on(
        "GetCallerIdentity",
        [caller("arn:aws:iam::123456789012:user/ann")],
    );
    let areas: Vec<Area> = [
        Area::Budgets,
        Area::Registry,
        Area::Cluster,
        Area::Service,
        Area::Definitions,
        Area::Tasks,
    ]
    .to_vec();
    let snapshot = look(&server, &areas).await;
    let denied = |why: Option<&Why>, action: &str| {
        assert!(
            matches!(why, Some(Why::Denied { action: named, .. }) if named == action),
            "{action}: {why:?}"
        );
    };
    denied(snapshot.budgets.why(), "budgets:ViewBudget");
    let repository = &snapshot.repositories["news-aggregator-api"];
    denied(repository.repository.why(), "ecr:DescribeRepositories");
    denied(repository.images.why(), "ecr:DescribeImages");
    denied(snapshot.cluster.why(), "ecs:DescribeClusters");
    denied(snapshot.service.why(), "ecs:DescribeServices");
    denied(snapshot.revisions.why(), "ecs:ListTaskDefinitions");
    denied(snapshot.tasks.why(), "ecs:ListTasks");
    // What was not asked for says so, and was not read.
    assert_eq!(snapshot.root_account, Fact::not_asked());
    assert_eq!(server.times("GetAccountSummary"), 0);
}

#[tokio::test]
async fn an_error_in_one_part_leaves_the_others_alone() {
    let summary = "<GetAccountSummaryResponse><GetAccountSummaryResult><SummaryMap><entry><key>AccountMFAEnabled</key>\
                   <value>1</value></entry><entry><key>Users</key><value>3</value></entry></SummaryMap></GetAccountSummaryResult>\
                   </GetAccountSummaryResponse>";
    let server = Server::start().on("GetAccountSummary", [Reply::xml(200, summary)]);
    let snapshot = look(&server, &[Area::RootAccount, Area::Cluster]).await;
    let root = snapshot.root_account.present().expect("the summary");
    assert_eq!(root.root_mfa_enabled, Some(true));
    assert_eq!(
        root.root_access_keys_present, None,
        "a missing key says nothing"
    );
    assert!(matches!(
        snapshot.cluster,
        Fact::Unknown(Why::NotOffered { .. })
    ));
}

#[derive(Debug)]
struct NoKeys;

impl ProvideCredentials for NoKeys {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::ready(Err(CredentialsError::not_loaded("none")))
    }
}

#[tokio::test]
async fn without_credentials_nothing_is_asked_and_everything_says_why() {
    let server = Server::start();
    let config = base(&server.url, SharedCredentialsProvider::new(NoKeys));
    let session = Session::from_config(&config, quick(), Region::from("us-east-1"));
    let wanted = Area::USUAL.into_iter().collect();
    let got = collect(&Reader::new(session), &test_chapter(), &wanted, None).await;
    let none = Why::Credentials(CredentialTrouble::None);
    assert_eq!(got.snapshot.caller.why(), Some(&none));
    assert_eq!(got.snapshot.databases.why(), Some(&none));
    assert_eq!(got.snapshot.revisions.why(), Some(&none));
    assert!(got.calls.is_empty());
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn a_run_ends_in_time_and_keeps_what_it_has() {
    let server = Server::start()
        .on(
            "GetCallerIdentity",
            [caller("arn:aws:iam::123456789012:user/ann")],
        )
        .on("DescribeClusters", [Reply::Silent(Duration::from_secs(30))]);
    let mut limits = quick();
    limits.run = Duration::from_millis(700);
    limits.read = Duration::from_secs(20);
    limits.call = Duration::from_secs(20);
    let began = Instant::now();
    let reader = Reader::new(session_with(&server.url, "us-east-1", limits));
    let wanted = BTreeSet::from([Area::Caller, Area::Cluster]);
    let got = collect(&reader, &test_chapter(), &wanted, None).await;
    assert!(began.elapsed() < Duration::from_secs(3));
    assert!(got.snapshot.caller.present().is_some());
    assert_eq!(got.snapshot.cluster.why(), Some(&Why::TimedOut));
}

#[tokio::test]
async fn a_single_images_platform_comes_from_its_config() {
    let config = r#"{"os":"linux","architecture":"arm64","config":{"Env":["PASSWORD=hunter2"]}}"#;
    let manifest = r#"{"schemaVersion":2,"config":{"digest":"sha256:c","size":80},"layers":[]}"#;
    let server = Server::start();
    let url = format!("{}/blob?X-Amz-Signature=1", server.url);
    let images = r#"{"imageDetails":[{"imageDigest":"sha256:i","imageTags":["v1.0.0","latest"],"imagePushedAt":1767323045.0}]}"#;
    let server = server
        .on("DescribeImages", [Reply::json(200, images)])
        .on("DescribeRepositories", [Reply::refused_json(400, "RepositoryNotFoundException", "")])
        .on(
            "BatchGetImage",
            [Reply::json(
                200,
                serde_json::json!({"images":[{"imageId":{"imageDigest":"sha256:i"},"imageManifest":manifest}]})
                    .to_string(),
            )],
        )
        .on(
            "GetDownloadUrlForLayer",
            [Reply::json(200, serde_json::json!({"downloadUrl": url}).to_string())],
        )
        .on("/blob?X-Amz-Signature=1", [Reply::json(200, config)]);
    let snapshot = look(&server, &[Area::Registry, Area::Platforms]).await;
    let facts = &snapshot.repositories["news-aggregator-api"];
    assert_eq!(facts.repository, Fact::Absent);
    let images = facts.images.present().expect("images");
    assert_eq!(
        images[0].platforms,
        Fact::Present(vec![Platform {
            os: "linux".to_owned(),
            architecture: "arm64".to_owned()
        }])
    );
    let blob = server
        .asked()
        .into_iter()
        .find(|asked| asked.operation.starts_with("/blob"))
        .expect("the blob was fetched");
    assert_eq!(blob.authorization, "", "our credentials do not go there");
}

#[tokio::test]
async fn a_config_that_is_too_large_is_not_read() {
    let server = Server::start();
    let url = format!("{}/blob", server.url);
    let manifest = r#"{"schemaVersion":2,"config":{"digest":"sha256:c"},"layers":[]}"#;
    let huge = format!(
        "{{\"os\":\"linux\",\"architecture\":\"amd64\",\"x\":\"{}\"}}",
        "a".repeat(3_000_000)
    );
    let server = server
        .on(
            "DescribeImages",
            [Reply::json(200, r#"{"imageDetails":[{"imageDigest":"sha256:i","imageTags":["v1.0.0"]}]}"#)],
        )
        .on(
            "BatchGetImage",
            [Reply::json(
                200,
                serde_json::json!({"images":[{"imageId":{"imageDigest":"sha256:i"},"imageManifest":manifest}]})
                    .to_string(),
            )],
        )
        .on(
            "GetDownloadUrlForLayer",
            [Reply::json(200, serde_json::json!({"downloadUrl": url}).to_string())],
        )
        .on("/blob", [Reply::json(200, huge)]);
    let snapshot = look(&server, &[Area::Platforms]).await;
    let images = snapshot.repositories["news-aggregator-api"]
        .images
        .present()
        .expect("images");
    assert!(matches!(
        images[0].platforms,
        Fact::Unknown(Why::Other { .. })
    ));
}

fn role_server(document: &str) -> Server {
    let trust = r#"{"Statement":[{"Effect":"Allow","Principal":{"Service":"ecs-tasks.amazonaws.com"},"Action":"sts:AssumeRole"}]}"#;
    let role = format!(
        "<GetRoleResponse><GetRoleResult><Role><RoleName>ecsTaskExecutionRole</RoleName><Arn>arn:aws:iam::123456789012:role/x</Arn>\
         <AssumeRolePolicyDocument>{}</AssumeRolePolicyDocument></Role></GetRoleResult></GetRoleResponse>",
        escaped(trust)
    );
    let simulated = "<SimulatePrincipalPolicyResponse><SimulatePrincipalPolicyResult><EvaluationResults>\
        <member><EvalActionName>ssm:GetParameters</EvalActionName><EvalDecision>implicitDeny</EvalDecision></member>\
        </EvaluationResults><IsTruncated>false</IsTruncated></SimulatePrincipalPolicyResult></SimulatePrincipalPolicyResponse>";
    Server::start()
        .on("GetCallerIdentity", [caller("arn:aws:iam::123456789012:user/ann")])
        .on("GetRole", [Reply::xml(200, role)])
        .on(
            "ListAttachedRolePolicies",
            [Reply::xml(
                200,
                "<ListAttachedRolePoliciesResponse><ListAttachedRolePoliciesResult><AttachedPolicies/>\
                 </ListAttachedRolePoliciesResult></ListAttachedRolePoliciesResponse>",
            )],
        )
        .on(
            "ListRolePolicies",
            [Reply::xml(
                200,
                "<ListRolePoliciesResponse><ListRolePoliciesResult><PolicyNames><member>p</member></PolicyNames>\
                 </ListRolePoliciesResult></ListRolePoliciesResponse>",
            )],
        )
        .on(
            "GetRolePolicy",
            [Reply::xml(
                200,
                format!(
                    "<GetRolePolicyResponse><GetRolePolicyResult><PolicyDocument>{}</PolicyDocument></GetRolePolicyResult>\
                     </GetRolePolicyResponse>",
                    escaped(document)
                ),
            )],
        )
        .on("SimulatePrincipalPolicy", [Reply::xml(200, simulated)])
}

fn escaped(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
}

#[tokio::test]
async fn the_simulator_is_asked_only_what_the_documents_leave_open() {
    let everything = r#"{"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}"#;
    let server = role_server(everything);
    look(&server, &[Area::Roles]).await;
    assert_eq!(server.times("SimulatePrincipalPolicy"), 0);

    let pulls = r#"{"Statement":[{"Effect":"Allow","Action":["ecr:*","logs:*"],"Resource":"*"}]}"#;
    let server = role_server(pulls);
    let snapshot = look(&server, &[Area::Roles]).await;
    let role = snapshot.roles["ecsTaskExecutionRole"]
        .present()
        .expect("the role");
    let asked: Vec<&str> = role
        .simulated
        .iter()
        .map(|one| one.action.as_str())
        .collect();
    assert_eq!(asked, ["ssm:GetParameters", "ssm:GetParameters"]);
    assert_eq!(
        role.simulated[0].decision,
        Fact::Present(Decision::NotAllowed)
    );
}

#[tokio::test]
async fn a_region_that_is_not_switched_on_is_told_from_a_bad_key() {
    let refusal = "<ErrorResponse><Error><Code>InvalidClientTokenId</Code><Message>no</Message></Error></ErrorResponse>";
    let server = Server::answering(Reply::refused_json(
        400,
        "UnrecognizedClientException",
        "no",
    ))
    .on(
        "GetCallerIdentity",
        [
            Reply::xml(403, refusal),
            caller("arn:aws:iam::123456789012:user/ann"),
        ],
    );
    let wanted = BTreeSet::from([Area::Caller, Area::Cluster]);
    let reader = server.reader_in("eu-south-2");
    let got = collect(&reader, &test_chapter(), &wanted, None).await;
    assert!(got.snapshot.caller.present().is_some(), "asked at home");
    assert_eq!(
        got.snapshot.cluster.why(),
        Some(&Why::RegionNotEnabled {
            region: "eu-south-2".to_owned()
        })
    );
    let at_home = &server.asked()[..];
    assert!(
        at_home
            .iter()
            .any(|asked| asked.authorization.contains("/us-east-1/sts/"))
    );
}

#[tokio::test]
async fn of_a_budget_the_number_of_subscribers_is_kept_and_no_address() {
    let server = Server::start()
        .on("GetCallerIdentity", [caller("arn:aws:iam::123456789012:user/ann")])
        .on(
            "DescribeBudgets",
            [Reply::json(
                200,
                r#"{"Budgets":[{"BudgetName":"monthly","BudgetType":"COST","TimeUnit":"MONTHLY",
                    "BudgetLimit":{"Amount":"10.0","Unit":"USD"},"TimePeriod":{"Start":1764547200,"End":3706473600}}]}"#,
            )],
        )
        .on(
            "DescribeNotificationsForBudget",
            [Reply::json(
                200,
                r#"{"Notifications":[{"NotificationType":"ACTUAL","ComparisonOperator":"GREATER_THAN","Threshold":80.0}]}"#,
            )],
        )
        .on(
            "DescribeSubscribersForNotification",
            [Reply::json(
                200,
                r#"{"Subscribers":[{"SubscriptionType":"EMAIL","Address":"ann@example.com"}]}"#,
            )],
        );
    let snapshot = look(&server, &[Area::Budgets]).await;
    let budget = &snapshot.budgets.present().expect("budgets")[0];
    assert_eq!(budget.limit.as_deref(), Some("10.0 USD"));
    let alert = &budget.notifications.present().expect("alerts")[0];
    assert_eq!(
        (alert.threshold.as_str(), &alert.subscribers),
        ("80%", &Fact::Present(1))
    );
    let text = serde_json::to_string(&snapshot).unwrap();
    assert!(!text.contains("ann@example"));
}

#[tokio::test]
async fn an_area_makes_no_call_that_its_policy_does_not_allow() {
    let server = role_server(r#"{"Statement":[]}"#)
        .on(
            "ListTaskDefinitions",
            [Reply::json(
                200,
                r#"{"taskDefinitionArns":["arn:aws:ecs:us-east-1:123456789012:task-definition/news-api-task:3"]}"#,
            )],
        )
        .on("DescribeTaskDefinition", [Reply::json(200, definition())]);
    for area in Area::USUAL {
        let wanted = BTreeSet::from([area]);
        let got = collect(&server.reader(), &test_chapter(), &wanted, None).await;
        let allowed: BTreeSet<&str> = actions(&wanted).into_values().flatten().collect();
        for call in got.calls {
            let declared = calls::ALL
                .iter()
                .find(|one| one.service.prefix() == call.service && one.operation == call.operation)
                .expect("a declared call");
            assert!(
                allowed.contains(declared.action) || declared.action == "sts:GetCallerIdentity",
                "{area:?} calls {} without being allowed to",
                declared.api()
            );
        }
    }
}
