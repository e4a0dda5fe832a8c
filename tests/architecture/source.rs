//! The source as the architecture test sees it: files, without their tests, and the paths that stand in them.

use std::fs;
use std::path::{Path, PathBuf};

/// One file under `src/`.
pub struct SourceFile {
    /// As from the repository's root, with forward slashes.
    pub name: String,
    /// Comments and string contents blanked, unit tests cut off; lines stay where they are.
    pub code: String,
}

/// A path such as `crate::account::Fact` or `std::fs`, and macros as `println!`.
pub struct Mention {
    pub line: usize,
    pub path: Vec<String>,
}

/// Every file of the product's code. Files that are compiled for tests only are left out.
pub fn product_code() -> Vec<SourceFile> {
    let all = files_under("src", &["rs"]);
    let for_tests: Vec<PathBuf> = all.iter().flat_map(|path| test_modules(path)).collect();
    all.into_iter()
        .filter(|path| {
            let module = path.with_extension("");
            !for_tests.iter().any(|tests| module.starts_with(tests))
        })
        .map(|path| SourceFile {
            code: without_tests(&blanked(&read(&path))),
            name: name_of(&path),
        })
        .collect()
}

/// The modules that a file declares for tests only, as paths without ending.
fn test_modules(path: &Path) -> Vec<PathBuf> {
    let is_folder_of_its_own = ["mod.rs", "lib.rs", "main.rs"]
        .iter()
        .any(|name| path.ends_with(name));
    let folder = if is_folder_of_its_own {
        path.parent().expect("a file is in a folder").to_owned()
    } else {
        path.with_extension("")
    };
    let text = read(path);
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    lines
        .windows(2)
        .filter(|pair| pair[0] == "#[cfg(test)]" && pair[1].ends_with(';'))
        .filter_map(|pair| pair[1].trim_end_matches(';').rsplit_once("mod "))
        .map(|(_, name)| folder.join(name))
        .collect()
}

pub fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The files of a folder with one of these endings, folders inside it included.
pub fn files_under(folder: &str, endings: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("the folder is there") {
            let path = entry.expect("the entry can be read").path();
            let ending = path.extension().and_then(|ending| ending.to_str());
            if path.is_dir() {
                folders.push(path);
            } else if ending.is_some_and(|ending| endings.contains(&ending)) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

pub fn name_of(path: &Path) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let inner = path
        .strip_prefix(root)
        .expect("the file is in the repository");
    inner.to_string_lossy().replace('\\', "/")
}

/// Unit tests stand last in their file.
fn without_tests(code: &str) -> String {
    let mut kept = String::new();
    let mut lines = code.lines().peekable();
    while let Some(line) = lines.next() {
        let opens_tests = lines.peek().is_some_and(|next| {
            let words: Vec<&str> = next.split_whitespace().collect();
            words.contains(&"mod") && next.trim_end().ends_with('{')
        });
        if line.trim() == "#[cfg(test)]" && opens_tests {
            break;
        }
        kept.push_str(line);
        kept.push('\n');
    }
    kept
}

/// The same text with comments and the contents of strings as spaces.
fn blanked(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    let mut before = ' ';
    while let Some(letter) = rest.next() {
        match letter {
            '/' if rest.peek() == Some(&'/') => {
                while rest.peek().is_some_and(|next| *next != '\n') {
                    rest.next();
                }
            }
            '"' => {
                out.push('"');
                let raw = before == '#' || before == 'r';
                let hashes = out.chars().rev().skip(1).take_while(|c| *c == '#').count();
                while let Some(inner) = rest.next() {
                    if inner == '\n' {
                        out.push('\n');
                    } else if inner == '\\' && !raw {
                        if rest.next() == Some('\n') {
                            out.push('\n');
                        }
                    } else if inner == '"' {
                        let closing: Vec<char> = rest.clone().take(hashes).collect();
                        if !raw || closing.iter().all(|c| *c == '#') {
                            break;
                        }
                    }
                }
                out.push('"');
            }
            _ => out.push(letter),
        }
        before = letter;
    }
    out
}

impl SourceFile {
    /// `checks` for `src/checks/rds.rs`, `lib` for `src/lib.rs`.
    pub fn room(&self) -> &str {
        let inner = self.name.strip_prefix("src/").unwrap_or(&self.name);
        let first = inner.split('/').next().unwrap_or(inner);
        first.strip_suffix(".rs").unwrap_or(first)
    }

    /// How many modules deep the file is: `super` as often as this is the crate.
    fn depth(&self) -> usize {
        let inner = self.name.strip_prefix("src/").unwrap_or(&self.name);
        inner.split('/').count() - usize::from(inner.ends_with("/mod.rs"))
    }

    /// Every path in the file, those of grouped imports one by one. `super` up to the crate reads `crate`.
    pub fn mentions(&self) -> Vec<Mention> {
        let mut found = Vec::new();
        let tokens = tokens(&self.code);
        let mut at = 0;
        while at < tokens.len() {
            at = read_path(&tokens, at, &[], &mut found).max(at + 1);
        }
        for mention in &mut found {
            let supers = mention
                .path
                .iter()
                .take_while(|part| *part == "super")
                .count();
            if supers >= self.depth() && supers > 0 {
                mention.path.splice(..supers, ["crate".to_owned()]);
            }
        }
        found
    }
}

struct Token {
    line: usize,
    text: String,
}

/// Words, `::`, and every other sign by itself.
fn tokens(code: &str) -> Vec<Token> {
    let mut found: Vec<Token> = Vec::new();
    for (number, line) in code.lines().enumerate() {
        let mut rest = line;
        while let Some(first) = rest.chars().next() {
            let is_word = |c: char| c.is_alphanumeric() || c == '_';
            let length = if is_word(first) {
                rest.find(|c| !is_word(c)).unwrap_or(rest.len())
            } else if rest.starts_with("::") {
                2
            } else {
                first.len_utf8()
            };
            let (text, after) = rest.split_at(length);
            if !text.trim().is_empty() {
                found.push(Token {
                    line: number + 1,
                    text: text.to_owned(),
                });
            }
            rest = after;
        }
    }
    found
}

/// Reads one path, or each path of a group; gives the index after it.
fn read_path(tokens: &[Token], start: usize, prefix: &[String], found: &mut Vec<Mention>) -> usize {
    let text = |at: usize| tokens.get(at).map_or("", |token| token.text.as_str());
    let is_word = |at: usize| text(at).starts_with(|c: char| c.is_alphabetic() || c == '_');
    let mut path = prefix.to_vec();
    let mut at = start;
    while is_word(at) {
        path.push(text(at).to_owned());
        at += 1;
        if text(at) != "::" {
            break;
        }
        at += 1;
        if text(at) == "{" {
            at += 1;
            while at < tokens.len() && text(at) != "}" {
                at = read_path(tokens, at, &path, found).max(at + 1);
            }
            return at + 1;
        }
    }
    if at > start {
        if text(at) == "!" {
            path.last_mut().expect("a word was read").push('!');
        }
        found.push(Mention {
            line: tokens[start].line,
            path,
        });
    }
    at
}
