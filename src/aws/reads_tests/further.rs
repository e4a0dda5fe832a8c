//! What is only asked when something fails: at the whole account, whose app crashed.

use super::*;
use crate::account::{Fact, LogTail, VpcDns, VpcId};
use crate::aws::whole_account::whole_account;

const CRASHED: &str = "fedcba9876543210fedcba9876543210";
const FURTHER: [&str; 5] = [
    "GetLogEvents",
    "DescribeNetworkAcls",
    "DescribeVpcAttribute",
    "DescribeNetworkInterfaces",
    "DescribeDBParameters",
];
const LOGS: [Area; 2] = [Area::Tasks, Area::Definitions];
const EDGE: [Area; 2] = [Area::Tasks, Area::Network];
const DATABASE: [Area; 2] = [Area::Tasks, Area::Databases];

async fn tails(server: &Server) -> Fact<Vec<LogTail>> {
    look(server, &LOGS).await.log_tails
}

fn json(path: &str, change: impl FnOnce(&mut serde_json::Value)) -> Reply {
    let mut body: serde_json::Value = serde_json::from_str(&recorded(path)).unwrap();
    change(&mut body);
    Reply::json(200, body.to_string())
}

fn tasks(change: impl FnOnce(&mut serde_json::Value)) -> Reply {
    json("whole/DescribeTasks.json", |body| {
        change(&mut body["tasks"])
    })
}

fn events(messages: &[&str], token: &str) -> Reply {
    let events: Vec<_> = messages
        .iter()
        .map(|message| serde_json::json!({"timestamp": 1_795_392_010_000_i64, "message": message}))
        .collect();
    let body = serde_json::json!({"events": events, "nextBackwardToken": token, "nextForwardToken": "f/1"});
    Reply::json(200, body.to_string())
}

#[tokio::test]
async fn the_end_of_the_crashed_containers_own_stream_is_read() {
    let server = whole_account();
    let tails = tails(&server).await;
    let Fact::Present(tails) = tails else {
        panic!("{tails:?}")
    };
    let [tail] = tails.as_slice() else {
        panic!("{tails:?}")
    };
    assert_eq!(tail.group, "/ecs/news-api");
    assert_eq!(tail.stream, format!("api/api/{CRASHED}"));
    assert_eq!(
        (tail.task.as_str(), tail.container.as_str()),
        (CRASHED, "api")
    );
    let lines: Vec<&str> = tail
        .lines
        .iter()
        .map(|line| line.message.as_str())
        .collect();
    assert_eq!(
        lines,
        [
            "INFO:     Started server process [1]",
            "Traceback (most recent call last):",
            "  File \"/app/db.py\", line 12, in connect",
            "asyncpg.exceptions.InvalidCatalogNameError: database \"news\" does not exist",
        ]
    );
    assert!(tail.lines.iter().all(|line| line.at.is_some()));
    let asked: Vec<_> = server
        .asked()
        .into_iter()
        .filter(|asked| asked.operation == "GetLogEvents")
        .collect();
    assert_eq!(asked.len(), 1);
    assert!(asked[0].body.contains("\"startFromHead\":false"));
    assert!(asked[0].body.contains("\"limit\":120"));
}

#[tokio::test]
async fn a_task_that_never_started_is_not_asked_for_its_log() {
    let never = tasks(|tasks| tasks[1]["startedAt"] = serde_json::Value::Null);
    let server = whole_account().on("DescribeTasks", [never]);
    assert_eq!(tails(&server).await, Fact::not_asked());
    assert_eq!(server.times("GetLogEvents"), 0);
}

