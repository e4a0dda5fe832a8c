//! Ctrl-C: the cursor comes back, the process ends with 130. Progress is written event by event, so nothing is lost.

use super::layout::{Margin, WIDEST_PROSE, wrap_text};
use super::text::Tone;
use std::io;
use std::sync::{Mutex, PoisonError};

/// What a process that was interrupted ends with.
pub const INTERRUPTED: i32 = 130;

/// What is said when Ctrl-C comes; empty for nothing.
static PARTING: Mutex<String> = Mutex::new(String::new());

/// As long as this lives, Ctrl-C says something before it ends the process.
#[must_use = "nothing is said any more when this is dropped"]
#[derive(Debug)]
pub struct Parting(());

impl Parting {
    /// Says this from now on.
    pub fn with(text: &str) -> Self {
        let parting = Parting(());
        parting.say(text);
        parting
    }

    /// Says something else.
    pub fn say(&self, text: &str) {
        text.clone_into(&mut PARTING.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

impl Drop for Parting {
    fn drop(&mut self) {
        self.say("");
    }
}

/// Installs the one handler of the process. An error says that there is one already.
pub fn install() -> io::Result<()> {
    ctrlc::set_handler(|| {
        let stderr = console::Term::stderr();
        // Menus hide the cursor while they are open.
        if stderr.is_term() {
            let _ = stderr.show_cursor();
            let _ = stderr.write_line("");
        }
        let parting = PARTING.lock().unwrap_or_else(PoisonError::into_inner);
        if !parting.is_empty() {
            let columns = usize::from(stderr.size().1).clamp(20, WIDEST_PROSE);
            for line in wrap_text(&parting, Tone::Plain, columns, &Margin::default()) {
                let _ = stderr.write_line(&line.to_text());
            }
        }
        #[expect(
            clippy::exit,
            reason = "this handler and main are the two that end the process"
        )]
        std::process::exit(INTERRUPTED)
    })
    .map_err(io::Error::other)
}
