//! Which look at a student's account counts, and what is odd about it.

use super::dossier::{Dossier, HandedIn, Live};
use super::moment::Moment;
use super::notes;
use super::report::EvidenceKind;
use super::result::Outcome;
use crate::account::{AccountId, Arn, Fact, SeenBy, Snapshot, Source};
use crate::bundle::BundledChange;
use crate::checks::{Asked, Stack, Verification, verify};
use crate::course::Course;
use jiff::{SignedDuration, Timestamp};
use std::borrow::Cow;
use std::collections::BTreeSet;

/// Clocks differ by a little.
pub(super) const CLOCK: SignedDuration = SignedDuration::from_mins(10);

/// What a student's row rests on.
#[derive(Debug)]
pub(super) struct Look<'a> {
    pub snapshot: Cow<'a, Snapshot>,
    pub attested: BTreeSet<String>,
    pub teardown_begun: bool,
    pub kind: EvidenceKind,
    pub file: &'a str,
    /// Of the bundle, when it is of the same account.
    pub history: &'a [BundledChange],
    /// Older looks at the same account and region, the newest first.
    pub earlier: Vec<Earlier<'a>>,
    /// The bundle that it rests on, wholly or in part.
    pub bundle: Option<&'a HandedIn>,
    pub notes: Vec<String>,
}

/// An older look.
#[derive(Debug)]
pub(super) struct Earlier<'a> {
    pub snapshot: &'a Snapshot,
    pub attested: Cow<'a, BTreeSet<String>>,
    pub teardown_begun: bool,
    pub history: &'a [BundledChange],
}

impl Earlier<'_> {
    pub fn judged(&self, course: &Course) -> Verification {
        let stack = Stack {
            snapshot: self.snapshot,
            attested: &self.attested,
            teardown_begun: self.teardown_begun,
        };
        verify(&stack, course, &Asked::All)
    }
}

impl Look<'_> {
    pub fn stack(&self) -> Stack<'_> {
        Stack {
            snapshot: &self.snapshot,
            attested: &self.attested,
            teardown_begun: self.teardown_begun,
        }
    }

    pub fn looked_at(&self) -> Timestamp {
        self.snapshot.collected_at
    }

    pub fn is_practice(&self) -> bool {
        self.snapshot.source == Source::Practice
    }
}

/// The look that counts; `Err` when no account was looked at, with the newest run that failed.
pub(super) fn look<'a>(
    dossier: &'a Dossier,
    moment: &Moment,
) -> Result<Look<'a>, Option<(&'a Live, &'a str)>> {
    let bundle = dossier
        .bundles
        .iter()
        .max_by_key(|handed_in| precedence(handed_in, moment));
    let newest_run = dossier.looks.iter().max_by_key(|live| live.result.ended_at);
    let live = dossier
        .looks
        .iter()
        .filter_map(|live| Some((live, looked(live)?)))
        .max_by_key(|(_, snapshot)| snapshot.collected_at);
    let failed = newest_run.and_then(|run| Some((run, not_looked(run)?)));
    let mut look = match (live, bundle) {
        (Some((live, snapshot)), bundle) => through_a_role(live, snapshot, bundle, moment),
        (None, Some(bundle)) => as_handed_in(bundle, moment),
        (None, None) => return Err(failed),
    };
    if let Some((_, say)) = failed {
        look.notes.push(notes::run_failed(say, look.kind));
    }
    look.notes.extend(
        dossier
            .unusable
            .iter()
            .map(|(file, trouble)| notes::unusable_beside_another(file, trouble, look.file)),
    );
    look.earlier = earlier(dossier, &look);
    Ok(look)
}

/// One's own account before the practice account, a time that can be before one that lies ahead, then the newest.
fn precedence(handed_in: &HandedIn, moment: &Moment) -> (bool, bool, Timestamp, Timestamp) {
    let bundle = &handed_in.whole.bundle;
    let looked_at = bundle.snapshot.collected_at;
    (
        bundle.snapshot.source != Source::Practice,
        !is_ahead(looked_at, moment),
        looked_at,
        bundle.made_at,
    )
}

pub(super) fn is_ahead(at: Timestamp, moment: &Moment) -> bool {
    at.duration_since(moment.now) > CLOCK
}

fn looked(live: &Live) -> Option<&Snapshot> {
    match &live.result.outcome {
        Outcome::Looked(snapshot) => Some(snapshot),
        Outcome::NotLooked { .. } => None,
    }
}

fn not_looked(live: &Live) -> Option<&str> {
    match &live.result.outcome {
        Outcome::NotLooked { say, .. } => Some(say),
        Outcome::Looked(_) => None,
    }
}

