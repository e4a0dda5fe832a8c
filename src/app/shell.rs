//! `landfall completions` and `landfall man`.

use super::context::terminal;
use super::failure::{Exit, Failure, Outcome};
use crate::cli::{Cli, Globals};
use clap::CommandFactory;

/// Prints completions for a shell.
///
/// # Errors
/// None in practice.
pub fn completions(globals: &Globals, shell: clap_complete::Shell) -> Outcome {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "landfall", &mut text);
    terminal(globals).document(&String::from_utf8_lossy(&text));
    Ok(Exit::Passed)
}

/// Prints the manual page: the command and each of its subcommands.
///
/// # Errors
/// None in practice.
pub fn man(globals: &Globals) -> Outcome {
    let mut command = Cli::command();
    command.build();
    let mut text = Vec::new();
    let failed = |error: std::io::Error| {
        Failure::unreadable(format!("The manual page could not be made: {error}"))
    };
    clap_mangen::Man::new(command.clone())
        .render(&mut text)
        .map_err(failed)?;
    for inner in command.get_subcommands() {
        clap_mangen::Man::new(inner.clone())
            .render(&mut text)
            .map_err(failed)?;
    }
    terminal(globals).document(&String::from_utf8_lossy(&text));
    Ok(Exit::Passed)
}
