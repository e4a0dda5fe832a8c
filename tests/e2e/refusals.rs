//! AWS refuses, slows down or breaks: what could not be read is unknown, and nobody is blamed for it.

use super::expected::{Verdicts, verdicts};
use super::learner::Learner;
use super::looks::finding;
use serde_json::Value;

/// Runs through the refusals on an account where everything is done.
pub fn what_cannot_be_read_is_unknown(learner: &Learner<'_>) {
    let before = verdicts(&look(learner, &[], ""));
    for (calls, kind, check) in [
        (&["rds:DescribeDBInstances"][..], "denied", "rds.postgres"),
        (
            &["ec2:DescribeSecurityGroups"][..],
            "denied",
            "rds.sg-source",
        ),
        (&["ecs:DescribeServices"][..], "denied", "ecs.service"),
        (
            &["ssm:DescribeParameters"][..],
            "throttled",
            "ssm.database-url",
        ),
        (
            &["elasticloadbalancing:DescribeLoadBalancers"][..],
            "broken",
            "alb.active",
        ),
        (
            &["budgets:DescribeBudgets"][..],
            "denied",
            "budget.monthly-cost",
        ),
        (&["*"][..], "expired", "rds.postgres"),
    ] {
        let all = look(learner, calls, kind);
        let case = format!("{kind} {calls:?}");
        nobody_is_blamed(&case, &before, &verdicts(&all));
        let found = finding(&all, check);
        assert_eq!(found["verdict"], "unknown", "{case}: {found}");
        if kind == "denied" {
            let action = match calls[0] {
                "budgets:DescribeBudgets" => "budgets:ViewBudget",
                action => action,
            };
            assert_eq!(found["missing_permission"], action, "{case}: {found}");
        }
    }
    learner.emulator.refuse(&[], "");
    assert_eq!(
        verdicts(&look(learner, &[], "")),
        before,
        "and all is well again"
    );
}

fn look(learner: &Learner<'_>, calls: &[&str], kind: &str) -> Value {
    learner.emulator.refuse(calls, kind);
    let answer = learner.landfall(&["verify", "--format", "json"]);
    let expected = if calls.is_empty() { 0 } else { 3 };
    assert_eq!(answer.code, expected, "{kind} {calls:?}: {}", answer.stderr);
    answer.json()
}

/// A verdict may only turn into "cannot tell", or wait for one that did.
fn nobody_is_blamed(case: &str, before: &Verdicts, after: &Verdicts) {
    assert_ne!(before, after, "{case} is noticed");
    for (check, verdict) in after {
        if check == "budget.email-read" {
            // About the learner, and kept per account: without credentials it is not known whose confirmation it was.
            continue;
        }
        let same = before.get(check) == Some(verdict);
        assert!(
            same || ["unknown", "blocked"].contains(&verdict.as_str()),
            "{case}: {check} became {verdict}"
        );
    }
}
