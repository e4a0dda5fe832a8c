//! The learner's task definition file: where it is, and what it holds. Its values stay in memory, for comparing;
//! the snapshot gets keys and verdicts.

#[cfg(test)]
mod tests;

use super::definition_compare::{compare, same_as_file};
use super::definition_shape::{added_by_aws, unwrapped};
use super::placeholder::{join, name_of};
use super::{Folder, git, placeholder};
use crate::account::{
    Architecture, DefinitionFile, Encoding, Fact, FileState, JsonTrouble, Listed, RevisionArn, Why,
};
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// ECS accepts definitions of 64 KiB; anything much larger is another kind of file.
const LARGEST_BYTES: u64 = 256 * 1024;
/// Of several files with the name, this many are opened to find the one of the chapter's family.
const MOST_OPENED: usize = 20;

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
/// anywhere in the repository (of several, the one of this family; where that leaves several, none is taken).
/// `Absent` = there is none.
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
        Some(path) => path,
        None => match in_tree(folder, configured, family).await {
            InTree::None => return Fact::Absent,
            InTree::One(path) => path,
            InTree::Several(paths) => {
                let paths = paths.iter().map(|path| shown(folder, path)).collect();
                return Fact::Present(FoundDefinition {
                    facts: facts_of(configured.to_owned(), FileState::Several(paths)),
                    json: None,
                });
            }
        },
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

/// What the repository around the folder has under the file's name.
enum InTree {
    None,
    One(PathBuf),
    Several(Vec<PathBuf>),
}

/// Of several the ones of this family count, if there are any.
async fn in_tree(folder: &Folder, configured: &str, family: &str) -> InTree {
    let name = Path::new(configured)
        .file_name()
        .and_then(|name| name.to_str());
    let Some(name) = name else {
        return InTree::None;
    };
    let mut files = git::files_named(folder.root(), name).await;
    files.retain(|path| path.is_file());
    let of_family: Vec<PathBuf> = files
        .iter()
        .take(MOST_OPENED)
        .filter(|path| family_of(path).is_some_and(|its| its == family))
        .cloned()
        .collect();
    let mut candidates = if of_family.is_empty() {
        files
    } else {
        of_family
    };
    match candidates.len() {
        0 => InTree::None,
        1 => InTree::One(candidates.swap_remove(0)),
        _ => {
            candidates.truncate(MOST_OPENED);
            InTree::Several(candidates)
        }
    }
}

fn family_of(path: &Path) -> Option<String> {
    let json: Value = serde_json::from_str(&text_of(path).ok()?.text).ok()?;
    let family = unwrapped(&json).get("family")?.as_str()?;
    Some(family.to_owned())
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

/// A file's text, and how it was written down.
struct Text {
    text: String,
    encoding: Encoding,
}

fn text_of(path: &Path) -> Result<Text, String> {
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
    decoded(&bytes).ok_or_else(|| "it is not UTF-8 text: save it as UTF-8".to_owned())
}

/// UTF-8, or UTF-16 by its byte order mark. `None` = neither.
fn decoded(bytes: &[u8]) -> Option<Text> {
    let utf16 = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let pairs = bytes.chunks_exact(2);
        let whole = pairs.remainder().is_empty();
        let units = pairs.map(|pair| unit([pair[0], pair[1]]));
        let text: Result<String, _> = char::decode_utf16(units).collect();
        text.ok().filter(|_| whole).map(|text| Text {
            text,
            encoding: Encoding::Utf16,
        })
    };
    match bytes {
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes),
        _ => {
            let text = std::str::from_utf8(bytes).ok()?;
            Some(match text.strip_prefix('\u{feff}') {
                Some(text) => Text {
                    text: text.to_owned(),
                    encoding: Encoding::Utf8WithMark,
                },
                None => Text {
                    text: text.to_owned(),
                    encoding: Encoding::Utf8,
                },
            })
        }
    }
}

fn facts_of(path: String, readable: FileState) -> DefinitionFile {
    DefinitionFile {
        path,
        readable,
        architecture: None,
        placeholders: Vec::new(),
        wrapped: false,
        added_by_aws: Vec::new(),
        twice: Vec::new(),
        encoding: Encoding::Utf8,
        compared: BTreeMap::new(),
        tracked: Fact::not_asked(),
    }
}

fn parsed(file: &Text, path: String) -> FoundDefinition {
    let mut facts = facts_of(path, FileState::Parsed);
    facts.encoding = file.encoding;
    let json = match serde_json::from_str::<Value>(&file.text) {
        Ok(json) => json,
        Err(error) => {
            facts.readable = FileState::NotJson {
                line: u32::try_from(error.line()).unwrap_or(u32::MAX),
                column: u32::try_from(error.column()).unwrap_or(u32::MAX),
                looks_like: trouble(&file.text, &error),
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
    facts.added_by_aws = added_by_aws(inner);
    facts.twice = twice(inner);
    facts.placeholders = placeholder::keys(inner);
    facts.architecture = inner
        .pointer("/runtimePlatform/cpuArchitecture")
        .and_then(|value| Architecture::deserialize(value).ok());
    FoundDefinition {
        facts,
        json: Some(json),
    }
}

/// What commonly stands where JSON breaks off.
fn trouble(text: &str, error: &serde_json::Error) -> JsonTrouble {
    if text.trim().is_empty() {
        return JsonTrouble::Empty;
    }
    if error.to_string().starts_with("trailing comma") {
        return JsonTrouble::TrailingComma;
    }
    let line = text.lines().nth(error.line().saturating_sub(1));
    // The column is that of the last byte that was read, or of the one that was looked at.
    let around = [error.column().saturating_sub(1), error.column()];
    let is_comment = line.is_some_and(|line| {
        around.iter().any(|at| {
            line.as_bytes()
                .get(*at)
                .is_some_and(|byte| matches!(byte, b'/' | b'#'))
        })
    });
    if is_comment {
        JsonTrouble::Comment
    } else {
        JsonTrouble::Other
    }
}

/// Names of a container's variables that its secrets have, too.
fn twice(definition: &Value) -> Vec<String> {
    let mut found = Vec::new();
    let containers = definition.get("containerDefinitions");
    for container in containers.and_then(Value::as_array).into_iter().flatten() {
        let names = |list: &str| {
            let items = container.get(list).and_then(Value::as_array);
            items.into_iter().flatten().filter_map(name_of)
        };
        let both = names("environment").filter(|name| names("secrets").any(|one| one == *name));
        found.extend(both.map(|name| join(name_of(container).unwrap_or_default(), name)));
    }
    found.sort();
    found.dedup();
    found
}
