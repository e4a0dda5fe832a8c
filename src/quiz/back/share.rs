//! Shares of a question, in numbers and as a small picture.

const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// A share from 0 to 1: `75 %`. Only what is whole is called 100 %, only what is nothing 0 %.
pub fn percent(share: f64) -> String {
    format!("{} %", whole_percent(share))
}

fn whole_percent(share: f64) -> f64 {
    let rounded = (share.clamp(0.0, 1.0) * 100.0).round();
    if share < 1.0 && rounded >= 100.0 {
        99.0
    } else if share > 0.0 && rounded <= 0.0 {
        1.0
    } else {
        rounded
    }
}

/// One bar for each share, oldest first.
pub fn sparkline(shares: &[f64]) -> String {
    shares
        .iter()
        .map(|share| {
            let step = BARS
                .iter()
                .zip(1_u8..)
                .find(|(_, number)| share.clamp(0.0, 1.0) * 7.0 < f64::from(*number) - 0.5);
            step.map_or('█', |(bar, _)| *bar)
        })
        .collect()
}

/// The same in words: `40 %, 80 %, 100 %`.
pub fn in_words(shares: &[f64]) -> String {
    let words: Vec<String> = shares.iter().map(|share| percent(*share)).collect();
    words.join(", ")
}

/// The mean; `None` of nothing.
pub(super) fn mean(shares: &[f64]) -> Option<f64> {
    (!shares.is_empty()).then(|| shares.iter().sum::<f64>() / shares.len() as f64)
}

/// `1 point`, `2 points`.
pub(super) fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lowest_bar_is_nothing_and_the_highest_is_all() {
        assert_eq!(sparkline(&[0.0, 0.5, 1.0]), "▁▅█");
        assert_eq!(sparkline(&[0.4, 0.8, 1.0]), "▄▇█");
        assert_eq!(sparkline(&[]), "");
        assert_eq!(sparkline(&[-1.0, 7.0, f64::NAN]), "▁██");
    }

    #[test]
    fn nearly_all_is_not_called_all_and_nearly_nothing_not_nothing() {
        assert_eq!(percent(0.999), "99 %");
        assert_eq!(percent(0.001), "1 %");
        assert_eq!(in_words(&[0.0, 0.825, 1.0]), "0 %, 83 %, 100 %");
    }
}
