//! The learner's task definition file: where it is, and what it holds. Its values stay in memory, for comparing;
//! the snapshot gets keys and verdicts.

#[cfg(test)]
mod tests;

use super::definition_compare::{compare, same_as_file};
use super::definition_shape::unwrapped;
use super::{Folder, git, placeholder};
use crate::account::{Architecture, DefinitionFile, Fact, FileState, Listed, RevisionArn, Why};
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// ECS accepts definitions of 64 KiB; anything much larger is another kind of file.
const LARGEST_BYTES: u64 = 256 * 1024;
/// Of several files with the name, this many are opened to find the one of the chapter's family.
const MOST_OPENED: usize = 8;

/// A task definition file that was found, with what is in it. Deliberately without `Debug` and `Serialize`: it may
/// hold secrets.
pub struct FoundDefinition {
    /// What the snapshot gets.
    pub facts: DefinitionFile,
    json: Option<Value>,
}

impl FoundDefinition {
    /// Compares it with one registered revision, as DescribeTaskDefinition gave it, and notes the result. Without
    /// effect when the file could not be parsed.
    pub fn compare(&mut self, arn: &RevisionArn, registered: &Value) {
        if let Some(file) = &self.json {
            let result = compare(file, registered);
            self.facts.compared.insert(arn.clone(), result);
        }
    }

    /// Whether the file gives this variable or label the same value; `None` without such an entry.
    pub fn same(&self, container: &str, list: Listed, name: &str, value: &str) -> Option<bool> {
        same_as_file(self.json.as_ref()?, container, list, name, value)
    }
}

/// Finds and reads the file: by its configured path at the app's root, in the current folder, else by its name
/// anywhere in the repository (of several, the one of this family). `Absent` = there is none.
pub async fn find_definition(
    folder: &Folder,
    configured: &str,
    family: &str,
) -> Fact<FoundDefinition> {
    let placed = [folder.root(), folder.current()]
        .into_iter()
        .map(|base| base.join(configured))
        .find(|path| path.is_file());
    let path = match placed {
        Some(path) => Some(path),
        None => match Path::new(configured)
            .file_name()
            .and_then(|name| name.to_str())
        {
            Some(name) => of_family(git::files_named(folder.root(), name).await, family),
            None => None,
        },
    };
    let Some(path) = path else {
        return Fact::Absent;
    };
    match text_of(&path) {
        Ok(text) => {
            let mut found = parsed(&text, shown(folder, &path));
            found.facts.tracked = git::tracked(&path).await;
            Fact::Present(found)
        }
        Err(say) => Fact::Unknown(Why::Other {
            say: format!("{}: {say}", shown(folder, &path)),
        }),
    }
}

fn of_family(paths: Vec<PathBuf>, family: &str) -> Option<PathBuf> {
    let right = paths.iter().take(MOST_OPENED).find(|path| {
        text_of(path)
            .ok()
            .and_then(|text| serde_json::from_str::<Value>(&text).ok())
            .is_some_and(|json| {
                unwrapped(&json)
                    .get("family")
                    .is_some_and(|name| name == family)
            })
    });
    right
        .cloned()
        .or_else(|| paths.into_iter().find(|path| path.is_file()))
}

/// Relative to the app's root where that is possible.
fn shown(folder: &Folder, path: &Path) -> String {
    let root = folder.root();
    let relative = path.strip_prefix(root).map(Path::to_owned).or_else(|_| {
        // git names the real path, the current folder may be reached through a link.
        let root = root.canonicalize()?;
        path.canonicalize()?
            .strip_prefix(root)
            .map(Path::to_owned)
            .map_err(|_| io::Error::from(io::ErrorKind::NotFound))
    });
    relative
        .unwrap_or_else(|_: io::Error| path.to_owned())
        .display()
        .to_string()
}

fn text_of(path: &Path) -> Result<String, String> {
    let failed = |error: io::Error| format!("it cannot be read: {error}");
    let file = File::open(path).map_err(failed)?;
    if !file.metadata().map_err(failed)?.is_file() {
        return Err("it is not a regular file".to_owned());
    }
    let mut bytes = Vec::new();
    file.take(LARGEST_BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(failed)?;
    if bytes.len() as u64 > LARGEST_BYTES {
        return Err(format!(
            "it is larger than {} KiB, no task definition is",
            LARGEST_BYTES / 1024
        ));
    }
    let text = String::from_utf8(bytes)
        .map_err(|_| "it is not UTF-8 text: save it as UTF-8".to_owned())?;
    Ok(text.trim_start_matches('\u{feff}').to_owned())
}

fn parsed(text: &str, path: String) -> FoundDefinition {
    let mut facts = DefinitionFile {
        path,
        readable: FileState::Parsed,
        architecture: None,
        placeholders: Vec::new(),
        wrapped: false,
        compared: BTreeMap::new(),
        tracked: Fact::not_asked(),
    };
    let json = match serde_json::from_str::<Value>(text) {
        Ok(json) => json,
        Err(error) => {
            facts.readable = FileState::NotJson {
                line: u32::try_from(error.line()).unwrap_or(u32::MAX),
                column: u32::try_from(error.column()).unwrap_or(u32::MAX),
            };
            return FoundDefinition { facts, json: None };
        }
    };
    let inner = unwrapped(&json);
    if !inner
        .get("containerDefinitions")
        .is_some_and(Value::is_array)
    {
        facts.readable = FileState::NotADefinition;
        return FoundDefinition { facts, json: None };
    }
    facts.wrapped = !std::ptr::eq(inner, &raw const json);
    facts.placeholders = placeholder::keys(inner);
    facts.architecture = inner
        .pointer("/runtimePlatform/cpuArchitecture")
        .and_then(|value| Architecture::deserialize(value).ok());
    FoundDefinition {
        facts,
        json: Some(json),
    }
}
