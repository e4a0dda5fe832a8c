//! Which call needs which other's answer: what no amount of asking at the same time can shorten.

use std::collections::{BTreeMap, BTreeSet};

/// Each call of a full look, and the calls whose answers hold something that it is asked with (an ARN, a name, a
/// digest). What the course or `landfall.toml` names needs nobody's answer.
const NEEDS: &[(&str, &[&str])] = &[
    ("sts:GetCallerIdentity", &[]),
    ("iam:GetAccountSummary", &[]),
    // About the caller's own user.
    ("iam:GetUser", &["sts:GetCallerIdentity"]),
    ("iam:ListMFADevices", &["sts:GetCallerIdentity"]),
    ("iam:ListAccessKeys", &["sts:GetCallerIdentity"]),
    ("iam:ListGroupsForUser", &["sts:GetCallerIdentity"]),
    ("iam:ListAttachedUserPolicies", &["sts:GetCallerIdentity"]),
    ("iam:ListUserPolicies", &["sts:GetCallerIdentity"]),
    ("iam:GetUserPolicy", &["iam:ListUserPolicies"]),
    // Of the role that the task definition names.
    ("iam:GetRole", &["ecs:DescribeTaskDefinition"]),
    (
        "iam:ListAttachedRolePolicies",
        &["ecs:DescribeTaskDefinition"],
    ),
    ("iam:ListRolePolicies", &["ecs:DescribeTaskDefinition"]),
    ("iam:GetRolePolicy", &["iam:ListRolePolicies"]),
    (
        "iam:GetPolicy",
        &[
            "iam:ListAttachedUserPolicies",
            "iam:ListAttachedRolePolicies",
        ],
    ),
    ("iam:GetPolicyVersion", &["iam:GetPolicy"]),
    ("budgets:DescribeBudgets", &["sts:GetCallerIdentity"]),
    (
        "budgets:DescribeNotificationsForBudget",
        &["budgets:DescribeBudgets"],
    ),
    (
        "budgets:DescribeSubscribersForNotification",
        &["budgets:DescribeNotificationsForBudget"],
    ),
    ("ecr:DescribeRepositories", &[]),
    ("ecr:DescribeImages", &[]),
    // Of the images that matter: the newest, and those that the task definition names.
    (
        "ecr:BatchGetImage",
        &["ecr:DescribeImages", "ecs:DescribeTaskDefinition"],
    ),
    ("ecr:GetDownloadUrlForLayer", &["ecr:BatchGetImage"]),
    ("s3:GetObject", &["ecr:GetDownloadUrlForLayer"]),
    ("rds:DescribeDBInstances", &[]),
    ("rds:DescribeDBClusters", &[]),
    ("rds:DescribeDBSubnetGroups", &[]),
    ("elasticache:DescribeReplicationGroups", &[]),
    ("elasticache:DescribeCacheClusters", &[]),
    ("elasticache:DescribeServerlessCaches", &[]),
    ("elasticache:DescribeCacheSubnetGroups", &[]),
    ("ecs:DescribeClusters", &[]),
    ("ecs:DescribeServices", &[]),
    ("ecs:ListServiceDeployments", &[]),
    (
        "ecs:DescribeServiceRevisions",
        &["ecs:ListServiceDeployments"],
    ),
    ("ecs:ListTaskDefinitions", &[]),
    (
        "ecs:DescribeTaskDefinition",
        &["ecs:ListTaskDefinitions", "ecs:DescribeServices"],
    ),
    ("ecs:ListTasks", &[]),
    ("ecs:DescribeTasks", &["ecs:ListTasks"]),
    ("elasticloadbalancing:DescribeLoadBalancers", &[]),
    ("elasticloadbalancing:DescribeTargetGroups", &[]),
    (
        "elasticloadbalancing:DescribeTargetHealth",
        &[
            "elasticloadbalancing:DescribeTargetGroups",
            "ecs:DescribeServices",
        ],
    ),
    (
        "elasticloadbalancing:DescribeListeners",
        &[
            "elasticloadbalancing:DescribeLoadBalancers",
            "elasticloadbalancing:DescribeTargetGroups",
            "ecs:DescribeServices",
        ],
    ),
    (
        "elasticloadbalancing:DescribeRules",
        &["elasticloadbalancing:DescribeListeners"],
    ),
    (
        "elasticloadbalancing:DescribeListenerCertificates",
        &["elasticloadbalancing:DescribeListeners"],
    ),
    ("acm:ListCertificates", &[]),
    (
        "acm:DescribeCertificate",
        &[
            "acm:ListCertificates",
            "elasticloadbalancing:DescribeListenerCertificates",
        ],
    ),
    ("ssm:DescribeParameters", &[]),
    ("logs:DescribeLogGroups", &[]),
    ("ec2:DescribeVpcs", &[]),
    ("ec2:DescribeSubnets", &[]),
    ("ec2:DescribeRouteTables", &[]),
    ("ec2:DescribeSecurityGroups", &[]),
    ("ec2:DescribeVpcEndpoints", &[]),
    ("ec2:DescribeNatGateways", &[]),
];

/// The longest chain among the calls that were made, first call first.
pub fn longest_chain(made: &BTreeSet<String>) -> Vec<&'static str> {
    let needs: BTreeMap<&str, &[&str]> = NEEDS.iter().copied().collect();
    let mut longest: Vec<&'static str> = Vec::new();
    for call in made {
        let known = needs
            .get_key_value(call.as_str())
            .unwrap_or_else(|| panic!("what {call} needs is not declared"));
        let chain = chain_to(known.0, &needs);
        if chain.len() > longest.len() {
            longest = chain;
        }
    }
    longest
}

fn chain_to(
    call: &'static str,
    needs: &BTreeMap<&'static str, &[&'static str]>,
) -> Vec<&'static str> {
    let mut chain = needs[call]
        .iter()
        .map(|before| chain_to(before, needs))
        .max_by_key(Vec::len)
        .unwrap_or_default();
    chain.push(call);
    chain
}
