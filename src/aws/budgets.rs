//! Budgets with their alerts. Of subscribers only the number is kept.

use super::answer::{Answer, Page, Split};
use super::call::Call;
use super::calls;
use super::error::{FactFrom, ReadError};
use super::input::Input;
use super::read::Reader;
use super::wire::At;
use crate::account::{AccountId, Budget, BudgetKind, Caller, Fact, Notification};
use futures_util::future::join_all;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// Alerts are looked at for this many monthly cost budgets; a check needs one of them.
const MOST_BUDGETS: usize = 20;

/// All budgets of the caller's account.
pub(super) async fn budgets(reader: &Reader, caller: &Fact<Caller>) -> Fact<Vec<Budget>> {
    let account = match caller {
        Fact::Present(caller) => &caller.account,
        Fact::Absent => return Fact::not_asked(),
        Fact::Unknown(why) => return Fact::Unknown(why.clone()),
    };
    let input = Input::none()
        .with("AccountId", account.as_str())
        .with("MaxResults", 100);
    let found = match reader.pages::<DescribeBudgets>(input).await {
        Ok(found) => found,
        // An account without any may answer so.
        Err(error) if error.is(&["NotFoundException"]) => Vec::new(),
        Err(error) => return Fact::Unknown(error.why),
    };
    let mut asked = 0;
    let with_alerts = found.into_iter().map(|found| {
        // Whom a budget of use or of a day alerts is nobody's question.
        let ask = found.is_monthly_cost() && asked < MOST_BUDGETS;
        asked += usize::from(ask);
        async move {
            let notifications = if ask {
                alerts(reader, account, &found.name).await.fact(&[])
            } else {
                Fact::not_asked()
            };
            budget(found, notifications)
        }
    });
    Fact::Present(join_all(with_alerts).await)
}

fn budget(found: Found, notifications: Fact<Vec<Notification>>) -> Budget {
    let above_zero = found
        .limit
        .as_ref()
        .and_then(|limit| limit.amount.parse::<f64>().ok())
        .map(|amount| amount > 0.0);
    Budget {
        name: found.name,
        kind: match found.kind.as_str() {
            "COST" => BudgetKind::Cost,
            _ => BudgetKind::Other,
        },
        monthly: found.time_unit == "MONTHLY",
        limit: found
            .limit
            .map(|limit| format!("{} {}", limit.amount, limit.unit)),
        limit_above_zero: above_zero,
        auto_adjusting: found.auto_adjust.is_some(),
        planned: found.planned.is_some_and(|planned| !planned.is_empty()),
        filtered_by: found.filters.map_or_else(Vec::new, |filters| {
            let filters = filters.into_iter();
            // Which charges count (credits, refunds, tax) is no part of the account left out.
            filters
                .filter(|(name, values)| {
                    !values.is_empty() && !name.eq_ignore_ascii_case("RecordType")
                })
                .map(|(name, _)| name)
                .collect()
        }),
        starts: found
            .period
            .as_ref()
            .and_then(|period| period.start.map(Into::into)),
        ends: found
            .period
            .as_ref()
            .and_then(|period| period.end.map(Into::into)),
        notifications,
    }
}

async fn alerts(
    reader: &Reader,
    account: &AccountId,
    budget: &str,
) -> Result<Vec<Notification>, ReadError> {
    let input = Input::none()
        .with("AccountId", account.as_str())
        .with("BudgetName", budget);
    let found = match reader.pages::<DescribeNotificationsForBudget>(input).await {
        Err(error) if error.is(&["NotFoundException"]) => return Ok(Vec::new()),
        other => other?,
    };
    let with_subscribers = found.into_iter().map(|alert| async move {
        Notification {
            subscribers: subscribers(reader, account, budget, &alert).await.fact(&[]),
            threshold: match alert.threshold_type.as_deref() {
                Some("ABSOLUTE_VALUE") => format!("{}", alert.threshold),
                _ => format!("{}%", alert.threshold),
            },
            kind: alert.kind,
        }
    });
    Ok(join_all(with_subscribers).await)
}

