//! Parameter Store, and the secrets that definitions name: that they exist and of what kind, never what they hold.

use super::answers::secretsmanager::DescribeSecret;
use super::answers::ssm::DescribeParameters;
use super::error::FactFrom;
use super::input::Input;
use super::list::list;
use super::read::Reader;
use crate::account::{
    Arn, Fact, Parameter, Region, RevisionArn, Secret, TaskDefinition, ValueFrom,
};
use futures_util::future::join_all;
use std::collections::{BTreeMap, BTreeSet};

/// Secrets that are looked up: a course definition names a handful.
const MOST_SECRETS: usize = 50;

/// All of the region: a mangled name can only be found among all of them.
pub(super) async fn parameters(reader: &Reader) -> Fact<Vec<Parameter>> {
    let input = Input::none().with("MaxResults", 50);
    list::<DescribeParameters, _>(reader, input).await
}

/// By the text that names them (`valueFrom`).
pub(super) async fn secrets(
    reader: &Reader,
    definitions: &BTreeMap<RevisionArn, Fact<TaskDefinition>>,
) -> BTreeMap<String, Fact<Secret>> {
    let named: BTreeSet<&String> = definitions
        .values()
        .filter_map(Fact::present)
        .flat_map(|definition| &definition.containers)
        .flat_map(|container| container.all_secrets())
        .map(|secret| &secret.value_from)
        .collect();
    let asked = named
        .into_iter()
        .filter_map(|text| match ValueFrom::parse(text) {
            ValueFrom::Secret { arn, region, .. } => Some((text, arn, region)),
            _ => None,
        });
    let read = asked
        .take(MOST_SECRETS)
        .map(|(text, arn, region)| async move {
            let secret = secret(reader, &arn, region).await;
            (text.clone(), secret)
        });
    join_all(read).await.into_iter().collect()
}

async fn secret(reader: &Reader, arn: &Arn, region: Region) -> Fact<Secret> {
    let input = Input::none().with("SecretId", arn.as_str());
    reader
        .in_region(region)
        .ask::<DescribeSecret>(input)
        .await
        .fact(&["ResourceNotFoundException"])
        .map(Secret::from)
}
