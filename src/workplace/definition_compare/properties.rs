//! Whatever the definition: another order, another spelling or a default written out makes no difference; any change of
//! what it says does, and is named by its key.

use super::*;
use proptest::prelude::*;
use serde_json::{Map, json};

const ACCOUNT: &str = "123456789012";

/// Decisions, one after the other; where they run out, the answer is no.
struct Dice(std::vec::IntoIter<u8>);

impl Dice {
    fn up_to(&mut self, most: usize) -> usize {
        usize::from(self.0.next().unwrap_or_default()) % (most + 1)
    }

    fn yes(&mut self) -> bool {
        self.up_to(1) == 1
    }

    fn one_of<T: Clone>(&mut self, choices: &[T]) -> T {
        choices[self.up_to(choices.len() - 1)].clone()
    }

    fn shuffle(&mut self, list: &mut Value) {
        if let Some(items) = list.as_array_mut() {
            for at in (1..items.len()).rev() {
                let other = self.up_to(at);
                items.swap(at, other);
            }
        }
    }

    /// A key that says no more than its absence does.
    fn maybe(&mut self, object: &mut Value, key: &str, default: Value) {
        if self.yes() && object.get(key).is_none() {
            object[key] = default;
        }
    }
}

fn dice() -> impl Strategy<Value = Vec<u8>> {
    proptest::collection::vec(any::<u8>(), 0..200)
}

/// A definition as its author means it: nothing in it is a default.
fn definition() -> impl Strategy<Value = Value> {
    let container = (
        proptest::collection::btree_map("[A-Z]{1,6}", "[a-z0-9 ]{0,8}", 0..4),
        proptest::collection::btree_set("[A-Z]{1,6}", 0..3),
        proptest::collection::btree_set(1_u16..9000, 0..3),
        any::<[bool; 6]>(),
    );
    let sizes = prop_oneof![Just((256, 512)), Just((512, 1024)), Just((4096, 8192))];
    (proptest::collection::vec(container, 1..4), sizes).prop_map(|(containers, (cpu, memory))| {
        let containers: Vec<Value> = containers
            .into_iter()
            .enumerate()
            .map(|(at, (environment, secrets, ports, has))| {
                let mut one = json!({
                    "name": format!("c{at}"),
                    "image": format!("{ACCOUNT}.dkr.ecr.us-east-1.amazonaws.com/api:v1.{at}.0"),
                });
                let pair = |(name, value): (String, String)| json!({"name": name, "value": format!("s3cr3t {value}")});
                let secret = |name: String| json!({"name": name, "valueFrom": format!("/s3cr3t/{name}")});
                let port = |port: u16| json!({"containerPort": port});
                one["environment"] = environment.into_iter().map(pair).collect();
                one["secrets"] = secrets.into_iter().map(secret).collect();
                one["portMappings"] = ports.into_iter().map(port).collect();
                if has[0] {
                    one["healthCheck"] = json!({"command": ["CMD-SHELL", "true"], "interval": 10});
                }
                if has[1] {
                    one["command"] = json!(["run", "--port", "8000"]);
                }
                if has[2] {
                    one["essential"] = json!(false);
                }
                if has[3] {
                    one["logConfiguration"] = json!({"logDriver": "awslogs", "options": {"awslogs-group": "/ecs/x"}});
                }
                if has[4] {
                    one["mountPoints"] = json!([{"sourceVolume": "a", "containerPath": "/a"}, {"sourceVolume": "b", "containerPath": "/b", "readOnly": true}]);
                }
                if has[5] {
                    one["linuxParameters"] = json!({"capabilities": {"drop": ["NET_RAW", "CHOWN"]}, "initProcessEnabled": true});
                }
                one
            })
            .collect();
        json!({
            "family": "news-api-task", "cpu": cpu.to_string(), "memory": memory.to_string(),
            "networkMode": "awsvpc", "requiresCompatibilities": ["EC2", "FARGATE"],
            "executionRoleArn": format!("arn:aws:iam::{ACCOUNT}:role/exec"),
            "containerDefinitions": containers,
        })
    })
}

