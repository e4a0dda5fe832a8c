//! The words of a watch: how long something has taken, beside how long it usually takes.

use super::waited::Waited;
use crate::checks::UsualTime;
use jiff::SignedDuration;

/// `RDS: creating, 4 min of usually 5-10`.
pub(super) fn progress(one: &Waited, elapsed: SignedDuration) -> String {
    match one.usual {
        Some(usual) if elapsed.as_secs() > i64::from(usual.to_seconds) => format!(
            "{}, longer than usual: {}",
            one.state,
            of_usually(elapsed, usual)
        ),
        Some(usual) => format!("{}, {}", one.state, of_usually(elapsed, usual)),
        None => format!("{}, {} so far", one.state, span(elapsed)),
    }
}

/// The sentence when the usual time is over.
pub(super) fn late(one: &Waited, usual: UsualTime, elapsed: SignedDuration) -> String {
    let then = if one.look_at.is_some() {
        "It may still come; to see what AWS says about it:"
    } else {
        "It may still come."
    };
    format!(
        "{}, longer than usual: {}. {then}",
        one.state,
        of_usually(elapsed, usual)
    )
}

/// `4 min of usually 5-10`, `40 s of usually 5-10 min`: a unit that both share is said once.
fn of_usually(elapsed: SignedDuration, usual: UsualTime) -> String {
    let (so_far, usual) = (span(elapsed), usual.short());
    let shared = so_far
        .rsplit_once(' ')
        .filter(|(number, _)| !number.contains(' '))
        .and_then(|(_, unit)| usual.strip_suffix(unit)?.strip_suffix(' '));
    format!("{so_far} of usually {}", shared.unwrap_or(&usual))
}

/// `Back after 6 h: looking anew.`
pub(super) fn back_after(how_long: SignedDuration) -> String {
    format!("Back after {}: looking anew.", span(how_long))
}

/// `40 s`, `4 min`, `1 h 5 min`, `3 d 2 h`: short, and never more exact than it is worth.
pub(super) fn span(how_long: SignedDuration) -> String {
    let seconds = how_long.as_secs().max(0);
    let two = |big: i64, unit: &str, small: i64, other: &str| {
        if small == 0 {
            format!("{big} {unit}")
        } else {
            format!("{big} {unit} {small} {other}")
        }
    };
    match seconds {
        0..60 => format!("{seconds} s"),
        60..3600 => format!("{} min", seconds / 60),
        3600..86_400 => two(seconds / 3600, "h", seconds % 3600 / 60, "min"),
        _ => two(seconds / 86_400, "d", seconds % 86_400 / 3600, "h"),
    }
}
