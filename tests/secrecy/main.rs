//! The binary against an account, a folder and an environment full of secrets: none is printed, none is kept.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod account;

use account::{PLAIN, secrets, serve};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

struct Learner {
    folder: tempfile::TempDir,
    url: String,
}

impl Learner {
    fn new() -> Self {
        let learner = Learner {
            folder: tempfile::tempdir().unwrap(),
            url: serve(),
        };
        fs::create_dir_all(learner.work()).unwrap();
        fs::write(
            learner.work().join("landfall.toml"),
            format!(
                "has_domain = false\n[endpoint]\nurl = \"{}\"\n",
                learner.url.replace("http://", "http://ann:hunter2secret@") + "/docs"
            ),
        )
        .unwrap();
        let definition = serde_json::json!({"family": "news-api-task", "containerDefinitions": [{
            "name": "api", "image": "x:1",
            "environment": [{"name": "DATABASE_URL", "value": secrets()}, {"name": "OTHER", "value": PLAIN}],
            "command": ["run", PLAIN, secrets()], "dockerLabels": {"owner": PLAIN},
        }]});
        fs::write(
            learner.work().join("task-definition.json"),
            definition.to_string(),
        )
        .unwrap();
        for line in [
            &["init", "--quiet"][..],
            &[
                "remote",
                "add",
                "origin",
                "https://ann:hunter2secret@github.com/ann/news.git",
            ],
        ] {
            let git = Command::new("git")
                .args(line)
                .current_dir(learner.work())
                .output()
                .unwrap();
            assert!(git.status.success());
        }
        fs::write(
            learner.folder.path().join("config"),
            "[default]\nregion = us-east-1\n[profile other]\naws_secret_access_key = hunter2secret\nsso_session = hunter2\n",
        )
        .unwrap();
        learner
    }

    fn work(&self) -> PathBuf {
        self.folder.path().join("work")
    }

    fn home(&self) -> PathBuf {
        self.folder.path().join("home")
    }

    fn run(&self, line: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_landfall"))
            .args(line)
            .env_clear()
            .env("HOME", self.folder.path())
            .env("LANDFALL_HOME", self.home())
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("AWS_EC2_METADATA_DISABLED", "true")
            .env("AWS_CONFIG_FILE", self.folder.path().join("config"))
            .env("AWS_ACCESS_KEY_ID", ["AKIA", "IOSFODNN7HUNTER2"].concat())
            .env("AWS_SECRET_ACCESS_KEY", "hunter2secretaccesskey")
            .env("AWS_SESSION_TOKEN", "hunter2sessiontoken")
            .env("AWS_ENDPOINT_URL", &self.url)
            .env("LANDFALL_DNS", "127.0.0.1:1")
            .current_dir(self.work())
            .stdin(Stdio::null())
            .output()
            .unwrap()
    }
}

fn holds_no_secret(what: &str, bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes).to_lowercase();
    if let Some(at) = text.find("hunter2") {
        let begin = text[..at]
            .char_indices()
            .rev()
            .nth(200)
            .map_or(0, |(at, _)| at);
        panic!(
            "{what}: ...{}",
            text[begin..].chars().take(300).collect::<String>()
        );
    }
}

/// Every file below, down to the database's log.
fn files(folder: &Path) -> Vec<PathBuf> {
    fs::read_dir(folder)
        .unwrap()
        .flat_map(|entry| {
            let path = entry.unwrap().path();
            if path.is_dir() {
                files(&path)
            } else {
                vec![path]
            }
        })
        .collect()
}

#[test]
fn nothing_that_is_printed_or_kept_holds_a_secret() {
    let learner = Learner::new();
    let saved = learner.folder.path().join("look.json");
    let saved = saved.to_str().unwrap();
    let bundle = learner.folder.path().join("bundle.json");
    let bundle = bundle.to_str().unwrap();
    let lines: &[&[&str]] = &[
        &["verify", "--save", saved, "--show-calls"],
        &["verify", "-v"],
        &["verify", "--format", "json", "--show-calls"],
        &["verify", "--format", "junit"],
        &["verify", "--from", saved, "-v"],
        &["verify", "--from", saved, "--format", "json"],
        &["verify", "teardown"],
        &["report"],
        &["report", "--format", "html"],
        &["report", "--format", "markdown"],
        &["report", "--format", "json"],
        &["status"],
        &["status", "--format", "json"],
        &["doctor"],
        &["doctor", "--format", "json"],
        &["doctor", "--profile", "other"],
        &["verify", "--account", "practice", "-v"],
        &["bundle", "--out", bundle, "--nonce", "maple-7f3a"],
        &["bundle", "--out", bundle, "--format", "json"],
        &["bundle", "--show", "--from", bundle],
        &["bundle", "--show", "--format", "json"],
    ];
    for line in lines {
        let out = learner.run(line);
        holds_no_secret(&format!("{line:?}, stdout"), &out.stdout);
        holds_no_secret(&format!("{line:?}, stderr"), &out.stderr);
        assert!(
            !out.stdout.is_empty(),
            "{line:?}: {}",
            String::from_utf8_lossy(&out.stderr)
        );
    }
    // The account was really read, and the secrets seen for what they are.
    let json = String::from_utf8(learner.run(&["verify", "--format", "json"]).stdout).unwrap();
    assert!(
        json.contains("\"cause\": \"secret-in-environment\""),
        "{json}"
    );
    assert!(json.contains("\"missing_permission\": \"rds:DescribeDBInstances\""));
    // So was the log of the task that crashed.
    let look = fs::read_to_string(saved).unwrap();
    for kept in [
        "InvalidCatalogNameError",
        "Traceback (most recent call last)",
    ] {
        assert!(look.contains(kept), "{kept} is not in the saved look");
    }
    let evidence = fs::read_to_string(bundle).unwrap();
    assert!(evidence.contains("InvalidCatalogNameError") && evidence.contains("(left out)"));
    let kept = files(&learner.home());
    assert!(
        kept.iter().any(|file| file.ends_with("progress.db")),
        "{kept:?}"
    );
    for file in kept
        .iter()
        .map(PathBuf::as_path)
        .chain([saved, bundle].map(Path::new))
    {
        holds_no_secret(&file.display().to_string(), &fs::read(file).unwrap());
    }
}

