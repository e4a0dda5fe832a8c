//! The class page in a real browser: what it answers, what a press and a key do, and what nobody's name can do.
//! It needs Chromium, and Python for axe-core: `.ci/run` runs it; `cargo test` leaves it out.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a panic is a failed test")]

#[path = "../browser/axe.rs"]
mod axe;
#[path = "../browser/chromium.rs"]
mod chromium;
mod hostile;
#[path = "../python/mod.rs"]
mod python;
mod reading;
mod sample;
mod student;
mod table;

use chromium::{Browser, Seen};
use landfall::class::{ClassReport, html};
use serde_json::Value;
use std::path::PathBuf;

/// Shown rows, in their order.
const NAMES: &str = "[...document.querySelectorAll('#students tbody tr')].filter(row => row.getClientRects().length > 0)\
    .map(row => row.cells[0].textContent)";

/// A page of a class that is open.
struct Open {
    browser: Browser,
    file: PathBuf,
    _folder: tempfile::TempDir,
}

impl Open {
    fn new(class: &ClassReport) -> Self {
        let (open, seen) = Self::with(class, |_| {});
        assert_eq!(seen.errors, [""; 0]);
        assert_eq!(seen.requests, [""; 0]);
        open
    }

    /// With something done to the browser before it opens the page.
    fn with(class: &ClassReport, before: impl FnOnce(&mut Browser)) -> (Self, Seen) {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("class.html");
        std::fs::write(&file, html(class)).unwrap();
        let mut browser = Browser::start();
        browser.window(1280, 900);
        before(&mut browser);
        let seen = browser.open(&file);
        let open = Open {
            browser,
            file,
            _folder: folder,
        };
        (open, seen)
    }

    fn value(&mut self, expression: &str) -> Value {
        self.browser.value(expression)
    }

    fn names(&mut self) -> Vec<String> {
        serde_json::from_value(self.value(NAMES)).unwrap()
    }

    /// What a screen reader is told of the rows.
    fn shown(&mut self) -> String {
        let words = self.value("document.getElementById('shown').textContent");
        words.as_str().unwrap().to_owned()
    }

    /// Nothing went wrong up to now, whatever was pressed.
    fn quiet(&mut self) {
        let seen = self.browser.seen_since(&self.file);
        assert_eq!(seen.errors, [""; 0]);
        assert_eq!(seen.requests, [""; 0]);
    }
}
