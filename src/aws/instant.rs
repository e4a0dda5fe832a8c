//! Instants as the SDK's clients give them.

use aws_smithy_types::DateTime;
use jiff::Timestamp;

/// `None` outside the calendar.
pub(super) fn instant(at: Option<&DateTime>) -> Option<Timestamp> {
    Timestamp::from_millisecond(at?.to_millis().ok()?).ok()
}

/// A count that AWS declares as a signed number.
pub(super) fn count(number: i32) -> u32 {
    u32::try_from(number).unwrap_or(0)
}
