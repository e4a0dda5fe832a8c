//! Every call Landfall can make. There is no other: see `guard`.

use super::call::{Call, Paging, Protocol, Scope};
use super::endpoint::ServiceId;
use crate::account::Area;

const fn protocol(service: ServiceId) -> Protocol {
    match service {
        ServiceId::Sts | ServiceId::Ecs => Protocol::Sdk,
        ServiceId::Iam => Protocol::Query {
            version: "2010-05-08",
        },
        ServiceId::Rds => Protocol::Query {
            version: "2014-10-31",
        },
        ServiceId::ElastiCache => Protocol::Query {
            version: "2015-02-02",
        },
        ServiceId::Balancing => Protocol::Query {
            version: "2015-12-01",
        },
        ServiceId::Ec2 => Protocol::Ec2Query {
            version: "2016-11-15",
        },
        ServiceId::Budgets => Protocol::Json {
            target: "AWSBudgetServiceGateway",
        },
        ServiceId::Ecr => Protocol::Json {
            target: "AmazonEC2ContainerRegistry_V20150921",
        },
        ServiceId::Acm => Protocol::Json {
            target: "CertificateManager",
        },
        ServiceId::Ssm => Protocol::Json {
            target: "AmazonSSM",
        },
        ServiceId::Logs => Protocol::Json {
            target: "Logs_20140328",
        },
        ServiceId::SecretsManager => Protocol::Json {
            target: "secretsmanager",
        },
    }
}

macro_rules! calls {
    ($($name:ident = $service:ident $operation:literal needs $action:literal
        takes [$($input:literal),*] $(pages $token:literal)? for [$($area:ident),*] $(with [$($with:ident),*])? $(only $scope:ident)?;)*) => {
        $(
            #[doc = concat!("`", $operation, "`.")]
            pub static $name: Call = Call {
                service: ServiceId::$service,
                operation: $operation,
                protocol: protocol(ServiceId::$service),
                action: $action,
                takes: &[$($input),*],
                paging: calls!(@paging $($token)?),
                areas: &[$(Area::$area),*],
                with: &[$($(Area::$with),*)?],
                scope: calls!(@scope $($scope)?),
            };
        )*
        /// All of them.
        pub static ALL: &[&Call] = &[$(&$name),*];
    };
    (@paging) => { Paging::Whole };
    (@paging $token:literal) => { Paging::Token($token) };
    (@scope) => { Scope::Everything };
    (@scope $scope:ident) => { Scope::$scope };
}

