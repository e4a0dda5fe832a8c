//! Which item of the table of prices a thing is charged by.

use super::line::Price;
use super::prices::quote;
use crate::account::{Architecture, DatabaseSize, Region};

/// Bytes in the gigabyte that AWS charges by.
pub(super) const GB: u64 = 1 << 30;

/// Tasks of a size: CPU units and MiB.
pub(super) fn fargate(
    region: &Region,
    architecture: Architecture,
    cpu: u32,
    memory: u32,
    count: u32,
) -> Price {
    let part = |item: &str, amount: u32| {
        let item = format!("fargate:{}:{item}", architecture.in_ecs());
        let amount = u64::from(amount) * u64::from(count);
        Price::of(quote(region, &item), amount, 1024)
    };
    part("cpu", cpu).and(part("memory", memory))
}

/// So many of an item.
pub(super) fn of(region: &Region, item: &str, count: u32) -> Price {
    Price::of(quote(region, item), u64::from(count), 1)
}

/// The instance alone, without its storage. Only PostgreSQL is in the table: other engines have other prices.
pub(super) fn database(region: &Region, size: &DatabaseSize) -> Price {
    if size.engine != "postgres" {
        return Price::Unknown;
    }
    let instances = if size.multi_az { 2 } else { 1 };
    of(region, &format!("rds:{}", size.class), instances)
}

/// Its storage; with a standby in another zone there is twice as much of it.
pub(super) fn database_storage(region: &Region, size: &DatabaseSize, gb: u32) -> Price {
    let Some(kind) = &size.storage_type else {
        return Price::Unknown;
    };
    let copies = if size.multi_az { 2 } else { 1 };
    of(
        region,
        &format!("rds-storage:{kind}"),
        gb.saturating_mul(copies),
    )
}

/// Nodes of a class.
pub(super) fn cache(region: &Region, engine: &str, class: &str, count: u32) -> Price {
    of(region, &format!("{engine}:{class}"), count)
}

/// The least that a serverless cache costs.
pub(super) fn serverless(region: &Region, engine: &str) -> Price {
    of(region, &format!("serverless:{engine}"), 1)
}

/// So many bytes of an item that is charged by the gigabyte.
pub(super) fn bytes(region: &Region, item: &str, bytes: u64) -> Price {
    Price::of(quote(region, item), bytes, GB)
}
