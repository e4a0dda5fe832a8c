//! What one look at a finished account costs, what it asks, and what others than its user see.

use super::emulator::Emulator;
use super::expected::verdicts;
use super::learner::{Identity, Learner};
use landfall::aws::calls;
use serde_json::Value;
use std::process::Stdio;
use std::thread::sleep;
use std::time::{Duration, Instant};

/// A full look stays below this many calls.
const MOST_CALLS: usize = 70;
/// Peak memory of a full look.
const MOST_KIB: u64 = 80 * 1024;
/// A full look on a shared test machine, against an emulator that answers one call at a time. On AWS it is a matter of
/// four or five round trips.
const MOST_SECONDS: u64 = 15;

/// Everything that arrives at AWS is in the table of calls, and in the list that `--show-calls` prints.
pub fn only_declared_calls_leave_the_process(learner: &Learner<'_>) {
    let before = learner.emulator.calls().len();
    let answer = learner.landfall(&["verify", "--show-calls", "--format", "json"]);
    let mut arrived = learner.emulator.calls().split_off(before);
    let mut declared: Vec<String> = calls::ALL.iter().map(|call| call.api()).collect();
    // Behind the address that ecr:GetDownloadUrlForLayer gives; asked for without credentials.
    declared.push("s3:GetObject".to_owned());
    for call in &arrived {
        assert!(
            declared.contains(call),
            "{call} is not in the table of calls"
        );
    }
    let mut told: Vec<String> = answer.json()["calls"]
        .as_array()
        .unwrap()
        .iter()
        .map(|call| {
            let text = |key: &str| call[key].as_str().unwrap().to_owned();
            assert_eq!(text("outcome"), "ok", "{call}");
            // A note may stand behind the operation's name, in parentheses.
            let operation = text("operation");
            let operation = operation.split(" (").next().unwrap_or_default();
            format!("{}:{operation}", text("service"))
        })
        .collect();
    told.sort();
    arrived.sort();
    assert_eq!(told, arrived, "what is shown is what was asked");
    assert!(told.len() <= MOST_CALLS, "{} calls", told.len());
}

/// Time, and on Linux peak memory.
pub fn a_look_is_quick_and_small(learner: &Learner<'_>) {
    let begun = Instant::now();
    let mut child = learner
        .landfall_command(&["verify"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut peak = 0;
    while child.try_wait().unwrap().is_none() {
        peak = peak_kib(child.id()).unwrap_or(peak);
        sleep(Duration::from_millis(5));
    }
    let took = begun.elapsed();
    #[expect(
        clippy::print_stdout,
        reason = "the measurement that the README quotes"
    )]
    {
        println!("a full look: {took:.1?}, {peak} KiB at most");
    }
    assert!(took.as_secs() < MOST_SECONDS, "{took:?}");
    assert!(peak < MOST_KIB, "{peak} KiB");
}