/// The same definition in other words.
fn spelled(mut whole: Value, dice: &mut Dice) -> Value {
    let cpu: f64 = whole["cpu"].as_str().unwrap().parse().unwrap();
    let memory: f64 = whole["memory"].as_str().unwrap().parse().unwrap();
    let words = |amount: f64, units: [&str; 2], dice: &mut Dice| match dice.up_to(3) {
        0 => json!(format!("{amount}")),
        1 => json!(amount as u64),
        2 => json!(format!("{}{}", amount / 1024.0, units[0])),
        _ => json!(
            format!("{}", amount / 1024.0)
                .trim_start_matches('0')
                .to_owned()
                + units[1]
        ),
    };
    whole["cpu"] = words(cpu, [" vCPU", " vcpu"], dice);
    whole["memory"] = words(memory, ["GB", " gb"], dice);
    if dice.yes() {
        let role = whole["executionRoleArn"].as_str().unwrap();
        whole["executionRoleArn"] = json!(role.rsplit('/').next().unwrap());
    }
    for (key, defaults) in [
        ("volumes", vec![json!([]), json!(null)]),
        ("placementConstraints", vec![json!([])]),
        ("enableFaultInjection", vec![json!(false)]),
        ("tags", vec![json!([{"key": "a", "value": "b"}])]),
        (
            "runtimePlatform",
            vec![
                json!({"cpuArchitecture": "X86_64", "operatingSystemFamily": "LINUX"}),
                json!({}),
            ],
        ),
        ("revision", vec![json!(7)]),
        ("deleteRequestedAt", vec![json!(1.5)]),
        ("registeredBy", vec![json!("somebody")]),
    ] {
        let default = dice.one_of(&defaults);
        dice.maybe(&mut whole, key, default);
    }
    dice.shuffle(&mut whole["requiresCompatibilities"]);
    dice.shuffle(&mut whole["containerDefinitions"]);
    for one in whole["containerDefinitions"].as_array_mut().unwrap() {
        container_spelled(one, dice);
    }
    if dice.yes() {
        whole = json!({"taskDefinition": whole});
    }
    whole
}

fn container_spelled(one: &mut Value, dice: &mut Dice) {
    for (key, default) in [
        ("essential", json!(true)),
        ("cpu", json!(0)),
        ("volumesFrom", json!([])),
        ("dockerLabels", json!({})),
        ("readonlyRootFilesystem", json!(false)),
        ("versionConsistency", json!("enabled")),
        ("user", json!(null)),
    ] {
        dice.maybe(one, key, default);
    }
    for key in ["environment", "secrets", "portMappings", "mountPoints"] {
        let Some(list) = one.get_mut(key) else {
            continue;
        };
        dice.shuffle(list);
        if list == &json!([]) && dice.yes() {
            one.as_object_mut().unwrap().remove(key);
        }
    }
    for port in one
        .get_mut("portMappings")
        .and_then(Value::as_array_mut)
        .into_iter()
        .flatten()
    {
        let same = port["containerPort"].clone();
        let host = dice.one_of(&[json!(0), same]);
        dice.maybe(port, "hostPort", host);
        dice.maybe(port, "protocol", json!("tcp"));
    }
    if let Some(check) = one.get_mut("healthCheck") {
        dice.maybe(check, "timeout", json!(5));
        dice.maybe(check, "retries", json!(3));
        dice.maybe(check, "startPeriod", json!(0));
    }
    if let Some(drop) = one.pointer_mut("/linuxParameters/capabilities/drop") {
        dice.shuffle(drop);
    }
    if let Some(logs) = one.get_mut("logConfiguration") {
        dice.maybe(logs, "secretOptions", json!([]));
    }
}

