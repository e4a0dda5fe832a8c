//! How far a run is, in words. Time is passed in.

use jiff::Timestamp;

/// Counts, and the time of the first one.
#[derive(Debug, Clone)]
pub struct Progress {
    began: Timestamp,
    /// Settled before this sitting began.
    before: usize,
    /// To be looked at in this sitting.
    to_do: usize,
    done: usize,
    not_reached: usize,
}

impl Progress {
    pub const fn new(to_do: usize, before: usize, began: Timestamp) -> Self {
        Progress {
            began,
            before,
            to_do,
            done: 0,
            not_reached: 0,
        }
    }

    /// One more has ended.
    pub const fn ended(&mut self, reached: bool) {
        self.done += 1;
        if !reached {
            self.not_reached += 1;
        }
    }

    /// Not looked at yet.
    pub const fn left(&self) -> usize {
        self.to_do.saturating_sub(self.done)
    }

    /// Settled, those of earlier sittings included.
    pub const fn settled(&self) -> usize {
        self.before + self.done
    }

    /// `37 of 200 accounts, 2 not reached, about 1 minute left`.
    pub fn words(&self, now: Timestamp) -> String {
        let all = self.before + self.to_do;
        let accounts = if all == 1 { "account" } else { "accounts" };
        let mut words = format!("{} of {all} {accounts}", self.settled());
        if self.not_reached > 0 {
            words += &format!(", {} not reached", self.not_reached);
        }
        if let Some(left) = self.time_left(now) {
            words += ", ";
            words += &left;
        }
        words
    }

    /// As fast as until now; `None` while there is nothing to reckon by.
    fn time_left(&self, now: Timestamp) -> Option<String> {
        if self.done == 0 || self.left() == 0 {
            return None;
        }
        let passed = now.duration_since(self.began).as_millis().max(0);
        let left = passed * self.left() as i128 / self.done as i128;
        Some(match left {
            ..45_000 => "less than a minute left".to_owned(),
            45_000..90_000 => "about 1 minute left".to_owned(),
            _ => format!("about {} minutes left", (left + 30_000) / 60_000),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::SignedDuration;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH + SignedDuration::from_secs(seconds)
    }

    fn after(to_do: usize, before: usize, done: usize, not_reached: usize) -> Progress {
        let mut progress = Progress::new(to_do, before, at(0));
        for place in 0..done {
            progress.ended(place >= not_reached);
        }
        progress
    }

    #[test]
    fn it_says_how_far_and_how_long_still() {
        assert_eq!(
            after(200, 0, 37, 2).words(at(14)),
            "37 of 200 accounts, 2 not reached, about 1 minute left"
        );
        assert_eq!(
            after(200, 0, 10, 0).words(at(30)),
            "10 of 200 accounts, about 10 minutes left"
        );
        assert_eq!(
            after(4, 0, 2, 0).words(at(2)),
            "2 of 4 accounts, less than a minute left"
        );
    }

    #[test]
    fn at_the_beginning_and_at_the_end_nothing_is_reckoned() {
        assert_eq!(after(200, 0, 0, 0).words(at(9)), "0 of 200 accounts");
        assert_eq!(
            after(1, 0, 1, 1).words(at(9)),
            "1 of 1 account, 1 not reached"
        );
    }

    #[test]
    fn what_was_done_before_counts_and_does_not_make_it_seem_faster() {
        assert_eq!(
            after(100, 100, 10, 0).words(at(60)),
            "110 of 200 accounts, about 9 minutes left"
        );
        assert_eq!(after(100, 100, 10, 0).left(), 90);
    }

    #[test]
    fn a_clock_that_was_set_back_harms_nothing() {
        assert_eq!(
            after(4, 0, 2, 0).words(at(-50)),
            "2 of 4 accounts, less than a minute left"
        );
    }
}
