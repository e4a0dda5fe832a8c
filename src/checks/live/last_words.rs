//! What the containers of stopped tasks said last, and which line of it tells the story.

use super::log_words::{self, Said};
use super::stopped::Group;
use crate::account::{Fact, LogTail, Task, Why};
use crate::checks::stack::Stack;

/// The end of a log, read for its meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LastWords<'a> {
    /// A line that is known, and where it stands.
    Known(Said, Quote<'a>),
    /// The exception's own line, or else the last one.
    Heard(Quote<'a>),
    /// The log was read, and nothing was written.
    Silent,
    /// Nothing can be said about it.
    NotRead(&'a Why),
}

/// One line, and its stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Quote<'a> {
    pub line: &'a str,
    pub tail: &'a LogTail,
}

const NOT_ASKED: &Why = &Why::NotAsked;

impl<'a> LastWords<'a> {
    /// Of the tasks of a group: what the first of them said whose log is there.
    pub fn of(stack: &Stack<'a>, group: &Group<'a>) -> Self {
        let tails = match &stack.snapshot.log_tails {
            Fact::Present(tails) => tails,
            Fact::Absent => return LastWords::NotRead(NOT_ASKED),
            Fact::Unknown(why) => return LastWords::NotRead(why),
        };
        let mut silent = false;
        for task in &group.tasks {
            for tail in tails.iter().filter(|tail| speaks_for(tail, task)) {
                match read(tail) {
                    Some(words) => return words,
                    None => silent = true,
                }
            }
        }
        if silent {
            LastWords::Silent
        } else {
            LastWords::NotRead(NOT_ASKED)
        }
    }
}

/// A container that ended well beside one that did not has nothing to tell.
fn speaks_for(tail: &LogTail, task: &Task) -> bool {
    let ended = |name: &str| {
        task.containers
            .iter()
            .find(|one| one.name == name)
            .and_then(|one| one.exit_code)
    };
    let some_failed = task
        .containers
        .iter()
        .any(|one| one.exit_code.is_some_and(|code| code != 0));
    tail.task == task.id && (!some_failed || ended(&tail.container) != Some(0))
}

/// From the end: the first line that is known or names an exception; else the last one that says anything.
fn read(tail: &LogTail) -> Option<LastWords<'_>> {
    let lines = || tail.lines.iter().map(|line| line.message.trim());
    let quote = |line| Quote { line, tail };
    for line in lines().rev() {
        match log_words::said(line) {
            Some(Said::WantsTls) => {
                return Some(
                    before_plain(tail).unwrap_or(LastWords::Known(Said::WantsTls, quote(line))),
                );
            }
            Some(said) => return Some(LastWords::Known(said, quote(line))),
            None if log_words::is_exception(line) => return Some(LastWords::Heard(quote(line))),
            None => {}
        }
    }
    lines()
        .rfind(|line| !line.is_empty())
        .map(|line| LastWords::Heard(quote(line)))
}

/// Clients that try TLS first and then go on without it print both answers; the first one is the reason.
/// <https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNECT-SSLMODE>
fn before_plain(tail: &LogTail) -> Option<LastWords<'_>> {
    tail.lines.iter().rev().find_map(|line| {
        let said = log_words::said(&line.message)?;
        matches!(said, Said::PasswordRefused | Said::NoSuchDatabase).then(|| {
            LastWords::Known(
                said,
                Quote {
                    line: line.message.trim(),
                    tail,
                },
            )
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::LogLine;

    fn tail(lines: &[&str]) -> LogTail {
        LogTail {
            group: "/ecs/news-api".into(),
            stream: "ecs/news-api/0a1b".into(),
            task: "0a1b".into(),
            container: "news-api".into(),
            lines: lines
                .iter()
                .map(|line| LogLine {
                    at: None,
                    message: (*line).into(),
                })
                .collect(),
        }
    }

    fn known(lines: &[&str]) -> Option<Said> {
        match read(&tail(lines)) {
            Some(LastWords::Known(said, _)) => Some(said),
            _ => None,
        }
    }

    #[test]
    fn a_refused_password_is_not_taken_for_missing_tls() {
        let refused = "connection to server at \"x\" (10.0.0.1), port 5432 failed: FATAL:  password authentication failed for user \"news\"";
        let plain = "connection to server at \"x\" (10.0.0.1), port 5432 failed: FATAL:  no pg_hba.conf entry for host \"10.0.0.2\", user \"news\", database \"news\", no encryption";
        assert_eq!(known(&[refused, plain]), Some(Said::PasswordRefused));
        assert_eq!(known(&[plain]), Some(Said::WantsTls));
    }

    #[test]
    fn the_last_exception_counts_and_not_one_that_was_survived() {
        let tail = tail(&[
            "redis.exceptions.TimeoutError: Timeout reading from cache:6379",
            "Traceback (most recent call last):",
            "ValueError: the port must be a number",
            "ERROR:    Application startup failed. Exiting.",
        ]);
        let Some(LastWords::Heard(quote)) = read(&tail) else {
            panic!("{tail:?}");
        };
        assert_eq!(quote.line, "ValueError: the port must be a number");
    }

    #[test]
    fn a_log_without_an_exception_is_quoted_by_its_last_line() {
        let tail = tail(&["starting", "bye", ""]);
        let Some(LastWords::Heard(quote)) = read(&tail) else {
            panic!("{tail:?}");
        };
        assert_eq!(quote.line, "bye");
        assert!(read(&self::tail(&[])).is_none());
    }
}
