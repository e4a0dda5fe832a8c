//! The part of the set-up that lies on this computer.

use crate::account::Fact;
use crate::app::context::Context;
use crate::app::failure::Failure;
use crate::app::{real, status};
use crate::checks::{Fix, reason};
use crate::progress::Store;
use crate::report::doctor::{Part, PartState};
use crate::workplace::{SETTINGS_NAME, program};

/// Landfall's own folder. That it is readable is known: the command would have ended before.
pub(super) fn home(context: &Context) -> Result<Part, Failure> {
    let file = context.home.join(Store::FILE);
    let looks = match status::latest(context)? {
        Some(key) => context.store.looks(&key)?,
        None => 0,
    };
    let kept = match looks {
        0 => "no look is kept yet".to_owned(),
        1 => "one look is kept".to_owned(),
        many => format!("{many} looks are kept"),
    };
    let say = format!(
        "Your progress can be read and written; {kept}: {}",
        file.display()
    );
    Ok(Part::new("progress", "Progress", PartState::Fine, say))
}

/// `landfall.toml`. One that is there and wrong would have ended the command before, with its lines and columns.
pub(super) fn settings(context: &Context) -> Part {
    let say = match &context.settings_file {
        Some(file) => format!("Your names and numbers are in {}", file.path.display()),
        None => format!(
            "There is no {SETTINGS_NAME} in this folder or above it: the names that the lessons use count."
        ),
    };
    Part::new("settings", SETTINGS_NAME, PartState::Fine, say)
}

/// What a program is needed for, and from which version on.
struct Needed {
    program: &'static str,
    from: Option<(u32, u32, u32)>,
    /// What is not possible without it.
    without: &'static str,
    /// What is not possible before that version.
    before: &'static str,
    get: &'static str,
}

const PROGRAMS: [Needed; 3] = [
    Needed {
        program: "aws",
        from: Some((2, 32, 0)),
        without: "the commands of the lessons need it; checking does not",
        before: "`aws login` needs 2.32",
        get: "Install the AWS command line, version 2: https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html",
    },
    Needed {
        program: "docker",
        from: None,
        without: "the lesson that pushes the image needs it; checking does not",
        before: "",
        get: "Install Docker, or anything else that understands its commands: https://docs.docker.com/get-started/get-docker/",
    },
    Needed {
        program: "git",
        from: None,
        without: "which commit an image was built from cannot be compared",
        before: "",
        get: "Install git: https://git-scm.com/downloads",
    },
];

/// The programs that the lessons' commands need.
pub(super) fn programs() -> Result<Vec<Part>, Failure> {
    let said = real::runtime()?.block_on(async {
        let [aws, docker, git] = &PROGRAMS;
        tokio::join!(
            program::version(aws.program),
            program::version(docker.program),
            program::version(git.program)
        )
    });
    let said = [said.0, said.1, said.2];
    Ok(PROGRAMS
        .iter()
        .zip(said)
        .map(|(needed, said)| part(needed, &said))
        .collect())
}

fn part(needed: &Needed, said: &Fact<String>) -> Part {
    let name = needed.program;
    let note = |say: String| Part::new(name, name, PartState::Note, say);
    match said {
        Fact::Absent => {
            note(format!("{name} was not found: {}.", needed.without)).todo(Fix::say(needed.get))
        }
        Fact::Unknown(why) => note(format!(
            "{name} is there but does not say its version: {}.",
            reason(why)
        )),
        Fact::Present(said) => match (needed.from, program::number(said)) {
            (Some(from), Some(found)) if found < from => {
                note(format!("{said}: {}.", needed.before)).todo(Fix::say(needed.get))
            }
            _ => Part::new(name, name, PartState::Fine, said.clone()),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::Why;

    #[test]
    fn an_old_command_line_is_a_note_with_what_it_lacks() {
        let aws = &PROGRAMS[0];
        let with = |said: &str| part(aws, &Fact::Present(said.into()));
        let old = with("aws-cli/2.15.0 Python/3.11.6");
        assert_eq!(old.state, PartState::Note);
        assert!(old.say.contains("`aws login` needs 2.32"));
        assert_eq!(with("aws-cli/1.44.2 Python/3.11").state, PartState::Note);
        assert_eq!(with("aws-cli/2.32.0 Python/3.13").state, PartState::Fine);
        assert_eq!(with("a build of last night").state, PartState::Fine);
    }

    #[test]
    fn a_missing_program_never_keeps_landfall_from_checking() {
        for needed in &PROGRAMS {
            let missing = part(needed, &Fact::Absent);
            assert_eq!(missing.state, PartState::Note);
            assert!(missing.say.contains("was not found"));
            assert!(missing.todo[0].say.starts_with("Install"));
            let silent = part(needed, &Fact::Unknown(Why::TimedOut));
            assert_eq!(silent.state, PartState::Note);
        }
    }
}
