//! The services we read from: how each is named, and where it answers in each partition.

use crate::account::Region;

/// A service of the call table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ServiceId {
    Sts,
    Iam,
    Budgets,
    Ecr,
    Rds,
    ElastiCache,
    Ecs,
    Balancing,
    Acm,
    Ssm,
    SecretsManager,
    Logs,
    Ec2,
}

/// A set of regions with accounts of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Partition {
    Aws,
    China,
    GovCloud,
}

impl Partition {
    /// The partition a region belongs to, by its name.
    pub fn of(region: &Region) -> Self {
        match region.as_str() {
            name if name.starts_with("cn-") => Partition::China,
            name if name.starts_with("us-gov-") => Partition::GovCloud,
            _ => Partition::Aws,
        }
    }

    /// The second part of its ARNs.
    pub const fn in_arns(self) -> &'static str {
        match self {
            Partition::Aws => "aws",
            Partition::China => "aws-cn",
            Partition::GovCloud => "aws-us-gov",
        }
    }

    /// Where its global services are signed for, and which is always switched on.
    pub fn home(self) -> Region {
        Region::from(match self {
            Partition::Aws => "us-east-1",
            Partition::China => "cn-north-1",
            Partition::GovCloud => "us-gov-west-1",
        })
    }

    const fn suffix(self) -> &'static str {
        match self {
            Partition::Aws | Partition::GovCloud => "amazonaws.com",
            Partition::China => "amazonaws.com.cn",
        }
    }
}

/// Where a call goes, and which region its signature names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
    pub url: String,
    pub signed_for: Region,
}

impl ServiceId {
    /// As the SDK spells it; `AWS_ENDPOINT_URL_<SERVICE>` is this in capitals with underscores.
    pub const fn sdk_id(self) -> &'static str {
        match self {
            ServiceId::Sts => "STS",
            ServiceId::Iam => "IAM",
            ServiceId::Budgets => "Budgets",
            ServiceId::Ecr => "ECR",
            ServiceId::Rds => "RDS",
            ServiceId::ElastiCache => "ElastiCache",
            ServiceId::Ecs => "ECS",
            ServiceId::Balancing => "Elastic Load Balancing v2",
            ServiceId::Acm => "ACM",
            ServiceId::Ssm => "SSM",
            ServiceId::SecretsManager => "Secrets Manager",
            ServiceId::Logs => "CloudWatch Logs",
            ServiceId::Ec2 => "EC2",
        }
    }

    /// As IAM policies and signatures spell it.
    pub const fn prefix(self) -> &'static str {
        match self {
            ServiceId::Sts => "sts",
            ServiceId::Iam => "iam",
            ServiceId::Budgets => "budgets",
            ServiceId::Ecr => "ecr",
            ServiceId::Rds => "rds",
            ServiceId::ElastiCache => "elasticache",
            ServiceId::Ecs => "ecs",
            ServiceId::Balancing => "elasticloadbalancing",
            ServiceId::Acm => "acm",
            ServiceId::Ssm => "ssm",
            ServiceId::SecretsManager => "secretsmanager",
            ServiceId::Logs => "logs",
            ServiceId::Ec2 => "ec2",
        }
    }

    /// As people know it.
    pub const fn title(self) -> &'static str {
        match self {
            ServiceId::Balancing => "Elastic Load Balancing",
            ServiceId::Rds => "RDS",
            other => other.sdk_id(),
        }
    }

    /// AWS's own endpoint for calls about `region`. Source: botocore's endpoint rules; held by the contract test.
    pub fn endpoint(self, region: &Region) -> Endpoint {
        let partition = Partition::of(region);
        let suffix = partition.suffix();
        let (host, signed_for) = match (self, partition) {
            (ServiceId::Iam, Partition::Aws) => (format!("iam.{suffix}"), partition.home()),
            (ServiceId::Iam, Partition::China) => {
                (format!("iam.cn-north-1.{suffix}"), partition.home())
            }
            (ServiceId::Iam, Partition::GovCloud) => {
                (format!("iam.us-gov.{suffix}"), partition.home())
            }
            (ServiceId::Budgets, Partition::Aws) => (format!("budgets.{suffix}"), partition.home()),
            (ServiceId::Budgets, Partition::China) => {
                (format!("budgets.{suffix}"), Region::from("cn-northwest-1"))
            }
            (ServiceId::Ecr, _) => (format!("api.ecr.{region}.{suffix}"), region.clone()),
            _ => (
                format!("{}.{region}.{suffix}", self.prefix()),
                region.clone(),
            ),
        };
        Endpoint {
            url: format!("https://{host}"),
            signed_for,
        }
    }
}

/// Regions that every account of the `aws` partition has without switching them on.
/// Source: <https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html>.
const ALWAYS_ON: [&str; 17] = [
    "us-east-1",
    "us-east-2",
    "us-west-1",
    "us-west-2",
    "ap-south-1",
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-northeast-3",
    "ap-southeast-1",
    "ap-southeast-2",
    "ca-central-1",
    "eu-central-1",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "eu-north-1",
    "sa-east-1",
];

/// Whether an account has to switch this region on before it can be used.
pub fn is_opt_in(region: &Region) -> bool {
    Partition::of(region) == Partition::Aws && !ALWAYS_ON.contains(&region.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(service: ServiceId, region: &str) -> (String, String) {
        let endpoint = service.endpoint(&Region::from(region));
        (endpoint.url, endpoint.signed_for.0)
    }

    #[test]
    fn global_services_are_signed_for_the_home_of_their_partition() {
        let text = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        assert_eq!(
            url(ServiceId::Iam, "eu-west-1"),
            text("https://iam.amazonaws.com", "us-east-1")
        );
        assert_eq!(
            url(ServiceId::Iam, "cn-northwest-1"),
            text("https://iam.cn-north-1.amazonaws.com.cn", "cn-north-1")
        );
        assert_eq!(
            url(ServiceId::Iam, "us-gov-east-1"),
            text("https://iam.us-gov.amazonaws.com", "us-gov-west-1")
        );
        assert_eq!(
            url(ServiceId::Budgets, "ap-south-1"),
            text("https://budgets.amazonaws.com", "us-east-1")
        );
        assert_eq!(
            url(ServiceId::Budgets, "cn-north-1"),
            text("https://budgets.amazonaws.com.cn", "cn-northwest-1")
        );
        assert_eq!(
            url(ServiceId::Budgets, "us-gov-east-1"),
            text(
                "https://budgets.us-gov-east-1.amazonaws.com",
                "us-gov-east-1"
            )
        );
    }

    #[test]
    fn regional_services_answer_in_their_region() {
        assert_eq!(
            url(ServiceId::Ecr, "eu-west-1").0,
            "https://api.ecr.eu-west-1.amazonaws.com"
        );
        assert_eq!(
            url(ServiceId::Ec2, "cn-north-1").0,
            "https://ec2.cn-north-1.amazonaws.com.cn"
        );
        assert_eq!(
            url(ServiceId::Balancing, "us-east-1").0,
            "https://elasticloadbalancing.us-east-1.amazonaws.com"
        );
    }

    #[test]
    fn newer_regions_must_be_switched_on() {
        assert!(!is_opt_in(&Region::from("eu-west-1")));
        assert!(!is_opt_in(&Region::from("us-gov-east-1")));
        assert!(is_opt_in(&Region::from("eu-south-2")));
    }
}
