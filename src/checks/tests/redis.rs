//! The cache, in its three shapes.

use crate::account::{
    CacheNode, Fact, HostClass, ReplicationGroup, Scheme, ServerlessCache, Snapshot, TlsMode,
    UrlClass, ValueClass, Variable, VpcId, Why,
};
use crate::checks::FoundBy;
use crate::checks::Verdict::*;
use crate::checks::testing::*;

const AVAILABLE: &str = "redis.available";
const PROPERTIES: [&str; 3] = ["redis.same-vpc", "redis.tls", "redis.sg-source"];

fn with(change: impl FnOnce(&mut CacheNode)) -> Snapshot {
    good_but(|snapshot| change(&mut read(&mut snapshot.cache_nodes)[0]))
}

/// The good account's cache as a replication group with one member.
fn as_replication_group(change: impl FnOnce(&mut ReplicationGroup)) -> Snapshot {
    good_but(|snapshot| {
        let member = &mut read(&mut snapshot.cache_nodes)[0];
        let mut group = ReplicationGroup {
            id: "news-api-redis".to_owned(),
            engine: None,
            status: "available".to_owned(),
            members: vec!["news-api-redis-001".to_owned()],
            endpoint: member.endpoint.clone(),
            cluster_mode: false,
            tls: TlsMode::Off,
            created_at: member.created_at,
            class: Some("cache.t4g.micro".to_owned()),
        };
        member.id = "news-api-redis-001".to_owned();
        member.replication_group = Some("news-api-redis".to_owned());
        change(&mut group);
        snapshot.replication_groups = Fact::Present(vec![group]);
    })
}

/// ... as a serverless cache.
fn as_serverless(change: impl FnOnce(&mut ServerlessCache)) -> Snapshot {
    good_but(|snapshot| {
        let node = read(&mut snapshot.cache_nodes).remove(0);
        let subnets = read(&mut snapshot.network.subnets);
        let mut cache = ServerlessCache {
            name: "news-api-redis".to_owned(),
            engine: "valkey".to_owned(),
            status: "AVAILABLE".to_owned(),
            endpoint: node.endpoint.clone(),
            groups: node.groups.iter().map(|group| group.id.clone()).collect(),
            subnets: subnets.iter().map(|subnet| subnet.id.clone()).collect(),
            created_at: node.created_at,
        };
        change(&mut cache);
        snapshot.serverless_caches = Fact::Present(vec![cache]);
    })
}

#[test]
fn every_shape_of_redis_and_valkey_passes() {
    assert_is(&good(), AVAILABLE, Passed, "");
    assert_is(
        &with(|node| node.engine = "valkey".to_owned()),
        AVAILABLE,
        Passed,
        "",
    );
    let group = as_replication_group(|_| {});
    for check in PROPERTIES.iter().chain(&[AVAILABLE]) {
        assert_is(&group, check, Passed, "");
    }
    assert_is(&as_serverless(|_| {}), AVAILABLE, Passed, "");
    assert_is(&as_serverless(|_| {}), "redis.same-vpc", Passed, "");
}

#[test]
fn without_a_cache_one_check_is_missing_and_the_others_wait_for_it() {
    let snapshot = after(&["iam-user.identity", "rds.network"]);
    let found = assert_is(&snapshot, AVAILABLE, Missing, "");
    assert!(
        found.fix[0]
            .command
            .as_deref()
            .unwrap()
            .contains("create-cache-cluster")
    );
    for check in PROPERTIES {
        let waits = assert_is(&snapshot, check, Blocked, "");
        assert_eq!(waits.blocked_by.unwrap().as_str(), AVAILABLE);
    }
}

#[test]
fn found_in_no_shape_with_one_unread_is_unknown() {
    let nothing = || after(&["iam-user.identity", "rds.network"]);
    let offered_not = Why::NotOffered {
        say: "this endpoint has no DescribeServerlessCaches".to_owned(),
    };
    let mut snapshot = nothing();
    snapshot.serverless_caches = Fact::Unknown(offered_not);
    assert_is(&snapshot, AVAILABLE, Unknown, "");
    let mut snapshot = nothing();
    snapshot.cache_nodes = denied("elasticache:DescribeCacheClusters");
    assert_denied(&snapshot, AVAILABLE, "elasticache:DescribeCacheClusters");
    let mut snapshot = nothing();
    snapshot.replication_groups = denied("elasticache:DescribeReplicationGroups");
    assert_denied(
        &snapshot,
        AVAILABLE,
        "elasticache:DescribeReplicationGroups",
    );
}

#[test]
fn found_in_one_shape_the_others_need_not_be_read() {
    let snapshot = good_but(|snapshot| {
        snapshot.serverless_caches = denied("elasticache:DescribeServerlessCaches");
        snapshot.replication_groups = denied("elasticache:DescribeReplicationGroups");
    });
    for check in PROPERTIES.iter().chain(&[AVAILABLE]) {
        assert_is(&snapshot, check, Passed, "");
    }
}

#[test]
fn nobody_is_marked_down_for_another_name() {
    let snapshot = with(|node| node.id = "cache-1".to_owned());
    let found = assert_is(&snapshot, AVAILABLE, Passed, "");
    assert_eq!(found.evidence[0].found_by, FoundBy::OnlyOne);
    let two = good_but(|snapshot| {
        let nodes = read(&mut snapshot.cache_nodes);
        nodes[0].id = "one".to_owned();
        let mut second = nodes[0].clone();
        second.id = "two".to_owned();
        nodes.push(second);
    });
    let found = assert_is(&two, AVAILABLE, Unknown, "");
    assert!(found.summary.contains("one, two"));
}

