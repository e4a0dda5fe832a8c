//! Prices, sums and what is said where something is not known.

mod compute;
mod idle;
mod stores;
mod sums;

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