calls! {
    GET_CALLER_IDENTITY = Sts "GetCallerIdentity" needs "sts:GetCallerIdentity" takes [] for [Caller];

    GET_ACCOUNT_SUMMARY = Iam "GetAccountSummary" needs "iam:GetAccountSummary" takes [] for [RootAccount];
    GET_USER = Iam "GetUser" needs "iam:GetUser" takes ["UserName"] for [User];
    LIST_MFA_DEVICES = Iam "ListMFADevices" needs "iam:ListMFADevices" takes ["UserName", "Marker"] pages "Marker" for [User];
    LIST_ACCESS_KEYS = Iam "ListAccessKeys" needs "iam:ListAccessKeys" takes ["UserName", "Marker"] pages "Marker" for [User];
    LIST_GROUPS_FOR_USER = Iam "ListGroupsForUser" needs "iam:ListGroupsForUser" takes ["UserName", "Marker"] pages "Marker" for [User];
    LIST_ATTACHED_USER_POLICIES = Iam "ListAttachedUserPolicies" needs "iam:ListAttachedUserPolicies" takes ["UserName", "Marker"] pages "Marker" for [User];
    LIST_USER_POLICIES = Iam "ListUserPolicies" needs "iam:ListUserPolicies" takes ["UserName", "Marker"] pages "Marker" for [User];
    GET_USER_POLICY = Iam "GetUserPolicy" needs "iam:GetUserPolicy" takes ["UserName", "PolicyName"] for [User];
    LIST_ATTACHED_GROUP_POLICIES = Iam "ListAttachedGroupPolicies" needs "iam:ListAttachedGroupPolicies" takes ["GroupName", "Marker"] pages "Marker" for [User];
    LIST_GROUP_POLICIES = Iam "ListGroupPolicies" needs "iam:ListGroupPolicies" takes ["GroupName", "Marker"] pages "Marker" for [User];
    GET_GROUP_POLICY = Iam "GetGroupPolicy" needs "iam:GetGroupPolicy" takes ["GroupName", "PolicyName"] for [User];
    GET_POLICY = Iam "GetPolicy" needs "iam:GetPolicy" takes ["PolicyArn"] for [User, Roles];
    GET_POLICY_VERSION = Iam "GetPolicyVersion" needs "iam:GetPolicyVersion" takes ["PolicyArn", "VersionId"] for [User, Roles];
    GET_ROLE = Iam "GetRole" needs "iam:GetRole" takes ["RoleName"] for [Roles];
    LIST_ATTACHED_ROLE_POLICIES = Iam "ListAttachedRolePolicies" needs "iam:ListAttachedRolePolicies" takes ["RoleName", "Marker"] pages "Marker" for [Roles];
    LIST_ROLE_POLICIES = Iam "ListRolePolicies" needs "iam:ListRolePolicies" takes ["RoleName", "Marker"] pages "Marker" for [Roles];
    GET_ROLE_POLICY = Iam "GetRolePolicy" needs "iam:GetRolePolicy" takes ["RoleName", "PolicyName"] for [Roles];
    SIMULATE_PRINCIPAL_POLICY = Iam "SimulatePrincipalPolicy" needs "iam:SimulatePrincipalPolicy" takes ["PolicySourceArn", "ActionNames.member", "ResourceArns.member", "Marker"] pages "Marker" for [Roles];

    DESCRIBE_BUDGETS = Budgets "DescribeBudgets" needs "budgets:ViewBudget" takes ["AccountId", "MaxResults", "NextToken"] pages "NextToken" for [Budgets];
    DESCRIBE_NOTIFICATIONS_FOR_BUDGET = Budgets "DescribeNotificationsForBudget" needs "budgets:ViewBudget" takes ["AccountId", "BudgetName", "NextToken"] pages "NextToken" for [Budgets];
    DESCRIBE_SUBSCRIBERS_FOR_NOTIFICATION = Budgets "DescribeSubscribersForNotification" needs "budgets:ViewBudget" takes ["AccountId", "BudgetName", "Notification", "Notification.NotificationType", "Notification.ComparisonOperator", "Notification.Threshold", "Notification.ThresholdType", "NextToken"] pages "NextToken" for [Budgets];

    DESCRIBE_REPOSITORIES = Ecr "DescribeRepositories" needs "ecr:DescribeRepositories" takes ["repositoryNames", "maxResults", "nextToken"] pages "nextToken" for [Registry, Platforms, Leftovers];
    DESCRIBE_IMAGES = Ecr "DescribeImages" needs "ecr:DescribeImages" takes ["repositoryName", "filter", "filter.imageStatus", "filter.tagStatus", "maxResults", "nextToken"] pages "nextToken" for [Registry, Platforms];
    BATCH_GET_IMAGE = Ecr "BatchGetImage" needs "ecr:BatchGetImage" takes ["repositoryName", "imageIds", "imageIds.imageDigest", "acceptedMediaTypes"] for [Platforms];
    GET_DOWNLOAD_URL_FOR_LAYER = Ecr "GetDownloadUrlForLayer" needs "ecr:GetDownloadUrlForLayer" takes ["repositoryName", "layerDigest"] for [Platforms];

    DESCRIBE_DB_INSTANCES = Rds "DescribeDBInstances" needs "rds:DescribeDBInstances" takes ["MaxRecords", "Marker"] pages "Marker" for [Databases, Definitions, Leftovers];
    DESCRIBE_DB_CLUSTERS = Rds "DescribeDBClusters" needs "rds:DescribeDBClusters" takes ["MaxRecords", "Marker"] pages "Marker" for [Databases, Definitions, Leftovers];
    DESCRIBE_DB_SUBNET_GROUPS = Rds "DescribeDBSubnetGroups" needs "rds:DescribeDBSubnetGroups" takes ["MaxRecords", "Marker"] pages "Marker" for [Databases];
    DESCRIBE_DB_PARAMETERS = Rds "DescribeDBParameters" needs "rds:DescribeDBParameters" takes ["DBParameterGroupName", "Source", "MaxRecords", "Marker"] pages "Marker" for [Databases] with [Tasks];
    DESCRIBE_DB_SNAPSHOTS = Rds "DescribeDBSnapshots" needs "rds:DescribeDBSnapshots" takes ["SnapshotType", "MaxRecords", "Marker"] pages "Marker" for [Leftovers];

    DESCRIBE_REPLICATION_GROUPS = ElastiCache "DescribeReplicationGroups" needs "elasticache:DescribeReplicationGroups" takes ["MaxRecords", "Marker"] pages "Marker" for [Caches, Definitions, Leftovers];
    DESCRIBE_CACHE_CLUSTERS = ElastiCache "DescribeCacheClusters" needs "elasticache:DescribeCacheClusters" takes ["ShowCacheNodeInfo", "MaxRecords", "Marker"] pages "Marker" for [Caches, Definitions, Leftovers];
    DESCRIBE_SERVERLESS_CACHES = ElastiCache "DescribeServerlessCaches" needs "elasticache:DescribeServerlessCaches" takes ["MaxResults", "NextToken"] pages "NextToken" for [Caches, Definitions, Leftovers];
    DESCRIBE_CACHE_SUBNET_GROUPS = ElastiCache "DescribeCacheSubnetGroups" needs "elasticache:DescribeCacheSubnetGroups" takes ["MaxRecords", "Marker"] pages "Marker" for [Caches];
    DESCRIBE_CACHE_SNAPSHOTS = ElastiCache "DescribeSnapshots" needs "elasticache:DescribeSnapshots" takes ["MaxRecords", "Marker"] pages "Marker" for [Leftovers];

    DESCRIBE_CLUSTERS = Ecs "DescribeClusters" needs "ecs:DescribeClusters" takes [] for [Cluster];
    DESCRIBE_SERVICES = Ecs "DescribeServices" needs "ecs:DescribeServices" takes [] for [Service, Definitions, Tasks, Leftovers];
    LIST_TASKS = Ecs "ListTasks" needs "ecs:ListTasks" takes [] for [Tasks];
    DESCRIBE_TASKS = Ecs "DescribeTasks" needs "ecs:DescribeTasks" takes [] for [Tasks];
    LIST_TASK_DEFINITIONS = Ecs "ListTaskDefinitions" needs "ecs:ListTaskDefinitions" takes [] for [Definitions];
    DESCRIBE_TASK_DEFINITION = Ecs "DescribeTaskDefinition" needs "ecs:DescribeTaskDefinition" takes [] for [Definitions];
    LIST_SERVICE_DEPLOYMENTS = Ecs "ListServiceDeployments" needs "ecs:ListServiceDeployments" takes [] for [Service];
    DESCRIBE_SERVICE_REVISIONS = Ecs "DescribeServiceRevisions" needs "ecs:DescribeServiceRevisions" takes [] for [Service];

    DESCRIBE_LOAD_BALANCERS = Balancing "DescribeLoadBalancers" needs "elasticloadbalancing:DescribeLoadBalancers" takes ["PageSize", "Marker"] pages "Marker" for [Balancers, Leftovers];
    DESCRIBE_LISTENERS = Balancing "DescribeListeners" needs "elasticloadbalancing:DescribeListeners" takes ["LoadBalancerArn", "PageSize", "Marker"] pages "Marker" for [Balancers];
    DESCRIBE_RULES = Balancing "DescribeRules" needs "elasticloadbalancing:DescribeRules" takes ["ListenerArn", "PageSize", "Marker"] pages "Marker" for [Balancers];
    DESCRIBE_LISTENER_CERTIFICATES = Balancing "DescribeListenerCertificates" needs "elasticloadbalancing:DescribeListenerCertificates" takes ["ListenerArn", "PageSize", "Marker"] pages "Marker" for [Balancers];
    DESCRIBE_TARGET_GROUPS = Balancing "DescribeTargetGroups" needs "elasticloadbalancing:DescribeTargetGroups" takes ["PageSize", "Marker"] pages "Marker" for [Balancers];
    DESCRIBE_TARGET_HEALTH = Balancing "DescribeTargetHealth" needs "elasticloadbalancing:DescribeTargetHealth" takes ["TargetGroupArn"] for [Balancers];

    LIST_CERTIFICATES = Acm "ListCertificates" needs "acm:ListCertificates" takes ["Includes", "Includes.keyTypes", "MaxItems", "NextToken"] pages "NextToken" for [Certificates];
    DESCRIBE_CERTIFICATE = Acm "DescribeCertificate" needs "acm:DescribeCertificate" takes ["CertificateArn"] for [Certificates];

    DESCRIBE_PARAMETERS = Ssm "DescribeParameters" needs "ssm:DescribeParameters" takes ["MaxResults", "NextToken"] pages "NextToken" for [Parameters, Roles];
    DESCRIBE_SECRET = SecretsManager "DescribeSecret" needs "secretsmanager:DescribeSecret" takes ["SecretId"] for [Parameters] with [Definitions];

    DESCRIBE_LOG_GROUPS = Logs "DescribeLogGroups" needs "logs:DescribeLogGroups" takes ["logGroupNamePrefix", "limit", "nextToken"] pages "nextToken" for [LogGroups, Leftovers];
    GET_LOG_EVENTS = Logs "GetLogEvents" needs "logs:GetLogEvents" takes ["logGroupName", "logStreamName", "limit", "startFromHead", "nextToken"] for [Tasks] with [Definitions] only ChapterLogs;

    DESCRIBE_REGIONS = Ec2 "DescribeRegions" needs "ec2:DescribeRegions" takes [] for [Leftovers];
    DESCRIBE_VPCS = Ec2 "DescribeVpcs" needs "ec2:DescribeVpcs" takes ["MaxResults", "NextToken"] pages "NextToken" for [Network];
    DESCRIBE_SUBNETS = Ec2 "DescribeSubnets" needs "ec2:DescribeSubnets" takes ["MaxResults", "NextToken"] pages "NextToken" for [Network];
    DESCRIBE_ROUTE_TABLES = Ec2 "DescribeRouteTables" needs "ec2:DescribeRouteTables" takes ["MaxResults", "NextToken"] pages "NextToken" for [Network];
    DESCRIBE_SECURITY_GROUPS = Ec2 "DescribeSecurityGroups" needs "ec2:DescribeSecurityGroups" takes ["MaxResults", "NextToken"] pages "NextToken" for [Network];
    GET_MANAGED_PREFIX_LIST_ENTRIES = Ec2 "GetManagedPrefixListEntries" needs "ec2:GetManagedPrefixListEntries" takes ["PrefixListId", "MaxResults", "NextToken"] pages "NextToken" for [Network];
    DESCRIBE_VPC_ENDPOINTS = Ec2 "DescribeVpcEndpoints" needs "ec2:DescribeVpcEndpoints" takes ["MaxResults", "NextToken"] pages "NextToken" for [Routes];
    DESCRIBE_NAT_GATEWAYS = Ec2 "DescribeNatGateways" needs "ec2:DescribeNatGateways" takes ["MaxResults", "NextToken"] pages "NextToken" for [Routes, Leftovers];
    DESCRIBE_NETWORK_ACLS = Ec2 "DescribeNetworkAcls" needs "ec2:DescribeNetworkAcls" takes ["MaxResults", "NextToken"] pages "NextToken" for [Network] with [Tasks];
    DESCRIBE_VPC_ATTRIBUTE = Ec2 "DescribeVpcAttribute" needs "ec2:DescribeVpcAttribute" takes ["VpcId", "Attribute"] for [Network] with [Tasks];
    DESCRIBE_NETWORK_INTERFACES = Ec2 "DescribeNetworkInterfaces" needs "ec2:DescribeNetworkInterfaces" takes ["Filter", "Filter.Name", "Filter.Value", "MaxResults", "NextToken"] pages "NextToken" for [Network] with [Tasks];
    DESCRIBE_ADDRESSES = Ec2 "DescribeAddresses" needs "ec2:DescribeAddresses" takes [] for [Leftovers];
}

