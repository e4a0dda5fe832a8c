//! `landfall tour`: the whole loop on a practice account that exists only in memory. Nothing is asked, nothing is kept, no
//! account is spoken to.

mod question;
mod story;

use super::context::{Context, now};
use super::failure::{Exit, Failure, Outcome};
use crate::account::{Area, Snapshot};
use crate::checks::{Asked, CheckKind, Stack, StepOutcome, Verdict, Verification, check, verify};
use crate::cli::{AccountChoice, Globals};
use crate::course::{Course, Lesson, Step};
use crate::practice::{self, State};
use crate::term::layout::{Margin, wrap, wrap_text};
use crate::term::verdicts::mark;
use crate::term::{Line, Span, Tone, Ui};
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeSet;
use std::sync::Arc;

/// How long after a step the account is looked at again: longer than anything in the practice account takes.
const LATER: SignedDuration = SignedDuration::from_hours(1);

/// Runs the tour. The exit code says whether every step ended as it should.
///
/// # Errors
/// An invalid course; a temporary folder that cannot be made.
pub fn run(globals: Globals, ui: &Arc<Ui>) -> Outcome {
    let home = tempfile::tempdir().map_err(|error| {
        Failure::unreadable(format!("The tour needs a temporary folder: {error}"))
    })?;
    let globals = Globals {
        account: Some(AccountChoice::Practice),
        ..globals
    };
    let context = Context::apart(globals, Arc::clone(ui), home.path())?;
    let mut tour = Tour {
        ui,
        course: &context.course,
        state: State::default(),
        attested: BTreeSet::new(),
        clock: now(),
        exit: Exit::Passed,
    };
    tour.opening();
    tour.lessons();
    tour.broken_and_repaired()?;
    tour.question();
    tour.teardown();
    Ok(tour.closing())
}

struct Tour<'a> {
    ui: &'a Ui,
    course: &'a Course,
    state: State,
    attested: BTreeSet<String>,
    /// Runs ahead of the real one: nobody waits.
    clock: Timestamp,
    /// Failed as soon as something did not end as it should.
    exit: Exit,
}

impl Tour<'_> {
    fn opening(&self) {
        self.heading(&self.course.title);
        self.prose("Landfall walks a learner through this chapter, looks at their AWS account after each step, read-only, and says what is right, what is wrong and why. This tour runs on a practice account that is thrown away afterwards: no AWS account, no question, nothing kept.");
        self.prose(
            "Each step: as it was, as it is just after it was done, as it is when AWS is through.",
        );
    }

    fn lessons(&mut self) {
        let course = self.course;
        for (number, lesson) in course.lessons.iter().enumerate() {
            if !lesson.steps.iter().any(asks_for_leftovers) {
                self.lesson(number + 1, lesson);
            }
        }
    }

    fn lesson(&mut self, number: usize, lesson: &Lesson) {
        self.heading(&format!("{number}. {} ({})", lesson.title, lesson.id));
        for step in &lesson.steps {
            self.step(step);
        }
    }

    /// One line: verdicts before, just after, and later.
    fn step(&mut self, step: &Step) {
        let before = self.verdict(step);
        if let Err(error) = practice::apply(&mut self.state, step.id.as_str(), self.clock) {
            self.prose(&format!("{}: {error}.", step.id));
            self.exit = Exit::Failed;
            return;
        }
        for check in step.checks.iter().filter_map(|id| check(id)) {
            if check.kind == CheckKind::Attested {
                self.attested.insert(check.id.as_str().to_owned());
            }
        }
        let after = self.verdict(step);
        // What is done at once needs no waiting; the step that follows may be the waiting itself.
        if !after.is_done() {
            self.clock = later(self.clock);
        }
        let settled = self.verdict(step);
        self.expect(settled.is_done());
        self.step_lines(step, &[before, after, settled]);
    }

    /// Title and id, then the verdicts one after the other; what did not change is said once.
    fn step_lines(&self, step: &Step, verdicts: &[Verdict]) {
        let title = [
            Span::new(Tone::Plain, &step.title),
            Span::new(Tone::Quiet, format!(" ({})", step.id)),
        ];
        let width = self.ui.prose_width();
        self.ui.print_all(&wrap(&title, width, &Margin::spaces(2)));
        let mut line = Line::from("    ");
        let mut last = None;
        for verdict in verdicts {
            if last == Some(verdict) {
                continue;
            }
            if last.is_some() {
                line = line.and(Tone::Quiet, " -> ");
            }
            line.0.push(mark(*verdict));
            last = Some(verdict);
        }
        if line.0.len() == 2 {
            line = line.and(Tone::Quiet, " before and after");
        }
        self.ui.print(line);
    }

    /// What takes everything down comes last.
    fn teardown(&mut self) {
        let course = self.course;
        for (number, lesson) in course.lessons.iter().enumerate() {
            if lesson.steps.iter().any(asks_for_leftovers) {
                self.lesson(number + 1, lesson);
            }
        }
    }

    fn closing(&self) -> Exit {
        self.heading("Now you");
        self.prose("landfall begins the walk, with your own account or with the practice account. landfall verify checks an account at once; landfall --help lists the rest.");
        if self.exit != Exit::Passed {
            self.ui
                .trouble("Not every step of this tour ended as it should.");
            self.ui
                .hint("With a course of your own: landfall author lint --course DIR");
        }
        self.exit
    }

    /// The tour is a check of itself: its exit code says whether all went as it tells.
    fn expect(&mut self, fulfilled: bool) {
        if !fulfilled {
            self.exit = Exit::Failed;
        }
    }

    fn snapshot(&self) -> Snapshot {
        let mut snapshot = practice::snapshot(&self.state, &self.course.chapter, self.clock);
        practice::look_for_leftovers(&mut snapshot);
        snapshot
    }

    fn look(&self, asked: &Asked) -> Verification {
        let snapshot = self.snapshot();
        let stack = Stack {
            snapshot: &snapshot,
            attested: &self.attested,
            teardown_begun: self.state.has(practice::TEARDOWN),
        };
        verify(&stack, self.course, asked)
    }

    /// Everything but the teardown, before which all of it would count as left over.
    fn chapter(&self) -> Asked {
        Asked::Steps(
            self.course
                .steps()
                .filter(|(_, step)| !asks_for_leftovers(step))
                .map(|(_, step)| step.id.clone())
                .collect(),
        )
    }

    fn verdict(&self, step: &Step) -> Verdict {
        let found = self.look(&Asked::Steps(BTreeSet::from([step.id.clone()])));
        steps(&found)
            .next()
            .map_or(Verdict::Unknown, |step| step.verdict)
    }

    fn heading(&self, text: &str) {
        self.ui.print(Line::blank());
        self.ui.print_all(&wrap_text(
            text,
            Tone::Heading,
            self.ui.prose_width(),
            &Margin::default(),
        ));
    }

    /// A paragraph, with an empty line above it.
    fn prose(&self, text: &str) {
        self.ui.print(Line::blank());
        self.ui.print_prose(text);
    }
}

fn asks_for_leftovers(step: &Step) -> bool {
    step.checks
        .iter()
        .filter_map(|id| check(id))
        .any(|check| check.needs.contains(&Area::Leftovers))
}

fn steps(found: &Verification) -> impl Iterator<Item = &StepOutcome> {
    found.lessons.iter().flat_map(|lesson| &lesson.steps)
}

fn later(clock: Timestamp) -> Timestamp {
    clock.checked_add(LATER).unwrap_or(clock)
}
