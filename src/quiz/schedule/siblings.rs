//! Questions of one subject give each other's answers away: they come back on different days, where that can be.

use super::day::days_after;
use super::history::Last;
use jiff::civil::Date;

/// The day on which a question comes back that was just answered: as its rest says, or the nearest day on which none of
/// its siblings comes back (`taken`), within one day and its longest rest. What was answered last gives way, so that a
/// day that was once told stays as it is.
pub(super) fn due_day(last: &Last, taken: &[Date]) -> Date {
    let nearest_first = (0..=last.longest_rest).flat_map(|shift| {
        let earlier = last.rest.checked_sub(shift).filter(|rest| *rest >= 1);
        let later = Some(last.rest + shift).filter(|rest| *rest <= last.longest_rest);
        [earlier, later].into_iter().flatten()
    });
    nearest_first
        .map(|rest| days_after(last.day, rest))
        .find(|day| !taken.contains(day))
        .unwrap_or_else(|| days_after(last.day, last.rest))
}
