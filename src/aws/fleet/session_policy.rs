//! What a session through a learner's role is limited to, whatever the role may: reading, and never a secret.
//!
//! A session may do what the role's policies and this one both allow (STS API reference, AssumeRole, Policy, 2026-11). So
//! that a role that was made too wide is no wider in our hands, it is sent along with every AssumeRole.

use super::super::endpoint::Partition;

/// In characters (STS API reference, AssumeRole, Policy, 2026-11). AWS also packs the policy into a binary form, whose limit
/// it does not publish; it refuses with `PackedPolicyTooLarge` what does not fit. No session tags are sent, which count as
/// well.
pub const LONGEST_SESSION_POLICY: usize = 2_048;

/// What is allowed on everything: the read list, shortened where every action that begins so is a harmless read.
///
/// Not shortened: `ssm` (`Get*` gives out parameters), `secretsmanager`, `logs`; `ec2:Describe*`, because
/// `DescribeVpnConnections` gives out pre-shared keys and `DescribeInstanceAttribute` and `DescribeLaunchTemplateVersions`
/// what was written into user data; `iam:Get*` and `iam:List*`, of which little is needed; `ecr:BatchGet*`.
const READS: &[&str] = &[
    "iam:GetAccountSummary",
    "iam:GetUser",
    "iam:GetUserPolicy",
    "iam:GetGroupPolicy",
    "iam:GetPolicy",
    "iam:GetPolicyVersion",
    "iam:GetRole",
    "iam:GetRolePolicy",
    "iam:ListMFADevices",
    "iam:ListAccessKeys",
    "iam:ListGroupsForUser",
    "iam:ListGroupPolicies",
    "iam:ListAttached*Policies",
    "iam:ListUserPolicies",
    "iam:ListRolePolicies",
    "iam:SimulatePrincipalPolicy",
    "budgets:ViewBudget",
    "ecr:DescribeRepositories",
    "ecr:DescribeImages",
    "ecr:BatchGetImage",
    "ecr:GetDownloadUrlForLayer",
    "rds:DescribeDB*",
    "elasticache:Describe*",
    "ecs:DescribeClusters",
    "ecs:DescribeService*",
    "ecs:DescribeTask*",
    "ecs:ListTasks",
    "ecs:ListTaskDefinitions",
    "ecs:ListServiceDeployments",
    "elasticloadbalancing:Describe*",
    "acm:ListCertificates",
    "acm:DescribeCertificate",
    "ssm:DescribeParameters",
    "secretsmanager:DescribeSecret",
    "logs:DescribeLogGroups",
    "ec2:DescribeRegions",
    "ec2:DescribeVpcs",
    "ec2:DescribeVpcAttribute",
    "ec2:DescribeVpcEndpoints",
    "ec2:DescribeSubnets",
    "ec2:DescribeRouteTables",
    "ec2:DescribeSecurityGroups",
    "ec2:DescribeN*",
    "ec2:DescribeAddresses",
    "ec2:GetManagedPrefixListEntries",
    "sts:GetCallerIdentity",
];

/// Log lines may hold anything: these are read of the chapter's groups alone.
const LOG_LINES: &str = "logs:GetLogEvents";

/// Said once more in so many words. What a resource's own policy grants to the session itself does not ask what the session
/// is limited to; an explicit deny holds there too (IAM User Guide, "Session policies", 2026-11).
const NEVER: &[&str] = &[
    "ssm:GetParameter*",
    "secretsmanager:*GetSecretValue",
    "kms:*",
    "ecs:ExecuteCommand",
    "s3:*",
    "sts:AssumeRole*",
];

/// The compact document for an account of this partition.
pub fn session_policy(partition: Partition, log_group: &str) -> String {
    let logs = log_resources(partition, log_group);
    serde_json::json!({
        "Version": "2012-10-17",
        "Statement": [
            {"Effect": "Allow", "Action": READS, "Resource": "*"},
            {"Effect": "Allow", "Action": LOG_LINES, "Resource": logs},
            {"Effect": "Deny", "Action": NEVER, "Resource": "*"},
        ],
    })
    .to_string()
}

/// The groups that the lessons make, and the learner's own where it is called otherwise: as the role's policy has it.
fn log_resources(partition: Partition, log_group: &str) -> Vec<String> {
    const CHAPTER: &str = "/ecs/news";
    let arn = |name: &str| format!("arn:{}:logs:*:*:log-group:{name}", partition.in_arns());
    let is_name = |letter: char| letter.is_ascii_alphanumeric() || "_-/.#".contains(letter);
    let mut resources = vec![arn(&format!("{CHAPTER}*"))];
    // The longest name that a group may have is 512 letters; one that long is not worth the room.
    let fits = !log_group.is_empty() && log_group.len() <= 128;
    if fits && !log_group.starts_with(CHAPTER) && log_group.chars().all(is_name) {
        resources.push(arn(&format!("{log_group}:*")));
    }
    resources
}

