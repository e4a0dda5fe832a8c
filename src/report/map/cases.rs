//! Accounts to draw, for the tests of every form.

use super::{Map, map};
use crate::account::{DeniedBy, Fact, Snapshot, Why};
use crate::checks::{self, Stack, verify_all};
use crate::course::{Course, CourseFiles, load};
use crate::practice::{self, State};
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeSet;
use std::sync::OnceLock;

/// Read once: these tests draw many accounts.
pub(crate) fn course() -> &'static Course {
    static COURSE: OnceLock<Course> = OnceLock::new();
    COURSE.get_or_init(|| {
        let known: Vec<&str> = checks::checks().map(|check| check.id.as_str()).collect();
        load(&CourseFiles::embedded(), &known)
            .expect("the built-in course loads")
            .0
    })
}

fn now() -> Timestamp {
    "2026-11-22T12:00:00Z".parse().expect("a time")
}

pub(crate) fn drawn(snapshot: &Snapshot) -> Map {
    let attested = BTreeSet::new();
    let stack = Stack {
        snapshot,
        attested: &attested,
        teardown_begun: false,
    };
    map(&stack, &verify_all(snapshot, course(), &attested))
}

pub(crate) fn good() -> Snapshot {
    practice::good_account(&course().chapter, now())
}

/// The finished account an hour later, with that fault.
pub(crate) fn broken(cause: &str) -> Snapshot {
    let chapter = &course().chapter;
    let mut state = State::default();
    practice::apply_all(&mut state, now() - SignedDuration::from_hours(1));
    practice::break_cause(&mut state, cause, chapter, now()).expect("a known fault");
    practice::snapshot(&state, chapter, now() + SignedDuration::from_mins(20))
}

/// After the lesson about the database.
pub(crate) fn half_built() -> Snapshot {
    let steps: Vec<&str> = practice::STEPS
        .iter()
        .map(|step| step.id)
        .take_while(|id| !id.starts_with("elasticache."))
        .collect();
    practice::account_after(&steps, &course().chapter, now())
}

pub(crate) fn one_read_denied() -> Snapshot {
    let mut snapshot = good();
    snapshot.databases = Fact::Unknown(Why::Denied {
        action: "rds:DescribeDBInstances".to_owned(),
        by: DeniedBy::Identity,
    });
    snapshot
}

fn no_domain() -> Snapshot {
    let mut chapter = course().chapter.clone();
    chapter.has_domain = false;
    practice::good_account(&chapter, now())
}

/// Each with the name of its pictures.
pub(crate) fn all() -> Vec<(&'static str, Map)> {
    let empty = practice::empty_account(&course().chapter, now());
    vec![
        ("empty", drawn(&empty)),
        ("half_built", drawn(&half_built())),
        ("good", drawn(&good())),
        ("no_domain", drawn(&no_domain())),
        ("one_read_denied", drawn(&one_read_denied())),
        (
            "database_closed_to_tasks",
            drawn(&broken("database-closed-to-tasks")),
        ),
        (
            "task_port_closed_to_alb",
            drawn(&broken("task-port-closed-to-alb")),
        ),
        (
            "health_path_not_served",
            drawn(&broken("health-path-not-served")),
        ),
        ("image_tag_missing", drawn(&broken("image-tag-missing"))),
    ]
}

/// Text that wants to be markup, to steer a terminal, to be read backwards, and to fill the picture.
pub(crate) fn hostile_name() -> String {
    let nasty = "\"'`><script>alert(1)</script><img src=x>]]>--%%;end|{}[]()#quot;&lt;\\\u{1b}]0;t\u{7}\u{9b}31m\r\n\t\u{202e}\u{200b}\u{ffff}日本";
    format!("{nasty}{}", "x".repeat(10_000))
}

/// The good account with that name on everything that has one.
pub(crate) fn named(name: &str) -> Snapshot {
    let mut snapshot = good();
    let chapter = snapshot.chapter.clone();
    if let Fact::Present(balancers) = &mut snapshot.balancers {
        balancers.iter_mut().for_each(|one| {
            one.name = name.to_owned();
            one.state = name.to_owned();
        });
    }
    if let Fact::Present(groups) = &mut snapshot.target_groups {
        groups.iter_mut().for_each(|one| {
            one.name = name.to_owned();
            one.health.path = Some(name.to_owned());
        });
    }
    if let Fact::Present(service) = &mut snapshot.service {
        service.name = name.to_owned();
    }
    if let Fact::Present(databases) = &mut snapshot.databases {
        databases.iter_mut().for_each(|one| {
            one.id = name.to_owned();
            one.engine_version = name.to_owned();
        });
    }
    if let Some(facts) = snapshot.repositories.get_mut(&chapter.repository)
        && let Fact::Present(repository) = &mut facts.repository
    {
        repository.name = name.to_owned();
    }
    for role in snapshot.roles.values_mut() {
        if let Fact::Present(role) = role {
            role.name = name.to_owned();
        }
    }
    if let Fact::Present(certificates) = &mut snapshot.certificates {
        certificates
            .iter_mut()
            .for_each(|one| one.names.push(chapter.host.clone()));
        certificates
            .iter_mut()
            .for_each(|one| one.domain = name.to_owned());
    }
    snapshot.chapter.endpoint_url = Some(name.to_owned());
    snapshot.region = name.into();
    snapshot
}
