//! `cost --format json`: the public form.

use super::line::{Charged, Line};
use super::money::{HOURS_A_MONTH, Usd};
use super::prices::{Page, as_of, pages_of, table};
use super::unread::Gap;
use super::{Cost, Sum};
use crate::account::{Snapshot, Source};
use crate::checks::Deletion;
use crate::report::sanitize;
use serde::Serialize;

#[derive(Debug, Serialize)]
struct Document<'a> {
    schema: u32,
    account: Account<'a>,
    collected_at: String,
    /// Whether AWS really charges for it; not for the practice account.
    billed: bool,
    prices: Prices<'a>,
    running: Vec<Entry<'a>>,
    left_behind: Vec<Entry<'a>>,
    others: Vec<Entry<'a>>,
    totals: Totals,
    /// `null` = other regions were not looked at.
    regions: Option<usize>,
    unread: &'a [Gap],
    teardown: &'a [Deletion],
}

#[derive(Debug, Serialize)]
struct Account<'a> {
    id: Option<&'a str>,
    principal: Option<&'a str>,
    region: &'a str,
    source: Source,
}

#[derive(Debug, Serialize)]
struct Prices<'a> {
    as_of: &'a str,
    currency: &'a str,
    hours_a_month: u64,
    /// Where they were looked up, when, and how sure that is.
    sources: Vec<&'static Page>,
}

#[derive(Debug, Serialize)]
struct Entry<'a> {
    region: &'a str,
    what: Charged,
    name: &'a str,
    say: &'a str,
    count: u32,
    /// `null` = its price is not known.
    usd_an_hour: Option<Usd>,
    usd_a_month: Option<Usd>,
    free: bool,
    /// Another region's price stands in.
    estimate: bool,
    notes: &'a [String],
}

#[derive(Debug, Serialize)]
struct Totals {
    running: Total,
    left_behind: Total,
    chapter: Total,
    others: Total,
}

#[derive(Debug, Serialize)]
struct Total {
    usd_an_hour: Usd,
    usd_a_month: Usd,
    at_least: bool,
}

/// The document.
pub fn cost_json(cost: &Cost, snapshot: &Snapshot) -> String {
    let caller = snapshot.caller.present();
    let document = Document {
        schema: 1,
        account: Account {
            id: caller.map(|caller| caller.account.as_str()),
            principal: caller.map(|caller| caller.arn.as_str()),
            region: cost.region.as_str(),
            source: cost.source,
        },
        collected_at: cost.looked_at.to_string(),
        billed: cost.is_billed(),
        prices: Prices {
            as_of: as_of(),
            currency: &table().currency,
            hours_a_month: HOURS_A_MONTH,
            sources: pages_of(&cost.all_lines().map(|line| line.region.as_str()).collect()),
        },
        running: entries(&cost.running),
        left_behind: entries(&cost.left_behind),
        others: entries(&cost.others),
        totals: Totals {
            running: total(cost.running_sum()),
            left_behind: total(cost.left_behind_sum()),
            chapter: total(cost.sum()),
            others: total(cost.others_sum()),
        },
        regions: cost.regions,
        unread: &cost.gaps,
        teardown: &cost.teardown,
    };
    sanitize::json_document(&document)
}

fn entries(lines: &[Line]) -> Vec<Entry<'_>> {
    lines
        .iter()
        .map(|line| Entry {
            region: line.region.as_str(),
            what: line.what,
            name: &line.name,
            say: &line.say,
            count: line.count,
            usd_an_hour: line.price.hour(),
            usd_a_month: line.price.month(),
            free: line.price == super::Price::Free,
            estimate: line.price.is_estimate(),
            notes: &line.notes,
        })
        .collect()
}

const fn total(sum: Sum) -> Total {
    Total {
        usd_an_hour: sum.hour,
        usd_a_month: sum.month,
        at_least: sum.at_least,
    }
}
