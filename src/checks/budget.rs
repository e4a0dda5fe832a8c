//! A budget that speaks up before a mistake becomes expensive.

use super::cause::Cause;
use super::check::Check;
use super::command::account;
use super::finding::{Evidence, Fix, FoundBy, Judgement};
use super::ids::CheckId;
use super::stack::Stack;
use super::user;
use super::verdict::Verdict::{Attested, Blocked, Missing, Passed, Unknown};
use crate::account::{Area, Budget, BudgetKind, DeniedBy, Fact, Notification, Why};
use jiff::Timestamp;

const COST: CheckId = CheckId("budget.monthly-cost");
const EMAIL: &str = "budget.email-read";
/// What reading budgets takes, however many calls it is.
const VIEW: &str = "budgets:ViewBudget";

pub(super) const CHECKS: &[Check] = &[
    Check::must(
        COST.as_str(),
        "A monthly budget watches the cost",
        // What the caller's own policies allow tells a missing one from billing access that root never gave.
        &[Area::Budgets, Area::User],
        |stack| Judgement::settle(monthly_cost(stack)),
    )
    .may(
        &[Passed, Missing, Unknown],
        &[Cause::BudgetMissing, Cause::BillingAccessNotActivated],
    ),
    Check::must(
        "budget.alert",
        "The budget alerts somebody",
        &[Area::Budgets, Area::User],
        |stack| Judgement::settle(alert(stack)),
    )
    .may(
        &[Passed, Missing, Blocked, Unknown],
        &[Cause::BudgetWithoutAlert, Cause::BillingAccessNotActivated],
    ),
    Check::attested(
        EMAIL,
        "You read mail at the alert's address",
        &[],
        email_read,
    )
    .may(&[Attested, Missing], &[]),
];

fn monthly_cost(stack: &Stack<'_>) -> Result<Judgement, Judgement> {
    let budgets = budgets(stack)?;
    let now = stack.snapshot.collected_at;
    let watching = || budgets.iter().filter(|budget| watches(budget, now));
    // One that watches everything before one that watches a part.
    let best = watching().find(|budget| budget.filtered_by.is_empty());
    if let Some(budget) = best.or_else(|| watching().next()) {
        let limit = limit(budget);
        let passed = Judgement::passed(format!(
            "The budget {} watches the monthly cost ({limit}).",
            budget.name
        ))
        .seen(evidence(budget, EXPECTED, &limit));
        return Ok(if budget.filtered_by.is_empty() {
            passed
        } else {
            passed.advise(format!(
                "It counts a part of the cost only (filtered by {}); what lies outside, nobody is told of. A budget without \
                 a filter sees everything.",
                budget.filtered_by.join(", ")
            ))
        });
    }
    let mut judgement = match budgets {
        [] => Judgement::missing("There is no budget in this account yet."),
        [only] => Judgement::missing(format!(
            "The budget {} does not watch the monthly cost: {}.",
            only.name,
            shortcoming(only, now)
        )),
        several => Judgement::missing(format!(
            "None of the {} budgets watches the monthly cost.",
            several.len()
        )),
    }
    .because(Cause::BudgetMissing);
    for budget in budgets {
        judgement = judgement.seen(evidence(budget, EXPECTED, shortcoming(budget, now)));
    }
    Ok(judgement.fix(Fix::run(
        "Create a monthly cost budget that writes to you at 80 percent; put your e-mail address in the place of YOUR-ADDRESS.",
        create_command(stack, budgets),
    )))
}

fn alert(stack: &Stack<'_>) -> Result<Judgement, Judgement> {
    let now = stack.snapshot.collected_at;
    let watching: Vec<&Budget> = budgets(stack)?
        .iter()
        .filter(|budget| watches(budget, now))
        .collect();
    let Some(first) = watching.first() else {
        return Ok(Judgement::blocked(
            COST,
            "There is no monthly cost budget yet that could alert anybody.",
        ));
    };
    let mut unread = None;
    for budget in &watching {
        match listeners(budget) {
            Ok(0) => {}
            Ok(count) => {
                let people = if count == 1 {
                    "subscriber"
                } else {
                    "subscribers"
                };
                return Ok(Judgement::passed(format!(
                    "The budget {} alerts {count} {people}.",
                    budget.name
                ))
                .seen(alert_evidence(budget, format!("{count} {people}"))));
            }
            Err(why) => unread = Some(why),
        }
    }
    if let Some(why) = unread {
        return Err(stack.cannot_tell(&why, "the budget's alerts"));
    }
    Ok(Judgement::missing(format!(
        "The budget {} alerts nobody.",
        first.name
    ))
    .because(Cause::BudgetWithoutAlert)
    .seen(alert_evidence(first, "none".to_owned()))
    .fix(Fix::run(
        "Let it write to you at 80 percent of the limit; put your e-mail address in the place of YOUR-ADDRESS.",
        format!(
            "aws budgets create-notification --account-id {} --budget-name {} --notification {ALERT} --subscribers {SUBSCRIBER}",
            account(stack),
            super::command::quoted(&first.name)
        ),
    )))
}

