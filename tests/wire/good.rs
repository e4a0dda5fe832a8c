//! The finished account, answered as it was recorded.

use crate::stub::{Plan, Stub, look, verdicts};
use landfall::account::CallOutcome;
use landfall::aws::Limits;
use landfall::checks::Verdict;
use std::collections::BTreeMap;

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