/// Every way in which this definition could say something else: where, what instead, and the key that tells.
fn changes(whole: &Value) -> Vec<(String, Value, String)> {
    let mut found = vec![
        ("/family".to_owned(), json!("other"), "family".to_owned()),
        ("/cpu".to_owned(), json!("1024"), "cpu".to_owned()),
        ("/memory".to_owned(), json!("2048"), "memory".to_owned()),
        (
            "/networkMode".to_owned(),
            json!("host"),
            "networkMode".to_owned(),
        ),
        (
            "/requiresCompatibilities".to_owned(),
            json!(["FARGATE"]),
            "requiresCompatibilities".to_owned(),
        ),
        (
            "/executionRoleArn".to_owned(),
            json!("other"),
            "executionRoleArn".to_owned(),
        ),
        (
            "/taskRoleArn".to_owned(),
            json!("task"),
            "taskRoleArn".to_owned(),
        ),
        (
            "/runtimePlatform".to_owned(),
            json!({"cpuArchitecture": "ARM64"}),
            "runtimePlatform".to_owned(),
        ),
        (
            "/volumes".to_owned(),
            json!([{"name": "data"}]),
            "volumes".to_owned(),
        ),
        (
            "/ephemeralStorage".to_owned(),
            json!({"sizeInGiB": 30}),
            "ephemeralStorage".to_owned(),
        ),
    ];
    let containers = whole["containerDefinitions"].as_array().unwrap();
    for (at, one) in containers.iter().enumerate() {
        let mut change = |path: &str, value: Value, key: &str| {
            found.push((
                format!("/containerDefinitions/{at}{path}"),
                value,
                format!("containerDefinitions.c{at}.{key}"),
            ));
        };
        for (key, value) in [
            ("image", json!("other:v2")),
            ("memory", json!(300)),
            ("cpu", json!(64)),
            ("user", json!("1000")),
            ("readonlyRootFilesystem", json!(true)),
            ("stopTimeout", json!(60)),
            ("entryPoint", json!(["sh"])),
            ("dockerLabels", json!({"s3cr3t": "s3cr3t"})),
            ("command", json!(["--port", "run", "8000"])),
            (
                "ulimits",
                json!([{"name": "nofile", "softLimit": 1, "hardLimit": 2}]),
            ),
            ("essential", json!(one.get("essential").is_some())),
        ] {
            change(&format!("/{key}"), value, key);
        }
        for (index, pair) in one["environment"].as_array().unwrap().iter().enumerate() {
            let name = pair["name"].as_str().unwrap();
            change(
                &format!("/environment/{index}/value"),
                json!("s3cr3t!"),
                &format!("environment.{name}"),
            );
        }
        for (index, secret) in one["secrets"].as_array().unwrap().iter().enumerate() {
            let name = secret["name"].as_str().unwrap();
            change(
                &format!("/secrets/{index}/valueFrom"),
                json!("/s3cr3t/other!"),
                &format!("secrets.{name}"),
            );
        }
        for (index, port) in one["portMappings"].as_array().unwrap().iter().enumerate() {
            let port = &port["containerPort"];
            change(
                &format!("/portMappings/{index}/appProtocol"),
                json!("http"),
                &format!("portMappings.{port}.appProtocol"),
            );
        }
        if one.get("healthCheck").is_some() {
            change("/healthCheck/interval", json!(11), "healthCheck.interval");
            change("/healthCheck/retries", json!(4), "healthCheck.retries");
        }
        if one.get("logConfiguration").is_some() {
            change(
                "/logConfiguration/options/awslogs-group",
                json!("/ecs/y"),
                "logConfiguration.options.awslogs-group",
            );
            change(
                "/logConfiguration/options/mode",
                json!("non-blocking"),
                "logConfiguration.options.mode",
            );
        }
        if one.get("mountPoints").is_some() {
            change("/mountPoints/0/readOnly", json!(true), "mountPoints");
        }
        if one.get("linuxParameters").is_some() {
            change(
                "/linuxParameters/capabilities/drop",
                json!(["NET_RAW"]),
                "linuxParameters.capabilities.drop",
            );
        }
    }
    found
}

fn changed(mut whole: Value, pointer: &str, value: Value) -> Value {
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    let parent = whole.pointer_mut(parent).unwrap();
    parent
        .as_object_mut()
        .unwrap_or(&mut Map::new())
        .insert(key.to_owned(), value);
    whole
}

proptest! {
    #[test]
    fn the_same_in_other_words_is_equal(whole in definition(), ours in dice(), theirs in dice()) {
        let file = spelled(whole.clone(), &mut Dice(ours.into_iter()));
        let registered = spelled(whole, &mut Dice(theirs.into_iter()));
        prop_assert_eq!(compare(&file, &registered), Comparison::Equal);
    }

    #[test]
    fn any_change_of_what_it_says_is_a_difference_named_by_its_key_alone(
        whole in definition(), which in any::<prop::sample::Index>(), ours in dice(), theirs in dice()
    ) {
        let changes = changes(&whole);
        let (pointer, value, key) = which.get(&changes).clone();
        let other = changed(whole.clone(), &pointer, value);
        let file = spelled(other, &mut Dice(ours.into_iter()));
        let registered = spelled(whole, &mut Dice(theirs.into_iter()));
        for found in [compare(&file, &registered), compare(&registered, &file)] {
            let Comparison::Differs(found) = found else {
                return Err(TestCaseError::fail(format!("{pointer} makes no difference")));
            };
            let keys: Vec<&str> = found.iter().map(|one| one.key.as_str()).collect();
            prop_assert_eq!(&keys, &[key.as_str()]);
            prop_assert!(!format!("{found:?}").contains("s3cr3t"), "{:?}", found);
        }
    }
}
