//! Where a class is stuck.

use super::report::{StuckPlace, StudentReport};
use crate::course::Course;

/// Students at one check for one cause, the most crowded place first, then in the order of the course. When causes are
/// not told, check alone.
pub(super) fn places(course: &Course, students: &[StudentReport], of: usize) -> Vec<StuckPlace> {
    let mut places: Vec<StuckPlace> = Vec::new();
    for student in students {
        let Some(stuck) = &student.stuck else {
            continue;
        };
        let here = places
            .iter_mut()
            .find(|place| place.check == stuck.check && place.cause == stuck.cause);
        match here {
            Some(place) => {
                place.students.push(student.key.clone());
                place.since = match (place.since, stuck.since) {
                    (Some(one), Some(other)) => Some(one.min(other)),
                    (one, other) => one.or(other),
                };
            }
            None => places.push(StuckPlace {
                step: stuck.step.clone(),
                check: stuck.check.clone(),
                title: stuck.title.clone(),
                cause: stuck.cause.clone(),
                students: vec![student.key.clone()],
                of,
                since: stuck.since,
            }),
        }
    }
    let order: Vec<&str> = course
        .steps()
        .flat_map(|(_, step)| step.checks.iter().map(String::as_str))
        .collect();
    places.sort_by_cached_key(|place| {
        (
            std::cmp::Reverse(place.students.len()),
            order.iter().position(|check| *check == place.check),
            place.cause.clone(),
        )
    });
    places
}
