//! Faults between the file in the repository and what is registered.

use super::super::cause::Cause;
use super::super::ids::CONTAINER;
use super::super::scene::Scene;
use crate::account::*;

pub(super) const CAUSES: &[Cause] = &[
    Cause::new(
        "task-definition-drift",
        &["ecs-service.task-definition"],
        "Changes the file in the repository without registering it.",
        drift,
    ),
    Cause::new(
        "old-revision-running",
        &["ecs-service.service"],
        "Registers a new revision from the file, and forgets to update the service.",
        forgotten,
    )
    .repaired_by(&["ecs-service.task-definition", "ecs-service.service"]),
];

fn drift(snapshot: &mut Snapshot, _: &Scene<'_>) {
    if let Fact::Present(file) = &mut snapshot.workplace.definition_file {
        let changed = vec!["memory".into(), environment_key().into()];
        for comparison in file.compared.values_mut() {
            *comparison = Comparison::Differs(changed.clone());
        }
        file.tracked = Fact::Present(Tracked::Changed);
    }
}

fn environment_key() -> String {
    format!("containerDefinitions.{CONTAINER}.environment.LOG_LEVEL")
}

/// The file is now the newest revision; the service runs an older one.
fn forgotten(snapshot: &mut Snapshot, scene: &Scene<'_>) {
    let (Fact::Present(revisions), Fact::Present(service)) =
        (&mut snapshot.revisions, &snapshot.service)
    else {
        return;
    };
    let number = revisions
        .first()
        .and_then(RevisionArn::number)
        .unwrap_or_default();
    let newest = scene.ids.revision(number + 1);
    revisions.insert(0, newest.clone());
    let running = service.definition.clone();
    if let Some(Fact::Present(definition)) = snapshot.definitions.get(&running) {
        let mut definition = definition.clone();
        definition.arn = newest.clone();
        definition.memory = Some((scene.chapter.service.memory * 2).to_string());
        // Only the newest and the running revision are read.
        snapshot.definitions.retain(|arn, _| *arn == running);
        snapshot
            .definitions
            .insert(newest.clone(), Fact::Present(definition));
    }
    if let Fact::Present(file) = &mut snapshot.workplace.definition_file {
        file.compared.clear();
        file.compared
            .insert(running, Comparison::Differs(vec!["memory".into()]));
        file.compared.insert(newest, Comparison::Equal);
    }
}
