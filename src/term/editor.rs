//! Writing several lines in the learner's own editor. What was written is never lost: on any trouble the draft's file stays
//! where the message says.

use super::sanitize::lines;
use std::env;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use thiserror::Error;

/// Why no text came back.
#[derive(Debug, Error)]
pub enum EditorError {
    /// Neither `VISUAL` nor `EDITOR` names a program, and the usual one is not there.
    #[error("no editor was found; set EDITOR to the one you use")]
    None,
    /// It could not be started.
    #[error("the editor {program} could not be started: {reason}")]
    NotStarted { program: String, reason: io::Error },
    /// It ended with an error; nothing was taken over.
    #[error("the editor {program} ended with {status}; your draft is kept in {}", draft.display())]
    Failed {
        program: String,
        status: String,
        draft: PathBuf,
    },
    /// It took the draft's file away.
    #[error("the draft {} is gone after editing", .0.display())]
    Gone(PathBuf),
    /// The draft could not be written or read.
    #[error("the draft {} could not be used: {reason}", path.display())]
    Draft { path: PathBuf, reason: io::Error },
}

impl PartialEq for EditorError {
    fn eq(&self, other: &Self) -> bool {
        self.to_string() == other.to_string()
    }
}

impl Eq for EditorError {}

/// Opens the editor on `draft` below `prompt` (as `#` lines), and gives back what stands there afterwards without those
/// lines.
pub fn compose(prompt: &str, draft: &str) -> Result<String, EditorError> {
    let command = command().ok_or(EditorError::None)?;
    compose_with(&command, prompt, draft)
}

/// The program and its arguments: `VISUAL`, else `EDITOR`, else what the system usually has. Empty ones are passed over.
fn command() -> Option<Vec<String>> {
    let named = ["VISUAL", "EDITOR"]
        .into_iter()
        .filter_map(|name| env::var(name).ok())
        .find_map(|text| split(&text));
    named.or_else(|| {
        let usual = if cfg!(windows) { "notepad" } else { "vi" };
        Some(vec![usual.to_owned()])
    })
}

fn split(text: &str) -> Option<Vec<String>> {
    // On Windows a backslash is part of a path, not an escape.
    let words = if cfg!(windows) {
        shlex::split(&text.replace('\\', "\\\\"))
    } else {
        shlex::split(text)
    };
    words.filter(|words| words.first().is_some_and(|first| !first.is_empty()))
}

fn compose_with(command: &[String], prompt: &str, draft: &str) -> Result<String, EditorError> {
    let (program, arguments) = command.split_first().ok_or(EditorError::None)?;
    let file = write_draft(prompt, draft)?;
    let status = Command::new(program)
        .args(arguments)
        .arg(&file)
        .status()
        .map_err(|reason| {
            let _ = fs::remove_file(&file);
            EditorError::NotStarted {
                program: program.clone(),
                reason,
            }
        })?;
    if !status.success() {
        return Err(EditorError::Failed {
            program: program.clone(),
            status: status.to_string(),
            draft: file,
        });
    }
    let text = read_draft(&file)?;
    let _ = fs::remove_file(&file);
    Ok(text)
}

fn write_draft(prompt: &str, draft: &str) -> Result<PathBuf, EditorError> {
    let trouble = |reason| EditorError::Draft {
        path: env::temp_dir(),
        reason,
    };
    let mut file = tempfile::Builder::new()
        .prefix("landfall-")
        .suffix(".txt")
        .tempfile()
        .map_err(trouble)?;
    let mut text = String::new();
    for line in lines(prompt).lines() {
        text.push_str(&format!("# {line}\n"));
    }
    text.push_str("# Lines that begin with # are left out. Save and close to hand in.\n\n");
    text.push_str(draft);
    text.push('\n');
    file.write_all(text.as_bytes()).map_err(trouble)?;
    // Some editors replace the file: it is found again by its path, not by the open handle.
    let (_, path) = file.keep().map_err(|error| trouble(error.error))?;
    Ok(path)
}

fn read_draft(file: &Path) -> Result<String, EditorError> {
    let bytes = fs::read(file).map_err(|reason| match reason.kind() {
        io::ErrorKind::NotFound => EditorError::Gone(file.to_owned()),
        _ => EditorError::Draft {
            path: file.to_owned(),
            reason,
        },
    })?;
    let text = lines(&String::from_utf8_lossy(&bytes));
    let kept: Vec<&str> = text.lines().filter(|line| !line.starts_with('#')).collect();
    Ok(kept.join("\n").trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_editor_with_arguments_is_split_like_a_shell_does() {
        assert_eq!(
            split("code --wait 'my file'").unwrap(),
            ["code", "--wait", "my file"]
        );
    }

    #[test]
    fn an_empty_or_broken_setting_is_passed_over() {
        assert_eq!(split(""), None);
        assert_eq!(split("   "), None);
        assert_eq!(split("''"), None);
        assert_eq!(split("vim 'open"), None);
    }

    #[cfg(unix)]
    mod with_a_shell {
        use super::*;

        /// An "editor" that runs this script on the draft `$1`.
        fn edit(script: &str, draft: &str) -> Result<String, EditorError> {
            let command = ["sh", "-c", script, "editor"].map(str::to_owned);
            compose_with(&command, "Why four groups?\nThink of tiers.", draft)
        }

        #[test]
        fn what_was_written_comes_back_without_the_prompt() {
            let text = edit("echo 'least privilege' >> \"$1\"", "my draft").unwrap();
            assert_eq!(text, "my draft\nleast privilege");
        }

        #[test]
        fn the_prompt_is_shown_as_comments() {
            let text = edit("sed -i.bak 's/^# Why/Why/' \"$1\"; rm -f \"$1.bak\"", "").unwrap();
            assert_eq!(text, "Why four groups?");
        }

        #[test]
        fn an_editor_that_fails_hands_in_nothing_and_keeps_the_draft() {
            let error = edit("echo more >> \"$1\"; exit 1", "precious").unwrap_err();
            let EditorError::Failed { draft, .. } = &error else {
                panic!("{error}")
            };
            assert!(fs::read_to_string(draft).unwrap().contains("precious"));
            assert!(error.to_string().contains(&draft.display().to_string()));
            fs::remove_file(draft).unwrap();
        }

        #[test]
        fn a_draft_that_vanished_is_said_so() {
            assert!(matches!(edit("rm \"$1\"", "x"), Err(EditorError::Gone(_))));
        }

        #[test]
        fn an_editor_that_is_not_there_is_named() {
            let command = ["no-such-editor-here".to_owned()];
            let error = compose_with(&command, "", "").unwrap_err();
            assert!(error.to_string().contains("no-such-editor-here"));
        }
    }
}
