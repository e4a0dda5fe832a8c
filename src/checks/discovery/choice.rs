//! What only the learner can tell: which of several things is theirs, asked once and remembered.

use super::{Gap, Kind, balancer, cache, database, target_group, vpc};
use crate::account::{Chosen, Fact};
use crate::checks::ids::CheckId;
use crate::checks::stack::Stack;

/// Several things that could all be the chapter's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenChoice {
    /// Where `landfall.toml` names it, and under which the answer is kept: `database.instance`.
    pub key: &'static str,
    /// "database".
    pub one: &'static str,
    pub candidates: Vec<Candidate>,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Its name or id, as the answer is kept.
    pub name: String,
    /// What tells it from the others.
    pub about: String,
}

/// What can be found in several, what others are found by first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Thing {
    Vpc,
    Database,
    Cache,
    TargetGroup,
    Balancer,
}

impl Thing {
    const ALL: [Thing; 5] = [
        Thing::Vpc,
        Thing::Database,
        Thing::Cache,
        Thing::TargetGroup,
        Thing::Balancer,
    ];

    const fn kind(self) -> &'static Kind {
        match self {
            Thing::Vpc => &vpc::VPC,
            Thing::Database => &database::DATABASE,
            Thing::Cache => &cache::CACHE,
            Thing::TargetGroup => &target_group::TARGET_GROUP,
            Thing::Balancer => &balancer::BALANCER,
        }
    }

    fn with_key(key: &str) -> Option<Thing> {
        Thing::ALL.into_iter().find(|one| one.kind().key == key)
    }
}

/// What is open in this account, each kind once.
pub fn open_choices(stack: &Stack<'_>) -> Vec<OpenChoice> {
    let mut open: Vec<OpenChoice> = Vec::new();
    for thing in Thing::ALL {
        // In the words of what is really open: a database is looked for in a VPC.
        if let Some(Gap::Several(several)) = gap(stack, thing)
            && !open.iter().any(|one| one.key == several.kind.key)
        {
            open.push(OpenChoice {
                key: several.kind.key,
                one: several.kind.one,
                candidates: several
                    .names
                    .into_iter()
                    .map(|name| Candidate {
                        about: about(stack, several.kind.key, &name),
                        name,
                    })
                    .collect(),
            });
        }
    }
    open
}

/// The keys of remembered answers that name something which is known not to exist any more.
pub fn gone_choices(stack: &Stack<'_>) -> Vec<String> {
    stack
        .chapter()
        .chosen
        .iter()
        .filter(|(key, chosen)| match chosen {
            Chosen::This(name) => names(stack, key).is_some_and(|all| !all.contains(name)),
            Chosen::NoneOf(others) => {
                names(stack, key).is_some_and(|all| others.iter().all(|one| !all.contains(one)))
            }
        })
        .map(|(key, _)| key.clone())
        .collect()
}

fn gap(stack: &Stack<'_>, thing: Thing) -> Option<Gap> {
    match thing {
        Thing::Vpc => vpc::find(stack).err(),
        Thing::Database => database::find(stack).err(),
        Thing::Cache => cache::find(stack).err(),
        Thing::TargetGroup => target_group::find(stack).err(),
        Thing::Balancer => balancer::find(stack).err(),
    }
}

/// The check that wants such a thing to exist: where the learner is asked for it again.
pub fn asked_at(key: &str) -> Option<CheckId> {
    Thing::with_key(key).map(|thing| thing.kind().wanted_by)
}

/// Everything of a kind that exists, whether it could be meant or not; `None` when not all of it was read, or for a key of
/// another version.
fn names(stack: &Stack<'_>, key: &str) -> Option<Vec<String>> {
    fn of<T>(fact: &Fact<Vec<T>>, name: impl Fn(&T) -> String) -> Option<Vec<String>> {
        match fact {
            Fact::Present(items) => Some(items.iter().map(name).collect()),
            Fact::Absent => Some(Vec::new()),
            Fact::Unknown(_) => None,
        }
    }
    let seen = stack.snapshot;
    let lists = match Thing::with_key(key)? {
        Thing::Vpc => vec![of(&seen.network.vpcs, |one| one.id.to_string())],
        Thing::Database => vec![
            of(&seen.databases, |one| one.id.clone()),
            of(&seen.database_clusters, |one| one.id.clone()),
        ],
        Thing::Cache => vec![
            of(&seen.cache_nodes, |one| one.id.clone()),
            of(&seen.replication_groups, |one| one.id.clone()),
            of(&seen.serverless_caches, |one| one.name.clone()),
        ],
        Thing::TargetGroup => vec![of(&seen.target_groups, |one| one.name.clone())],
        Thing::Balancer => vec![of(&seen.balancers, |one| one.name.clone())],
    };
    let lists: Option<Vec<Vec<String>>> = lists.into_iter().collect();
    lists.map(|lists| lists.concat())
}

/// What tells one of several from the others.
fn about(stack: &Stack<'_>, key: &str, name: &str) -> String {
    let seen = stack.snapshot;
    let about = Thing::with_key(key).and_then(|thing| match thing {
        Thing::Vpc => {
            let one = named(&seen.network.vpcs, |one| one.id.as_str() == name)?;
            let ranges: Vec<String> = one.ranges.iter().map(ToString::to_string).collect();
            Some(ranges.join(", "))
        }
        Thing::Database => {
            let one = database::by_id(stack, name)?;
            let version = one.engine_version();
            Some(format!("{} {version}, {}", one.engine(), one.status()))
        }
        Thing::Cache => {
            let one = cache::by_id(stack, name)?;
            Some(format!(
                "{} {}, {}",
                one.engine(),
                one.shape(),
                one.status()
            ))
        }
        Thing::TargetGroup => {
            let one = named(&seen.target_groups, |one| one.name == name)?;
            let port = one
                .port
                .map_or_else(String::new, |port| format!(", port {port}"));
            Some(format!("type {}{port}", one.target_type))
        }
        Thing::Balancer => {
            let one = named(&seen.balancers, |one| one.name == name)?;
            let scheme = if one.internet_facing {
                "internet-facing"
            } else {
                "internal"
            };
            Some(format!("{scheme}, {}", one.dns_name))
        }
    });
    about.unwrap_or_default()
}

fn named<T>(fact: &Fact<Vec<T>>, fits: impl Fn(&T) -> bool) -> Option<&T> {
    fact.present()?.iter().find(|one| fits(one))
}
