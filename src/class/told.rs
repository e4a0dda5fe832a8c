//! What of a judgement is told: no more than the detail that was asked for, and nothing that names a person when students
//! are to have no names. The formats set what is left; they cannot leak what is not there.

use super::dossier::Dossier;
use super::look::Look;
use super::report::Detail;
use crate::account::{Principal, Snapshot};
use crate::checks::{Finding, Verification};
use crate::course::Course;
use crate::report::AccountNumber;
use crate::report::discretion::{Discretion, NO_NUMBER, shortened};
use crate::report::sanitize::one_line;

/// A text of the report is no longer than that: what comes from a file may be.
pub(super) const LONGEST: usize = 500;

/// Of one finding or one part of the map, no more than so many lines.
const MOST_LINES: usize = 40;

/// How the report speaks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Terms {
    pub detail: Detail,
    pub anonymise: bool,
    pub number: AccountNumber,
}

impl Terms {
    /// Account numbers in full name a person as well as a name does.
    pub fn new(detail: Detail, anonymise: bool, full_accounts: bool) -> Self {
        let number = if full_accounts && !anonymise {
            AccountNumber::InFull
        } else {
            AccountNumber::Shortened
        };
        Terms {
            detail,
            anonymise,
            number,
        }
    }

    /// For texts about the class.
    pub fn discretion(self) -> Discretion {
        let discretion = Discretion::of_many(self.number, LONGEST);
        if self.anonymise {
            discretion.without_numbers()
        } else {
            discretion
        }
    }

    /// For texts about one student.
    pub fn discretion_about(
        self,
        course: &Course,
        dossier: &Dossier,
        look: Option<&Look<'_>>,
    ) -> Discretion {
        let mut discretion = self.discretion();
        if let Some(number) = look.and_then(|look| look.snapshot.account())
            && self.number == AccountNumber::Shortened
            && number.as_str().len() >= 12
        {
            let shown = if self.anonymise {
                NO_NUMBER.to_owned()
            } else {
                shortened(number.as_str())
            };
            discretion = discretion.hiding(number.as_str(), &shown);
        }
        if !self.anonymise {
            return discretion;
        }
        let mut words = names_of(dossier);
        words.extend(files_of(dossier));
        if let Some(look) = look {
            words.extend(users_in(&look.snapshot, course));
        }
        // The longer first: a name may be a part of an address.
        words.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
        words
            .into_iter()
            .fold(discretion, |discretion, (word, shown)| {
                discretion.hiding(&word, shown)
            })
    }
}

/// What the roster calls the student, also as resources are named: `ann-lee`, `ann_lee`, `annlee`.
fn names_of(dossier: &Dossier) -> Vec<(String, &'static str)> {
    let Some(row) = &dossier.row else {
        return vec![(dossier.name.clone(), "student")];
    };
    let mut words: Vec<String> = [
        Some(&row.student),
        row.email.as_ref(),
        row.login.as_ref(),
        row.id.as_ref(),
        row.sis_id.as_ref(),
    ]
    .into_iter()
    .flatten()
    .cloned()
    .collect();
    words.extend(
        row.email
            .iter()
            .filter_map(|email| email.split_once('@'))
            .map(|(person, _)| person.to_owned()),
    );
    let parts: Vec<&str> = row
        .student
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|part| !part.is_empty())
        .collect();
    if parts.len() > 1 {
        let backwards: Vec<&str> = parts.iter().rev().copied().collect();
        for between in ["-", "_", ".", "", " "] {
            words.extend([parts.join(between), backwards.join(between)]);
        }
    }
    // Shorter ones stand in every other word.
    words.retain(|word| word.chars().count() >= 4);
    words.into_iter().map(|word| (word, "student")).collect()
}

/// Files are called by their students.
fn files_of(dossier: &Dossier) -> impl Iterator<Item = (String, &'static str)> {
    let bundles = dossier.bundles.iter().map(|one| &one.file);
    let looks = dossier.looks.iter().map(|one| &one.file);
    let unusable = dossier.unusable.iter().map(|(file, _)| file);
    bundles
        .chain(looks)
        .chain(unusable)
        .map(|file| (one_line(file), "a file"))
}

/// Users and sessions whose names the student chose, and the student's own domain.
fn users_in(snapshot: &Snapshot, course: &Course) -> Vec<(String, &'static str)> {
    let mut users: Vec<String> = Vec::new();
    if let Some(caller) = snapshot.caller.present() {
        match &caller.principal {
            Principal::User { name } => users.push(name.clone()),
            Principal::IdentityCenter { session, .. }
            | Principal::LearnerLab { session }
            | Principal::AssumedRole { session, .. } => users.push(session.clone()),
            Principal::Other { resource } => users.push(resource.clone()),
            Principal::Root => {}
        }
    }
    users.extend(snapshot.user.present().map(|user| user.name.clone()));
    users.push(snapshot.chapter.user.clone());
    users.retain(|user| *user != course.chapter.user && user.chars().count() >= 3);
    let host = &snapshot.chapter.host;
    let own_host = (*host != course.chapter.host && host.chars().count() >= 4)
        .then(|| (host.clone(), "the-host"));
    users
        .into_iter()
        .map(|user| (user, "user"))
        .chain(own_host)
        .collect()
}

/// The verification as it may be told.
pub(super) fn reduced(
    mut verification: Verification,
    detail: Detail,
    discretion: &Discretion,
) -> Verification {
    let findings = verification
        .lessons
        .iter_mut()
        .flat_map(|lesson| &mut lesson.steps)
        .flat_map(|step| &mut step.checks);
    for finding in findings {
        *finding = reduced_finding(discretion.finding(finding), detail);
    }
    if let Some(root) = &mut verification.root_cause {
        root.summary = match detail {
            Detail::Full | Detail::NoExpectedValues => discretion.text(&root.summary),
            Detail::VerdictOnly => String::new(),
        };
    }
    verification
}

fn reduced_finding(mut finding: Finding, detail: Detail) -> Finding {
    finding.evidence.truncate(MOST_LINES);
    finding.ruled_out.truncate(MOST_LINES);
    finding.fix.truncate(MOST_LINES);
    match detail {
        Detail::Full => {}
        Detail::NoExpectedValues => {
            for evidence in &mut finding.evidence {
                evidence.expected.clear();
            }
            finding.fix.clear();
            finding.advice = None;
        }
        Detail::VerdictOnly => {
            finding.summary.clear();
            finding.evidence.clear();
            finding.ruled_out.clear();
            finding.fix.clear();
            finding.advice = None;
            finding.missing_permission = None;
            finding.cause = None;
        }
    }
    finding
}

/// The map's own lines, as many as there is use for.
pub(super) fn bounded(mut map: crate::report::map::Map) -> crate::report::map::Map {
    for node in &mut map.nodes {
        node.facts.truncate(MOST_LINES);
    }
    for edge in &mut map.edges {
        edge.facts.truncate(MOST_LINES);
    }
    map
}
