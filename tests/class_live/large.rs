//! The class of 200. Ignored because it takes a while without optimisation: `cargo nextest run --test class_live
//! --run-ignored only`. The benchmark `class` measures the same with optimisation, and holds it to the limits.

use crate::stub::{Classroom, Sizes, wrong_about};
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

const ROUND_TRIP: Duration = Duration::from_millis(50);
const AT_ONCE: usize = 8;
const STUDENTS: usize = 200;

#[test]
#[ignore = "200 accounts at 50 ms: a minute without optimisation"]
fn a_class_of_two_hundred() {
    let sizes = Sizes {
        students: STUDENTS,
        crashing: 5,
        denied: 10,
        throttled: 10,
        dead: 5,
    };
    let room = Classroom::start(sizes, ROUND_TRIP);
    let output = room.command(&["--at-once", "8"]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let kept = room.kept("landfall-class");
    for (account, case) in &room.students {
        assert_eq!(
            wrong_about(*case, account, &kept[account]),
            None,
            "{account}"
        );
    }
    let busiest = busiest(&room);
    assert!(
        (AT_ONCE - 2..=AT_ONCE).contains(&busiest),
        "{busiest} accounts were read at the same time"
    );
}

/// The most accounts that were being read at any moment. How long it takes is the benchmark's: without optimisation the
/// processor is the limit, not the wire.
fn busiest(room: &Classroom) -> usize {
    let mut visits: BTreeMap<String, (Instant, Instant)> = BTreeMap::new();
    for one in room.stub.heard() {
        // Roles are asked for ahead.
        let (Some(account), Some(ended), false) =
            (one.account, one.ended, one.call == "sts:AssumeRole")
        else {
            continue;
        };
        let visit = visits.entry(account).or_insert((one.began, ended));
        *visit = (visit.0.min(one.began), visit.1.max(ended));
    }
    let open_at = |at: Instant| {
        visits
            .values()
            .filter(|(began, ended)| (*began..=*ended).contains(&at))
            .count()
    };
    visits
        .values()
        .map(|(began, _)| open_at(*began))
        .max()
        .unwrap_or(0)
}
