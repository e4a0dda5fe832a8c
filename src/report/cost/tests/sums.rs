//! What things add up to, and what is not known of a sum.

use super::*;

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
