//! The screens, on the practice account and on accounts where something is missing.

use super::*;
use crate::account::{
    DeniedBy, Extent, Fact, Leftover, LeftoverKind, NatGateway, Snapshot, Source, Why,
};
use crate::cli::Cli;
use crate::practice::{self, State, TEARDOWN, test_chapter};
use crate::report::cost::cost;
use crate::term::{Ui, to_text};
use clap::Parser;
use jiff::Timestamp;
use std::sync::Arc;

fn now() -> Timestamp {
    "2026-11-22T10:00:00Z".parse().unwrap()
}

/// Everything built, of an account that is billed.
fn built() -> Snapshot {
    let mut snapshot = practice::good_account(&test_chapter(), now());
    practice::look_for_leftovers(&mut snapshot);
    snapshot.source = Source::Aws;
    snapshot
}

/// Taken down, but not everything was thought of.
fn forgotten() -> Snapshot {
    let mut state = State::default();
    practice::apply_all(&mut state, now());
    practice::apply(&mut state, TEARDOWN, now()).unwrap();
    practice::break_cause(&mut state, "leftovers-cost-money", &test_chapter(), now()).unwrap();
    practice::snapshot(&state, &test_chapter(), now())
}

fn screen(snapshot: &Snapshot, width: usize) -> String {
    to_text(&screen::lines(&cost(snapshot), snapshot, "", width))
}

fn commands(snapshot: &Snapshot, width: usize) -> String {
    to_text(&deletions::lines(&cost(snapshot), width))
}

#[test]
fn a_finished_chapter_in_columns() {
    insta::assert_snapshot!(screen(&built(), 80));
}

#[test]
fn a_finished_chapter_where_there_is_little_room() {
    insta::assert_snapshot!(screen(&built(), 40));
}

#[test]
fn what_was_forgotten_in_the_practice_account() {
    insta::assert_snapshot!(screen(&forgotten(), 80));
}

#[test]
fn the_commands_for_what_was_forgotten() {
    insta::assert_snapshot!(commands(&forgotten(), 80));
}

#[test]
fn an_account_that_could_not_be_read_says_so_and_promises_nothing() {
    let mut snapshot = built();
    let denied = |action: &str| Why::Denied {
        action: action.to_owned(),
        by: DeniedBy::Identity,
    };
    snapshot.databases = Fact::Unknown(denied("rds:DescribeDBInstances"));
    snapshot.leftovers = Fact::Unknown(Why::Throttled);
    let text = screen(&snapshot, 80);
    assert!(text.contains("Cannot tell\n"), "{text}");
    assert!(text.contains("us-east-1: rds:DescribeDBInstances could not be read, no"));
    assert!(text.contains("all other regions: ec2:DescribeRegions could not be read, AWS"));
    assert!(text.contains("together, at least"), "{text}");
    assert!(text.contains("The chapter costs at least $0.09 an hour, at least"));
    assert!(!text.contains("database news-api-db"), "{text}");
}

#[test]
fn one_reason_for_everything_is_said_once() {
    let mut snapshot = Snapshot::blank(Source::Aws, test_chapter(), "us-east-1".into(), now());
    let offline = Why::Offline;
    snapshot.service = Fact::Unknown(offline.clone());
    snapshot.balancers = Fact::Unknown(offline.clone());
    snapshot.databases = Fact::Unknown(offline.clone());
    snapshot.database_clusters = Fact::Unknown(offline.clone());
    snapshot.cache_nodes = Fact::Unknown(offline.clone());
    snapshot.serverless_caches = Fact::Unknown(offline.clone());
    snapshot.leftovers = Fact::Unknown(offline);
    let text = screen(&snapshot, 80);
    assert_eq!(
        text.matches("AWS could not be reached from here").count(),
        1,
        "{text}"
    );
    assert!(text.contains("landfall doctor"), "{text}");
    assert!(
        text.contains("Nothing of the chapter, as far as I could see."),
        "{text}"
    );
    assert!(!text.contains('$'), "{text}");
}

