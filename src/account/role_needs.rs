//! What an execution role has to be allowed to do, as questions.

use super::chapter::Chapter;
use super::definition::Container;
use super::image_reference::{ImageReference, RegistryHost};
use super::parameter::Parameter;
use super::role_question::{Place, RoleQuestion};
use super::value_from::{ValueFrom, parameter_arn};
use super::{AccountId, Region};

/// The six characters that Secrets Manager appends to a name, when they are not known.
pub(super) const UNKNOWN_SUFFIX: &str = "-??????";

/// Stands for the id of any task.
pub(super) const ANY_TASK: &str = "0123456789abcdef0123456789abcdef";

/// What pulling an image and writing its log takes. `container` is the definition's; before there is one, the chapter's
/// repository in this account and the chapter's log group.
pub fn pull_questions(
    place: &Place,
    container: Option<&Container>,
    chapter: &Chapter,
) -> Vec<RoleQuestion> {
    let image = container.map(|container| ImageReference::parse(&container.image));
    let (account, region, repository) = match image {
        Some(ImageReference {
            registry: RegistryHost::Ecr { account, region },
            repository,
            ..
        }) => (account, region, repository),
        _ => (
            place.account.clone(),
            place.region.clone(),
            chapter.repository.clone(),
        ),
    };
    let partition = &place.partition;
    let repository = format!("arn:{partition}:ecr:{region}:{account}:repository/{repository}");
    let stream = log_stream_arn(place, container, chapter);
    vec![
        RoleQuestion::new("ecr:GetAuthorizationToken", "*"),
        RoleQuestion::new("ecr:BatchCheckLayerAvailability", repository.clone()),
        RoleQuestion::new("ecr:GetDownloadUrlForLayer", repository.clone()),
        RoleQuestion::new("ecr:BatchGetImage", repository),
        RoleQuestion::new("logs:CreateLogStream", stream.clone()),
        RoleQuestion::new("logs:PutLogEvents", stream),
    ]
}

/// What `awslogs-create-group` takes besides.
pub fn log_group_question(place: &Place, log_group: &str) -> RoleQuestion {
    RoleQuestion::new("logs:CreateLogGroup", log_group_arn(place, log_group))
}

/// A stream as a task would open it: `PREFIX/CONTAINER/TASK`. Policies may name the prefix.
fn log_stream_arn(place: &Place, container: Option<&Container>, chapter: &Chapter) -> String {
    let logs = container.and_then(|container| container.logs.as_ref());
    let group = logs
        .and_then(|logs| logs.group.as_deref())
        .unwrap_or(&chapter.log_group);
    let prefix = logs.and_then(|logs| logs.stream_prefix.as_deref());
    let stream = match (prefix, container) {
        (Some(prefix), Some(container)) => format!("{prefix}/{}/{ANY_TASK}", container.name),
        _ => ANY_TASK.to_owned(),
    };
    let group = log_group_arn(place, group);
    format!("{group}:log-stream:{stream}")
}

/// What reading the named values takes (`valueFrom` texts, or names of parameters): the parameters themselves, and
/// their key unless it is AWS's own.
pub fn secret_questions<'a>(
    place: &Place,
    values_from: impl IntoIterator<Item = &'a str>,
    parameters: &[Parameter],
) -> Vec<RoleQuestion> {
    let mut questions = Vec::new();
    let mut ask = |question: RoleQuestion| {
        if !questions.contains(&question) {
            questions.push(question);
        }
    };
    for text in values_from {
        let value = ValueFrom::parse(text);
        match &value {
            ValueFrom::ParameterName(name) => ask(parameter_question(
                place,
                &place.region,
                &place.account,
                name,
            )),
            ValueFrom::ParameterArn {
                region,
                account,
                name,
            } => {
                ask(parameter_question(place, region, account, name));
            }
            ValueFrom::Secret { arn, .. } => {
                ask(RoleQuestion::new(
                    "secretsmanager:GetSecretValue",
                    whole_secret_arn(arn.as_str()),
                ));
            }
            ValueFrom::Other(_) => {}
        }
        // Only the parameters of this place were read: one of the same name elsewhere has a key of its own.
        let here = match &value {
            ValueFrom::ParameterArn {
                region, account, ..
            } => *region == place.region && *account == place.account,
            _ => true,
        };
        let key = value
            .parameter()
            .filter(|_| here)
            .and_then(|name| parameters.iter().find(|parameter| parameter.name == name))
            .and_then(|parameter| parameter.key.as_deref())
            .filter(|key| !key.ends_with("alias/aws/ssm"));
        if let Some(key) = key {
            ask(RoleQuestion::new("kms:Decrypt", key_arn(place, key)));
        }
    }
    questions
}

fn parameter_question(
    place: &Place,
    region: &Region,
    account: &AccountId,
    name: &str,
) -> RoleQuestion {
    RoleQuestion::new(
        "ssm:GetParameters",
        parameter_arn(&place.partition, region, account, name).0,
    )
}

