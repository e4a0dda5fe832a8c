//! Every call that a full look makes, going wrong in every way: the run ends in time, what was read is shown, and no
//! verdict is made up.

use crate::stub::{Fault, Look, Plan, Stub, action, is_cannot_tell, look, verdicts};
use landfall::account::{Area, Fact};
use landfall::aws::{Limits, actions};
use landfall::checks::{Verdict, check};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

/// No look takes longer, when one call fails at once each time it is tried. Machines that build at the same time are slow.
const SOON: Duration = Duration::from_secs(45);
/// No look takes longer, when one call is never answered: the limit of one call, twice, as one question may wait for
/// another; far below the limit of a run.
const AFTER_SILENCE: Duration = Duration::from_secs(75);
/// Looks at the same time.
const AT_ONCE: usize = 4;
/// Looks that wait do so together; that each has the machine for itself while it works, they begin one after the other.
const APART: Duration = Duration::from_millis(700);

/// As learners have them, but for the pauses between attempts.
fn brisk() -> Limits {
    Limits {
        first_pause: Duration::from_millis(5),
        ..Limits::default()
    }
}

type Verdicts = BTreeMap<&'static str, Verdict>;

fn plain(look: &Look) -> Verdicts {
    verdicts(&look.verification)
        .into_iter()
        .map(|(check, finding)| (check, finding.verdict))
        .collect()
}

/// What the account gives when nothing goes wrong: its verdicts, and every call that is made for them.
async fn good() -> (Verdicts, BTreeSet<String>) {
    let stub = Stub::start(Plan::default());
    let look = look(&stub, brisk()).await;
    let calls = stub.heard().into_iter().map(|heard| heard.call).collect();
    (plain(&look), calls)
}

/// Calls that this account's verdicts do not rest on, and why. The rest of the account tells enough.
const NOT_MISSED: &[(&str, &str)] = &[
    ("ec2:DescribeNatGateways", "the tasks have public addresses"),
    (
        "ecs:ListServiceDeployments",
        "the service itself says that its deployment is complete",
    ),
    (
        "ecs:DescribeServiceRevisions",
        "the service itself says that its deployment is complete",
    ),
    (
        "elasticache:DescribeReplicationGroups",
        "the cache of the chapter's name is a node",
    ),
    (
        "elasticache:DescribeServerlessCaches",
        "the cache of the chapter's name is a node",
    ),
    ("iam:GetRolePolicy", "the policy simulator answers instead"),
    (
        "iam:ListAttachedRolePolicies",
        "the policy simulator answers instead",
    ),
    (
        "iam:ListRolePolicies",
        "the policy simulator answers instead",
    ),
    (
        "rds:DescribeDBClusters",
        "the database of the chapter's name is an instance",
    ),
    (
        "rds:DescribeDBSubnetGroups",
        "the instance tells its subnet group",
    ),
];

fn is_not_missed(call: &str) -> bool {
    NOT_MISSED.iter().any(|(known, _)| *known == call)
}

/// A call that could not be read shows, unless nothing rests on it.
fn is_noticed(case: &Case, good: &Verdicts) -> bool {
    !case.changed(good).is_empty() || is_not_missed(&case.call)
}

/// One case, run.
struct Case {
    call: String,
    fault: Fault,
    look: Look,
}

/// One look at an account where this goes wrong.
async fn case(call: String, fault: Fault, limits: Limits) -> Case {
    let stub = Stub::start(Plan {
        fault: Some((call.clone(), fault)),
        ..Plan::default()
    });
    let look = look(&stub, limits).await;
    Case { call, fault, look }
}

/// Runs each call with each fault, some at a time.
async fn run(calls: &BTreeSet<String>, faults: &[Fault]) -> Vec<Case> {
    let gate = Arc::new(Semaphore::new(AT_ONCE));
    let mut running = JoinSet::new();
    for call in calls {
        for fault in faults {
            let (call, fault, gate) = (call.clone(), *fault, Arc::clone(&gate));
            running.spawn(async move {
                let _turn = gate.acquire().await.unwrap();
                case(call, fault, brisk()).await
            });
        }
    }
    running.join_all().await
}

impl Case {
    fn name(&self) -> String {
        format!("{} {:?}", self.call, self.fault)
    }

    /// A verdict stays as it was, or turns into "cannot tell", or waits for one that did.
    fn lies(&self, good: &Verdicts) -> Vec<String> {
        let mut lies = Vec::new();
        for (check, finding) in verdicts(&self.look.verification) {
            if finding.verdict != good[check] && !is_cannot_tell(finding.verdict) {
                lies.push(format!(
                    "{}: {check} became {:?}: {}",
                    self.name(),
                    finding.verdict,
                    finding.summary
                ));
            }
        }
        if let Some(cause) = &self.look.verification.root_cause {
            lies.push(format!("{}: root cause {cause:?}", self.name()));
        }
        lies
    }

