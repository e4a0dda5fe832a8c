//! One line of what is charged.

use super::money::Usd;
use super::prices::{Basis, Quote};
use crate::account::Region;
use serde::Serialize;

/// Something that AWS charges for, or could.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub region: Region,
    pub what: Charged,
    /// In words: `2 tasks of news-api-service`.
    pub say: String,
    /// The thing it belongs to.
    pub name: String,
    pub count: u32,
    pub price: Price,
    /// What one has to know to believe the price.
    pub notes: Vec<String>,
}

/// What is charged for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Charged {
    Tasks,
    Balancer,
    PublicAddress,
    Database,
    DatabaseStorage,
    DatabaseCluster,
    DatabaseSnapshot,
    Cache,
    ServerlessCache,
    CacheSnapshot,
    NatGateway,
    Logs,
    Images,
    Secret,
    Key,
    AdvancedParameter,
}

/// What it costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Price {
    Known {
        hour: Usd,
        month: Usd,
        basis: Basis,
    },
    /// It exists, and costs nothing as it is.
    Free,
    /// It costs something, and nobody here knows how much.
    Unknown,
}

impl Price {
    /// The price of `amount` of what is quoted for `unit`.
    pub fn of(quote: Option<Quote>, amount: u64, unit: u64) -> Self {
        match quote {
            Some(quote) => Price::Known {
                hour: quote.hour.for_part(amount, unit),
                month: quote.month.for_part(amount, unit),
                basis: quote.basis,
            },
            None => Price::Unknown,
        }
    }

    /// Two prices for parts of one thing.
    #[must_use]
    pub fn and(self, other: Price) -> Self {
        match (self, other) {
            (
                Price::Known { hour, month, basis },
                Price::Known {
                    hour: more_hour,
                    month: more_month,
                    basis: other_basis,
                },
            ) => Price::Known {
                hour: [hour, more_hour].into_iter().sum(),
                month: [month, more_month].into_iter().sum(),
                basis: basis.max(other_basis),
            },
            (Price::Free, other) | (other, Price::Free) => other,
            _ => Price::Unknown,
        }
    }

    /// By the hour; `None` = not known.
    pub const fn hour(self) -> Option<Usd> {
        match self {
            Price::Known { hour, .. } => Some(hour),
            Price::Free => Some(Usd::ZERO),
            Price::Unknown => None,
        }
    }

    /// By the month; `None` = not known.
    pub const fn month(self) -> Option<Usd> {
        match self {
            Price::Known { month, .. } => Some(month),
            Price::Free => Some(Usd::ZERO),
            Price::Unknown => None,
        }
    }

    /// Whether another region's price stands in.
    pub const fn is_estimate(self) -> bool {
        matches!(
            self,
            Price::Known {
                basis: Basis::Estimate,
                ..
            }
        )
    }
}