fn key_arn(place: &Place, key: &str) -> String {
    if key.starts_with("arn:") {
        return key.to_owned();
    }
    let resource = if key.starts_with("alias/") {
        key.to_owned()
    } else {
        format!("key/{key}")
    };
    format!(
        "arn:{}:kms:{}:{}:{resource}",
        place.partition, place.region, place.account
    )
}

/// Of the region that was looked at: whether the definition writes to another one is a question of its own.
fn log_group_arn(place: &Place, log_group: &str) -> String {
    format!(
        "arn:{}:logs:{}:{}:log-group:{log_group}",
        place.partition, place.region, place.account
    )
}

/// A definition may leave out the six characters at the end of a secret's ARN; policies match against all of it.
fn whole_secret_arn(arn: &str) -> String {
    let has_suffix = arn.rsplit_once('-').is_some_and(|(_, end)| {
        end.len() == UNKNOWN_SUFFIX.len() - 1 && end.chars().all(|one| one.is_ascii_alphanumeric())
    });
    if has_suffix {
        arn.to_owned()
    } else {
        format!("{arn}{UNKNOWN_SUFFIX}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::ParameterKind;
    use crate::practice::{good_account, test_chapter};

    fn place() -> Place {
        Place {
            partition: "aws".into(),
            account: "123456789012".into(),
            region: "us-east-1".into(),
        }
    }

    fn parameter(key: &str) -> Parameter {
        Parameter {
            name: "/news-api/DATABASE_URL".into(),
            kind: ParameterKind::SecureString,
            key: Some(key.into()),
            modified_at: None,
            version: None,
            tier: None,
        }
    }

    fn container(image: &str) -> Container {
        let mut good = good_account(&test_chapter(), "2026-11-22T10:00:00Z".parse().unwrap());
        let definition = good.definitions.pop_last().unwrap().1;
        let mut container = definition.present().unwrap().containers[0].clone();
        container.image = image.into();
        container
    }

    #[test]
    fn the_images_own_registry_is_asked_about() {
        let own = container("210987654321.dkr.ecr.eu-west-1.amazonaws.com/other:v1");
        let questions = pull_questions(&place(), Some(&own), &test_chapter());
        assert!(questions.contains(&RoleQuestion::new(
            "ecr:BatchGetImage",
            "arn:aws:ecr:eu-west-1:210987654321:repository/other"
        )));
        let before = pull_questions(&place(), None, &test_chapter());
        assert!(before.contains(&RoleQuestion::new(
            "ecr:BatchGetImage",
            "arn:aws:ecr:us-east-1:123456789012:repository/news-aggregator-api"
        )));
    }

    #[test]
    fn the_log_stream_is_named_as_a_task_names_it() {
        let questions = pull_questions(&place(), Some(&container("news:v1")), &test_chapter());
        let stream = questions
            .iter()
            .find(|question| question.action == "logs:PutLogEvents")
            .unwrap();
        let begins =
            "arn:aws:logs:us-east-1:123456789012:log-group:/ecs/news-api:log-stream:api/news-api/";
        assert!(stream.resource.starts_with(begins), "{stream:?}");
    }

    #[test]
    fn a_parameter_of_another_region_does_not_borrow_the_key_of_its_namesake() {
        let elsewhere = "arn:aws:ssm:eu-west-1:123456789012:parameter/news-api/DATABASE_URL";
        let questions = secret_questions(&place(), [elsewhere], &[parameter("0a-1b")]);
        assert_eq!(
            questions,
            [RoleQuestion::new("ssm:GetParameters", elsewhere)]
        );
    }

    #[test]
    fn a_secret_without_the_end_of_its_arn_stands_for_a_longer_name() {
        let arn = "arn:aws:secretsmanager:us-east-1:123456789012:secret:news/db";
        let asked = |text: &str| secret_questions(&place(), [text], &[])[0].resource.clone();
        assert_eq!(asked(arn), format!("{arn}-??????"));
        let whole = format!("{arn}-AbC123");
        assert_eq!(asked(&format!("{whole}:url::")), whole);
    }

    #[test]
    fn a_key_of_ones_own_needs_decrypt_and_the_default_key_does_not() {
        let names = ["/news-api/DATABASE_URL"];
        let own = secret_questions(&place(), names, &[parameter("0a-1b")]);
        assert_eq!(own.len(), 2);
        assert_eq!(
            own[1].resource,
            "arn:aws:kms:us-east-1:123456789012:key/0a-1b"
        );
        for default in [
            "alias/aws/ssm",
            "arn:aws:kms:us-east-1:123456789012:alias/aws/ssm",
        ] {
            assert_eq!(
                secret_questions(&place(), names, &[parameter(default)]).len(),
                1
            );
        }
    }

    #[test]
    fn the_same_value_is_asked_about_once() {
        let arn = "arn:aws:ssm:us-east-1:123456789012:parameter/news-api/DATABASE_URL";
        assert_eq!(
            secret_questions(&place(), ["/news-api/DATABASE_URL", arn], &[]).len(),
            1
        );
    }
}
