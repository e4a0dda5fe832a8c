//! What is left after the teardown.

use crate::account::*;
use crate::checks::Verdict::*;
use crate::checks::testing::*;

const LEFT: &str = "leftovers.none";

fn left(found: Vec<Leftover>, unreadable: Vec<Unread>) -> Snapshot {
    good_but(|snapshot| {
        snapshot.leftovers = Fact::Present(Leftovers {
            looked_in: vec!["us-east-1".into(), "eu-west-1".into()],
            found,
            unreadable,
        });
    })
}

fn thing(of_chapter: bool) -> Leftover {
    Leftover {
        region: "eu-west-1".into(),
        kind: LeftoverKind::Balancer,
        name: "news-api-alb".into(),
        since: None,
        of_chapter,
        arn: None,
        extent: Extent::NotRead,
    }
}

fn unread() -> Unread {
    Unread {
        region: "eu-west-1".into(),
        call: "rds:DescribeDBInstances".into(),
        why: Why::Throttled,
    }
}

#[test]
fn leftovers_are_looked_for_only_when_asked() {
    let found = assert_is(&good(), LEFT, Skipped, "");
    assert_eq!(found.summary, "not asked");
    assert_is(&left(vec![], vec![]), LEFT, Passed, "");
    let action = "ec2:DescribeRegions";
    assert_denied(
        &good_but(|snapshot| snapshot.leftovers = denied(action)),
        LEFT,
        action,
    );
}

#[test]
fn what_is_left_of_the_chapter_costs_money_and_other_things_are_mentioned() {
    let found = assert_is(
        &left(vec![thing(true)], vec![unread()]),
        LEFT,
        Failed,
        "leftovers-cost-money",
    );
    assert!(
        found.fix[0]
            .command
            .as_ref()
            .unwrap()
            .ends_with("--region eu-west-1")
    );
    let found = assert_is(&left(vec![thing(false)], vec![]), LEFT, Passed, "");
    assert!(found.advice.unwrap().contains("news-api-alb"));
}

#[test]
fn a_region_that_could_not_be_read_leaves_it_open() {
    assert_is(&left(vec![], vec![unread()]), LEFT, Unknown, "");
}
