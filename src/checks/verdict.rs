//! The eight verdicts and how they add up.

use serde::{Deserialize, Serialize};

/// What may be said of a check, a step, a lesson or a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Read, and as it should be.
    Passed,
    /// It exists and is wrong, or is absent though something built depends on it.
    Failed,
    /// What the step creates is not there yet.
    Missing,
    /// AWS is still working on it.
    Pending,
    /// Cannot be judged before another check passes.
    Blocked,
    /// Could not be read.
    Unknown,
    /// Does not apply to this learner.
    Skipped,
    /// Confirmed by the learner.
    Attested,
}

impl Verdict {
    /// All eight, in the order in which reports list them.
    pub const ALL: [Verdict; 8] = [
        Verdict::Passed,
        Verdict::Failed,
        Verdict::Missing,
        Verdict::Pending,
        Verdict::Blocked,
        Verdict::Unknown,
        Verdict::Skipped,
        Verdict::Attested,
    ];

    /// As JSON spells it.
    pub const fn id(self) -> &'static str {
        match self {
            Verdict::Passed => "passed",
            Verdict::Failed => "failed",
            Verdict::Missing => "missing",
            Verdict::Pending => "pending",
            Verdict::Blocked => "blocked",
            Verdict::Unknown => "unknown",
            Verdict::Skipped => "skipped",
            Verdict::Attested => "attested",
        }
    }

    /// The mark on the screen; the words beside it are [`Verdict::words`].
    pub const fn symbol(self) -> &'static str {
        match self {
            Verdict::Passed => "✔",
            Verdict::Failed => "✘",
            Verdict::Missing => "·",
            Verdict::Pending => "…",
            Verdict::Blocked => "⊘",
            Verdict::Unknown => "?",
            Verdict::Skipped => "–",
            Verdict::Attested => "✎",
        }
    }

    /// The words on the screen, beside the symbol.
    pub const fn words(self) -> &'static str {
        match self {
            Verdict::Passed => "ok",
            Verdict::Failed => "wrong",
            Verdict::Missing => "not yet",
            Verdict::Pending => "in progress",
            Verdict::Blocked => "waits",
            Verdict::Unknown => "cannot tell",
            Verdict::Skipped => "not for you",
            Verdict::Attested => "you confirmed",
        }
    }

    /// Nothing is left to do: passed, skipped or attested.
    pub const fn is_done(self) -> bool {
        matches!(self, Verdict::Passed | Verdict::Skipped | Verdict::Attested)
    }

    /// The worst of failed, unknown, missing, pending, blocked, passed; all skipped: skipped; all attested: attested;
    /// skipped and attested beside others are left out. Of nothing at all: skipped.
    pub fn sum(verdicts: impl IntoIterator<Item = Verdict>) -> Verdict {
        const WORST_FIRST: [Verdict; 6] = [
            Verdict::Failed,
            Verdict::Unknown,
            Verdict::Missing,
            Verdict::Pending,
            Verdict::Blocked,
            Verdict::Passed,
        ];
        let seen: Vec<Verdict> = verdicts.into_iter().collect();
        if let Some(worst) = WORST_FIRST
            .into_iter()
            .find(|verdict| seen.contains(verdict))
        {
            return worst;
        }
        // Only skipped and attested are left: a mixture was confirmed where it applied.
        if seen.contains(&Verdict::Attested) {
            Verdict::Attested
        } else {
            Verdict::Skipped
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Verdict::{self, *};

    #[test]
    fn the_worst_verdict_decides() {
        assert_eq!(Verdict::sum([Passed, Missing, Failed, Unknown]), Failed);
        assert_eq!(Verdict::sum([Passed, Missing, Unknown]), Unknown);
        assert_eq!(Verdict::sum([Passed, Pending, Missing]), Missing);
        assert_eq!(Verdict::sum([Passed, Blocked, Pending]), Pending);
        assert_eq!(Verdict::sum([Passed, Blocked]), Blocked);
    }

    #[test]
    fn skipped_and_attested_beside_others_are_left_out() {
        assert_eq!(Verdict::sum([Skipped, Passed, Attested]), Passed);
        assert_eq!(Verdict::sum([Skipped, Missing]), Missing);
        assert_eq!(Verdict::sum([Skipped, Skipped]), Skipped);
        assert_eq!(Verdict::sum([Attested, Attested]), Attested);
    }
}
