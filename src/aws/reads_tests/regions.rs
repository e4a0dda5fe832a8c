use super::*;
use crate::account::{Extent, Fact, ImagesSize, Launch, LeftoverKind, Leftovers, Tasks};

const CLUSTER_HERE: &str = r#"{"clusters":[{"clusterName":"news-api-cluster","clusterArn":"a","status":"ACTIVE"}],"failures":[]}"#;
const CLUSTER_MISSING: &str = r#"{"clusters":[],"failures":[{"arn":"a","reason":"MISSING"}]}"#;
const IMAGES: &str = r#"{"imageDetails":[
    {"imageDigest":"sha256:1","imageTags":["v1.0.0","latest"],"imageSizeInBytes":90000000},
    {"imageDigest":"sha256:2","imageSizeInBytes":80000000}]}"#;
const NO_DATABASES: &str = "<DescribeDBInstancesResponse><DescribeDBInstancesResult><DBInstances/></DescribeDBInstancesResult></DescribeDBInstancesResponse>";

async fn leftovers(server: &Server) -> Leftovers {
    let snapshot = look(server, &[Area::Leftovers]).await;
    match snapshot.leftovers {
        Fact::Present(found) => found,
        other => panic!("{other:?}"),
    }
}

fn full() -> Server {
    let service = r#"{"services":[{"serviceName":"news-api-service","status":"ACTIVE","desiredCount":2,"runningCount":2,"pendingCount":0}],"failures":[]}"#;
    let repository = r#"{"repositories":[{"repositoryName":"news-aggregator-api","repositoryArn":"arn:aws:ecr:us-east-1:123456789012:repository/news-aggregator-api",
        "repositoryUri":"123456789012.dkr.ecr.us-east-1.amazonaws.com/news-aggregator-api","imageTagMutability":"MUTABLE","createdAt":1795392000.0}]}"#;
    Server::start()
        .plays("DescribeRegions", "ec2/DescribeRegions.xml")
        .on("DescribeServices", [Reply::json(200, service)])
        .plays(
            "DescribeLoadBalancers",
            "elasticloadbalancing/DescribeLoadBalancers.xml",
        )
        .on(
            "DescribeDBInstances",
            [changed(
                "rds/DescribeDBInstances.xml",
                "<Marker>bm90IHRoZSBsYXN0</Marker>",
                "",
            )],
        )
        .plays("DescribeDBClusters", "rds/DescribeDBClusters.xml")
        .plays("DescribeDBSnapshots", "rds/DescribeDBSnapshots.xml")
        .plays(
            "DescribeCacheClusters",
            "elasticache/DescribeCacheClusters.xml",
        )
        .plays(
            "DescribeReplicationGroups",
            "elasticache/DescribeReplicationGroups.xml",
        )
        .plays(
            "DescribeServerlessCaches",
            "elasticache/DescribeServerlessCaches.xml",
        )
        .plays("DescribeSnapshots", "elasticache/DescribeSnapshots.xml")
        .plays("DescribeNatGateways", "ec2/DescribeNatGateways.xml")
        .plays("DescribeAddresses", "ec2/DescribeAddresses.xml")
        .plays("DescribeLogGroups", "logs/DescribeLogGroups.json")
        .on("DescribeRepositories", [Reply::json(200, repository)])
        .on("DescribeImages", [Reply::json(200, IMAGES)])
}

