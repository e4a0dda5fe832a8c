//! Nothing but declared calls leaves the process.

use super::call::{Call, Paging, Protocol, Scope};
use super::endpoint::ServiceId;
use super::testing::Server;
use super::{Input, Undeclared};
use crate::account::{Area, Why};
use std::error::Error;

static DELETE_USER: Call = Call {
    service: ServiceId::Iam,
    operation: "DeleteUser",
    protocol: Protocol::Query {
        version: "2010-05-08",
    },
    action: "iam:DeleteUser",
    takes: &["UserName"],
    paging: Paging::Whole,
    areas: &[Area::User],
    scope: Scope::Everything,
};

fn is_refused_by_the_guard(error: &(dyn Error + 'static)) -> bool {
    let mut next = Some(error);
    while let Some(error) = next {
        if error.downcast_ref::<Undeclared>().is_some() {
            return true;
        }
        next = error.source();
    }
    false
}

#[tokio::test]
async fn a_call_that_changes_something_leaves_nothing_on_the_wire() {
    let server = Server::start();
    let reader = server.reader();

    let created = reader.ecs().create_cluster().cluster_name("x").send().await;
    assert!(is_refused_by_the_guard(&created.unwrap_err()));
    let stopped = reader.ecs().stop_task().task("x").send().await;
    assert!(is_refused_by_the_guard(&stopped.unwrap_err()));

    let assumed = reader
        .sts()
        .assume_role()
        .role_arn("arn:aws:iam::1:role/a")
        .role_session_name("x")
        .send()
        .await;
    assert!(is_refused_by_the_guard(&assumed.unwrap_err()));

    let deleted = reader
        .send(&DELETE_USER, &Input::none().with("UserName", "ann"))
        .await
        .unwrap_err();
    assert!(
        matches!(&deleted.why, Why::Other { say } if say.contains("nothing was sent")),
        "{deleted:?}"
    );

    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn an_input_that_was_not_declared_leaves_nothing_on_the_wire() {
    let server = Server::start();
    let input = Input::none().with("UserName", "ann").with("Path", "/");
    let error = server
        .reader()
        .send(&super::calls::GET_USER, &input)
        .await
        .unwrap_err();
    assert!(matches!(&error.why, Why::Other { say } if say.contains("Path")));
    assert_eq!(server.connections(), 0);
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
