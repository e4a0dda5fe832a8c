//! The task definition.

use super::shape::*;
use crate::account::*;
use crate::checks::Verdict::*;
use crate::checks::testing::*;

#[test]
fn a_definition_that_is_not_registered_is_missing_and_its_properties_wait() {
    assert_is(&empty(), "taskdef.registered", Missing, "");
    assert_is(&good(), "taskdef.registered", Passed, "");
    for check in [
        "taskdef.matches-file",
        "taskdef.pinned-image",
        "taskdef.image-exists",
        "taskdef.fargate-size",
        "taskdef.port",
        "taskdef.logs",
        "taskdef.no-secrets-in-environment",
        "taskdef.secrets-resolve",
        "ecs.stateless",
        "ecs.rollback-ready",
    ] {
        let found = assert_is(&empty(), check, Blocked, "");
        assert_eq!(
            found.blocked_by.unwrap().as_str(),
            "taskdef.registered",
            "{check}"
        );
    }
}

#[test]
fn a_denied_definition_is_unknown_everywhere() {
    let action = "ecs:DescribeTaskDefinition";
    let snapshot = good_but(|snapshot| {
        for definition in snapshot.definitions.values_mut() {
            *definition = denied(action);
        }
    });
    for check in [
        "taskdef.matches-file",
        "taskdef.pinned-image",
        "taskdef.image-exists",
        "taskdef.fargate-size",
        "taskdef.port",
        "taskdef.logs",
        "taskdef.no-secrets-in-environment",
        "taskdef.secrets-resolve",
        "role.execution",
        "ecs.stateless",
    ] {
        assert_denied(&snapshot, check, action);
    }
    let action = "ecs:ListTaskDefinitions";
    let snapshot = good_but(|snapshot| snapshot.revisions = denied(action));
    assert_denied(&snapshot, "taskdef.registered", action);
}

fn file(snapshot: &mut Snapshot) -> &mut DefinitionFile {
    read(&mut snapshot.workplace.definition_file)
}

fn differs(snapshot: &mut Snapshot, key: &str) {
    for comparison in file(snapshot).compared.values_mut() {
        *comparison = Comparison::Differs(vec![key.into()]);
    }
}

const FILE: &str = "taskdef.matches-file";

#[test]
fn the_file_says_what_runs() {
    assert_is(&good(), FILE, Passed, "");
    assert_is(
        &good_but(|snapshot| snapshot.workplace.definition_file = Fact::Absent),
        FILE,
        Missing,
        "",
    );
    let drifted = good_but(|snapshot| differs(snapshot, "containerDefinitions.api.image"));
    let found = assert_is(&drifted, FILE, Failed, "task-definition-drift");
    assert!(
        found.summary.contains("containerDefinitions.api.image"),
        "{}",
        found.summary
    );
}

#[test]
fn a_file_that_cannot_be_read_as_one_says_where() {
    let snapshot = good_but(|snapshot| {
        file(snapshot).readable = FileState::NotJson {
            line: 12,
            column: 3,
            looks_like: JsonTrouble::Other,
        }
    });
    let found = assert_is(&snapshot, FILE, Failed, "task-definition-drift");
    assert!(found.summary.contains("line 12, column 3"));
    let snapshot = good_but(|snapshot| file(snapshot).readable = FileState::NotADefinition);
    assert_is(&snapshot, FILE, Failed, "task-definition-drift");
}

#[test]
fn the_workplace_out_of_reach_is_unknown() {
    let snapshot = good_but(|snapshot| snapshot.workplace.definition_file = Fact::not_asked());
    assert_is(&snapshot, FILE, Unknown, "");
}

#[test]
fn an_instructor_does_not_see_the_file() {
    let snapshot = good_but(|snapshot| {
        snapshot.seen_by = SeenBy::Instructor;
        snapshot.workplace.definition_file = Fact::not_asked();
    });
    let found = assert_is(&snapshot, FILE, Skipped, "");
    assert_eq!(found.summary, "only on the learner's machine");
}

