//! What an execution role must be allowed to do, as questions: put to its policy documents first, to
//! `iam:SimulatePrincipalPolicy` when those leave it open. Collector and checks ask in the same words.

use super::fact::{Fact, Why};
use super::identity::Caller;
use super::image_reference::{ImageReference, RegistryHost};
use super::parameter::Parameter;
use super::policy::{Decision, Role};
use super::policy_verdict::{PolicyVerdict, policy_verdict};
use super::value_from::{ValueFrom, parameter_arn};
use super::{AccountId, Region};

/// May the role do `action` on `resource`?
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct RoleQuestion {
    /// `ssm:GetParameters`.
    pub action: &'static str,
    /// An ARN, or `*`.
    pub resource: String,
}

/// The answer to a question, from documents or simulator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RoleAnswer {
    Allowed,
    Refused(Decision),
    CannotTell(Why),
}

/// Where ARNs are built for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// `aws`, `aws-cn`, `aws-us-gov`.
    pub partition: String,
    pub account: AccountId,
    pub region: Region,
}

impl Place {
    /// The caller's partition and account, and the region that was looked at.
    pub fn of(caller: &Caller, region: &Region) -> Self {
        Place {
            partition: caller.arn.partition().unwrap_or("aws").to_owned(),
            account: caller.account.clone(),
            region: region.clone(),
        }
    }
}

impl RoleQuestion {
    fn new(action: &'static str, resource: impl Into<String>) -> Self {
        RoleQuestion {
            action,
            resource: resource.into(),
        }
    }

    /// Whether the documents answer it, so that the simulator need not be asked.
    pub fn is_answered_by_documents(&self, role: &Role) -> bool {
        policy_verdict(role, self.action, &self.resource) == PolicyVerdict::Allowed
    }

    /// The answer for a role, as far as its facts go.
    pub fn answer(&self, role: &Role) -> RoleAnswer {
        let documents = policy_verdict(role, self.action, &self.resource);
        if documents == PolicyVerdict::Allowed {
            return RoleAnswer::Allowed;
        }
        let simulated = role
            .simulated
            .iter()
            .find(|said| {
                said.action.eq_ignore_ascii_case(self.action) && said.resource == self.resource
            })
            .map(|said| &said.decision);
        match (simulated, documents) {
            (Some(Fact::Present(Decision::Allowed)), _) => RoleAnswer::Allowed,
            (Some(Fact::Present(decision)), _) => RoleAnswer::Refused(*decision),
            (Some(Fact::Unknown(why)), _) => RoleAnswer::CannotTell(why.clone()),
            (_, PolicyVerdict::Unreadable(why)) => RoleAnswer::CannotTell(why),
            (Some(Fact::Absent) | None, _) => RoleAnswer::CannotTell(Why::NotAsked),
        }
    }
}

/// What pulling an image and writing its log takes. `image` is the definition's; before there is one, the chapter's
/// repository in this account.
pub fn pull_questions(
    place: &Place,
    image: Option<&str>,
    repository: &str,
    log_group: &str,
) -> Vec<RoleQuestion> {
    let (account, region, repository) = match image.map(ImageReference::parse) {
        Some(ImageReference {
            registry: RegistryHost::Ecr { account, region },
            repository,
            ..
        }) => (account, region, repository),
        _ => (
            place.account.clone(),
            place.region.clone(),
            repository.to_owned(),
        ),
    };
    let partition = &place.partition;
    let repository = format!("arn:{partition}:ecr:{region}:{account}:repository/{repository}");
    let stream = format!("{}:log-stream:task", log_group_arn(place, log_group));
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
                    arn.as_str(),
                ));
            }
            ValueFrom::Other(_) => {}
        }
        let key = value
            .parameter()
            .and_then(|name| parameters.iter().find(|parameter| parameter.name == name))
            .and_then(|parameter| parameter.key.as_deref())
            .filter(|key| *key != "alias/aws/ssm");
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

fn log_group_arn(place: &Place, log_group: &str) -> String {
    format!(
        "arn:{}:logs:{}:{}:log-group:{log_group}",
        place.partition, place.region, place.account
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::ParameterKind;

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
        }
    }

    #[test]
    fn the_images_own_registry_is_asked_about() {
        let image = "210987654321.dkr.ecr.eu-west-1.amazonaws.com/other:v1";
        let questions = pull_questions(&place(), Some(image), "news", "/ecs/news-api");
        assert!(questions.contains(&RoleQuestion::new(
            "ecr:BatchGetImage",
            "arn:aws:ecr:eu-west-1:210987654321:repository/other"
        )));
        let before = pull_questions(&place(), None, "news", "/ecs/news-api");
        assert!(before.contains(&RoleQuestion::new(
            "ecr:BatchGetImage",
            "arn:aws:ecr:us-east-1:123456789012:repository/news"
        )));
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
        assert_eq!(
            secret_questions(&place(), names, &[parameter("alias/aws/ssm")]).len(),
            1
        );
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
