//! The roster's file, and what is wrong with it as a screen.

use crate::app::failure::Failure;
use crate::class::{self, Roster, RosterTrouble};
use crate::report::sanitize;
use std::fmt::Write;
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// A larger file is no roster.
const LARGEST_BYTES: u64 = 16 * 1024 * 1024;

/// So many troubles are shown; whoever mends these sees the others.
const MOST_SHOWN: usize = 50;

/// Reads a roster.
///
/// # Errors
/// Everything that is wrong with it, laid out by line.
pub fn read_roster(path: &Path) -> Result<Roster, Failure> {
    let mut bytes = Vec::new();
    File::open(path)
        .and_then(|file| file.take(LARGEST_BYTES + 1).read_to_end(&mut bytes))
        .map_err(|error| Failure::content(format!("{} cannot be read: {error}", path.display())))?;
    if bytes.len() as u64 > LARGEST_BYTES {
        return Err(Failure::content(format!(
            "{} is larger than any roster (16 MiB).",
            path.display()
        )));
    }
    class::roster(&bytes).map_err(|troubles| {
        let name = path.file_name().unwrap_or(path.as_os_str());
        Failure::content(listed(
            &sanitize::one_line(&name.to_string_lossy()),
            &troubles,
        ))
    })
}

/// Every trouble with its place; what to do is said once for neighbours that need the same.
fn listed(name: &str, troubles: &[RosterTrouble]) -> String {
    let mut text = match troubles.len() {
        1 => format!("The roster {name} cannot be used:"),
        many => format!("The roster {name} cannot be used: {many} places are wrong."),
    };
    let shown = &troubles[..troubles.len().min(MOST_SHOWN)];
    for (at, trouble) in shown.iter().enumerate() {
        let column = trouble.column.map(|column| format!(":{column}"));
        let column = column.unwrap_or_default();
        let place = format!("{name}:{}{column}:", trouble.line);
        push(&mut text, "", &format!("{place} {}", trouble.say));
        let next = shown.get(at + 1).and_then(|next| next.hint.as_ref());
        if let Some(hint) = trouble.hint.as_ref().filter(|hint| next != Some(hint)) {
            push(&mut text, "  do: ", hint);
        }
    }
    if troubles.len() > MOST_SHOWN {
        let more = troubles.len() - MOST_SHOWN;
        let _ = write!(text, "\n... and {more} more.");
    }
    text
}

/// In columns of a terminal: what is laid out is not wrapped again.
const WIDTH: usize = 80;

/// Adds a sentence, its further lines set in.
fn push(text: &mut String, mark: &str, say: &str) {
    use unicode_width::UnicodeWidthStr;
    let mut line = mark.to_owned();
    let mut is_begun = false;
    for word in say.split(' ') {
        if is_begun && line.width() + 1 + word.width() > WIDTH {
            let _ = write!(text, "\n{line}");
            line = " ".repeat(if mark.is_empty() { 2 } else { mark.len() });
            is_begun = false;
        }
        if is_begun {
            line.push(' ');
        }
        line.push_str(word);
        is_begun = true;
    }
    let _ = write!(text, "\n{line}");
}
