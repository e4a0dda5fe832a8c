//! How a command ends: an exit code, or one clear message with what to do next.

use std::fmt;

/// The exit codes of the public contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Everything asked passed.
    Passed = 0,
    /// Something failed.
    Failed = 1,
    /// The command line makes no sense.
    Usage = 2,
    /// Nothing failed, but something could not be read.
    Unreadable = 3,
    /// Nothing failed or unreadable, but something is missing, pending or blocked.
    Unfinished = 4,
    /// The course content or the configuration is invalid.
    Content = 5,
    /// Ctrl-C.
    Interrupted = 130,
}

/// A command that could not do what was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    pub exit: Exit,
    /// What is wrong, and where.
    pub message: String,
    /// What to do next.
    pub hints: Vec<String>,
}

/// What every command returns.
pub type Outcome = Result<Exit, Failure>;

impl Failure {
    /// A failure with its exit code.
    pub fn new(exit: Exit, message: impl Into<String>) -> Self {
        Failure {
            exit,
            message: message.into(),
            hints: Vec::new(),
        }
    }

    /// The command line makes no sense.
    pub fn usage(message: impl Into<String>) -> Self {
        Self::new(Exit::Usage, message)
    }

    /// Something on this machine or on the way to AWS could not be read.
    pub fn unreadable(message: impl Into<String>) -> Self {
        Self::new(Exit::Unreadable, message)
    }

    /// Course content or configuration.
    pub fn content(message: impl Into<String>) -> Self {
        Self::new(Exit::Content, message)
    }

    /// Adds what to do next.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Failure {}

impl From<Exit> for std::process::ExitCode {
    fn from(exit: Exit) -> Self {
        std::process::ExitCode::from(exit as u8)
    }
}
