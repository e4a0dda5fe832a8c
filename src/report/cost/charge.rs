//! A thing, and what is charged for it: mostly one line, sometimes one for each part.

mod databases;
mod secrets;

pub(super) use secrets::keeping_secrets;

use super::line::{Charged, Line, Price};
use super::rates;
use crate::account::{
    Architecture, Chapter, Extent, ImagesSize, Launch, Leftover, LeftoverKind, Region, Tasks,
};
use databases::{database, database_snapshot, stopped};

const NOT_IN_TABLE: &str = "its price is not in my table";
/// The first five gigabytes of logs cost nothing: <https://aws.amazon.com/cloudwatch/pricing/> (November 2026).
const FREE_LOG_BYTES: u64 = 5 * rates::GB;

/// The lines of one thing.
pub(super) fn lines(one: &Leftover, chapter: &Chapter) -> Vec<Line> {
    let at = At {
        region: &one.region,
        name: &one.name,
    };
    match &one.extent {
        Extent::Tasks(size) => tasks(at, size, chapter),
        Extent::Balancer {
            kind,
            public_addresses,
        } => balancer(at, kind, *public_addresses),
        Extent::Database(size) => database(at, size),
        Extent::DatabaseCluster {
            status,
            restarts_at,
            ..
        } => {
            let mut notes =
                vec!["what it stores is charged besides its instances; ".to_owned() + NOT_IN_TABLE];
            notes.extend(stopped(status, *restarts_at));
            let say = format!("database cluster {}", at.name);
            vec![
                at.line(Charged::DatabaseCluster, say, 1, Price::Unknown)
                    .noting(notes),
            ]
        }
        Extent::DatabaseSnapshot { allocated_gb } => vec![database_snapshot(at, *allocated_gb)],
        Extent::CacheNodes {
            engine,
            class,
            count,
        } => vec![cache(at, engine, class, *count)],
        Extent::ServerlessCache { engine } => vec![serverless(at, engine)],
        Extent::NatGateway { allocations } => nat_gateway(at, allocations.len()),
        Extent::Logs {
            stored_bytes,
            retention_days,
        } => vec![logs(at, *stored_bytes, *retention_days)],
        Extent::Images(size) => vec![images(at, *size)],
        Extent::NotRead => vec![without_size(at, one.kind)],
    }
}

/// Where it is and what it is called.
#[derive(Clone, Copy)]
struct At<'a> {
    region: &'a Region,
    name: &'a str,
}

impl At<'_> {
    fn line(self, what: Charged, say: impl Into<String>, count: u32, price: Price) -> Line {
        let notes = match price {
            Price::Unknown => vec![NOT_IN_TABLE.to_owned()],
            _ => Vec::new(),
        };
        Line {
            region: self.region.clone(),
            what,
            say: say.into(),
            name: self.name.to_owned(),
            count,
            price,
            notes,
        }
    }

    fn addresses(self, count: u32, of: &str) -> Option<Line> {
        let price = rates::of(self.region, "public-ipv4", count);
        let say = format!(
            "{} of {of}",
            counted(count, "public address", "public addresses")
        );
        (count > 0).then(|| self.line(Charged::PublicAddress, say, count, price))
    }
}

impl Line {
    fn noting(self, notes: Vec<String>) -> Self {
        Line { notes, ..self }
    }

    fn also(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }
}

fn tasks(at: At<'_>, size: &Tasks, chapter: &Chapter) -> Vec<Line> {
    if size.running == 0 {
        let say = format!("service {}", at.name);
        let line = at.line(Charged::Tasks, say, 0, Price::Free);
        return vec![line.also("no task of it runs")];
    }
    let cpu = size.cpu.unwrap_or(chapter.service.cpu);
    let memory = size.memory.unwrap_or(chapter.service.memory);
    let architecture = size.architecture.unwrap_or(match size.cpu {
        // A definition that does not say means the one; nothing read, the chapter's.
        Some(_) => Architecture::X86_64,
        None => chapter.architecture,
    });
    let price = match size.launch {
        Launch::Fargate => rates::fargate(at.region, architecture, cpu, memory, size.running),
        Launch::FargateSpot | Launch::Other => Price::Unknown,
    };
    let say = format!("{} of {}", counted(size.running, "task", "tasks"), at.name);
    let line = at.line(Charged::Tasks, say, size.running, price);
    let line = match size.launch {
        Launch::Fargate => line.also(format!(
            "{} vCPU and {} GB each, {}{}",
            quarters(cpu),
            quarters(memory),
            architecture.in_ecs(),
            if size.cpu.is_none() {
                ", as the chapter has it: their own size was not read"
            } else {
                ""
            }
        )),
        Launch::FargateSpot => line.noting(vec![
            "Fargate Spot: its price moves, and is below that of Fargate".to_owned(),
        ]),
        Launch::Other => line.noting(vec![
            "not on Fargate: the instances they run on are charged".to_owned(),
        ]),
    };
    let addresses = at.addresses(size.public_addresses, "its tasks");
    [line].into_iter().chain(addresses).collect()
}

