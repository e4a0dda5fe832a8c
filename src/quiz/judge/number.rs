//! A number as people type it: `1,000`, `60 s`, `2 minutes`, `two`.

/// Names of a unit of time, and its seconds.
const TIMES: &[(&[&str], i64)] = &[
    (&["s", "sec", "secs", "second", "seconds"], 1),
    (&["m", "min", "mins", "minute", "minutes"], 60),
    (&["h", "hr", "hrs", "hour", "hours"], 3_600),
    (&["d", "day", "days"], 86_400),
    (&["w", "week", "weeks"], 604_800),
];

const ONES: &[&str] = &[
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];

const TENS: &[&str] = &[
    "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
];

/// The whole number that is meant, or `None` when the text is none. `of` is the sentence that asks: a time in another unit
/// than it names is converted (`2 minutes` of "... seconds" is 120), and one that it does not name stands for nothing.
pub fn number_in(typed: &str, of: &str) -> Option<i64> {
    let lower = typed.trim().to_lowercase();
    let (number, unit) = split(lower.trim_end_matches(['.', '!']))?;
    if unit.is_empty() {
        return Some(number);
    }
    let asked: Vec<String> = of
        .split(|c: char| !c.is_alphabetic())
        .map(str::to_lowercase)
        .collect();
    match seconds(unit) {
        Some(typed) => {
            // The unit comes last in such a sentence; a resource may be called "day" as well. One letter names nothing.
            let asked = asked
                .iter()
                .rev()
                .filter(|word| word.len() > 1)
                .find_map(|word| seconds(word))?;
            let all = number.checked_mul(typed)?;
            (all % asked == 0).then(|| all / asked)
        }
        // Of things that are counted the word says nothing further: `2 tasks`, `200 %`.
        None => unit
            .chars()
            .all(|c| c.is_alphabetic() || c == '%')
            .then_some(number),
    }
}

fn seconds(word: &str) -> Option<i64> {
    TIMES
        .iter()
        .find(|(names, _)| names.contains(&word))
        .map(|(_, seconds)| *seconds)
}

/// The number at the beginning, and the one word after it.
fn split(text: &str) -> Option<(i64, &str)> {
    if text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-')) {
        let signed = text.trim_start_matches(['+', '-']);
        let sign = text.len() - signed.len();
        let end = signed
            .char_indices()
            .find(|(at, c)| !c.is_ascii_digit() && !groups(&signed[*at..], *c))
            .map_or(text.len(), |(at, _)| sign + at);
        let digits: String = text[..end]
            .chars()
            .filter(|c| c.is_ascii_digit() || *c == '-' || *c == '+')
            .collect();
        let unit = text[end..].trim();
        if unit.contains(char::is_whitespace) {
            return None;
        }
        return Some((digits.parse().ok()?, unit));
    }
    let words: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || c == '-')
        .filter(|word| !word.is_empty())
        .collect();
    let (number, used) = spelled(&words)?;
    match &words[used..] {
        [] => Some((number, "")),
        [unit] => Some((number, unit)),
        _ => None,
    }
}

/// Whether a character groups digits: three more follow it, and then no further digit.
fn groups(rest: &str, c: char) -> bool {
    let after: Vec<char> = rest.chars().skip(1).take(4).collect();
    matches!(c, ',' | '_' | '\'' | ' ' | '\u{a0}' | '\u{202f}')
        && after.len() >= 3
        && after[..3].iter().all(char::is_ascii_digit)
        && after.get(3).is_none_or(|next| !next.is_ascii_digit())
}

/// A number in words, below ten thousand, and how many words it takes.
fn spelled(words: &[&str]) -> Option<(i64, usize)> {
    let one = |at: usize| words.get(at).and_then(|word| position(ONES, word));
    let ten = |at: usize| words.get(at).and_then(|word| position(TENS, word));
    let below_hundred = |at: usize| match (ten(at), one(at)) {
        (Some(ten), _) => match one(at + 1) {
            Some(one @ 1..=9) => Some(((ten + 2) * 10 + one, 2)),
            _ => Some(((ten + 2) * 10, 1)),
        },
        (None, Some(one)) => Some((one, 1)),
        _ => None,
    };
    let is_hundred = |at: usize| words.get(at) == Some(&"hundred");
    let (first, used) = match words.first().copied()? {
        "none" | "no" => return Some((0, 1)),
        "a" if is_hundred(1) => (1, 1),
        "hundred" => (1, 0),
        _ => below_hundred(0)?,
    };
    if !is_hundred(used) {
        return Some((first, used));
    }
    let hundreds = first * 100;
    let next = used + 1 + usize::from(words.get(used + 1) == Some(&"and"));
    Some(match below_hundred(next) {
        Some((rest, more)) => (hundreds + rest, next + more),
        None => (hundreds, used + 1),
    })
}

fn position(words: &[&str], word: &str) -> Option<i64> {
    let at = words.iter().position(|one| *one == word)?;
    i64::try_from(at).ok()
}
