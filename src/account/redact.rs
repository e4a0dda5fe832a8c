//! Takes secrets out of text that is kept or shown: messages of AWS that quote a value, a URL with a password where a
//! name belongs. Classes are made of values by [`super::classify`]; this is for the text that remains.

mod lines;
mod snapshot;
#[cfg(test)]
mod tests;
mod token;

use super::classify::secret_kind;

pub use lines::log_lines;

/// What stands in place of a secret.
pub const LEFT_OUT: &str = "(left out)";

/// How a text came about, which decides what in it is taken for a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Prose {
    /// Sentences that somebody else wrote: stop reasons, events, descriptions.
    Message,
    /// What a program wrote about itself: a header or a setting with a telling name says its value, and what is long
    /// and encoded is nothing that a person has to read.
    Log,
    /// A name, an id, an ARN, a path: only what can be nothing but a secret goes, or a thing would no longer be found.
    Name,
}

/// In bytes. No name and no message of AWS's comes near it; somebody else's saved look may hold anything.
const LONGEST_TEXT: usize = 16 * 1024;

/// The text without passwords, keys, tokens and, in messages, addresses of people.
pub fn redact(text: &str, prose: Prose) -> String {
    if text.len() > LONGEST_TEXT {
        return format!("(a text of {} bytes, left out)", text.len());
    }
    scrub(&without_private_keys(text), prose, Expected::Nothing).0
}

/// The same word by word; gives also what the end of the text says about what comes after it.
fn scrub(text: &str, prose: Prose, mut expected: Expected) -> (String, Expected) {
    let mut clean = String::with_capacity(text.len());
    let mut before = None;
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if is_delimiter(first) {
            if expected == Expected::UntilQuote && first == '"' {
                expected = Expected::Nothing;
            }
            if expected != Expected::UntilQuote {
                clean.push(first);
            }
            before = Some(first);
            rest = &rest[first.len_utf8()..];
            continue;
        }
        // Cleaned before: looks are, when they are taken, saved and read.
        if let Some(after) = rest.strip_prefix(LEFT_OUT) {
            if !matches!(expected, Expected::UntilQuote | Expected::UntilSingleQuote) {
                clean.push_str(LEFT_OUT);
                expected = Expected::Nothing;
            }
            before = Some(')');
            rest = after;
            continue;
        }
        let end = rest.find(is_delimiter).unwrap_or(rest.len());
        let end = rest.find(LEFT_OUT).map_or(end, |mark| mark.min(end));
        let (word, after) = rest.split_at(end);
        let quoted = before == Some('"') && after.starts_with('"');
        expected = one(word, quoted, before, expected, prose, &mut clean);
        before = word.chars().next_back();
        rest = after;
    }
    (clean, expected)
}

/// The text with secrets covered by as many stars, for where columns have to stay.
pub fn masked(text: &str) -> String {
    let clean = redact(text, Prose::Name);
    if clean == text {
        return clean;
    }
    let letters: Vec<char> = text.chars().collect();
    let same =
        |pairs: &mut dyn Iterator<Item = (char, char)>| pairs.take_while(|(a, b)| a == b).count();
    let begin = same(&mut text.chars().zip(clean.chars()));
    let end = same(&mut text.chars().rev().zip(clean.chars().rev())).min(letters.len() - begin);
    let covered = letters.len() - begin - end;
    let (before, after) = (&letters[..begin], &letters[letters.len() - end..]);
    before
        .iter()
        .copied()
        .chain(std::iter::repeat_n('*', covered))
        .chain(after.iter().copied())
        .collect()
}

/// What the words so far say about the next one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Expected {
    Nothing,
    /// A colon, and then a secret: a quoted name that tells came before.
    Colon,
    /// An equals sign, and then a secret: a name that tells came before.
    Equals,
    Secret,
    /// Something random: `Bearer` came before.
    Credential,
    /// Inside a quoted secret of several words.
    UntilQuote,
    /// Inside one in single quotes.
    UntilSingleQuote,
}