async fn subscribers(
    reader: &Reader,
    account: &AccountId,
    budget: &str,
    alert: &Alert,
) -> Result<u32, ReadError> {
    let mut notification = json!({
        "NotificationType": alert.kind,
        "ComparisonOperator": alert.comparison,
        "Threshold": alert.threshold,
    });
    if let Some(kind) = &alert.threshold_type {
        notification["ThresholdType"] = json!(kind);
    }
    let input = Input::none()
        .with("AccountId", account.as_str())
        .with("BudgetName", budget)
        .with("Notification", notification);
    match reader
        .pages::<DescribeSubscribersForNotification>(input)
        .await
    {
        Err(error) if error.is(&["NotFoundException"]) => Ok(0),
        other => Ok(u32::try_from(other?.len()).unwrap_or(u32::MAX)),
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct DescribeBudgets {
    #[serde(rename = "Budgets")]
    budgets: Vec<Found>,
    #[serde(rename = "NextToken")]
    next: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Found {
    #[serde(rename = "BudgetName")]
    name: String,
    #[serde(rename = "BudgetType")]
    kind: String,
    #[serde(rename = "TimeUnit")]
    time_unit: String,
    #[serde(rename = "BudgetLimit")]
    limit: Option<Spend>,
    #[serde(rename = "PlannedBudgetLimits")]
    planned: Option<Map<String, Value>>,
    #[serde(rename = "CostFilters")]
    filters: Option<BTreeMap<String, Vec<String>>>,
    #[serde(rename = "AutoAdjustData")]
    auto_adjust: Option<AutoAdjust>,
    #[serde(rename = "TimePeriod")]
    period: Option<Period>,
}

impl Found {
    fn is_monthly_cost(&self) -> bool {
        self.kind == "COST" && self.time_unit == "MONTHLY"
    }
}

#[derive(Debug, Deserialize)]
struct Spend {
    #[serde(rename = "Amount")]
    amount: String,
    #[serde(rename = "Unit")]
    unit: String,
}

#[derive(Debug, Deserialize)]
struct AutoAdjust {}

#[derive(Debug, Deserialize)]
struct Period {
    #[serde(rename = "Start")]
    start: Option<At>,
    #[serde(rename = "End")]
    end: Option<At>,
}

impl Answer for DescribeBudgets {
    const CALL: &'static Call = &calls::DESCRIBE_BUDGETS;
    const NOTHING: Option<&'static str> = Some(r#"{"Budgets":[]}"#);
}

impl Page for DescribeBudgets {
    type Item = Found;

    fn split(self) -> Split<Found> {
        Split {
            items: self.budgets,
            next: self.next,
        }
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct DescribeNotificationsForBudget {
    #[serde(rename = "Notifications")]
    notifications: Vec<Alert>,
    #[serde(rename = "NextToken")]
    next: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Alert {
    #[serde(rename = "NotificationType")]
    kind: String,
    #[serde(rename = "ComparisonOperator")]
    comparison: String,
    #[serde(rename = "Threshold")]
    threshold: f64,
    #[serde(rename = "ThresholdType")]
    threshold_type: Option<String>,
}

impl Answer for DescribeNotificationsForBudget {
    const CALL: &'static Call = &calls::DESCRIBE_NOTIFICATIONS_FOR_BUDGET;
    const NOTHING: Option<&'static str> = Some(r#"{"Notifications":[]}"#);
}

impl Page for DescribeNotificationsForBudget {
    type Item = Alert;

    fn split(self) -> Split<Alert> {
        Split {
            items: self.notifications,
            next: self.next,
        }
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct DescribeSubscribersForNotification {
    #[serde(rename = "Subscribers")]
    subscribers: Vec<Subscriber>,
    #[serde(rename = "NextToken")]
    next: Option<String>,
}

/// Counted only: an address never gets past the decoder.
#[derive(Debug, Deserialize)]
pub(super) struct Subscriber {}

impl Answer for DescribeSubscribersForNotification {
    const CALL: &'static Call = &calls::DESCRIBE_SUBSCRIBERS_FOR_NOTIFICATION;
    const NOTHING: Option<&'static str> = Some(r#"{"Subscribers":[]}"#);
}

impl Page for DescribeSubscribersForNotification {
    type Item = Subscriber;

    fn split(self) -> Split<Subscriber> {
        Split {
            items: self.subscribers,
            next: self.next,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Reply, Server};
    use super::*;
    use crate::account::{Arn, Principal};

    fn caller() -> Fact<Caller> {
        let arn = Arn::from("arn:aws:iam::123456789012:user/ann");
        Fact::Present(Caller {
            account: AccountId::from("123456789012"),
            principal: Principal::from_arn(&arn),
            arn,
        })
    }

    async fn read(budgets: Value) -> (Vec<Budget>, usize) {
        let server = Server::start()
            .on(
                "DescribeBudgets",
                [Reply::json(200, json!({ "Budgets": budgets }).to_string())],
            )
            .on(
                "DescribeNotificationsForBudget",
                [Reply::json(200, r#"{"Notifications":[]}"#)],
            );
        let read = super::budgets(&server.reader(), &caller()).await;
        let asked = server.times("DescribeNotificationsForBudget");
        (read.present().unwrap().clone(), asked)
    }

    #[tokio::test]
    async fn alerts_are_asked_of_monthly_cost_budgets_alone_wherever_they_stand() {
        let usage = |at: usize| json!({"BudgetName": format!("hours-{at}"), "BudgetType": "USAGE", "TimeUnit": "MONTHLY"});
        let mut budgets: Vec<Value> = (0..30).map(usage).collect();
        budgets.push(json!({"BudgetName": "day", "BudgetType": "COST", "TimeUnit": "DAILY"}));
        budgets.push(json!({"BudgetName": "month", "BudgetType": "COST", "TimeUnit": "MONTHLY"}));
        let (read, asked) = read(budgets.into()).await;
        assert_eq!(asked, 1);
        assert_eq!(read.len(), 32);
        assert_eq!(read[31].notifications, Fact::Present(Vec::new()));
        assert_eq!(read[0].notifications, Fact::not_asked());
    }

    #[tokio::test]
    async fn limits_and_filters_are_read_as_aws_writes_them() {
        let (read, _) = read(json!([
            {"BudgetName": "fixed", "BudgetType": "COST", "TimeUnit": "MONTHLY",
             "BudgetLimit": {"Amount": "1.0", "Unit": "USD"}, "CostFilters": {}},
            {"BudgetName": "part", "BudgetType": "COST", "TimeUnit": "MONTHLY",
             "BudgetLimit": {"Amount": "0", "Unit": "USD"},
             "CostFilters": {"Service": ["Amazon EC2"], "RecordType": ["Credit"], "Region": []}},
            {"BudgetName": "auto", "BudgetType": "COST", "TimeUnit": "MONTHLY",
             "AutoAdjustData": {"AutoAdjustType": "HISTORICAL", "LastAutoAdjustTime": 1700000000.0}},
            {"BudgetName": "planned", "BudgetType": "COST", "TimeUnit": "MONTHLY",
             "PlannedBudgetLimits": {"1700000000": {"Amount": "5", "Unit": "USD"}}},
        ]))
        .await;
        assert_eq!(read[0].limit_above_zero, Some(true));
        assert!(read[0].filtered_by.is_empty());
        assert_eq!(read[1].limit_above_zero, Some(false));
        assert_eq!(read[1].filtered_by, ["Service"]);
        assert!(read[2].auto_adjusting && read[2].limit.is_none());
        assert!(read[3].planned);
    }
}
