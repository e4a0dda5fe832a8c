//! The budget and its alert.

use crate::account::{Budget, BudgetKind, Fact, Notification, Snapshot};
use crate::checks::testing::*;
use crate::checks::{Stack, Verdict::*, findings};
use jiff::ToSpan;
use std::collections::BTreeSet;

const COST: &str = "budget.monthly-cost";
const ALERT: &str = "budget.alert";

fn with(change: impl FnOnce(&mut Budget)) -> Snapshot {
    good_but(|snapshot| change(&mut read(&mut snapshot.budgets)[0]))
}

#[test]
fn a_monthly_cost_budget_with_a_subscriber_passes() {
    assert_is(&good(), COST, Passed, "");
    assert_is(&good(), ALERT, Passed, "");
}

#[test]
fn without_any_budget_it_is_missing_and_the_alert_waits_for_it() {
    let snapshot = good_but(|snapshot| snapshot.budgets = Fact::Present(Vec::new()));
    let found = assert_is(&snapshot, COST, Missing, "budget-missing");
    let command = found.fix[0].command.as_deref().unwrap();
    assert!(command.starts_with("aws budgets create-budget --account-id "));
    assert!(command.contains("BudgetName=news-api-monthly"));
    let waits = assert_is(&snapshot, ALERT, Blocked, "");
    assert_eq!(waits.blocked_by.unwrap().as_str(), COST);
}

#[test]
fn a_budget_that_watches_something_else_does_not_count() {
    let others: [fn(&mut Budget); 5] = [
        |budget| budget.kind = BudgetKind::Other,
        |budget| budget.monthly = false,
        |budget| budget.ends = Some(now()),
        |budget| budget.starts = now().checked_add(24.hours()).ok(),
        |budget| {
            budget.limit = Some("0.0 USD".to_owned());
            budget.limit_above_zero = Some(false);
        },
    ];
    for change in others {
        assert_is(&with(change), COST, Missing, "budget-missing");
        assert_is(&with(change), ALERT, Blocked, "");
    }
}

#[test]
fn a_budget_that_adjusts_itself_or_plans_month_by_month_counts() {
    let automatic: [fn(&mut Budget); 2] = [
        |budget| budget.auto_adjusting = true,
        |budget| budget.planned = true,
    ];
    for change in automatic {
        let snapshot = with(|budget| {
            budget.limit = None;
            budget.limit_above_zero = None;
            change(budget);
        });
        assert_is(&snapshot, COST, Passed, "");
    }
}

#[test]
fn the_zero_spend_budget_of_one_dollar_counts() {
    let snapshot = with(|budget| budget.limit = Some("1.0 USD".to_owned()));
    assert_is(&snapshot, COST, Passed, "");
}

#[test]
fn an_alert_without_subscribers_alerts_nobody() {
    let empty = with(|budget| budget.notifications = Fact::Present(Vec::new()));
    assert_is(&empty, ALERT, Missing, "budget-without-alert");
    let deaf = with(|budget| {
        for notification in read(&mut budget.notifications) {
            notification.subscribers = Fact::Present(0);
        }
    });
    let found = assert_is(&deaf, ALERT, Missing, "budget-without-alert");
    assert!(
        found.fix[0]
            .command
            .as_deref()
            .unwrap()
            .contains("create-notification")
    );
}

#[test]
fn a_second_budget_may_have_the_alert() {
    let snapshot = good_but(|snapshot| {
        let budgets = read(&mut snapshot.budgets);
        let mut silent = budgets[0].clone();
        silent.notifications = Fact::Present(Vec::new());
        budgets.insert(0, silent);
    });
    assert_is(&snapshot, ALERT, Passed, "");
}

#[test]
fn unread_alerts_are_unknown_unless_one_that_was_read_settles_it() {
    let unread = with(|budget| budget.notifications = denied("budgets:ViewBudget"));
    assert_denied(&unread, ALERT, "budgets:ViewBudget");
    assert_is(&unread, COST, Passed, "");
    let unheard = with(|budget| {
        for notification in read(&mut budget.notifications) {
            notification.subscribers = denied("budgets:ViewBudget");
        }
    });
    assert_denied(&unheard, ALERT, "budgets:ViewBudget");
    let half = with(|budget| {
        read(&mut budget.notifications).push(Notification {
            kind: "ACTUAL".to_owned(),
            threshold: "50".to_owned(),
            subscribers: denied("budgets:ViewBudget"),
        });
    });
    assert_is(&half, ALERT, Passed, "");
}

#[test]
fn a_denied_administrator_hears_of_billing_access() {
    let snapshot = good_but(|snapshot| snapshot.budgets = denied("budgets:ViewBudget"));
    for check in [COST, ALERT] {
        let found = assert_is(&snapshot, check, Unknown, "billing-access-not-activated");
        assert_eq!(
            found.missing_permission.as_deref(),
            Some("budgets:ViewBudget")
        );
        assert!(found.fix[0].say.contains("Billing"));
    }
}

#[test]
fn a_denied_user_without_administrator_rights_hears_of_the_permission_only() {
    let snapshot = good_but(|snapshot| {
        snapshot.budgets = denied("budgets:ViewBudget");
        read(&mut snapshot.user).policies = Fact::Present(Vec::new());
    });
    assert_denied(&snapshot, COST, "budgets:ViewBudget");
}

#[test]
fn reading_mail_is_missing_until_it_is_confirmed_and_then_never_passed() {
    let snapshot = good();
    assert_is(&snapshot, "budget.email-read", Missing, "");
    let attested = BTreeSet::from(["budget.email-read".to_owned()]);
    let stack = Stack {
        snapshot: &snapshot,
        attested: &attested,
        teardown_begun: false,
    };
    assert_eq!(findings(&stack)["budget.email-read"].verdict, Attested);
}