const EXPECTED: &str = "an active monthly cost budget with a limit";
const ALERT: &str =
    "NotificationType=ACTUAL,ComparisonOperator=GREATER_THAN,Threshold=80,ThresholdType=PERCENTAGE";
const SUBSCRIBER: &str = "SubscriptionType=EMAIL,Address=YOUR-ADDRESS";

fn email_read(stack: &Stack<'_>) -> Judgement {
    if stack.attested.contains(EMAIL) {
        return Judgement::attested("You confirmed that you read mail at the alert's address.");
    }
    Judgement::missing("Only you know whether you read mail at the address that the alert goes to.")
        .fix(Fix::run(
            "If you do, confirm it.",
            format!("landfall attest {EMAIL}"),
        ))
}

/// The account's budgets. A denied read by somebody whose policies allow it has one well-known reason.
fn budgets<'a>(stack: &Stack<'a>) -> Result<&'a [Budget], Judgement> {
    let read = stack.read(&stack.snapshot.budgets, "the account's budgets");
    let denied = matches!(
        &stack.snapshot.budgets,
        Fact::Unknown(Why::Denied {
            by: DeniedBy::Identity,
            ..
        })
    );
    match read {
        Ok(budgets) => Ok(budgets.map_or(&[], Vec::as_slice)),
        Err(judgement) if denied && user::is_plainly_allowed(stack, VIEW) => {
            let mut judgement = judgement.because(Cause::BillingAccessNotActivated);
            judgement.summary = "Could not read the account's budgets, although your policies allow it: root has not given \
                                 IAM users access to billing yet, and until then not even an administrator may look."
                .to_owned();
            judgement.fix = vec![Fix::say(
                "Sign in as root, open Account, \"IAM user and role access to Billing information\", Edit, Activate: \
                 https://console.aws.amazon.com/billing/home#/account",
            )];
            Err(judgement)
        }
        Err(judgement) => Err(judgement),
    }
}

/// Active, monthly, about cost, and with a limit of some kind.
fn watches(budget: &Budget, now: Timestamp) -> bool {
    let begun = budget.starts.is_none_or(|starts| starts <= now);
    let over = budget.ends.is_some_and(|ends| ends <= now);
    budget.kind == BudgetKind::Cost && budget.monthly && begun && !over && has_limit(budget)
}

/// One that adjusts itself may start from nothing. One that is planned month by month comes with this month's limit.
fn has_limit(budget: &Budget) -> bool {
    budget.auto_adjusting || budget.limit_above_zero.unwrap_or(budget.planned)
}

fn shortcoming(budget: &Budget, now: Timestamp) -> &'static str {
    if budget.kind != BudgetKind::Cost {
        "it is not about cost"
    } else if !budget.monthly {
        "it is not monthly"
    } else if budget.starts.is_some_and(|starts| starts > now) {
        "it has not begun yet"
    } else if budget.ends.is_some_and(|ends| ends <= now) {
        "it is over"
    } else {
        "it has no limit above zero"
    }
}

fn limit(budget: &Budget) -> String {
    match &budget.limit {
        Some(limit) => format!("limit {limit}"),
        None if budget.auto_adjusting => "it adjusts itself".to_owned(),
        None => "planned month by month".to_owned(),
    }
}

/// How many subscribers hear of this budget; more than none as soon as one notification that could be read has some.
fn listeners(budget: &Budget) -> Result<u32, Why> {
    let notifications: &[Notification] = match &budget.notifications {
        Fact::Present(notifications) => notifications,
        Fact::Absent => &[],
        Fact::Unknown(why) => return Err(why.clone()),
    };
    let mut most = 0;
    let mut unread = None;
    for notification in notifications {
        match &notification.subscribers {
            Fact::Present(count) => most = most.max(*count),
            Fact::Absent => {}
            Fact::Unknown(why) => unread = Some(why.clone()),
        }
    }
    match unread {
        Some(why) if most == 0 => Err(why),
        _ => Ok(most),
    }
}

fn create_command(stack: &Stack<'_>, present: &[Budget]) -> String {
    // A second one of the same name would be refused.
    let mut name = stack.chapter().budget.name.clone();
    while present.iter().any(|budget| budget.name == name) {
        name.push_str("-cost");
    }
    let budget = format!(
        "BudgetName={name},BudgetType=COST,TimeUnit=MONTHLY,BudgetLimit={{Amount=20,Unit=USD}}"
    );
    format!(
        "aws budgets create-budget --account-id {} --budget {} --notifications-with-subscribers '{}'",
        account(stack),
        super::command::quoted(&budget),
        format_args!("Notification={{{ALERT}}},Subscribers=[{{{SUBSCRIBER}}}]"),
    )
}

fn evidence(budget: &Budget, expected: &str, observed: &str) -> Evidence {
    Evidence::new(
        "budgets:DescribeBudgets",
        &budget.name,
        "Budget",
        expected,
        observed,
        FoundBy::Fixed,
    )
}

fn alert_evidence(budget: &Budget, observed: String) -> Evidence {
    Evidence::new(
        "budgets:DescribeSubscribersForNotification",
        &budget.name,
        "Subscribers",
        "at least one",
        observed,
        FoundBy::Fixed,
    )
}
