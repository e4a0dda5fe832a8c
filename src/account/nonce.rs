//! The tag by which a learner shows that they may change an account: its key, and what its value may be.

use super::{Prose, redact};

/// The tag's key.
pub const NONCE_TAG: &str = "landfall-nonce";

/// Whether a word can be its value: 4 to 64 letters, digits, hyphens; nothing in the shape of an access key, which is
/// taken out of everything that is kept.
pub fn is_nonce(word: &str) -> bool {
    (4..=64).contains(&word.len())
        && word.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        && redact(word, Prose::Name) == word
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_nonce_is_a_short_word_of_letters_digits_and_hyphens() {
        for word in ["maple-7f3a", "abcd", "7", &"a".repeat(64), &"a".repeat(65)] {
            assert_eq!(is_nonce(word), (4..=64).contains(&word.len()), "{word}");
        }
        for word in [
            "",
            "abc",
            "maple 7f3a",
            "maple_7f3a",
            "$(reboot)",
            "ahörn",
            "a=b=c",
            "-\n--",
        ] {
            assert!(!is_nonce(word), "{word}");
        }
    }

    #[test]
    fn what_looks_like_a_key_is_no_nonce() {
        assert!(!is_nonce(&["AKIA", "IOSFODNN7EXAMPLE"].concat()));
    }
}
