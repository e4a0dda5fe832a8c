use super::*;
use crate::account::Comparison::{Differs, Equal};
use serde_json::json;

fn registered() -> Value {
    json!({
        "taskDefinitionArn": "arn:aws:ecs:us-east-1:123456789012:task-definition/news-api-task:7",
        "family": "news-api-task",
        "revision": 7,
        "status": "ACTIVE",
        "executionRoleArn": "arn:aws:iam::123456789012:role/ecsTaskExecutionRole",
        "networkMode": "awsvpc",
        "cpu": "256",
        "memory": "512",
        "requiresCompatibilities": ["FARGATE"],
        "compatibilities": ["EC2", "FARGATE"],
        "requiresAttributes": [{"name": "com.amazonaws.ecs.capability.logging-driver.awslogs"}],
        "registeredAt": 1795351200.123,
        "registeredBy": "arn:aws:iam::123456789012:user/news-admin",
        "volumes": [],
        "placementConstraints": [],
        "containerDefinitions": [{
            "name": "api",
            "image": "123456789012.dkr.ecr.us-east-1.amazonaws.com/news-aggregator-api:v1.0.0",
            "cpu": 0,
            "essential": true,
            "portMappings": [{"containerPort": 8000, "hostPort": 8000, "protocol": "tcp"}],
            "environment": [
                {"name": "DEBUG", "value": "false"},
                {"name": "STAGE", "value": "production"}
            ],
            "secrets": [
                {"name": "DATABASE_URL", "valueFrom": "arn:aws:ssm:us-east-1:123456789012:parameter/news-api/DATABASE_URL"},
                {"name": "REDIS_URL", "valueFrom": "arn:aws:ssm:us-east-1:123456789012:parameter/news-api/REDIS_URL"}
            ],
            "mountPoints": [],
            "volumesFrom": [],
            "systemControls": [],
            "logConfiguration": {
                "logDriver": "awslogs",
                "options": {"awslogs-group": "/ecs/news-api", "awslogs-region": "us-east-1", "awslogs-stream-prefix": "api"},
                "secretOptions": []
            },
            "healthCheck": {"command": ["CMD-SHELL", "curl -f localhost:8000/docs"], "interval": 30, "timeout": 5, "retries": 3}
        }]
    })
}

/// What a learner would write for the above.
fn file() -> Value {
    json!({
        "family": "news-api-task",
        "executionRoleArn": "ecsTaskExecutionRole",
        "networkMode": "awsvpc",
        "cpu": "256",
        "memory": "512",
        "requiresCompatibilities": ["FARGATE"],
        "containerDefinitions": [{
            "name": "api",
            "image": "123456789012.dkr.ecr.us-east-1.amazonaws.com/news-aggregator-api:v1.0.0",
            "portMappings": [{"containerPort": 8000}],
            "environment": [
                {"name": "STAGE", "value": "production"},
                {"name": "DEBUG", "value": "false"}
            ],
            "secrets": [
                {"name": "REDIS_URL", "valueFrom": "arn:aws:ssm:us-east-1:123456789012:parameter/news-api/REDIS_URL"},
                {"name": "DATABASE_URL", "valueFrom": "arn:aws:ssm:us-east-1:123456789012:parameter/news-api/DATABASE_URL"}
            ],
            "logConfiguration": {
                "logDriver": "awslogs",
                "options": {"awslogs-group": "/ecs/news-api", "awslogs-region": "us-east-1", "awslogs-stream-prefix": "api"}
            },
            "healthCheck": {"command": ["CMD-SHELL", "curl -f localhost:8000/docs"]}
        }]
    })
}

/// `+key` stands in the file only, `-key` in AWS only.
fn differs(keys: &[&str]) -> Comparison {
    let difference = |key: &&str| match (key.strip_prefix('+'), key.strip_prefix('-')) {
        (Some(key), _) => on(Side::OnlyInFile, key.to_owned()),
        (_, Some(key)) => on(Side::OnlyRegistered, key.to_owned()),
        _ => Difference::from(*key),
    };
    Differs(keys.iter().map(difference).collect())
}

