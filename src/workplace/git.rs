//! What the learner's repository knows, through the `git` program. Nothing is written, nothing is fetched, no hook
//! or monitor of the repository runs.

#[cfg(test)]
mod tests;

use crate::account::{Fact, Git, Tracked, Why};
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::process::Command;
use tokio::time::timeout;

/// A repository that does not answer within this is not waited for.
const PATIENCE: Duration = Duration::from_secs(5);
/// Longer answers are cut: none of our questions has one.
const LONGEST_ANSWER: u64 = 1024 * 1024;
/// More tags than this are not asked about.
const MOST_TAGS: usize = 1000;
/// More files of one name than this are not looked at.
const MOST_FILES: usize = 50;

/// HEAD, and which of `tags` are commits here. Only tags of 7 to 40 hex digits are asked about; in a shallow clone a
/// commit that is not there is left out, since it may well exist. `Absent` = no repository.
pub async fn look(folder: &Path, tags: &[String]) -> Fact<Git> {
    look_or_why(folder, tags).await.unwrap_or_else(NoGit::fact)
}

async fn look_or_why(folder: &Path, tags: &[String]) -> Result<Fact<Git>, NoGit> {
    let shallow = ask(folder, &["rev-parse", "--is-shallow-repository"], "").await?;
    let head = ask(folder, &["rev-parse", "--verify", "--quiet", "HEAD"], "").await;
    let head = match head {
        Ok(text) => Some(text.trim().to_owned()).filter(|id| is_hex(id)),
        // Before the first commit git answers with an error and says nothing.
        Err(NoGit::Refused(_)) => None,
        Err(other) => return Err(other),
    };
    let mut hex: Vec<&str> = tags
        .iter()
        .map(String::as_str)
        .filter(|tag| looks_like_commit(tag))
        .collect();
    hex.sort_unstable();
    hex.dedup();
    hex.truncate(MOST_TAGS);
    let mut known = BTreeMap::new();
    if !hex.is_empty() {
        let questions: String = hex
            .iter()
            .map(|tag| format!("{tag}^{{commit}}\n"))
            .collect();
        let format = "--batch-check=%(objecttype)";
        let answers = ask(folder, &["cat-file", format], &questions).await?;
        for (tag, answer) in hex.iter().zip(answers.lines()) {
            // Several commits begin so: at least it is one, but which?
            if answer.ends_with(" ambiguous") {
                continue;
            }
            let is_commit = answer == "commit";
            if is_commit || shallow.trim() != "true" {
                known.insert((*tag).to_owned(), is_commit);
            }
        }
    }
    Ok(Fact::Present(Git { head, known }))
}

/// Whether git keeps this file, and whether it is as committed. `Absent` = it lies in no repository.
pub async fn tracked(file: &Path) -> Fact<Tracked> {
    let (Some(folder), Some(name)) = (file.parent(), file.file_name().and_then(|n| n.to_str()))
    else {
        return Fact::Absent;
    };
    let spec = format!(":(literal){name}");
    let args = [
        "status",
        "--porcelain=v1",
        "-z",
        "--untracked-files=all",
        "--ignored=matching",
        "--",
        &spec,
    ];
    match ask(folder, &args, "").await {
        Ok(answer) if answer.is_empty() => Fact::Present(Tracked::Clean),
        Ok(answer) if answer.starts_with("??") || answer.starts_with("!!") => {
            Fact::Present(Tracked::Untracked)
        }
        Ok(_) => Fact::Present(Tracked::Changed),
        Err(trouble) => trouble.fact(),
    }
}

/// Files of this name in the repository around `folder`, tracked or new but not ignored, the shallowest first.
/// Nothing when there is no repository or no git.
pub(super) async fn files_named(folder: &Path, name: &str) -> Vec<PathBuf> {
    let Ok(top) = ask(folder, &["rev-parse", "--show-toplevel"], "").await else {
        return Vec::new();
    };
    let top = PathBuf::from(top.trim_end_matches(['\r', '\n']));
    let spec = format!(":(top,glob)**/{}", escaped(name));
    let args = [
        "ls-files",
        "-z",
        "--full-name",
        "--cached",
        "--others",
        "--exclude-standard",
        "--",
        &spec,
    ];
    let Ok(answer) = ask(folder, &args, "").await else {
        return Vec::new();
    };
    let mut paths: Vec<&str> = answer.split('\0').filter(|path| !path.is_empty()).collect();
    paths.sort_by_key(|path| (path.matches('/').count(), *path));
    paths.dedup();
    paths.truncate(MOST_FILES);
    paths.into_iter().map(|path| top.join(path)).collect()
}

