//! What the database was created with: private, encrypted, backed up, with a database in it.

use super::evidence;
use crate::checks::cause::Cause;
use crate::checks::command::quoted;
use crate::checks::discovery::{database, database::DatabaseView};
use crate::checks::finding::{Fix, Judgement};
use crate::checks::stack::Stack;

pub(super) fn private(stack: &Stack<'_>) -> Result<Judgement, Judgement> {
    let (database, by) = database::needed(stack)?;
    let public = database.publicly_accessible();
    let seen = evidence(&database, "PubliclyAccessible", "false", public, by);
    if !public {
        return Ok(
            Judgement::passed(format!("{} has no public address.", database.id())).seen(seen),
        );
    }
    let mut judgement = Judgement::failed(
        Cause::DatabasePublic,
        format!(
            "{} has a public address: only its security group stands between it and the internet.",
            database.id()
        ),
    )
    .seen(seen);
    let instances: Vec<&str> = match &database {
        DatabaseView::Instance(instance) => vec![instance.id.as_str()],
        // Of a Multi-AZ cluster the members cannot be changed one by one.
        DatabaseView::Cluster(cluster, _) if cluster.publicly_accessible == Some(true) => {
            Vec::new()
        }
        DatabaseView::Cluster(_, members) => members
            .iter()
            .filter(|member| member.publicly_accessible)
            .map(|member| member.id.as_str())
            .collect(),
    };
    for instance in instances {
        judgement = judgement.fix(Fix::run(
            "Take its public address away. To look into it from your laptop, go through the tasks (ECS Exec) or a bastion.",
            stack.aws(format_args!(
                "rds modify-db-instance --db-instance-identifier {} --no-publicly-accessible --apply-immediately",
                quoted(instance)
            )),
        ));
    }
    if judgement.fix.is_empty() {
        judgement = judgement.fix(Fix::say(
            "A Multi-AZ cluster keeps this setting for life: restore its snapshot into a private one.",
        ));
    }
    Ok(judgement)
}

pub(super) fn encrypted(stack: &Stack<'_>) -> Result<Judgement, Judgement> {
    let (database, by) = database::needed(stack)?;
    let seen = evidence(
        &database,
        "StorageEncrypted",
        "true",
        database.encrypted(),
        by,
    );
    if database.encrypted() {
        return Ok(
            Judgement::passed(format!("{} is encrypted at rest.", database.id())).seen(seen),
        );
    }
    let id = quoted(database.id());
    let judgement = Judgement::failed(
        Cause::NotEncrypted,
        format!(
            "{} is not encrypted, and that can only be chosen when it is created.",
            database.id()
        ),
    )
    .seen(seen)
    .fix(Fix::say(
        "If there is nothing in it yet, delete it and create it again with --storage-encrypted.",
    ));
    if matches!(database, DatabaseView::Cluster(..)) {
        return Ok(judgement.fix(Fix::say(
            "To keep its data: take a snapshot and restore it into a cluster with a KMS key.",
        )));
    }
    Ok(judgement
        .fix(Fix::run(
            "To keep its data: take a snapshot,",
            stack.aws(format_args!(
                "rds create-db-snapshot --db-instance-identifier {id} --db-snapshot-identifier plain-copy"
            )),
        ))
        .fix(Fix::run(
            "copy it with a key, then restore the copy under the old name.",
            stack.aws(
                "rds copy-db-snapshot --source-db-snapshot-identifier plain-copy --target-db-snapshot-identifier encrypted-copy --kms-key-id alias/aws/rds",
            ),
        )))
}

pub(super) fn backups(stack: &Stack<'_>) -> Result<Judgement, Judgement> {
    let (database, by) = database::needed(stack)?;
    let (days, least) = (
        database.backup_days(),
        stack.chapter().database.backup_days.max(1),
    );
    let seen = evidence(
        &database,
        "BackupRetentionPeriod",
        format!("at least {}", in_days(least)),
        in_days(days),
        by,
    );
    if days >= least {
        return Ok(Judgement::passed(format!(
            "Backups of {} are kept for {}.",
            database.id(),
            in_days(days)
        ))
        .seen(seen));
    }
    let sentence = if days == 0 {
        format!("Backups of {} are switched off.", database.id())
    } else {
        format!(
            "Backups of {} are kept for {} only, not for {}.",
            database.id(),
            in_days(days),
            in_days(least)
        )
    };
    let command = match &database {
        DatabaseView::Instance(instance) => format!(
            "rds modify-db-instance --db-instance-identifier {} --backup-retention-period {least} --apply-immediately",
            quoted(&instance.id)
        ),
        DatabaseView::Cluster(cluster, _) => format!(
            "rds modify-db-cluster --db-cluster-identifier {} --backup-retention-period {least} --apply-immediately",
            quoted(&cluster.id)
        ),
    };
    Ok(Judgement::failed(Cause::BackupsOff, sentence)
        .seen(seen)
        .fix(Fix::run(
            if days == 0 {
                "Switch them on."
            } else {
                "Keep them longer."
            },
            stack.aws(command),
        )))
}

pub(super) fn database_name(stack: &Stack<'_>) -> Result<Judgement, Judgement> {
    let (database, by) = database::needed(stack)?;
    let wanted = &stack.chapter().database.name;
    if let Some(name) = database.database() {
        return Ok(
            Judgement::passed(format!("{} began with the database {name}.", database.id()))
                .seen(evidence(&database, "DBName", "set", name, by)),
        );
    }
    Ok(Judgement::passed(format!(
        "{} was created without a database in it.",
        database.id()
    ))
    .because(Cause::DatabaseNameMissing)
    .advise(format!(
        "Create the database {wanted} inside it, or let the connection string end in /postgres, which is always there."
    ))
    .seen(evidence(&database, "DBName", "set", "not set", by))
    .fix(Fix::run(
        "From a place that can reach it (a task, through ECS Exec):",
        format!("psql YOUR-CONNECTION-STRING -c 'CREATE DATABASE {wanted}'"),
    )))
}

fn in_days(days: u32) -> String {
    if days == 1 {
        "1 day".to_owned()
    } else {
        format!("{days} days")
    }
}