#[tokio::test]
async fn everything_that_costs_money_is_found_in_every_enabled_region() {
    let server = full();
    let found = leftovers(&server).await;
    let snapshots = server
        .asked()
        .into_iter()
        .find(|asked| asked.operation == "DescribeSnapshots");
    assert!(
        snapshots.unwrap().body.contains("MaxRecords=50"),
        "AWS refuses more"
    );
    let regions: Vec<&str> = found
        .looked_in
        .iter()
        .map(|region| region.as_str())
        .collect();
    assert_eq!(regions, ["us-east-1", "eu-south-1"]);
    assert_eq!(found.unreadable, []);
    let here: Vec<(LeftoverKind, &str, bool)> = found
        .found
        .iter()
        .filter(|one| one.region.as_str() == "eu-south-1")
        .map(|one| (one.kind, one.name.as_str(), one.of_chapter))
        .collect();
    use LeftoverKind::*;
    let expected = [
        (Service, "news-api-service", true),
        (Balancer, "news-api-alb", true),
        (Balancer, "inside", false),
        (Balancer, "firewall", false),
        (Database, "news-api-db", true),
        (Database, "fresh", false),
        (DatabaseCluster, "fresh-cluster", false),
        (DatabaseSnapshot, "news-api-db-final", true),
        (Cache, "news-api-redis", true),
        (ReplicationGroup, "group", false),
        (ReplicationGroup, "shards", false),
        (ReplicationGroup, "open", false),
        (ServerlessCache, "news-api-redis", true),
        (CacheSnapshot, "news-api-redis-final", true),
        (NatGateway, "nat-04ae55e711cec5680", false),
        (Address, "eipalloc-09", false),
        (LogGroup, "/ecs/news-api", true),
        (Repository, "news-aggregator-api", true),
    ];
    assert_eq!(here, expected);
}

#[tokio::test]
async fn what_is_left_comes_with_its_size() {
    let found = leftovers(&full()).await.found;
    let extent = |kind: LeftoverKind| {
        let one = found
            .iter()
            .find(|one| one.kind == kind && one.extent != Extent::NotRead);
        one.map(|one| one.extent.clone())
    };
    assert_eq!(
        extent(LeftoverKind::Repository),
        Some(Extent::Images(ImagesSize {
            count: 2,
            bytes: 170_000_000,
            untagged: 1,
            untagged_bytes: 80_000_000,
        }))
    );
    assert!(matches!(
        extent(LeftoverKind::Service),
        Some(Extent::Tasks(Tasks {
            running: 2,
            launch: Launch::Fargate,
            ..
        }))
    ));
    let measured = [
        LeftoverKind::Balancer,
        LeftoverKind::Database,
        LeftoverKind::DatabaseCluster,
        LeftoverKind::DatabaseSnapshot,
        LeftoverKind::Cache,
        LeftoverKind::ServerlessCache,
        LeftoverKind::NatGateway,
        LeftoverKind::LogGroup,
    ];
    for kind in measured {
        assert!(extent(kind).is_some(), "{kind:?}");
    }
    let balancer = found
        .iter()
        .find(|one| one.kind == LeftoverKind::Balancer)
        .unwrap();
    let arn = balancer.arn.as_ref().unwrap().as_str();
    assert!(arn.starts_with("arn:aws:elasticloadbalancing:"), "{arn}");
}

#[tokio::test]
async fn images_that_cannot_be_listed_hide_no_repository() {
    let server = full().on(
        "DescribeImages",
        [Reply::refused(403, "AccessDeniedException", "no")],
    );
    let found = leftovers(&server).await;
    let unread: Vec<&str> = found
        .unreadable
        .iter()
        .map(|one| one.call.as_str())
        .collect();
    assert_eq!(
        unread,
        ["ecr:DescribeImages", "ecr:DescribeImages"],
        "in two regions"
    );
    let repository = found
        .found
        .iter()
        .find(|one| one.kind == LeftoverKind::Repository);
    assert_eq!(repository.unwrap().extent, Extent::NotRead);
}

