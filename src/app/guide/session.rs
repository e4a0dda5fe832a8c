//! One session of the walk: the walk itself, the last look, and the learner's values.

use super::{SharedUi, picture, place, show};
use crate::account::{Area, Chosen, Snapshot, Source};
use crate::app::choose;
use crate::app::context::{Context, now};
use crate::app::evidence::{self, Judged};
use crate::app::failure::Failure;
use crate::app::trouble;
use crate::checks::{Asked, FoundBy, PatternOutcome, Verification, asked_at, check};
use crate::course::{Course, Step, StepId};
use crate::guide::menu::{Ground, Offer, Situation, offers};
use crate::guide::screen;
use crate::guide::sections::{self, Parts};
use crate::guide::values::Values;
use crate::guide::walk::Walk;
use crate::progress::StackKey;
use crate::report::cost;
use crate::report::map::Map;
use crate::term::verdicts::Opened;
use crate::term::{Line, Prompter, Tone};
use std::collections::BTreeSet;
use std::sync::Arc;

pub(super) struct Session<'c, 'x> {
    pub context: &'x mut Context,
    pub course: &'c Course,
    pub walk: Walk<'c>,
    pub values: Values,
    pub snapshot: Snapshot,
    /// What the looks so far say of what runs: a look at one step does not ask for everything.
    seen: Snapshot,
    pub key: StackKey,
    pub hints_shown: usize,
    /// The stack as it was when everything was looked at last, until it is shown.
    pub picture: Option<Map>,
    /// The step whose lesson was introduced last, so that going back and forth does not repeat it.
    introduced: Option<String>,
}

impl<'c, 'x> Session<'c, 'x> {
    /// Looks at everything but what the teardown asks for, and finds the learner's place.
    pub fn begin(
        context: &'x mut Context,
        course: &'c Course,
        from: Option<&str>,
    ) -> Result<Self, Failure> {
        let judged = look(context, &whole(course), "Looking at what is there so far")?;
        let key = place::of(context, judged.key.clone())?;
        let record = place::record(context, &key)?;
        let mut walk = Walk::new(course, &record)
            .ok_or_else(|| Failure::content("This course has no steps."))?;
        if let Some(word) = from {
            walk.go_to(word);
        }
        walk.learn(&judged.verification);
        let session = Session {
            picture: picture::of(&judged),
            values: Values::of(&judged.look.snapshot),
            seen: judged.look.snapshot.clone(),
            snapshot: judged.look.snapshot,
            context,
            course,
            walk,
            key,
            hints_shown: 0,
            introduced: None,
        };
        session.keep_place()?;
        Ok(session)
    }

    /// Looks at everything again, through other credentials.
    pub fn begin_again(&mut self) -> Result<(), Failure> {
        self.walk.forget();
        let judged = look(
            self.context,
            &whole(self.course),
            "Looking at what is there",
        )?;
        self.values = Values::of(&judged.look.snapshot);
        self.take(judged)?;
        self.keep_place()
    }

    /// Looks at the present step and at what is waited for, and asks what only the learner can tell. `false` = Ctrl-C.
    pub fn check(&mut self, prompter: &mut dyn Prompter) -> Result<bool, Failure> {
        let here = self.walk.here().step.id.clone();
        let steps = self.to_look_at();
        let again = |context: &mut Context| look(context, &steps, &format!("Looking at {here}"));
        let judged = again(self.context)?;
        let asked = Asked::Steps(BTreeSet::from([here.clone()]));
        let Some(judged) = choose::settle(self.context, prompter, &asked, judged, again)? else {
            return Ok(false);
        };
        let verification = self.take(judged)?;
        if self.walk.is_left_out(&here) {
            self.walk.take_up();
            self.context.store.take_up(&self.key, &here)?;
        }
        let ui = self.ui();
        ui.print(Line::blank());
        if let Some(trouble) = trouble::of_all(&self.snapshot, &verification) {
            ui.print_all(&trouble::lines(&trouble, ui.prose_width()));
            ui.print(Line::blank());
        } else if let Some(outcome) = self.walk.outcome(&here) {
            let opened = if self.context.is_verbose() {
                Opened::Lines
            } else {
                Opened::Folded
            };
            show::outcome(&ui, outcome, opened);
        }
        Ok(true)
    }

    /// What a check of the present step has to look at. Once everything is to be taken down, nothing else is waited for.
    pub fn to_look_at(&self) -> BTreeSet<StepId> {
        let here = self.walk.here().step;
        if asks_for_leftovers(here) {
            BTreeSet::from([here.id.clone()])
        } else {
            self.walk.to_look_at()
        }
    }

    /// Takes in a look; says what has changed with the steps that are waited for.
    pub fn take(&mut self, judged: Judged) -> Result<Verification, Failure> {
        let key = place::of(self.context, judged.key)?;
        self.seen = if key == self.key {
            judged.look.snapshot.clone().filled_from(&self.seen)
        } else {
            judged.look.snapshot.clone()
        };
        self.key = key;
        self.values.learn(&judged.look.snapshot);
        self.snapshot = judged.look.snapshot;
        for change in self.walk.learn(&judged.verification) {
            self.ui().print_prose(screen::news(&change));
        }
        Ok(judged.verification)
    }

