//! CloudWatch log groups.

use super::answers::logs::DescribeLogGroups;
use super::error::{FactFrom, ReadError};
use super::input::Input;
use super::read::Reader;
use crate::account::{Chapter, Fact, LogGroup, RevisionArn, TaskDefinition};
use futures_util::future::join_all;
use std::collections::{BTreeMap, BTreeSet};

/// Those whose name begins with the chapter's, or with one that a definition names.
pub(super) async fn log_groups(
    reader: &Reader,
    chapter: &Chapter,
    definitions: &BTreeMap<RevisionArn, Fact<TaskDefinition>>,
) -> Fact<Vec<LogGroup>> {
    let mut prefixes = BTreeSet::from([chapter.log_group.as_str()]);
    prefixes.extend(
        definitions
            .values()
            .filter_map(Fact::present)
            .flat_map(|definition| &definition.containers)
            .filter_map(|container| container.logs.as_ref()?.group.as_deref()),
    );
    let read = prefixes
        .into_iter()
        .map(|prefix| beginning_with(reader, prefix));
    let all: Result<Vec<Vec<LogGroup>>, ReadError> = join_all(read).await.into_iter().collect();
    all.fact(&[]).map(|lists| {
        let mut groups: Vec<LogGroup> = lists.into_iter().flatten().collect();
        groups.sort_by(|one, other| one.name.cmp(&other.name));
        groups.dedup_by(|one, other| one.name == other.name);
        groups
    })
}

/// The groups whose name begins so.
pub(super) async fn beginning_with(
    reader: &Reader,
    prefix: &str,
) -> Result<Vec<LogGroup>, ReadError> {
    let input = Input::none()
        .with("logGroupNamePrefix", prefix)
        .with("limit", 50);
    let items = reader.pages::<DescribeLogGroups>(input).await?;
    Ok(items.into_iter().map(LogGroup::from).collect())
}