    fn changed(&self, good: &Verdicts) -> BTreeSet<&'static str> {
        plain(&self.look)
            .into_iter()
            .filter(|(check, verdict)| good[check] != *verdict)
            .map(|(check, _)| check)
            .collect()
    }

    /// Only what is judged by this call's answer may change, and what waits for that.
    fn strangers(&self, good: &Verdicts) -> Vec<String> {
        // Who is asking decides about everything.
        if self.call == "sts:GetCallerIdentity" {
            return Vec::new();
        }
        let needed = match self.call.as_str() {
            "s3:GetObject" => "ecr:GetDownloadUrlForLayer".to_owned(),
            call => action(call),
        };
        self.changed(good)
            .into_iter()
            .filter(|id| {
                let needs: BTreeSet<Area> = check(id).unwrap().needs.iter().copied().collect();
                !actions(&needs)
                    .values()
                    .flatten()
                    .any(|action| *action == needed)
            })
            .map(|id| format!("{}: {id} does not depend on it", self.name()))
            .collect()
    }

    /// What was read besides is shown.
    fn is_partial(&self) -> bool {
        let snapshot = &self.look.snapshot;
        let read = [
            matches!(snapshot.databases, Fact::Present(_)),
            matches!(snapshot.root_account, Fact::Present(_)),
            matches!(snapshot.cluster, Fact::Present(_)),
            matches!(snapshot.network.vpcs, Fact::Present(_)),
        ];
        read.iter().filter(|read| **read).count() >= 3
    }
}

/// Holds each case against what is true of all.
fn hold(cases: &[Case], good: &Verdicts, longest: Duration) {
    let mut wrong = Vec::new();
    for case in cases {
        wrong.extend(case.lies(good));
        wrong.extend(case.strangers(good));
        if !case.is_partial() {
            wrong.push(format!("{}: the rest is not shown", case.name()));
        }
        if case.look.took > longest {
            wrong.push(format!("{}: took {:?}", case.name(), case.look.took));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_denied_call_names_its_permission_and_touches_only_what_needs_it() {
    let (good, calls) = good().await;
    let cases = run(&calls, &[Fault::Denied]).await;
    hold(&cases, &good, SOON);
    let mut wrong = Vec::new();
    for case in &cases {
        let named: BTreeSet<String> = verdicts(&case.look.verification)
            .values()
            .filter_map(|finding| finding.missing_permission.clone())
            .collect();
        let expected = match case.call.as_str() {
            // S3 refuses in ECR's name: no permission of the learner's is missing.
            "s3:GetObject" => BTreeSet::new(),
            call if is_not_missed(call) => BTreeSet::new(),
            call => BTreeSet::from([action(call)]),
        };
        if named != expected {
            let changed = case.changed(&good);
            wrong.push(format!(
                "{}: names {named:?}, changes {changed:?}",
                case.name()
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_call_that_is_throttled_at_first_costs_no_verdict() {
    let (good, calls) = good().await;
    let cases = run(&calls, &[Fault::ThrottledAtFirst(3)]).await;
    hold(&cases, &good, SOON);
    for case in &cases {
        assert_eq!(case.changed(&good), BTreeSet::new(), "{}", case.name());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_sign_in_page_is_never_taken_for_an_answer() {
    let (good, calls) = good().await;
    let cases = run(&calls, &[Fault::Portal]).await;
    hold(&cases, &good, SOON);
    for case in &cases {
        assert!(is_noticed(case, &good), "{} goes unnoticed", case.name());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "some hundreds of looks: minutes in a build without optimisation"]
async fn no_trouble_on_the_way_makes_up_a_verdict() {
    let (good, calls) = good().await;
    let faults = [
        Fault::OtherAnswer,
        Fault::Nothing,
        Fault::ThrottledForever,
        Fault::Expired,
        Fault::WebPage,
        Fault::Unavailable,
        Fault::Cut,
        Fault::HungUp,
    ];
    let cases = run(&calls, &faults).await;
    hold(&cases, &good, SOON);
    for case in &cases {
        assert!(is_noticed(case, &good), "{} goes unnoticed", case.name());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "waits for what does not come: a minute"]
async fn silence_ends_in_time_and_makes_up_no_verdict() {
    let (good, calls) = good().await;
    let silence = Fault::Silent(Duration::from_secs(20));
    let mut running = JoinSet::new();
    for call in calls {
        running.spawn(case(call, silence, Limits::default()));
        tokio::time::sleep(APART).await;
    }
    let cases = running.join_all().await;
    hold(&cases, &good, AFTER_SILENCE);
    for case in &cases {
        assert!(is_noticed(case, &good), "{} goes unnoticed", case.name());
    }
}
