//! One thing that is waited for: what it is called, what AWS is doing with it, since when, and how long that usually takes.

use crate::account::{Fact, Snapshot, Source};
use crate::checks::{Awaited, CheckId, Finding, UsualTime};
use jiff::{SignedDuration, Timestamp};

/// A first look that the progress kept counts for no longer: the same state may have come and gone since.
const KEPT_FOR: SignedDuration = SignedDuration::from_hours(3);

#[derive(Debug, Clone)]
pub(super) struct Waited {
    pub check: CheckId,
    /// `RDS: creating`.
    pub state: String,
    pub usual: Option<UsualTime>,
    /// A command that shows what AWS says about it.
    pub look_at: Option<String>,
    pub told_late: bool,
    /// How much of the time the computer was asleep.
    pub asleep: SignedDuration,
    since: Since,
}

/// Since when.
#[derive(Debug, Clone, Copy)]
enum Since {
    /// By AWS's clock: sleep counts, AWS went on meanwhile.
    Aws(Timestamp),
    /// Since it was first seen so. What happened while the computer slept nobody knows.
    Seen(Timestamp),
}

impl Waited {
    /// Something that is pending, seen for the first time by this watch; `first` is when an earlier look saw it so.
    pub fn of(
        finding: &Finding,
        snapshot: &Snapshot,
        first: Option<Timestamp>,
        now: Timestamp,
    ) -> Self {
        let mut thing = Thing::of(finding, snapshot);
        // Its things claim to be older than they are, so that none of them counts as fresh.
        if snapshot.source == Source::Practice {
            thing.begun = None;
        }
        let first = first.filter(|at| now.duration_since(*at) <= KEPT_FOR);
        Waited {
            check: finding.check,
            since: match thing.begun {
                Some(at) => Since::Aws(at),
                None => Since::Seen(first.unwrap_or(now).min(now)),
            },
            state: thing.state,
            usual: thing.usual,
            look_at: thing.look_at,
            told_late: false,
            asleep: SignedDuration::ZERO,
        }
    }

    /// The same thing in a later look. From one state to the next it is one wait, unless AWS began it anew (another
    /// deployment) or it is another kind of wait now.
    pub fn goes_on(&self, finding: &Finding, snapshot: &Snapshot, now: Timestamp) -> Self {
        let later = Waited::of(finding, snapshot, None, now);
        let since = match (self.since, later.since) {
            (Since::Aws(before), Since::Aws(after)) if after > before => return later,
            (Since::Aws(before), _) => Since::Aws(before),
            (Since::Seen(before), Since::Aws(after)) if after <= before => Since::Aws(after),
            (before, _) => before,
        };
        if self.usual != later.usual && self.usual.is_none() {
            return later;
        }
        Waited {
            since,
            told_late: self.told_late,
            asleep: self.asleep,
            ..later
        }
    }

    /// How long it has taken so far.
    pub fn elapsed(&self, now: Timestamp) -> SignedDuration {
        let elapsed = match self.since {
            Since::Aws(at) => now.duration_since(at),
            Since::Seen(at) => now.duration_since(at) - self.asleep,
        };
        elapsed.max(SignedDuration::ZERO)
    }
}

/// What a pending finding is about.
struct Thing {
    state: String,
    usual: Option<UsualTime>,
    begun: Option<Timestamp>,
    look_at: Option<String>,
}

