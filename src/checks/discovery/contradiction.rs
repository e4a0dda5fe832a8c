//! Where what is built points to something else than the configured name: the evidence says which decided.

use super::groups::{self, Tier};
use super::{Kind, balancer, cache, database, definition, repository, role, target_group, vpc};
use crate::account::ImageReference;
use crate::checks::container;
use crate::checks::finding::{Evidence, FoundBy};
use crate::checks::ids::CheckId;
use crate::checks::stack::Stack;

/// For each contradiction the check that wants the thing to exist, and what to show there.
pub(in crate::checks) fn contradictions(stack: &Stack<'_>) -> Vec<(CheckId, Evidence)> {
    let found = [
        of_vpc(stack),
        of_repository(stack),
        of_balancer(stack),
        of_target_group(stack),
        of_role(stack),
        of_definition(stack),
        of_database(stack),
        of_cache(stack),
    ];
    let groups = Tier::ALL
        .into_iter()
        .filter_map(|tier| of_group(stack, tier));
    found.into_iter().flatten().chain(groups).collect()
}

/// What decided against the configured name.
struct Decided<'a> {
    api: &'static str,
    /// What was taken.
    taken: &'a str,
    configured: &'a str,
    /// Completes "... decides": what points to it.
    because: &'static str,
    /// Whether there is one of the configured name as well.
    other_exists: bool,
}

impl Decided<'_> {
    fn evidence(self, kind: &Kind) -> (CheckId, Evidence) {
        let other = if self.other_exists {
            format!("; {} exists too and is not judged", self.configured)
        } else {
            String::new()
        };
        let evidence = Evidence::new(
            self.api,
            self.taken,
            kind.key,
            format!("{} (the configured name)", self.configured),
            format!("{}: {} decides{other}", self.taken, self.because),
            FoundBy::Relation,
        );
        (kind.wanted_by, evidence)
    }
}

fn of_vpc(stack: &Stack<'_>) -> Option<(CheckId, Evidence)> {
    let (found, by) = vpc::find(stack).ok()?;
    let configured = stack.chapter().vpc.as_ref()?;
    let vpcs = stack.snapshot.network.vpcs.present()?;
    (by == FoundBy::Relation && found.id != *configured).then(|| {
        Decided {
            api: "ecs:DescribeServices",
            taken: found.id.as_str(),
            configured: configured.as_str(),
            because: "the service runs there, and that",
            other_exists: vpcs.iter().any(|one| one.id == *configured),
        }
        .evidence(&vpc::VPC)
    })
}

/// The repository is the one case where the name decides: it is looked at long before anything pulls from it.
fn of_repository(stack: &Stack<'_>) -> Option<(CheckId, Evidence)> {
    let (definition, FoundBy::Relation) = definition::find(stack).ok()? else {
        return None;
    };
    let account = stack.snapshot.account()?;
    let image = ImageReference::parse(&container::of_app(stack, definition)?.image);
    let configured = &stack.chapter().repository;
    let differs = image.is_in(account, &stack.snapshot.region) && image.repository != *configured;
    differs.then(|| {
        let evidence = Evidence::new(
            "ecs:DescribeTaskDefinition",
            configured,
            "containerDefinitions[].image",
            configured,
            format!(
                "{}: the service pulls from there; the configured name decides which one is judged here",
                image.repository
            ),
            FoundBy::Name,
        );
        (repository::REPOSITORY.wanted_by, evidence)
    })
}

fn of_balancer(stack: &Stack<'_>) -> Option<(CheckId, Evidence)> {
    let (found, by) = balancer::find(stack).ok()?;
    let configured = &stack.chapter().balancer.name;
    let all = stack.snapshot.balancers.present()?;
    (by == FoundBy::Relation && !found.name.eq_ignore_ascii_case(configured)).then(|| {
        Decided {
            api: "elasticloadbalancing:DescribeTargetGroups",
            taken: &found.name,
            configured,
            because: "it stands in front of the service's target group, and that",
            other_exists: all.iter().any(|one| one.name == *configured),
        }
        .evidence(&balancer::BALANCER)
    })
}

