//! What the chapter costs: what runs now, what was left behind, and what each of it costs by the hour and the month.
//! Pure: a snapshot in, values out; prices are a dated table.

mod charge;
mod json;
mod line;
mod money;
mod now;
mod prices;
mod rates;
#[cfg(test)]
mod tests;
mod unread;

pub use json::cost_json;
pub use line::{Charged, Line, Price};
pub use money::Usd;
pub use now::{a_day, an_hour_now, since};
pub use prices::{MEASURE, as_of};
pub use unread::Gap;

use crate::account::{Region, Snapshot, Source};
use crate::checks::{Deletion, all_that_costs, holdings, teardown};
use jiff::Timestamp;
use std::collections::BTreeSet;

/// The whole answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cost {
    pub region: Region,
    pub source: Source,
    pub looked_at: Timestamp,
    /// The chapter's, in the region that was looked at.
    pub running: Vec<Line>,
    /// The chapter's: snapshots and backups here, anything in other regions.
    pub left_behind: Vec<Line>,
    /// What bears no name of the chapter, in all regions.
    pub others: Vec<Line>,
    /// `None` = other regions were not looked at.
    pub regions: Option<usize>,
    pub gaps: Vec<Gap>,
    pub teardown: Vec<Deletion>,
}

/// What some lines add up to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sum {
    pub hour: Usd,
    pub month: Usd,
    /// Whether something is in it whose price, or whose existence, is not known.
    pub at_least: bool,
}

/// What all that was read costs.
pub fn cost(snapshot: &Snapshot) -> Cost {
    let here: BTreeSet<(_, String)> = holdings(snapshot)
        .into_iter()
        .map(|one| (one.kind, one.name))
        .collect();
    let mut cost = Cost {
        region: snapshot.region.clone(),
        source: snapshot.source,
        looked_at: snapshot.collected_at,
        running: Vec::new(),
        left_behind: Vec::new(),
        others: Vec::new(),
        regions: snapshot
            .leftovers
            .present()
            .map(|left| left.looked_in.len()),
        gaps: unread::gaps(snapshot),
        teardown: teardown(snapshot),
    };
    for one in all_that_costs(snapshot) {
        let is_here = one.region == snapshot.region && here.contains(&(one.kind, one.name.clone()));
        let lines = charge::lines(&one, &snapshot.chapter);
        match (one.of_chapter, is_here) {
            (true, true) => cost.running.extend(lines),
            (true, false) => cost.left_behind.extend(lines),
            (false, _) => cost.others.extend(lines),
        }
    }
    cost.running.extend(charge::keeping_secrets(snapshot));
    cost
}

impl Cost {
    /// What runs now.
    pub fn running_sum(&self) -> Sum {
        let here = |gap: &Gap| {
            gap.region
                .as_ref()
                .is_none_or(|region| *region == self.region)
        };
        Sum::of(&self.running).or_more(self.gaps.iter().any(here))
    }

    /// What was left behind.
    pub fn left_behind_sum(&self) -> Sum {
        Sum::of(&self.left_behind).or_more(!self.gaps.is_empty())
    }

    /// Everything of the chapter's.
    pub fn sum(&self) -> Sum {
        let lines = self.running.iter().chain(&self.left_behind);
        Sum::of(lines).or_more(!self.gaps.is_empty() || self.regions.is_none())
    }

    /// What bears no name of the chapter.
    pub fn others_sum(&self) -> Sum {
        Sum::of(&self.others).or_more(!self.gaps.is_empty())
    }

    /// The regions where us-east-1's prices stand in for some of their own.
    pub fn estimated_regions(&self) -> BTreeSet<&Region> {
        self.all_lines()
            .filter(|line| line.price.is_estimate())
            .map(|line| &line.region)
            .collect()
    }

    /// All lines of the three lists.
    pub fn all_lines(&self) -> impl Iterator<Item = &Line> {
        self.running
            .iter()
            .chain(&self.left_behind)
            .chain(&self.others)
    }

    /// Whether AWS really charges for it.
    pub fn is_billed(&self) -> bool {
        self.source != Source::Practice
    }

    /// Whether everything was read.
    pub fn is_whole(&self) -> bool {
        self.gaps.is_empty()
    }
}

impl Sum {
    fn of<'a>(lines: impl IntoIterator<Item = &'a Line> + Clone) -> Self {
        Sum {
            hour: lines
                .clone()
                .into_iter()
                .filter_map(|line| line.price.hour())
                .sum(),
            month: lines
                .clone()
                .into_iter()
                .filter_map(|line| line.price.month())
                .sum(),
            at_least: lines.into_iter().any(|line| line.price == Price::Unknown),
        }
    }

    fn or_more(self, more: bool) -> Self {
        Sum {
            at_least: self.at_least || more,
            ..self
        }
    }
}
