//! The read-only IAM policy, as IAM takes it and as a CloudFormation template.

mod instructor;

pub use instructor::{
    DENIED, Instructor, LONGEST_SESSION_SECONDS, NotATrustee, ROLE_NAME, is_external_id,
    role_document, role_template, trust,
};

use serde_json::{Value, json};
use std::collections::BTreeSet;

/// The longest document that a managed policy may hold, white space not counted (IAM quotas, 2026-11).
pub const LONGEST_MANAGED_POLICY: usize = 6_144;

/// The most that all inline policies of one user may hold together, counted alike (IAM quotas, 2026-11).
pub const LONGEST_INLINE_POLICY: usize = 2_048;

/// The name that the commands and the template give the learner's policy.
pub const POLICY_NAME: &str = "landfall-read";

/// What log lines may be read of: those of the chapter's groups, and of the learner's own group where it is called
/// otherwise. Log lines may hold anything.
pub fn log_resources(partition: &str, log_group: &str) -> Vec<String> {
    const CHAPTER: &str = "/ecs/news";
    let arn = |name: &str| format!("arn:{partition}:logs:*:*:log-group:{name}");
    let is_name = |letter: char| letter.is_ascii_alphanumeric() || "_-/.#".contains(letter);
    let mut resources = vec![arn(&format!("{CHAPTER}*"))];
    if !log_group.starts_with(CHAPTER) && !log_group.is_empty() && log_group.chars().all(is_name) {
        // The streams of just this group.
        resources.push(arn(&format!("{log_group}:*")));
    }
    resources
}

/// One statement: its id, its actions, and the resources they are allowed on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyStatement {
    pub sid: &'static str,
    pub actions: BTreeSet<&'static str>,
    pub resources: Vec<String>,
}

/// The bare IAM document. It only allows: an explicit deny would block the learner's own work.
pub fn document(statements: &[PolicyStatement]) -> Value {
    let statements: Vec<Value> = statements
        .iter()
        .filter(|statement| !statement.actions.is_empty())
        .map(|statement| {
            let resource = match statement.resources.as_slice() {
                [one] => json!(one),
                several => json!(several),
            };
            json!({"Sid": statement.sid, "Effect": "Allow", "Action": statement.actions, "Resource": resource})
        })
        .collect();
    json!({"Version": "2012-10-17", "Statement": statements})
}

/// A template that makes a managed policy of it and attaches it to the daily user.
pub fn template(statements: &[PolicyStatement], user: &str) -> Value {
    json!({
        "AWSTemplateFormatVersion": "2010-09-09",
        "Description": "Read-only permissions for Landfall: it checks the chapter's steps and can change nothing.",
        "Parameters": {
            "UserName": {"Type": "String", "Default": user, "Description": "The IAM user that runs Landfall"}
        },
        "Resources": {
            "LandfallRead": {
                "Type": "AWS::IAM::ManagedPolicy",
                "Properties": {
                    "ManagedPolicyName": POLICY_NAME,
                    "PolicyDocument": document(statements),
                    "Users": [{"Ref": "UserName"}]
                }
            }
        }
    })
}

/// How long IAM takes the document to be.
pub fn length(document: &Value) -> usize {
    document
        .to_string()
        .chars()
        .filter(|c| !c.is_whitespace())
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_document_only_allows() {
        let statement = PolicyStatement {
            sid: "Reads",
            actions: BTreeSet::from(["ec2:DescribeVpcs"]),
            resources: vec!["*".into()],
        };
        let text = document(&[statement]).to_string();
        assert!(
            text.contains("\"Allow\"") && !text.contains("Deny"),
            "{text}"
        );
        assert!(text.contains("\"Resource\":\"*\""), "{text}");
    }

    #[test]
    fn a_log_group_of_another_name_is_added_and_nothing_that_is_no_name() {
        let chapter = "arn:aws:logs:*:*:log-group:/ecs/news*";
        assert_eq!(log_resources("aws", "/ecs/news-api"), [chapter]);
        let own = "arn:aws:logs:*:*:log-group:/my/api:*";
        assert_eq!(log_resources("aws", "/my/api"), [chapter, own]);
        for no_name in ["*", "/my/*", "", "a b", "a\"b"] {
            assert_eq!(log_resources("aws", no_name), [chapter], "{no_name}");
        }
    }

    #[test]
    fn the_same_actions_in_another_order_are_the_same_policy() {
        let of = |actions: [&'static str; 3]| {
            document(&[PolicyStatement {
                sid: "Reads",
                actions: actions.into(),
                resources: vec!["*".into()],
            }])
        };
        assert_eq!(
            of(["ec2:DescribeVpcs", "acm:ListCertificates", "iam:GetUser"]).to_string(),
            of(["iam:GetUser", "ec2:DescribeVpcs", "acm:ListCertificates"]).to_string()
        );
    }
}
