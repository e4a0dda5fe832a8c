//! The finished account, answered as it was recorded.

use crate::stub::{Plan, Stub, longest_chain, look, verdicts};
use landfall::account::CallOutcome;
use landfall::aws::Limits;
use landfall::checks::Verdict;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

/// A full look stays within this many calls.
const MOST_CALLS: usize = 60;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_finished_account_has_nothing_wrong_with_it() {
    let stub = Stub::start(Plan::default());
    let look = look(&stub, Limits::default()).await;
    assert!(stub.unanswered().is_empty(), "{:#?}", stub.unanswered());
    for (check, finding) in verdicts(&look.verification) {
        let done = matches!(
            finding.verdict,
            Verdict::Passed | Verdict::Attested | Verdict::Skipped
        );
        // Not asked for before the teardown has begun.
        let later = check == "leftovers.none";
        assert!(
            done || later,
            "{check} is {:?}: {}",
            finding.verdict,
            finding.summary
        );
    }
    assert_eq!(look.verification.root_cause, None);
    for call in &look.calls {
        assert_eq!(call.outcome, CallOutcome::Ok, "{call:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_look_asks_few_questions_and_none_twice() {
    let stub = Stub::start(Plan::default());
    let look = look(&stub, Limits::default()).await;
    let heard = stub.heard();
    let mut times: BTreeMap<(String, String, String), usize> = BTreeMap::new();
    for one in &heard {
        *times
            .entry((one.call.clone(), one.region.clone(), one.asked.clone()))
            .or_default() += 1;
    }
    for (question, times) in &times {
        assert_eq!(*times, 1, "asked more than once: {question:?}");
    }
    assert!(heard.len() <= MOST_CALLS, "{} calls", heard.len());
    assert_eq!(
        look.calls.len(),
        heard.len(),
        "what is shown is what was asked"
    );
}

/// What one answer takes here: long, beside what a slow machine takes for its own part.
const ROUND_TRIP: Duration = Duration::from_secs(1);

/// Nothing waits for what it does not need: the calls overlap as far as their answers allow. The benchmark holds the
/// exact figure with an optimised build.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "waits for slow answers: some seconds"]
async fn a_full_look_takes_little_more_than_its_longest_chain() {
    let stub = Stub::start(Plan {
        delay: ROUND_TRIP,
        ..Plan::default()
    });
    let look = look(&stub, Limits::default()).await;
    let heard = stub.heard();
    let made: BTreeSet<String> = heard.iter().map(|one| one.call.clone()).collect();
    let chain = longest_chain(&made);
    let limit = ROUND_TRIP * u32::try_from(chain.len()).unwrap() * 3 / 2;
    let first = heard.iter().map(|one| one.began).min().unwrap();
    let timeline: Vec<String> = heard
        .iter()
        .map(|one| format!("{:>6.2} s {}", (one.began - first).as_secs_f64(), one.call))
        .collect();
    assert!(
        look.took <= limit,
        "{:?} for a chain of {} ({}):\n{}",
        look.took,
        chain.len(),
        chain.join(" > "),
        timeline.join("\n")
    );
}
