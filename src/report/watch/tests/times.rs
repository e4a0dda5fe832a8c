//! How often, how long, and how that is said.

use super::*;
use crate::report::watch::words::span;

#[test]
fn pauses_grow_from_five_seconds_to_thirty() {
    let mut desk = Desk::begin(&["rds.instance"], &database("creating"));
    let mut pauses = Vec::new();
    for _ in 0..6 {
        pauses.push(desk.pause().as_secs());
        desk.look(&database("creating"));
    }
    assert_eq!(pauses, [5, 10, 20, 30, 30, 30]);
    desk.next(&database("backing-up"));
    assert_eq!(desk.pause().as_secs(), 5, "something moved: soon again");
}

#[test]
fn many_questions_make_long_pauses() {
    let mut desk = Desk::begin(&["rds.instance"], &database("creating"));
    for _ in 0..8 {
        desk.pause();
        desk.look_with(&database("creating"), &calls(160, CallOutcome::Ok));
        let Turn::Pause(pause) = desk.watch.turn(desk.now) else {
            panic!("it is over");
        };
        assert!(
            pause.as_secs() * 4 >= 160,
            "{pause:?}: more than four a second"
        );
    }
}

#[test]
fn the_practice_account_is_looked_at_more_often() {
    let mut first = database("creating");
    first.source = Source::Practice;
    let mut desk = Desk::begin(&["rds.instance"], &first);
    let mut pauses = Vec::new();
    for _ in 0..4 {
        pauses.push(desk.pause().as_secs());
        desk.look(&first);
    }
    assert_eq!(pauses, [2, 4, 5, 5]);
}

#[test]
fn elapsed_stands_beside_usual() {
    let mut desk = Desk::begin(&["rds.instance"], &database("creating"));
    desk.pass(Duration::from_secs(40));
    assert_eq!(
        desk.watch.waiting_line(desk.now),
        "RDS: creating, 40 s of usually 5-10 min"
    );
    desk.pass(Duration::from_secs(200));
    assert_eq!(
        desk.watch.waiting_line(desk.now),
        "RDS: creating, 4 min of usually 5-10"
    );
    assert_eq!(
        desk.watch.still(desk.now),
        "Still in progress: RDS: creating, 4 min of usually 5-10."
    );
}

#[test]
fn longer_than_usual_is_said_once_with_where_to_look() {
    let mut desk = Desk::begin(&["rds.instance"], &database("creating"));
    desk.go_on(&database("creating"), SignedDuration::from_mins(9));
    desk.heard();
    desk.go_on(&database("creating"), SignedDuration::from_mins(14));
    assert_eq!(
        desk.heard(),
        [
            "RDS: creating, longer than usual: 10 min of usually 5-10. It may still come; to see what AWS says about it: \
             aws rds describe-events --source-type db-instance --source-identifier news-api-db --duration 1440 --region us-east-1"
        ]
    );
    assert_eq!(
        desk.watch
            .waiting_line(start() + SignedDuration::from_mins(14)),
        "RDS: creating, longer than usual: 14 min of usually 5-10"
    );
}

#[test]
fn since_when_is_what_aws_says_if_it_says_it() {
    let mut first = good();
    let Fact::Present(balancers) = &mut first.balancers else {
        panic!("it was read");
    };
    balancers[0].state = "provisioning".to_owned();
    balancers[0].created_at = Some(start() - SignedDuration::from_mins(3));
    let mut desk = Desk::begin(&["alb.balancer"], &first);
    assert_eq!(
        desk.heard(),
        ["Load balancer: provisioning, 3 min of usually 2-4"]
    );
}

#[test]
fn when_something_was_made_says_nothing_about_a_later_change_of_it() {
    let mut first = database("modifying");
    let Fact::Present(databases) = &mut first.databases else {
        panic!("it was read");
    };
    databases[0].created_at = Some(start() - SignedDuration::from_hours(48));
    let mut desk = Desk::begin(&["rds.instance"], &first);
    assert_eq!(desk.heard(), ["RDS: modifying, 0 s of usually 5-10 min"]);
}

#[test]
fn an_earlier_look_that_saw_the_same_counts() {
    let first = database("creating");
    let asked = Asked::Steps(BTreeSet::from(["rds.instance".into()]));
    let summary = |snapshot: &Snapshot| {
        let verification = judged(snapshot, &asked);
        let finding = verification.lessons[0].steps[0].checks.iter();
        let mut finding = finding.filter(|one| one.check.as_str() == "rds.available");
        finding.next().unwrap().summary.clone()
    };
    let heard = |summary: String, minutes: i64| {
        let at = start() - SignedDuration::from_mins(minutes);
        let kept = BTreeMap::from([("rds.available".to_owned(), (summary, at))]);
        Desk::begin_with(&["rds.instance"], &first, &kept).heard()[0].clone()
    };
    let same = summary(&first);
    assert_eq!(
        heard(same.clone(), 4),
        "RDS: creating, 4 min of usually 5-10"
    );
    assert_eq!(
        heard(summary(&database("modifying")), 4),
        "RDS: creating, 0 s of usually 5-10 min",
        "that was another wait"
    );
    assert_eq!(
        heard(same, 24 * 60),
        "RDS: creating, 0 s of usually 5-10 min",
        "it may have been there and gone"
    );
}

#[test]
fn spans_are_said_in_the_unit_that_fits() {
    let said = |seconds| span(SignedDuration::from_secs(seconds));
    assert_eq!(said(-5), "0 s");
    assert_eq!(said(59), "59 s");
    assert_eq!(said(60), "1 min");
    assert_eq!(said(3599), "59 min");
    assert_eq!(said(3600), "1 h");
    assert_eq!(said(6 * 3600 + 300), "6 h 5 min");
    assert_eq!(said(86_400), "1 d");
    assert_eq!(said(3 * 86_400 + 7200), "3 d 2 h");
}

#[test]
fn a_heartbeat_comes_no_more_often_than_once_a_minute() {
    let mut desk = Desk::begin(&["rds.instance"], &database("creating"));
    let mut beats = Vec::new();
    for second in 1..=200 {
        let now = start() + SignedDuration::from_secs(second);
        if desk.watch.heartbeat(now).is_some() {
            beats.push(second);
        }
    }
    assert_eq!(beats, [60, 120, 180]);
    // What is news counts as said.
    desk.pass(Duration::from_secs(230));
    desk.watch.turn(desk.now);
    desk.look(&database("backing-up"));
    assert!(!desk.heard().is_empty());
    let later = |seconds| start() + SignedDuration::from_secs(seconds);
    assert_eq!(desk.watch.heartbeat(later(289)), None);
    assert_eq!(
        desk.watch.heartbeat(later(290)),
        Some(Saying::Note(
            "Still: RDS: backing-up, 4 min of usually 5-10".to_owned()
        ))
    );
}

#[test]
fn it_ends_after_an_hour() {
    let mut desk = Desk::begin(&["rds.instance"], &database("creating"));
    while desk.ending().is_none() {
        desk.next(&database("creating"));
    }
    assert_eq!(desk.ending(), Some(Ending::TooLong));
    let took = desk.now.duration_since(start());
    assert!(
        (SignedDuration::from_mins(60)..SignedDuration::from_mins(61)).contains(&took),
        "{took:?}"
    );
}
