//! The real binary is killed in the middle of a sitting, again and again: nothing is lost, nothing is asked twice.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

#[path = "terminal/pty.rs"]
mod pty;

use pty::{Terminal, home};
use rusqlite::Connection;
use std::collections::BTreeMap;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

/// What is typed at each prompt, told by how the prompt begins.
const REPLIES: [(&str, &str); 14] = [
    // Two lines: the empty one ends the answer.
    ("Your answer:", "it is looked after for me\r\r"),
    ("Go on;", "\r"),
    ("How sure", "2\r"),
    ("Did you say", "p\r"),
    ("Did you mean", "n\r"),
    ("Which of these says", "\r"),
    ("Enter goes on", "\r"),
    ("A letter", "1a\r"),
    ("In which order", "1 2\r"),
    ("Which 2", "1 2\r"),
    ("Which 3", "1 2 3\r"),
    ("What harm", "anybody may come in\r"),
    ("What belongs", "latest\r"),
    ("Gap", "latest\r"),
];

fn reply_to(prompt: &str) -> &'static str {
    REPLIES
        .iter()
        .find(|(begins, _)| prompt.starts_with(begins))
        .map_or("1\r", |(_, reply)| reply)
}

/// The prompt that the terminal waits at, once it has been quiet for a moment; `None` when the process has ended.
fn prompt(terminal: &mut Terminal) -> Option<String> {
    let begun = Instant::now();
    let mut before = String::new();
    loop {
        thread::sleep(Duration::from_millis(60));
        let raw = terminal.raw();
        let last = raw.lines().last().unwrap_or_default().to_owned();
        let waits = last.ends_with(": ") || last.ends_with("? ") || last.ends_with("> ");
        if raw == before && waits {
            return Some(last);
        }
        if raw == before && terminal.has_ended() {
            return None;
        }
        assert!(begun.elapsed() < pty::PATIENCE, "no prompt came:\n{raw}");
        before = raw;
    }
}

fn open(home: &Path, count: &str) -> Terminal {
    let line = ["quiz", "--plain", "--account", "practice", "--count", count];
    Terminal::open(home, (60, 100), &line, &[])
}

/// Every answer that counts, by sitting and question: how many, and what it came to.
fn kept(home: &Path) -> BTreeMap<(i64, String), (i64, bool)> {
    let database = home.join("landfall/progress.db");
    let connection = Connection::open(database).unwrap();
    let mut statement = connection
        .prepare(
            "SELECT sitting, item, count(*), max(share IS NOT NULL) FROM attempts
             WHERE undone_at IS NULL GROUP BY sitting, item",
        )
        .unwrap();
    let rows = statement
        .query_map([], |row| {
            Ok(((row.get(0)?, row.get(1)?), (row.get(2)?, row.get(3)?)))
        })
        .unwrap();
    rows.map(Result::unwrap).collect()
}

#[test]
fn killed_between_any_two_replies_a_sitting_loses_and_doubles_nothing() {
    let home = home();
    let mut answered = 0;
    let mut kills = 0;
    // A new process for each reply; the power goes out as soon as the next prompt shows that the reply was taken.
    loop {
        let mut terminal = open(home.path(), "3");
        let Some(shown) = prompt(&mut terminal) else {
            break;
        };
        // An answer has several lines: it is kept when its last one is, so they are typed in one go.
        let mut asked = shown;
        loop {
            terminal.press(reply_to(&asked));
            let is_part = asked.contains("wrong?") || asked.starts_with("Gap");
            let Some(next) = prompt(&mut terminal) else {
                break;
            };
            if !is_part {
                break;
            }
            asked = next;
        }
        if terminal.has_ended() {
            break;
        }
        terminal.kill();
        kills += 1;
        let kept = kept(home.path());
        assert!(kept.values().all(|(count, _)| *count == 1), "{kept:?}");
        assert!(kept.len() >= answered, "an answer is gone: {kept:?}");
        answered = kept.len();
        assert!(kills < 200, "it goes on and on: {kept:?}");
    }
    let kept = kept(home.path());
    assert!(kills > 5, "only {kills} kills");
    assert!(kept.len() >= 3, "{kept:?}");
    assert!(
        kept.keys().all(|(sitting, _)| *sitting == 1),
        "another sitting was begun: {kept:?}"
    );
    assert!(kept.values().all(|(_, settled)| *settled), "{kept:?}");
}
