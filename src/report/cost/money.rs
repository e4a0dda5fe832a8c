//! US dollars, exact enough to be added up, and never shown as nothing when they are something.

use serde::{Serialize, Serializer};
use std::fmt;
use std::iter::Sum;

/// Hours in the month that prices are compared by: AWS's own calculator counts so.
pub const HOURS_A_MONTH: u64 = 730;

/// US dollars, in billionths: a price for a megabyte and hour still has digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Usd(u64);

impl Usd {
    pub const ZERO: Usd = Usd(0);

    /// From dollars as a price list writes them; `None` for what is no price.
    pub fn of(dollars: f64) -> Option<Self> {
        let billionths = (dollars * 1e9).round();
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "within range, as is checked"
        )]
        (0.0..1e15)
            .contains(&billionths)
            .then_some(Usd(billionths as u64))
    }

    /// A price for `unit`, for `amount` of it: so many bytes of a gigabyte.
    #[must_use]
    pub fn for_part(self, amount: u64, unit: u64) -> Self {
        let whole = u128::from(self.0) * u128::from(amount) / u128::from(unit.max(1));
        Usd(u64::try_from(whole).unwrap_or(u64::MAX))
    }

    /// So many of them.
    #[must_use]
    pub fn times(self, count: u64) -> Self {
        self.for_part(count, 1)
    }

    /// What an hour's price is for a month.
    #[must_use]
    pub fn for_a_month(self) -> Self {
        self.times(HOURS_A_MONTH)
    }

    /// What a month's price is for an hour.
    #[must_use]
    pub fn for_an_hour(self) -> Self {
        self.for_part(1, HOURS_A_MONTH)
    }

    /// Whether it is nothing at all.
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// For a sentence: `$0.07`, `under $0.01`.
    pub fn in_words(self) -> String {
        self.rounded(2).unwrap_or_else(|| "under $0.01".to_owned())
    }

    /// For a column, with so many digits after the point: `$0.016`, `<$0.001`.
    pub fn in_column(self, digits: u32) -> String {
        self.rounded(digits).unwrap_or_else(|| {
            let zeros = "0".repeat(digits.saturating_sub(1) as usize);
            format!("<$0.{zeros}1")
        })
    }

    /// `None` where something would be shown as nothing.
    fn rounded(self, digits: u32) -> Option<String> {
        let digits = digits.clamp(1, 9);
        let step = 10_u64.pow(9 - digits);
        let rounded = self.0.saturating_add(step / 2) / step;
        let one = 10_u64.pow(digits);
        (rounded > 0 || self.0 == 0).then(|| {
            format!(
                "${}.{:0width$}",
                rounded / one,
                rounded % one,
                width = digits as usize
            )
        })
    }
}

impl Sum for Usd {
    fn sum<I: Iterator<Item = Usd>>(all: I) -> Self {
        Usd(all.fold(0, |sum, one| sum.saturating_add(one.0)))
    }
}

impl fmt::Display for Usd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.in_words())
    }
}

impl Serialize for Usd {
    /// As a number of dollars, to the millionth.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[expect(clippy::cast_precision_loss, reason = "nobody owes that much")]
        let dollars = (self.0 as f64 / 1e3).round() / 1e6;
        serializer.serialize_f64(dollars)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn usd(dollars: f64) -> Usd {
        Usd::of(dollars).unwrap()
    }

    #[test]
    fn what_costs_something_is_never_shown_as_nothing() {
        assert_eq!(usd(0.004).in_words(), "under $0.01");
        assert_eq!(usd(0.000_000_001).in_column(3), "<$0.001");
        assert_eq!(usd(0.004).in_column(2), "<$0.01");
        assert_eq!(Usd::ZERO.in_words(), "$0.00");
    }

    #[test]
    fn halves_are_rounded_up() {
        assert_eq!(usd(0.005).in_words(), "$0.01");
        assert_eq!(usd(0.0225).in_column(3), "$0.023");
        assert_eq!(usd(0.074_49).in_words(), "$0.07");
        assert_eq!(usd(16.425).in_column(2), "$16.43");
    }

    #[test]
    fn hours_become_months_and_months_hours() {
        assert_eq!(usd(0.016).for_a_month(), usd(11.68));
        assert_eq!(usd(7.3).for_an_hour(), usd(0.01));
    }

    #[test]
    fn a_sum_is_of_what_is_owed_and_not_of_what_is_shown() {
        let three: Usd = [usd(0.004); 3].into_iter().sum();
        assert_eq!(three.in_words(), "$0.01");
    }

    #[test]
    fn what_is_no_price_becomes_none() {
        assert_eq!(Usd::of(-1.0), None);
        assert_eq!(Usd::of(f64::NAN), None);
        assert_eq!(Usd::of(1e12), None);
    }

    #[test]
    fn programs_read_dollars() {
        assert_eq!(serde_json::to_string(&usd(0.016)).unwrap(), "0.016");
    }
}
