//! One fault, one finding: what only follows from it waits for it.

use crate::account::{Chapter, Snapshot};
use crate::checks::testing::*;
use crate::checks::verification::findings;
use crate::checks::{Finding, Stack, Verdict};
use crate::practice::{self, test_chapter};
use std::collections::BTreeSet;

/// What is left to say of an account, besides what waits for something else.
fn said(snapshot: &Snapshot) -> Vec<Finding> {
    let attested = BTreeSet::from(["budget.email-read".to_owned()]);
    let stack = Stack {
        snapshot,
        attested: &attested,
        teardown_begun: false,
    };
    findings(&stack)
        .into_values()
        .filter(|finding| !finding.verdict.is_done() && finding.verdict != Verdict::Blocked)
        .collect()
}

/// Faults that leave several things to do by their nature.
const WITH_MORE_TO_DO: &[&str] = &["leftovers-cost-money", "billing-access-not-activated"];

/// What each fault leaves besides one finding.
fn more(chapter: &Chapter) -> String {
    let mut state = practice::State::default();
    practice::apply_all(&mut state, now());
    let mut more = String::new();
    for cause in practice::causes().filter(|cause| !WITH_MORE_TO_DO.contains(&cause.id)) {
        let mut state = state.clone();
        if practice::break_cause(&mut state, cause.id, chapter, now()).is_err() {
            assert!(cause.needs_domain, "{}", cause.id);
            continue;
        }
        let said = said(&practice::snapshot(&state, chapter, now()));
        if said.len() > 1 {
            more.push_str(&format!("{}:\n", cause.id));
            for finding in said {
                more.push_str(&format!(
                    "  {} {:?} {}\n",
                    finding.check, finding.verdict, finding.summary
                ));
            }
        }
    }
    more
}

#[test]
fn each_fault_of_the_practice_account_leaves_exactly_one_finding() {
    assert_eq!(more(&test_chapter()), "");
}

#[test]
fn the_same_without_a_domain() {
    let chapter = Chapter {
        has_domain: false,
        ..test_chapter()
    };
    assert_eq!(more(&chapter), "");
}
