//! What passed before and does not any more, and what changed in between.

use super::look::Look;
use super::moment::Moment;
use super::report::Detail;
use super::since::{Timeline, findings};
use crate::checks::{CheckKind, Finding, Verdict, Verification, check};
use crate::report::{Drift, drift, related};

/// So many changes are named.
const MOST: usize = 3;

/// One sentence for each check that counts, passed in earlier evidence, and is wrong or gone now. Once the teardown has
/// begun there are none. `earlier` are the judgements of `look.earlier`.
pub(super) fn steps_back(
    look: &Look<'_>,
    verification: &Verification,
    earlier: &[Verification],
    timeline: &Timeline,
    (moment, detail): (&Moment, Detail),
) -> Vec<String> {
    if look.teardown_begun {
        return Vec::new();
    }
    // One comparison explains several checks.
    let mut compared: Vec<Option<Vec<Drift>>> = vec![None; earlier.len()];
    findings(verification)
        .filter(|finding| {
            matches!(finding.verdict, Verdict::Failed | Verdict::Missing)
                && check(finding.check.as_str()).is_some_and(|one| one.kind == CheckKind::Must)
        })
        .filter_map(|finding| {
            let id = finding.check.as_str();
            let (passed, since) = timeline.step_back(id)?;
            let word = match finding.verdict {
                Verdict::Missing => "is gone since",
                _ => "fails since",
            };
            let sentence = format!(
                "\"{}\" passed {}, {word} {}",
                finding.title,
                moment.minute(passed),
                moment.minute(since)
            );
            let because = match detail {
                Detail::VerdictOnly => Vec::new(),
                Detail::Full | Detail::NoExpectedValues => {
                    changes(finding, look, earlier, &mut compared)
                }
            };
            Some(if because.is_empty() {
                format!("{sentence}.")
            } else {
                format!("{sentence}: {}.", because.join("; "))
            })
        })
        .collect()
}

/// Since the newest of the earlier looks that saw it pass; none when only a history says that it did.
fn changes(
    finding: &Finding,
    look: &Look<'_>,
    earlier: &[Verification],
    compared: &mut [Option<Vec<Drift>>],
) -> Vec<String> {
    let passed = |verification: &Verification| {
        findings(verification)
            .any(|then| then.check == finding.check && then.verdict == Verdict::Passed)
    };
    let Some(at) = earlier.iter().position(passed) else {
        return Vec::new();
    };
    let all = compared[at].get_or_insert_with(|| drift(look.earlier[at].snapshot, &look.snapshot));
    related(finding.check.as_str(), all)
        .into_iter()
        .take(MOST)
        .map(|change| change.say.clone())
        .collect()
}
