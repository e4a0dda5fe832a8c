//! How long a full look takes, how many calls it makes, and what it holds. Run by hand: `cargo bench --bench verify`.
//!
//! The account answers on loopback, each call after 50 ms (`tests/stub`). How long a look must take at least follows from
//! which call needs which other's answer (`tests/stub/chain.rs`).
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "it measures and prints"
)]

#[path = "../tests/stub/mod.rs"]
mod stub;

use landfall::aws::Limits;
use landfall::checks::{Asked, Stack, verify};
use std::collections::{BTreeMap, BTreeSet};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use stub::{Look, Plan, Stub, course, longest_chain, look};

/// What one answer takes.
const ROUND_TRIP: Duration = Duration::from_millis(50);
const LOOKS: usize = 7;
const MOST_CALLS: usize = 60;
const SNAPSHOTS: usize = 200;
const JUDGED_WITHIN: Duration = Duration::from_secs(1);
const MOST_KIB: u64 = 60 * 1024;
const STARTS: usize = 21;
const STARTED_WITHIN: Duration = Duration::from_millis(20);

fn main() {
    if cfg!(debug_assertions) {
        println!("a build without optimisation: time and memory say little");
    }
    let one = a_full_look();
    judging(&one);
    the_program();
}

/// Prints a figure beside its limit.
fn figure(what: &str, measured: &str, limit: &str, holds: bool) {
    let word = if holds { "ok" } else { "MISSED" };
    println!("{what:<44} {measured:>12}   limit {limit:>9}   {word}");
}

fn milliseconds(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1000.0)
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort();
    times[times.len() / 2]
}

fn a_full_look() -> Look {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    let plan = Plan {
        delay: ROUND_TRIP,
        ..Plan::default()
    };
    let mut times = Vec::new();
    let mut last = None;
    for _ in 0..LOOKS {
        let stub = Stub::start(plan.clone());
        // A new session each time: connections and signing keys are made anew, as in a real run.
        let look = runtime.block_on(look(&stub, Limits::default()));
        times.push(look.took);
        last = Some((stub, look));
    }
    let (stub, look) = last.unwrap();
    let heard = stub.heard();
    let made: BTreeSet<String> = heard.iter().map(|one| one.call.clone()).collect();
    let chain = longest_chain(&made);
    let at_least = ROUND_TRIP * u32::try_from(chain.len()).unwrap();
    let limit = at_least.mul_f64(1.5) + Duration::from_millis(100);
    println!(
        "longest chain of {} calls: {}",
        chain.len(),
        chain.join(" > ")
    );
    let took = median(&mut times);
    figure(
        "full look, each answer after 50 ms (median)",
        &milliseconds(took),
        &milliseconds(limit),
        took <= limit,
    );
    let slowest = times[LOOKS - 1];
    figure(
        "full look, slowest of 7",
        &milliseconds(slowest),
        &milliseconds(limit),
        slowest <= limit,
    );
    figure(
        "calls of a full look",
        &heard.len().to_string(),
        &MOST_CALLS.to_string(),
        heard.len() <= MOST_CALLS,
    );
    let mut questions: BTreeMap<_, usize> = BTreeMap::new();
    for one in &heard {
        *questions
            .entry((&one.call, &one.region, &one.asked))
            .or_default() += 1;
    }
    let twice = questions.values().filter(|times| **times > 1).count();
    figure("questions asked twice", &twice.to_string(), "0", twice == 0);
    if std::env::var_os("LANDFALL_TIMELINE").is_some() {
        timeline(&heard);
    }
    look
}

/// When each call began and ended, for finding out what waits for what.
fn timeline(heard: &[stub::Heard]) {
    let first = heard.iter().map(|one| one.began).min().unwrap();
    for one in heard {
        let at = |instant: Instant| instant.duration_since(first).as_millis();
        let ended = one.ended.map_or(0, at);
        println!("{:>5} {:>5} ms  {}", at(one.began), ended, one.call);
    }
}

fn judging(look: &Look) {
    let nothing = BTreeSet::new();
    let began = Instant::now();
    for _ in 0..SNAPSHOTS {
        let stack = Stack {
            snapshot: &look.snapshot,
            attested: &nothing,
            teardown_begun: false,
        };
        std::hint::black_box(verify(&stack, course(), &Asked::All));
    }
    let took = began.elapsed();
    figure(
        "judging 200 snapshots",
        &milliseconds(took),
        &milliseconds(JUDGED_WITHIN),
        took <= JUDGED_WITHIN,
    );
}

/// The program itself, on a machine with nothing on it.
fn the_program() {
    let home = tempfile::tempdir().unwrap();
    let stub = Stub::start(Plan {
        delay: ROUND_TRIP,
        ..Plan::default()
    });
    let command = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_landfall"));
        command
            .args(arguments)
            .current_dir(home.path())
            .env_clear()
            .env("HOME", home.path())
            .env("LANDFALL_HOME", home.path().join("landfall"))
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
            .env("AWS_SECRET_ACCESS_KEY", "secret")
            .env("AWS_ENDPOINT_URL", &stub.url)
            .env("AWS_EC2_METADATA_DISABLED", "true")
            // A name server that is not there: the look at DNS ends at once.
            .env("LANDFALL_DNS", "127.0.0.1:9")
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        command
    };
    std::fs::write(
        home.path().join("landfall.toml"),
        "[endpoint]\nurl = \"http://127.0.0.1:9\"\n",
    )
    .unwrap();
    let peak = peak_kib(command(&["verify"]));
    match peak {
        Some(peak) => figure(
            "peak memory of landfall verify",
            &format!(
                "{:.1} MiB",
                f64::from(u32::try_from(peak).unwrap()) / 1024.0
            ),
            "60 MiB",
            peak <= MOST_KIB,
        ),
        None => println!(
            "peak memory: only measured on Linux; elsewhere: /usr/bin/time -l landfall verify"
        ),
    }
    let mut times = Vec::new();
    for _ in 0..STARTS {
        let began = Instant::now();
        command(&["status"]).status().unwrap();
        times.push(began.elapsed());
    }
    let took = median(&mut times);
    figure(
        "landfall status, from start to end (median)",
        &milliseconds(took),
        &milliseconds(STARTED_WITHIN),
        took <= STARTED_WITHIN,
    );
}

/// The most memory that was resident at any time, as Linux counts it.
fn peak_kib(mut command: Command) -> Option<u64> {
    let mut child = command.spawn().unwrap();
    let mut peak = None;
    while child.try_wait().unwrap().is_none() {
        let read = || {
            let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).ok()?;
            let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
            line.split_whitespace().nth(1)?.parse().ok()
        };
        peak = read().or(peak);
        std::thread::sleep(Duration::from_millis(2));
    }
    peak
}
