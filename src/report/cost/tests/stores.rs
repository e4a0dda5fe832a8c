//! Databases and caches.

use super::*;

fn database(change: impl FnOnce(&mut DatabaseSize)) -> Leftover {
    let mut size = DatabaseSize {
        engine: "postgres".to_owned(),
        class: "db.t4g.micro".to_owned(),
        multi_az: false,
        status: "available".to_owned(),
        storage_gb: Some(20),
        storage_type: Some("gp3".to_owned()),
        restarts_at: None,
        public_address: false,
        cluster: None,
    };
    change(&mut size);
    thing(LeftoverKind::Database, Extent::Database(size))
}

#[test]
fn a_database_is_charged_with_its_storage_and_twice_in_two_zones() {
    assert_eq!(
        said(&database(|_| {})),
        [
            "database thing (db.t4g.micro): $0.0160 $11.68",
            "storage of thing (20 GB gp3): $0.0032 $2.30"
        ]
    );
    assert_eq!(
        said(&database(|size| size.multi_az = true)),
        [
            "database thing (db.t4g.micro, Multi-AZ): $0.0320 $23.36",
            "storage of thing (20 GB gp3, in two zones): $0.0063 $4.60"
        ]
    );
    assert_eq!(
        said(&database(|size| size.public_address = true))[2],
        "1 public address of the database: $0.0050 $3.65"
    );
}

#[test]
fn a_stopped_database_costs_its_storage_and_says_when_it_starts_by_itself() {
    let stopped = database(|size| {
        size.status = "stopped".to_owned();
        size.restarts_at = Some("2026-12-03T14:03:00Z".parse().unwrap());
    });
    assert_eq!(
        said(&stopped),
        [
            "database thing (db.t4g.micro): free",
            "storage of thing (20 GB gp3): $0.0032 $2.30"
        ]
    );
    let notes = &charge::lines(&stopped, &test_chapter())[0].notes;
    assert!(notes[0].contains("by itself on 3 December 2026, seven days after the stop"));
    let undated = database(|size| size.status = "stopped".to_owned());
    let notes = &charge::lines(&undated, &test_chapter())[0].notes;
    assert!(notes[0].contains("at most seven days after the stop"));
    let running = charge::lines(&database(|_| {}), &test_chapter());
    assert!(!running[0].notes.iter().any(|note| note.contains("stop")));
}

#[test]
fn the_price_of_postgres_is_not_put_on_another_engine() {
    let aurora = database(|size| {
        size.engine = "aurora-postgresql".to_owned();
        size.class = "db.t4g.medium".to_owned();
        size.cluster = Some("news".to_owned());
    });
    assert_eq!(
        said(&aurora),
        ["database thing (db.t4g.medium): not known"],
        "and its storage is the cluster's"
    );
}

#[test]
fn caches_are_charged_by_engine_class_and_number() {
    let cache = |engine: &str, count| {
        let extent = Extent::CacheNodes {
            engine: engine.to_owned(),
            class: "cache.t4g.micro".to_owned(),
            count,
        };
        said(&thing(LeftoverKind::Cache, extent))
    };
    assert_eq!(
        cache("redis", 1),
        ["cache thing (cache.t4g.micro, redis): $0.0160 $11.68"]
    );
    assert_eq!(
        cache("valkey", 2),
        ["cache thing (2 nodes cache.t4g.micro, valkey): $0.0256 $18.69"]
    );
    let serverless = |engine: &str| {
        let engine = engine.to_owned();
        said(&thing(
            LeftoverKind::ServerlessCache,
            Extent::ServerlessCache { engine },
        ))
    };
    assert_eq!(
        serverless("redis"),
        ["serverless cache thing (redis): $0.1250 $91.25"]
    );
    assert_eq!(
        serverless("valkey"),
        ["serverless cache thing (valkey): $0.0084 $6.13"]
    );
}
