//! The role through which an instructor's account reads a learner's: read-only, for an hour at a time, and never a secret.

use super::{PolicyStatement, document};
use serde_json::{Value, json};

/// The role's name, the same in every learner's account.
pub const ROLE_NAME: &str = "course-verifier";

/// One hour, the shortest that a role's longest session can be (IAM API reference, CreateRole).
pub const LONGEST_SESSION_SECONDS: u32 = 3_600;

/// What the role may not do, whatever else is attached to it one day. In the learner's own policy these would block
/// the learner's work.
pub const DENIED: [&str; 6] = [
    "ecs:ExecuteCommand",
    "kms:Decrypt",
    "rds-data:*",
    "s3:GetObject",
    "secretsmanager:GetSecretValue",
    "ssm:GetParameter*",
];

/// Who may use the role: a role, a user or a whole account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instructor {
    arn: String,
}

/// What cannot be trusted with a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotATrustee {
    #[error("it is not an ARN of an IAM role, user or account")]
    NoSuchArn,
    #[error("it is the ARN of a session, which ends")]
    Session,
    #[error("it holds a wildcard, which would let in more than one")]
    Wildcard,
}

impl Instructor {
    /// Reads `arn:aws:iam::123456789012:role/instructor`, of any partition.
    ///
    /// # Errors
    /// Anything that a trust policy would refuse, or that would admit more than was meant.
    pub fn parse(text: &str) -> Result<Self, NotATrustee> {
        let parts: Vec<&str> = text.splitn(6, ':').collect();
        let [start, partition, service, region, account, resource] = parts.as_slice() else {
            return Err(NotATrustee::NoSuchArn);
        };
        if text.contains(['*', '?']) {
            return Err(NotATrustee::Wildcard);
        }
        if *service == "sts" {
            return Err(NotATrustee::Session);
        }
        let is_account = account.len() == 12 && account.bytes().all(|byte| byte.is_ascii_digit());
        // The characters of names and paths (IAM user guide, "IAM and AWS STS quotas").
        let is_named = |kind: &str| {
            resource.strip_prefix(kind).is_some_and(|name| {
                !name.is_empty()
                    && name
                        .bytes()
                        .all(|byte| byte.is_ascii_alphanumeric() || b"/+=,.@_-".contains(&byte))
            })
        };
        let fits = *start == "arn"
            && partition.starts_with("aws")
            && *service == "iam"
            && region.is_empty()
            && is_account
            && (*resource == "root" || is_named("role/") || is_named("user/"));
        fits.then(|| Instructor {
            arn: text.to_owned(),
        })
        .ok_or(NotATrustee::NoSuchArn)
    }

    /// The ARN as it was given.
    pub fn arn(&self) -> &str {
        &self.arn
    }

    /// `aws`, `aws-cn`, `aws-us-gov`.
    pub fn partition(&self) -> &str {
        self.arn.split(':').nth(1).unwrap_or("aws")
    }
}

/// Who may use the role: the instructor, and only with the word that the two have agreed on.
pub fn trust(instructor: &Instructor, external_id: &Value) -> Value {
    json!({"Version": "2012-10-17", "Statement": [{
        "Sid": "OnlyTheInstructor",
        "Effect": "Allow",
        "Principal": {"AWS": instructor.arn()},
        "Action": "sts:AssumeRole",
        "Condition": {"StringEquals": {"sts:ExternalId": external_id}}
    }]})
}

/// What the role may read, and what it may not even if another policy allows it.
pub fn role_document(statements: &[PolicyStatement]) -> Value {
    let mut whole = document(statements);
    if let Some(Value::Array(all)) = whole.get_mut("Statement") {
        all.push(
            json!({"Sid": "NeverASecret", "Effect": "Deny", "Action": DENIED, "Resource": "*"}),
        );
    }
    whole
}

