//! Prices, sums and what is said where something is not known.

use super::prices::{EVERYWHERE, quote, table};
use super::*;
use crate::account::*;
use crate::practice::{good_account, look_for_leftovers, test_chapter};
use std::collections::BTreeSet;

fn now() -> Timestamp {
    "2026-11-22T10:00:00Z".parse().unwrap()
}

fn good() -> Snapshot {
    let mut snapshot = good_account(&test_chapter(), now());
    look_for_leftovers(&mut snapshot);
    snapshot
}

fn good_but(change: impl FnOnce(&mut Snapshot)) -> Snapshot {
    let mut snapshot = good();
    change(&mut snapshot);
    snapshot
}

fn present<T>(fact: &mut Fact<T>) -> &mut T {
    match fact {
        Fact::Present(value) => value,
        _ => panic!("the good account has it"),
    }
}

fn thing(kind: LeftoverKind, extent: Extent) -> Leftover {
    Leftover {
        region: "us-east-1".into(),
        kind,
        name: "thing".to_owned(),
        since: None,
        of_chapter: true,
        arn: None,
        extent,
    }
}

/// What is said of it, with its price by the hour and the month.
fn said(one: &Leftover) -> Vec<String> {
    let price = |price: Price| match (price, price.hour(), price.month()) {
        (Price::Free, ..) => "free".to_owned(),
        (_, Some(hour), Some(month)) => format!("{} {}", hour.in_column(4), month.in_column(2)),
        _ => "not known".to_owned(),
    };
    charge::lines(one, &test_chapter())
        .iter()
        .map(|line| format!("{}: {}", line.say, price(line.price)))
        .collect()
}

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

fn tasks(change: impl FnOnce(&mut Tasks)) -> Leftover {
    let mut size = Tasks {
        running: 2,
        launch: Launch::Fargate,
        cpu: Some(256),
        memory: Some(512),
        architecture: Some(Architecture::X86_64),
        public_addresses: 2,
    };
    change(&mut size);
    thing(LeftoverKind::Service, Extent::Tasks(size))
}

#[test]
fn tasks_are_charged_by_size_number_and_processor_and_their_addresses_besides() {
    assert_eq!(
        said(&tasks(|_| {})),
        [
            "2 tasks of thing: $0.0247 $18.02",
            "2 public addresses of its tasks: $0.0100 $7.30"
        ]
    );
    assert_eq!(
        said(&tasks(|size| {
            size.running = 1;
            size.public_addresses = 1;
            size.architecture = Some(Architecture::Arm64);
        })),
        [
            "1 task of thing: $0.0099 $7.21",
            "1 public address of its tasks: $0.0050 $3.65"
        ]
    );
}

#[test]
fn tasks_that_are_not_on_plain_fargate_have_no_price_here() {
    for launch in [Launch::FargateSpot, Launch::Other] {
        let lines = said(&tasks(|size| {
            size.launch = launch;
            size.public_addresses = 0;
        }));
        assert_eq!(lines, ["2 tasks of thing: not known"]);
    }
}

#[test]
fn tasks_whose_size_was_not_read_are_taken_for_the_chapters_and_that_is_said() {
    let one = tasks(|size| {
        size.cpu = None;
        size.memory = None;
        size.architecture = None;
    });
    let lines = charge::lines(&one, &test_chapter());
    assert!(lines[0].notes[0].contains("their own size was not read"));
    assert_eq!(said(&one)[0], "2 tasks of thing: $0.0247 $18.02");
}

#[test]
fn a_service_without_tasks_costs_nothing() {
    let idle = tasks(|size| {
        size.running = 0;
        size.public_addresses = 0;
    });
    assert_eq!(said(&idle), ["service thing: free"]);
}

