//! `--shard 2/4`: the second of four parts of a roster.

use crate::app::failure::Failure;
use crate::class::shard;
use std::fmt;

/// One part of a roster.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// From 1.
    number: usize,
    of: usize,
}

/// More parts than anybody has machines.
const MOST: usize = 1_000;

impl Part {
    /// Reads `2/4`.
    ///
    /// # Errors
    /// It is no such thing.
    pub fn parse(text: &str) -> Result<Self, Failure> {
        let numbers = text.split_once('/').and_then(|(number, of)| {
            let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
            (digits(number) && digits(of)).then_some(())?;
            Some((number.parse().ok()?, of.parse().ok()?))
        });
        match numbers {
            Some((number, of)) if (1..=of).contains(&number) && of <= MOST => {
                Ok(Part { number, of })
            }
            _ => Err(Failure::usage(format!("`{text}` is no part of a roster."))
                .hint("--shard 2/4 is the second of four; the parts are 1/4, 2/4, 3/4 and 4/4.")),
        }
    }

    /// Whether the row at this place, from 0, belongs to it.
    pub const fn has(self, row: usize) -> bool {
        shard(row, self.number, self.of)
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.number, self.of)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_read_and_written_alike() {
        for text in ["1/1", "2/4", "4/4", "12/1000"] {
            assert_eq!(Part::parse(text).unwrap().to_string(), text);
        }
    }

    #[test]
    fn what_is_no_part_says_what_one_looks_like() {
        for text in [
            "", "0/4", "5/4", "1/0", "2", "1/4/2", "-1/4", "+1/4", "1 / 4", "a/b", "1/1001", "/",
            "1/",
        ] {
            let failure = Part::parse(text).unwrap_err();
            assert!(failure.hints[0].contains("second of four"), "{text}");
        }
    }

    #[test]
    fn all_parts_together_have_every_row_once() {
        for of in 1..=7 {
            for row in 0..50 {
                let having = (1..=of)
                    .filter(|&number| Part { number, of }.has(row))
                    .count();
                assert_eq!(having, 1, "row {row} of {of}");
            }
        }
    }
}
