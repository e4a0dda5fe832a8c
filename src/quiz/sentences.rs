//! The sentences of an answer, for a learner who points at the one that says something.

/// Sentences and list items, trimmed, in order; slices of the text.
pub fn sentences(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for line in text.lines() {
        let mut from = 0;
        let bytes = line.as_bytes();
        for (at, byte) in bytes.iter().enumerate() {
            let ends = matches!(byte, b'.' | b'!' | b'?' | b';')
                && bytes.get(at + 1).is_none_or(u8::is_ascii_whitespace);
            if ends {
                found.push(line[from..=at].trim());
                from = at + 1;
            }
        }
        found.push(line[from..].trim());
    }
    found.retain(|sentence| sentence.chars().any(char::is_alphanumeric));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_or_a_version_does_not_end_a_sentence() {
        assert_eq!(
            sentences("It opens 0.0.0.0/0. Pin v1.0.0!\n- and :latest moves; so pin"),
            [
                "It opens 0.0.0.0/0.",
                "Pin v1.0.0!",
                "- and :latest moves;",
                "so pin"
            ]
        );
        assert!(sentences(" .. \n\n").is_empty());
    }
}
