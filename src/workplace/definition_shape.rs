//! A task definition in the one shape that equal ones share: what AWS adds is dropped, defaults are left out, lists
//! that have no order become maps. The rules are those of the Terraform provider's reducer and of the ECS deploy
//! action, in which AWS's own defaults are written down.

use super::placeholder::name_of;
use serde_json::{Map, Value};

/// What DescribeTaskDefinition adds and RegisterTaskDefinition does not take (the difference of the two shapes in AWS's
/// model of ECS, botocore 1.44).
const ADDED_BY_AWS: [&str; 9] = [
    "taskDefinitionArn",
    "revision",
    "status",
    "requiresAttributes",
    "compatibilities",
    "registeredAt",
    "registeredBy",
    "deregisteredAt",
    "deleteRequestedAt",
];

/// Keys of a file that only AWS writes.
pub(super) fn added_by_aws(definition: &Value) -> Vec<String> {
    ADDED_BY_AWS
        .into_iter()
        .filter(|key| definition.get(key).is_some())
        .map(str::to_owned)
        .collect()
}

/// The definition itself, without the `{"taskDefinition": ...}` that the console and the CLI print around it.
pub(super) fn unwrapped(file: &Value) -> &Value {
    match file.get("taskDefinition") {
        Some(inner) if inner.is_object() && file.get("containerDefinitions").is_none() => inner,
        _ => file,
    }
}

/// The shape in which equal definitions are equal. Only for comparing: it is not a definition any more.
pub(super) fn shape(definition: &Value) -> Value {
    let mut top = object(unwrapped(definition));
    for key in ADDED_BY_AWS {
        top.remove(key);
    }
    // They are registered with it, and described beside it.
    top.remove("tags");
    prune(&mut top);
    let in_vpc = is_in_vpc(&top);
    drop_default(&mut top, "networkMode", "bridge");
    rewrite(&mut top, "cpu", cpu_units);
    rewrite(&mut top, "memory", mebibytes);
    rewrite(&mut top, "requiresCompatibilities", unordered);
    rewrite(&mut top, "placementConstraints", unordered);
    if let Some(Value::Array(volumes)) = top.get_mut("volumes") {
        volumes
            .iter_mut()
            .filter_map(Value::as_object_mut)
            .for_each(reduce_volume);
    }
    rewrite(&mut top, "volumes", |volumes| keyed(volumes, name_of));
    if let Some(Value::Object(proxy)) = top.get_mut("proxyConfiguration") {
        rewrite(proxy, "properties", |list| pairs(list, "value"));
    }
    if let Some(Value::Object(platform)) = top.get_mut("runtimePlatform") {
        drop_default(platform, "cpuArchitecture", "X86_64");
        drop_default(platform, "operatingSystemFamily", "LINUX");
        if platform.is_empty() {
            top.remove("runtimePlatform");
        }
    }
    if let Some(Value::Array(containers)) = top.get_mut("containerDefinitions") {
        for container in containers.iter_mut() {
            if let Value::Object(container) = container {
                reduce_container(container, in_vpc);
            }
        }
    }
    rewrite(&mut top, "containerDefinitions", |all| keyed(all, name_of));
    Value::Object(top)
}

fn reduce_container(container: &mut Map<String, Value>, in_vpc: bool) {
    // `false` was pruned as the default of every other switch; of this one it is the opposite.
    match container.remove("essential") {
        Some(Value::String(text)) if text == ESSENTIAL_OFF => {
            container.insert("essential".to_owned(), text.into());
        }
        _ => {}
    }
    drop_zero(container, "cpu");
    drop_default(container, "versionConsistency", "enabled");
    if let Some(Value::Object(check)) = container.get_mut("healthCheck") {
        for (key, default) in [
            ("interval", 30),
            ("timeout", 5),
            ("retries", 3),
            ("startPeriod", 0),
        ] {
            if check.get(key).and_then(Value::as_i64) == Some(default) {
                check.remove(key);
            }
        }
    }
    if let Some(Value::Object(linux)) = container.get_mut("linuxParameters") {
        reduce_linux(linux);
    }
    if let Some(Value::Object(restart)) = container.get_mut("restartPolicy") {
        rewrite(restart, "ignoredExitCodes", unordered);
    }
    if let Some(Value::Array(ports)) = container.get_mut("portMappings") {
        for port in ports.iter_mut().filter_map(Value::as_object_mut) {
            reduce_port(port, in_vpc);
        }
    }
    for key in [
        "mountPoints",
        "volumesFrom",
        "dependsOn",
        "extraHosts",
        "systemControls",
        "environmentFiles",
        "resourceRequirements",
        "credentialSpecs",
        "dockerSecurityOptions",
    ] {
        rewrite(container, key, unordered);
    }
    rewrite(container, "portMappings", |ports| keyed(ports, |_| None));
    rewrite(container, "ulimits", |limits| keyed(limits, name_of));
    rewrite(container, "environment", |list| pairs(list, "value"));
    rewrite(container, "secrets", |list| pairs(list, "valueFrom"));
    if let Some(Value::Object(logs)) = container.get_mut("logConfiguration") {
        rewrite(logs, "secretOptions", |list| pairs(list, "valueFrom"));
    }
}

/// The defaults of a file system; an empty table means the same as none.
fn reduce_volume(volume: &mut Map<String, Value>) {
    let Some(Value::Object(system)) = volume.get_mut("efsVolumeConfiguration") else {
        return;
    };
    drop_default(system, "rootDirectory", "/");
    drop_default(system, "transitEncryption", "DISABLED");
    drop_zero(system, "transitEncryptionPort");
    if let Some(Value::Object(access)) = system.get_mut("authorizationConfig") {
        drop_default(access, "iam", "DISABLED");
        if access.is_empty() {
            system.remove("authorizationConfig");
        }
    }
}

