//! One sentence for where there is no room for a table: what runs now, by the hour or the day.

use super::line::Line;
use super::unread::hides_something;
use super::{Price, Sum, Usd, charge};
use crate::account::{LeftoverKind, Snapshot, Source};
use crate::checks::holdings;
use jiff::Timestamp;

/// `costs $0.07 an hour now`; `None` when nothing of the chapter runs that costs money. Nothing is read for it.
pub fn an_hour_now(snapshot: &Snapshot) -> Option<String> {
    let sum = running(snapshot)?;
    let verb = match snapshot.source {
        Source::Practice => "would cost",
        Source::Aws | Source::Snapshot => "costs",
    };
    let least = if sum.at_least { "at least " } else { "" };
    let price = price(sum.hour, sum.at_least)?;
    Some(format!("{verb} {least}{price} an hour now"))
}

/// `about $1.70 a day`; `None` as above.
pub fn a_day(snapshot: &Snapshot) -> Option<String> {
    let sum = running(snapshot)?;
    let words = if sum.at_least { "at least" } else { "about" };
    let price = price(sum.hour.times(24), sum.at_least)?;
    Some(format!("{words} {price} a day"))
}

/// Since when the oldest of it runs.
pub fn since(snapshot: &Snapshot) -> Option<Timestamp> {
    holdings(snapshot)
        .iter()
        .filter(|one| one.of_chapter && runs(one.kind))
        .filter_map(|one| one.since)
        .min()
}

const fn runs(kind: LeftoverKind) -> bool {
    !matches!(kind, LeftoverKind::LogGroup | LeftoverKind::Repository)
}

/// "At least under a cent" says nothing.
fn price(sum: Usd, at_least: bool) -> Option<String> {
    let words = sum.in_words();
    (!(at_least && words.starts_with("under"))).then_some(words)
}

/// What runs of the chapter in this region. Images and logs lie there; they do not run.
fn running(snapshot: &Snapshot) -> Option<Sum> {
    let lines: Vec<Line> = holdings(snapshot)
        .iter()
        .filter(|one| one.of_chapter && runs(one.kind))
        .flat_map(|one| charge::lines(one, &snapshot.chapter))
        .filter(|line| line.price != Price::Free)
        .collect();
    let sum = Sum::of(&lines).or_more(hides_something(snapshot));
    (!lines.is_empty() && !sum.hour.is_zero()).then_some(sum)
}
