//! The lines of an app's log. Whoever writes them knows nothing of us: a secret may be dressed in colours, in JSON inside
//! of JSON, broken over several lines, or cut by the place where the log was cut.

use super::token::is_encoded;
use super::{Expected, LEFT_OUT, LONGEST_TEXT, Prose, redact, scrub, token::is_base64};
use crate::account::LogLine;
use jiff::Timestamp;

/// In bytes; a line of a traceback is far shorter.
const LONGEST_LINE: usize = 400;
/// What one line announces is looked for on so many of the next.
const MOST_CARRIED: usize = 3;
/// A password in a URL is no longer than this, or it is none.
const LONGEST_PASSWORD: usize = 200;

/// The last lines of a log, oldest first: what it recorded becomes lines without control characters, without secrets
/// and of bounded length. Empty lines are left out.
pub fn log_lines<'a>(
    recorded: impl IntoIterator<Item = (Option<Timestamp>, &'a str)>,
    most: usize,
) -> Vec<LogLine> {
    let mut log = Log::default();
    for (at, text) in recorded {
        for line in text.split(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}']) {
            log.take(at, &printable(line));
        }
    }
    let first = log.lines.len().saturating_sub(most);
    log.lines.drain(..first);
    log.lines.into_iter().map(|(line, _)| line).collect()
}

/// What the lines so far say about the next.
#[derive(Default)]
struct Log {
    /// Each with whether it looked like part of a key as it came.
    lines: Vec<(LogLine, bool)>,
    in_key: bool,
    expected: Carried,
}

/// What a line announced and did not say; for how many lines it is still waited for.
struct Carried(Expected, usize);

impl Default for Carried {
    fn default() -> Self {
        Carried(Expected::Nothing, 0)
    }
}

impl Log {
    fn take(&mut self, at: Option<Timestamp>, text: &str) {
        const BEGIN: &str = "-----BEGIN ";
        const END: &str = "-----END ";
        let text = text.trim_end();
        if text.trim_start().is_empty() {
            return;
        }
        let begins = text.rfind(BEGIN);
        let ends = text.find(END);
        if self.in_key {
            match ends {
                Some(found) => {
                    self.in_key = false;
                    let after = &text[found + END.len()..];
                    let after = after.split_once("-----").map_or("", |(_, after)| after);
                    return self.take(at, after);
                }
                None if begins.is_none() && belongs_to_key(text) => return,
                // It broke off.
                None => self.in_key = false,
            }
        }
        // The log was cut inside of a key: what came before belongs to it.
        if ends.is_some() && !text[..ends.unwrap_or(0)].contains(BEGIN) {
            while self.lines.last().is_some_and(|(_, of_key)| *of_key) {
                self.lines.pop();
            }
            let after = &text[ends.unwrap_or(0) + END.len()..];
            let after = after.split_once("-----").map_or("", |(_, after)| after);
            return self.push(at, &format!("{LEFT_OUT}{after}"), false);
        }
        match begins {
            Some(found) if !text[found..].contains(END) => {
                self.in_key = true;
                self.push(at, &format!("{}{LEFT_OUT}", &text[..found]), false);
            }
            _ => self.push(at, text, belongs_to_key(text)),
        }
    }

    fn push(&mut self, at: Option<Timestamp>, text: &str, of_key: bool) {
        let message = self.clean(text);
        if !message.trim().is_empty() {
            self.lines.push((LogLine { at, message }, of_key));
        }
    }

    fn clean(&mut self, text: &str) -> String {
        if text.len() > LONGEST_TEXT {
            self.expected = Carried::default();
            return redact(text, Prose::Log);
        }
        let text = without_cookies(&without_loose_passwords(&unescaped(text)));
        let text = super::without_private_keys(&text);
        let Carried(before, waited) = std::mem::take(&mut self.expected);
        let (clean, after) = scrub(&text, Prose::Log, before);
        let goes_on = matches!(
            after,
            Expected::Secret | Expected::UntilQuote | Expected::UntilSingleQuote
        );
        if goes_on && waited < MOST_CARRIED {
            let waited = if after == before { waited + 1 } else { 1 };
            self.expected = Carried(after, waited);
        }
        let clean = if clean.trim().is_empty() && !text.trim().is_empty() {
            LEFT_OUT.to_owned()
        } else {
            clean
        };
        bounded(clean)
    }
}

