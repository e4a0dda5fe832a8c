//! The programs that the lessons' commands need: are they there, in which version? Only `--version` is ever run here.

use crate::account::{Fact, Why};
use std::io;
use std::process::Stdio;
use std::time::Duration;
use tokio::process::Command;
use tokio::time::timeout;

/// A program that takes longer to say its version is not waited for. The first start of a large one from a cold disk is slow.
const PATIENCE: Duration = Duration::from_secs(10);

/// What a program says of itself (`aws-cli/2.32.1 Python/3.13.9 ...`), its first line; `Absent` = it is not on the path.
pub async fn version(program: &str) -> Fact<String> {
    let run = Command::new(program)
        .arg("--version")
        .stdin(Stdio::null())
        .kill_on_drop(true)
        .output();
    let output = match timeout(PATIENCE, run).await {
        Err(_) => return Fact::Unknown(Why::TimedOut),
        Ok(Err(error)) if error.kind() == io::ErrorKind::NotFound => return Fact::Absent,
        Ok(Err(error)) => {
            return Fact::Unknown(Why::Other {
                say: format!("it could not be started: {error}"),
            });
        }
        Ok(Ok(output)) => output,
    };
    // Version 1 of the AWS command line wrote it to stderr for a long time.
    let said = [output.stdout, output.stderr]
        .iter()
        .find_map(|bytes| {
            let text = String::from_utf8_lossy(bytes);
            text.lines()
                .map(str::trim)
                .find(|line| !line.is_empty())
                .map(str::to_owned)
        })
        .unwrap_or_default();
    if output.status.success() && !said.is_empty() {
        Fact::Present(said)
    } else {
        Fact::Unknown(Why::Other {
            say: "it ended with an error when asked for its version".to_owned(),
        })
    }
}

/// The first version number in what a program said: major, minor, patch (0 where it has fewer parts).
pub fn number(said: &str) -> Option<(u32, u32, u32)> {
    said.split(|letter: char| !(letter.is_ascii_digit() || letter == '.'))
        .filter(|part| part.contains('.'))
        .find_map(|part| {
            let mut numbers = part.split('.').map(|number| number.parse().ok());
            let major = numbers.next()??;
            let minor = numbers.next()??;
            let patch = numbers.next().flatten().unwrap_or(0);
            Some((major, minor, patch))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_is_found_in_what_each_program_says() {
        for (said, expected) in [
            (
                "aws-cli/2.32.6 Python/3.13.9 Linux/6.8 exe/x86_64",
                (2, 32, 6),
            ),
            ("Docker version 27.3.1, build ce12230", (27, 3, 1)),
            ("git version 2.47.3", (2, 47, 3)),
            ("git version 2.50.1.windows.1", (2, 50, 1)),
            ("git version 2.39", (2, 39, 0)),
        ] {
            assert_eq!(number(said), Some(expected), "{said}");
        }
        assert_eq!(number("a build of last night"), None);
    }

    #[tokio::test]
    async fn a_program_that_is_not_there_is_absent() {
        assert_eq!(version("landfall-no-such-program").await, Fact::Absent);
    }
}