/// The file with one place changed.
fn file_with(pointer: &str, value: Value) -> Value {
    changed(file(), pointer, value)
}

fn changed(mut whole: Value, pointer: &str, value: Value) -> Value {
    let (parent, key) = pointer.rsplit_once('/').expect("a pointer has a slash");
    match whole.pointer_mut(parent).expect("the parent is there") {
        Value::Object(map) => {
            map.insert(key.to_owned(), value);
        }
        Value::Array(items) => items[key.parse::<usize>().unwrap()] = value,
        _ => panic!("neither table nor list"),
    }
    whole
}

#[test]
fn a_file_equals_what_aws_made_of_it() {
    assert_eq!(compare(&file(), &registered()), Equal);
}

#[test]
fn what_aws_printed_and_was_pasted_back_is_equal_wrapped_or_not() {
    assert_eq!(compare(&registered(), &registered()), Equal);
    assert_eq!(
        compare(&json!({"taskDefinition": registered()}), &registered()),
        Equal
    );
    assert_eq!(
        compare(
            &file(),
            &json!({"taskDefinition": registered(), "tags": []})
        ),
        Equal
    );
}

#[test]
fn cpu_and_memory_are_equal_in_every_spelling() {
    for cpu in [
        json!("256"),
        json!(256),
        json!(".25 vCPU"),
        json!("0.25 vcpu"),
        json!("0.25vCPU"),
    ] {
        assert_eq!(
            compare(&file_with("/cpu", cpu.clone()), &registered()),
            Equal,
            "{cpu}"
        );
    }
    for memory in [
        json!("512"),
        json!(512),
        json!("0.5 GB"),
        json!("0.5GB"),
        json!(".5 gb"),
    ] {
        assert_eq!(
            compare(&file_with("/memory", memory.clone()), &registered()),
            Equal,
            "{memory}"
        );
    }
    assert_eq!(
        compare(&file_with("/cpu", json!("512")), &registered()),
        differs(&["cpu"])
    );
    assert_eq!(
        compare(&file_with("/memory", json!("1 GB")), &registered()),
        differs(&["memory"])
    );
    assert_eq!(
        compare(&file_with("/cpu", json!("a lot")), &registered()),
        differs(&["cpu"])
    );
}

#[test]
fn a_role_is_the_same_by_name_and_by_arn_but_two_arns_must_agree() {
    let by_arn = |arn: &str| file_with("/executionRoleArn", json!(arn));
    assert_eq!(
        compare(
            &by_arn("arn:aws:iam::123456789012:role/ecsTaskExecutionRole"),
            &registered()
        ),
        Equal
    );
    assert_eq!(
        compare(
            &by_arn("arn:aws:iam::<ACCOUNT_ID>:role/ecsTaskExecutionRole"),
            &registered()
        ),
        Equal
    );
    assert_eq!(
        compare(
            &by_arn("arn:aws:iam::999999999999:role/ecsTaskExecutionRole"),
            &registered()
        ),
        differs(&["executionRoleArn"])
    );
    assert_eq!(
        compare(&by_arn("anotherRole"), &registered()),
        differs(&["executionRoleArn"])
    );
}

#[test]
fn the_image_counts_unless_the_file_leaves_it_open() {
    let image = |text: &str| file_with("/containerDefinitions/0/image", json!(text));
    assert_eq!(
        compare(
            &image("123456789012.dkr.ecr.us-east-1.amazonaws.com/news-aggregator-api:v1.1.0"),
            &registered()
        ),
        differs(&["containerDefinitions.api.image"])
    );
    assert_eq!(compare(&image("<IMAGE>"), &registered()), Equal);
    assert_eq!(
        compare(&image("somewhere/else:${TAG}"), &registered()),
        Equal
    );
}

#[test]
fn a_placeholder_elsewhere_stands_for_any_text_but_what_is_around_it_counts() {
    let secret = |arn: &str| file_with("/containerDefinitions/0/secrets/1/valueFrom", json!(arn));
    assert_eq!(
        compare(
            &secret("arn:aws:ssm:us-east-1:<ACCOUNT_ID>:parameter/news-api/DATABASE_URL"),
            &registered()
        ),
        Equal
    );
    assert_eq!(
        compare(
            &secret("arn:aws:ssm:us-east-1:<ACCOUNT_ID>:parameter/other/DATABASE_URL"),
            &registered()
        ),
        differs(&["containerDefinitions.api.secrets.DATABASE_URL"])
    );
}

