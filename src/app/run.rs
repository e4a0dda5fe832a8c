//! From the parsed command line to the command.

use super::context::{Context, terminal};
use super::failure::{Exit, Failure, Outcome};
use super::{
    attest, author, bundle, class, cost, doctor, guide, map, policy, practice, quiz, report, shell,
    status, tour, verify,
};
use crate::cli::{Cli, Command};
use crate::term::{Ui, interrupt};

/// Runs a command and says what went wrong, if anything did.
pub fn run(cli: Cli) -> Exit {
    let ui = terminal(&cli.globals);
    // A second handler would be an error of ours, not the learner's: without one Ctrl-C still ends the process.
    let _ = interrupt::install();
    match command(cli, &ui) {
        Ok(exit) => exit,
        Err(failure) => {
            complain(&ui, &failure);
            failure.exit
        }
    }
}

/// What is wrong, and what to do next, on stderr.
fn complain(ui: &Ui, failure: &Failure) {
    if failure.exit == Exit::Content {
        // Diagnostics are laid out already: carets must stay where they are.
        ui.trouble_laid_out(&failure.message);
    } else {
        ui.trouble(&failure.message);
    }
    for hint in &failure.hints {
        ui.hint(hint);
    }
}

fn command(cli: Cli, ui: &std::sync::Arc<Ui>) -> Outcome {
    let Cli { globals, command } = cli;
    match &command {
        Some(Command::Completions { shell }) => return shell::completions(&globals, *shell),
        Some(Command::Man) => return shell::man(&globals),
        Some(Command::Tour) => return tour::run(globals, ui),
        Some(Command::Author { action }) => return author::run(globals, ui, action),
        _ => {}
    }
    let mut context = Context::open(globals, std::sync::Arc::clone(ui))?;
    match command {
        Some(Command::Guide { from }) => guide::run(&mut context, from.as_deref()),
        None if ui.is_attended() => guide::run(&mut context, None),
        Some(Command::Verify(args)) => verify::run(&mut context, &args),
        Some(Command::Map(args)) => map::run(&mut context, &args),
        Some(Command::Attest { check, undo }) => attest::run(&mut context, &check, undo),
        None | Some(Command::Status) => status::run(&context),
        Some(Command::Policy(args)) => policy::run(&context, &args),
        Some(Command::Doctor) => doctor::run(&context),
        Some(Command::Cost(args)) => cost::run(&context, args),
        Some(Command::Report) => report::run(&mut context),
        Some(Command::Quiz(args)) => quiz::run(&mut context, &args),
        Some(Command::Bundle(args)) => bundle::run(&mut context, &args),
        Some(Command::Class { action }) => class::run(&context, &action),
        Some(Command::Practice { action }) => practice::run(&mut context, &action),
        Some(
            Command::Completions { .. } | Command::Man | Command::Tour | Command::Author { .. },
        ) => unreachable!("answered above, without progress"),
    }
}
