//! The class of 200. Ignored because it takes a while without optimisation: `cargo nextest run --test class_live
//! --run-ignored only`. The benchmark `class` measures the same with optimisation, and holds it to the limits.

use crate::stub::{Classroom, Sizes, longest_chain, wrong_about};
use std::collections::BTreeSet;
use std::time::{Duration, Instant};

const ROUND_TRIP: Duration = Duration::from_millis(50);
const AT_ONCE: u32 = 8;
const STUDENTS: u32 = 200;

/// An optimised build is held to 1.5. Without optimisation a look costs some 200 ms of processor, of which there are two,
/// and this process answers all of it as well: the machine is the limit, not the wire.
const TIMES: f64 = 6.0;

#[test]
#[ignore = "200 accounts at 50 ms: a minute without optimisation"]
fn a_class_of_two_hundred() {
    let sizes = Sizes {
        students: usize::try_from(STUDENTS).unwrap(),
        crashing: 5,
        denied: 10,
        throttled: 10,
        dead: 5,
    };
    let room = Classroom::start(sizes, ROUND_TRIP);
    let began = Instant::now();
    let output = room.command(&["--at-once", "8"]).output().unwrap();
    let took = began.elapsed();
    assert_eq!(output.status.code(), Some(1));
    let kept = room.kept("landfall-class");
    for (account, case) in &room.students {
        assert_eq!(
            wrong_about(*case, account, &kept[account]),
            None,
            "{account}"
        );
    }
    let good: BTreeSet<String> = room
        .stub
        .heard()
        .into_iter()
        .filter(|one| one.account.as_deref() == Some(room.students[1].0.as_str()))
        .map(|one| one.call)
        .collect();
    // AssumeRole comes before all of it.
    let path = u32::try_from(longest_chain(&good).len()).unwrap() + 1;
    let at_least = ROUND_TRIP * path * STUDENTS / AT_ONCE;
    let limit = at_least.mul_f64(TIMES);
    assert!(
        took <= limit,
        "{took:?} of {limit:?}, at least {at_least:?}"
    );
}
