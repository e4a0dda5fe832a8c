//! When nothing at all could be read for one reason, that reason is said once, not sixty times.

use crate::account::{CredentialTrouble, Fact, Snapshot, Why};
use crate::checks::{Verdict, Verification, reason};
use crate::term::layout::{self, Margin};
use crate::term::{Line, Span, Tone};

/// One reason that explains everything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    pub say: String,
    pub hints: Vec<String>,
}

/// The reason why the caller could not be read, when nothing else could be either.
pub fn of_all(snapshot: &Snapshot, verification: &Verification) -> Option<Trouble> {
    let Fact::Unknown(why) = &snapshot.caller else {
        return None;
    };
    let read_nothing = verification
        .lessons
        .iter()
        .flat_map(|lesson| &lesson.steps)
        .flat_map(|step| &step.checks)
        .all(|finding| !matches!(finding.verdict, Verdict::Passed | Verdict::Failed));
    read_nothing.then(|| of(why))
}

/// What to say and do about one reason.
pub fn of(why: &Why) -> Trouble {
    let (say, hints): (String, &[&str]) = match why {
        Why::Credentials(CredentialTrouble::None) => (
            "No AWS credentials were found, so nothing of your account could be read.".into(),
            &[
                "With a user: `aws login`, or `aws configure` and its access key; another profile: `--profile NAME`.",
                "Without an AWS account: `landfall --account practice`.",
            ],
        ),
        Why::Credentials(CredentialTrouble::Expired) => (
            "Your AWS sign-in has expired, so nothing of your account could be read.".into(),
            &[
                "Sign in again: `aws login`, or `aws sso login` for Identity Center; then check again.",
            ],
        ),
        Why::Credentials(CredentialTrouble::Invalid) => (
            "AWS does not know these credentials, so nothing of your account could be read.".into(),
            &[
                "`aws sts get-caller-identity` shows which are in use; `--profile NAME` chooses others.",
            ],
        ),
        Why::Credentials(CredentialTrouble::NeedsCode) => (
            "This profile asks for a one-time code, which Landfall cannot ask for.".into(),
            &[
                "Get a session first: `aws sts get-session-token --serial-number YOUR-DEVICE --token-code CODE`, then use its keys.",
            ],
        ),
        Why::Offline | Why::TimedOut => (
            "AWS could not be reached from here, so nothing of your account could be read.".into(),
            &[
                "Check the internet connection (VPN, proxy), then check again. Your progress is untouched.",
            ],
        ),
        other => (
            format!("Nothing of your account could be read: {}.", reason(other)),
            &["`landfall doctor` looks at the set-up."],
        ),
    };
    Trouble {
        say,
        hints: hints.iter().map(|hint| (*hint).to_owned()).collect(),
    }
}

/// The screen of it.
pub fn lines(trouble: &Trouble, width: usize) -> Vec<Line> {
    let mark = Line::new(
        Tone::Verdict(Verdict::Unknown),
        format!(
            "{} {}  ",
            Verdict::Unknown.symbol(),
            Verdict::Unknown.words()
        ),
    );
    let mut lines = layout::wrap(
        &[Span::new(Tone::Strong, &trouble.say)],
        width,
        &Margin::hanging(mark),
    );
    for hint in &trouble.hints {
        let margin = Margin::hanging(Line::new(Tone::Quiet, "  do: "));
        lines.extend(layout::wrap(
            &[Span::new(Tone::Plain, hint)],
            width,
            &margin,
        ));
    }
    lines
}
