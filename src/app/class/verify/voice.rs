//! What is said while a class is looked at: a line that is painted over at a terminal, a line from time to time elsewhere,
//! and at once whose account could not be looked at.

use super::plan::Plan;
use super::progress::Progress;
use crate::class::{Outcome, RowResult};
use crate::report::sanitize::one_line;
use crate::term::interrupt::Parting;
use crate::term::{Manner, Ui, Waiting};
use jiff::Timestamp;
use std::sync::Arc;

/// Where nothing is painted over, it is said no more often than this.
const HEARTBEAT_SECONDS: i64 = 10;

/// A name longer than this is cut in a line of trouble; the report has it in full.
const LONGEST_NAME: usize = 60;

/// Speaks for one run.
pub struct Voice {
    ui: Arc<Ui>,
    progress: Progress,
    waiting: Option<Waiting>,
    last_beat: Timestamp,
    parting: Parting,
    folder: String,
    again: String,
}

impl Voice {
    pub fn new(
        ui: Arc<Ui>,
        to_do: usize,
        before: usize,
        folder: &str,
        again: &str,
        now: Timestamp,
    ) -> Self {
        let voice = Voice {
            ui,
            progress: Progress::new(to_do, before, now),
            waiting: None,
            last_beat: now,
            parting: Parting::with(""),
            folder: folder.to_owned(),
            again: again.to_owned(),
        };
        voice.part();
        voice
    }

    /// What is about to be done.
    pub fn begin(&mut self, plan: &Plan) {
        let left = self.progress.left();
        let accounts = if left == 1 { "account" } else { "accounts" };
        let part = plan
            .run()
            .shard
            .as_ref()
            .map_or_else(String::new, |part| format!(" (part {part} of the roster)"));
        self.ui.say_prose(if self.progress.settled() > 0 {
            format!(
                "Going on with {}: {left} {accounts} left{part}.",
                self.folder
            )
        } else {
            format!(
                "Looking at {left} {accounts}{part}, read-only. What is found is kept in {}.",
                self.folder
            )
        });
    }

    /// So many stand on the roster, and not in the run that is gone on with.
    pub fn newcomers(&self, count: usize) {
        if count > 0 {
            let students = if count == 1 {
                "student is"
            } else {
                "students are"
            };
            self.ui.say_prose(format!(
                "{count} {students} on the roster who came after this run was begun: a new run, without --resume, looks at \
                 everybody."
            ));
        }
    }

    /// About every second.
    pub fn tick(&mut self, now: Timestamp) {
        if self.progress.left() == 0 {
            return;
        }
        let words = format!("Looking: {}", self.progress.words(now));
        if self.ui.manner() == Manner::Plain {
            if now.duration_since(self.last_beat).as_secs() >= HEARTBEAT_SECONDS {
                self.last_beat = now;
                self.ui.say(words);
            }
            return;
        }
        match &self.waiting {
            Some(waiting) => self.ui.repaint(waiting, words),
            None => self.waiting = Some(self.ui.repainted(words)),
        }
    }

    /// A row has ended. Of those that could be looked at nothing is said one by one.
    pub fn ended(&mut self, student: &str, result: &RowResult, now: Timestamp) {
        match &result.outcome {
            Outcome::Looked(_) => self.progress.ended(true),
            Outcome::NotLooked { say, .. } => {
                self.progress.ended(false);
                // The line that is painted over gives way.
                self.waiting = None;
                self.ui
                    .trouble(format!("{}: {}", named(student), one_line(say)));
            }
        }
        self.part();
        self.tick(now);
    }

    /// Nothing is painted over any more. Says how many were not looked at.
    pub fn end(mut self) -> String {
        self.waiting = None;
        self.parting.say("");
        match self.progress.left() {
            1 => "1 account is".to_owned(),
            left => format!("{left} accounts are"),
        }
    }

    /// What Ctrl-C says from now on.
    fn part(&self) {
        self.parting.say(&format!(
            "What was found so far is kept in {}. Go on with: {}",
            self.folder, self.again
        ));
    }
}

/// A name as a line of trouble can begin with it.
fn named(student: &str) -> String {
    let name = one_line(student);
    if name.chars().count() <= LONGEST_NAME {
        return name;
    }
    let cut: String = name.chars().take(LONGEST_NAME).collect();
    format!("{cut} ...")
}
