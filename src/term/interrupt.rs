//! Ctrl-C: the cursor comes back, the process ends with 130. Progress is written event by event, so nothing is lost.

use std::io;

/// What a process that was interrupted ends with.
pub const INTERRUPTED: i32 = 130;

/// Installs the one handler of the process. An error says that there is one already.
pub fn install() -> io::Result<()> {
    ctrlc::set_handler(|| {
        let stderr = console::Term::stderr();
        // Menus hide the cursor while they are open.
        if stderr.is_term() {
            let _ = stderr.show_cursor();
            let _ = stderr.write_line("");
        }
        #[expect(
            clippy::exit,
            reason = "this handler and main are the two that end the process"
        )]
        std::process::exit(INTERRUPTED)
    })
    .map_err(io::Error::other)
}
