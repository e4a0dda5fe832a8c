//! For how many days a question rests.

use super::day::days_between;
use super::fsrs::Memory;
use jiff::civil::Date;

/// A question comes back when it is still known with this probability.
pub const RETENTION: f64 = 0.9;

/// The longest rest where no course end sets it.
pub const LONGEST: u32 = 60;

/// The longest rest from that day on: to the end of the course, and once that has come, [`LONGEST`].
pub(super) fn longest(from: Date, course_ends: Option<Date>) -> u32 {
    match course_ends {
        Some(end) if end > from => days_between(from, end),
        _ => LONGEST,
    }
}

/// Days of rest after the `review`th answer, 1 to `longest`. `item` and `review` decide the jitter: the same answer always
/// leads to the same day.
pub(super) fn rest(memory: Memory, item: &str, review: u32, longest: u32) -> u32 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a stability is at most 36500 days, and positive"
    )]
    let days = memory.interval(RETENTION).round() as u32;
    // What would be cut off is cut before the jitter, so that not all of it comes back on the same day.
    let days = days.clamp(1, longest);
    let width = i64::from(width(days));
    let offset = match width {
        0 => 0,
        width => {
            i64::try_from(scatter(item, review) % (2 * width.unsigned_abs() + 1))
                .expect("a jitter is a few days")
                - width
        }
    };
    u32::try_from((i64::from(days) + offset).clamp(1, i64::from(longest)))
        .expect("a rest is between one day and the longest")
}

/// Days up or down: none for the first short rests, then about a twentieth.
const fn width(days: u32) -> u32 {
    match days {
        0..4 => 0,
        4..30 => 1,
        _ => days / 20,
    }
}

/// A number that looks like chance and is always the same for the same words (FNV-1a, then mixed). The standard
/// library's hashes may change from one version to the next.
fn scatter(item: &str, review: u32) -> u64 {
    let bytes = item.bytes().chain(review.to_le_bytes());
    let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash ^ (hash >> 31)
}