fn escaped(name: &str) -> String {
    name.chars()
        .flat_map(|c| {
            matches!(c, '*' | '?' | '[' | '\\')
                .then_some('\\')
                .into_iter()
                .chain([c])
        })
        .collect()
}

fn looks_like_commit(tag: &str) -> bool {
    (7..=40).contains(&tag.len()) && is_hex(tag)
}

fn is_hex(text: &str) -> bool {
    text.len() >= 7 && text.bytes().all(|b| b.is_ascii_hexdigit())
}

/// Why git gave no answer.
#[derive(Debug, PartialEq, Eq)]
enum NoGit {
    /// The program is not there.
    NoProgram,
    NoRepository,
    TimedOut,
    /// It ended with an error; what to say about it.
    Refused(String),
}

impl NoGit {
    fn fact<T>(self) -> Fact<T> {
        let say = match self {
            NoGit::NoRepository => return Fact::Absent,
            NoGit::TimedOut => return Fact::Unknown(Why::TimedOut),
            NoGit::NoProgram => "the git program was not found".to_owned(),
            NoGit::Refused(say) => say,
        };
        Fact::Unknown(Why::Other { say })
    }
}

/// Runs git and gives what it wrote, if it ended well.
async fn ask(folder: &Path, args: &[&str], input: &str) -> Result<String, NoGit> {
    timeout(PATIENCE, run(folder, args, input))
        .await
        .unwrap_or(Err(NoGit::TimedOut))
}

async fn run(folder: &Path, args: &[&str], input: &str) -> Result<String, NoGit> {
    let mut child = command(folder, args)
        .spawn()
        .map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => NoGit::NoProgram,
            _ => NoGit::Refused(format!("git could not be started: {error}")),
        })?;
    let (stdin, stdout, stderr) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    let write = async {
        if let Some(mut stdin) = stdin {
            // It may end before it has read everything; its answer tells.
            let _ = stdin.write_all(input.as_bytes()).await;
        }
    };
    let ((), answer, complaint) = tokio::join!(write, read(stdout), read(stderr));
    let status = child
        .wait()
        .await
        .map_err(|error| NoGit::Refused(format!("git could not be waited for: {error}")))?;
    if status.success() {
        return Ok(answer);
    }
    Err(if complaint.contains("not a git repository") {
        NoGit::NoRepository
    } else if complaint.contains("dubious ownership") {
        NoGit::Refused("git refuses this folder: it belongs to another user".to_owned())
    } else {
        NoGit::Refused("git answered with an error".to_owned())
    })
}

async fn read(from: Option<impl tokio::io::AsyncRead + Unpin>) -> String {
    let mut bytes = Vec::new();
    if let Some(from) = from {
        let _ = from.take(LONGEST_ANSWER).read_to_end(&mut bytes).await;
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn command(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new("git");
    command
        .arg("--no-pager")
        // A repository may name a program that watches its files; it is not ours to start.
        .args(["-c", "core.fsmonitor=false"])
        .args(args)
        .current_dir(folder)
        .env("LC_ALL", "C")
        .env("GIT_OPTIONAL_LOCKS", "0")
        .env("GIT_NO_LAZY_FETCH", "1")
        .env("GIT_TERMINAL_PROMPT", "0")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true);
    // Set when git itself started us (a hook): they would point away from the folder.
    for name in [
        "GIT_DIR",
        "GIT_WORK_TREE",
        "GIT_INDEX_FILE",
        "GIT_PREFIX",
        "GIT_OBJECT_DIRECTORY",
        "GIT_NAMESPACE",
    ] {
        command.env_remove(name);
    }
    command
}
