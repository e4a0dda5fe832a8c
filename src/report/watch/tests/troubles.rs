//! No network, no sign-in, a sleeping computer: none of them is a verdict.

use super::*;
use crate::account::{CredentialTrouble, Why};

/// Nothing can be read.
fn unread(why: &Why) -> Snapshot {
    let mut snapshot = good();
    snapshot.caller = Fact::Unknown(why.clone());
    snapshot.databases = Fact::Unknown(why.clone());
    snapshot.database_clusters = Fact::Unknown(why.clone());
    snapshot
}

/// The caller is read, the database is not.
fn database_unread(why: Why) -> Snapshot {
    let mut snapshot = good();
    snapshot.databases = Fact::Unknown(why);
    snapshot
}

#[test]
fn a_lost_connection_is_said_once_changes_no_verdict_and_is_tried_more_and_more_rarely() {
    for why in [Why::Offline, Why::TimedOut] {
        let mut desk = Desk::begin(&["rds.instance"], &database("creating"));
        desk.heard();
        desk.pause();
        assert_eq!(desk.look(&unread(&why)), Belief::Doubted);
        let mut pauses = Vec::new();
        for _ in 0..6 {
            pauses.push(desk.pause().as_secs());
            assert_eq!(desk.look(&unread(&why)), Belief::Doubted);
        }
        assert_eq!(pauses, [5, 10, 20, 40, 60, 60]);
        assert_eq!(
            desk.heard(),
            ["No connection to AWS; I keep trying. What is known so far still counts."]
        );
        assert!(
            desk.watch
                .waiting_line(desk.now)
                .starts_with("no connection · RDS: creating, "),
        );
        assert_eq!(desk.next(&database("creating")), Belief::Same);
        assert_eq!(desk.heard(), ["Connected again."]);
        assert_eq!(desk.pause().as_secs(), 5, "as at the beginning");
    }
}

#[test]
fn what_happened_while_the_connection_was_lost_is_said_afterwards() {
    let mut desk = Desk::begin(&["rds.instance"], &database("creating"));
    desk.next(&unread(&Why::Offline));
    desk.heard();
    desk.next(&good());
    desk.next(&good());
    assert_eq!(desk.heard(), ["Connected again.", "passed rds.available"]);
    assert_eq!(desk.ending(), Some(Ending::Settled));
}

#[test]
fn whoever_is_asked_to_slow_down_slows_down() {
    let mut desk = Desk::begin(&["rds.instance"], &database("creating"));
    desk.heard();
    desk.pause();
    let throttled = database_unread(Why::Throttled);
    assert_eq!(
        desk.look_with(&throttled, &calls(4, CallOutcome::Throttled)),
        Belief::Doubted
    );
    assert_eq!(
        desk.heard(),
        ["AWS asks for fewer questions from this account; I look less often."]
    );
    assert_eq!(desk.pause().as_secs(), 30);
    desk.look(&unread(&Why::Throttled));
    assert_eq!(desk.pause().as_secs(), 60);
    desk.look(&unread(&Why::Throttled));
    assert_eq!(desk.pause().as_secs(), 120);
    desk.look(&unread(&Why::Throttled));
    assert_eq!(desk.pause().as_secs(), 120);
    desk.look(&database("creating"));
    assert_eq!(desk.heard(), ["AWS answers again."]);
}

#[test]
fn an_expired_sign_in_says_what_to_run_and_the_watch_goes_on_when_it_works() {
    let mut desk = Desk::begin(&["rds.instance"], &database("creating"));
    desk.heard();
    let expired = unread(&Why::Credentials(CredentialTrouble::Expired));
    let mut pauses = Vec::new();
    desk.next(&expired);
    for _ in 0..4 {
        pauses.push(desk.pause().as_secs());
        desk.look(&expired);
    }
    assert_eq!(pauses, [5, 10, 15, 15], "a person waits for it");
    assert_eq!(
        desk.heard(),
        [
            "Your AWS sign-in has expired. In another terminal: `aws login --profile class`, or `aws sso login --profile class` \
             for Identity Center. I go on as soon as it works."
        ]
    );
    desk.next(&database("creating"));
    assert_eq!(desk.heard(), ["Signed in again; going on."]);
    assert_eq!(desk.ending(), None);
}

