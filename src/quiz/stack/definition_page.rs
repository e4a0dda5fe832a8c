//! The task definition, as `aws ecs describe-task-definition` prints what matters of it. Values of variables are not known
//! here, only what kind of value it is.

use super::instead::Instead;
use super::mutation::Target;
use super::page::Page;
use super::part;
use super::shown::{name, place, plain};
use crate::account::{
    Chapter, Container, ImageReference, LogSettings, PortMapping, RegistryHost, SecretReference,
    Snapshot, TaskDefinition, ValueClass, ValueFrom, Variable,
};

/// Entries of a list that are shown; of more there is only the number.
const SHOWN: usize = 8;

/// The page, and what it is called: `task definition news-api-task:3`.
pub(super) fn page(snapshot: &Snapshot, target: &Target) -> Result<(String, Page), Instead> {
    let definition = part::definition(snapshot)?;
    let revision = name(definition.arn.short(), 50);
    let mut page = Page::default();
    page.push("{", "{");
    page.push("family", format!("  \"taskDefinition\": \"{revision}\","));
    if let Some(mode) = &definition.network_mode {
        page.push(
            "mode",
            format!("  \"networkMode\": \"{}\",", name(mode, 20)),
        );
    }
    if let (Some(cpu), Some(memory)) = (&definition.cpu, &definition.memory) {
        let (cpu, memory) = (name(cpu, 12), name(memory, 12));
        page.push(
            "size",
            format!("  \"cpu\": \"{cpu}\", \"memory\": \"{memory}\","),
        );
    }
    page.push("containers", "  \"containerDefinitions\": [");
    let app = app_container(&snapshot.chapter, definition);
    let count = definition.containers.len();
    for (at, container) in definition.containers.iter().enumerate() {
        let comma = if at + 1 == count { "" } else { "," };
        let whole = Some(at) == app || target.container == Some(at);
        container_lines(&mut page, container, target, whole, comma);
    }
    page.push("]", "  ]");
    page.push("}", "}");
    Ok((format!("task definition {revision}"), page))
}

/// The container of the app: the one with the chapter's image, else with the app's port, else the first.
pub(super) fn app_container(chapter: &Chapter, definition: &TaskDefinition) -> Option<usize> {
    let containers = &definition.containers;
    let of_chapter =
        |one: &Container| ImageReference::parse(&one.image).repository == chapter.repository;
    let on_port = |one: &Container| one.ports.iter().any(|port| port.holds(chapter.port));
    containers
        .iter()
        .position(of_chapter)
        .or_else(|| containers.iter().position(on_port))
        .or_else(|| (!containers.is_empty()).then_some(0))
}

fn container_lines(
    page: &mut Page,
    container: &Container,
    target: &Target,
    whole: bool,
    comma: &str,
) {
    let called = name(&container.name, 30);
    let key = |part: &str| format!("{}/{part}", plain(&container.name));
    let image = image(&container.image);
    if !whole {
        page.push(key("name"), format!("    {{ \"name\": \"{called}\","));
        page.push(
            key("image"),
            format!("      \"image\": \"{image}\" }}{comma}"),
        );
        return;
    }
    page.push(key("{"), "    {");
    page.push(key("name"), format!("      \"name\": \"{called}\","));
    page.push(key("image"), format!("      \"image\": \"{image}\","));
    let ports: Vec<String> = container
        .ports
        .iter()
        .take(4)
        .map(PortMapping::to_string)
        .collect();
    let ports = name(&ports.join(", "), 50);
    page.push(
        key("ports"),
        format!("      \"portMappings\": [ {ports} ],"),
    );
    let moved = target.variable.as_deref();
    let variables = capped(&container.environment, moved, |one| &one.name, variable);
    page.list(&key("environment"), 6, variables, ",");
    let secrets = capped(&container.secrets, moved, |one| &one.name, secret);
    page.list(&key("secrets"), 6, secrets, ",");
    let logs = container
        .logs
        .as_ref()
        .map_or_else(|| "none".to_owned(), logs);
    page.push(key("logs"), format!("      \"logConfiguration\": ({logs})"));
    page.push(key("}"), format!("    }}{comma}"));
}

/// The first entries of a list and the number of the rest. The one that a fault would move is always shown and never counted,
/// so that moving it changes nothing else.
fn capped<T>(
    all: &[T],
    moved: Option<&str>,
    name_of: impl Fn(&T) -> &str,
    line: impl Fn(&T) -> String,
) -> Vec<(String, String)> {
    let mut counted = 0;
    let mut lines = Vec::new();
    for one in all {
        if Some(name_of(one)) != moved {
            counted += 1;
            if counted > SHOWN {
                continue;
            }
        }
        lines.push((plain(name_of(one)), line(one)));
    }
    if counted > SHOWN {
        let more = counted - SHOWN;
        lines.insert(SHOWN, ("...".to_owned(), format!("(and {more} more)")));
    }
    lines
}

fn variable(one: &Variable) -> String {
    let value = match &one.class {
        ValueClass::Empty => "\"\"",
        ValueClass::Boolean => "(yes or no)",
        ValueClass::Number => "(a number)",
        ValueClass::Plain { .. } => "(a plain value)",
        ValueClass::Url(url) if url.has_password => "(an address with a password)",
        ValueClass::Url(_) => "(an address)",
        ValueClass::Reference => "(a path or an ARN)",
        ValueClass::SecretShaped(_) => "(random text, as secrets are)",
    };
    let name = name(&one.name, 28);
    format!("{{ \"name\": \"{name}\", \"value\": {value} }}")
}

fn secret(one: &SecretReference) -> String {
    let called = name(&one.name, 24);
    let room = 35_usize.saturating_sub(called.chars().count()).max(14);
    let from = match ValueFrom::parse(&one.value_from) {
        ValueFrom::ParameterName(name) | ValueFrom::ParameterArn { name, .. } => name,
        ValueFrom::Secret { arn, .. } | ValueFrom::Other(arn) => {
            arn.resource().unwrap_or_default().to_owned()
        }
    };
    let from = place(&from, room);
    format!("{{ \"name\": \"{called}\", \"valueFrom\": \"{from}\" }}")
}

/// Whether it can be one: AWS takes any text here, and what follows an @ in one is a digest.
pub(super) fn is_image(parsed: &ImageReference) -> bool {
    let digest = parsed.digest.as_ref();
    digest.is_none_or(|digest| digest.as_str().starts_with("sha256:"))
}

/// Without the registry's account; its end, for there is the tag.
fn image(text: &str) -> String {
    let parsed = ImageReference::parse(text);
    if !is_image(&parsed) {
        return "(no image's name)".to_owned();
    }
    let registry = match &parsed.registry {
        RegistryHost::Ecr { .. } => "(ECR)/",
        RegistryHost::DockerHub => "",
        RegistryHost::Other(_) => "(another registry)/",
    };
    let tag = parsed.tag.as_ref().map(|tag| format!(":{tag}"));
    let digest = parsed.digest.as_ref().map(|digest| {
        let short: String = digest.as_str().chars().take(15).collect();
        format!("@{short}...")
    });
    let (tag, digest) = (tag.unwrap_or_default(), digest.unwrap_or_default());
    format!(
        "{registry}{}",
        place(&format!("{}{tag}{digest}", parsed.repository), 36)
    )
}

fn logs(settings: &LogSettings) -> String {
    let driver = name(&settings.driver, 16);
    match &settings.group {
        Some(group) => format!("{driver}, group {}", place(group, 26)),
        None => driver,
    }
}