    /// Forgets what the present step rests on of the learner's answers, so that it is asked again.
    pub fn forget_chosen(&mut self) -> Result<(), Failure> {
        for (key, _) in self.chosen() {
            self.context.store.unchoose(&self.key, &key)?;
            self.context.put_off.retain(|kind| *kind != key);
        }
        Ok(())
    }

    /// Remembers the present step.
    pub fn keep_place(&self) -> Result<(), Failure> {
        let step = &self.walk.here().step.id;
        Ok(self.context.store.set_position(&self.key, step, now())?)
    }

    /// Prints the stack so far and the lesson's introduction when a lesson begins here; `false` when there was nothing to say.
    pub fn show_lesson(&mut self) -> bool {
        if !self.is_new_lesson() {
            return false;
        }
        picture::show(self);
        let place = self.walk.here();
        let card = screen::lesson_card(self.course, place);
        show::lesson(&self.ui(), &card, &place.lesson.introduction, &self.values);
        self.introduced = Some(place.lesson.id.as_str().to_owned());
        true
    }

    /// Whether a lesson begins here that was not introduced just now.
    pub fn is_new_lesson(&self) -> bool {
        let place = self.walk.here();
        place.opens_lesson() && self.introduced.as_deref() != Some(place.lesson.id.as_str())
    }

    /// Prints the present step: its header and its text.
    pub fn show_step(&mut self) {
        let ui = self.ui();
        let place = self.walk.here();
        self.hints_shown = 0;
        let outcome = self.walk.outcome(&place.step.id);
        let left_out = self.walk.is_left_out(&place.step.id);
        let mut header = screen::header(place, Some(&self.snapshot), outcome, left_out);
        header.remarks.extend(cost::an_hour_now(&self.seen));
        show::header(&ui, &header);
        show::text(&ui, &self.parts().main, &self.values);
    }

    /// The present step's text in parts.
    pub fn parts(&self) -> Parts {
        sections::cut(&self.walk.here().step.text)
    }

    /// How the patterns stand, over the whole chapter.
    pub fn patterns(&mut self) -> Result<Vec<PatternOutcome>, Failure> {
        let judged = look(
            self.context,
            &whole(self.course),
            "Looking at everything once more",
        )?;
        Ok(self.take(judged)?.patterns)
    }

    /// What may be chosen now.
    pub fn offers(&self) -> Vec<Offer> {
        let titles: Vec<String> = self
            .parts()
            .more
            .into_iter()
            .filter_map(|section| section.title)
            .collect();
        let chosen = self.chosen();
        offers(
            &self.walk,
            Situation {
                ground: self.ground(),
                hints_shown: self.hints_shown,
                sections: &titles,
                chosen: &chosen,
            },
        )
    }

    /// What the learner said is theirs, as far as the present step rests on it: the kind's key and the name.
    pub fn chosen(&self) -> Vec<(String, String)> {
        let outcome = self.walk.outcome(&self.walk.here().step.id);
        let rests = outcome.is_some_and(|outcome| {
            outcome.checks.iter().any(|finding| {
                finding
                    .evidence
                    .iter()
                    .any(|one| one.found_by == FoundBy::Choice)
            })
        });
        let wants = |key: &str| {
            outcome.is_some_and(|outcome| {
                let wanted = asked_at(key);
                outcome
                    .checks
                    .iter()
                    .any(|finding| Some(finding.check) == wanted)
            })
        };
        let answers = &self.snapshot.chapter.chosen;
        answers
            .iter()
            .filter_map(|(key, answer)| match answer {
                Chosen::This(name) if rests => Some((key.clone(), name.clone())),
                Chosen::NoneOf(_) if wants(key) => Some((key.clone(), "none".to_owned())),
                _ => None,
            })
            .collect()
    }

    /// What the menu asks.
    pub fn question(&self) -> String {
        let place = self.walk.here();
        format!(
            "Step {} of {}, {}: what now?",
            place.number, place.total, place.step.id
        )
    }

    /// Whose account is looked at.
    pub fn ground(&self) -> Ground {
        match self.context.source() {
            Source::Practice => Ground::Practice,
            Source::Aws | Source::Snapshot => Ground::Own,
        }
    }

    pub fn ui(&self) -> SharedUi {
        Arc::clone(&self.context.ui)
    }
}

/// Looks and judges. What is being done is said at once; credentials are read anew.
pub(super) fn look(
    context: &mut Context,
    steps: &BTreeSet<StepId>,
    what: &str,
) -> Result<Judged, Failure> {
    let whose = match context.source() {
        Source::Practice => "in the practice account",
        Source::Aws | Source::Snapshot => "in your AWS account (read-only)",
    };
    let waiting = context.ui.waiting(format!("{what} {whose} ..."));
    let judged = evidence::look_and_judge(context, &Asked::Steps(steps.clone()));
    drop(waiting);
    judged
}

/// Every step but those that ask for leftovers: looking for these begins the teardown.
pub(super) fn whole(course: &Course) -> BTreeSet<StepId> {
    course
        .steps()
        .filter(|(_, step)| !asks_for_leftovers(step))
        .map(|(_, step)| step.id.clone())
        .collect()
}

/// Whether a step is about what the teardown left behind.
fn asks_for_leftovers(step: &Step) -> bool {
    step.checks
        .iter()
        .filter_map(|id| check(id))
        .any(|check| check.needs.contains(&Area::Leftovers))
}

/// A line that names what follows.
pub(super) fn caption(text: &str) -> Line {
    Line::new(Tone::Heading, text)
}
