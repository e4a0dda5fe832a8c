//! Parameter Store, and the secrets that definitions name.

use super::read::Reader;
use crate::account::{Fact, Parameter, RevisionArn, Secret, TaskDefinition};
use std::collections::BTreeMap;

pub(super) async fn parameters(_reader: &Reader) -> Fact<Vec<Parameter>> {
    Fact::not_asked()
}

/// By the text that names them (`valueFrom`).
pub(super) async fn secrets(
    _reader: &Reader,
    _definitions: &BTreeMap<RevisionArn, Fact<TaskDefinition>>,
) -> BTreeMap<String, Fact<Secret>> {
    BTreeMap::new()
}