/// 256 of 1024 = `0.25`.
fn quarters(units: u32) -> String {
    let text = format!("{:.2}", f64::from(units) / 1024.0);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn balancer(at: At<'_>, kind: &str, addresses: u32) -> Vec<Line> {
    let price = rates::of(at.region, &format!("balancer:{kind}"), 1);
    let say = format!("load balancer {}", at.name);
    let line = at
        .line(Charged::Balancer, say, 1, price)
        .also("what passes through it comes on top: next to nothing for a learner");
    let addresses = at.addresses(addresses, "the load balancer");
    [line].into_iter().chain(addresses).collect()
}

fn cache(at: At<'_>, engine: &str, class: &str, count: u32) -> Line {
    let nodes = if count == 1 {
        class.to_owned()
    } else {
        format!("{count} nodes {class}")
    };
    let say = format!("cache {} ({nodes}, {engine})", at.name);
    let price = rates::cache(at.region, engine, class, count);
    at.line(Charged::Cache, say, count, price)
}

fn serverless(at: At<'_>, engine: &str) -> Line {
    let say = format!("serverless cache {} ({engine})", at.name);
    let line = at.line(
        Charged::ServerlessCache,
        say,
        1,
        rates::serverless(at.region, engine),
    );
    match engine {
        "redis" => line.also(
            "the least it costs, also when empty; a serverless Valkey cache begins at a fifteenth of that",
        ),
        _ => line.also("the least it costs, also when empty"),
    }
}

fn nat_gateway(at: At<'_>, addresses: usize) -> Vec<Line> {
    let price = rates::of(at.region, "nat-gateway", 1);
    let say = format!("NAT gateway {}", at.name);
    let on_top = if addresses == 0 {
        "what passes through it, and a public address if it has one, come on top"
    } else {
        "what passes through it comes on top"
    };
    let line = at.line(Charged::NatGateway, say, 1, price).also(on_top);
    let addresses = u32::try_from(addresses).unwrap_or(u32::MAX);
    let addresses = at.addresses(addresses, "the NAT gateway");
    [line].into_iter().chain(addresses).collect()
}

fn logs(at: At<'_>, bytes: Option<u64>, retention_days: Option<u32>) -> Line {
    let size = bytes.map_or_else(|| "size not read".to_owned(), megabytes);
    let say = format!("log group {} ({size})", at.name);
    let price = match bytes {
        Some(bytes) if bytes <= FREE_LOG_BYTES => Price::Free,
        Some(bytes) => rates::bytes(at.region, "logs", bytes - FREE_LOG_BYTES),
        None => Price::Unknown,
    };
    let line = at.line(Charged::Logs, say, 1, price);
    let line = match price {
        Price::Unknown => line.noting(Vec::new()),
        _ => line.also("an account's first 5 GB of logs are free"),
    };
    match retention_days {
        Some(_) => line,
        None => line.also("kept for ever: no retention is set, so it only grows"),
    }
}

fn images(at: At<'_>, size: ImagesSize) -> Line {
    let count = counted(size.count, "image", "images");
    let say = format!("{count} in {} ({})", at.name, megabytes(size.bytes));
    let price = if size.bytes == 0 {
        Price::Free
    } else {
        rates::bytes(at.region, "images", size.bytes)
    };
    let line = at.line(Charged::Images, say, size.count, price);
    let line = if size.count > 1 {
        line.also("at most: layers that images share are charged once")
    } else {
        line
    };
    match size.untagged {
        0 => line,
        number => line.also(format!(
            "{} no tag ({}): nobody can pull them by name",
            counted(number, "of them has", "of them have"),
            megabytes(size.untagged_bytes)
        )),
    }
}

fn counted(number: u32, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// `92 MB`, `1.4 GB`.
fn megabytes(bytes: u64) -> String {
    const MB: u64 = 1 << 20;
    if bytes >= rates::GB {
        let tenths = bytes.saturating_mul(10) / rates::GB;
        return format!("{}.{} GB", tenths / 10, tenths % 10);
    }
    match bytes {
        0 => "empty".to_owned(),
        1..MB => "under 1 MB".to_owned(),
        more => format!("{} MB", more / MB),
    }
}

/// Things whose size AWS does not say, or that were read by an older Landfall.
fn without_size(at: At<'_>, kind: LeftoverKind) -> Line {
    if kind == LeftoverKind::Address {
        let price = rates::of(at.region, "public-ipv4", 1);
        let say = format!("public address {}", at.name);
        return at
            .line(Charged::PublicAddress, say, 1, price)
            .also("nothing uses it");
    }
    let (what, thing) = match kind {
        LeftoverKind::Service => (Charged::Tasks, "service"),
        LeftoverKind::Balancer => (Charged::Balancer, "load balancer"),
        LeftoverKind::Database => (Charged::Database, "database"),
        LeftoverKind::DatabaseCluster => (Charged::DatabaseCluster, "database cluster"),
        LeftoverKind::DatabaseSnapshot => (Charged::DatabaseSnapshot, "database snapshot"),
        LeftoverKind::Cache | LeftoverKind::ReplicationGroup => (Charged::Cache, "cache"),
        LeftoverKind::ServerlessCache => (Charged::ServerlessCache, "serverless cache"),
        LeftoverKind::CacheSnapshot => (Charged::CacheSnapshot, "cache snapshot"),
        LeftoverKind::NatGateway => (Charged::NatGateway, "NAT gateway"),
        LeftoverKind::Address => (Charged::PublicAddress, "public address"),
        LeftoverKind::LogGroup => (Charged::Logs, "log group"),
        LeftoverKind::Repository => (Charged::Images, "images in"),
    };
    at.line(what, format!("{thing} {}", at.name), 1, Price::Unknown)
        .noting(vec!["its size was not read".to_owned()])
}