#[test]
fn one_thing_that_stays_unread_is_believed_in_the_end() {
    let broken = Why::Other {
        say: "HTTP 503".into(),
    };
    let mut desk = Desk::begin(&["rds.instance"], &database("creating"));
    desk.heard();
    for _ in 0..2 {
        assert_eq!(desk.next(&database_unread(broken.clone())), Belief::Doubted);
    }
    assert_eq!(
        desk.heard(),
        ["Something could not be read this time; I try again."]
    );
    let mut looks = 2;
    while desk.ending().is_none() {
        desk.next(&database_unread(broken.clone()));
        looks += 1;
        assert!(looks < 10, "it never ends");
    }
    assert!(
        desk.heard().contains(&"unknown rds.available".to_owned()),
        "it is said what could not be told"
    );
}

#[test]
fn what_may_not_be_read_is_an_answer() {
    let denied = Why::Denied {
        action: "rds:DescribeDBInstances".into(),
        by: crate::account::DeniedBy::Identity,
    };
    let mut desk = Desk::begin(&["rds.instance"], &database("creating"));
    desk.heard();
    desk.next(&database_unread(denied.clone()));
    assert_eq!(desk.next(&database_unread(denied)), Belief::Changed);
    assert!(desk.heard().contains(&"unknown rds.available".to_owned()));
    assert_eq!(desk.ending(), Some(Ending::Settled));
}

#[test]
fn after_a_sleep_everything_is_looked_at_anew() {
    let mut desk = Desk::begin(&["rds.instance"], &database("creating"));
    desk.heard();
    desk.next(&database("creating"));
    let Turn::Pause(pause) = desk.watch.turn(desk.now) else {
        panic!("it is over");
    };
    desk.pass(pause + Duration::from_hours(6));
    desk.said.extend(desk.watch.woke(desk.now));
    assert_eq!(desk.heard(), ["Back after 6 h: looking anew."]);
    assert_eq!(*desk.watch.next_look(), Extent::Everything);
    assert_eq!(
        desk.watch.waiting_line(desk.now),
        "RDS: creating, 15 s of usually 5-10 min",
        "nobody knows what it did meanwhile"
    );
    // Asleep it did not watch: the hour is not over, and nothing is late.
    desk.look(&database("creating"));
    assert_eq!(desk.heard(), [] as [&str; 0]);
    assert_eq!(desk.ending(), None);
    assert_eq!(desk.pause().as_secs(), 5);
}

#[test]
fn where_aws_says_since_when_a_sleep_counts() {
    let mut first = good();
    let Fact::Present(balancers) = &mut first.balancers else {
        panic!("it was read");
    };
    balancers[0].state = "provisioning".to_owned();
    balancers[0].created_at = Some(start());
    let mut desk = Desk::begin(&["alb.balancer"], &first);
    let Turn::Pause(_) = desk.watch.turn(desk.now) else {
        panic!("it is over");
    };
    desk.pass(Duration::from_hours(2));
    desk.watch.woke(desk.now);
    desk.heard();
    desk.look(&first);
    assert!(
        desk.heard()[0]
            .starts_with("Load balancer: provisioning, longer than usual: 2 h of usually 2-4 min."),
    );
}

#[test]
fn a_sleep_in_the_middle_of_a_look_makes_the_look_worthless() {
    let mut desk = Desk::begin(&["rds.instance"], &database("creating"));
    desk.heard();
    desk.pause();
    desk.pass(Duration::from_hours(8));
    assert_eq!(desk.look(&good()), Belief::Doubted);
    assert_eq!(desk.heard(), ["Back after 8 h: looking anew."]);
    assert_eq!(*desk.watch.next_look(), Extent::Everything);
    assert_eq!(desk.pause(), Duration::ZERO);
}

#[test]
fn a_clock_that_is_set_back_stops_nothing() {
    let mut desk = Desk::begin(&["rds.instance"], &database("creating"));
    desk.next(&database("creating"));
    desk.now = start() - SignedDuration::from_hours(1);
    assert_eq!(desk.watch.woke(desk.now), []);
    assert_eq!(desk.look(&database("creating")), Belief::Same);
    assert_eq!(
        desk.watch.waiting_line(desk.now),
        "RDS: creating, 0 s of usually 5-10 min"
    );
}

#[test]
fn without_a_connection_for_an_hour_it_ends_and_says_so() {
    let mut desk = Desk::begin(&["rds.instance"], &database("creating"));
    while desk.ending().is_none() {
        desk.next(&unread(&Why::Offline));
    }
    assert_eq!(desk.ending(), Some(Ending::Lost));
}