/// A line of base64, behind whatever a logger puts before it, or one of the headers that such a block may have.
fn belongs_to_key(text: &str) -> bool {
    let last = text.split_whitespace().next_back().unwrap_or_default();
    let encoded = !last.is_empty() && last.bytes().all(is_base64);
    let alone = text.trim() == last;
    (encoded && (alone || last.len() >= 16 || is_encoded(last) || last.ends_with('=')))
        || ["Proc-Type:", "DEK-Info:"]
            .iter()
            .any(|header| text.contains(header))
}

/// The text without colours and other control sequences, and without characters that nobody sees: they would stand
/// between a name and its value.
fn printable(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\t' => clean.push(' '),
            '\u{1b}' => match letters.next() {
                Some('[') => skip_to_end_of_control(&mut letters),
                Some(']') => {
                    // A title or a link: up to BEL, or ESC and a backslash.
                    while let Some(inner) = letters.next() {
                        if inner == '\u{7}' {
                            break;
                        }
                        if inner == '\u{1b}' {
                            letters.next_if_eq(&'\\');
                            break;
                        }
                    }
                }
                _ => {}
            },
            '\u{9b}' => skip_to_end_of_control(&mut letters),
            _ if letter.is_control() || is_unseen(letter) => {}
            _ => clean.push(letter),
        }
    }
    clean
}

fn skip_to_end_of_control(letters: &mut std::iter::Peekable<std::str::Chars<'_>>) {
    while let Some(inner) = letters.next_if(|letter| (' '..='~').contains(letter)) {
        if ('@'..='~').contains(&inner) {
            return;
        }
    }
}

const fn is_unseen(letter: char) -> bool {
    matches!(
        letter,
        '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
            | '\u{e0000}'..='\u{e007f}'
    )
}

/// JSON inside of JSON: `\"` says what `"` says.
fn unescaped(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut slashes = 0;
    for letter in text.chars() {
        if letter == '\\' {
            slashes += 1;
            continue;
        }
        if !matches!(letter, '"' | '\'') {
            clean.extend(std::iter::repeat_n('\\', slashes));
        }
        slashes = 0;
        clean.push(letter);
    }
    clean.extend(std::iter::repeat_n('\\', slashes));
    clean
}

/// URLs whose password has a space or a quote in it: no reader of URLs sees the end of those.
fn without_loose_passwords(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("://") {
        clean.push_str(before);
        clean.push_str("://");
        rest = after;
        if let Some(end) = end_of_loose_password(after) {
            clean.push_str(LEFT_OUT);
            clean.push(' ');
            rest = &after[end..];
        }
    }
    clean.push_str(rest);
    clean
}

/// Where the host begins, when a user and a loose password stand before it.
fn end_of_loose_password(after: &str) -> Option<usize> {
    let user = after
        .find(|letter: char| !(letter.is_ascii_alphanumeric() || "_.%~-".contains(letter)))
        .filter(|at| after[*at..].starts_with(':'))?;
    let password = &after[user + 1..];
    let digits = password.len()
        - password
            .trim_start_matches(|c: char| c.is_ascii_digit())
            .len();
    let is_port =
        digits > 0 && !password[digits..].starts_with(|c: char| c.is_ascii_alphanumeric());
    let reach = password.find("://").unwrap_or(password.len());
    let at = password[..reach]
        .match_indices('@')
        .map(|(at, _)| at)
        .filter(|at| *at <= LONGEST_PASSWORD)
        .filter(|at| {
            password[at + 1..].starts_with(|c: char| c.is_ascii_alphanumeric() || c == '[')
        })
        .last()?;
    let loose = password[..at].contains(|c: char| c.is_whitespace() || matches!(c, '"' | '\''));
    (loose && !is_port).then_some(user + 1 + at + 1)
}

/// All that follows the name of the header: one cookie after the other.
fn without_cookies(text: &str) -> String {
    let lower = text.to_ascii_lowercase();
    match lower.find("cookie:") {
        Some(at) => format!("{} {LEFT_OUT}", &text[..at + "cookie:".len()]),
        None => text.to_owned(),
    }
}

fn bounded(mut text: String) -> String {
    if text.len() > LONGEST_LINE {
        let mut end = LONGEST_LINE;
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        text.truncate(end);
        text.push('…');
    }
    text
}

#[cfg(test)]
#[path = "lines_tests.rs"]
mod tests;
