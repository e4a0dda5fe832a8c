//! Facts are dated and cite where they stand: clouds change.

use super::At;
use crate::course::Diagnostic;
use jiff::ToSpan;
use jiff::civil::Date;

/// Facts that are out of date, and citations that nobody can follow.
pub(super) fn look(at: &At<'_>, today: Option<Date>) -> Vec<Diagnostic> {
    let facts = &at.question.facts;
    let mut found = Vec::new();
    for (cite, number) in facts.cite.iter().zip(1..) {
        if !cite.starts_with("https://") {
            found.push(at.warning(
                "citation",
                &format!("facts/cite:{number}"),
                format!("`{cite}` is no address that begins with https://"),
                "cite a page that readers can open",
            ));
        }
    }
    let checked: Option<Date> = facts.checked.parse().ok();
    if let (Some(today), Some(checked)) = (today, checked) {
        if checked > today {
            found.push(at.warning(
                "stale-facts",
                "facts/checked",
                format!("the facts were looked up on {checked}, which is still to come"),
                "give the day on which somebody read the cited pages",
            ));
        } else if checked
            .checked_add(i64::from(facts.stale_days).days())
            .is_ok_and(|last| last < today)
        {
            found.push(at.warning(
                "stale-facts",
                "facts/checked",
                format!(
                    "the facts were looked up on {checked}, and hold for {} days",
                    facts.stale_days
                ),
                "read the cited pages again, mend what changed, and set `checked` to that day",
            ));
        }
    }
    found
}
