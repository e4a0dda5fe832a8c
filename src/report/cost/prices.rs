//! The dated table of prices: `prices.toml`, embedded.

use super::money::Usd;
use crate::account::Region;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

const TABLE: &str = include_str!("prices.toml");

/// Whose prices stand in where a region's own are not known.
pub const MEASURE: &str = "us-east-1";

/// The same price in every region.
pub(super) const EVERYWHERE: &str = "*";

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Prices {
    pub currency: String,
    pub as_of: String,
    #[serde(rename = "page")]
    pub pages: Vec<Page>,
}

/// A page of AWS's prices for one region.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Page {
    pub region: String,
    #[serde(skip_serializing)]
    pub same_as: Option<String>,
    pub source: String,
    /// Year and month.
    pub seen: String,
    pub held_against: HeldAgainst,
    #[serde(default, skip_serializing)]
    pub hour: BTreeMap<String, f64>,
    #[serde(default, skip_serializing)]
    pub month: BTreeMap<String, f64>,
}

/// How sure a page is; the table's head explains it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum HeldAgainst {
    PriceList,
    Bill,
    Published,
}

/// What one of something costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quote {
    pub hour: Usd,
    pub month: Usd,
    pub basis: Basis,
}

/// Whether a price is the region's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Basis {
    OfTheRegion,
    /// us-east-1's: none is known for the region.
    Estimate,
}

/// The table that is compiled in.
pub(super) fn table() -> &'static Prices {
    static PRICES: OnceLock<Prices> = OnceLock::new();
    PRICES.get_or_init(|| toml::from_str(TABLE).expect("the embedded table is tested"))
}

/// When the prices are of, in words: `November 2026`.
pub fn as_of() -> &'static str {
    &table().as_of
}

/// Where the prices of these regions come from; with them, what stands in for them.
pub(super) fn pages_of(regions: &BTreeSet<&str>) -> Vec<&'static Page> {
    let is_used = |page: &&Page| {
        let region = page.region.as_str();
        region == MEASURE || region == EVERYWHERE || regions.contains(region)
    };
    table().pages.iter().filter(is_used).collect()
}

/// What one of that item costs in that region.
pub fn quote(region: &Region, item: &str) -> Option<Quote> {
    // China has prices, and a currency, of its own.
    if region.as_str().starts_with("cn-") {
        return None;
    }
    let own = [region.as_str(), EVERYWHERE]
        .into_iter()
        .find_map(|name| of(name, item));
    let (basis, (hour, month)) = match own {
        Some(price) => (Basis::OfTheRegion, price),
        None => (Basis::Estimate, of(MEASURE, item)?),
    };
    Some(Quote { hour, month, basis })
}

/// By hour and by month.
fn of(region: &str, item: &str) -> Option<(Usd, Usd)> {
    let pages = table().pages.iter().filter(|page| page.region == region);
    pages.into_iter().find_map(|page| {
        let listed = |prices: &BTreeMap<String, f64>| prices.get(item).copied().and_then(Usd::of);
        if let Some(hour) = listed(&page.hour) {
            return Some((hour, hour.for_a_month()));
        }
        if let Some(month) = listed(&page.month) {
            return Some((month.for_an_hour(), month));
        }
        of(page.same_as.as_deref()?, item)
    })
}