/// A template that makes the role; the external id is asked for when the stack is made, or given as its default.
pub fn role_template(
    statements: &[PolicyStatement],
    instructor: &Instructor,
    external_id: Option<&str>,
) -> Value {
    let mut parameter = json!({
        "Type": "String",
        "Description": "The word that your instructor gave you; each learner has one of their own",
        // Source: STS API reference, AssumeRole, ExternalId.
        "MinLength": 2,
        "MaxLength": 1224,
        "AllowedPattern": "[\\w+=,.@:/-]*"
    });
    if let (Some(word), Some(fields)) = (external_id, parameter.as_object_mut()) {
        fields.insert("Default".to_owned(), json!(word));
    }
    json!({
        "AWSTemplateFormatVersion": "2010-09-09",
        "Description": "Lets a course's instructor check the chapter's steps in this account: read-only, and never a secret.",
        "Parameters": {"ExternalId": parameter},
        "Resources": {
            "CourseVerifier": {
                "Type": "AWS::IAM::Role",
                "Properties": {
                    "RoleName": ROLE_NAME,
                    "Description": "Read-only, for the instructor of the course",
                    "MaxSessionDuration": LONGEST_SESSION_SECONDS,
                    "AssumeRolePolicyDocument": trust(instructor, &json!({"Ref": "ExternalId"})),
                    "Policies": [{"PolicyName": "landfall-read", "PolicyDocument": role_document(statements)}]
                }
            }
        },
        "Outputs": {
            "RoleArn": {
                "Description": "Give this to your instructor, with the external id",
                "Value": {"Fn::GetAtt": ["CourseVerifier", "Arn"]}
            }
        }
    })
}

/// Whether a word can be an external id (STS API reference, AssumeRole).
#[must_use]
pub fn is_external_id(word: &str) -> bool {
    (2..=1224).contains(&word.len())
        && word
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"_+=,.@:/-".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_users_and_accounts_of_every_partition_can_be_trusted() {
        for arn in [
            "arn:aws:iam::123456789012:role/instructor",
            "arn:aws:iam::123456789012:role/course/teachers/instructor",
            "arn:aws-cn:iam::123456789012:user/ann@example.com",
            "arn:aws-us-gov:iam::123456789012:root",
        ] {
            assert_eq!(Instructor::parse(arn).unwrap().arn(), arn);
        }
        let china = Instructor::parse("arn:aws-cn:iam::123456789012:root").unwrap();
        assert_eq!(china.partition(), "aws-cn");
    }

    #[test]
    fn what_ends_or_lets_in_others_cannot() {
        for (text, why) in [
            ("", NotATrustee::NoSuchArn),
            ("ann", NotATrustee::NoSuchArn),
            ("123456789012", NotATrustee::NoSuchArn),
            ("arn:aws:iam::12345:role/a", NotATrustee::NoSuchArn),
            ("arn:aws:iam::123456789012:role/", NotATrustee::NoSuchArn),
            ("arn:aws:iam::123456789012:group/a", NotATrustee::NoSuchArn),
            (
                "arn:aws:iam::123456789012:role/a\"b",
                NotATrustee::NoSuchArn,
            ),
            ("arn:aws:s3:::bucket", NotATrustee::NoSuchArn),
            ("arn:aws:iam::123456789012:role/*", NotATrustee::Wildcard),
            (
                "arn:aws:sts::123456789012:assumed-role/instructor/ann",
                NotATrustee::Session,
            ),
        ] {
            assert_eq!(Instructor::parse(text), Err(why), "{text}");
        }
    }

    #[test]
    fn the_trust_asks_for_the_external_id() {
        let instructor = Instructor::parse("arn:aws:iam::123456789012:role/a").unwrap();
        let trust = trust(&instructor, &json!("word"));
        let statement = &trust["Statement"][0];
        assert_eq!(statement["Principal"]["AWS"], instructor.arn());
        assert_eq!(
            statement["Condition"]["StringEquals"]["sts:ExternalId"],
            "word"
        );
        let template = role_template(&[], &instructor, None);
        let role = &template["Resources"]["CourseVerifier"]["Properties"];
        assert_eq!(role["MaxSessionDuration"], 3600);
        let wanted = &role["AssumeRolePolicyDocument"]["Statement"][0]["Condition"];
        assert_eq!(
            wanted["StringEquals"]["sts:ExternalId"]["Ref"],
            "ExternalId"
        );
        assert_eq!(template["Parameters"]["ExternalId"].get("Default"), None);
    }

    #[test]
    fn the_role_is_denied_every_secret() {
        let document = role_document(&[]);
        let deny = &document["Statement"][0];
        assert_eq!(deny["Effect"], "Deny");
        for action in [
            "ssm:GetParameter*",
            "secretsmanager:GetSecretValue",
            "kms:Decrypt",
            "ecs:ExecuteCommand",
            "rds-data:*",
            "s3:GetObject",
        ] {
            let denied = deny["Action"].as_array().unwrap();
            assert!(denied.iter().any(|one| one == action), "{action}");
        }
    }

    #[test]
    fn an_external_id_is_as_sts_takes_it() {
        assert!(is_external_id("news-2026:ann@7f3a"));
        for word in ["", "a", "two words", "x\"y", "naïve"] {
            assert!(!is_external_id(word), "{word}");
        }
    }
}
