//! The real binary at a terminal that a test holds: what it shows, and what is typed.
#![allow(dead_code, reason = "each test target uses a part of it")]

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

pub const BINARY: &str = env!("CARGO_BIN_EXE_landfall");

/// Nothing here takes longer, even on a busy machine.
pub const PATIENCE: Duration = Duration::from_secs(30);

pub const ENTER: &str = "\r";
pub const DOWN: &str = "\u{1b}[B";
pub const CTRL_C: &str = "\u{3}";

/// A terminal with the binary in it.
pub struct Terminal {
    master: Box<dyn MasterPty + Send>,
    child: Box<dyn Child + Send + Sync>,
    keys: Box<dyn Write + Send>,
    bytes: Arc<Mutex<Vec<u8>>>,
    size: (u16, u16),
}

impl Terminal {
    /// `rows` by `columns`, with an empty home and nothing of this machine's environment.
    pub fn open(
        home: &Path,
        (rows, columns): (u16, u16),
        line: &[&str],
        vars: &[(&str, &str)],
    ) -> Self {
        let pair = native_pty_system()
            .openpty(PtySize {
                rows,
                cols: columns,
                pixel_width: 0,
                pixel_height: 0,
            })
            .unwrap();
        let mut command = CommandBuilder::new(BINARY);
        command.args(line);
        command.env_clear();
        for (name, value) in environment(home) {
            command.env(name, value);
        }
        command.env("TERM", "xterm-256color");
        for (name, value) in vars {
            command.env(name, value);
        }
        command.cwd(home);
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let bytes = Arc::new(Mutex::new(Vec::new()));
        let mut reader = pair.master.try_clone_reader().unwrap();
        let kept = Arc::clone(&bytes);
        thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(count) = reader.read(&mut buffer)
                && count > 0
            {
                kept.lock().unwrap().extend_from_slice(&buffer[..count]);
            }
        });
        let keys = pair.master.take_writer().unwrap();
        Terminal {
            master: pair.master,
            child,
            keys,
            bytes,
            size: (rows, columns),
        }
    }

    pub fn raw(&self) -> String {
        String::from_utf8_lossy(&self.bytes.lock().unwrap()).into_owned()
    }

    /// What the terminal shows now.
    pub fn screen(&self) -> vt100::Parser {
        let mut parser = vt100::Parser::new(
            self.size.0.try_into().unwrap(),
            self.size.1.try_into().unwrap(),
            2000,
        );
        parser.process(&self.bytes.lock().unwrap());
        parser
    }

    pub fn shows(&self, words: &str) -> bool {
        flat(&self.screen().screen().contents()).contains(words)
    }

    /// Waits until the screen shows these words.
    pub fn wait_for(&self, words: &str) {
        let begun = Instant::now();
        while !self.shows(words) {
            assert!(
                begun.elapsed() < PATIENCE,
                "{words:?} never came; the screen:\n{}",
                self.screen().screen().contents()
            );
            thread::sleep(Duration::from_millis(20));
        }
    }

    pub fn press(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).unwrap();
        self.keys.flush().unwrap();
    }

    /// Whether the process is gone.
    pub fn has_ended(&mut self) -> bool {
        self.child.try_wait().unwrap().is_some()
    }

    /// Ends it at once, as a power cut would.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    pub fn end(mut self) -> (ExitStatus, vt100::Parser, String) {
        let begun = Instant::now();
        let status = loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                break status;
            }
            assert!(
                begun.elapsed() < PATIENCE,
                "it does not end; the screen:\n{}",
                self.screen().screen().contents()
            );
            thread::sleep(Duration::from_millis(20));
        };
        // What was written last arrives a moment later.
        thread::sleep(Duration::from_millis(100));
        let (screen, raw) = (self.screen(), self.raw());
        drop(self.master);
        (status, screen, raw)
    }
}

pub fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Everything a run may know of its surroundings.
pub fn environment(home: &Path) -> Vec<(String, String)> {
    let home = home.display().to_string();
    vec![
        ("HOME".into(), home.clone()),
        ("LANDFALL_HOME".into(), format!("{home}/landfall")),
        ("PATH".into(), "/usr/bin:/bin".into()),
        ("AWS_EC2_METADATA_DISABLED".into(), "true".into()),
    ]
}

/// Runs without a terminal: nothing at stdin, pipes elsewhere.
pub fn piped(home: &Path, line: &[&str]) -> std::process::Output {
    Command::new(BINARY)
        .args(line)
        .env_clear()
        .envs(environment(home))
        .env("TERM", "xterm-256color")
        .current_dir(home)
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

pub fn home() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}
