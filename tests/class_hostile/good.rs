//! What the binary itself writes about the practice account: the files that are then tampered with.

use serde_json::Value;
use std::path::Path;
use std::process::Command;
use std::sync::OnceLock;
use tempfile::TempDir;

/// A finished practice account, with the database open to the internet.
pub struct Good {
    /// As `landfall bundle` wrote it.
    pub bundle: String,
    /// As `landfall verify --save` wrote it.
    pub look: String,
}

impl Good {
    pub fn value(&self) -> Value {
        serde_json::from_str(&self.bundle).unwrap()
    }
}

/// The same for every test.
pub fn good() -> &'static Good {
    static GOOD: OnceLock<Good> = OnceLock::new();
    GOOD.get_or_init(|| {
        let home = TempDir::new().unwrap();
        must(home.path(), &["practice", "apply", "--all"]);
        must(home.path(), &["practice", "break", "database-public"]);
        must(home.path(), &["bundle", "--out", "bundle.json"]);
        // Something is wrong with the account: not 0.
        landfall(home.path(), &["verify", "--save", "look.json"]);
        let read = |name: &str| std::fs::read_to_string(home.path().join(name)).unwrap();
        Good {
            bundle: read("bundle.json"),
            look: read("look.json"),
        }
    })
}

fn must(home: &Path, line: &[&str]) {
    let output = landfall(home, line);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{line:?}: {said}");
}

fn landfall(home: &Path, line: &[&str]) -> std::process::Output {
    Command::new(env!("CARGO_BIN_EXE_landfall"))
        .args(line)
        .env_clear()
        .env("LANDFALL_HOME", home)
        .env("LANDFALL_ACCOUNT", "practice")
        .env("TZ", "UTC")
        .current_dir(home)
        .output()
        .unwrap()
}
