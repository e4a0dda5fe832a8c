//! Sentences that every format of the learner's report says alike.

use super::learner::LearnerReport;
use super::status::Counts;
use crate::account::Source;
use crate::checks::{Evidence, Finding, Totals, Verdict};

/// What stands under a shortened account number.
pub const SHORTENED: &str = "Of the account's number only the last four digits are shown, in commands too; \
    `landfall report -v` writes it in full.";

/// Mark and words: `✔ ok`; a blocked check names what it waits for.
pub fn mark(finding: &Finding) -> String {
    match (finding.verdict, finding.blocked_by) {
        (Verdict::Blocked, Some(by)) => format!("{} waits for {by}", Verdict::Blocked.symbol()),
        (verdict, _) => verdict_mark(verdict),
    }
}

/// Mark and words of a verdict.
pub fn verdict_mark(verdict: Verdict) -> String {
    format!("{} {}", verdict.symbol(), verdict.words())
}

/// `account ********9012, user/news-admin`.
pub fn account(report: &LearnerReport) -> String {
    let account = &report.account;
    let whose = match (account.source, &account.id) {
        (Source::Practice, _) => "practice account".to_owned(),
        (_, Some(id)) => format!("account {id}"),
        (_, None) => "account not known".to_owned(),
    };
    match &account.principal {
        Some(principal) => format!("{whose}, {principal}"),
        None => whose,
    }
}

/// `23 of 25 steps done, 1 open, 1 left out`.
pub fn steps(counts: Counts) -> String {
    let all = counts.sum();
    let mut words = format!(
        "{} of {all} {} done, {} open",
        counts.done,
        if all == 1 { "step" } else { "steps" },
        counts.open
    );
    if counts.left_out > 0 {
        words.push_str(&format!(", {} left out", counts.left_out));
    }
    words
}

/// `✔ 60 ok · ✘ 1 wrong`.
pub fn totals(totals: &Totals) -> String {
    let shown: Vec<String> = totals
        .by_verdict()
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, verdict)| format!("{} {count} {}", verdict.symbol(), verdict.words()))
        .collect();
    shown.join(" · ")
}

/// Where something was read: `sg-0a1b, IpPermissions[5432]`.
pub fn place(evidence: &Evidence) -> String {
    [evidence.resource.as_str(), evidence.field.as_str()]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(", ")
}

/// With its full stop.
pub fn sentence(text: &str) -> String {
    let text = text.trim();
    if text.is_empty() || text.ends_with(['.', '!', '?', ':', '…']) {
        text.to_owned()
    } else {
        format!("{text}.")
    }
}