impl Thing {
    fn of(finding: &Finding, snapshot: &Snapshot) -> Self {
        let seen = finding.evidence.first();
        let name = seen.map_or("", |one| one.resource.as_str());
        let status = seen.map_or("", |one| one.observed.as_str());
        let api = seen.map_or("", |one| one.api.as_str());
        let aws = |command: String| Some(format!("aws {command} --region {}", snapshot.region));
        match finding.check.as_str() {
            "rds.available" if seen.is_some() => {
                let kind = if api.ends_with("DBClusters") {
                    "db-cluster"
                } else {
                    "db-instance"
                };
                Thing {
                    state: format!("RDS: {status}"),
                    usual: (status != "insufficient-capacity").then(|| Awaited::Database.usual()),
                    begun: database(snapshot, name).filter(|_| is_being_made(status)),
                    look_at: aws(format!(
                        "rds describe-events --source-type {kind} --source-identifier {name} --duration 1440"
                    )),
                }
            }
            "redis.available" if seen.is_some() => {
                let (usual, kind) = if api.contains("Serverless") {
                    (Awaited::ServerlessCache, "serverless-cache")
                } else if api.contains("ReplicationGroups") {
                    (Awaited::CacheNode, "replication-group")
                } else {
                    (Awaited::CacheNode, "cache-cluster")
                };
                Thing {
                    state: format!("ElastiCache: {}", status.to_lowercase()),
                    usual: Some(usual.usual()),
                    begun: cache(snapshot, name).filter(|_| is_being_made(status)),
                    look_at: aws(format!(
                        "elasticache describe-events --source-type {kind} --source-identifier {name} --duration 1440"
                    )),
                }
            }
            "alb.active" if seen.is_some() => Thing {
                state: format!("Load balancer: {status}"),
                usual: Some(Awaited::Balancer.usual()),
                begun: all(&snapshot.balancers)
                    .find(|one| one.name == name)
                    .and_then(|one| one.created_at)
                    .filter(|_| is_being_made(status)),
                look_at: aws(format!(
                    "elbv2 describe-load-balancers --names {name} --query LoadBalancers[].State"
                )),
            },
            "ecs.steady" => Thing {
                state: first_sentence(&finding.summary),
                // What only a quota holds up takes as long as it takes.
                usual: finding.fix.is_empty().then(|| Awaited::Rollout.usual()),
                begun: rollout(snapshot),
                look_at: snapshot.service.present().and_then(|service| {
                    aws(format!(
                        "ecs describe-services --cluster {} --services {} --query services[].events[:5].message",
                        snapshot.chapter.service.cluster, service.name
                    ))
                }),
            },
            "tg.targets-healthy" => Thing {
                state: first_sentence(&finding.summary),
                usual: first_checks(snapshot, name),
                begun: None,
                look_at: all(&snapshot.target_groups)
                    .find(|group| group.name == name)
                    .and_then(|group| {
                        aws(format!(
                            "elbv2 describe-target-health --target-group-arn {}",
                            group.arn
                        ))
                    }),
            },
            "acm.issued" => certificate(finding),
            _ => Thing {
                state: first_sentence(&finding.summary),
                usual: None,
                begun: None,
                look_at: None,
            },
        }
    }
}

/// While its record is not in DNS it is the learner's turn, and no usual time runs.
fn certificate(finding: &Finding) -> Thing {
    let (state, usual) = if finding.fix.is_empty() {
        ("Certificate: AWS is proving the name", true)
    } else {
        ("Certificate: waits for its proof", false)
    };
    Thing {
        state: state.to_owned(),
        usual: usual.then(|| Awaited::Certificate.usual()),
        begun: None,
        look_at: None,
    }
}

/// A thing that exists already may be changed at any time; when it was made says nothing about that.
fn is_being_made(status: &str) -> bool {
    ["creating", "provisioning"]
        .iter()
        .any(|word| status.eq_ignore_ascii_case(word))
}

/// What a list holds, if it was read.
fn all<T>(list: &Fact<Vec<T>>) -> impl Iterator<Item = &T> {
    list.present().into_iter().flatten()
}

fn database(snapshot: &Snapshot, id: &str) -> Option<Timestamp> {
    let instance = all(&snapshot.databases)
        .find(|one| one.id == id)
        .and_then(|one| one.created_at);
    instance.or_else(|| {
        all(&snapshot.database_clusters)
            .find(|one| one.id == id)
            .and_then(|one| one.created_at)
    })
}

fn cache(snapshot: &Snapshot, id: &str) -> Option<Timestamp> {
    let node = all(&snapshot.cache_nodes)
        .find(|one| one.id == id)
        .and_then(|one| one.created_at);
    let group = || {
        all(&snapshot.replication_groups)
            .find(|one| one.id == id)
            .and_then(|one| one.created_at)
    };
    let serverless = || {
        all(&snapshot.serverless_caches)
            .find(|one| one.name == id)
            .and_then(|one| one.created_at)
    };
    node.or_else(group).or_else(serverless)
}

fn rollout(snapshot: &Snapshot) -> Option<Timestamp> {
    snapshot
        .service
        .present()?
        .deployments
        .iter()
        .find(|one| one.status == "PRIMARY")?
        .created_at
}

/// Threshold times interval, and once more for the registration and an answer that came too late.
fn first_checks(snapshot: &Snapshot, group: &str) -> Option<UsualTime> {
    let health = &all(&snapshot.target_groups)
        .find(|one| one.name == group)?
        .health;
    let once = health
        .healthy_threshold
        .saturating_mul(health.interval_seconds);
    (once > 0).then(|| UsualTime {
        from_seconds: once,
        to_seconds: once.saturating_mul(2),
    })
}

/// `news-api runs 1 of 2 tasks`: a name may hold a stop, so the first one before a space ends it.
fn first_sentence(text: &str) -> String {
    let end = text.find(". ").unwrap_or(text.len());
    text[..end].trim_end_matches('.').to_owned()
}