#[test]
fn a_variable_named_image_is_a_variable() {
    let with = |image: &str| json!([{"name": "image", "value": image}]);
    let theirs = changed(
        registered(),
        "/containerDefinitions/0/environment",
        with("news.png"),
    );
    let ours = file_with("/containerDefinitions/0/environment", with("<x>.jpg"));
    assert_eq!(
        compare(&ours, &theirs),
        differs(&["containerDefinitions.api.environment.image"])
    );
}

#[test]
fn the_shells_variables_in_a_command_are_no_placeholders() {
    let theirs = changed(
        registered(),
        "/containerDefinitions/0/command",
        json!(["sh", "-c", "run --port 8000"]),
    );
    let ours = file_with(
        "/containerDefinitions/0/command",
        json!(["sh", "-c", "run --port ${PORT}"]),
    );
    assert_eq!(
        compare(&ours, &theirs),
        differs(&["containerDefinitions.api.command"])
    );
}

#[test]
fn a_changed_a_missing_and_an_added_variable_are_each_named_without_their_values() {
    let environment = json!([
        {"name": "STAGE", "value": "s3cr3t-in-the-file"},
        {"name": "EXTRA", "value": "another-secret"}
    ]);
    let found = compare(
        &file_with("/containerDefinitions/0/environment", environment),
        &registered(),
    );
    assert_eq!(
        found,
        differs(&[
            "-containerDefinitions.api.environment.DEBUG",
            "+containerDefinitions.api.environment.EXTRA",
            "containerDefinitions.api.environment.STAGE",
        ])
    );
    let shown = format!("{found:?}");
    for value in ["s3cr3t", "another-secret", "production"] {
        assert!(!shown.contains(value), "{value} is shown");
    }
}

#[test]
fn the_order_of_containers_does_not_matter_and_a_missing_one_is_named() {
    let sidecar = json!({"name": "proxy", "image": "nginx:1.29", "essential": false});
    let mut theirs = registered();
    theirs["containerDefinitions"]
        .as_array_mut()
        .unwrap()
        .push(sidecar.clone());
    let mut ours = file();
    ours["containerDefinitions"]
        .as_array_mut()
        .unwrap()
        .insert(0, sidecar);
    assert_eq!(compare(&ours, &theirs), Equal);
    assert_eq!(
        compare(&file(), &theirs),
        differs(&["-containerDefinitions.proxy"])
    );
    assert_eq!(
        compare(&ours, &registered()),
        differs(&["+containerDefinitions.proxy"])
    );
}

#[test]
fn essential_is_true_unless_written_otherwise() {
    let off = file_with("/containerDefinitions/0/essential", json!(false));
    assert_eq!(
        compare(&off, &registered()),
        differs(&["+containerDefinitions.api.essential"])
    );
    let off_there = changed(
        registered(),
        "/containerDefinitions/0/essential",
        json!(false),
    );
    assert_eq!(compare(&off, &off_there), Equal);
    assert_eq!(
        compare(&file(), &off_there),
        differs(&["-containerDefinitions.api.essential"])
    );
}

#[test]
fn ports_are_equal_with_their_defaults_and_differ_by_number_and_protocol() {
    let ports = |value: Value| file_with("/containerDefinitions/0/portMappings", value);
    for same in [
        json!([{"containerPort": 8000, "hostPort": 0}]),
        json!([{"containerPort": 8000, "hostPort": 8000}]),
        json!([{"containerPort": 8000, "protocol": "tcp"}]),
    ] {
        assert_eq!(
            compare(&ports(same.clone()), &registered()),
            Equal,
            "{same}"
        );
    }
    assert_eq!(
        compare(&ports(json!([{"containerPort": 8080}])), &registered()),
        differs(&[
            "-containerDefinitions.api.portMappings.8000",
            "+containerDefinitions.api.portMappings.8080"
        ])
    );
    assert_eq!(
        compare(
            &ports(json!([{"containerPort": 8000, "protocol": "udp"}])),
            &registered()
        ),
        differs(&[
            "-containerDefinitions.api.portMappings.8000",
            "+containerDefinitions.api.portMappings.8000/udp"
        ])
    );
}