#[test]
fn a_look_that_somebody_else_saved_is_cleaned_when_it_is_read() {
    let learner = Learner::new();
    let saved = learner.folder.path().join("look.json");
    let path = saved.to_str().unwrap();
    learner.run(&["verify", "--account", "practice", "--save", path]);
    let mut look: serde_json::Value = serde_json::from_slice(&fs::read(&saved).unwrap()).unwrap();
    look["snapshot"]["region_from"] = secrets().into();
    look["snapshot"]["budgets"] = serde_json::json!({"unknown": {"other": {"say": secrets()}}});
    look["snapshot"]["cluster"] =
        serde_json::json!({"unknown": {"denied": {"action": secrets(), "by": "identity"}}});
    fs::write(&saved, look.to_string()).unwrap();
    for format in ["text", "json", "junit"] {
        let out = learner.run(&["verify", "--from", path, "-v", "--format", format]);
        holds_no_secret(format, &out.stdout);
        holds_no_secret(format, &out.stderr);
        assert!(
            String::from_utf8_lossy(&out.stdout).contains("(left out)"),
            "{format}"
        );
    }
}

#[test]
fn a_bundle_that_somebody_else_wrote_is_cleaned_when_it_is_read() {
    let learner = Learner::new();
    let file = learner.folder.path().join("bundle.json");
    let path = file.to_str().unwrap();
    learner.run(&["bundle", "--account", "practice", "--out", path]);
    let mut made: serde_json::Value = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
    let evidence = &mut made["evidence"];
    evidence["snapshot"]["budgets"] = serde_json::json!({"unknown": {"other": {"say": secrets()}}});
    evidence["course"]["id"] = ["AKIA", "IOSFODNN7HUNTER2"].concat().into();
    evidence["quiz"] = serde_json::json!([{"deck": "core", "attempts": [{
        "sitting": 1, "mode": "practice", "item": "loop", "rev": 1, "given": {"kind": "text", "text": PLAIN},
        "confidence": null, "hinted": false, "hearing": {"points": {"first": {"said": "heard", "quote": PLAIN}}},
        "confirmed": {}, "share": null, "at": "2026-11-20T09:30:00Z", "seconds": null,
    }]}]);
    fs::write(&file, made.to_string()).unwrap();
    for format in ["text", "json"] {
        let out = learner.run(&["bundle", "--show", "--from", path, "--format", format]);
        holds_no_secret(format, &out.stdout);
        holds_no_secret(format, &out.stderr);
        let shown = String::from_utf8_lossy(&out.stdout);
        assert!(
            shown.contains("(left out)") && shown.contains("loop"),
            "{shown}"
        );
    }
    for text in [
        "hunter2 is no JSON",
        "{\"landfall_bundle\": 1, \"evidence\": {\"hunter2\": 1}}",
    ] {
        fs::write(&file, text).unwrap();
        let out = learner.run(&["bundle", "--show", "--from", path]);
        assert_eq!(out.status.code(), Some(3), "{text}");
        holds_no_secret(text, &out.stderr);
    }
}

#[test]
fn an_error_does_not_quote_a_secret() {
    let learner = Learner::new();
    for text in [
        "password = \"hunter2secret\"\n",
        "endpoint = \"https://ann:hunter2secret@example.com\"\n",
        "[endpoint]\nurl = \"postgres://ann:hunter2secret@example.com\"\n",
        "[endpoint]\nurl = \"https://ann:hunter2secret@example.com\n",
    ] {
        fs::write(learner.work().join("landfall.toml"), text).unwrap();
        let out = learner.run(&["verify"]);
        assert!(!out.stderr.is_empty(), "{text}");
        holds_no_secret(text, &out.stderr);
        holds_no_secret(text, &out.stdout);
    }
    fs::remove_file(learner.work().join("landfall.toml")).unwrap();
    let saved = learner.folder.path().join("look.json");
    for text in [
        format!("{{\"snapshot\": {{\"schema\": \"{}\"}}}}", "hunter2"),
        "hunter2 is no JSON".to_owned(),
        "{\"landfall\": \"1\", \"hunter2\": 1, \"attested\": \"hunter2\"}".to_owned(),
    ] {
        fs::write(&saved, &text).unwrap();
        let out = learner.run(&["verify", "--from", saved.to_str().unwrap()]);
        assert_eq!(out.status.code(), Some(3), "{text}");
        holds_no_secret(&text, &out.stderr);
    }
}
