//! A finished account whose app crashes: the calls that only such an account is asked, and each of them going wrong in
//! every way. What needs it is unknown then, and nothing else changes.

use crate::stub::{Account, Fault, Look, Plan, Stub, action, is_cannot_tell, look, verdicts};
use landfall::account::{CallOutcome, Fact, Snapshot, Why};
use landfall::aws::Limits;
use landfall::checks::Verdict;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

type Shows = fn(&Snapshot) -> State;

/// Asked only when something fails, with how the answer shows in the snapshot.
const FURTHER: [(&str, Shows); 5] = [
    ("logs:GetLogEvents", |seen| state(&seen.log_tails)),
    ("ec2:DescribeNetworkAcls", |seen| state(&seen.network.acls)),
    ("ec2:DescribeVpcAttribute", |seen| {
        seen.network
            .dns
            .values()
            .next()
            .map_or(State::NotAsked, state)
    }),
    ("ec2:DescribeNetworkInterfaces", |seen| {
        state(&seen.network.interfaces)
    }),
    ("rds:DescribeDBParameters", |seen| match &seen.databases {
        Fact::Present(databases) => state(&databases[0].force_ssl),
        _ => State::NotAsked,
    }),
];

const AT_ONCE: usize = 4;

#[derive(Debug, Clone, PartialEq, Eq)]
enum State {
    Present,
    Absent,
    NotAsked,
    Denied(String),
    Unknown,
}

fn state<T>(fact: &Fact<T>) -> State {
    match fact {
        Fact::Present(_) => State::Present,
        Fact::Absent => State::Absent,
        Fact::Unknown(Why::NotAsked) => State::NotAsked,
        Fact::Unknown(Why::Denied { action, .. }) => State::Denied(action.clone()),
        Fact::Unknown(_) => State::Unknown,
    }
}

fn plan(fault: Option<(String, Fault)>) -> Plan {
    Plan {
        fault,
        account: Account::Crashing,
        ..Plan::default()
    }
}

fn brisk() -> Limits {
    Limits {
        first_pause: Duration::from_millis(5),
        ..Limits::default()
    }
}

async fn crashing() -> (Look, Stub) {
    let stub = Stub::start(plan(None));
    (look(&stub, brisk()).await, stub)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_crashing_account_is_asked_further_and_each_question_once() {
    let (look, stub) = crashing().await;
    assert!(stub.unanswered().is_empty(), "{:#?}", stub.unanswered());
    for (call, state) in FURTHER {
        assert_eq!(state(&look.snapshot), State::Present, "{call}");
    }
    for made in &look.calls {
        assert_eq!(made.outcome, CallOutcome::Ok, "{made:?}");
    }
    let mut asked = BTreeSet::new();
    for heard in stub.heard() {
        let question = (heard.call, heard.region, heard.asked);
        assert!(asked.insert(question.clone()), "twice: {question:?}");
    }
    // Two about the VPC, and what the good account is asked.
    assert!(asked.len() <= 60 + FURTHER.len() + 1, "{}", asked.len());
    assert_eq!(
        verdicts(&look.verification)["ecs.steady"].verdict,
        Verdict::Failed
    );
    assert!(look.verification.root_cause.is_some());
    let Fact::Present(tails) = &look.snapshot.log_tails else {
        panic!("{:?}", look.snapshot.log_tails);
    };
    assert!(
        tails[0]
            .lines
            .last()
            .unwrap()
            .message
            .contains("does not exist")
    );
}

/// A good account is asked none of it: `good` holds how many calls it is asked at all.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_finished_account_is_asked_nothing_further() {
    let stub = Stub::start(Plan::default());
    let seen = look(&stub, brisk()).await.snapshot;
    for (call, state) in FURTHER {
        assert!(
            stub.heard().iter().all(|heard| heard.call != call),
            "{call}"
        );
        assert_eq!(state(&seen), State::NotAsked, "{call}");
    }
}

/// Runs each further call with each fault, some at a time, and holds what must be true of all.
async fn hold(faults: &[Fault]) {
    let (good, _) = crashing().await;
    let gate = Arc::new(Semaphore::new(AT_ONCE));
    let mut running = JoinSet::new();
    for (call, _) in FURTHER {
        for fault in faults {
            let (fault, gate) = (*fault, Arc::clone(&gate));
            running.spawn(async move {
                let _turn = gate.acquire().await.unwrap();
                let stub = Stub::start(plan(Some((call.to_owned(), fault))));
                (call, fault, look(&stub, brisk()).await)
            });
        }
    }
    let mut wrong = Vec::new();
    for (call, fault, look) in running.join_all().await {
        let name = format!("{call} {fault:?}");
        for (other, state) in FURTHER {
            let expected = match fault {
                _ if other != call => State::Present,
                Fault::ThrottledAtFirst(_) => State::Present,
                Fault::Denied => State::Denied(action(call)),
                _ => State::Unknown,
            };
            let found = state(&look.snapshot);
            if found != expected {
                wrong.push(format!("{name}: {other} is {found:?}, not {expected:?}"));
            }
        }
        let before = verdicts(&good.verification);
        for (check, finding) in verdicts(&look.verification) {
            if finding.verdict != before[check].verdict && !is_cannot_tell(finding.verdict) {
                wrong.push(format!("{name}: {check} became {:?}", finding.verdict));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_further_call_that_goes_wrong_is_unknown_and_touches_nothing_else() {
    hold(&[
        Fault::Denied,
        Fault::ThrottledAtFirst(3),
        Fault::Portal,
        Fault::OtherAnswer,
        Fault::Nothing,
        Fault::Cut,
    ])
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "looks that are retried or waited for: a minute"]
async fn a_further_call_that_is_never_answered_is_unknown_and_touches_nothing_else() {
    hold(&[
        Fault::ThrottledForever,
        Fault::Expired,
        Fault::WebPage,
        Fault::Unavailable,
        Fault::HungUp,
        Fault::Silent(Duration::from_secs(20)),
    ])
    .await;
}
