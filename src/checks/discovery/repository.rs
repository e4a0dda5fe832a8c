//! The chapter's ECR repository and its images.

use super::{Found, Gap, Kind};
use crate::account::{Fact, Image, Repository, RepositoryFacts, Why};
use crate::checks::finding::{FoundBy, Judgement};
use crate::checks::ids::CheckId;
use crate::checks::stack::Stack;

pub(in crate::checks) const REPOSITORY: Kind = Kind {
    one: "repository",
    many: "repositories",
    key: "repository",
    wanted_by: CheckId("ecr.repository"),
};

/// The repository of the configured name.
pub(in crate::checks) fn find<'a>(stack: &Stack<'a>) -> Found<&'a Repository> {
    match facts(stack).map(|facts| &facts.repository) {
        Some(Fact::Present(repository)) => Ok((repository, FoundBy::Name)),
        Some(Fact::Absent) => Err(Gap::NotThere),
        Some(Fact::Unknown(why)) => Err(unread(why, "the repository")),
        None => Err(unread(&Why::NotAsked, "the repository")),
    }
}

/// The repository, for checks on a property of it.
pub(in crate::checks) fn needed<'a>(
    stack: &Stack<'a>,
) -> Result<(&'a Repository, FoundBy), Judgement> {
    find(stack).map_err(|gap| gap.judgement(&REPOSITORY))
}

/// The images in it; empty when there is nothing.
pub(in crate::checks) fn images<'a>(stack: &Stack<'a>) -> Result<&'a [Image], Gap> {
    match facts(stack) {
        Some(facts) => super::list(&facts.images, "the images"),
        None => Err(unread(&Why::NotAsked, "the images")),
    }
}

fn facts<'a>(stack: &Stack<'a>) -> Option<&'a RepositoryFacts> {
    stack.snapshot.repositories.get(&stack.chapter().repository)
}

fn unread(why: &Why, what: &'static str) -> Gap {
    Gap::CannotTell {
        why: why.clone(),
        what,
    }
}
