//! Evidence that looks like somebody else's: a reason for a talk, never a proof. Two students may share an account on
//! purpose, and a file may be handed in under a wrong name.

use super::dossier::{Dossier, HandedIn};
use super::moment::Moment;
use super::report::{Alike, AlikeWhy, StudentReport};
use super::result::Outcome;
use super::told::Terms;
use crate::account::{Arn, Snapshot, Source};
use crate::report::AccountNumber;
use crate::report::discretion::shortened;
use crate::report::sanitize::one_line;
use std::collections::{BTreeMap, BTreeSet};

/// Places of students in the report.
type Students = BTreeSet<usize>;

/// So many names are written out, and so many ids.
const MOST_NAMES: usize = 5;
const MOST_IDS: usize = 3;

/// Every group of students whose evidence is alike; of one group the strongest reason. `students` are those of `dossiers`,
/// in their order, as they may be called.
pub(super) fn alike(
    dossiers: &[Dossier],
    students: &[StudentReport],
    terms: Terms,
    moment: &Moment,
) -> Vec<Alike> {
    let mut alike: Vec<(Students, AlikeWhy, String)> = Vec::new();
    for (group, what) in same_evidence(dossiers, moment) {
        alike.push((group, AlikeWhy::SameEvidence, what));
    }
    for (number, group) in same_account(dossiers) {
        if !alike.iter().any(|(known, ..)| *known == group) {
            let number = match (terms.anonymise, terms.number) {
                (true, _) => String::new(),
                (false, AccountNumber::Shortened) => format!(" ({})", shortened(&number)),
                (false, AccountNumber::InFull) => format!(" ({})", one_line(&number)),
            };
            alike.push((
                group,
                AlikeWhy::SameAccount,
                format!("handed in the same account{number}. Shared on purpose? Ask them."),
            ));
        }
    }
    for (group, ids) in same_resources(dossiers) {
        alike.push((
            group,
            AlikeWhy::SameResources,
            format!(
                "have different accounts, and resources with the same ids in them ({}), which AWS gives only once. Ask them.",
                ids.join(", ")
            ),
        ));
    }
    alike.sort_by(|(one, why, _), (other, why_other, _)| (why, one).cmp(&(why_other, other)));
    let discretion = terms.discretion();
    alike
        .into_iter()
        .map(|(group, why, what)| {
            let named: Vec<&StudentReport> =
                group.iter().filter_map(|at| students.get(*at)).collect();
            Alike {
                students: named.iter().map(|student| student.key.clone()).collect(),
                why,
                say: discretion.text(&format!("{} {what}", names(&named))),
            }
        })
        .collect()
}

/// `Ann Lee and Bo Chen`; of many the first few.
fn names(students: &[&StudentReport]) -> String {
    let short = |student: &&StudentReport| student.name.chars().take(40).collect::<String>();
    let shown: Vec<String> = students.iter().take(MOST_NAMES).map(short).collect();
    let last = match students.len() - shown.len() {
        0 => None,
        more => Some(format!("{more} more")),
    };
    let mut all: Vec<String> = shown.into_iter().chain(last).collect();
    match all.pop() {
        Some(last) if all.is_empty() => last,
        Some(last) => format!("{} and {last}", all.join(", ")),
        None => String::new(),
    }
}

/// All bundles, with whose they are.
fn bundles(dossiers: &[Dossier]) -> impl Iterator<Item = (usize, &HandedIn)> {
    dossiers
        .iter()
        .enumerate()
        .flat_map(|(at, dossier)| dossier.bundles.iter().map(move |bundle| (at, bundle)))
}

/// All looks at real accounts, with whose they are.
fn looks(dossiers: &[Dossier]) -> impl Iterator<Item = (usize, &Snapshot)> {
    dossiers
        .iter()
        .enumerate()
        .flat_map(|(at, dossier)| {
            let live = dossier
                .looks
                .iter()
                .filter_map(|live| match &live.result.outcome {
                    Outcome::Looked(snapshot) => Some(&**snapshot),
                    Outcome::NotLooked { .. } => None,
                });
            dossier
                .bundles
                .iter()
                .map(|bundle| &bundle.whole.bundle.snapshot)
                .chain(live)
                .map(move |snapshot| (at, snapshot))
        })
        .filter(|(_, snapshot)| snapshot.source != Source::Practice)
}

