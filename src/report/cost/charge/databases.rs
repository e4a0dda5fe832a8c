//! Databases: the instance, its storage, its snapshots.

use super::{At, NOT_IN_TABLE};
use crate::account::DatabaseSize;
use crate::report::cost::line::{Charged, Line, Price};
use crate::report::cost::rates;
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// <https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_StopInstance.html>
const RESTARTS: &str = "AWS starts it again by itself";

pub(super) fn database(at: At<'_>, size: &DatabaseSize) -> Vec<Line> {
    let stopped = stopped(&size.status, size.restarts_at);
    let price = if stopped.is_some() {
        Price::Free
    } else {
        rates::database(at.region, size)
    };
    let zones = if size.multi_az { ", Multi-AZ" } else { "" };
    let say = format!("database {} ({}{zones})", at.name, size.class);
    let mut line = at.line(Charged::Database, say, 1, price);
    if price == Price::Unknown && size.engine != "postgres" {
        line = line.noting(vec![format!("{}: {NOT_IN_TABLE}", size.engine)]);
    }
    line.notes.extend(stopped);
    let mut lines = vec![line];
    // What a member stores is its cluster's.
    if size.cluster.is_none() {
        lines.push(storage(at, size));
    }
    lines.extend(at.addresses(u32::from(size.public_address), "the database"));
    lines
}

fn storage(at: At<'_>, size: &DatabaseSize) -> Line {
    let of = format!("storage of {}", at.name);
    let Some(gb) = size.storage_gb else {
        return at
            .line(Charged::DatabaseStorage, of, 1, Price::Unknown)
            .noting(vec!["its size was not read".to_owned()]);
    };
    let kind = size.storage_type.as_deref().unwrap_or("of unknown kind");
    let twice = if size.multi_az { ", in two zones" } else { "" };
    let price = rates::database_storage(at.region, size, gb);
    at.line(
        Charged::DatabaseStorage,
        format!("{of} ({gb} GB {kind}{twice})"),
        1,
        price,
    )
}

/// What is to be said of one that is stopped.
pub(super) fn stopped(status: &str, restarts_at: Option<Timestamp>) -> Option<String> {
    (status == "stopped").then(|| {
        let when = restarts_at.map_or_else(
            || "at most seven days after the stop".to_owned(),
            |at| format!("on {}, seven days after the stop", day(at)),
        );
        format!("stopped: only its storage is charged. {RESTARTS} {when}")
    })
}

/// `3 December 2026`, in UTC.
fn day(at: Timestamp) -> String {
    at.to_zoned(TimeZone::UTC).strftime("%-d %B %Y").to_string()
}

pub(super) fn database_snapshot(at: At<'_>, gb: Option<u32>) -> Line {
    let say = format!("database snapshot {}", at.name);
    match gb {
        Some(gb) => at
            .line(
                Charged::DatabaseSnapshot,
                say,
                1,
                rates::of(at.region, "rds-backup", gb),
            )
            .also(format!(
                "at most: of a database of {gb} GB; what is really stored is charged"
            )),
        None => at
            .line(Charged::DatabaseSnapshot, say, 1, Price::Unknown)
            .noting(vec!["its size was not read".to_owned()]),
    }
}
