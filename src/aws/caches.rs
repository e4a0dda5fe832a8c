//! ElastiCache in its three shapes. Each is a fact of its own: one that cannot be read leaves the others standing.

use super::answers::elasticache::{
    DescribeCacheClusters, DescribeCacheSubnetGroups, DescribeReplicationGroups,
    DescribeServerlessCaches,
};
use super::input::Input;
use super::list::list;
use super::read::Reader;
use crate::account::{CacheNode, Fact, ReplicationGroup, ServerlessCache, SubnetGroup};

pub(super) fn page() -> Input {
    Input::none().with("MaxRecords", 100)
}

/// Single nodes, and the members of replication groups; with endpoints.
pub(super) async fn nodes(reader: &Reader) -> Fact<Vec<CacheNode>> {
    let input = page().with("ShowCacheNodeInfo", true);
    list::<DescribeCacheClusters, _>(reader, input).await
}

pub(super) async fn replication_groups(reader: &Reader) -> Fact<Vec<ReplicationGroup>> {
    list::<DescribeReplicationGroups, _>(reader, page()).await
}

pub(super) async fn serverless(reader: &Reader) -> Fact<Vec<ServerlessCache>> {
    list::<DescribeServerlessCaches, _>(reader, Input::none()).await
}

pub(super) async fn subnet_groups(reader: &Reader) -> Fact<Vec<SubnetGroup>> {
    list::<DescribeCacheSubnetGroups, _>(reader, page()).await
}
