use super::*;
use crate::account::Fact;

#[tokio::test]
async fn databases_are_read_to_the_last_page() {
    let last = recorded("rds/DescribeDBInstances.xml")
        .replace("<Marker>bm90IHRoZSBsYXN0</Marker>", "")
        .replace(">news-api-db<", ">another-db<");
    let server = Server::start()
        .on(
            "DescribeDBInstances",
            [reply("rds/DescribeDBInstances.xml"), Reply::xml(200, last)],
        )
        .plays("DescribeDBClusters", "rds/DescribeDBClusters.xml")
        .on(
            "DescribeDBSubnetGroups",
            [Reply::refused(403, "AccessDenied", "no")],
        );
    let snapshot = look(&server, &[Area::Databases]).await;
    let names: Vec<String> = snapshot
        .databases
        .present()
        .unwrap()
        .iter()
        .map(|one| one.id.clone())
        .collect();
    assert_eq!(names, ["news-api-db", "fresh", "another-db", "fresh"]);
    let second = &server
        .asked()
        .into_iter()
        .filter(|asked| asked.operation == "DescribeDBInstances")
        .nth(1)
        .unwrap();
    assert!(
        second.body.contains("Marker=bm90IHRoZSBsYXN0"),
        "{}",
        second.body
    );
    assert_eq!(snapshot.database_clusters.present().map(Vec::len), Some(1));
    assert_eq!(
        snapshot.database_subnet_groups,
        Fact::Unknown(denied("rds:DescribeDBSubnetGroups"))
    );
}

#[tokio::test]
async fn an_empty_account_has_an_empty_list_not_an_absent_one() {
    let empty = "<DescribeDBInstancesResponse><DescribeDBInstancesResult><DBInstances/></DescribeDBInstancesResult></DescribeDBInstancesResponse>";
    let server = Server::start().on("DescribeDBInstances", [Reply::xml(200, empty)]);
    let snapshot = look(&server, &[Area::Databases]).await;
    assert_eq!(snapshot.databases, Fact::Present(Vec::new()));
}

#[tokio::test]
async fn one_shape_of_cache_that_is_not_offered_leaves_the_others_standing() {
    // An emulator's web page for a call it does not know.
    let server = Server::answering(Reply::page(500))
        .plays(
            "DescribeCacheClusters",
            "elasticache/DescribeCacheClusters.xml",
        )
        .plays(
            "DescribeReplicationGroups",
            "elasticache/DescribeReplicationGroups.xml",
        )
        .plays(
            "DescribeCacheSubnetGroups",
            "elasticache/DescribeCacheSubnetGroups.xml",
        );
    let snapshot = look(&server, &[Area::Caches]).await;
    assert!(
        matches!(
            &snapshot.serverless_caches,
            Fact::Unknown(Why::NotOffered { .. })
        ),
        "{:?}",
        snapshot.serverless_caches
    );
    assert_eq!(snapshot.cache_nodes.present().map(Vec::len), Some(2));
    assert_eq!(snapshot.replication_groups.present().map(Vec::len), Some(3));
    assert_eq!(
        snapshot.cache_subnet_groups.present().map(Vec::len),
        Some(1)
    );
    assert_eq!(
        server.times("DescribeServerlessCaches"),
        1,
        "a web page is not asked again"
    );
    let nodes = server
        .asked()
        .into_iter()
        .find(|asked| asked.operation == "DescribeCacheClusters");
    assert!(nodes.unwrap().body.contains("ShowCacheNodeInfo=true"));
}

#[tokio::test]
async fn an_answer_that_breaks_off_is_unknown() {
    let whole = recorded("rds/DescribeDBInstances.xml");
    let server = Server::start().on(
        "DescribeDBInstances",
        [Reply::xml(200, &whole[..whole.len() / 2])],
    );
    let snapshot = look(&server, &[Area::Databases]).await;
    assert!(
        matches!(&snapshot.databases, Fact::Unknown(Why::Other { .. })),
        "{:?}",
        snapshot.databases
    );
}
