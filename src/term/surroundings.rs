//! What the environment and the three streams say about the terminal. Read once, at the start.

use std::env;
use std::io::{IsTerminal, stderr, stdin, stdout};

/// What decides about colour, width and asking.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Surroundings {
    pub stdin_is_terminal: bool,
    pub stdout_is_terminal: bool,
    pub stderr_is_terminal: bool,
    /// `NO_COLOR` is set and not empty (<https://no-color.org>).
    pub no_color: bool,
    /// `CLICOLOR_FORCE` is set and neither empty nor 0 (<https://bixense.com/clicolors>).
    pub force_color: bool,
    /// `TERM=dumb`.
    pub dumb: bool,
    /// `ACCESSIBLE` is set and not empty: a screen reader asks for lines instead of repainting.
    pub accessible: bool,
    /// `COLUMNS`, when it is a number above 0; otherwise what the terminal says.
    pub columns: Option<usize>,
}

impl Surroundings {
    /// Of this process.
    pub fn here() -> Self {
        let set = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty());
        let asked_columns = env::var("COLUMNS")
            .ok()
            .and_then(|text| text.trim().parse().ok())
            .filter(|columns| *columns > 0);
        Surroundings {
            stdin_is_terminal: stdin().is_terminal(),
            stdout_is_terminal: stdout().is_terminal(),
            stderr_is_terminal: stderr().is_terminal(),
            no_color: set("NO_COLOR"),
            force_color: env::var_os("CLICOLOR_FORCE")
                .is_some_and(|value| !value.is_empty() && value != "0"),
            dumb: env::var_os("TERM").is_some_and(|value| value == "dumb"),
            accessible: set("ACCESSIBLE"),
            columns: asked_columns.or_else(terminal_columns),
        }
    }
}

fn terminal_columns() -> Option<usize> {
    let stdout = console::Term::stdout();
    // Also switches a Windows console to escape sequences.
    let _ = stdout.features().colors_supported();
    stdout
        .size_checked()
        .or_else(|| console::Term::stderr().size_checked())
        .map(|(_, columns)| usize::from(columns))
        .filter(|columns| *columns > 0)
}