#[cfg(test)]
mod tests {
    use super::super::super::{Allowance, actions, calls};
    use super::*;
    use crate::account::Area;
    use serde_json::Value;
    use std::collections::BTreeSet;

    /// As IAM matches: `*` is any run of letters, the rest without regard to case.
    fn matches(pattern: &str, action: &str) -> bool {
        fn rest(pattern: &[u8], action: &[u8]) -> bool {
            match pattern.split_first() {
                None => action.is_empty(),
                Some((b'*', more)) => (0..=action.len()).any(|at| rest(more, &action[at..])),
                Some((letter, more)) => action
                    .split_first()
                    .is_some_and(|(first, left)| first == letter && rest(more, left)),
            }
        }
        rest(
            pattern.to_ascii_lowercase().as_bytes(),
            action.to_ascii_lowercase().as_bytes(),
        )
    }

    fn allowed(action: &str) -> bool {
        READS.iter().any(|pattern| matches(pattern, action)) || matches(LOG_LINES, action)
    }

    fn denied(action: &str) -> bool {
        NEVER.iter().any(|pattern| matches(pattern, action))
    }

    #[test]
    fn every_declared_read_is_let_through() {
        for call in calls::ALL {
            assert!(allowed(call.action), "{} is not let through", call.action);
            assert!(!denied(call.action), "{} is denied", call.action);
        }
    }

    #[test]
    fn log_lines_are_let_through_where_the_call_table_has_them_and_nowhere_else() {
        let areas: BTreeSet<Area> = Area::USUAL.into_iter().collect();
        let lines = &actions(&areas)[&Allowance::ChapterLogs];
        assert_eq!(lines, &BTreeSet::from([LOG_LINES]));
        assert!(!READS.iter().any(|pattern| matches(pattern, LOG_LINES)));
        let document: Value =
            serde_json::from_str(&session_policy(Partition::Aws, "/ecs/news-api")).unwrap();
        assert_eq!(
            document["Statement"][1]["Resource"],
            serde_json::json!(["arn:aws:logs:*:*:log-group:/ecs/news*"])
        );
    }

    #[test]
    fn no_pattern_is_there_for_nothing() {
        for pattern in READS {
            assert!(
                calls::ALL.iter().any(|call| matches(pattern, call.action)),
                "{pattern} lets nothing through that is read"
            );
        }
    }

    /// A `*` stands at the end of `Describe...`, or inside `ListAttached*Policies`: never where a verb that writes fits.
    #[test]
    fn what_is_shortened_still_only_describes() {
        for pattern in READS.iter().filter(|pattern| pattern.contains('*')) {
            let (_, verb) = pattern.split_once(':').unwrap();
            let ends = verb.ends_with('*') && verb.matches('*').count() == 1;
            assert!(
                ends && verb.starts_with("Describe") || *pattern == "iam:ListAttached*Policies",
                "{pattern}"
            );
        }
    }

    #[test]
    fn what_writes_or_gives_out_a_secret_is_not_let_through() {
        for action in include_str!("forbidden.txt").lines() {
            let action = action.trim();
            if action.is_empty() || action.starts_with('#') {
                continue;
            }
            assert!(!allowed(action), "{action} is let through");
        }
    }

    #[test]
    fn secrets_are_denied_in_so_many_words() {
        for action in [
            "ssm:GetParameter",
            "ssm:GetParameters",
            "ssm:GetParametersByPath",
            "ssm:GetParameterHistory",
            "secretsmanager:GetSecretValue",
            "secretsmanager:BatchGetSecretValue",
            "kms:Decrypt",
            "ecs:ExecuteCommand",
            "s3:GetObject",
            "sts:AssumeRole",
        ] {
            assert!(denied(action), "{action}");
        }
        let document: Value =
            serde_json::from_str(&session_policy(Partition::Aws, "/ecs/news-api")).unwrap();
        assert_eq!(document["Statement"][2]["Effect"], "Deny");
        assert_eq!(document["Statement"][2]["Resource"], "*");
    }

    #[test]
    fn it_fits_for_every_partition_and_for_the_longest_name_of_a_log_group() {
        for partition in [Partition::Aws, Partition::China, Partition::GovCloud] {
            for name in ["/ecs/news-api", &"g".repeat(128), &"g".repeat(512)] {
                let length = session_policy(partition, name).chars().count();
                assert!(length <= LONGEST_SESSION_POLICY, "{length} characters");
            }
        }
    }

    #[test]
    fn the_learners_own_log_group_is_added_and_a_name_that_is_none_is_not() {
        let china = session_policy(Partition::China, "/my/app");
        assert!(china.contains("\"arn:aws-cn:logs:*:*:log-group:/my/app:*\""));
        for name in ["*", "a\",\"x", ""] {
            let document: Value =
                serde_json::from_str(&session_policy(Partition::Aws, name)).unwrap();
            let resources = document["Statement"][1]["Resource"].as_array().unwrap();
            assert_eq!(resources.len(), 1, "{name:?}");
        }
    }
}