fn of_target_group(stack: &Stack<'_>) -> Option<(CheckId, Evidence)> {
    let (found, by) = target_group::find(stack).ok()?;
    let configured = &stack.chapter().balancer.target_group;
    let all = stack.snapshot.target_groups.present()?;
    (by == FoundBy::Relation && !found.name.eq_ignore_ascii_case(configured)).then(|| {
        Decided {
            api: "ecs:DescribeServices",
            taken: &found.name,
            configured,
            because: "the service registers its tasks there, and that",
            other_exists: all.iter().any(|one| one.name == *configured),
        }
        .evidence(&target_group::TARGET_GROUP)
    })
}

fn of_role(stack: &Stack<'_>) -> Option<(CheckId, Evidence)> {
    let (found, by) = role::find(stack).ok()?;
    let configured = role::expected_name(stack);
    let other = stack.snapshot.roles.get(configured);
    (by == FoundBy::Relation && found.name != configured).then(|| {
        Decided {
            api: "ecs:DescribeTaskDefinition",
            taken: &found.name,
            configured,
            because: "the task definition names it, and that",
            other_exists: other.is_some_and(|fact| fact.present().is_some()),
        }
        .evidence(&role::ROLE)
    })
}

fn of_definition(stack: &Stack<'_>) -> Option<(CheckId, Evidence)> {
    let (found, by) = definition::find(stack).ok()?;
    let configured = &stack.chapter().service.family;
    let revisions = stack.snapshot.revisions.present();
    (by == FoundBy::Relation && found.arn.family() != configured).then(|| {
        Decided {
            api: "ecs:DescribeServices",
            taken: found.arn.short(),
            configured,
            because: "the service runs it, and that",
            other_exists: revisions.is_some_and(|list| !list.is_empty()),
        }
        .evidence(&definition::DEFINITION)
    })
}

fn of_database(stack: &Stack<'_>) -> Option<(CheckId, Evidence)> {
    let (found, by) = database::find(stack).ok()?;
    let configured = &stack.chapter().database.instance;
    (by == FoundBy::Relation && !found.id().eq_ignore_ascii_case(configured)).then(|| {
        Decided {
            api: "ecs:DescribeTaskDefinition",
            taken: found.id(),
            configured,
            because: "the service's environment names its host, and that",
            other_exists: database::by_id(stack, configured).is_some(),
        }
        .evidence(&database::DATABASE)
    })
}

fn of_cache(stack: &Stack<'_>) -> Option<(CheckId, Evidence)> {
    let (found, by) = cache::find(stack).ok()?;
    let configured = &stack.chapter().cache.id;
    (by == FoundBy::Relation && !found.id().eq_ignore_ascii_case(configured)).then(|| {
        Decided {
            api: "ecs:DescribeTaskDefinition",
            taken: found.id(),
            configured,
            because: "the service's environment names its host, and that",
            other_exists: cache::by_id(stack, configured).is_some(),
        }
        .evidence(&cache::CACHE)
    })
}

fn of_group(stack: &Stack<'_>, tier: Tier) -> Option<(CheckId, Evidence)> {
    let (found, by) = groups::find(stack, tier).ok()?;
    let configured = tier.name(stack);
    let has_name = found
        .iter()
        .any(|group| group.name.eq_ignore_ascii_case(configured));
    if by != FoundBy::Relation || has_name {
        return None;
    }
    let other = groups::named(stack, tier).is_ok();
    let because = match tier {
        Tier::Balancer => "the load balancer wears it, and that",
        Tier::Tasks => "the service's tasks wear it, and that",
        Tier::Database => "the database wears it, and that",
        Tier::Cache => "the cache wears it, and that",
    };
    let decided = Decided {
        api: "ec2:DescribeSecurityGroups",
        taken: &found.first()?.name,
        configured,
        because,
        other_exists: other,
    };
    Some(decided.evidence(&groups::kind(tier)))
}
