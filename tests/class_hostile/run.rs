//! One run of the binary: how it ended, what it printed, how long it took and how much memory.

use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Longer than this is a hang; without optimisation, and with other tests beside it, everything takes its time.
const LONGEST: Duration = Duration::from_secs(if cfg!(debug_assertions) { 90 } else { 20 });
/// As far as Linux tells.
const MOST_KIB: u64 = 500 * 1024;

/// What a run that ended by itself printed.
pub struct Run {
    pub stdout: String,
    pub stderr: String,
}

/// `landfall class report` over what was handed in: a run that does not end, takes too much, or ends by a panic, a signal
/// or a refusal fails the test.
pub fn report(folder: &Path, rest: &[&str]) -> Run {
    try_report(folder, rest).unwrap_or_else(|said| panic!("{rest:?} is refused: {said}"))
}

/// The same, where what was asked may be refused: then with what is said of it.
pub fn try_report(folder: &Path, rest: &[&str]) -> Result<Run, String> {
    let line: Vec<&str> = ["class", "report", "bundles"]
        .iter()
        .chain(rest)
        .copied()
        .collect();
    let line = line.as_slice();
    let home = TempDir::new().unwrap();
    let printed = home.path().join("stdout");
    let said = home.path().join("stderr");
    let mut child = Command::new(env!("CARGO_BIN_EXE_landfall"))
        .args(line)
        .env_clear()
        .env("LANDFALL_HOME", home.path().join("landfall"))
        .env("TZ", "UTC")
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(File::create(&printed).unwrap())
        .stderr(File::create(&said).unwrap())
        .spawn()
        .unwrap();
    let begun = Instant::now();
    let mut peak = 0;
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        peak = peak_kib(child.id()).unwrap_or(peak);
        if begun.elapsed() > LONGEST {
            let _ = child.kill();
            let _ = child.wait();
            panic!("{line:?} did not end within {LONGEST:?}");
        }
        sleep(Duration::from_millis(2));
    };
    let read = |path: &Path| String::from_utf8(fs::read(path).unwrap()).expect("UTF-8");
    let (stdout, stderr) = (read(&printed), read(&said));
    assert!(peak < MOST_KIB, "{line:?} took {peak} KiB");
    assert!(!stderr.contains("panicked"), "{line:?}: {stderr}");
    match status.code() {
        Some(0 | 3) => Ok(Run { stdout, stderr }),
        Some(2 | 5) => Err(stderr),
        _ => panic!("{line:?} ended with {status}: {stderr}"),
    }
}

fn peak_kib(process: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}
