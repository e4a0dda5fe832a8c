//! Whether the database can be used, and what to do when it cannot.

use super::evidence;
use crate::account::answers;
use crate::checks::cause::Cause;
use crate::checks::command::quoted;
use crate::checks::discovery::{self, database, database::DatabaseView};
use crate::checks::finding::{Evidence, Fix, Judgement};
use crate::checks::stack::Stack;
use crate::checks::usual_time::Awaited;

/// What AWS is doing with an instance or a cluster for a while; `configuring-...` besides.
/// <https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/accessing-monitoring.html>
/// <https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/accessing-monitoring.html>
const WORKING: [&str; 18] = [
    "backing-up",
    "backtracking",
    "converting-to-vpc",
    "creating",
    "failing-over",
    "maintenance",
    "migrating",
    "modifying",
    "moving-to-vpc",
    "preparing-data-migration",
    "promoting",
    "rebooting",
    "renaming",
    "resetting-master-credentials",
    "scaling-compute",
    "storage-config-upgrade",
    "update-iam-db-auth",
    "upgrading",
];

pub(super) fn available(stack: &Stack<'_>) -> Result<Judgement, Judgement> {
    let (database, by) = database::needed(stack)?;
    let (id, status) = (database.id(), database.status());
    let judgement = match status {
        _ if answers(status) => match &database {
            DatabaseView::Cluster(cluster, members)
                if members.is_empty() && !cluster.members.is_empty() =>
            {
                Judgement::unknown(format!(
                    "AWS names members of the cluster {id} ({}) and lists none of them.",
                    cluster.members.join(", ")
                ))
            }
            DatabaseView::Cluster(_, members) if members.is_empty() => Judgement::missing(format!(
                "The cluster {id} has no instance yet, so nothing answers."
            ))
            .fix(Fix::run(
                "Add an instance to it.",
                stack.aws(format_args!(
                    "rds create-db-instance --db-cluster-identifier {0} --db-instance-identifier {0}-1 --engine {1} --db-instance-class db.t4g.medium",
                    quoted(id),
                    database.engine()
                )),
            )),
            _ => remark_on_readers(Judgement::passed(format!("{id} is available.")), &database),
        },
        "deleting" | "delete-precheck" => {
            Judgement::missing(format!("{id} is being deleted.")).fix(Fix::say(
                "If that was not meant, wait until it is gone, then create it again (from its last snapshot, if you kept one).",
            ))
        }
        "stopped" => stopped(stack, &database),
        "stopping" => Judgement::pending(format!(
            "{id} is being stopped; that takes some minutes. Then nothing answers until it is started again."
        )),
        "starting" => Judgement::pending(format!(
            "AWS is starting {id}; that usually takes {}.",
            Awaited::Database.usual().words()
        )),
        "insufficient-capacity" => Judgement::pending(format!(
            "AWS has no room for {id} in its zone at the moment; that is not your doing and usually passes within the hour."
        ))
        .fix(Fix::say(
            "If it stays, delete it and create it again with another class or in another zone.",
        )),
        _ if is_error(status) => in_error(stack, &database),
        _ if WORKING.contains(&status) || status.starts_with("configuring-") => {
            Judgement::pending(format!(
                "AWS is working on {id} ({status}); that usually takes {}.",
                Awaited::Database.usual().words()
            ))
        }
        _ => Judgement::unknown(format!(
            "AWS calls the state of {id} \"{status}\", which says nothing to Landfall."
        )),
    };
    Ok(judgement.seen(match database.speaks_for_it() {
        Some(instance) => Evidence::new(
            "rds:DescribeDBInstances",
            &instance.id,
            "DBInstanceStatus",
            "available",
            status,
            by,
        ),
        None => evidence(&database, "Status", "available", status, by),
    }))
}

/// A cluster works while the member works that takes writes; the others are worth a word.
fn remark_on_readers(judgement: Judgement, database: &DatabaseView<'_>) -> Judgement {
    let readers: Vec<String> = database
        .troubled_readers()
        .iter()
        .map(|reader| format!("{} ({})", reader.id, reader.status))
        .collect();
    if readers.is_empty() {
        return judgement;
    }
    judgement.advise(format!(
        "Not in order among its readers: {}. The member that takes writes is.",
        readers.join(", ")
    ))
}

fn stopped(stack: &Stack<'_>, database: &DatabaseView<'_>) -> Judgement {
    let id = database.id();
    let start = Fix::run(
        "Start the database; that takes a few minutes.",
        stack.aws(match database {
            DatabaseView::Instance(_) => {
                format!(
                    "rds start-db-instance --db-instance-identifier {}",
                    quoted(id)
                )
            }
            DatabaseView::Cluster(..) => {
                format!(
                    "rds start-db-cluster --db-cluster-identifier {}",
                    quoted(id)
                )
            }
        }),
    );
    let paused = discovery::service::find(stack)
        .ok()
        .map(|(service, _)| service)
        .filter(|service| service.desired == 0);
    let judgement = match paused {
        Some(service) => Judgement::failed(
            Cause::StackPaused,
            format!(
                "The stack is paused: {id} is stopped and the service {} runs no task.",
                service.name
            ),
        )
        .fix(start)
        .fix(Fix::run(
            "When it is available, let the service run its tasks again.",
            stack.aws(format_args!(
                "ecs update-service --cluster {} --service {} --desired-count {}",
                quoted(&stack.chapter().service.cluster),
                quoted(&service.name),
                stack.chapter().desired_count.max(2)
            )),
        )),
        None => Judgement::failed(
            Cause::DatabaseStopped,
            format!("{id} is stopped, so nothing answers."),
        )
        .fix(start),
    };
    match database.restarts_at() {
        Some(at) => judgement.advise(format!(
            "AWS starts it by itself at {}; it costs money again from then on.",
            at.strftime("%Y-%m-%d %H:%M UTC")
        )),
        None => judgement,
    }
}

fn is_error(status: &str) -> bool {
    matches!(
        status,
        "failed"
            | "storage-full"
            | "restore-error"
            | "cloning-failed"
            | "migration-failed"
            | "inaccessible-encryption-credentials"
            | "inaccessible-encryption-credentials-recoverable"
    ) || status.starts_with("incompatible-")
}

fn in_error(stack: &Stack<'_>, database: &DatabaseView<'_>) -> Judgement {
    let (id, status) = (database.id(), database.status());
    let judgement = Judgement::failed(
        Cause::DatabaseInError,
        format!("{id} is in trouble: AWS calls its state \"{status}\"."),
    );
    // A cluster's member has its own events, and its own storage.
    let (id, kind) = match database.speaks_for_it() {
        Some(instance) => (instance.id.as_str(), "db-instance"),
        None => (id, "db-cluster"),
    };
    match status {
        "storage-full" if kind == "db-instance" => judgement.fix(Fix::run(
            "Give it more storage.",
            stack.aws(format_args!(
                "rds modify-db-instance --db-instance-identifier {} --allocated-storage 30 --apply-immediately",
                quoted(id)
            )),
        )),
        _ => judgement.fix(Fix::run(
            "See what AWS says about it; a database that never worked is best deleted and created again.",
            stack.aws(format_args!(
                "rds describe-events --source-type {kind} --source-identifier {} --duration 1440",
                quoted(id)
            )),
        )),
    }
}
