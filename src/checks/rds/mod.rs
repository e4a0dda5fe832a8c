//! PostgreSQL: where it lies, that it runs, that it is kept to itself.

mod instance;
mod network;
mod properties;
mod status;

use super::cause::Cause;
use super::check::Check;
use super::discovery::database::DatabaseView;
use super::finding::{Evidence, FoundBy, Judgement};
use super::ids::CheckId;
use super::verdict::Verdict::{Blocked, Failed, Missing, Passed, Pending, Unknown};
use crate::account::Area;

const POSTGRES: CheckId = CheckId("rds.postgres");
const SAME_VPC: &str = "rds.same-vpc";

/// To find the database: by name, else in the chapter's VPC, which what is built tells.
const NEEDS: &[Area] = &[
    Area::Databases,
    Area::Network,
    Area::Service,
    Area::Balancers,
];

pub(super) const CHECKS: &[Check] = &[
    Check::must(
        "rds.subnet-group",
        "The database's subnet group spans two zones",
        NEEDS,
        |stack| Judgement::settle(network::subnet_group(stack)),
    )
    .may(&[Passed, Failed, Missing, Unknown], &[Cause::WrongVpc]),
    Check::must(
        POSTGRES.as_str(),
        "There is a PostgreSQL database",
        NEEDS,
        |stack| Judgement::settle(instance::postgres(stack)),
    )
    .may(
        &[Passed, Failed, Missing, Unknown],
        &[Cause::WrongEngine, Cause::WrongRegion],
    ),
    Check::must(
        "rds.available",
        "The database is available",
        NEEDS,
        |stack| Judgement::settle(status::available(stack)),
    )
    .may(
        &[Passed, Failed, Missing, Pending, Blocked, Unknown],
        &[
            Cause::DatabaseStopped,
            Cause::StackPaused,
            Cause::DatabaseInError,
        ],
    ),
    Check::must(
        "rds.private",
        "The database has no public address",
        NEEDS,
        |stack| Judgement::settle(properties::private(stack)),
    )
    .may(
        &[Passed, Failed, Blocked, Unknown],
        &[Cause::DatabasePublic],
    ),
    Check::must(
        "rds.encrypted",
        "The database is encrypted",
        NEEDS,
        |stack| Judgement::settle(properties::encrypted(stack)),
    )
    .may(&[Passed, Failed, Blocked, Unknown], &[Cause::NotEncrypted]),
    Check::must(
        "rds.backups",
        "The database is backed up every day",
        NEEDS,
        |stack| Judgement::settle(properties::backups(stack)),
    )
    .may(&[Passed, Failed, Blocked, Unknown], &[Cause::BackupsOff]),
    Check::must(
        SAME_VPC,
        "The database is in the chapter's VPC",
        NEEDS,
        |stack| Judgement::settle(network::same_vpc(stack)),
    )
    // In another VPC the subnet group is wrong too, and says so; this check then waits for it.
    .follows(&["rds.subnet-group"])
    .may(&[Passed, Blocked, Unknown], &[]),
    Check::advice(
        "rds.database-name",
        "The database has a database in it",
        NEEDS,
        |stack| Judgement::settle(properties::database_name(stack)),
    )
    .may(&[Passed, Blocked, Unknown], &[Cause::DatabaseNameMissing]),
    Check::must(
        "rds.sg-source",
        "Only the tasks can reach the database",
        // The cache too: a group that it shares with the database is the cause of both being shut. And the tasks, which
        // tell whether the network ACLs are asked for.
        &[
            Area::Databases,
            Area::Network,
            Area::Service,
            Area::Tasks,
            Area::Balancers,
            Area::Caches,
        ],
        |stack| Judgement::settle(network::sg_source(stack)),
    )
    .may(
        &[Passed, Failed, Missing, Pending, Blocked, Unknown],
        &[
            Cause::DatabaseClosedToTasks,
            Cause::SourceIsCidr,
            Cause::SourceIsOtherGroup,
        ],
    )
    // Another engine listens on another port: its rules are those of the database that has to go.
    .follows(&["rds.postgres"]),
];

fn evidence(
    database: &DatabaseView<'_>,
    field: &str,
    expected: impl std::fmt::Display,
    observed: impl std::fmt::Display,
    by: FoundBy,
) -> Evidence {
    Evidence::new(database.api(), database.id(), field, expected, observed, by)
}