#[tokio::test]
async fn a_stream_or_group_that_is_not_there_is_absent_and_a_refusal_is_not() {
    let missing = "The specified log stream does not exist.";
    let server = whole_account().on(
        "GetLogEvents",
        [Reply::refused_json(
            400,
            "ResourceNotFoundException",
            missing,
        )],
    );
    assert_eq!(tails(&server).await, Fact::Absent);
    let server = whole_account().on(
        "GetLogEvents",
        [Reply::refused_json(400, "AccessDeniedException", "no")],
    );
    assert_eq!(
        tails(&server).await,
        Fact::Unknown(denied("logs:GetLogEvents"))
    );
    let server = whole_account().on(
        "ListTasks",
        [Reply::refused_json(400, "AccessDeniedException", "no")],
    );
    assert_eq!(tails(&server).await, Fact::Unknown(denied("ecs:ListTasks")));
}

#[tokio::test]
async fn an_empty_page_is_no_empty_log_until_its_token_comes_back() {
    let lines_of = |fact: Fact<Vec<LogTail>>| fact.map(|tails| tails[0].lines.len());
    let server = whole_account().on(
        "GetLogEvents",
        [
            events(&[], "b/1"),
            events(&[], "b/2"),
            events(&["found"], "b/3"),
        ],
    );
    assert_eq!(lines_of(tails(&server).await), Fact::Present(1));
    let server = whole_account().on("GetLogEvents", [events(&[], "b/1")]);
    assert_eq!(lines_of(tails(&server).await), Fact::Present(0));
    assert_eq!(server.times("GetLogEvents"), 2);
    let server = whole_account().on(
        "GetLogEvents",
        (0..9).map(|at| events(&[], &format!("b/{at}"))),
    );
    assert!(matches!(
        tails(&server).await,
        Fact::Unknown(Why::Other { .. })
    ));
    assert_eq!(server.times("GetLogEvents"), 4);
}

#[tokio::test]
async fn what_is_kept_of_a_log_is_bounded_and_holds_no_secret() {
    let long = format!("password=hunter2 {}", "x ".repeat(1_000));
    let many: Vec<&str> = std::iter::repeat_n(long.as_str(), 100).collect();
    let server = whole_account().on("GetLogEvents", [events(&many, "b/1")]);
    let Fact::Present(tails) = tails(&server).await else {
        panic!("no tails")
    };
    assert_eq!(tails[0].lines.len(), 30);
    for line in &tails[0].lines {
        assert!(line.message.starts_with("password=(left out)"), "{line:?}");
        assert!(line.message.len() < 500);
    }
}

#[tokio::test]
async fn one_stream_is_read_for_each_way_of_stopping_and_three_at_most() {
    let server = whole_account().on(
        "DescribeTasks",
        [tasks(|tasks| {
            let crashed = tasks[1].clone();
            let ways = (0..8).map(|at| {
                let mut task = crashed.clone();
                task["taskArn"] = format!("arn:aws:ecs:us-east-1:1:task/c/{at}").into();
                task["stoppedReason"] = format!("Essential container {} exited", at % 4).into();
                task["stoppedAt"] = (1_795_392_020 + at).into();
                task
            });
            *tasks = ways.collect();
        })],
    );
    let Fact::Present(tails) = tails(&server).await else {
        panic!("no tails")
    };
    let tasks: Vec<&str> = tails.iter().map(|tail| tail.task.as_str()).collect();
    assert_eq!(tasks.len(), 3);
    assert_eq!(server.times("GetLogEvents"), 3);
}

#[tokio::test]
async fn the_definition_of_a_rejected_revision_is_read_for_its_stream() {
    let other = "arn:aws:ecs:us-east-1:123456789012:task-definition/news-api-task:2";
    let rejected = tasks(|tasks| tasks[1]["taskDefinitionArn"] = other.into());
    let server = whole_account().on("DescribeTasks", [rejected]);
    let snapshot = look(&server, &LOGS).await;
    let asked = server.asked();
    let asked_for = |arn: &str| {
        asked
            .iter()
            .any(|one| one.operation == "DescribeTaskDefinition" && one.body.contains(arn))
    };
    assert!(asked_for("news-api-task:2"));
    assert!(snapshot.definitions.contains_key(&other.into()));
    assert!(matches!(snapshot.log_tails, Fact::Present(_)));
}

