//! The list of all answer types, for tests that hold something against each of them.

/// Calls a generic function once for every answer type; gives what it gave, in a list.
macro_rules! for_every_answer {
    ($take:ident) => {{
        use $crate::aws::answers::{
            acm, ec2, ec2_group, ec2_route, elasticache, elbv2, elbv2_listener, logs, rds,
            secretsmanager, ssm,
        };
        use $crate::aws::{budgets, platforms, policies, registry, roles, root_account, user};
        vec![
            $take::<root_account::GetAccountSummary>(),
            $take::<user::GetUser>(),
            $take::<user::ListMfaDevices>(),
            $take::<user::ListAccessKeys>(),
            $take::<user::ListGroupsForUser>(),
            $take::<policies::GetPolicy>(),
            $take::<policies::GetPolicyVersion>(),
            $take::<policies::GetUserPolicy>(),
            $take::<policies::GetGroupPolicy>(),
            $take::<policies::GetRolePolicy>(),
            $take::<policies::ListAttachedUserPolicies>(),
            $take::<policies::ListAttachedGroupPolicies>(),
            $take::<policies::ListAttachedRolePolicies>(),
            $take::<policies::ListUserPolicies>(),
            $take::<policies::ListGroupPolicies>(),
            $take::<policies::ListRolePolicies>(),
            $take::<roles::GetRole>(),
            $take::<roles::SimulatePrincipalPolicy>(),
            $take::<budgets::DescribeBudgets>(),
            $take::<budgets::DescribeNotificationsForBudget>(),
            $take::<budgets::DescribeSubscribersForNotification>(),
            $take::<registry::DescribeRepositories>(),
            $take::<registry::DescribeImages>(),
            $take::<platforms::BatchGetImage>(),
            $take::<platforms::GetDownloadUrlForLayer>(),
            $take::<acm::DescribeCertificate>(),
            $take::<acm::ListCertificates>(),
            $take::<ec2::DescribeAddresses>(),
            $take::<ec2::DescribeRegions>(),
            $take::<ec2::DescribeSubnets>(),
            $take::<ec2::DescribeVpcs>(),
            $take::<ec2::GetManagedPrefixListEntries>(),
            $take::<ec2_group::DescribeSecurityGroups>(),
            $take::<ec2_route::DescribeNatGateways>(),
            $take::<ec2_route::DescribeRouteTables>(),
            $take::<ec2_route::DescribeVpcEndpoints>(),
            $take::<elasticache::DescribeCacheClusters>(),
            $take::<elasticache::DescribeCacheSnapshots>(),
            $take::<elasticache::DescribeCacheSubnetGroups>(),
            $take::<elasticache::DescribeReplicationGroups>(),
            $take::<elasticache::DescribeServerlessCaches>(),
            $take::<elbv2::DescribeLoadBalancers>(),
            $take::<elbv2::DescribeTargetGroups>(),
            $take::<elbv2::DescribeTargetHealth>(),
            $take::<elbv2_listener::DescribeListenerCertificates>(),
            $take::<elbv2_listener::DescribeListeners>(),
            $take::<elbv2_listener::DescribeRules>(),
            $take::<logs::DescribeLogGroups>(),
            $take::<rds::DescribeDbClusters>(),
            $take::<rds::DescribeDbInstances>(),
            $take::<rds::DescribeDbSnapshots>(),
            $take::<rds::DescribeDbSubnetGroups>(),
            $take::<secretsmanager::DescribeSecret>(),
            $take::<ssm::DescribeParameters>(),
        ]
    }};
}

pub(super) use for_every_answer;