/// The file is a newer revision than the service runs.
fn newer() -> Snapshot {
    good_but(|snapshot| {
        let running = service(snapshot).definition.clone();
        let newest: RevisionArn = format!("{}9", running.as_str()).into();
        let mut definition = read(snapshot.definitions.get_mut(&running).unwrap()).clone();
        definition.arn = newest.clone();
        snapshot
            .definitions
            .insert(newest.clone(), Fact::Present(definition));
        read(&mut snapshot.revisions).insert(0, newest.clone());
        differs(snapshot, "memory");
        file(snapshot).compared.insert(newest, Comparison::Equal);
    })
}

#[test]
fn a_revision_that_was_never_deployed_was_forgotten() {
    let found = assert_is(&newer(), FILE, Failed, "old-revision-running");
    assert!(
        found.fix[0]
            .command
            .as_ref()
            .unwrap()
            .contains("update-service")
    );
}

#[test]
fn a_revision_that_was_deployed_and_taken_back_is_a_rollback() {
    let mut snapshot = newer();
    let newest = read(&mut snapshot.revisions)[0].clone();
    read(&mut service(&mut snapshot).history)[0].definition = Some(newest);
    let found = assert_is(&snapshot, FILE, Passed, "");
    assert!(found.advice.unwrap().contains("back too"));
}

#[test]
fn without_the_deployments_it_cannot_be_told_which() {
    let mut snapshot = newer();
    let action = "ecs:ListServiceDeployments";
    service(&mut snapshot).history = denied(action);
    assert_denied(&snapshot, FILE, action);
    let mut snapshot = newer();
    for deployment in read(&mut service(&mut snapshot).history) {
        deployment.definition = None;
    }
    assert_is(&snapshot, FILE, Unknown, "");
}

#[test]
fn a_file_that_git_does_not_know_is_remarked_on() {
    let snapshot = good_but(|snapshot| file(snapshot).tracked = Fact::Present(Tracked::Untracked));
    let found = assert_is(&snapshot, FILE, Passed, "");
    assert!(found.advice.unwrap().contains("git add"));
}

fn registry() -> String {
    format!(
        "{}.dkr.ecr.us-east-1.amazonaws.com/news-aggregator-api",
        crate::practice::ACCOUNT
    )
}

fn with_image(image: &str) -> Snapshot {
    good_but(|snapshot| each_container(snapshot, |container| container.image = image.to_owned()))
}

#[test]
fn latest_written_or_implied_is_not_pinned() {
    for image in [format!("{}:latest", registry()), registry()] {
        let snapshot = with_image(&image);
        assert_is(
            &snapshot,
            "taskdef.pinned-image",
            Failed,
            "image-pins-latest",
        );
        // ... although the tag is there, or would only follow from it.
        assert!(verdict(&snapshot, "taskdef.image-exists") != Failed);
    }
    assert_is(&good(), "taskdef.pinned-image", Passed, "");
    assert_is(
        &with_image(&format!("{}@sha256:aa", registry())),
        "taskdef.pinned-image",
        Passed,
        "",
    );
}

#[test]
fn an_image_that_is_not_there_is_said_with_the_nearest_tags() {
    assert_is(&good(), "taskdef.image-exists", Passed, "");
    let found = assert_is(
        &with_image(&format!("{}:v1.0.1", registry())),
        "taskdef.image-exists",
        Failed,
        "image-tag-missing",
    );
    assert!(found.summary.contains("v1.0.0"), "{}", found.summary);
    let hub = with_image("news-aggregator-api:v1.0.0");
    let found = assert_is(&hub, "taskdef.image-exists", Failed, "image-tag-missing");
    assert!(found.summary.contains("Docker Hub"), "{}", found.summary);
}

