//! Which of several things is the learner's: asked once at a terminal, and remembered with the account.

#[cfg(test)]
mod tests;

use super::context::{Context, now};
use super::evidence::Judged;
use super::failure::Failure;
use crate::account::{Chosen, Snapshot};
use crate::checks::{Asked, Finding, OpenChoice, Stack, Verification, open_choices, verify};
use crate::course::Course;
use crate::progress::StackKey;
use crate::term::{Answer, Choice, Prompter};

/// Asks what a look leaves open for the steps that were asked about, and looks `again` with the answers. `None` = Ctrl-C.
///
/// # Errors
/// Progress that cannot be written; an account that cannot be looked at again.
pub(super) fn settle(
    context: &mut Context,
    prompter: &mut dyn Prompter,
    asked: &Asked,
    mut judged: Judged,
    mut again: impl FnMut(&mut Context) -> Result<Judged, Failure>,
) -> Result<Option<Judged>, Failure> {
    loop {
        let open = open_for(&judged, &context.course, asked)
            .into_iter()
            .find(|open| !context.put_off.contains(open.key));
        let Some(open) = open else {
            return Ok(Some(judged));
        };
        match ask(prompter, &open) {
            Answer::Given(Some(answer)) => {
                context
                    .store
                    .choose_one(&judged.key, open.key, &answer, now())?;
                context.ui.say_prose(remembered(&open, &answer));
                judged = again(context)?;
                // Whatever that gave: the same question is not asked twice.
                context.put_off.insert(open.key);
            }
            Answer::Given(None) | Answer::Back | Answer::Closed => {
                context.put_off.insert(open.key);
            }
            Answer::Interrupted => return Ok(None),
        }
    }
}

/// Lays the remembered answers into a look; those about something that is gone are dropped.
///
/// # Errors
/// Progress that cannot be read or written.
pub(super) fn lay_in(
    context: &Context,
    key: &StackKey,
    snapshot: &mut Snapshot,
) -> Result<(), Failure> {
    snapshot.chapter.chosen = context.chosen(key)?;
    let nothing = std::collections::BTreeSet::new();
    let gone = crate::checks::gone_choices(&Stack {
        snapshot,
        attested: &nothing,
        teardown_begun: false,
    });
    for kind in gone {
        context.store.unchoose(key, &kind)?;
        snapshot.chapter.chosen.remove(&kind);
    }
    Ok(())
}

/// What is open and would change what is said of the asked steps: nobody is asked about a cache when checking the image.
fn open_for(judged: &Judged, course: &Course, asked: &Asked) -> Vec<OpenChoice> {
    let snapshot = &judged.look.snapshot;
    let stack = Stack {
        snapshot,
        attested: &judged.attested,
        teardown_begun: judged.teardown_begun,
    };
    open_choices(&stack)
        .into_iter()
        .filter(|open| {
            let mut tried = snapshot.clone();
            let first = Chosen::This(open.candidates[0].name.clone());
            tried.chapter.chosen.insert(open.key.to_owned(), first);
            let with_answer = verify(
                &Stack {
                    snapshot: &tried,
                    ..stack
                },
                course,
                asked,
            );
            !same_findings(&with_answer, &judged.verification)
        })
        .collect()
}

fn same_findings(one: &Verification, other: &Verification) -> bool {
    fn all(verification: &Verification) -> impl Iterator<Item = &Finding> {
        verification
            .lessons
            .iter()
            .flat_map(|lesson| &lesson.steps)
            .flat_map(|step| &step.checks)
    }
    all(one).eq(all(other))
}

/// `Given(None)`: to be asked another time.
fn ask(prompter: &mut dyn Prompter, open: &OpenChoice) -> Answer<Option<Chosen>> {
    let mut choices: Vec<Choice> = open
        .candidates
        .iter()
        .map(|one| {
            let about = if one.about.is_empty() {
                String::new()
            } else {
                format!(" ({})", one.about)
            };
            Choice::new(format!("{}{about}", one.name))
        })
        .collect();
    let none = choices.len();
    choices.push(Choice::keyed(
        "none",
        "None of these: mine is not built yet",
    ));
    choices.push(Choice::keyed("later", "Ask me another time"));
    let question = format!("Which {} is the one of this course?", open.one);
    prompter
        .choose(&question, &choices, none + 1)
        .map(|at| match open.candidates.get(at) {
            Some(one) => Some(Chosen::This(one.name.clone())),
            None if at == none => Some(Chosen::NoneOf(
                open.candidates.iter().map(|one| one.name.clone()).collect(),
            )),
            None => None,
        })
}

fn remembered(open: &OpenChoice, answer: &Chosen) -> String {
    let what = match answer {
        Chosen::This(name) => format!("{name} is yours"),
        Chosen::NoneOf(_) => "yours is not among them".to_owned(),
    };
    format!(
        "I remember that {what}; I ask again when that is gone. A line for {} in landfall.toml outweighs it.",
        open.key
    )
}