#[test]
fn empty_lists_switches_that_are_off_and_defaults_of_the_platform_are_as_if_absent() {
    let mut ours = file();
    ours["volumes"] = json!([]);
    ours["enableFaultInjection"] = json!(false);
    ours["taskRoleArn"] = json!(null);
    ours["runtimePlatform"] =
        json!({"cpuArchitecture": "X86_64", "operatingSystemFamily": "LINUX"});
    ours["containerDefinitions"][0]["readonlyRootFilesystem"] = json!(false);
    ours["containerDefinitions"][0]["healthCheck"]["startPeriod"] = json!(0);
    ours["tags"] = json!([{"key": "course", "value": "news"}]);
    assert_eq!(compare(&ours, &registered()), Equal);
    ours["runtimePlatform"]["cpuArchitecture"] = json!("ARM64");
    assert_eq!(
        compare(&ours, &registered()),
        differs(&["+runtimePlatform"])
    );
}

#[test]
fn a_health_check_with_another_interval_differs_and_one_that_is_not_there_too() {
    let slow = file_with("/containerDefinitions/0/healthCheck/interval", json!(10));
    assert_eq!(
        compare(&slow, &registered()),
        differs(&["+containerDefinitions.api.healthCheck.interval"])
    );
    let mut without = file();
    without["containerDefinitions"][0]
        .as_object_mut()
        .unwrap()
        .remove("healthCheck");
    assert_eq!(
        compare(&without, &registered()),
        differs(&["-containerDefinitions.api.healthCheck"])
    );
}

#[test]
fn log_options_and_labels_are_compared_one_by_one() {
    let options = "/containerDefinitions/0/logConfiguration/options/awslogs-group";
    assert_eq!(
        compare(&file_with(options, json!("/ecs/other")), &registered()),
        differs(&["containerDefinitions.api.logConfiguration.options.awslogs-group"])
    );
    let labelled = file_with(
        "/containerDefinitions/0/dockerLabels",
        json!({"team": "news"}),
    );
    assert_eq!(
        compare(&labelled, &registered()),
        differs(&["+containerDefinitions.api.dockerLabels"])
    );
}

#[test]
fn a_variable_is_the_same_as_in_the_file_or_not_or_cannot_be_told() {
    let ours = file_with(
        "/containerDefinitions/0/environment",
        json!([{"name": "STAGE", "value": "production"}, {"name": "OPEN", "value": "${OPEN}"}, {"name": "EMPTY"}]),
    );
    let ask =
        |name: &str, value: &str| same_as_file(&ours, "api", Listed::Environment, name, value);
    assert_eq!(ask("STAGE", "production"), Some(true));
    assert_eq!(ask("STAGE", "staging"), Some(false));
    assert_eq!(ask("EMPTY", ""), Some(true));
    assert_eq!(ask("OPEN", "anything"), None);
    assert_eq!(ask("NOT_THERE", "x"), None);
    assert_eq!(
        same_as_file(&ours, "other", Listed::Environment, "STAGE", "production"),
        None
    );
    let wrapped = json!({"taskDefinition": changed(file(), "/containerDefinitions/0/dockerLabels", json!({"a": "b"}))});
    assert_eq!(
        same_as_file(&wrapped, "api", Listed::Labels, "a", "b"),
        Some(true)
    );
    assert_eq!(
        same_as_file(&wrapped, "api", Listed::Labels, "a", "c"),
        Some(false)
    );
}

#[test]
fn keys_from_a_file_cannot_carry_control_characters_to_the_screen() {
    let ours = file_with("/evil\u{1b}[2J", json!("x"));
    let Differs(keys) = compare(&ours, &registered()) else {
        panic!("equal")
    };
    assert_eq!(keys[0].key, "evil?[2J");
}
