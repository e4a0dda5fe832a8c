//! The first start: one screen, and the questions that nothing has answered yet. Only these answers are remembered.

use crate::account::Source;
use crate::app::context::{Context, choices};
use crate::app::failure::Failure;
use crate::aws;
use crate::guide::menu::Ground;
use crate::guide::welcome::{Credentials, is_host, is_region, paragraphs, preset_ground};
use crate::term::{Answer, Choice, Line, Prompter, Tone};

/// One question of the first screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Question {
    Account,
    Region,
    Domain,
}

/// Asks what is not known. `Given(())` when nothing is open any more.
///
/// # Errors
/// Progress that cannot be written.
pub(super) fn ask(
    context: &mut Context,
    prompter: &mut dyn Prompter,
) -> Result<Answer<()>, Failure> {
    let mut welcomed = false;
    let mut asked: Vec<Question> = Vec::new();
    let mut again = None;
    loop {
        let Some(question) = again.take().or_else(|| open_question(context)) else {
            return Ok(Answer::Given(()));
        };
        if !welcomed {
            welcome(context);
            welcomed = true;
        }
        let answer = match question {
            Question::Account => account(context, prompter)?,
            Question::Region => region(context, prompter)?,
            Question::Domain => domain(context, prompter)?,
        };
        match answer {
            Answer::Given(()) => asked.push(question),
            // One question back; before the first, out.
            Answer::Back => match asked.pop() {
                Some(before) => again = Some(before),
                None => return Ok(Answer::Back),
            },
            other => return Ok(other),
        }
    }
}

/// What nothing has answered: no flag, no variable, no `landfall.toml`, no earlier answer.
fn open_question(context: &Context) -> Option<Question> {
    let answered = |name: &str| matches!(context.store.choice(name), Ok(Some(_)));
    let region_is_set = context.globals.region.is_some()
        || context.states("region")
        || ["AWS_REGION", "AWS_DEFAULT_REGION"]
            .iter()
            .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()));
    if !context.account_is_chosen() {
        Some(Question::Account)
    } else if context.source() == Source::Aws && !region_is_set && !answered(choices::REGION) {
        Some(Question::Region)
    } else if !context.states("has_domain") && !context.states("host") && !answered(choices::HOST) {
        Some(Question::Domain)
    } else {
        None
    }
}

fn welcome(context: &Context) {
    let ui = &context.ui;
    let [title, rest @ ..] = paragraphs();
    ui.print(Line::new(Tone::Heading, title));
    for paragraph in rest {
        ui.print(Line::blank());
        ui.print_prose(paragraph);
    }
    ui.print(Line::blank());
}

fn account(context: &mut Context, prompter: &mut dyn Prompter) -> Result<Answer<()>, Failure> {
    let preset = preset_ground(if aws::has_credentials() {
        Credentials::Found
    } else {
        Credentials::None
    });
    if preset == Ground::Practice {
        context.ui.say_prose(
            "I found no AWS credentials here. The practice account needs none, costs nothing, and behaves like AWS.",
        );
    }
    let offered = [
        Choice::keyed("aws", "My own AWS account, read-only"),
        Choice::keyed("practice", "The practice account: nothing is real"),
    ];
    let at = usize::from(preset == Ground::Practice);
    Ok(
        match prompter.choose("Which account do you want to work with?", &offered, at) {
            Answer::Given(at) => {
                let word = if at == 0 { "aws" } else { "practice" };
                context.store.choose(choices::ACCOUNT, word)?;
                Answer::Given(())
            }
            other => other.map(|_| ()),
        },
    )
}

fn region(context: &mut Context, prompter: &mut dyn Prompter) -> Result<Answer<()>, Failure> {
    let preset = aws::profile_region(context.profile().as_deref())
        .unwrap_or_else(|| context.chapter().region.0);
    loop {
        match prompter.ask("Which AWS region do you work in?", Some(&preset)) {
            Answer::Given(region) if is_region(&region) => {
                context.store.choose(choices::REGION, &region)?;
                return Ok(Answer::Given(()));
            }
            Answer::Given(other) => context.ui.say(format!(
                "\"{other}\" is no region's name; one looks like us-east-1 or eu-central-1."
            )),
            other => return Ok(other.map(|_| ())),
        }
    }
}

fn domain(context: &mut Context, prompter: &mut dyn Prompter) -> Result<Answer<()>, Failure> {
    let offered = [
        Choice::keyed("yes", "Yes: HTTPS with a certificate"),
        Choice::keyed("no", "No: plain HTTP, without those steps"),
    ];
    match prompter.choose("Do you have a domain for the API?", &offered, 0) {
        Answer::Given(0) => host(context, prompter),
        Answer::Given(_) => {
            context.store.choose(choices::HOST, "")?;
            Ok(Answer::Given(()))
        }
        other => Ok(other.map(|_| ())),
    }
}

fn host(context: &mut Context, prompter: &mut dyn Prompter) -> Result<Answer<()>, Failure> {
    let preset = context.chapter().host;
    loop {
        match prompter.ask("Which name will the API have?", Some(&preset)) {
            Answer::Given(host) if is_host(&host) => {
                context.store.choose(choices::HOST, &host)?;
                return Ok(Answer::Given(()));
            }
            Answer::Given(other) => context.ui.say(format!(
                "\"{other}\" is no host name; one looks like api.example.com, without https://."
            )),
            other => return Ok(other.map(|_| ())),
        }
    }
}