/// The same digest, or a look that is the same in every byte, whatever it is wrapped in.
fn same_evidence(dossiers: &[Dossier], moment: &Moment) -> Vec<(Students, String)> {
    let mut by_digest: BTreeMap<&str, Students> = BTreeMap::new();
    // The same look has the same time: only those are compared as a whole.
    let mut by_look: BTreeMap<jiff::Timestamp, Vec<(&Snapshot, Students)>> = BTreeMap::new();
    for (at, HandedIn { whole, .. }) in bundles(dossiers) {
        if !whole.digest.is_empty() {
            by_digest.entry(&whole.digest).or_default().insert(at);
        }
        let snapshot = &whole.bundle.snapshot;
        let same_time = by_look.entry(snapshot.collected_at).or_default();
        match same_time.iter_mut().find(|(known, _)| *known == snapshot) {
            Some((_, students)) => {
                students.insert(at);
            }
            None => same_time.push((snapshot, Students::from([at]))),
        }
    }
    let looked = by_look.into_iter().flat_map(|(time, same_time)| {
        let what = format!(
            "handed in the very same look, taken at {}. Ask them how that came about.",
            moment.minute(time)
        );
        same_time
            .into_iter()
            .map(move |(_, students)| (students, what.clone()))
    });
    let digested = by_digest.into_values().map(|students| {
        let what = "handed in the very same file. Ask them how that came about.".to_owned();
        (students, what)
    });
    let mut groups: Vec<(Students, String)> = Vec::new();
    for (students, what) in digested.chain(looked) {
        let is_known = groups.iter().any(|(known, _)| students.is_subset(known));
        if students.len() > 1 && !is_known {
            groups.push((students, what));
        }
    }
    groups
}

fn same_account(dossiers: &[Dossier]) -> Vec<(String, Students)> {
    let mut by_number: BTreeMap<&str, Students> = BTreeMap::new();
    for (at, snapshot) in looks(dossiers) {
        if let Some(account) = snapshot.account() {
            by_number.entry(account.as_str()).or_default().insert(at);
        }
    }
    by_number
        .into_iter()
        .filter(|(_, students)| students.len() > 1)
        .map(|(number, students)| (number.to_owned(), students))
        .collect()
}

/// Ids that AWS gives only once, under more than one account's number.
fn same_resources(dossiers: &[Dossier]) -> Vec<(Students, Vec<String>)> {
    let mut seen: BTreeMap<String, (Students, BTreeSet<&str>)> = BTreeMap::new();
    let mut see = |id: String, at: usize, account| {
        let (students, accounts) = seen.entry(id).or_default();
        students.insert(at);
        accounts.insert(account);
    };
    for (at, snapshot) in looks(dossiers) {
        let Some(account) = snapshot.account() else {
            continue;
        };
        for id in given_once(snapshot) {
            see(id, at, account.as_str());
        }
    }
    for (at, HandedIn { whole, .. }) in bundles(dossiers) {
        let (snapshot, print) = (&whole.bundle.snapshot, &whole.bundle.fingerprint);
        if let Some(account) = snapshot.account()
            && snapshot.source != Source::Practice
            && !print.is_empty()
        {
            see(format!("fingerprint {print}"), at, account.as_str());
        }
    }
    let mut groups: BTreeMap<Students, Vec<String>> = BTreeMap::new();
    for (id, (students, accounts)) in seen {
        if students.len() > 1 && accounts.len() > 1 {
            let ids = groups.entry(students).or_default();
            if ids.len() < MOST_IDS {
                ids.push(one_line(&id).chars().take(80).collect());
            }
        }
    }
    groups.into_iter().collect()
}

/// What every account has by default is left out, and so is what students name themselves.
fn given_once(snapshot: &Snapshot) -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    let network = &snapshot.network;
    for group in network.groups.present().into_iter().flatten() {
        if group.name != "default" {
            ids.insert(group.id.to_string());
        }
    }
    for vpc in network.vpcs.present().into_iter().flatten() {
        if !vpc.is_default {
            ids.insert(vpc.id.to_string());
        }
    }
    // `loadbalancer/app/news-api-alb/50dc6c495c0c9188`
    let balancers = snapshot.balancers.present().into_iter().flatten();
    let target_groups = snapshot.target_groups.present().into_iter().flatten();
    let arns = balancers
        .map(|balancer| &balancer.arn)
        .chain(target_groups.map(|group| &group.arn));
    ids.extend(arns.filter_map(Arn::resource).map(str::to_owned));
    ids
}
