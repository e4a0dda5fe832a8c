//! What a watch says, as lines: at a terminal with one line below that is painted over, elsewhere line by line.

use super::super::context::Context;
use super::super::evidence::Judged;
use super::super::local_time::LocalTime;
use crate::account::Source;
use crate::checks::{CheckId, Verdict};
use crate::report::watch::{Ending, Saying, Watch};
use crate::term::interrupt::Parting;
use crate::term::layout::{Margin, wrap, wrap_text};
use crate::term::verdicts::{Opened, finding_lines, mark, mark_of, root_cause_lines, totals_line};
use crate::term::{Line, Manner, Span, Tone, Ui, Waiting};
use jiff::Timestamp;
use std::sync::Arc;

/// One watch's voice. Everything is talk: what was asked for is printed at the end.
pub(super) struct Voice {
    ui: Arc<Ui>,
    profile: Option<String>,
    source: Source,
    again: String,
    waiting: Option<Waiting>,
    parting: Parting,
    now: Timestamp,
}

impl Voice {
    pub fn new(context: &Context, again: &str) -> Self {
        Voice {
            ui: Arc::clone(&context.ui),
            profile: context.profile(),
            source: context.source(),
            again: again.to_owned(),
            waiting: None,
            parting: Parting::with(""),
            now: super::now(),
        }
    }

    /// How things stand, what is waited for, and how it ends.
    pub fn begin(&mut self, judged: &Judged, watch: &mut Watch, now: Timestamp) {
        self.now = now;
        if !watch.is_waiting() {
            return;
        }
        let width = self.ui.prose_width();
        let mut now_line = vec![Span::new(Tone::Plain, "Watching. So far: ")];
        now_line.extend(totals_line(&judged.verification.totals).0);
        self.ui.say_all(&wrap(&now_line, width, &Margin::default()));
        if let Some(root) = &judged.verification.root_cause {
            self.ui.say_all(&root_cause_lines(root, width));
        }
        self.ui.say_prose(match self.source {
            Source::Practice => "I look again until nothing is in progress; the practice account needs seconds where AWS needs minutes. Ctrl-C stops.",
            Source::Aws | Source::Snapshot => "I look again at what is in progress, at most for an hour. AWS goes on without me: Ctrl-C stops the watch, nothing else.",
        });
        let opening = watch.opening(now);
        self.say_all(&opening);
        self.tick(watch, now);
    }

    pub fn say_all(&mut self, said: &[Saying]) {
        if said.is_empty() {
            return;
        }
        // The line that is painted over gives way; the next tick brings it back.
        self.waiting = None;
        for saying in said {
            let lines = self.lines(saying);
            self.ui.say_all(&lines);
        }
    }

    /// Every second: what is waited for, and since when.
    pub fn tick(&mut self, watch: &mut Watch, now: Timestamp) {
        self.now = now;
        self.parting.say(&format!(
            "{} AWS goes on without me; look again with: {}",
            watch.still(now),
            self.again
        ));
        let line = watch.waiting_line(now);
        if self.ui.manner() == Manner::Plain {
            let beat = watch.heartbeat(now);
            self.say_all(beat.as_slice());
            return;
        }
        if !watch.is_waiting() {
            self.waiting = None;
            return;
        }
        match &self.waiting {
            Some(waiting) => self.ui.repaint(waiting, line),
            None => self.waiting = Some(self.ui.repainted(line)),
        }
    }

    pub fn end(&mut self, ending: Ending, watch: &Watch, now: Timestamp) {
        self.now = now;
        self.waiting = None;
        self.parting.say("");
        let text = match ending {
            Ending::Settled => "Nothing that you asked about is in progress now.".to_owned(),
            Ending::TooLong => format!(
                "I have watched for an hour. {} AWS goes on without me; look again with: {}",
                watch.still(now),
                self.again
            ),
            Ending::Lost => format!(
                "I have watched for an hour, and nothing can be read now: what follows is what was read last. Look again with: {}",
                self.again
            ),
        };
        self.ui.say_prose(text);
        self.ui.say(Line::blank());
    }

    fn lines(&self, saying: &Saying) -> Vec<Line> {
        let width = self.ui.prose_width();
        match saying {
            Saying::Verdict(finding) => {
                let words = sentence(&finding.summary);
                self.timed(mark_of(finding), &words, Some(finding.check))
            }
            Saying::InFull(finding) => {
                let mut lines = vec![self.time()];
                lines.extend(finding_lines(finding, Opened::Folded, width));
                lines
            }
            Saying::Progress { check, text } => {
                self.timed(mark(Verdict::Pending), text, Some(*check))
            }
            Saying::Late { text, command } => {
                let mut lines = self.timed(mark(Verdict::Pending), text, None);
                // In one piece: wrapping it would break what is copied.
                lines.extend(
                    command
                        .iter()
                        .map(|command| Line::from("      ").and(Tone::Code, command)),
                );
                lines
            }
            Saying::Trouble(trouble) => self.noted(&trouble.say(self.profile.as_deref())),
            Saying::Note(text) => self.noted(text),
        }
    }

    fn timed(&self, mark: Span, text: &str, check: Option<CheckId>) -> Vec<Line> {
        let mut first = self.time();
        first.0.push(mark);
        let margin = Margin {
            first: first.and(Tone::Plain, "  "),
            ..self.margin()
        };
        let mut words = vec![Span::new(Tone::Plain, text)];
        if let Some(check) = check {
            words.push(Span::new(Tone::Quiet, format!(" ({check})")));
        }
        wrap(&words, self.ui.prose_width(), &margin)
    }

    fn noted(&self, text: &str) -> Vec<Line> {
        wrap_text(text, Tone::Plain, self.ui.prose_width(), &self.margin())
    }

    fn margin(&self) -> Margin {
        Margin {
            first: self.time(),
            rest: Line::from("  "),
        }
    }

    fn time(&self) -> Line {
        let at = LocalTime::here(self.now).second(self.now);
        Line::new(Tone::Quiet, format!("{at}  "))
    }
}

/// With its full stop.
fn sentence(text: &str) -> String {
    crate::report::wording::sentence(text)
}
