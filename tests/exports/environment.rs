//! A Python environment of its own under `target/`, with the readers at pinned versions.

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use std::{env, fs};

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

/// Made on first use and kept as long as the pins stay the same.
fn environment() -> &'static Path {
    static ENVIRONMENT: OnceLock<PathBuf> = OnceLock::new();
    ENVIRONMENT.get_or_init(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
            .with_file_name("exports")
            .join("venv");
        let pins = tests().join("requirements.txt");
        let done = folder.join("requirements-installed.txt");
        let wanted = fs::read(&pins).unwrap();
        if fs::read(&done).is_ok_and(|installed| installed == wanted) {
            return folder;
        }
        let _ = fs::remove_dir_all(&folder);
        let python = env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned());
        run(Command::new(python).args(["-m", "venv"]).arg(&folder));
        run(Command::new(folder.join("bin/pip"))
            .args(["install", "--quiet", "--disable-pip-version-check", "-r"])
            .arg(&pins));
        fs::write(done, wanted).unwrap();
        folder
    })
}

fn run(command: &mut Command) {
    let status = command
        .status()
        .unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert!(status.success(), "{command:?} ended with {status}");
}
