//! Nothing but declared calls leaves the process: calls that change something, or give out a secret, are put through
//! every client that a reader can build, at a listener that counts connections.

use super::call::{Call, Paging, Protocol, Scope};
use super::endpoint::ServiceId;
use super::testing::Server;
use super::{Input, ReadError, Reader, Undeclared, calls};
use crate::account::{Area, Why};
use std::error::Error;
use std::path::{Path, PathBuf};
use std::time::Duration;

const fn call(service: ServiceId, operation: &'static str, protocol: Protocol) -> Call {
    Call {
        service,
        operation,
        protocol,
        action: "none:Such",
        takes: &["Name"],
        paging: Paging::Whole,
        areas: &[Area::Caller],
        with: &[],
        scope: Scope::Everything,
    }
}

macro_rules! forbidden {
    ($($service:ident in $protocol:expr => [$($operation:literal),*];)*) => {
        /// Calls that no reader may make, for every service that it knows.
        static FORBIDDEN: &[&Call] = &[$($({
            static CALL: Call = call(ServiceId::$service, $operation, $protocol);
            &CALL
        }),*),*];

        /// Fails to compile when a service has no line above.
        const fn is_listed(service: ServiceId) -> bool {
            match service {
                $(ServiceId::$service => true,)*
            }
        }
    };
}

const QUERY: Protocol = Protocol::Query { version: "1" };
const EC2: Protocol = Protocol::Ec2Query { version: "1" };
const JSON: Protocol = Protocol::Json { target: "T" };

forbidden! {
    // Read through their SDK clients; the thin layer would send them all the same, if the guard let it.
    Sts in QUERY => ["AssumeRole", "GetSessionToken", "GetFederationToken", "AssumeRoleWithWebIdentity"];
    Ecs in JSON => ["DeleteService", "UpdateService", "RunTask", "ExecuteCommand"];
    Iam in QUERY => ["CreateUser", "DeleteUser", "AttachUserPolicy", "PutRolePolicy", "CreateAccessKey", "GenerateCredentialReport"];
    Budgets in JSON => ["CreateBudget", "DeleteBudget", "UpdateBudget"];
    Ecr in JSON => ["PutImage", "BatchDeleteImage", "DeleteRepository", "GetAuthorizationToken"];
    Rds in QUERY => ["DeleteDBInstance", "ModifyDBInstance", "StopDBInstance", "RestoreDBInstanceFromDBSnapshot"];
    ElastiCache in QUERY => ["DeleteCacheCluster", "ModifyCacheCluster", "DeleteServerlessCache"];
    Balancing in QUERY => ["DeleteLoadBalancer", "ModifyListener", "DeregisterTargets"];
    Acm in JSON => ["DeleteCertificate", "ExportCertificate", "RequestCertificate"];
    Ssm in JSON => ["GetParameter", "GetParameters", "GetParametersByPath", "GetParameterHistory", "PutParameter", "DeleteParameter", "SendCommand"];
    SecretsManager in JSON => ["GetSecretValue", "BatchGetSecretValue", "PutSecretValue", "DeleteSecret"];
    Logs in JSON => ["DeleteLogGroup", "PutRetentionPolicy", "PutLogEvents"];
    Ec2 in EC2 => ["AuthorizeSecurityGroupIngress", "RevokeSecurityGroupIngress", "TerminateInstances", "DeleteVpc", "ReleaseAddress"];
}