#[test]
fn nothing_at_all_is_nothing_to_pay() {
    let mut snapshot = practice::empty_account(&test_chapter(), now());
    practice::look_for_leftovers(&mut snapshot);
    snapshot.source = Source::Aws;
    let text = screen(&snapshot, 80);
    assert!(
        text.contains("Runs now in us-east-1\n  Nothing of the chapter.\n"),
        "{text}"
    );
    assert!(
        text.contains("Left behind\n  Nothing of the chapter, in 4 regions.\n"),
        "{text}"
    );
    for never in ["$", "--teardown", "at least", "credits", "is it yours"] {
        assert!(!text.contains(never), "{never}: {text}");
    }
    assert!(commands(&snapshot, 80).contains("Nothing of the chapter is there to delete."));
}

#[test]
fn without_the_other_regions_that_is_said() {
    let mut snapshot = built();
    snapshot.leftovers = Fact::not_asked();
    let text = screen(&snapshot, 80);
    assert!(text.contains("Other regions were not looked at."), "{text}");
    assert!(text.contains("The chapter costs at least $0.11"), "{text}");
    assert!(!text.contains("Cannot tell"), "{text}");
}

#[test]
fn a_price_that_stands_in_is_marked_and_explained() {
    let mut snapshot = built();
    snapshot.region = "eu-north-1".into();
    let text = screen(&snapshot, 80);
    assert!(text.contains("~$0.016"), "{text}");
    assert!(
        text.contains("~ No price known for eu-north-1: us-east-1's is used as an estimate."),
        "{text}"
    );
    assert!(!screen(&built(), 80).contains('~'));
}

#[test]
fn only_the_practice_account_says_that_nothing_is_billed() {
    assert!(screen(&forgotten(), 80).contains("Nothing is billed here."));
    assert!(!screen(&built(), 80).contains("billed"));
    assert!(screen(&built(), 80).contains("begin with credits"));
    assert!(!screen(&forgotten(), 80).contains("credits"));
}

#[test]
fn no_line_but_a_command_or_an_address_is_wider_than_the_screen() {
    for width in [40, 60, 80, 100] {
        for snapshot in [built(), forgotten()] {
            let text = screen(&snapshot, width) + &commands(&snapshot, width);
            let wide = text
                .lines()
                .filter(|line| !line.contains("aws ") && !line.contains("https://"));
            for line in wide {
                let columns = unicode_width::UnicodeWidthStr::width(line);
                // A single name may be longer than the narrowest screen.
                assert!(
                    columns <= width || !line.trim().contains(' '),
                    "{width}: {line}"
                );
            }
        }
    }
}

#[test]
fn a_hostile_name_moves_no_cursor_and_takes_no_line_of_its_own() {
    let mut snapshot = built();
    if let Fact::Present(left) = &mut snapshot.leftovers {
        left.found.push(Leftover {
            region: "eu-west-1".into(),
            kind: LeftoverKind::Address,
            name: "a\u{1b}[2J\nRuns now: nothing\u{202e}".to_owned(),
            since: None,
            of_chapter: false,
            arn: None,
            extent: Extent::NotRead,
        });
    }
    let text = screen(&snapshot, 80) + &commands(&snapshot, 80);
    assert!(!text.contains('\u{1b}') && !text.contains('\u{202e}'));
    assert!(!text.contains("\nRuns now: nothing"), "{text}");
}

#[test]
fn a_nat_gateway_in_the_chapters_network_runs_with_it() {
    let mut snapshot = built();
    let vpc = snapshot.network.vpcs.present().unwrap()[0].id.clone();
    snapshot.network.nat_gateways = Fact::Present(vec![NatGateway {
        id: "nat-1".to_owned(),
        vpc,
        subnet: "subnet-1".into(),
        state: "available".to_owned(),
        kind: Default::default(),
    }]);
    let cost = cost(&snapshot);
    assert!(cost.running.iter().any(|line| line.name == "nat-1"));
    assert!(cost.others.is_empty());
}

#[test]
fn the_command_ends_well_when_everything_was_read() {
    let folder = tempfile::tempdir().unwrap();
    let (ui, captured) = Ui::captured(80);
    let globals = Cli::parse_from(["landfall", "--account", "practice"]).globals;
    let context = Context::apart(globals, Arc::new(ui), folder.path()).unwrap();
    for (teardown, region_only) in [(false, false), (false, true), (true, false)] {
        let args = CostArgs {
            teardown,
            region_only,
        };
        assert_eq!(run(&context, args), Ok(Exit::Passed));
    }
    assert!(captured.out().contains("Other regions were not looked at."));
}
