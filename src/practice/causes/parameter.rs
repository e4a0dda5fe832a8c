//! Faults of the two parameters.

use super::super::cause::Cause;
use super::super::parameter::parameter_of;
use super::super::scene::Scene;
use super::trouble::{Stop, nothing_runs};
use crate::account::*;

pub(super) const CAUSES: &[Cause] = &[
    Cause::new(
        "parameter-not-secure",
        &["rds.parameter"],
        "Stores the database URL as a plain String.",
        |snapshot, scene| {
            let name = &scene.chapter.parameters.database_url;
            if let Some(parameter) = parameter_of(snapshot, name) {
                parameter.kind = ParameterKind::String;
                parameter.key = None;
            }
        },
    ),
    Cause::new(
        "parameter-name-mangled",
        &["rds.parameter"],
        "Lets Git Bash turn the parameter's name into a Windows path.",
        |snapshot, scene| {
            let name = scene.chapter.parameters.database_url.clone();
            if let Some(parameter) = parameter_of(snapshot, &name) {
                parameter.name = format!("C:/Program Files/Git{name}");
            }
            unresolved(snapshot, scene, &name);
        },
    )
    .restarting(),
    Cause::new(
        "secret-parameter-missing",
        &["elasticache.parameter"],
        "Deletes the parameter with the cache's URL.",
        |snapshot, scene| {
            let name = scene.chapter.parameters.redis_url.clone();
            if let Fact::Present(parameters) = &mut snapshot.parameters {
                parameters.retain(|each| each.name != name);
            }
            unresolved(snapshot, scene, &name);
        },
    )
    .restarting(),
];

fn unresolved(snapshot: &mut Snapshot, scene: &Scene<'_>, name: &str) {
    let stop = Stop::before_start(format!(
        "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: \
         unable to retrieve secrets from ssm: service call has been retried 1 time(s): invalid ssm parameters: {name}"
    ));
    nothing_runs(snapshot, scene, &stop);
}