fn as_handed_in<'a>(handed_in: &'a HandedIn, moment: &Moment) -> Look<'a> {
    let bundle = &handed_in.whole.bundle;
    Look {
        snapshot: Cow::Borrowed(&bundle.snapshot),
        attested: bundle.attested.clone(),
        teardown_begun: bundle.teardown_begun,
        kind: EvidenceKind::Bundle,
        file: &handed_in.file,
        history: &bundle.history,
        earlier: Vec::new(),
        bundle: Some(handed_in),
        notes: notes::of_bundle(&handed_in.whole, moment),
    }
}

/// The account as the instructor read it; from a bundle of the same account what only the student's machine can tell.
fn through_a_role<'a>(
    live: &'a Live,
    snapshot: &'a Snapshot,
    bundle: Option<&'a HandedIn>,
    moment: &Moment,
) -> Look<'a> {
    let alone = Look {
        snapshot: Cow::Borrowed(snapshot),
        attested: BTreeSet::new(),
        teardown_begun: false,
        kind: EvidenceKind::Live,
        file: &live.file,
        history: &[],
        earlier: Vec::new(),
        bundle: None,
        notes: Vec::new(),
    };
    let Some(handed_in) = bundle else {
        return alone;
    };
    let theirs = &handed_in.whole.bundle;
    match (snapshot.account(), theirs.snapshot.account()) {
        _ if theirs.snapshot.source == Source::Practice => Look {
            notes: vec![notes::practice_beside_live(&handed_in.file)],
            ..alone
        },
        (Some(read), Some(said)) if read == said => Look {
            snapshot: Cow::Owned(with_machine_of(snapshot, &theirs.snapshot, read)),
            attested: theirs.attested.clone(),
            teardown_begun: theirs.teardown_begun,
            kind: EvidenceKind::LiveAndBundle,
            history: &theirs.history,
            bundle: Some(handed_in),
            notes: notes::of_bundle(&handed_in.whole, moment),
            ..alone
        },
        (Some(read), Some(said)) => Look {
            notes: vec![notes::other_account(&handed_in.file, read, said)],
            ..alone
        },
        _ => Look {
            notes: vec![notes::account_unknown(&handed_in.file)],
            ..alone
        },
    }
}

/// Fills in what the live look did not ask for. A comparison with a revision of another account says nothing here.
fn with_machine_of(live: &Snapshot, theirs: &Snapshot, account: &AccountId) -> Snapshot {
    let mut whole = live.clone();
    let (into, from) = (&mut whole.workplace, &theirs.workplace);
    if !into.definition_file.is_asked() {
        into.definition_file = from.definition_file.clone();
        if let Fact::Present(file) = &mut into.definition_file {
            file.compared
                .retain(|revision, _| Arn(revision.0.clone()).account().as_ref() == Some(account));
        }
    }
    if !into.git.is_asked() {
        into.git = from.git.clone();
    }
    for (name, values) in &from.validation_records {
        if into
            .validation_records
            .get(name)
            .is_none_or(|fact| !fact.is_asked())
        {
            into.validation_records.insert(name.clone(), values.clone());
        }
    }
    whole
}

/// Whatever else there is of the same account and region, from before.
fn earlier<'a>(dossier: &'a Dossier, look: &Look<'a>) -> Vec<Earlier<'a>> {
    let bundles = dossier.bundles.iter().map(|handed_in| {
        let bundle = &handed_in.whole.bundle;
        Earlier {
            snapshot: &bundle.snapshot,
            attested: Cow::Borrowed(&bundle.attested),
            teardown_begun: bundle.teardown_begun,
            history: &bundle.history,
        }
    });
    let lives = dossier.looks.iter().filter_map(|live| {
        Some(Earlier {
            snapshot: looked(live)?,
            // What the student confirmed holds for looks that could not ask; by itself it turns nothing.
            attested: Cow::Owned(look.attested.clone()),
            teardown_begun: false,
            history: &[],
        })
    });
    let mut earlier: Vec<Earlier<'a>> = bundles
        .chain(lives)
        .filter(|one| {
            let (then, now) = (one.snapshot, &look.snapshot);
            then.collected_at < now.collected_at
                && then.account() == now.account()
                && then.account().is_some()
                && then.region == now.region
                && (then.source == Source::Practice) == (now.source == Source::Practice)
        })
        .collect();
    earlier.sort_by_key(|one| std::cmp::Reverse(one.snapshot.collected_at));
    earlier
}

/// Through whose eyes a look was taken decides what some checks can say at all.
pub(super) fn same_eyes(one: &Snapshot, other: &Snapshot) -> bool {
    let instructor = |snapshot: &Snapshot| snapshot.seen_by == SeenBy::Instructor;
    instructor(one) == instructor(other)
}
