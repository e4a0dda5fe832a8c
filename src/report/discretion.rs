//! What is said of an account, without what a reader need not know: the account's number is shortened wherever it stands,
//! and further words may be put for others.

use super::AccountNumber;
use super::map::Map;
use crate::account::{Snapshot, Source};
use crate::checks::Finding;

/// Goes over texts that may be handed on.
#[derive(Debug, Clone, Default)]
pub struct Discretion {
    /// What must not be told, in lower case, and what stands for it; in this order.
    hidden: Vec<(String, String)>,
    /// Whether whatever looks like an account's number is shortened too: texts about a class may hold other students'.
    every_number: Numbers,
    /// Longer texts are cut; `None` keeps them.
    longest: Option<usize>,
}

/// What is shown of numbers that look like an account's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Numbers {
    #[default]
    All,
    LastDigits,
    Nothing,
}

/// What stands for a number of which nothing is told.
pub const NO_NUMBER: &str = "************";

/// So many digits has an account's number.
const DIGITS: usize = 12;

impl Discretion {
    /// For a learner's own report.
    pub fn of(snapshot: &Snapshot, number: AccountNumber) -> Self {
        let hidden = snapshot
            .account()
            // The practice account's number is nobody's.
            .filter(|_| number == AccountNumber::Shortened && snapshot.source != Source::Practice)
            .map(|account| account.as_str().to_owned())
            .filter(|number| number.len() == DIGITS && number.is_ascii())
            .map(|number| {
                let shown = shortened(&number);
                (number, shown)
            });
        Discretion {
            hidden: hidden.into_iter().collect(),
            every_number: Numbers::All,
            longest: None,
        }
    }

    /// For many accounts: every number that looks like an account's, unless they are told in full. Texts longer than that
    /// many characters are cut.
    pub const fn of_many(number: AccountNumber, longest: usize) -> Self {
        Discretion {
            hidden: Vec::new(),
            every_number: match number {
                AccountNumber::Shortened => Numbers::LastDigits,
                AccountNumber::InFull => Numbers::All,
            },
            longest: Some(longest),
        }
    }

    /// Tells not even the last digits: in a small class they name somebody.
    #[must_use]
    pub const fn without_numbers(mut self) -> Self {
        self.every_number = Numbers::Nothing;
        self
    }

    /// Puts a word for another, however it is written in upper and lower case. Nothing at all cannot be hidden.
    #[must_use]
    pub fn hiding(mut self, word: &str, stands_for_it: &str) -> Self {
        if !word.trim().is_empty() {
            self.hidden
                .push((word.to_ascii_lowercase(), stands_for_it.to_owned()));
        }
        self
    }

    /// Whether anything is kept back.
    pub const fn hides(&self) -> bool {
        !self.hidden.is_empty() || !matches!(self.every_number, Numbers::All)
    }

    /// The text as it may be told.
    pub fn text(&self, text: &str) -> String {
        let mut told = text.to_owned();
        // Lower case in ASCII moves no byte: places in it are those of the text.
        let mut low = told.to_ascii_lowercase();
        for (word, shown) in &self.hidden {
            if low.contains(word) {
                told = replaced(&told, &low, word, shown);
                low = told.to_ascii_lowercase();
            }
        }
        match self.every_number {
            Numbers::All => {}
            Numbers::LastDigits => told = numbers_told(&told, shortened),
            Numbers::Nothing => told = numbers_told(&told, |_| NO_NUMBER.to_owned()),
        }
        match self.longest {
            Some(longest) => cut(told, longest),
            None => told,
        }
    }

    /// Every text of a finding.
    #[must_use]
    pub fn finding(&self, finding: &Finding) -> Finding {
        let mut told = finding.clone();
        told.summary = self.text(&told.summary);
        told.advice = told.advice.map(|advice| self.text(&advice));
        told.missing_permission = told.missing_permission.map(|action| self.text(&action));
        for evidence in &mut told.evidence {
            for text in [
                &mut evidence.resource,
                &mut evidence.field,
                &mut evidence.expected,
                &mut evidence.observed,
            ] {
                *text = self.text(text);
            }
        }
        for sentence in &mut told.ruled_out {
            *sentence = self.text(sentence);
        }
        for fix in &mut told.fix {
            fix.say = self.text(&fix.say);
            fix.command = fix.command.as_deref().map(|command| self.text(command));
        }
        told
    }

