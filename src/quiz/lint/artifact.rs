//! A text that stands in a deck is public: no password in it, no account of anybody's.

use super::At;
use crate::account::{Prose, redact};
use crate::course::{Artifact, Diagnostic, Inspect, Kind};

/// Account numbers that AWS's own examples use.
const EXAMPLES: [&str; 6] = [
    "123456789012",
    "111122223333",
    "444455556666",
    "777788889999",
    "000000000000",
    "999999999999",
];

/// Lines of a text artifact that hold something shaped like a secret, or an account's number.
pub(super) fn look(at: &At<'_>) -> Vec<Diagnostic> {
    let Kind::Inspect(Inspect {
        artifact: Artifact::Text(text),
        ..
    }) = &at.question.kind
    else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for (line, number) in text.lines().zip(1..) {
        if redact(line, Prose::Message) != line {
            found.push(at.warning(
                "secret-in-artifact",
                "artifact/text",
                format!("line {number} of this text holds something shaped like a secret"),
                "decks are public: leave the value out, or name it: PASSWORD",
            ));
        }
        if account_numbers(line).any(|account| !EXAMPLES.contains(&account)) {
            found.push(at.warning(
                "account-in-artifact",
                "artifact/text",
                format!("line {number} of this text holds an account's number"),
                "use one of AWS's example accounts: 123456789012 or 111122223333",
            ));
        }
    }
    found
}

/// Runs of exactly twelve digits.
fn account_numbers(line: &str) -> impl Iterator<Item = &str> {
    line.split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| word.len() == 12 && word.bytes().all(|byte| byte.is_ascii_digit()))
}
