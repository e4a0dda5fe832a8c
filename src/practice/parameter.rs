//! The two connection strings in Parameter Store. Their values exist nowhere: the snapshot has no place for them.

use super::scene::Scene;
use crate::account::*;

pub(super) fn database_url(snapshot: &mut Snapshot, scene: &Scene<'_>) {
    add(snapshot, scene, &scene.chapter.parameters.database_url);
}

pub(super) fn redis_url(snapshot: &mut Snapshot, scene: &Scene<'_>) {
    add(snapshot, scene, &scene.chapter.parameters.redis_url);
}

fn add(snapshot: &mut Snapshot, scene: &Scene<'_>, name: &str) {
    if let Fact::Present(parameters) = &mut snapshot.parameters {
        parameters.push(Parameter {
            name: name.to_owned(),
            kind: ParameterKind::SecureString,
            key: Some("alias/aws/ssm".to_owned()),
            modified_at: Some(scene.made()),
            version: Some(1),
            tier: Some(ParameterTier::Standard),
        });
    }
}

/// The parameter with this name, once it exists.
pub(super) fn parameter_of<'s>(
    snapshot: &'s mut Snapshot,
    name: &str,
) -> Option<&'s mut Parameter> {
    match &mut snapshot.parameters {
        Fact::Present(parameters) => parameters.iter_mut().find(|each| each.name == name),
        _ => None,
    }
}
