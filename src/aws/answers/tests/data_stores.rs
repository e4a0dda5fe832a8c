use super::*;
use crate::account::{CacheNode, DatabaseCluster, DatabaseInstance, HostPort};
use crate::account::{ReplicationGroup, ServerlessCache, SubnetGroup, TlsMode};
use crate::aws::answers::{elasticache, rds};

#[test]
fn an_instance_is_read_with_its_groups_endpoint_and_subnets() {
    let instances: Vec<DatabaseInstance> = entries::<rds::DescribeDbInstances, _>();
    let one = &instances[0];
    assert_eq!(
        (one.id.as_str(), one.engine.as_str(), one.status.as_str()),
        ("news-api-db", "postgres", "available")
    );
    assert!(one.encrypted && !one.publicly_accessible && one.managed_password);
    assert_eq!(one.backup_days, 7);
    assert_eq!(one.database.as_deref(), Some("newsapi"));
    let endpoint = one.endpoint.as_ref().unwrap();
    assert_eq!(endpoint.port, 5432);
    assert!(endpoint.host.starts_with("news-api-db."));
    let groups: Vec<_> = one
        .groups
        .iter()
        .map(|group| (group.id.as_str(), group.active))
        .collect();
    assert_eq!(groups, [("sg-0rds", true), ("sg-0old", false)]);
    let subnets = one.subnet_group.as_ref().unwrap();
    assert_eq!(subnets.subnets[1].zone.as_str(), "us-east-1b");
    assert_eq!(one.parameter_group.as_deref(), Some("news-postgres17"));
    assert_eq!(
        next::<rds::DescribeDbInstances>().as_deref(),
        Some("bm90IHRoZSBsYXN0")
    );
}

#[test]
fn of_an_instances_tags_the_nonce_is_kept_and_nothing_else() {
    let tags = "<TagList><Tag><Key>owner</Key><Value>ann@example.com</Value></Tag>\
                <Tag><Key>landfall-nonce</Key><Value>maple-7f3a</Value></Tag></TagList>";
    let answer = answer_with::<rds::DescribeDbInstances>("<TagList/>", tags).unwrap();
    let instances: Vec<DatabaseInstance> = answer
        .split()
        .items
        .into_iter()
        .map(DatabaseInstance::from)
        .collect();
    assert_eq!(instances[0].nonce.as_deref(), Some("maple-7f3a"));
    assert_eq!(instances[1].nonce, None);
    assert!(!format!("{instances:?}").contains("ann@example.com"));
}

#[test]
fn an_instance_that_is_being_created_has_no_endpoint_yet() {
    let instances: Vec<DatabaseInstance> = entries::<rds::DescribeDbInstances, _>();
    let one = &instances[1];
    assert_eq!(one.status, "creating");
    assert_eq!(
        (&one.endpoint, &one.subnet_group, one.created_at),
        (&None, &None, None)
    );
    assert_eq!(one.cluster.as_deref(), Some("fresh-cluster"));
    assert!(one.publicly_accessible && !one.encrypted && !one.managed_password);
}

#[test]
fn an_instance_that_does_not_say_whether_it_is_public_is_not_taken_for_private() {
    for field in [
        "PubliclyAccessible",
        "StorageEncrypted",
        "BackupRetentionPeriod",
    ] {
        let renamed = answer_with::<rds::DescribeDbInstances>(field, "SomethingElse");
        assert!(renamed.is_err(), "{field}");
    }
}

#[test]
fn a_cluster_has_its_members_and_its_subnet_group_by_name() {
    let clusters: Vec<DatabaseCluster> = entries::<rds::DescribeDbClusters, _>();
    let [one] = clusters.as_slice() else {
        panic!("{clusters:?}")
    };
    assert_eq!(one.members, ["reader", "fresh"]);
    assert_eq!(one.writer.as_deref(), Some("fresh"));
    assert!(one.restarts_at.is_some());
    assert_eq!(one.subnet_group.as_deref(), Some("news-api-db-subnets"));
    assert_eq!(one.publicly_accessible, None);
    assert_eq!(
        one.endpoint.as_ref().map(|endpoint| endpoint.port),
        Some(5432)
    );
}

#[test]
fn a_cache_node_is_read_with_and_without_its_endpoint() {
    let nodes: Vec<CacheNode> = entries::<elasticache::DescribeCacheClusters, _>();
    assert_eq!(
        nodes[0].endpoint.as_ref().map(|endpoint| endpoint.port),
        Some(6379)
    );
    assert_eq!(
        (nodes[0].groups.len(), nodes[0].groups[0].active),
        (1, true)
    );
    assert!(!nodes[0].tls && nodes[0].replication_group.is_none());
    assert_eq!(nodes[1].replication_group.as_deref(), Some("group"));
    assert_eq!(nodes[1].endpoint, None);
    assert!(!nodes[1].tls, "preferred is not required");
}

#[test]
fn a_replication_group_has_one_address_in_either_mode_and_three_degrees_of_tls() {
    let groups: Vec<ReplicationGroup> = entries::<elasticache::DescribeReplicationGroups, _>();
    let host = |at: usize| {
        groups[at]
            .endpoint
            .as_ref()
            .map(|HostPort { host, .. }| host.as_str())
    };
    assert_eq!(
        host(0),
        Some("master.group.abc123.use1.cache.amazonaws.com")
    );
    assert_eq!(
        host(1),
        Some("clustercfg.shards.abc123.use1.cache.amazonaws.com")
    );
    assert_eq!(host(2), None);
    assert!(groups[1].cluster_mode && !groups[0].cluster_mode);
    let tls: Vec<TlsMode> = groups.iter().map(|group| group.tls).collect();
    assert_eq!(tls, [TlsMode::Preferred, TlsMode::Required, TlsMode::Off]);
    assert_eq!(groups[0].members, ["group-001", "group-002"]);
    assert_eq!(groups[0].engine.as_deref(), Some("valkey"));
    assert_eq!(groups[1].engine, None);
}

#[test]
fn a_serverless_cache_keeps_its_status_as_sent() {
    let caches: Vec<ServerlessCache> = entries::<elasticache::DescribeServerlessCaches, _>();
    let [one] = caches.as_slice() else {
        panic!("{caches:?}")
    };
    assert_eq!(one.status, "AVAILABLE");
    assert_eq!((one.groups.len(), one.subnets.len()), (1, 2));
    assert_eq!(
        one.endpoint.as_ref().map(|endpoint| endpoint.port),
        Some(6379)
    );
}

#[test]
fn subnet_groups_and_snapshots_are_read() {
    let groups: Vec<SubnetGroup> = entries::<elasticache::DescribeCacheSubnetGroups, _>();
    assert_eq!(groups[0].subnets[0].zone.as_str(), "us-east-1a");
    let snapshots = answer::<rds::DescribeDbSnapshots>().split().items;
    assert_eq!(snapshots[0].instance.as_deref(), Some("news-api-db"));
    let snapshots = answer::<elasticache::DescribeCacheSnapshots>()
        .split()
        .items;
    assert_eq!(
        snapshots[0].taken().unwrap().to_string(),
        "2026-11-21T09:00:00Z"
    );
}
