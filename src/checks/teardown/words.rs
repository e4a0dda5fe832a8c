//! What deletes each kind of thing: a sentence and a command, and what has to be over before it.

use super::deleted::Deleted;
use super::{Deletion, Wait};
use crate::account::{Arn, Leftover, Region};
use crate::checks::command::quoted;

/// Deletes one thing that costs money. `cluster` is the ECS cluster that services are in.
pub(in crate::checks) fn deletion(one: &Leftover, cluster: &str) -> Deletion {
    let what = Deleted::from(one.kind);
    let arn = one.arn.as_ref();
    Deletion {
        what,
        region: one.region.clone(),
        name: one.name.clone(),
        of_chapter: one.of_chapter,
        first: None,
        say: say(what, &one.name),
        command: in_region(
            &command(what, &one.name, arn, cluster, &one.region),
            &one.region,
        ),
    }
}

/// Deletes one thing that costs nothing, but stands in the way or around.
///
/// `called` is what people call it; `name` is what the command takes.
pub(super) fn free(
    what: Deleted,
    (name, called): (&str, &str),
    region: &Region,
    first: Option<Wait>,
) -> Deletion {
    Deletion {
        what,
        region: region.clone(),
        name: name.to_owned(),
        of_chapter: true,
        first,
        say: say(what, called),
        command: in_region(&command(what, name, None, "", region), region),
    }
}

/// `aws COMMAND --region REGION`.
pub(super) fn in_region(command: &str, region: &Region) -> String {
    format!("aws {command} --region {}", quoted(region.as_str()))
}

fn command(what: Deleted, name: &str, arn: Option<&Arn>, cluster: &str, region: &Region) -> String {
    let quoted_name = quoted(name);
    let name = &quoted_name;
    match what {
        Deleted::Service => format!(
            "ecs delete-service --force --cluster {} --service {name}",
            quoted(cluster)
        ),
        Deleted::Balancer => match arn {
            Some(arn) => format!(
                "elbv2 delete-load-balancer --load-balancer-arn {}",
                quoted(arn.as_str())
            ),
            None => format!(
                "elbv2 delete-load-balancer --load-balancer-arn $(aws elbv2 describe-load-balancers --names {name} --query 'LoadBalancers[0].LoadBalancerArn' --output text --region {})",
                quoted(region.as_str())
            ),
        },
        Deleted::TargetGroup => format!("elbv2 delete-target-group --target-group-arn {name}"),
        Deleted::Database => format!(
            "rds delete-db-instance --db-instance-identifier {name} --skip-final-snapshot --delete-automated-backups"
        ),
        Deleted::DatabaseCluster => format!(
            "rds delete-db-cluster --db-cluster-identifier {name} --skip-final-snapshot --delete-automated-backups"
        ),
        Deleted::DatabaseSnapshot => {
            format!("rds delete-db-snapshot --db-snapshot-identifier {name}")
        }
        Deleted::Cache => format!("elasticache delete-cache-cluster --cache-cluster-id {name}"),
        Deleted::ReplicationGroup => {
            format!("elasticache delete-replication-group --replication-group-id {name}")
        }
        Deleted::ServerlessCache => {
            format!("elasticache delete-serverless-cache --serverless-cache-name {name}")
        }
        Deleted::CacheSnapshot => format!("elasticache delete-snapshot --snapshot-name {name}"),
        Deleted::NatGateway => format!("ec2 delete-nat-gateway --nat-gateway-id {name}"),
        Deleted::Address => format!("ec2 release-address --allocation-id {name}"),
        Deleted::LogGroup => format!("logs delete-log-group --log-group-name {name}"),
        Deleted::Repository => format!("ecr delete-repository --force --repository-name {name}"),
        Deleted::SecurityGroup => format!("ec2 delete-security-group --group-id {name}"),
        Deleted::DatabaseSubnetGroup => {
            format!("rds delete-db-subnet-group --db-subnet-group-name {name}")
        }
        Deleted::CacheSubnetGroup => {
            format!("elasticache delete-cache-subnet-group --cache-subnet-group-name {name}")
        }
    }
}

fn say(what: Deleted, name: &str) -> String {
    match what {
        Deleted::Service => {
            format!("Delete the service {name}; --force sets its number of tasks to zero first.")
        }
        Deleted::Balancer => {
            format!("Delete the load balancer {name}; its listeners go with it.")
        }
        Deleted::TargetGroup => format!("Delete the target group {name}. It costs nothing."),
        Deleted::Database => format!(
            "Delete the database {name}, with everything in it. To keep its data instead, put --final-db-snapshot-identifier {} in place of --skip-final-snapshot: a snapshot costs money for as long as it is kept.",
            quoted(&format!("{name}-final"))
        ),
        Deleted::DatabaseCluster => format!(
            "Delete the database cluster {name}, with everything in it (its instances first)."
        ),
        Deleted::DatabaseSnapshot => {
            format!("Delete the database snapshot {name}. Its data is then gone for good.")
        }
        Deleted::Cache => format!("Delete the cache {name}."),
        Deleted::ReplicationGroup => format!("Delete the cache {name} (a replication group)."),
        Deleted::ServerlessCache => format!("Delete the serverless cache {name}."),
        Deleted::CacheSnapshot => format!("Delete the cache snapshot {name}."),
        Deleted::NatGateway => format!(
            "Delete the NAT gateway {name}. Tasks without a public address then have no way out."
        ),
        Deleted::Address => format!("Release the public address {name}."),
        Deleted::LogGroup => format!("Delete the log group {name}, with all that was logged."),
        Deleted::Repository => {
            format!("Delete the repository {name}; --force deletes the images in it too.")
        }
        Deleted::SecurityGroup => format!(
            "Delete the security group {name}. It costs nothing. If AWS says DependencyViolation, something still wears it: wait a minute and repeat."
        ),
        Deleted::DatabaseSubnetGroup => {
            format!("Delete the database's subnet group {name}. It costs nothing.")
        }
        Deleted::CacheSubnetGroup => {
            format!("Delete the cache's subnet group {name}. It costs nothing.")
        }
    }
}
