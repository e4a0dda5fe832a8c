//! Budgets of the account.

use super::fact::Fact;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Budget {
    pub name: String,
    pub kind: BudgetKind,
    pub monthly: bool,
    /// As AWS writes it, with the unit: `10.0 USD`. `None` when the budget adjusts itself or plans month by month.
    pub limit: Option<String>,
    /// Whether the limit is more than nothing; `None` without a fixed limit.
    pub limit_above_zero: Option<bool>,
    pub auto_adjusting: bool,
    /// Month-by-month limits.
    pub planned: bool,
    /// What it is narrowed down by (`Service`, `TagKeyValue`); empty when it watches everything.
    #[serde(default)]
    pub filtered_by: Vec<String>,
    pub starts: Option<Timestamp>,
    pub ends: Option<Timestamp>,
    /// The number of subscribers of each notification. No address is kept.
    pub notifications: Fact<Vec<Notification>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BudgetKind {
    Cost,
    Other,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notification {
    /// `ACTUAL` or `FORECASTED`, as AWS writes it.
    pub kind: String,
    /// Percent or amount.
    pub threshold: String,
    pub subscribers: Fact<u32>,
}