#[test]
fn an_image_of_another_region_or_account_is_elsewhere() {
    for image in [
        registry().replace("us-east-1", "eu-west-1"),
        registry().replace(crate::practice::ACCOUNT, "210987654321"),
    ] {
        let snapshot = with_image(&format!("{image}:v1.0.0"));
        assert_is(&snapshot, "taskdef.image-exists", Failed, "wrong-region");
    }
}

fn images(snapshot: &mut Snapshot) -> &mut Vec<Image> {
    read(
        &mut snapshot
            .repositories
            .get_mut("news-aggregator-api")
            .unwrap()
            .images,
    )
}

#[test]
fn an_archived_image_cannot_be_pulled_and_an_untagged_one_cannot_be_seen() {
    let snapshot = good_but(|snapshot| {
        let archived = Image {
            status: ImageStatus::Archived,
            tags: vec!["v0.1.0".into()],
            digest: "sha256:old".into(),
            ..images(snapshot)[0].clone()
        };
        images(snapshot).push(archived);
        each_container(snapshot, |container| {
            container.image = format!("{}:v0.1.0", registry());
        });
    });
    assert_is(
        &snapshot,
        "taskdef.image-exists",
        Failed,
        "image-tag-missing",
    );
    assert_is(
        &with_image(&format!("{}@sha256:aa", registry())),
        "taskdef.image-exists",
        Unknown,
        "",
    );
}

#[test]
fn without_repository_or_images_the_definition_waits() {
    let snapshot = good_but(|snapshot| images(snapshot).clear());
    let found = assert_is(&snapshot, "taskdef.image-exists", Blocked, "");
    assert_eq!(found.blocked_by.unwrap().as_str(), "ecr.image-pushed");
    let snapshot = good_but(|snapshot| {
        for facts in snapshot.repositories.values_mut() {
            facts.repository = Fact::Absent;
            facts.images = Fact::Absent;
        }
    });
    let found = assert_is(&snapshot, "taskdef.image-exists", Blocked, "");
    assert_eq!(found.blocked_by.unwrap().as_str(), "ecr.repository");
}

#[test]
fn the_release_tag_taken_away_is_one_fault() {
    let snapshot = good_but(|snapshot| {
        for image in images(snapshot) {
            image.tags.retain(|tag| tag != "v1.0.0");
        }
    });
    assert_is(
        &snapshot,
        "ecr.three-tags-one-digest",
        Failed,
        "release-tags-incomplete",
    );
    let found = assert_is(&snapshot, "taskdef.image-exists", Blocked, "");
    assert_eq!(
        found.blocked_by.unwrap().as_str(),
        "ecr.three-tags-one-digest"
    );
}

#[test]
fn an_image_for_the_other_processor_does_not_run() {
    let snapshot = good_but(|snapshot| {
        each_definition(snapshot, |definition| {
            definition.architecture = Some(Architecture::Arm64);
        });
    });
    assert_is(
        &snapshot,
        "taskdef.image-exists",
        Failed,
        "image-wrong-architecture",
    );
    let snapshot = good_but(|snapshot| {
        for image in images(snapshot) {
            read(&mut image.platforms)[0].architecture = "arm64".into();
        }
    });
    assert_is(
        &snapshot,
        "ecr.architecture",
        Failed,
        "image-wrong-architecture",
    );
    let found = assert_is(&snapshot, "taskdef.image-exists", Blocked, "");
    assert_eq!(found.blocked_by.unwrap().as_str(), "ecr.architecture");
}

#[test]
fn unread_images_or_platforms_are_unknown() {
    let action = "ecr:DescribeImages";
    let snapshot = good_but(|snapshot| {
        for facts in snapshot.repositories.values_mut() {
            facts.images = denied(action);
        }
    });
    assert_denied(&snapshot, "taskdef.image-exists", action);
    let action = "ecr:BatchGetImage";
    let snapshot = good_but(|snapshot| {
        for image in images(snapshot) {
            image.platforms = denied(action);
        }
    });
    assert_denied(&snapshot, "taskdef.image-exists", action);
    let snapshot = good_but(|snapshot| {
        for image in images(snapshot) {
            image.platforms = Fact::Present(Vec::new());
        }
    });
    assert_is(&snapshot, "taskdef.image-exists", Unknown, "");
}

