//! Folders with more in them than bundles, and files whose names are meant to do harm.
#![cfg(unix)]

use super::class::Class;
use super::documents::{FORMATS, sound};
use super::good::good;
use serde_json::{Value, json};
use std::fs::{self, File};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::net::UnixListener;
use std::path::Path;
use std::process::Command;

const MIB: u64 = 1024 * 1024;

#[test]
fn what_is_no_file_or_far_too_large_costs_its_own_row_and_no_other() {
    let mut class = Class::new();
    let ann = class.hand_in(good().bundle.as_bytes());
    let (sparse, path) = class.next();
    File::create(path).unwrap().set_len(65 * MIB).unwrap();
    let (endless, path) = class.next();
    File::create(path).unwrap().set_len(1 << 40).unwrap();
    let nested = class.hand_in(format!("[{}[]]", "[],".repeat(20 * 1_048_576)).as_bytes());
    let (folder, path) = class.next();
    fs::create_dir(path).unwrap();
    let (around, path) = class.next();
    symlink(&path, &path).unwrap();
    let (nowhere, path) = class.next();
    symlink("not/there.json", path).unwrap();
    let (pipe, path) = class.next();
    let made = Command::new("mkfifo").arg(&path).status().unwrap();
    assert!(made.success());
    let (socket, path) = class.next();
    let _listening = UnixListener::bind(path).unwrap();
    let (zeros, path) = class.next();
    symlink("/dev/zero", path).unwrap();
    let (closed, path) = class.next();
    fs::write(&path, &good().bundle).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).unwrap();
    let is_closed = File::open(&path).is_err();
    // A loop through folders.
    symlink("..", class.path().join("bundles/all")).unwrap();
    class.enrol();

    for format in FORMATS {
        let run = sound(class.path(), format, &["--roster", "roster.csv"]);
        for name in &class.students {
            let is_there = run.stdout.contains(name.as_str());
            assert!(is_there || format == "canvas", "{format}: {name} is lost");
        }
    }
    let report = json_of(class.path(), &["--roster", "roster.csv"]);
    let standing = |name: &str| row(&report, name)["standing"].clone();
    assert_eq!(
        standing(&ann),
        "stuck",
        "the good one is judged all the same"
    );
    for large in [&sparse, &endless, &nested] {
        assert_eq!(standing(large), "unreadable");
        let trouble = row(&report, large)["trouble"].to_string();
        assert!(trouble.contains("larger than any bundle"), "{trouble}");
    }
    // An empty folder, or what is no file, is nothing that was handed in; to call it unreadable is as good.
    for no_file in [&folder, &around, &nowhere, &pipe, &socket, &zeros] {
        let standing = standing(no_file);
        let fits = standing == "not_submitted" || standing == "unreadable";
        assert!(fits, "{no_file}: {standing}");
        assert_eq!(row(&report, no_file)["score"], Value::Null, "not a zero");
    }
    if is_closed {
        assert_eq!(standing(&closed), "unreadable");
    }
}

#[test]
fn a_name_of_a_file_is_only_a_name() {
    let class = Class::new();
    let long = "n".repeat(200);
    let names = [
        "line\nbreak",
        "carriage\rreturn",
        "\u{1b}[2J\u{1b}[31mred",
        "nosj\u{202e}exe",
        "<script>alert(1)</script>".split('/').next().unwrap(),
        "<img src=x onerror=alert(1)>",
        "=cmd|' C calc'!A0",
        "-rf",
        "--help",
        "a|b|c",
        "[a](javascript:alert(1))",
        "a,b;c\td\"e'f",
        "..",
        "%2e%2e%2f",
        "   ",
        "CON",
        &long,
        "\u{1f44b}\u{1f3fd}\u{200d}",
    ];
    for name in names {
        let path = class.path().join("bundles").join(format!("{name}.json"));
        fs::write(path, &good().bundle).unwrap();
    }
    for (number, name) in names.iter().enumerate() {
        // The same as a student's folder, where an LMS makes one for each.
        let folder = class.path().join(format!("bundles/{number}-{name}"));
        fs::create_dir(&folder).unwrap();
        fs::write(folder.join("bundle.json"), "{").unwrap();
    }
    for format in FORMATS {
        sound(class.path(), format, &[]);
        // A gradebook without ids is refused.
        if format != "canvas" {
            sound(class.path(), format, &["--anonymise"]);
        }
    }
    let report = json_of(class.path(), &[]);
    let students = report["students"].as_array().unwrap();
    // `..` makes a hidden file of `...json`: those are a system's own.
    let files = 2 * names.len() - 1;
    assert_eq!(students.len(), files, "every file is somebody");
    let mut keys: Vec<&Value> = students.iter().map(|one| &one["key"]).collect();
    keys.sort_by_key(|key| key.to_string());
    keys.dedup();
    assert_eq!(keys.len(), students.len(), "each by a key of its own");
    for key in keys {
        let key = key.as_str().unwrap();
        let plain = |letter: char| letter.is_ascii_alphanumeric() || letter == '-';
        assert!(!key.is_empty() && key.chars().all(plain), "{key:?}");
    }
}

#[test]
#[cfg(target_os = "linux")] // elsewhere a name has to be text
fn a_name_that_is_no_text_is_still_a_file() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let class = Class::new();
    let name = OsStr::from_bytes(b"ann-\xff\xfe.json");
    fs::write(class.path().join("bundles").join(name), &good().bundle).unwrap();
    for format in FORMATS {
        sound(class.path(), format, &[]);
    }
    let report = json_of(class.path(), &[]);
    assert_eq!(report["students"].as_array().unwrap().len(), 1);
}

#[test]
fn many_copies_of_one_file_are_pointed_out_and_not_counted_for_proof() {
    let mut class = Class::new();
    for _ in 0..30 {
        class.hand_in(good().bundle.as_bytes());
    }
    class.enrol();
    let report = json_of(class.path(), &["--roster", "roster.csv"]);
    assert_eq!(report["students"].as_array().unwrap().len(), 30);
    assert_eq!(
        report["standings"]["stuck"],
        json!(30),
        "each is judged by what it says"
    );
    let alike = report["alike"].as_array().unwrap();
    assert!(!alike.is_empty(), "a reason for a talk");
    for one in alike {
        let say = one["say"].as_str().unwrap().to_lowercase();
        for blame in ["cheat", "fraud", "plagiar", "copied from"] {
            assert!(!say.contains(blame), "{say}");
        }
    }
}

fn json_of(folder: &Path, rest: &[&str]) -> Value {
    serde_json::from_str(&sound(folder, "json", rest).stdout).unwrap()
}

fn row<'a>(report: &'a Value, name: &str) -> &'a Value {
    let students = report["students"].as_array().unwrap();
    let found = students.iter().find(|one| one["name"] == name);
    found.unwrap_or_else(|| panic!("{name} is lost"))
}