/// The declared call with these names, if there is one. Service names as the SDK spells them.
pub fn find(service: &str, operation: &str) -> Option<&'static Call> {
    ALL.iter()
        .copied()
        .find(|call| call.service.sdk_id() == service && call.operation == operation)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_call_only_reads() {
        for call in ALL {
            let reads = ["Get", "List", "Describe", "BatchGet", "Simulate", "Filter"];
            assert!(
                reads.iter().any(|verb| call.operation.starts_with(verb)),
                "{} does not look like a read",
                call.operation
            );
        }
    }

    #[test]
    fn no_call_can_read_a_secret() {
        for call in ALL {
            for forbidden in [
                "GetParameter",
                "GetSecretValue",
                "Decrypt",
                "GetObject",
                "ExecuteCommand",
            ] {
                assert!(!call.operation.starts_with(forbidden), "{}", call.operation);
                assert!(!call.action.contains(forbidden), "{}", call.action);
            }
        }
    }

    #[test]
    fn every_call_is_declared_once_and_serves_some_area() {
        for (at, call) in ALL.iter().enumerate() {
            let again = ALL[at + 1..]
                .iter()
                .any(|other| other.service == call.service && other.operation == call.operation);
            assert!(!again, "{} twice", call.api());
            assert!(!call.areas.is_empty(), "{} serves nothing", call.api());
            assert_eq!(
                call.action.split(':').next(),
                Some(call.service.prefix()),
                "{}",
                call.api()
            );
        }
    }
}