    /// Every text of a map but its findings, which are those of a verification that was gone over before.
    #[must_use]
    pub fn map(&self, mut map: Map) -> Map {
        let head = &mut map.head;
        self.each(
            [&mut head.account, &mut head.principal]
                .into_iter()
                .flatten(),
        );
        self.each([&mut head.region].into_iter());
        for node in &mut map.nodes {
            self.each(node.name.iter_mut().chain(&mut node.facts));
        }
        for edge in &mut map.edges {
            self.each(
                edge.port
                    .iter_mut()
                    .chain(&mut edge.role)
                    .chain(&mut edge.facts),
            );
        }
        if let Some(begin) = &mut map.begin {
            begin.summary = self.text(&begin.summary);
        }
        map
    }

    fn each<'a>(&self, texts: impl Iterator<Item = &'a mut String>) {
        for text in texts {
            *text = self.text(text);
        }
    }
}

/// `********9012`.
pub fn shortened(number: &str) -> String {
    let last: String = number
        .char_indices()
        .rev()
        .nth(3)
        .map_or(number, |(at, _)| &number[at..])
        .to_owned();
    format!("********{last}")
}

/// Every row of just twelve digits, and what the console writes as `1234-5678-9012`.
fn numbers_told(text: &str, shown: impl Fn(&str) -> String) -> String {
    let bytes = text.as_bytes();
    let mut told = String::with_capacity(text.len());
    let mut from = 0;
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let end = at
            + bytes[at..]
                .iter()
                .take_while(|b| b.is_ascii_digit())
                .count();
        let end = match end - at {
            DIGITS => end,
            4 => with_hyphens(bytes, at).unwrap_or(end),
            _ => end,
        };
        if matches!(end - at, 12 | 14) {
            told.push_str(&text[from..at]);
            told.push_str(&shown(&text[at..end]));
            from = end;
        }
        at = end;
    }
    told.push_str(&text[from..]);
    told
}

/// Where a number of three times four digits that begins here ends.
fn with_hyphens(bytes: &[u8], at: usize) -> Option<usize> {
    let end = at + DIGITS + 2;
    let number = bytes.get(at..end)?;
    let fits = number.iter().enumerate().all(|(at, byte)| match at {
        4 | 9 => *byte == b'-',
        _ => byte.is_ascii_digit(),
    });
    let stands_alone = bytes.get(end).is_none_or(|next| !next.is_ascii_digit());
    (fits && stands_alone).then_some(end)
}

/// `low` is the text in lower case.
fn replaced(text: &str, low: &str, word: &str, shown: &str) -> String {
    let mut told = String::with_capacity(text.len());
    let mut from = 0;
    for (at, found) in low.match_indices(word) {
        told.push_str(&text[from..at]);
        told.push_str(shown);
        from = at + found.len();
    }
    told.push_str(&text[from..]);
    told
}

fn cut(text: String, longest: usize) -> String {
    match text.char_indices().nth(longest) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_a_class() -> Discretion {
        Discretion::of_many(AccountNumber::Shortened, 500)
    }

    #[test]
    fn whatever_looks_like_an_account_is_shortened_and_other_numbers_are_not() {
        let told = of_a_class().text(
            "arn:aws:iam::123456789012:user/x, 210987654321.dkr.ecr, 1111-2222-3333; 1700000000000 ms, sg-0123456789",
        );
        assert_eq!(
            told,
            "arn:aws:iam::********9012:user/x, ********4321.dkr.ecr, ********3333; 1700000000000 ms, sg-0123456789"
        );
    }

    #[test]
    fn a_date_is_no_account_and_neither_is_a_longer_number() {
        let text = "2026-1120-1403 1234-5678-90123 2026-11-20";
        assert_eq!(
            of_a_class().text(text),
            "********1403 1234-5678-90123 2026-11-20"
        );
    }

    #[test]
    fn not_even_the_last_digits_are_told_when_nothing_is_to_be() {
        let told = of_a_class().without_numbers().text("role in 123456789012");
        assert_eq!(told, "role in ************");
    }

    #[test]
    fn in_full_means_in_full() {
        let discretion = Discretion::of_many(AccountNumber::InFull, 500);
        assert_eq!(discretion.text("123456789012"), "123456789012");
        assert!(!discretion.hides());
    }

    #[test]
    fn a_word_is_hidden_however_it_is_written_and_an_empty_one_hides_nothing() {
        let discretion = of_a_class()
            .hiding("Ann-Lee", "the-student")
            .hiding(" ", "x");
        assert_eq!(
            discretion.text("ANN-LEE-db żółć ann-lee"),
            "the-student-db żółć the-student"
        );
    }

    #[test]
    fn a_long_text_is_cut_between_two_letters() {
        let discretion = Discretion::of_many(AccountNumber::Shortened, 3);
        assert_eq!(discretion.text("żółć"), "żół…");
        assert_eq!(discretion.text("żół"), "żół");
    }
}
