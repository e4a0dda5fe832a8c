//! RDS.

use super::read::Reader;
use crate::account::{DatabaseCluster, DatabaseInstance, Fact, SubnetGroup};

pub(super) async fn instances(_reader: &Reader) -> Fact<Vec<DatabaseInstance>> {
    Fact::not_asked()
}

pub(super) async fn clusters(_reader: &Reader) -> Fact<Vec<DatabaseCluster>> {
    Fact::not_asked()
}

pub(super) async fn subnet_groups(_reader: &Reader) -> Fact<Vec<SubnetGroup>> {
    Fact::not_asked()
}
