//! ElastiCache.

use super::read::Reader;
use crate::account::{CacheNode, Fact, ReplicationGroup, ServerlessCache, SubnetGroup};

pub(super) async fn nodes(_reader: &Reader) -> Fact<Vec<CacheNode>> {
    Fact::not_asked()
}

pub(super) async fn replication_groups(_reader: &Reader) -> Fact<Vec<ReplicationGroup>> {
    Fact::not_asked()
}

pub(super) async fn serverless(_reader: &Reader) -> Fact<Vec<ServerlessCache>> {
    Fact::not_asked()
}

pub(super) async fn subnet_groups(_reader: &Reader) -> Fact<Vec<SubnetGroup>> {
    Fact::not_asked()
}