fn peak_kib(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

/// The report stands on the look that was kept, and each of the seven patterns is in it.
pub fn the_report_shows_the_seven_patterns(learner: &Learner<'_>) {
    learner.landfall(&["verify"]);
    let answer = learner.landfall(&["report", "--format", "json"]);
    let report = answer.json();
    let patterns = report["patterns"].as_array().unwrap();
    assert_eq!(patterns.len(), 7);
    for pattern in patterns {
        assert_eq!(pattern["verdict"], "passed", "{pattern}");
    }
    assert_eq!(report["account"]["source"], "aws");
}

/// The set-up that the lessons left behind lets Landfall look.
pub fn the_doctor_finds_nothing_in_the_way(learner: &Learner<'_>) {
    let answer = learner.landfall(&["doctor"]);
    assert_eq!(answer.code, 0, "{}{}", answer.stdout, answer.stderr);
    assert!(answer.stdout.contains("news-admin"), "{}", answer.stdout);
}

/// What `landfall policy` prints is all that a look needs.
pub fn the_printed_policy_is_enough(learner: &mut Learner<'_>) {
    let reader = learner.reader();
    let answer = learner.acting_as(reader, |reader| {
        reader.landfall(&["verify", "--show-calls", "--format", "json"])
    });
    let all = answer.json();
    for call in all["calls"].as_array().unwrap() {
        assert!(
            ["ok", "absent"].contains(&call["outcome"].as_str().unwrap()),
            "{call}"
        );
    }
    assert_eq!(all["totals"]["unknown"], 0);
    let found = verdicts(&all);
    assert_eq!(found["role.reads-secrets"], "passed");
    assert_eq!(found["endpoint.responds"], "passed");
}

/// Neither what is kept nor what is saved holds an address, a password or a key.
pub fn nothing_secret_is_kept(learner: &mut Learner<'_>) {
    let saved = learner.path("home/landfall/look.json");
    learner.landfall(&["verify", "--save", saved.to_str().unwrap()]);
    let urls = learner.acting_as(Identity::Root, |root| {
        root.must(
            "aws ssm get-parameters --with-decryption --output text \
             --names /news-api/DATABASE_URL /news-api/REDIS_URL --query 'Parameters[].Value'",
        )
    });
    let key = learner.must("aws configure get aws_secret_access_key");
    let url = urls
        .split_whitespace()
        .find(|url| url.starts_with("postgresql://"))
        .expect("one of the two is the database's");
    let password = url.split([':', '@']).nth(2).unwrap();
    assert_eq!(password.len(), 32, "the lesson made a password");
    let mut secrets: Vec<&str> = urls.split_whitespace().collect();
    secrets.extend([
        password,
        key.as_str(),
        "learner@example.com",
        "LOG_LEVEL=info",
    ]);
    let mut files = 0;
    for entry in std::fs::read_dir(learner.path("home/landfall")).unwrap() {
        let path = entry.unwrap().path();
        if !path.is_file() {
            continue;
        }
        let bytes = std::fs::read(&path).unwrap();
        files += 1;
        for secret in &secrets {
            let kept = bytes
                .windows(secret.len())
                .any(|window| window == secret.as_bytes());
            assert!(!kept, "{} holds {secret}", path.display());
        }
    }
    assert!(files >= 2, "the database and the saved look were searched");
}

/// In another region nothing of the chapter is there; what is elsewhere is said to be elsewhere.
pub fn another_region_is_named(learner: &Learner<'_>) {
    let answer = learner.landfall(&[
        "verify",
        "ecr-push",
        "--region",
        "eu-west-1",
        "--format",
        "json",
    ]);
    let all = answer.json();
    assert_eq!(all["account"]["region"], "eu-west-1");
    let repository = finding(&all, "ecr.repository");
    assert_eq!(repository["cause"], "wrong-region", "{repository}");
    assert!(repository.to_string().contains("us-east-1"), "{repository}");
}

/// Root is told to sign out; its own locks are judged all the same.
pub fn root_is_told_to_sign_out(learner: &mut Learner<'_>) {
    let answer = learner.acting_as(Identity::Root, |root| {
        root.landfall(&["verify", "--format", "json"])
    });
    let all = answer.json();
    assert_eq!(answer.code, 1);
    assert_eq!(finding(&all, "caller.not-root")["cause"], "caller-is-root");
    assert_eq!(
        all["totals"]["failed"], 1,
        "one thing is wrong, and only that"
    );
    let found = verdicts(&all);
    assert_eq!(found["root.mfa"], "passed");
    assert_eq!(found["rds.private"], "blocked");
    assert!(!found.iter().any(|(check, verdict)| {
        verdict == "passed" && !check.starts_with("root.") && !check.starts_with("budget.")
    }));
}

/// Without credentials nothing is known, so nothing is passed, failed or missing.
pub fn nobody_is_told_nothing_about_the_account(learner: &mut Learner<'_>) {
    let answer = learner.acting_as(Identity::Nobody, |nobody| {
        nobody.landfall(&["verify", "--format", "json"])
    });
    assert_eq!(answer.code, 3, "{}", answer.stderr);
    for (check, verdict) in verdicts(&answer.json()) {
        if check == "budget.email-read" {
            // About the learner, not about the account: missing until they confirm it.
            continue;
        }
        assert!(
            ["unknown", "blocked", "skipped"].contains(&verdict.as_str()),
            "{check} is {verdict} without credentials"
        );
    }
}

pub fn finding<'a>(verification: &'a Value, check: &str) -> &'a Value {
    let list = |value: &'a Value, key: &str| value[key].as_array().unwrap();
    list(verification, "lessons")
        .iter()
        .flat_map(|lesson| list(lesson, "steps"))
        .flat_map(|step| list(step, "checks"))
        .find(|finding| finding["id"] == check)
        .unwrap_or_else(|| panic!("{check} is not in the verification"))
}

/// Signs nobody in, on an account where nothing was ever done.
#[test]
#[ignore = "needs Python, and the network once"]
fn a_first_look_without_credentials_blames_nobody() {
    let emulator = Emulator::start();
    let mut learner = Learner::new(&emulator, super::learner::Domain::Has);
    nobody_is_told_nothing_about_the_account(&mut learner);
    assert!(
        emulator.calls().is_empty(),
        "without credentials there is nobody to ask as"
    );
}