#[tokio::test]
async fn what_is_going_already_and_what_costs_nothing_is_left_out() {
    let idle = r#"{"services":[{"serviceName":"news-api-service","status":"ACTIVE","desiredCount":0,"runningCount":0,"pendingCount":0}],"failures":[]}"#;
    let going = recorded("rds/DescribeDBInstances.xml")
        .replace("<Marker>bm90IHRoZSBsYXN0</Marker>", "")
        .replace(
            "<DBInstanceStatus>available<",
            "<DBInstanceStatus>deleting<",
        );
    let server = full()
        .on("DescribeServices", [Reply::json(200, idle)])
        .on("DescribeDBInstances", [Reply::xml(200, going)])
        .on(
            "DescribeNatGateways",
            [changed(
                "ec2/DescribeNatGateways.xml",
                "<state>available",
                "<state>deleted",
            )],
        )
        .on(
            "DescribeServerlessCaches",
            [changed(
                "elasticache/DescribeServerlessCaches.xml",
                "AVAILABLE",
                "DELETING",
            )],
        );
    let found = leftovers(&server).await.found;
    let there = |kind: LeftoverKind, name: &str| {
        found.iter().any(|one| one.kind == kind && one.name == name)
    };
    assert!(!there(LeftoverKind::Service, "news-api-service"));
    assert!(!there(LeftoverKind::Database, "news-api-db"));
    assert!(!there(LeftoverKind::NatGateway, "nat-04ae55e711cec5680"));
    assert!(there(LeftoverKind::DatabaseSnapshot, "news-api-db-final"));
}

#[tokio::test]
async fn what_cannot_be_read_is_listed_and_hides_nothing() {
    let server = full().on(
        "DescribeLoadBalancers",
        [Reply::refused(403, "AccessDenied", "no")],
    );
    let found = leftovers(&server).await;
    assert_eq!(found.unreadable.len(), 2);
    let unread = &found.unreadable[0];
    assert_eq!(unread.call, "elasticloadbalancing:DescribeLoadBalancers");
    assert_eq!(
        unread.why,
        denied("elasticloadbalancing:DescribeLoadBalancers")
    );
    assert!(found.found.iter().any(|one| one.name == "news-api-db"));
    let blind = Server::start();
    let snapshot = look(&blind, &[Area::Leftovers]).await;
    assert!(
        matches!(snapshot.leftovers, Fact::Unknown(_)),
        "no regions, no answer"
    );
}

#[tokio::test]
async fn leftovers_are_not_looked_for_unless_asked() {
    let server = full();
    let snapshot = look(&server, &[Area::Databases]).await;
    assert_eq!(snapshot.leftovers, Fact::not_asked());
    assert_eq!(server.times("DescribeRegions"), 0);
}

#[tokio::test]
async fn other_regions_are_looked_at_when_nothing_of_the_chapter_is_here() {
    let server = Server::start().on(
        "DescribeClusters",
        [
            Reply::json(200, CLUSTER_MISSING),
            Reply::json(200, CLUSTER_HERE),
        ],
    );
    let snapshot = look(&server, &[Area::Cluster]).await;
    let seen = snapshot.elsewhere.present().unwrap();
    let regions: Vec<&str> = seen.iter().map(|one| one.region.as_str()).collect();
    assert_eq!(regions, ["us-west-2", "eu-west-1", "eu-central-1"]);
    assert!(
        seen.iter()
            .all(|one| one.what == "ECS cluster" && one.name == "news-api-cluster")
    );
}

#[tokio::test]
async fn other_regions_are_left_alone_while_something_of_the_chapter_is_here() {
    let here = changed(
        "rds/DescribeDBInstances.xml",
        "<Marker>bm90IHRoZSBsYXN0</Marker>",
        "",
    );
    for (cluster, databases) in [
        (CLUSTER_HERE, Reply::xml(200, NO_DATABASES)),
        (CLUSTER_MISSING, here),
    ] {
        let server = Server::start()
            .on("DescribeClusters", [Reply::json(200, cluster)])
            .on("DescribeDBInstances", [databases]);
        let snapshot = look(&server, &[Area::Cluster, Area::Databases]).await;
        assert_eq!(snapshot.elsewhere, Fact::not_asked());
        let asked = (
            server.times("DescribeClusters"),
            server.times("DescribeDBInstances"),
        );
        assert_eq!(asked, (1, 1));
    }
}

