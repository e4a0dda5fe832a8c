//! How the walk goes.

use super::test_course::{course, found};
use super::walk::*;
use crate::checks::Verdict;
use crate::course::{Course, StepId};

fn walk(course: &Course) -> Walk<'_> {
    Walk::new(course, &Record::default()).unwrap()
}

#[test]
fn it_begins_at_the_first_step_and_goes_in_order() {
    let course = course();
    let mut walk = walk(&course);
    assert_eq!(walk.here().step.id.as_str(), "one.a");
    assert!(walk.here().opens_lesson());
    assert!(matches!(walk.go_on(), Ahead::Step(place) if place.number == 2));
    assert!(!walk.here().opens_lesson());
    walk.go_on();
    assert_eq!(walk.here().step.id.as_str(), "two.a");
    assert!(matches!(walk.go_on(), Ahead::End));
    assert_eq!(walk.here().number, 3);
}

#[test]
fn it_goes_on_where_it_stopped_also_after_a_step_was_renamed() {
    let course = course();
    let record = Record {
        position: Some("one.old".into()),
        left_out: ["gone.step".to_owned()].into(),
    };
    let walk = Walk::new(&course, &record).unwrap();
    assert_eq!(walk.here().step.id.as_str(), "one.b");
}

#[test]
fn a_position_that_no_longer_exists_is_the_beginning() {
    let course = course();
    let record = Record {
        position: Some("vanished".into()),
        ..Record::default()
    };
    let walk = Walk::new(&course, &record).unwrap();
    assert_eq!(walk.here().number, 1);
}

#[test]
fn leaving_out_is_progress_and_changes_no_verdict() {
    let course = course();
    let mut walk = walk(&course);
    walk.learn(&found(&[("one.a", Verdict::Failed)]));
    walk.leave_out();
    let first = StepId::from("one.a");
    assert!(walk.is_left_out(&first));
    assert_eq!(walk.outcome(&first).unwrap().verdict, Verdict::Failed);
    walk.go_back();
    walk.take_up();
    assert!(!walk.is_left_out(&first));
}

#[test]
fn a_step_gone_past_while_pending_is_looked_at_again_until_it_is_done() {
    let course = course();
    let mut walk = walk(&course);
    walk.learn(&found(&[("one.a", Verdict::Pending)]));
    walk.go_on();
    assert_eq!(walk.to_look_at().len(), 2);
    let changes = walk.learn(&found(&[("one.a", Verdict::Passed)]));
    assert_eq!(changes.len(), 1);
    assert_eq!(changes[0].now, Verdict::Passed);
    assert_eq!(walk.to_look_at().len(), 1);
}

#[test]
fn a_pending_step_that_turns_wrong_is_told_and_stays_waited_for() {
    let course = course();
    let mut walk = walk(&course);
    walk.learn(&found(&[("one.a", Verdict::Pending)]));
    walk.go_on();
    let changes = walk.learn(&found(&[("one.a", Verdict::Failed)]));
    assert_eq!(changes[0].now, Verdict::Failed);
    assert_eq!(walk.to_look_at().len(), 2);
}

#[test]
fn what_is_done_already_can_be_skipped_over_but_is_not_by_itself() {
    let course = course();
    let mut walk = walk(&course);
    walk.learn(&found(&[
        ("one.a", Verdict::Passed),
        ("one.b", Verdict::Passed),
    ]));
    assert_eq!(walk.next_open().unwrap().step.id.as_str(), "two.a");
    assert!(matches!(walk.ahead(), Ahead::Step(place) if place.step.id.as_str() == "one.b"));
    walk.go_on();
    assert!(walk.next_open().is_none());
}

#[test]
fn optional_steps_are_never_open() {
    let course = course();
    let walk = walk(&course);
    let open: Vec<&str> = walk
        .open_steps()
        .iter()
        .map(|place| place.step.id.as_str())
        .collect();
    assert_eq!(open, ["one.a", "one.b"]);
}

#[test]
fn a_lesson_leads_to_its_first_step() {
    let course = course();
    let mut walk = walk(&course);
    assert!(walk.go_to("two"));
    assert_eq!(walk.here().step.id.as_str(), "two.a");
    assert!(!walk.go_to("three"));
    assert_eq!(walk.here().step.id.as_str(), "two.a");
}
