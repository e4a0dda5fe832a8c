//! What stands in another region while nothing stands here: one root cause, and not thirty things that are not there yet.

use super::cause::Cause;
use super::finding::{Finding, Fix, FoundBy, Judgement};
use super::ids::CheckId;
use super::stack::Stack;
use super::verdict::Verdict;
use crate::account::{Region, Sighting};
use std::collections::BTreeMap;

/// What is looked for in other regions, as sightings name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    Repository,
    Database,
    Cluster,
}

impl Wanted {
    const ALL: [Wanted; 3] = [Wanted::Repository, Wanted::Database, Wanted::Cluster];

    const fn what(self) -> &'static str {
        match self {
            Wanted::Repository => "ECR repository",
            Wanted::Database => "RDS instance",
            Wanted::Cluster => "ECS cluster",
        }
    }

    const fn one(self) -> &'static str {
        match self {
            Wanted::Repository => "the repository",
            Wanted::Database => "the database",
            Wanted::Cluster => "the cluster",
        }
    }
}

/// The checks that may name it, in the order of the chapter.
const NAMED_BY: [&str; 3] = ["ecr.repository", "rds.postgres", "ecs.cluster"];

/// What tells that something of the chapter is here after all.
const HERE: [&str; 9] = [
    "ecr.repository",
    "sg.tiers-exist",
    "rds.postgres",
    "redis.available",
    "alb.active",
    "tg.ip-targets",
    "ecs.cluster",
    "logs.group",
    "taskdef.registered",
];

/// What a check says of something that is not here but was seen elsewhere; what it would say otherwise follows it as the
/// second thing to do.
pub(super) fn judgement(stack: &Stack<'_>, wanted: Wanted, name: &str) -> Option<Judgement> {
    let seen = stack.snapshot.elsewhere.present()?;
    let regions: Vec<&Region> = seen
        .iter()
        .filter(|one| is(one, wanted, name))
        .map(|one| &one.region)
        .collect();
    let there = *regions.first()?;
    let here = &stack.snapshot.region;
    let found: Vec<String> = Wanted::ALL
        .into_iter()
        .flat_map(|kind| {
            seen.iter()
                .filter(move |one| one.region == *there && one.what == kind.what())
                .map(move |one| format!("{} {}", kind.one(), one.name))
        })
        .collect();
    let also = match regions.as_slice() {
        [_] => String::new(),
        [_, others @ ..] => {
            let others: Vec<&str> = others.iter().map(|region| region.as_str()).collect();
            format!(" ({} in {} too)", wanted.one(), others.join(", "))
        }
        [] => return None,
    };
    let found = list(&found);
    Some(
        Judgement::missing(format!(
            "Found {found} in {there}{also}; you are looking at {here}."
        ))
        .because(Cause::WrongRegion)
        .fix(Fix::run(
            format!("If {there} is where you work, look there."),
            format!("landfall verify --region {there}"),
        ))
        .fix(stay(stack, there)),
    )
}

/// How to look there from now on, by what decided this time.
fn stay(stack: &Stack<'_>, there: &Region) -> Fix {
    match stack.snapshot.region_from.as_str() {
        "--region" => Fix::say(format!(
            "This time --region decided: give it {there} from now on, or leave it out and put region = \"{there}\" at the top of landfall.toml."
        )),
        "AWS_REGION" => Fix::run(
            "To stay there, change AWS_REGION, which decided this time.",
            format!("export AWS_REGION={there}"),
        ),
        _ => Fix::say(format!(
            "To stay there, put region = \"{there}\" at the top of landfall.toml in your app's folder."
        )),
    }
}

fn is(sighting: &Sighting, wanted: Wanted, name: &str) -> bool {
    sighting.what == wanted.what() && sighting.name.eq_ignore_ascii_case(name)
}

fn list(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [only] => only.clone(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}

/// The check that names another region, when nothing of the chapter is here: then it is the root of all the rest.
pub(super) fn root(judged: &BTreeMap<&'static str, Finding>) -> Option<CheckId> {
    let is_here = |id: &&str| {
        judged.get(*id).is_some_and(|finding| {
            let exists = matches!(
                finding.verdict,
                Verdict::Passed | Verdict::Failed | Verdict::Pending
            );
            // One that was taken only because there is no other may well serve something else.
            let only_one = finding
                .evidence
                .iter()
                .any(|seen| seen.found_by == FoundBy::OnlyOne);
            exists && !only_one
        })
    };
    if HERE.iter().any(is_here) {
        return None;
    }
    NAMED_BY
        .iter()
        .filter_map(|id| judged.get(id))
        .find(|finding| finding.cause == Some(Cause::WrongRegion))
        .map(|finding| finding.check)
}

/// Whether a check is about the account as a whole, so that a region explains nothing of it.
pub fn is_global(check: CheckId) -> bool {
    ["root.", "budget.", "caller.", "user.", "role.execution"]
        .iter()
        .any(|area| check.as_str().starts_with(area))
}