#[test]
fn a_balancer_is_charged_with_an_address_in_each_zone() {
    let balancer = |public_addresses| {
        thing(
            LeftoverKind::Balancer,
            Extent::Balancer {
                kind: "application".to_owned(),
                public_addresses,
            },
        )
    };
    assert_eq!(
        said(&balancer(2)),
        [
            "load balancer thing: $0.0225 $16.43",
            "2 public addresses of the load balancer: $0.0100 $7.30"
        ]
    );
    assert_eq!(said(&balancer(0)).len(), 1, "an internal one has none");
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

#[test]
fn what_lies_idle_is_charged_too() {
    let gateway = |allocations| {
        said(&thing(
            LeftoverKind::NatGateway,
            Extent::NatGateway { allocations },
        ))
    };
    assert_eq!(gateway(Vec::new()), ["NAT gateway thing: $0.0450 $32.85"]);
    assert_eq!(
        gateway(vec!["eipalloc-1".to_owned()])[1],
        "1 public address of the NAT gateway: $0.0050 $3.65"
    );
    assert_eq!(
        said(&thing(LeftoverKind::Address, Extent::NotRead)),
        ["public address thing: $0.0050 $3.65"]
    );
    let snapshot = Extent::DatabaseSnapshot {
        allocated_gb: Some(20),
    };
    assert_eq!(
        said(&thing(LeftoverKind::DatabaseSnapshot, snapshot)),
        ["database snapshot thing: $0.0026 $1.90"]
    );
}

#[test]
fn logs_are_free_up_to_five_gigabytes_and_without_an_end_they_say_so() {
    let group = |gigabytes: u64, retention_days| {
        let extent = Extent::Logs {
            stored_bytes: Some(gigabytes << 30),
            retention_days,
        };
        thing(LeftoverKind::LogGroup, extent)
    };
    assert_eq!(said(&group(5, None)), ["log group thing (5.0 GB): free"]);
    assert_eq!(
        said(&group(15, None)),
        ["log group thing (15.0 GB): $0.0004 $0.30"]
    );
    let for_ever = |days| {
        let lines = charge::lines(&group(1, days), &test_chapter());
        lines[0].notes.iter().any(|note| note.contains("for ever"))
    };
    assert!(for_ever(None));
    assert!(!for_ever(Some(14)));
}

#[test]
fn images_are_charged_by_size_and_those_without_a_tag_are_named() {
    let images = |count, untagged| {
        let extent = Extent::Images(ImagesSize {
            count,
            bytes: u64::from(count) << 29,
            untagged,
            untagged_bytes: u64::from(untagged) << 29,
        });
        thing(LeftoverKind::Repository, extent)
    };
    assert_eq!(
        said(&images(1, 0)),
        ["1 image in thing (512 MB): $0.0001 $0.05"]
    );
    assert_eq!(said(&images(0, 0)), ["0 images in thing (empty): free"]);
    let notes = |untagged| {
        charge::lines(&images(3, untagged), &test_chapter())[0]
            .notes
            .clone()
    };
    assert!(notes(1)[1].starts_with("1 of them has no tag (512 MB)"));
    assert!(notes(2)[1].starts_with("2 of them have no tag (1.0 GB)"));
    assert_eq!(notes(0).len(), 1);
}

#[test]
fn secrets_keys_of_ones_own_and_advanced_parameters_are_charged() {
    let plain = cost(&good());
    let kinds = |cost: &Cost| -> Vec<(Charged, String)> {
        let kept = [Charged::Secret, Charged::Key, Charged::AdvancedParameter];
        let lines = cost.running.iter().filter(|line| kept.contains(&line.what));
        lines
            .map(|line| (line.what, line.price.month().unwrap().in_column(2)))
            .collect()
    };
    assert_eq!(kinds(&plain), [], "the chapter's way costs nothing");
    let dear = good_but(|snapshot| {
        for parameter in present(&mut snapshot.parameters) {
            parameter.tier = Some(ParameterTier::Advanced);
            parameter.key = Some("alias/mine".to_owned());
        }
        let secret = Secret {
            arn: "arn:aws:secretsmanager:us-east-1:111122223333:secret:db-AbCdEf".into(),
            name: "db".to_owned(),
            deleted: false,
        };
        snapshot
            .secrets
            .insert("db".to_owned(), Fact::Present(secret));
    });
    let month = |what, price: &str| (what, price.to_owned());
    assert_eq!(
        kinds(&cost(&dear)),
        [
            month(Charged::Secret, "$0.40"),
            month(Charged::AdvancedParameter, "$0.05"),
            month(Charged::AdvancedParameter, "$0.05"),
            month(Charged::Key, "$1.00"),
        ]
    );
}

#[test]
fn the_finished_chapter_adds_up() {
    let cost = cost(&good());
    let sum = cost.sum();
    let lines: Usd = cost
        .running
        .iter()
        .filter_map(|line| line.price.hour())
        .sum();
    assert_eq!(sum.hour, lines);
    assert_eq!(sum.hour.in_words(), "$0.11");
    assert!(!sum.at_least);
    assert_eq!(cost.left_behind, []);
    assert_eq!(cost.others, []);
    assert!(cost.is_whole());
}

#[test]
fn a_class_without_a_price_makes_the_sum_say_at_least() {
    let odd = good_but(|snapshot| {
        present(&mut snapshot.databases)[0].class = "db.r8gd.48xlarge".to_owned();
    });
    let cost = cost(&odd);
    let line = cost
        .running
        .iter()
        .find(|line| line.what == Charged::Database);
    assert_eq!(line.unwrap().price, Price::Unknown);
    assert_eq!(line.unwrap().notes, ["its price is not in my table"]);
    assert!(cost.sum().at_least && cost.running_sum().at_least);
    assert!(cost.is_whole(), "everything was read");
}

#[test]
fn what_could_not_be_read_is_named_and_makes_the_sum_say_at_least() {
    let blind = good_but(|snapshot| {
        snapshot.cache_nodes = Fact::Unknown(Why::Denied {
            action: "elasticache:DescribeCacheClusters".to_owned(),
            by: DeniedBy::Identity,
        });
    });
    let cost = cost(&blind);
    let calls: Vec<&str> = cost.gaps.iter().map(|gap| gap.call.as_str()).collect();
    assert_eq!(calls, ["elasticache:DescribeCacheClusters"]);
    assert!(cost.sum().at_least && cost.running_sum().at_least);
    assert!(!cost.is_whole());
}

#[test]
fn a_region_that_could_not_be_read_leaves_what_runs_here_as_sure_as_it_was() {
    let blind = good_but(|snapshot| {
        present(&mut snapshot.leftovers).unreadable.push(Unread {
            region: "eu-west-1".into(),
            call: "rds:DescribeDBInstances".to_owned(),
            why: Why::Throttled,
        });
    });
    let cost = cost(&blind);
    assert!(!cost.running_sum().at_least);
    assert!(cost.left_behind_sum().at_least && cost.sum().at_least);
    let deaf = good_but(|snapshot| snapshot.leftovers = Fact::Unknown(Why::Offline));
    assert_eq!(super::cost(&deaf).gaps[0].region, None, "all other regions");
}

#[test]
fn the_same_gap_is_named_once() {
    let blind = good_but(|snapshot| {
        snapshot.databases = Fact::Unknown(Why::Throttled);
        present(&mut snapshot.leftovers).unreadable.push(Unread {
            region: snapshot.region.clone(),
            call: "rds:DescribeDBInstances".to_owned(),
            why: Why::Throttled,
        });
    });
    assert_eq!(cost(&blind).gaps.len(), 1);
}

#[test]
fn what_was_not_asked_for_is_no_gap_but_no_whole_sum_either() {
    let here = good_but(|snapshot| snapshot.leftovers = Fact::not_asked());
    let cost = cost(&here);
    assert_eq!(cost.gaps, []);
    assert_eq!(cost.regions, None);
    assert!(!cost.running_sum().at_least);
    assert!(cost.sum().at_least, "other regions may hold more");
}

#[test]
fn what_is_elsewhere_was_left_behind_and_what_bears_no_name_is_counted_apart() {
    let forgotten = good_but(|snapshot| {
        let elsewhere = |kind, name: &str, of_chapter| Leftover {
            region: "eu-west-1".into(),
            name: name.to_owned(),
            of_chapter,
            ..thing(kind, Extent::NotRead)
        };
        present(&mut snapshot.leftovers).found.extend([
            elsewhere(LeftoverKind::Database, "news-api-db", true),
            elsewhere(LeftoverKind::Address, "eipalloc-1", false),
        ]);
    });
    let cost = cost(&forgotten);
    let names =
        |lines: &[Line]| -> Vec<String> { lines.iter().map(|line| line.name.clone()).collect() };
    assert_eq!(names(&cost.left_behind), ["news-api-db"]);
    assert_eq!(names(&cost.others), ["eipalloc-1"]);
    assert_eq!(cost.others_sum().hour.in_column(3), "$0.005");
    let own = super::cost(&good()).sum().hour;
    assert_eq!(
        cost.sum().hour,
        own,
        "somebody else's is not in the chapter's sum"
    );
}

#[test]
fn another_regions_price_stands_in_and_is_marked() {
    let north = Region::from("eu-north-1");
    let own = quote(&"eu-central-1".into(), "rds:db.t4g.micro").unwrap();
    assert_eq!(own.hour.in_column(3), "$0.019");
    let estimate = quote(&north, "rds:db.t4g.micro").unwrap();
    assert_eq!(estimate.hour.in_column(3), "$0.016");
    assert_eq!(estimate.basis, prices::Basis::Estimate);
    let everywhere = quote(&north, "public-ipv4").unwrap();
    assert_eq!(everywhere.basis, prices::Basis::OfTheRegion);
    let ohio = quote(&"us-east-2".into(), "nat-gateway").unwrap();
    assert_eq!(ohio.basis, prices::Basis::OfTheRegion);
    assert_eq!(quote(&"cn-north-1".into(), "nat-gateway"), None);
    let moved = good_but(|snapshot| snapshot.region = north.clone());
    let estimated: Vec<String> = cost(&moved)
        .estimated_regions()
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(estimated, ["eu-north-1"]);
    assert!(cost(&good()).estimated_regions().is_empty());
}

#[test]
fn every_page_of_prices_has_a_date_and_a_source() {
    let mut items = BTreeSet::new();
    for page in &table().pages {
        assert!(
            page.source.starts_with("https://aws.amazon.com/"),
            "{page:?}"
        );
        let (year, month) = page.seen.split_once('-').unwrap();
        assert!(year.parse::<u16>().unwrap() >= 2026, "{page:?}");
        assert!((1..=12).contains(&month.parse::<u8>().unwrap()), "{page:?}");
        let listed = page.hour.iter().chain(&page.month);
        for (item, price) in listed {
            assert!(*price > 0.0 && *price < 10.0, "{item} of {price}");
            assert!(
                items.insert((&page.region, item)),
                "{item} twice in {}",
                page.region
            );
        }
        let prices = page.hour.len() + page.month.len();
        assert!(prices > 0 || page.same_as.is_some(), "{page:?}");
    }
    assert_eq!(table().currency, "USD");
    assert!(items.iter().any(|(region, _)| *region == EVERYWHERE));
    for region in [
        "us-east-1",
        "us-east-2",
        "us-west-2",
        "eu-west-1",
        "eu-central-1",
        "ap-southeast-1",
        "ap-southeast-2",
        "ap-northeast-1",
    ] {
        let own = quote(&region.into(), "balancer:application").unwrap();
        assert_eq!(own.basis, prices::Basis::OfTheRegion, "{region}");
    }
}

#[test]
fn the_header_says_what_an_hour_costs_now() {
    let real = |snapshot: &mut Snapshot| snapshot.source = Source::Aws;
    let snapshot = good_but(real);
    assert_eq!(an_hour_now(&snapshot).unwrap(), "costs $0.11 an hour now");
    assert_eq!(a_day(&snapshot).unwrap(), "about $2.58 a day");
    assert_eq!(
        an_hour_now(&good()).unwrap(),
        "would cost $0.11 an hour now",
        "nobody pays for practice"
    );
    let blind = good_but(|snapshot| {
        real(snapshot);
        snapshot.databases = Fact::not_asked();
    });
    assert_eq!(
        an_hour_now(&blind).unwrap(),
        "costs at least $0.09 an hour now"
    );
}

#[test]
fn the_header_says_nothing_where_nothing_runs() {
    let chapter = test_chapter();
    let empty = crate::practice::empty_account(&chapter, now());
    assert_eq!(an_hour_now(&empty), None);
    assert_eq!(a_day(&empty), None);
    let image = crate::practice::account_after(&["ecr-push.repository"], &chapter, now());
    assert_eq!(an_hour_now(&image), None, "an image does not run");
    let blank = Snapshot::blank(Source::Aws, chapter, "us-east-1".into(), now());
    assert_eq!(
        an_hour_now(&blank),
        None,
        "and nothing read is not nothing there"
    );
}

#[test]
fn a_look_at_one_step_does_not_make_the_price_shrink() {
    let whole = good();
    let mut part = Snapshot::blank(
        Source::Practice,
        test_chapter(),
        whole.region.clone(),
        now(),
    );
    part.databases = Fact::Present(Vec::new());
    let seen = part.filled_from(&whole);
    assert_eq!(seen.cache_nodes, whole.cache_nodes, "not asked: as it was");
    assert_eq!(seen.databases, Fact::Present(Vec::new()), "asked: as it is");
    assert_eq!(
        an_hour_now(&seen).unwrap(),
        "would cost $0.09 an hour now",
        "still not at least: everything was read once"
    );
}

#[test]
fn programs_read_the_same() {
    let snapshot = good();
    let document: serde_json::Value =
        serde_json::from_str(&cost_json(&cost(&snapshot), &snapshot)).unwrap();
    assert_eq!(document["schema"], 1);
    assert_eq!(document["billed"], false);
    assert_eq!(document["prices"]["as_of"], "November 2026");
    assert_eq!(document["prices"]["currency"], "USD");
    let balancer = document["running"]
        .as_array()
        .unwrap()
        .iter()
        .find(|line| line["what"] == "balancer")
        .unwrap();
    assert_eq!(balancer["usd_an_hour"], 0.0225);
    assert_eq!(balancer["usd_a_month"], 16.425);
    assert_eq!(balancer["free"], false);
    assert_eq!(document["totals"]["chapter"]["at_least"], false);
    assert!(document["prices"]["sources"][0]["source"].is_string());
    assert_eq!(document["teardown"][0]["what"], "service");
}

#[test]
fn a_hostile_name_cannot_leave_its_line() {
    let hostile = good_but(|snapshot| {
        present(&mut snapshot.balancers)[0].name = "a\u{1b}[2J\"b".to_owned();
    });
    let text = cost_json(&cost(&hostile), &hostile);
    assert!(!text.contains('\u{1b}'));
    assert!(serde_json::from_str::<serde_json::Value>(&text).is_ok());
}