fn one(
    word: &str,
    quoted: bool,
    before: Option<char>,
    expected: Expected,
    prose: Prose,
    clean: &mut String,
) -> Expected {
    let opens = before == Some('"');
    match expected {
        Expected::UntilQuote => return Expected::UntilQuote,
        Expected::UntilSingleQuote if word.contains('\'') => return Expected::Nothing,
        Expected::UntilSingleQuote => return Expected::UntilSingleQuote,
        Expected::Secret if word.chars().all(|c| matches!(c, ':' | '=')) => {
            clean.push_str(word);
            return Expected::Secret;
        }
        Expected::Secret if is_scheme(word) => {
            clean.push_str(word);
            return Expected::Secret;
        }
        Expected::Secret => {
            clean.push_str(LEFT_OUT);
            return if opens {
                Expected::UntilQuote
            } else {
                single_quoted(word)
            };
        }
        Expected::Colon if word == ":" => {
            clean.push_str(word);
            return Expected::Secret;
        }
        Expected::Colon if word.starts_with(':') => {
            clean.push(':');
            clean.push_str(LEFT_OUT);
            return Expected::Nothing;
        }
        Expected::Equals if word == "=" => {
            clean.push_str(word);
            return Expected::Secret;
        }
        Expected::Equals if word.starts_with('=') && word != "==" => {
            clean.push('=');
            clean.push_str(LEFT_OUT);
            return single_quoted(&word[1..]);
        }
        // `the password hunter2...`, where no sign stands between.
        Expected::Equals if prose == Prose::Log && secret_kind(word).is_some() => {
            clean.push_str(LEFT_OUT);
            return Expected::Nothing;
        }
        Expected::Credential if token::is_random(word) => {
            clean.push_str(LEFT_OUT);
            return Expected::Nothing;
        }
        Expected::Nothing | Expected::Colon | Expected::Equals | Expected::Credential => {}
    }
    let (kept, dropped) = token::scrub(word, prose);
    clean.push_str(&kept);
    match dropped {
        Some("") => Expected::Secret,
        Some(value) => single_quoted(value),
        None => announced(word, quoted, prose),
    }
}

/// Whether a single quote was opened and not closed.
fn single_quoted(value: &str) -> Expected {
    match value.strip_prefix('\'') {
        Some(rest) if !rest.contains('\'') => Expected::UntilSingleQuote,
        _ => Expected::Nothing,
    }
}

/// What a word that stays says about the next.
fn announced(word: &str, quoted: bool, prose: Prose) -> Expected {
    let bare = word.trim_matches(|c: char| !c.is_ascii_alphanumeric());
    if quoted && token::tells(bare) {
        return Expected::Colon;
    }
    // `--password VALUE`, `password: VALUE`, `'token': 'VALUE'`
    let flag = word.contains("--") && !word.contains('=');
    let names = word.ends_with(':')
        && (token::is_password(bare)
            || word.contains(['\'', '"'])
            || (prose == Prose::Log && bare.contains(['_', '-'])))
        && !word.contains('/');
    if token::tells(bare) && (flag || names) {
        return Expected::Secret;
    }
    if is_scheme(bare) {
        return Expected::Credential;
    }
    if token::tells(bare) && word.trim_start_matches(['\'', '(', '{', '`']) == bare {
        return Expected::Equals;
    }
    Expected::Nothing
}

/// How a header says what follows (`Authorization: Bearer ...`).
fn is_scheme(word: &str) -> bool {
    ["bearer", "basic"]
        .iter()
        .any(|scheme| word.eq_ignore_ascii_case(scheme))
}

fn is_delimiter(letter: char) -> bool {
    letter.is_whitespace() || letter == '"'
}

/// PEM blocks, also one that broke off.
fn without_private_keys(text: &str) -> String {
    const BEGIN: &str = "-----BEGIN ";
    const END: &str = "-----END ";
    let mut clean = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, block)) = rest.split_once(BEGIN) {
        clean.push_str(before);
        clean.push_str(LEFT_OUT);
        rest = block.split_once(END).map_or("", |(_, tail)| {
            tail.split_once("-----").map_or("", |(_, after)| after)
        });
    }
    clean.push_str(rest);
    clean
}
