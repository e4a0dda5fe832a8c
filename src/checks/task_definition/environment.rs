//! Nothing secret in the open: variables, labels, commands. Only classes of values are known here, never values.

use super::{API, register};
use crate::account::{
    CommandWords, Container, Fact, ParameterKind, SecretKind, Telling, ValueClass, Variable,
    telling,
};
use crate::checks::cause::Cause;
use crate::checks::command::quoted;
use crate::checks::finding::{Evidence, Fix, Judgement};
use crate::checks::stack::Stack;

pub(super) fn judge(stack: &Stack<'_>) -> Result<Judgement, Judgement> {
    let (definition, by) = super::needed(stack)?;
    let mut found = Vec::new();
    let mut sounding = Vec::new();
    for container in &definition.containers {
        look(container, &mut found, &mut sounding);
    }
    let name = definition.arn.short();
    if found.is_empty() {
        let passed =
            Judgement::passed(format!("{name} holds no secret in the open.")).seen(Evidence::new(
                API,
                name,
                "environment, command, dockerLabels, logConfiguration",
                "nothing secret",
                "nothing secret",
                by,
            ));
        let remarks = remarks(&definition.containers, &sounding);
        return Ok(if remarks.is_empty() {
            passed
        } else {
            passed.advise(remarks.join(" "))
        });
    }
    let first = &found[0];
    let mut judgement = Judgement::failed(
        Cause::SecretInEnvironment,
        format!(
            "{} in {name} holds {}: everybody who may describe the task definition can read it.",
            first.place, first.what
        ),
    );
    for one in &found {
        judgement = judgement.seen(Evidence::new(
            API,
            name,
            &one.place,
            "no secret",
            one.what,
            by,
        ));
    }
    let variable = first.variable.unwrap_or("NAME");
    // Beside the other parameters of the chapter.
    let beside = &stack.chapter().parameters.database_url;
    let folder = beside.rsplit_once('/').map_or("", |(folder, _)| folder);
    let parameter = format!("{folder}/{variable}");
    if !is_kept(stack, &parameter) {
        judgement = judgement.fix(Fix::run(
            "Put the value into Parameter Store as a SecureString. (Git Bash: put MSYS_NO_PATHCONV=1 in front.)",
            stack.aws(format!("ssm put-parameter --name {} --type SecureString --value VALUE", quoted(&parameter))),
        ));
    }
    let judgement = judgement.fix(Fix::say(format!(
        "Take it out of the file and name the parameter in \"{}\" instead: {{\"name\": \"{variable}\", \"valueFrom\": \"{parameter}\"}}.",
        first.instead
    )));
    Err(register(stack, judgement).fix(Fix::say(
        "Earlier revisions keep the old value for ever: change the password itself, too.",
    )))
}

/// Whether the parameter is there and encrypted already.
fn is_kept(stack: &Stack<'_>, name: &str) -> bool {
    let parameters = match &stack.snapshot.parameters {
        Fact::Present(parameters) => parameters.as_slice(),
        _ => &[],
    };
    parameters
        .iter()
        .any(|one| one.name == name && one.kind == ParameterKind::SecureString)
}

/// What cannot be judged but should be thought of.
fn remarks(containers: &[Container], sounding: &[String]) -> Vec<String> {
    let mut remarks = Vec::new();
    if !sounding.is_empty() {
        remarks.push(format!(
            "The name of {} sounds like a secret. If the value is one, move it to Parameter Store.",
            sounding.join(" and of ")
        ));
    }
    let files: u32 = containers.iter().map(|one| one.environment_files).sum();
    if files > 0 {
        remarks.push(format!(
            "More variables come from {} in S3 (environmentFiles), which I do not read: no password belongs there either.",
            if files == 1 { "a file" } else { "files" }
        ));
    }
    remarks
}

/// Something secret, and where it stands.
struct Found<'a> {
    /// `containerDefinitions.api.environment.DATABASE_URL`
    place: String,
    variable: Option<&'a str>,
    what: &'static str,
    /// The list of the definition in which a parameter takes its place.
    instead: &'static str,
}

fn look<'a>(container: &'a Container, found: &mut Vec<Found<'a>>, sounding: &mut Vec<String>) {
    let at = |part: &str| format!("containerDefinitions.{}.{part}", container.name);
    let log_options = container
        .logs
        .as_ref()
        .map_or(&[][..], |logs| &logs.options);
    for (part, variables, instead) in [
        ("environment", container.environment.as_slice(), "secrets"),
        ("dockerLabels", &container.labels, "secrets"),
        (
            "logConfiguration.options",
            log_options,
            "logConfiguration.secretOptions",
        ),
    ] {
        for variable in variables {
            match secret_in(variable) {
                Secrecy::Secret(what) => found.push(Found {
                    place: at(&format!("{part}.{}", variable.name)),
                    variable: Some(&variable.name),
                    what,
                    instead,
                }),
                Secrecy::Sounds => sounding.push(variable.name.clone()),
                Secrecy::None => {}
            }
        }
    }
    let health = container.health_check.as_ref().map(|check| &check.words);
    for (part, words) in [
        ("command", Some(&container.command)),
        ("entryPoint", Some(&container.entry_point)),
        ("healthCheck", health),
    ] {
        if let Some(what) = words.and_then(secret_in_command) {
            found.push(Found {
                place: at(part),
                variable: None,
                what,
                instead: "secrets",
            });
        }
    }
}

enum Secrecy {
    Secret(&'static str),
    /// Only the name makes one think of it.
    Sounds,
    None,
}

fn secret_in(variable: &Variable) -> Secrecy {
    let telling = telling(&variable.name);
    match (&variable.class, telling) {
        (ValueClass::SecretShaped(kind), _) => Secrecy::Secret(words(*kind)),
        (ValueClass::Url(url), _) if url.has_password => Secrecy::Secret("a URL with a password"),
        (ValueClass::Plain { .. }, Some(Telling::AtTheEnd)) => Secrecy::Secret(PROMISED),
        (ValueClass::Plain { .. } | ValueClass::Number, Some(_)) => Secrecy::Sounds,
        _ => Secrecy::None,
    }
}

fn secret_in_command(command: &CommandWords) -> Option<&'static str> {
    if command.url_with_password {
        return Some("a URL with a password");
    }
    let promised = command.named_secret.then_some(PROMISED);
    command.secret.map(words).or(promised)
}

const PROMISED: &str = "a plain value under a name that promises a secret";

const fn words(kind: SecretKind) -> &'static str {
    match kind {
        SecretKind::AwsAccessKey => "an AWS access key id",
        SecretKind::AwsSecretKey => "an AWS secret key",
        SecretKind::PrivateKey => "a private key",
        SecretKind::JsonWebToken => "a signed token (JWT)",
        SecretKind::VendorToken => "an access token",
        SecretKind::RandomText => "long random text, as only secrets are",
    }
}
