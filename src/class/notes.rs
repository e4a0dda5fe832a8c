//! What is worth a second look about a piece of evidence: prompts for a talk, never verdicts.

use super::look::{CLOCK, is_ahead};
use super::moment::Moment;
use super::report::EvidenceKind;
use crate::account::{AccountId, Snapshot, Source};
use crate::bundle::{Bundle, Trouble, Whole, fingerprint};
use crate::report::sanitize::one_line;
use jiff::SignedDuration;

/// A file that is written much later than its look says little of that time.
const FAR_APART: SignedDuration = SignedDuration::from_hours(1);

/// All that is odd about a bundle.
pub(super) fn of_bundle(whole: &Whole, moment: &Moment) -> Vec<String> {
    let bundle = &whole.bundle;
    let mut notes = Vec::new();
    if !whole.intact {
        notes.push(
            "The file was changed after it was made: it does not fit its own digest. Ask how that came about."
                .to_owned(),
        );
    }
    notes.extend(source(bundle.snapshot.source));
    notes.extend(version(bundle));
    notes.extend(times(bundle, moment));
    notes.extend(nonce(bundle));
    let own = fingerprint(&bundle.snapshot);
    if !own.is_empty() && own != bundle.fingerprint {
        notes.push(
            "Its fingerprint is not that of the stack in it. Ask how that came about.".to_owned(),
        );
    }
    if !bundle.left_out.is_empty() {
        let steps: Vec<String> = bundle
            .left_out
            .keys()
            .take(10)
            .map(|id| one_line(id))
            .collect();
        notes.push(format!(
            "The student chose to leave out {}.",
            steps.join(", ")
        ));
    }
    notes
}

fn source(source: Source) -> Option<String> {
    match source {
        Source::Aws => None,
        // Without a note the class's "look at these" would pass over it.
        Source::Practice => Some("This is the practice account, not the student's own.".to_owned()),
        Source::Snapshot => Some(
            "The look in it comes from a saved file: what that was taken from is not vouched for."
                .to_owned(),
        ),
    }
}

fn version(bundle: &Bundle) -> Option<String> {
    let here = env!("CARGO_PKG_VERSION");
    let theirs = &bundle.made_with.landfall;
    if bundle.snapshot.schema != Snapshot::SCHEMA {
        return Some(format!(
            "Its look has the layout {}, this Landfall's is {}: what differs may be missing.",
            bundle.snapshot.schema,
            Snapshot::SCHEMA
        ));
    }
    (theirs != here).then(|| {
        format!(
            "Judged by the lessons of this Landfall ({here}); the student's was version {}.",
            one_line(theirs)
        )
    })
}

fn times(bundle: &Bundle, moment: &Moment) -> Vec<String> {
    let (looked, made) = (bundle.snapshot.collected_at, bundle.made_at);
    let mut notes = Vec::new();
    if is_ahead(looked, moment) || is_ahead(made, moment) {
        notes.push(format!(
            "It is dated {}, which is yet to come: that machine's clock is wrong, or the file was changed.",
            moment.minute(looked.max(made))
        ));
    }
    let apart = made.duration_since(looked);
    if apart < -CLOCK {
        notes.push(format!(
            "The file says that it was made {}, before the look in it ({}).",
            moment.minute(made),
            moment.minute(looked)
        ));
    } else if apart > FAR_APART {
        notes.push(format!(
            "The file was made {}, the look in it is from {}; the look's time counts.",
            moment.minute(made),
            moment.minute(looked)
        ));
    }
    notes
}

fn nonce(bundle: &Bundle) -> Option<String> {
    let nonce = bundle.nonce.as_ref()?;
    let asked = one_line(&nonce.asked);
    Some(match &nonce.seen[..] {
        [] => format!("The word {asked} was seen on no resource."),
        [first, ..] => format!(
            "The word {asked} stands on {}: whoever made this could change the account.",
            one_line(&first.resource)
        ),
    })
}

/// The run did not get in, and there is something else to go by.
pub(super) fn run_failed(say: &str, kind: EvidenceKind) -> String {
    let instead = match kind {
        EvidenceKind::Bundle => "the bundle that was handed in",
        EvidenceKind::Live | EvidenceKind::LiveAndBundle => "an earlier look",
    };
    format!(
        "The newest run could not look ({}); this is {instead}.",
        one_line(say).trim_end_matches('.')
    )
}

pub(super) fn unusable_beside_another(file: &str, trouble: &Trouble, used: &str) -> String {
    format!(
        "{} cannot be used ({}); this is {}.",
        one_line(file),
        one_line(&trouble.to_string()),
        one_line(used)
    )
}

pub(super) fn practice_beside_live(file: &str) -> String {
    format!(
        "{} is of the practice account: nothing of it is used.",
        one_line(file)
    )
}

pub(super) fn other_account(file: &str, read: &AccountId, said: &AccountId) -> String {
    format!(
        "{} is of another account ({said}) than the one on the roster ({read}): nothing of it is used.",
        one_line(file)
    )
}

pub(super) fn account_unknown(file: &str) -> String {
    format!(
        "{} does not say whose account it is: nothing of it is used.",
        one_line(file)
    )
}
