//! RDS. The API also returns DocumentDB and Neptune: their engine tells.

use super::answers::rds::{DescribeDbClusters, DescribeDbInstances, DescribeDbSubnetGroups};
use super::input::Input;
use super::list::list;
use super::read::Reader;
use crate::account::{DatabaseCluster, DatabaseInstance, Fact, SubnetGroup};

pub(super) fn page() -> Input {
    Input::none().with("MaxRecords", 100)
}

pub(super) async fn instances(reader: &Reader) -> Fact<Vec<DatabaseInstance>> {
    list::<DescribeDbInstances, _>(reader, page()).await
}

pub(super) async fn clusters(reader: &Reader) -> Fact<Vec<DatabaseCluster>> {
    list::<DescribeDbClusters, _>(reader, page()).await
}

pub(super) async fn subnet_groups(reader: &Reader) -> Fact<Vec<SubnetGroup>> {
    list::<DescribeDbSubnetGroups, _>(reader, page()).await
}