#[tokio::test]
async fn an_unread_account_is_no_reason_to_look_elsewhere() {
    let server = Server::answering(Reply::refused_json(400, "AccessDeniedException", "no"));
    let snapshot = look(&server, &[Area::Cluster, Area::Databases]).await;
    assert_eq!(snapshot.elsewhere, Fact::not_asked());
}

#[tokio::test]
async fn a_certificate_for_the_host_is_looked_for_where_people_know_it_from() {
    let none = Reply::json(200, r#"{"CertificateSummaryList": []}"#);
    let there = r#"{"CertificateSummaryList": [{"CertificateArn": "a", "DomainName": "*.example.com", "SubjectAlternativeNameSummaries": ["*.example.com", "example.com"]},
        {"CertificateArn": "b", "DomainName": "example.org", "SubjectAlternativeNameSummaries": ["example.org"]}]}"#;
    let server = Server::start().on("ListCertificates", [none.clone(), Reply::json(200, there)]);
    let wanted = BTreeSet::from([Area::Certificates]);
    let got = collect(
        &server.reader_in("eu-west-3"),
        &test_chapter(),
        &wanted,
        None,
    )
    .await;
    let seen = got.snapshot.elsewhere.present().unwrap();
    let [one] = seen.as_slice() else {
        panic!("{seen:?}")
    };
    assert_eq!(
        (one.region.as_str(), one.what.as_str(), one.name.as_str()),
        ("us-east-1", "certificate", "*.example.com")
    );
    let at_home = Server::start().on("ListCertificates", [none]);
    look(&at_home, &[Area::Certificates]).await;
    assert_eq!(at_home.times("ListCertificates"), 1, "us-east-1 is here");
}

#[tokio::test]
async fn regions_that_cannot_be_read_leave_it_unknown_where_the_chapter_is() {
    let server = Server::start().on(
        "DescribeClusters",
        [
            Reply::json(200, CLUSTER_MISSING),
            Reply::refused_json(400, "AccessDeniedException", "no"),
        ],
    );
    let snapshot = look(&server, &[Area::Cluster]).await;
    assert_eq!(
        snapshot.elsewhere,
        Fact::Unknown(denied("ecs:DescribeClusters"))
    );
    assert_eq!(snapshot.cluster, Fact::Absent);
}

/// The regions that calls of this kind were signed for.
fn regions_asked(server: &Server, operation: &str) -> BTreeSet<String> {
    server
        .asked()
        .iter()
        .filter(|asked| asked.operation == operation)
        .filter_map(|asked| asked.authorization.split('/').nth(2).map(str::to_owned))
        .collect()
}

#[tokio::test]
async fn as_long_as_something_is_unread_it_may_be_here() {
    let server = Server::start()
        .on("DescribeClusters", [Reply::json(200, CLUSTER_MISSING)])
        .on(
            "DescribeRepositories",
            [Reply::refused_json(400, "AccessDeniedException", "no")],
        );
    let snapshot = look(&server, &[Area::Cluster, Area::Registry]).await;
    assert_eq!(snapshot.elsewhere, Fact::not_asked());
    assert_eq!(server.times("DescribeClusters"), 1);
}

#[tokio::test]
async fn a_name_in_other_letters_and_a_cluster_of_databases_are_here_too() {
    let mut chapter = test_chapter();
    chapter.database.instance = "News-API-DB".to_owned();
    let instances = changed(
        "rds/DescribeDBInstances.xml",
        "<Marker>bm90IHRoZSBsYXN0</Marker>",
        "",
    );
    let server = Server::start()
        .on("DescribeClusters", [Reply::json(200, CLUSTER_MISSING)])
        .on("DescribeDBInstances", [instances])
        .plays("DescribeDBClusters", "rds/DescribeDBClusters.xml");
    let snapshot = look_with(&server, &[Area::Cluster, Area::Databases], &chapter).await;
    assert_eq!(snapshot.elsewhere, Fact::not_asked());
    let members = snapshot.database_clusters.present().unwrap();
    chapter.database.instance = members[0].id.to_uppercase();
    let server = Server::start()
        .on("DescribeClusters", [Reply::json(200, CLUSTER_MISSING)])
        .on("DescribeDBInstances", [Reply::xml(200, NO_DATABASES)])
        .plays("DescribeDBClusters", "rds/DescribeDBClusters.xml");
    let snapshot = look_with(&server, &[Area::Cluster, Area::Databases], &chapter).await;
    assert_eq!(snapshot.elsewhere, Fact::not_asked());
}