pub(super) fn is_refused_by_the_guard(error: &(dyn Error + 'static)) -> bool {
    let mut next = Some(error);
    while let Some(error) = next {
        if error.downcast_ref::<Undeclared>().is_some() {
            return true;
        }
        next = error.source();
    }
    false
}

fn says_that_nothing_was_sent(error: &ReadError) -> bool {
    matches!(&error.why, Why::Other { say } if say.contains("nothing was sent"))
}

/// A connection that is late counts as well.
async fn nothing_arrived(server: &Server) {
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn what_changes_something_or_gives_out_a_secret_is_not_sent_by_the_thin_layer() {
    let server = Server::start();
    let reader = server.reader();
    for call in FORBIDDEN {
        assert!(is_listed(call.service));
        let error = reader.send(call, &Input::none()).await.unwrap_err();
        assert!(
            says_that_nothing_was_sent(&error),
            "{}: {error:?}",
            call.api()
        );
    }
    nothing_arrived(&server).await;
    // The listener does hear what is allowed.
    let _ = reader
        .send(&calls::GET_ACCOUNT_SUMMARY, &Input::none())
        .await;
    assert_eq!(server.connections(), 1);
}

/// A declared name in another service, in another spelling, or with something around it, is another call.
#[tokio::test]
async fn what_only_looks_declared_is_not_sent() {
    static ELSEWHERE: Call = call(ServiceId::Rds, "GetAccountSummary", QUERY);
    static SMALL: Call = call(ServiceId::Ec2, "describeVpcs", EC2);
    static LONGER: Call = call(ServiceId::Ssm, "DescribeParametersAndDelete", JSON);
    static INJECTED: Call = call(ServiceId::Iam, "GetUser&Action=DeleteUser", QUERY);
    static NAMELESS: Call = call(ServiceId::Iam, "", QUERY);
    let server = Server::start();
    for call in [&ELSEWHERE, &SMALL, &LONGER, &INJECTED, &NAMELESS] {
        let error = server
            .reader()
            .send(call, &Input::none())
            .await
            .unwrap_err();
        assert!(
            says_that_nothing_was_sent(&error),
            "{}: {error:?}",
            call.api()
        );
    }
    nothing_arrived(&server).await;
}

/// The one request without a signature goes through the guard too.
#[tokio::test]
async fn nothing_is_downloaded_in_the_name_of_an_undeclared_call() {
    static GET_OBJECT: Call = call(ServiceId::Ecr, "GetObject", JSON);
    let server = Server::start();
    let url = format!("{}/object", server.url);
    let error = server
        .reader()
        .download(&GET_OBJECT, &url, 10)
        .await
        .unwrap_err();
    assert!(says_that_nothing_was_sent(&error), "{error:?}");
    nothing_arrived(&server).await;
}

macro_rules! refused {
    ($($asked:expr),* $(,)?) => {$(
        let error = Box::pin($asked.send()).await.expect_err(stringify!($asked));
        assert!(is_refused_by_the_guard(&error), "{}: {error:?}", stringify!($asked));
    )*};
}

#[tokio::test]
async fn what_changes_something_is_not_sent_by_the_ecs_client() {
    let server = Server::start();
    let ecs = server.reader().ecs();
    refused![
        ecs.create_cluster().cluster_name("x"),
        ecs.delete_cluster().cluster("x"),
        ecs.delete_service().service("x"),
        ecs.update_service().service("x").desired_count(0),
        ecs.run_task().task_definition("x"),
        ecs.stop_task().task("x"),
        ecs.execute_command()
            .task("x")
            .command("sh")
            .interactive(true),
        ecs.register_task_definition().family("x"),
        ecs.deregister_task_definition().task_definition("x"),
        ecs.put_account_setting()
            .name(aws_sdk_ecs::types::SettingName::ContainerInsights)
            .value("enabled"),
        // Reads that the table does not declare are no better.
        ecs.list_clusters(),
        ecs.list_account_settings(),
    ];
    nothing_arrived(&server).await;
}

#[tokio::test]
async fn no_other_identity_is_taken_by_the_sts_client() {
    let server = Server::start();
    let sts = server.reader().sts();
    refused![
        sts.assume_role()
            .role_arn("arn:aws:iam::1:role/a")
            .role_session_name("x"),
        sts.assume_role_with_web_identity()
            .role_arn("arn:aws:iam::1:role/a")
            .role_session_name("x")
            .web_identity_token("t"),
        sts.get_session_token(),
        sts.get_federation_token().name("x"),
        sts.decode_authorization_message().encoded_message("x"),
        sts.get_access_key_info()
            .access_key_id("AKIAIOSFODNN7EXAMPLE"),
    ];
    nothing_arrived(&server).await;
}

/// Also in the region next door: a reader of another region is another client.
#[tokio::test]
async fn another_region_is_guarded_too() {
    let server = Server::start();
    let there: Reader = server.reader().in_region("eu-west-1".into());
    let (ecs, sts) = (there.ecs(), there.sts());
    refused![ecs.delete_service().service("x"), sts.get_session_token()];
    for call in FORBIDDEN {
        assert!(there.send(call, &Input::none()).await.is_err());
    }
    nothing_arrived(&server).await;
}

#[tokio::test]
async fn an_input_that_was_not_declared_leaves_nothing_on_the_wire() {
    let server = Server::start();
    let input = Input::none().with("UserName", "ann").with("Path", "/");
    let error = server
        .reader()
        .send(&calls::GET_USER, &input)
        .await
        .unwrap_err();
    assert!(matches!(&error.why, Why::Other { say } if say.contains("Path")));
    nothing_arrived(&server).await;
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

/// Whatever builds something that sends does so with the guard on it, in two files that can be read in a minute; and
/// nothing anywhere takes an interceptor off again.
#[test]
fn nothing_can_send_without_the_guard() {
    // As pieces, so that this test does not find itself.
    let builds = [
        ["Operation", "::builder()"].concat(),
        ["config::Builder", "::from(&"].concat(),
    ];
    let never = [
        ["disable_", "interceptor"].concat(),
        ["config_", "override"].concat(),
        ["ecs::Client", "::new("].concat(),
        ["sts::Client", "::new("].concat(),
    ];
    let mut files = Vec::new();
    sources(
        Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")),
        &mut files,
    );
    let mut built = 0;
    for path in files {
        let text = std::fs::read_to_string(&path).unwrap();
        for word in &never {
            assert!(
                !text.contains(word.as_str()),
                "{} says {word}",
                path.display()
            );
        }
        for word in &builds {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            for (at, _) in text.match_indices(word.as_str()) {
                let guard = match name.as_str() {
                    "operation.rs" | "download.rs" => ".interceptor(ReadOnlyGuard)",
                    // Classes alone: one call, no read.
                    "assume.rs" => ".interceptor(OnlyAssumeRole)",
                    _ => panic!("{name} builds something that sends"),
                };
                // The budget of retries is built on the way.
                let retries = ["RetryPartition::custom(\"landfall-class\")", ".build()"].concat();
                let rest = text[at..].replace(&retries, "");
                let end = rest.find(".build()").expect("it is built");
                assert!(
                    rest[..end].contains(guard),
                    "{name} builds something without the guard"
                );
                built += 1;
            }
        }
    }
    assert_eq!(
        built, 5,
        "the thin layer, the download, ECS, STS, and STS for a class"
    );
}

/// AssumeRole is ours in class mode only: one file asks for it, and one command goes there.
#[test]
fn only_a_class_is_looked_at_through_roles() {
    let asks = ["assume_", "role()"].concat();
    let goes_there = ["fleet", "::"].concat();
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src"));
    let mut files = Vec::new();
    sources(root, &mut files);
    let (mut asked, mut went) = (Vec::new(), Vec::new());
    for path in files {
        let text = std::fs::read_to_string(&path).unwrap();
        let name = path.strip_prefix(root).unwrap().display().to_string();
        if text.contains(&asks) && name != "aws/guard_tests.rs" {
            asked.push(name.clone());
        }
        if text.contains(&goes_there) {
            went.push(name);
        }
    }
    assert_eq!(asked, ["aws/fleet/assume.rs"]);
    assert!(!went.is_empty());
    for name in went {
        assert!(name.starts_with("app/class/verify"), "{name} goes there");
    }
}

#[tokio::test]
async fn a_region_that_is_none_leaves_nothing_on_the_wire_and_panics_nowhere() {
    let server = Server::start();
    for region in [
        "us-east-1\u{1b}[31m",
        "evil.example.com/#",
        "us east",
        "",
        "ü",
    ] {
        let reader = server.reader().in_region(region.into());
        let error = reader
            .send(&super::calls::DESCRIBE_VPCS, &Input::none())
            .await;
        let said = matches!(&error.unwrap_err().why, Why::Other { say } if say.contains("region"));
        assert!(said, "{region:?}");
        let asked = Box::pin(reader.ecs().list_tasks().send());
        let error = reader
            .sdk(&super::calls::LIST_TASKS, asked)
            .await
            .unwrap_err();
        assert!(
            matches!(&error.why, Why::Other { .. }),
            "{region:?}: {error:?}"
        );
    }
    assert_eq!(server.connections(), 0);
}