fn sized(cpu: Option<&str>, memory: Option<&str>) -> Snapshot {
    good_but(|snapshot| {
        each_definition(snapshot, |definition| {
            definition.cpu = cpu.map(str::to_owned);
            definition.memory = memory.map(str::to_owned);
        });
    })
}

#[test]
fn any_pair_that_fargate_offers_will_do() {
    for (cpu, memory) in [
        ("256", "512"),
        ("1024", "3072"),
        ("16384", "122880"),
        (".5 vCPU", "1 GB"),
    ] {
        assert_is(
            &sized(Some(cpu), Some(memory)),
            "taskdef.fargate-size",
            Passed,
            "",
        );
    }
    for (cpu, memory) in [
        (Some("256"), Some("4096")),
        (Some("300"), Some("512")),
        (None, Some("512")),
        (Some("256"), None),
    ] {
        assert_is(
            &sized(cpu, memory),
            "taskdef.fargate-size",
            Failed,
            "fargate-size-invalid",
        );
    }
}

#[test]
fn a_definition_for_ec2_is_not_for_fargate() {
    for change in [
        |definition: &mut TaskDefinition| definition.compatibilities = vec!["EC2".into()],
        |definition: &mut TaskDefinition| definition.network_mode = Some("bridge".into()),
        |definition: &mut TaskDefinition| definition.network_mode = None,
        |definition: &mut TaskDefinition| {
            definition.compatibilities.clear();
            definition.requires.clear();
        },
    ] {
        let snapshot = good_but(|snapshot| each_definition(snapshot, change));
        assert_is(
            &snapshot,
            "taskdef.fargate-size",
            Failed,
            "fargate-size-invalid",
        );
    }
    let snapshot = good_but(|snapshot| {
        each_definition(snapshot, |definition| definition.compatibilities.clear());
    });
    assert_is(&snapshot, "taskdef.fargate-size", Passed, "");
}

#[test]
fn the_apps_port_has_to_be_mapped() {
    assert_is(&good(), "taskdef.port", Passed, "");
    for ports in [
        vec![],
        vec![PortMapping {
            container: 80,
            last: None,
            protocol: "tcp".into(),
        }],
        vec![PortMapping {
            container: 8000,
            last: None,
            protocol: "udp".into(),
        }],
    ] {
        let snapshot = good_but(|snapshot| {
            each_container(snapshot, |container| container.ports.clone_from(&ports));
        });
        assert_is(&snapshot, "taskdef.port", Failed, "port-not-mapped");
        // ... and the service's own entry only follows from it.
        let balanced = assert_is(&snapshot, "ecs.load-balanced", Blocked, "");
        assert_eq!(balanced.blocked_by.unwrap().as_str(), "taskdef.port");
    }
}

#[test]
fn the_container_writes_to_a_log_group_of_this_region() {
    assert_is(&good(), "taskdef.logs", Passed, "");
    fn with(change: impl Fn(&mut Option<LogSettings>)) -> Snapshot {
        good_but(|snapshot| each_container(snapshot, |container| change(&mut container.logs)))
    }
    for broken in [
        with(|logs| *logs = None),
        with(|logs| logs.as_mut().unwrap().driver = "json-file".into()),
        with(|logs| logs.as_mut().unwrap().group = None),
    ] {
        assert_is(&broken, "taskdef.logs", Failed, "logs-not-configured");
    }
    let elsewhere = with(|logs| logs.as_mut().unwrap().region = Some("eu-west-1".into()));
    assert_is(&elsewhere, "taskdef.logs", Failed, "log-group-missing");
    let gone = good_but(|snapshot| snapshot.log_groups = Fact::Present(Vec::new()));
    let found = assert_is(&gone, "taskdef.logs", Blocked, "");
    assert_eq!(found.blocked_by.unwrap().as_str(), "logs.group");
}