#[tokio::test]
async fn a_region_that_is_not_enabled_or_forbidden_hides_nothing_in_another() {
    for refusal in ["UnrecognizedClientException", "AccessDeniedException"] {
        let server = Server::start().on(
            "DescribeClusters",
            [
                Reply::json(200, CLUSTER_MISSING),
                Reply::refused_json(400, refusal, "no"),
                Reply::json(200, CLUSTER_HERE),
                Reply::json(200, CLUSTER_MISSING),
            ],
        );
        let snapshot = look(&server, &[Area::Cluster]).await;
        let seen = snapshot.elsewhere.present().unwrap();
        assert_eq!(seen.len(), 1, "{refusal}: {seen:?}");
    }
}

#[tokio::test]
async fn a_region_that_does_not_answer_is_not_waited_for() {
    let server = Server::start().on(
        "DescribeClusters",
        [
            Reply::json(200, CLUSTER_MISSING),
            Reply::Silent(std::time::Duration::from_secs(60)),
        ],
    );
    let began = std::time::Instant::now();
    let snapshot = look(&server, &[Area::Cluster]).await;
    assert!(began.elapsed() < std::time::Duration::from_secs(8));
    assert_eq!(snapshot.cluster, Fact::Absent);
    assert!(matches!(snapshot.elsewhere, Fact::Unknown(_)));
}

#[tokio::test]
async fn the_learners_own_regions_come_first_and_there_are_never_many() {
    let server = Server::start().on("DescribeClusters", [Reply::json(200, CLUSTER_MISSING)]);
    let mut session = crate::aws::testing::session(&server.url, "us-east-1");
    session.other_regions = [
        "eu-north-1",
        "us-east-1",
        "",
        "cn-north-1",
        "ap-south-1",
        "eu-north-1",
        "sa-east-1",
        "ca-central-1",
        "eu-south-1",
        "eu-west-3",
    ]
    .map(crate::account::Region::from)
    .to_vec();
    let wanted = BTreeSet::from([Area::Cluster]);
    collect(
        &crate::aws::Reader::new(session),
        &test_chapter(),
        &wanted,
        None,
    )
    .await;
    let mut asked = regions_asked(&server, "DescribeClusters");
    assert!(asked.remove("us-east-1"), "here");
    let own = [
        "ap-south-1",
        "ca-central-1",
        "eu-north-1",
        "eu-south-1",
        "eu-west-3",
        "sa-east-1",
    ];
    assert_eq!(asked, own.map(str::to_owned).into());
}

#[tokio::test]
async fn credentials_of_china_are_not_taken_to_other_partitions() {
    let server = Server::start()
        .on("DescribeClusters", [Reply::json(200, CLUSTER_MISSING)])
        .on(
            "ListCertificates",
            [Reply::json(200, r#"{"CertificateSummaryList": []}"#)],
        );
    let wanted = BTreeSet::from([Area::Cluster, Area::Certificates]);
    let reader = server.reader_in("cn-north-1");
    collect(&reader, &test_chapter(), &wanted, None).await;
    let asked = regions_asked(&server, "DescribeClusters");
    let both = ["cn-north-1", "cn-northwest-1"].map(str::to_owned);
    assert_eq!(asked, both.into());
    assert_eq!(
        regions_asked(&server, "ListCertificates"),
        BTreeSet::from(["cn-north-1".to_owned()])
    );
}
