//! The readers of other programs, in a Python environment of their own.

use super::python;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// What a reader made of the documents.
pub fn read_by(reader: &str, documents: &[&str]) -> Value {
    let folder = tempfile::tempdir().unwrap();
    let files: Vec<PathBuf> = (0..documents.len())
        .map(|number| folder.path().join(format!("export-{number}.txt")))
        .collect();
    for (file, document) in files.iter().zip(documents) {
        fs::write(file, document).unwrap();
    }
    let output = Command::new(environment().join("bin/python"))
        .arg(tests().join("readers.py"))
        .arg(reader)
        .args(&files)
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .env("PYTHONUTF8", "1")
        .output()
        .expect("the reader starts");
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{reader}: {complaint}");
    let last = output
        .stdout
        .split(|byte| *byte == b'\n')
        .rfind(|line| !line.is_empty());
    serde_json::from_slice(last.expect("the reader prints what it saw")).unwrap()
}

fn tests() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/exports")
}

fn environment() -> &'static Path {
    static ENVIRONMENT: OnceLock<PathBuf> = OnceLock::new();
    ENVIRONMENT.get_or_init(|| python::environment("exports", &tests().join("requirements.txt")))
}
