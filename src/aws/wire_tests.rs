//! The thin layer and the SDK's clients, held against a server that misbehaves.

use super::answer::{Answer, Page, Split};
use super::call::Call;
use super::testing::{Reply, Server, by_user, quick, session_with};
use super::wire::List;
use super::{FactFrom, Input, ReadError, Reader, calls, collect};
use crate::account::{Area, CallOutcome, CredentialTrouble, DeniedBy, Fact, Why};
use crate::practice::test_chapter;
use serde::Deserialize;
use std::time::{Duration, Instant};

#[derive(Debug, Deserialize)]
struct Groups {
    #[serde(rename = "Groups", default)]
    groups: List<Group>,
    #[serde(rename = "Marker")]
    marker: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Group {
    #[serde(rename = "GroupName")]
    name: String,
}

impl Answer for Groups {
    const CALL: &'static Call = &calls::LIST_GROUPS_FOR_USER;
}

impl Page for Groups {
    type Item = Group;
    fn split(self) -> Split<Group> {
        Split {
            items: self.groups.0,
            next: self.marker,
        }
    }
}

#[derive(Debug, Deserialize)]
struct Repositories {
    repositories: Vec<Repository>,
    #[serde(rename = "nextToken")]
    next: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Repository {
    #[serde(rename = "repositoryName")]
    name: String,
}

impl Answer for Repositories {
    const CALL: &'static Call = &calls::DESCRIBE_REPOSITORIES;
}

impl Page for Repositories {
    type Item = Repository;
    fn split(self) -> Split<Repository> {
        Split {
            items: self.repositories,
            next: self.next,
        }
    }
}

#[derive(Debug, Deserialize)]
struct Vpcs {
    #[serde(rename = "vpcSet", default)]
    #[allow(dead_code)]
    vpcs: List<String>,
}

impl Answer for Vpcs {
    const CALL: &'static Call = &calls::DESCRIBE_VPCS;
}

fn groups(names: &[&str], marker: Option<&str>) -> Reply {
    let members: String = names
        .iter()
        .map(|name| format!("<member><GroupName>{name}</GroupName></member>"))
        .collect();
    let marker = marker.map_or_else(String::new, |text| format!("<Marker>{text}</Marker>"));
    Reply::xml(
        200,
        format!(
            "<ListGroupsForUserResponse><ListGroupsForUserResult><Groups>{members}</Groups>{marker}\
             </ListGroupsForUserResult></ListGroupsForUserResponse>"
        ),
    )
}

async fn group_names(reader: &Reader) -> Result<Vec<String>, ReadError> {
    let found = reader.pages::<Groups>(by_user()).await?;
    Ok(found.into_iter().map(|group| group.name).collect())
}

async fn why_of(reply: Reply) -> (Why, usize) {
    let server = Server::start().on("ListGroupsForUser", [reply]);
    let error = group_names(&server.reader()).await.unwrap_err();
    (error.why, server.times("ListGroupsForUser"))
}

#[tokio::test]
async fn a_long_answer_is_followed_to_its_end() {
    let server = Server::start()
        .on(
            "ListGroupsForUser",
            [
                groups(&["a", "b"], Some("m 1/+")),
                groups(&["c"], Some("m2")),
                groups(&["d"], Some("")),
            ],
        )
        .on(
            "DescribeRepositories",
            [
                Reply::json(
                    200,
                    r#"{"repositories":[{"repositoryName":"x"}],"nextToken":"t"}"#,
                ),
                Reply::json(200, r#"{"repositories":[{"repositoryName":"y"}]}"#),
            ],
        );
    let reader = server.reader();
    assert_eq!(group_names(&reader).await.unwrap(), ["a", "b", "c", "d"]);
    assert!(server.asked()[1].body.contains("&Marker=m%201%2F%2B"));
    let found = reader.pages::<Repositories>(Input::none()).await.unwrap();
    assert_eq!(found.len(), 2);
    assert_eq!(found[1].name, "y");
    assert_eq!(server.asked().last().unwrap().body, r#"{"nextToken":"t"}"#);
}

#[tokio::test]
async fn an_answer_without_end_is_not_taken_for_whole() {
    let server = Server::start().on("ListGroupsForUser", [groups(&["a"], Some("again"))]);
    let fact = group_names(&server.reader()).await.fact(&[]);
    assert!(matches!(fact, Fact::Unknown(Why::Other { say }) if say.contains("end")));
    assert!(server.times("ListGroupsForUser") < 5);
}

#[tokio::test]
async fn a_denial_is_read_in_each_protocols_spelling() {
    let message = "User: arn:aws:iam::1:user/a is not authorized to perform: svc:DoThis on resource: x because no identity-based \
                   policy allows the svc:DoThis action";
    let ec2 = format!(
        "<Response><Errors><Error><Code>UnauthorizedOperation</Code><Message>{message}</Message></Error></Errors>\
         <RequestID>r</RequestID></Response>"
    );
    let server = Server::start()
        .on(
            "ListGroupsForUser",
            [Reply::refused(403, "AccessDenied", message)],
        )
        .on("DescribeVpcs", [Reply::xml(403, ec2)])
        .on(
            "DescribeRepositories",
            [Reply::refused_json(400, "AccessDeniedException", message)],
        )
        .on(
            "DescribeClusters",
            [Reply::refused_json(400, "AccessDeniedException", message)],
        );
    let reader = server.reader();
    let ecs = reader.ecs();
    let clusters = reader.sdk(
        &calls::DESCRIBE_CLUSTERS,
        Box::pin(ecs.describe_clusters().send()),
    );
    for error in [
        group_names(&reader).await.unwrap_err(),
        reader.ask::<Vpcs>(Input::none()).await.unwrap_err(),
        reader.ask::<Repositories>(Input::none()).await.unwrap_err(),
        clusters.await.unwrap_err(),
    ] {
        assert_eq!(
            error.why,
            Why::Denied {
                action: "svc:DoThis".to_owned(),
                by: DeniedBy::Identity
            },
            "{}",
            error.api
        );
    }
    let outcomes: Vec<_> = reader.calls().iter().map(|call| call.outcome).collect();
    assert_eq!(outcomes, [CallOutcome::Denied; 4]);
    assert_eq!(server.asked().len(), 4, "a denial is not tried again");
}

#[tokio::test]
async fn throttling_is_waited_out() {
    let server = Server::start().on(
        "ListGroupsForUser",
        [
            Reply::refused(400, "Throttling", "Rate exceeded"),
            groups(&["a"], None),
        ],
    );
    assert_eq!(group_names(&server.reader()).await.unwrap(), ["a"]);
    assert_eq!(server.times("ListGroupsForUser"), 2);
}

#[tokio::test]
async fn throttling_without_end_is_unknown() {
    let (why, times) = why_of(Reply::refused(400, "Throttling", "Rate exceeded")).await;
    assert_eq!((why, times), (Why::Throttled, 3));
}

#[tokio::test]
async fn one_throttled_account_does_not_switch_retries_off_for_another() {
    let throttled = Server::start().on(
        "ListGroupsForUser",
        [Reply::refused(400, "Throttling", "Rate exceeded")],
    );
    let session = session_with(&throttled.url, "us-east-1", quick());
    for _ in 0..130 {
        let _ = group_names(&Reader::new(session.clone())).await;
    }
    let before = throttled.times("ListGroupsForUser");
    for _ in 0..10 {
        let _ = group_names(&Reader::new(session.clone())).await;
    }
    assert!(
        throttled.times("ListGroupsForUser") - before < 30,
        "the account's own retries are used up"
    );
    assert_eq!(
        why_of(Reply::refused(400, "Throttling", "Rate exceeded"))
            .await
            .1,
        3,
        "another account's are not"
    );
}

#[tokio::test]
async fn trouble_of_awss_own_is_tried_again_and_a_web_page_is_not() {
    let (why, times) = why_of(Reply::refused(503, "ServiceUnavailable", "later")).await;
    assert!(matches!(why, Why::Other { say } if say.contains("ServiceUnavailable")));
    assert_eq!(times, 3);

    let (why, times) = why_of(Reply::page(500)).await;
    assert!(matches!(why, Why::NotOffered { say } if say.contains("500")));
    assert_eq!(times, 1);

    let (why, times) = why_of(Reply::refused(501, "NotImplemented", "no")).await;
    assert!(matches!(why, Why::NotOffered { .. }));
    assert_eq!(times, 1);
}

#[tokio::test]
async fn the_sdks_clients_do_the_same() {
    let server = Server::start()
        .on("ListServiceDeployments", [Reply::page(500)])
        .on(
            "DescribeClusters",
            [
                Reply::refused_json(500, "ServerException", "later"),
                Reply::json(200, r#"{"clusters":[]}"#),
            ],
        );
    let reader = server.reader();
    let ecs = reader.ecs();
    let page = Box::pin(ecs.list_service_deployments().service("s").send());
    let page = reader.sdk(&calls::LIST_SERVICE_DEPLOYMENTS, page).await;
    assert!(matches!(page.unwrap_err().why, Why::NotOffered { .. }));
    assert_eq!(server.times("ListServiceDeployments"), 1);
    let again = Box::pin(ecs.describe_clusters().send());
    assert!(reader.sdk(&calls::DESCRIBE_CLUSTERS, again).await.is_ok());
    assert_eq!(server.times("DescribeClusters"), 2);
}

#[tokio::test]
async fn credentials_that_ran_out_are_told_from_bad_ones() {
    let expired = Why::Credentials(CredentialTrouble::Expired);
    assert_eq!(
        why_of(Reply::refused(403, "ExpiredToken", "x")).await.0,
        expired
    );
    let invalid = Why::Credentials(CredentialTrouble::Invalid);
    assert_eq!(
        why_of(Reply::refused(403, "InvalidClientTokenId", "x"))
            .await
            .0,
        invalid
    );
}

#[tokio::test]
async fn a_cut_answer_is_unknown() {
    let whole = "<ListGroupsForUserResponse><ListGroupsForUserResult><Groups/></ListGroupsForUserResult></ListGroupsForUserResponse>";
    let (why, times) = why_of(Reply::Cut(whole.to_owned())).await;
    assert!(matches!(why, Why::Other { say } if say.contains("broke off")));
    assert_eq!(times, 3);
}

#[tokio::test]
async fn an_unreadable_answer_is_unknown() {
    for body in [
        "",
        "<ListGroupsForUserResponse><ListGroupsForUserResult><Groups>",
        "<html>hello</html>",
        "{}",
        "\u{1b}[31mred",
    ] {
        let (why, _) = why_of(Reply::xml(200, body)).await;
        assert!(
            matches!(&why, Why::Other { say } if say.contains("could not be read") && !say.contains('\u{1b}')),
            "{body}: {why:?}"
        );
    }
    let server = Server::start().on(
        "DescribeRepositories",
        [Reply::json(200, "{\"repositories\":[")],
    );
    let fact = server
        .reader()
        .ask::<Repositories>(Input::none())
        .await
        .map(|_| ())
        .fact(&[]);
    assert!(matches!(fact, Fact::Unknown(Why::Other { .. })));
}

/// Anything can answer `{}`; AWS's own answer has a request id.
#[tokio::test]
async fn nothing_is_an_empty_list_only_when_aws_says_so() {
    let asked = async |kind: &'static str, operation: &str| {
        let nothing = Reply::Whole {
            status: 200,
            kind,
            body: "{}".to_owned(),
        };
        let server = Server::start().on(operation, [nothing]);
        let reader = server.reader();
        match operation {
            "DescribeBudgets" => reader
                .pages::<super::budgets::DescribeBudgets>(Input::none())
                .await
                .map(|found| found.len()),
            _ => reader
                .pages::<Repositories>(Input::none())
                .await
                .map(|found| found.len()),
        }
    };
    const PROXY: &str = "application/json";
    const AWS: &str = "application/x-amz-json-1.1\r\nx-amzn-requestid: 1";
    assert_eq!(asked(AWS, "DescribeBudgets").await, Ok(0));
    assert!(asked(PROXY, "DescribeBudgets").await.is_err());
    assert!(asked(AWS, "DescribeRepositories").await.is_err());
    assert!(asked(PROXY, "DescribeRepositories").await.is_err());
}

/// What ECS's client makes of an answer without the list: not that there is none.
#[tokio::test]
async fn an_ecs_answer_that_says_nothing_makes_nothing_absent() {
    let deep = format!("{{\"x\":{}{}}}", "[".repeat(20_000), "]".repeat(20_000));
    for body in [
        "{}",
        "{\"message\":\"ok\"}",
        "{\"clusters\":null,\"services\":null}",
        &deep,
    ] {
        let server = Server::answering(Reply::json(200, body));
        let wanted = [Area::Cluster, Area::Service, Area::Definitions, Area::Tasks].into();
        let got = collect(&server.reader(), &test_chapter(), &wanted, None).await;
        let snapshot = got.snapshot;
        let body: String = body.chars().take(60).collect();
        assert!(matches!(snapshot.cluster, Fact::Unknown(_)), "{body}");
        assert!(matches!(snapshot.service, Fact::Unknown(_)), "{body}");
        assert!(matches!(snapshot.revisions, Fact::Unknown(_)), "{body}");
        assert!(matches!(snapshot.tasks, Fact::Unknown(_)), "{body}");
        assert!(matches!(snapshot.stopped_tasks, Fact::Unknown(_)), "{body}");
    }
}

#[tokio::test]
async fn silence_is_a_time_out() {
    let server = Server::start().on(
        "ListGroupsForUser",
        [Reply::Silent(Duration::from_secs(20))],
    );
    let mut limits = quick();
    limits.read = Duration::from_millis(150);
    limits.attempts = 2;
    let began = Instant::now();
    let reader = Reader::new(session_with(&server.url, "us-east-1", limits));
    assert_eq!(group_names(&reader).await.unwrap_err().why, Why::TimedOut);
    assert!(began.elapsed() < Duration::from_secs(3));
}

#[tokio::test]
async fn a_closed_port_is_offline() {
    let port = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let reader = Reader::new(session_with(
        &format!("http://{port}"),
        "us-east-1",
        quick(),
    ));
    assert_eq!(group_names(&reader).await.unwrap_err().why, Why::Offline);
    let reader = Reader::new(session_with(
        "http://no.such.host.invalid",
        "us-east-1",
        quick(),
    ));
    assert_eq!(group_names(&reader).await.unwrap_err().why, Why::Offline);
}

#[tokio::test]
async fn the_same_question_goes_over_the_wire_once() {
    let server = Server::start().on("ListGroupsForUser", [groups(&["a"], None)]);
    let reader = server.reader();
    let (one, two) = tokio::join!(group_names(&reader), group_names(&reader));
    assert_eq!(one.unwrap(), two.unwrap());
    let other = Input::none().with("UserName", "bob");
    reader.pages::<Groups>(other).await.unwrap();
    assert_eq!(server.times("ListGroupsForUser"), 2);
    assert_eq!(reader.calls().len(), 2);
    // A new run asks anew.
    group_names(&server.reader()).await.unwrap();
    assert_eq!(server.times("ListGroupsForUser"), 3);
}

#[tokio::test]
async fn global_services_are_signed_for_the_home_region() {
    let server = Server::start()
        .on("ListGroupsForUser", [groups(&["a"], None)])
        .on(
            "DescribeRepositories",
            [Reply::json(200, r#"{"repositories":[]}"#)],
        );
    let reader = server.reader_in("eu-west-1");
    group_names(&reader).await.unwrap();
    reader.ask::<Repositories>(Input::none()).await.unwrap();
    let signed: Vec<_> = server
        .asked()
        .into_iter()
        .map(|asked| asked.authorization)
        .collect();
    assert!(
        signed[0].contains("/us-east-1/iam/aws4_request"),
        "{}",
        signed[0]
    );
    assert!(
        signed[1].contains("/eu-west-1/ecr/aws4_request"),
        "{}",
        signed[1]
    );
}
