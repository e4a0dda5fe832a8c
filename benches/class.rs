//! A class of 200 accounts on loopback, each answer after 50 ms, 10 accounts throttled, 10 denied, 5 dead. Run by hand:
//! `cargo bench --bench class`. Time, memory and every row's verdict are held to the limits.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "it measures and prints"
)]

#[path = "../tests/stub/mod.rs"]
mod stub;

use std::collections::BTreeSet;
use std::process::{ExitCode, Stdio};
use std::time::{Duration, Instant};
use stub::{Classroom, Sizes, longest_chain, wrong_about};

/// What one answer takes.
const ROUND_TRIP: Duration = Duration::from_millis(50);
const STUDENTS: u32 = 200;
const AT_ONCE: u32 = 8;
const MOST_KIB: u64 = 200 * 1024;

fn main() -> ExitCode {
    if cfg!(debug_assertions) {
        println!("a build without optimisation: time and memory say little");
    }
    let room = Classroom::start(
        Sizes {
            students: usize::try_from(STUDENTS).unwrap(),
            crashing: 5,
            denied: 10,
            throttled: 10,
            dead: 5,
        },
        ROUND_TRIP,
    );
    let began = Instant::now();
    let mut child = room
        .command(&["--at-once", &AT_ONCE.to_string()])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut peak = None;
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        peak = resident(child.id()).or(peak);
        std::thread::sleep(Duration::from_millis(5));
    };
    let took = began.elapsed();

    let kept = room.kept("landfall-class");
    let mut wrong = Vec::new();
    for (account, case) in &room.students {
        match kept.get(account) {
            None => wrong.push(format!("{account} {case:?}: nothing was kept")),
            Some(result) => wrong.extend(
                wrong_about(*case, account, result)
                    .map(|what| format!("{account} {case:?}: {what}")),
            ),
        }
    }
    let heard = room.stub.heard();
    let good: BTreeSet<String> = heard
        .iter()
        .filter(|one| one.account.as_deref() == Some(room.students[1].0.as_str()))
        .map(|one| one.call.clone())
        .collect();
    let chain = longest_chain(&good);
    println!("critical path: sts:AssumeRole > {}", chain.join(" > "));
    // AssumeRole comes before all of it.
    let path = u32::try_from(chain.len()).unwrap() + 1;
    let at_least = ROUND_TRIP * path * STUDENTS / AT_ONCE;
    let limit = at_least.mul_f64(1.5);
    let seconds = |time: Duration| format!("{:.2} s", time.as_secs_f64());
    let mut held = figure(
        "200 accounts, 8 at once, 50 ms an answer",
        &seconds(took),
        &seconds(limit),
        took <= limit,
    );
    println!(
        "{:<44} {:>12}",
        "  of accounts x critical path / at once",
        format!("{:.2}", took.as_secs_f64() / at_least.as_secs_f64())
    );
    println!("{:<44} {:>12}", "  requests", heard.len());
    held &= figure(
        "rows that are not as they should be",
        &wrong.len().to_string(),
        "0",
        wrong.is_empty(),
    );
    for line in &wrong {
        println!("    {line}");
    }
    held &= figure(
        "exit code (somebody's tasks crash)",
        &status.code().unwrap_or(-1).to_string(),
        "1",
        status.code() == Some(1),
    );
    match peak {
        Some(peak) => {
            let mib = format!(
                "{:.1} MiB",
                f64::from(u32::try_from(peak).unwrap()) / 1024.0
            );
            held &= figure(
                "peak memory of landfall class verify",
                &mib,
                "200 MiB",
                peak <= MOST_KIB,
            );
        }
        None => println!("peak memory: only measured on Linux"),
    }
    if held {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// Prints a figure beside its limit.
fn figure(what: &str, measured: &str, limit: &str, holds: bool) -> bool {
    let word = if holds { "ok" } else { "MISSED" };
    println!("{what:<44} {measured:>12}   limit {limit:>9}   {word}");
    holds
}

/// The most memory that was resident at any time until now, as Linux counts it.
fn resident(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}
