//! What is polled, what is said, and how it ends.

use super::*;
use crate::checks::{Verdict, check};
use crate::practice::{State, apply, snapshot as practice_snapshot};

#[test]
fn only_what_is_pending_is_polled() {
    let desk = Desk::begin(&["rds.instance", "rds.inbound"], &database("creating"));
    assert_eq!(
        *desk.watch.next_look(),
        part(&[Area::Caller, Area::Databases])
    );
    let mut both = database("creating");
    cache(&mut both, "creating");
    let desk = Desk::begin(&["rds.instance", "elasticache.cache"], &both);
    assert_eq!(
        *desk.watch.next_look(),
        part(&[Area::Caller, Area::Databases, Area::Caches])
    );
}

#[test]
fn what_has_moved_is_said_once_a_whole_look_confirms_it_and_then_it_is_over() {
    let mut desk = Desk::begin(&["rds.instance"], &database("creating"));
    assert_eq!(desk.heard(), ["RDS: creating, 0 s of usually 5-10 min"]);
    assert_eq!(desk.next(&database("creating")), Belief::Same);
    assert_eq!(desk.heard(), [] as [&str; 0]);
    desk.next(&good());
    assert_eq!(desk.heard(), [] as [&str; 0], "not before it is confirmed");
    assert_eq!(*desk.watch.next_look(), Extent::Everything);
    assert_eq!(desk.pause(), Duration::ZERO, "confirmed at once");
    assert_eq!(desk.look(&good()), Belief::Changed);
    assert_eq!(desk.heard(), ["passed rds.available"]);
    assert_eq!(desk.ending(), Some(Ending::Settled));
}

#[test]
fn what_a_whole_look_does_not_confirm_is_not_said() {
    let mut desk = Desk::begin(&["rds.instance"], &database("creating"));
    desk.heard();
    desk.next(&good());
    assert_eq!(desk.next(&database("creating")), Belief::Same);
    assert_eq!(desk.heard(), [] as [&str; 0]);
    assert_eq!(desk.ending(), None);
    assert_eq!(
        *desk.watch.next_look(),
        part(&[Area::Caller, Area::Databases])
    );
}

#[test]
fn another_state_is_said_and_is_still_one_wait() {
    let mut desk = Desk::begin(&["rds.instance"], &database("creating"));
    desk.go_on(&database("creating"), SignedDuration::from_mins(4));
    desk.heard();
    assert_eq!(desk.next(&database("backing-up")), Belief::Same);
    assert_eq!(desk.heard(), ["RDS: backing-up, 4 min of usually 5-10"]);
    assert_eq!(desk.next(&database("backing-up")), Belief::Same);
    assert_eq!(desk.heard(), [] as [&str; 0]);
}

#[test]
fn what_turns_out_wrong_is_shown_in_full_and_the_rest_is_waited_for() {
    let mut both = database("creating");
    cache(&mut both, "creating");
    let mut desk = Desk::begin(&["rds.instance", "elasticache.cache"], &both);
    desk.heard();
    let mut failed = database("failed");
    cache(&mut failed, "creating");
    desk.next(&failed);
    assert_eq!(desk.next(&failed), Belief::Changed);
    assert_eq!(desk.heard(), ["in full: failed rds.available"]);
    assert_eq!(desk.ending(), None, "the cache is still coming up");
    assert_eq!(*desk.watch.next_look(), part(&[Area::Caller, Area::Caches]));
    desk.next(&database("failed"));
    desk.next(&database("failed"));
    assert_eq!(desk.heard(), ["passed redis.available"]);
    assert_eq!(desk.ending(), Some(Ending::Settled));
}

#[test]
fn what_is_missing_or_wrong_from_the_start_is_not_waited_for() {
    let mut snapshot = good();
    snapshot.databases = Fact::Present(Vec::new());
    cache(&mut snapshot, "create-failed");
    let mut desk = Desk::begin(&["rds.instance", "elasticache.cache"], &snapshot);
    assert_eq!(desk.heard(), [] as [&str; 0]);
    assert_eq!(desk.ending(), Some(Ending::Settled));
}

#[test]
fn what_begins_meanwhile_is_waited_for_too() {
    let mut desk = Desk::begin(
        &["rds.instance", "elasticache.cache"],
        &database("creating"),
    );
    desk.heard();
    let mut next = good();
    cache(&mut next, "modifying");
    desk.next(&next);
    desk.next(&next);
    assert_eq!(
        desk.heard(),
        [
            "passed rds.available",
            "ElastiCache: modifying, 0 s of usually 5-15 min"
        ]
    );
    assert_eq!(desk.ending(), None);
}

#[test]
fn where_the_learner_can_do_something_meanwhile_it_is_shown_in_full() {
    let mut desk = Desk::begin(&["rds.instance"], &database("insufficient-capacity"));
    assert_eq!(
        desk.heard(),
        [
            "RDS: insufficient-capacity, 0 s so far",
            "in full: pending rds.available"
        ]
    );
}

/// Read again in part, a pending check says what it says of a whole look, second by second, for every step of the chapter.
#[test]
fn a_part_that_is_read_again_tells_what_a_whole_look_tells() {
    let chapter = test_chapter();
    let mut compared = 0;
    let mut moved = BTreeSet::new();
    let steps = [
        "rds.instance",
        "elasticache.cache",
        "alb.balancer",
        "alb.certificate",
        "ecs-service.service",
    ];
    for step in steps {
        let mut state = State::default();
        apply(&mut state, step, start()).unwrap();
        let at = |seconds: i64| {
            let now = start() + SignedDuration::from_secs(seconds);
            practice_snapshot(&state, &chapter, now)
        };
        let mut before = at(0);
        let mut earlier = everything(&before);
        for seconds in 0..30 {
            let after = at(seconds + 1);
            let whole = everything(&after);
            for (id, finding) in &earlier {
                if finding.verdict != Verdict::Pending {
                    continue;
                }
                let mut areas: BTreeSet<Area> = BTreeSet::from([Area::Caller]);
                areas.extend(check(id).unwrap().polled());
                let renewed = before.renewed(after.clone(), &areas);
                let part = &everything(&renewed)[id];
                let still = |verdict| verdict == Verdict::Pending;
                assert_eq!(
                    still(part.verdict),
                    still(whole[id].verdict),
                    "{id}, {seconds} s after {step}: {} / {}",
                    part.summary,
                    whole[id].summary
                );
                compared += 1;
                if !still(part.verdict) {
                    moved.insert(*id);
                }
            }
            (before, earlier) = (after, whole);
        }
    }
    assert!(compared > 30, "{compared}");
    for id in [
        "rds.available",
        "redis.available",
        "alb.active",
        "acm.issued",
        "ecs.steady",
    ] {
        assert!(moved.contains(id), "{id} never moved: {moved:?}");
    }
}

fn everything(snapshot: &Snapshot) -> BTreeMap<&'static str, checks::Finding> {
    let attested = BTreeSet::new();
    checks::findings(&Stack {
        snapshot,
        attested: &attested,
        teardown_begun: false,
    })
}
