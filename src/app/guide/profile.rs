//! Choosing an AWS profile in the middle of the walk.

use super::act::Flow;
use super::session::Session;
use crate::app::context::choices;
use crate::app::failure::{Exit, Failure};
use crate::aws::profile_names;
use crate::term::{Answer, Choice, Prompter};

/// Lists the profiles of the AWS configuration and looks again through the chosen one.
///
/// # Errors
/// Progress that cannot be written; an account that cannot be looked at.
pub(super) fn choose(
    session: &mut Session<'_, '_>,
    prompter: &mut dyn Prompter,
) -> Result<Flow, Failure> {
    let ui = session.ui();
    let names = profile_names();
    if names.is_empty() {
        ui.say_prose(
            "Your AWS configuration has no profiles. Make one with `aws configure` or `aws login`, then choose it here.",
        );
        return Ok(Flow::Stay);
    }
    let choices: Vec<Choice> = names.iter().map(Choice::new).collect();
    let now_used = session.context.profile();
    let preset = names
        .iter()
        .position(|name| Some(name) == now_used.as_ref())
        .unwrap_or(0);
    match prompter.choose("Which profile?", &choices, preset) {
        Answer::Given(at) => {
            let name = names[at].clone();
            // Remembered, because the guide asked; a flag never is.
            session.context.store.choose(choices::PROFILE, &name)?;
            session.context.globals.profile = Some(name);
            session.begin_again()?;
            Ok(Flow::Moved)
        }
        Answer::Back => Ok(Flow::Stay),
        Answer::Interrupted => Ok(Flow::End(Exit::Interrupted)),
        Answer::Closed => Ok(Flow::End(Exit::Passed)),
    }
}
