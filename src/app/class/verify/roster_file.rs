//! Reads the roster's file, and says everything that is wrong with it at once.

use crate::app::failure::Failure;
use crate::class::{self, Access, Roster, RosterTrouble};
use std::io::Read;
use std::path::Path;

/// No class is larger.
const LARGEST_BYTES: u64 = 16 * 1024 * 1024;

/// Reads it.
///
/// # Errors
/// It cannot be read, it is no roster, or nobody in it can be looked at.
pub fn read(path: &Path) -> Result<Roster, Failure> {
    let name = path.display();
    let mut bytes = Vec::new();
    std::fs::File::open(path)
        .and_then(|file| file.take(LARGEST_BYTES + 1).read_to_end(&mut bytes))
        .map_err(|error| Failure::unreadable(format!("{name} cannot be read: {error}")))?;
    if bytes.len() as u64 > LARGEST_BYTES {
        return Err(Failure::unreadable(format!(
            "{name} is larger than any roster (16 MiB)."
        )));
    }
    let roster =
        class::roster(&bytes).map_err(|troubles| unusable(&name.to_string(), &troubles))?;
    if roster
        .rows
        .iter()
        .all(|row| matches!(row.access, Access::None))
    {
        return Err(super::nothing_to_look_at(format!(
            "Nobody in {name} has an account or a role: there is nothing to look at."
        ))
        .hint("Add a column `account` (twelve digits) or `role` (its ARN), and `external id`.")
        .hint(
            "Who hands in bundles needs neither: landfall class report BUNDLES --roster ROSTER",
        ));
    }
    Ok(roster)
}

/// `roster.csv:3:7: what is wrong`, one below the other.
fn unusable(name: &str, troubles: &[RosterTrouble]) -> Failure {
    let mut lines = Vec::new();
    for trouble in troubles {
        let column = trouble
            .column
            .map_or_else(String::new, |column| format!("{column}:"));
        lines.push(format!("{name}:{}:{column} {}", trouble.line, trouble.say));
        if let Some(hint) = &trouble.hint {
            lines.push(format!("    {hint}"));
        }
    }
    let many = match troubles.len() {
        1 => "One thing is wrong with the roster; nothing was looked at.".to_owned(),
        many => format!("{many} things are wrong with the roster; nothing was looked at."),
    };
    Failure::content(lines.join("\n")).hint(many)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_that_is_wrong_is_said_with_its_place() {
        let trouble = |line, column, say: &str, hint: Option<&str>| RosterTrouble {
            line,
            column,
            say: say.to_owned(),
            hint: hint.map(str::to_owned),
        };
        let failure = unusable(
            "roster.csv",
            &[
                trouble(
                    3,
                    Some(7),
                    "this is no account",
                    Some("It has twelve digits."),
                ),
                trouble(9, None, "this row has no student", None),
            ],
        );
        assert_eq!(
            failure.message,
            "roster.csv:3:7: this is no account\n    It has twelve digits.\nroster.csv:9: this row has no student"
        );
        assert_eq!(failure.exit, crate::app::failure::Exit::Content);
        assert!(failure.hints[0].starts_with("2 things"));
    }

    #[test]
    fn a_roster_that_is_not_there_is_named() {
        let failure = read(Path::new("/nowhere/roster.csv")).unwrap_err();
        assert!(
            failure
                .message
                .starts_with("/nowhere/roster.csv cannot be read")
        );
    }
}