#[tokio::test]
async fn a_log_in_another_region_is_read_there() {
    let elsewhere = json("whole/DescribeTaskDefinition.json", |body| {
        body["taskDefinition"]["containerDefinitions"][0]["logConfiguration"]["options"]["awslogs-region"] =
            "eu-west-1".into();
    });
    let server = whole_account().on("DescribeTaskDefinition", [elsewhere]);
    assert!(matches!(tails(&server).await, Fact::Present(_)));
    let asked = server.asked();
    let one = asked
        .iter()
        .find(|asked| asked.operation == "GetLogEvents")
        .unwrap();
    assert!(
        one.authorization.contains("/eu-west-1/logs/"),
        "{}",
        one.authorization
    );
}

#[tokio::test]
async fn the_edge_of_the_tasks_network_is_read_for_their_vpc() {
    let server = whole_account();
    let network = look(&server, &EDGE).await.network;
    assert_eq!(network.acls.map(|acls| acls.len()), Fact::Present(2));
    assert_eq!(network.interfaces.map(|all| all.len()), Fact::Present(2));
    let vpc = VpcId::from("vpc-0a1b2c3d4e5f60001");
    let settings = VpcDns {
        resolves: true,
        gives_names: false,
    };
    assert_eq!(network.dns, [(vpc, Fact::Present(settings))].into());
    let asked = server.asked();
    let interfaces = asked
        .iter()
        .find(|asked| asked.operation == "DescribeNetworkInterfaces")
        .unwrap();
    assert!(
        interfaces
            .body
            .contains("&Filter.1.Name=vpc-id&Filter.1.Value.1=vpc-0a1b2c3d4e5f60001&"),
        "{}",
        interfaces.body
    );
}

#[tokio::test]
async fn each_refusal_at_the_edge_leaves_the_others() {
    for operation in [
        "DescribeNetworkAcls",
        "DescribeVpcAttribute",
        "DescribeNetworkInterfaces",
    ] {
        let refused = "<Response><Errors><Error><Code>UnauthorizedOperation</Code><Message>no</Message></Error></Errors></Response>";
        let server = whole_account().on(operation, [Reply::xml(403, refused)]);
        let network = look(&server, &EDGE).await.network;
        let unread = [
            network.acls.why().cloned(),
            network.dns.values().next().and_then(Fact::why).cloned(),
            network.interfaces.why().cloned(),
        ];
        let unread: Vec<Why> = unread.into_iter().flatten().collect();
        assert_eq!(unread, [denied(&format!("ec2:{operation}"))]);
    }
}

#[tokio::test]
async fn a_setting_that_is_not_in_the_answer_is_not_taken_for_off() {
    let only = changed(
        "ec2/DescribeVpcAttribute.xml",
        "enableDnsHostnames",
        "enableOther",
    );
    let server = whole_account().on("DescribeVpcAttribute", [only]);
    let network = look(&server, &EDGE).await.network;
    let fact = network.dns.values().next().unwrap();
    assert!(matches!(fact, Fact::Unknown(Why::Other { .. })), "{fact:?}");
}