#[test]
fn memcached_is_the_wrong_engine_under_the_right_name_and_nothing_otherwise() {
    let named = with(|node| node.engine = "memcached".to_owned());
    assert_is(&named, AVAILABLE, Failed, "wrong-engine");
    let other = with(|node| {
        node.engine = "memcached".to_owned();
        node.id = "sessions".to_owned();
    });
    assert_is(&other, AVAILABLE, Missing, "");
}

#[test]
fn states_are_read_in_capitals_too() {
    for status in [
        "creating",
        "modifying",
        "snapshotting",
        "rebooting cluster nodes",
    ] {
        let snapshot = with(|node| status.clone_into(&mut node.status));
        assert_is(&snapshot, AVAILABLE, Pending, "");
    }
    let creating = as_serverless(|cache| cache.status = "CREATING".to_owned());
    let found = assert_is(&creating, AVAILABLE, Pending, "");
    assert!(found.summary.contains("1 to 2 minutes"));
    for status in ["DELETING", "CREATE-FAILED"] {
        let snapshot = as_serverless(|cache| status.clone_into(&mut cache.status));
        assert_is(&snapshot, AVAILABLE, Missing, "");
    }
    let strange = with(|node| node.status = "daydreaming".to_owned());
    assert_is(&strange, AVAILABLE, Unknown, "");
}

#[test]
fn another_vpc_fails_once_and_the_groups_wait() {
    let snapshot = good_but(|snapshot| {
        read(&mut snapshot.cache_subnet_groups)[0].vpc = VpcId::from("vpc-other");
    });
    assert_is(&snapshot, "redis.same-vpc", Failed, "wrong-vpc");
    let waits = assert_is(&snapshot, "redis.sg-source", Blocked, "");
    assert_eq!(waits.blocked_by.unwrap().as_str(), "redis.same-vpc");
}

#[test]
fn a_subnet_group_that_could_not_be_read_is_unknown() {
    let snapshot = good_but(|snapshot| {
        snapshot.cache_subnet_groups = denied("elasticache:DescribeCacheSubnetGroups");
    });
    assert_denied(
        &snapshot,
        "redis.same-vpc",
        "elasticache:DescribeCacheSubnetGroups",
    );
    assert_is(&snapshot, AVAILABLE, Passed, "");
    let silent = with(|node| node.subnet_group = None);
    assert_is(&silent, "redis.same-vpc", Unknown, "");
}

#[test]
fn a_closed_cache_is_named_and_a_serverless_one_needs_both_ports() {
    let closed = good_but(|snapshot| {
        for group in read(&mut snapshot.network.groups) {
            if group.name == "news-api-redis-sg" {
                group.inbound.clear();
            }
        }
    });
    assert_is(&closed, "redis.sg-source", Failed, "redis-closed-to-tasks");
    let found = assert_is(
        &as_serverless(|_| {}),
        "redis.sg-source",
        Failed,
        "redis-closed-to-tasks",
    );
    assert!(found.summary.contains("6380"));
    let mut both = as_serverless(|_| {});
    for group in read(&mut both.network.groups) {
        for rule in &mut group.inbound {
            if rule.ports == Some((6379, 6379)) {
                rule.ports = Some((6379, 6380));
            }
        }
    }
    assert_is(&both, "redis.sg-source", Passed, "");
}

#[test]
fn a_replication_groups_groups_are_its_members() {
    let mut unread = as_replication_group(|_| {});
    unread.cache_nodes = denied("elasticache:DescribeCacheClusters");
    assert_is(&unread, AVAILABLE, Passed, "");
    assert_denied(
        &unread,
        "redis.sg-source",
        "elasticache:DescribeCacheClusters",
    );
    let mut silent = as_replication_group(|_| {});
    read(&mut silent.cache_nodes).clear();
    assert_is(&silent, "redis.sg-source", Unknown, "");
}

#[test]
fn tls_is_a_remark_only_where_it_is_required() {
    assert_eq!(finding(&good(), "redis.tls").advice, None);
    let preferred = as_replication_group(|group| group.tls = TlsMode::Preferred);
    assert_eq!(finding(&preferred, "redis.tls").advice, None);
    for required in [
        as_replication_group(|group| group.tls = TlsMode::Required),
        as_serverless(|_| {}),
        with(|node| node.tls = true),
    ] {
        let found = assert_is(&required, "redis.tls", Passed, "");
        assert!(found.advice.unwrap().contains("rediss://"));
    }
}

#[test]
fn a_url_in_the_environment_is_judged() {
    let with_url = |scheme: Scheme| {
        let mut snapshot = with(|node| node.tls = true);
        for definition in snapshot.definitions.values_mut() {
            read(definition).containers[0].environment.push(Variable {
                name: "REDIS_URL".to_owned(),
                class: ValueClass::Url(UrlClass {
                    scheme,
                    port: Some(6379),
                    has_password: false,
                    host: HostClass::Cache,
                    names_database: None,
                }),
                same_as_file: None,
            });
        }
        snapshot
    };
    let plain = assert_is(
        &with_url(Scheme::Redis),
        "redis.tls",
        Passed,
        "redis-requires-tls",
    );
    assert!(plain.advice.unwrap().contains("REDIS_URL"));
    let fits = assert_is(&with_url(Scheme::Rediss), "redis.tls", Passed, "");
    assert_eq!(fits.advice, None);
}