/// Capabilities, devices and temporary file systems have no order.
fn reduce_linux(linux: &mut Map<String, Value>) {
    if let Some(Value::Object(capabilities)) = linux.get_mut("capabilities") {
        rewrite(capabilities, "add", unordered);
        rewrite(capabilities, "drop", unordered);
    }
    rewrite(linux, "devices", unordered);
    rewrite(linux, "tmpfs", unordered);
}

fn reduce_port(port: &mut Map<String, Value>, in_vpc: bool) {
    drop_default(port, "protocol", "tcp");
    let same = port.get("hostPort") == port.get("containerPort");
    if in_vpc && same {
        port.remove("hostPort");
    }
    drop_zero(port, "hostPort");
}

const ESSENTIAL_OFF: &str = "off";

/// Takes out what means the same as not being there: null, false, empty lists and tables.
fn prune(object: &mut Map<String, Value>) {
    if object.get("essential") == Some(&Value::Bool(false)) {
        object.insert("essential".to_owned(), ESSENTIAL_OFF.into());
    }
    object.retain(|_, value| {
        match value {
            Value::Object(inner) => prune(inner),
            Value::Array(items) => {
                items.retain(|item| !item.is_null());
                for item in items.iter_mut().filter_map(Value::as_object_mut) {
                    prune(item);
                }
            }
            _ => {}
        }
        match value {
            Value::Null | Value::Bool(false) => false,
            Value::Array(items) => !items.is_empty(),
            Value::Object(inner) => !inner.is_empty(),
            _ => true,
        }
    });
}

fn is_in_vpc(top: &Map<String, Value>) -> bool {
    let fargate = top
        .get("requiresCompatibilities")
        .and_then(Value::as_array)
        .is_some_and(|all| all.iter().any(|one| one == "FARGATE"));
    fargate || top.get("networkMode").is_some_and(|mode| mode == "awsvpc")
}

/// `256`, `"256"` and `".25 vCPU"` are the same.
fn cpu_units(value: Value) -> Value {
    amount(value, "vcpu")
}

/// `512`, `"512"` and `"0.5 GB"` are the same.
fn mebibytes(value: Value) -> Value {
    amount(value, "gb")
}

fn amount(value: Value, unit: &str) -> Value {
    let Value::String(text) = &value else {
        return value
            .as_u64()
            .map_or(value, |number| number.to_string().into());
    };
    let lower = text.trim().to_ascii_lowercase();
    let in_unit = lower
        .strip_suffix(unit)
        .and_then(|number| number.trim().parse::<f64>().ok())
        .filter(|number| (0.0..1_000_000.0).contains(number));
    match in_unit {
        Some(number) => format!("{:.0}", number * 1024.0).into(),
        None => lower
            .parse::<u64>()
            .map_or(value, |number| number.to_string().into()),
    }
}

/// A list without order: sorted by its text.
fn unordered(mut value: Value) -> Value {
    if let Value::Array(items) = &mut value {
        items.sort_by_cached_key(Value::to_string);
    }
    value
}

/// `[{"name": n, "value": v}]` as `{n: v}`; a missing value is an empty one, as AWS reads it.
fn pairs(list: Value, value_key: &str) -> Value {
    keyed_with(list, name_of, |item| {
        item.get(value_key).cloned().unwrap_or_else(|| "".into())
    })
}

/// A list whose entries have names as a map by name; port mappings go by their port.
fn keyed(list: Value, name: fn(&Value) -> Option<&str>) -> Value {
    keyed_with(list, name, Value::clone)
}

fn keyed_with(
    list: Value,
    name: fn(&Value) -> Option<&str>,
    entry: impl Fn(&Value) -> Value,
) -> Value {
    let Value::Array(items) = list else {
        return list;
    };
    let mut map = Map::new();
    for (index, item) in items.iter().enumerate() {
        let base = name(item).map_or_else(|| port_or_place(item, index), str::to_owned);
        let mut key = base.clone();
        let mut copy = 2;
        while map.contains_key(&key) {
            key = format!("{base}#{copy}");
            copy += 1;
        }
        map.insert(key, entry(item));
    }
    Value::Object(map)
}

fn port_or_place(item: &Value, index: usize) -> String {
    let port = item
        .get("containerPort")
        .or_else(|| item.get("containerPortRange"))
        .map(|port| {
            port.as_str()
                .map_or_else(|| port.to_string(), str::to_owned)
        });
    let protocol = item.get("protocol").and_then(Value::as_str);
    match (port, protocol) {
        (Some(port), Some(protocol)) => format!("{port}/{protocol}"),
        (Some(port), None) => port,
        (None, _) => format!("[{index}]"),
    }
}

fn rewrite(object: &mut Map<String, Value>, key: &str, change: impl FnOnce(Value) -> Value) {
    if let Some(value) = object.remove(key) {
        object.insert(key.to_owned(), change(value));
    }
}

fn drop_default(object: &mut Map<String, Value>, key: &str, default: &str) {
    if object.get(key).is_some_and(|value| value == default) {
        object.remove(key);
    }
}

fn drop_zero(object: &mut Map<String, Value>, key: &str) {
    if object.get(key).and_then(Value::as_i64) == Some(0) {
        object.remove(key);
    }
}

fn object(value: &Value) -> Map<String, Value> {
    value.as_object().cloned().unwrap_or_default()
}