#[tokio::test]
async fn only_a_parameter_group_of_the_learners_own_is_asked_about_tls() {
    let forces = |snapshot: Snapshot| match snapshot.databases {
        Fact::Present(databases) => databases[0].force_ssl.clone(),
        other => panic!("{other:?}"),
    };
    let one_page = |instead: &str| {
        let body = recorded("rds/DescribeDBInstances.xml")
            .replace("<Marker>bm90IHRoZSBsYXN0</Marker>", "")
            .replace("news-postgres17", instead);
        Reply::xml(200, body)
    };
    let server = whole_account();
    assert_eq!(forces(look(&server, &DATABASE).await), Fact::Present(false));
    let on = changed(
        "rds/DescribeDBParameters.xml",
        "<ParameterValue>0<",
        "<ParameterValue>1<",
    );
    let server = whole_account().on("DescribeDBParameters", [on]);
    assert_eq!(forces(look(&server, &DATABASE).await), Fact::Present(true));
    let unset = changed("rds/DescribeDBParameters.xml", "rds.force_ssl", "rds.other");
    let server = whole_account().on("DescribeDBParameters", [unset]);
    assert_eq!(forces(look(&server, &DATABASE).await), Fact::Absent);
    let server = whole_account().on(
        "DescribeDBParameters",
        [Reply::refused(403, "AccessDenied", "no")],
    );
    assert_eq!(
        forces(look(&server, &DATABASE).await),
        Fact::Unknown(denied("rds:DescribeDBParameters"))
    );
    let server = whole_account().on("DescribeDBInstances", [one_page("default.postgres17")]);
    assert_eq!(forces(look(&server, &DATABASE).await), Fact::not_asked());
    assert_eq!(server.times("DescribeDBParameters"), 0);
}

#[tokio::test]
async fn while_nothing_fails_none_of_it_is_asked() {
    let purpose = tasks(|tasks| {
        for task in tasks.as_array_mut().unwrap() {
            task["stopCode"] = "UserInitiated".into();
        }
    });
    let healthy = Reply::xml(
        200,
        "<DescribeTargetHealthResponse><DescribeTargetHealthResult><TargetHealthDescriptions/>\
         </DescribeTargetHealthResult></DescribeTargetHealthResponse>",
    );
    let arns = reply("whole/ListTasks.json");
    let server = at_rest()
        .on("ListTasks", [arns])
        .on("DescribeTasks", [purpose])
        .on("DescribeTargetHealth", [healthy]);
    let snapshot = look(&server, &Area::USUAL).await;
    for operation in FURTHER {
        assert_eq!(server.times(operation), 0, "{operation}");
    }
    assert_eq!(snapshot.log_tails, Fact::not_asked());
    assert_eq!(snapshot.network.acls, Fact::not_asked());
    assert_eq!(snapshot.network.interfaces, Fact::not_asked());
    assert!(snapshot.network.dns.is_empty());
}

/// The whole account while all is well: no task failed.
fn at_rest() -> Server {
    let fine = json("whole/DescribeServices.json", |body| {
        body["services"][0]["runningCount"] = 2.into();
    });
    let none = Reply::json(200, r#"{"taskArns":[]}"#);
    whole_account()
        .on("DescribeServices", [fine])
        .on("ListTasks", [none])
}

#[tokio::test]
async fn an_endpoint_that_is_not_reached_is_a_reason_too_and_asks_once() {
    use crate::aws::look_at_edge;
    let server = at_rest();
    let reader = server.reader();
    let wanted = BTreeSet::from([Area::Service, Area::Balancers, Area::Network]);
    let mut snapshot = collect(&reader, &test_chapter(), &wanted, None)
        .await
        .snapshot;
    assert_eq!(snapshot.network.acls, Fact::not_asked());
    look_at_edge(&reader, &mut snapshot).await;
    assert!(matches!(snapshot.network.acls, Fact::Present(_)));
    assert!(matches!(snapshot.network.interfaces, Fact::Present(_)));
    assert!(!snapshot.network.dns.is_empty());
    // Only what has a balancer to be reached, and only what was not asked before.
    snapshot.network.acls = Fact::Unknown(Why::Throttled);
    look_at_edge(&reader, &mut snapshot).await;
    assert_eq!(snapshot.network.acls, Fact::Unknown(Why::Throttled));
    snapshot.network.acls = Fact::not_asked();
    snapshot.balancers = Fact::Absent;
    look_at_edge(&reader, &mut snapshot).await;
    assert_eq!(snapshot.network.acls, Fact::not_asked());
    assert_eq!(server.times("DescribeNetworkAcls"), 1);
}
