//! Whether Fargate can run the definition: its size, its network, AWS's own finding.

use super::vcpu::{SIZES, cpu_units, mebibytes};
use super::{API, register};
use crate::account::TaskDefinition;
use crate::checks::cause::Cause;
use crate::checks::finding::{Evidence, Fix, FoundBy, Judgement};
use crate::checks::stack::Stack;

pub(super) fn judge(stack: &Stack<'_>) -> Result<Judgement, Judgement> {
    let (definition, by) = super::needed(stack)?;
    let name = definition.arn.short();
    let (cpu, memory) = (
        definition.cpu.as_deref().unwrap_or("not set"),
        definition.memory.as_deref().unwrap_or("not set"),
    );
    let size = Evidence::new(
        API,
        name,
        "cpu, memory",
        "a pair that Fargate offers",
        format!("{cpu}, {memory}"),
        by,
    );
    let wrong = |summary: String, seen: Evidence, say: String| {
        register(
            stack,
            Judgement::failed(Cause::FargateSizeInvalid, summary)
                .seen(seen)
                .fix(Fix::say(say)),
        )
    };
    let known = definition
        .cpu
        .as_deref()
        .and_then(cpu_units)
        .and_then(|units| SIZES.iter().find(|size| size.cpu == units));
    let Some(fitting) = known else {
        let sizes: Vec<String> = SIZES.iter().map(|size| size.cpu.to_string()).collect();
        return Err(wrong(
            format!("{name} asks for a processor that Fargate does not offer (cpu: {cpu})."),
            size,
            format!(
                "Set \"cpu\" of the whole task to one of {}.",
                sizes.join(", ")
            ),
        ));
    };
    if !definition
        .memory
        .as_deref()
        .and_then(mebibytes)
        .is_some_and(|memory| fitting.takes(memory))
    {
        return Err(wrong(
            format!(
                "{name} asks for a pair that Fargate does not offer: cpu {cpu} with memory {memory}."
            ),
            size,
            format!(
                "With cpu {cpu} set \"memory\" of the whole task to {}.",
                fitting.words()
            ),
        ));
    }
    if definition.network_mode.as_deref() != Some("awsvpc") {
        let mode = definition.network_mode.as_deref().unwrap_or("not set");
        return Err(wrong(
            format!("{name} has the network mode {mode}; Fargate needs awsvpc."),
            Evidence::new(API, name, "networkMode", "awsvpc", mode, by),
            "Set \"networkMode\": \"awsvpc\".".to_owned(),
        ));
    }
    for_fargate(stack, definition, by)?;
    Ok(Judgement::passed(format!(
        "Fargate runs {name} with cpu {cpu} and memory {memory}."
    ))
    .seen(size))
}

/// What AWS itself found it fit for; where that was not sent, what was asked for.
fn for_fargate(
    stack: &Stack<'_>,
    definition: &TaskDefinition,
    by: FoundBy,
) -> Result<(), Judgement> {
    let (field, listed) = if definition.compatibilities.is_empty() {
        ("requiresCompatibilities", &definition.requires)
    } else {
        ("compatibilities", &definition.compatibilities)
    };
    if listed.iter().any(|one| one == "FARGATE") {
        return Ok(());
    }
    let name = definition.arn.short();
    let observed = if listed.is_empty() {
        "none".to_owned()
    } else {
        listed.join(", ")
    };
    Err(register(
        stack,
        Judgement::failed(
            Cause::FargateSizeInvalid,
            format!("AWS does not find {name} fit for Fargate."),
        )
        .seen(Evidence::new(API, name, field, "FARGATE", observed, by))
        .fix(Fix::say(
            "Set \"requiresCompatibilities\": [\"FARGATE\"]; then registering says what is in the way.",
        )),
    ))
}
