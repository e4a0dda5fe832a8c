//! RDS. The API also returns DocumentDB and Neptune: their engine tells.

use super::answers::rds::{
    DescribeDbClusters, DescribeDbInstances, DescribeDbParameters, DescribeDbSubnetGroups,
};
use super::error::FactFrom;
use super::input::Input;
use super::list::list;
use super::read::Reader;
use crate::account::{Chapter, DatabaseCluster, DatabaseInstance, Fact, SubnetGroup};
use futures_util::future::join_all;
use std::collections::BTreeMap;

/// Parameter groups that are opened: a course account has at most one of its own.
const MOST_GROUPS: usize = 3;

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

/// `rds.force_ssl` of the parameter groups that are not AWS's own, by group; that of the chapter's database first. Only
/// what somebody set is asked for: AWS's own value follows from the version.
pub(super) async fn force_ssl(
    reader: &Reader,
    chapter: &Chapter,
    instances: &Fact<Vec<DatabaseInstance>>,
) -> BTreeMap<String, Fact<bool>> {
    let postgres = |one: &&DatabaseInstance| one.engine == "postgres";
    let mut instances: Vec<&DatabaseInstance> = instances
        .present()
        .into_iter()
        .flatten()
        .filter(postgres)
        .collect();
    instances.sort_by_key(|one| !one.id.eq_ignore_ascii_case(&chapter.database.instance));
    let mut groups: Vec<&str> = Vec::new();
    for group in instances
        .iter()
        .filter_map(|one| one.parameter_group.as_deref())
    {
        if !group.starts_with("default.") && !groups.contains(&group) && groups.len() < MOST_GROUPS
        {
            groups.push(group);
        }
    }
    let read = groups
        .into_iter()
        .map(|group| async move { (group.to_owned(), force_ssl_of(reader, group).await) });
    join_all(read).await.into_iter().collect()
}

async fn force_ssl_of(reader: &Reader, group: &str) -> Fact<bool> {
    let input = page()
        .with("DBParameterGroupName", group)
        .with("Source", "user");
    reader
        .pages::<DescribeDbParameters>(input)
        .await
        .fact(&[])
        .and_then(|set| {
            set.into_iter()
                .find(|one| one.parameter_name.as_deref() == Some("rds.force_ssl"))
                .and_then(|one| one.parameter_value)
                .map(|value| value == "1")
                .into()
        })
}
