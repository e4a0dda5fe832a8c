//! The registry as a whole: which checks there are, and what they say of a good account and of an empty one.
#![allow(clippy::unwrap_used, reason = "a test may stop here")]

use landfall::account::{Area, Chapter, Snapshot};
use landfall::checks::{Finding, Stack, Verdict, checks, findings};
use landfall::practice::{self, account_after, empty_account, good_account, test_chapter};
use std::collections::{BTreeMap, BTreeSet};

#[path = "facts/only.rs"]
mod only;

use only::{areas_of, only};

/// Every check of the chapter, by lesson. Ids are permanent.
const CHAPTER: &[&str] = &[
    // root-account
    "root.mfa",
    "root.no-access-keys",
    "budget.monthly-cost",
    "budget.alert",
    "budget.email-read",
    // iam-user
    "caller.not-root",
    "caller.is-daily-user",
    "user.mfa",
    "user.bounded",
    "user.key-age",
    // ecr-push
    "ecr.repository",
    "ecr.scan-on-push",
    "ecr.image-pushed",
    "ecr.three-tags-one-digest",
    "ecr.sha-in-git",
    "ecr.architecture",
    // rds
    "sg.tiers-exist",
    "rds.subnet-group",
    "rds.postgres",
    "rds.available",
    "rds.private",
    "rds.encrypted",
    "rds.backups",
    "rds.same-vpc",
    "rds.database-name",
    "rds.sg-source",
    "ssm.database-url",
    // elasticache
    "redis.available",
    "redis.same-vpc",
    "redis.tls",
    "redis.sg-source",
    "ssm.redis-url",
    // alb
    "alb.active",
    "alb.internet-facing",
    "alb.two-zones",
    "alb.sg-open",
    "tg.ip-targets",
    "tg.health-path",
    "tg.same-vpc",
    "acm.issued",
    "listener.https",
    "listener.http-redirects",
    "acm.covers-host",
    "dns.points-to-balancer",
    // ecs-service
    "ecs.cluster",
    "logs.group",
    "role.execution",
    "role.pulls-image",
    "role.reads-secrets",
    "taskdef.registered",
    "taskdef.matches-file",
    "taskdef.pinned-image",
    "taskdef.image-exists",
    "taskdef.fargate-size",
    "taskdef.port",
    "taskdef.logs",
    "taskdef.no-secrets-in-environment",
    "taskdef.secrets-resolve",
    "ecs.service",
    "ecs.runs-registered-revision",
    "ecs.desired-count",
    "ecs.load-balanced",
    "ecs.grace-period",
    "ecs.network",
    "ecs.sg-source",
    "ecs.stateless",
    "ecs.steady",
    "tg.targets-healthy",
    "endpoint.responds",
    "ecs.rollback-ready",
    // teardown
    "leftovers.none",
];

fn now() -> jiff::Timestamp {
    "2026-11-22T10:00:00Z".parse().unwrap()
}

fn without_domain() -> Chapter {
    Chapter {
        has_domain: false,
        ..test_chapter()
    }
}

fn judge(snapshot: &Snapshot) -> BTreeMap<&'static str, Finding> {
    let attested = BTreeSet::from(["budget.email-read".to_owned()]);
    findings(&Stack {
        snapshot,
        attested: &attested,
        teardown_begun: snapshot.leftovers.present().is_some(),
    })
}

fn list<'a>(findings: impl Iterator<Item = &'a Finding>) -> String {
    findings
        .map(|finding| {
            format!(
                "{}: {:?}: {}\n",
                finding.check, finding.verdict, finding.summary
            )
        })
        .collect()
}

#[test]
fn every_check_of_the_chapter_is_registered_and_no_other() {
    let registered: BTreeSet<&str> = checks().map(|check| check.id.as_str()).collect();
    let chapter: BTreeSet<&str> = CHAPTER.iter().copied().collect();
    assert_eq!(registered, chapter);
}

#[test]
fn ids_are_unique() {
    let all: Vec<&str> = checks().map(|check| check.id.as_str()).collect();
    let unique: BTreeSet<&str> = all.iter().copied().collect();
    assert_eq!(all.len(), unique.len());
}

#[test]
fn checks_that_explain_others_exist() {
    let ids: BTreeSet<&str> = checks().map(|check| check.id.as_str()).collect();
    for check in checks() {
        for other in check.follows {
            assert!(ids.contains(other), "{} follows {other}", check.id);
        }
    }
}

#[test]
fn titles_are_short_and_say_what_is_so() {
    for check in checks() {
        assert!(
            check.title.chars().count() <= 56,
            "{}: {}",
            check.id,
            check.title
        );
        assert!(!check.title.ends_with('.'), "{}: {}", check.id, check.title);
    }
}

#[test]
fn a_good_account_has_nothing_to_find() {
    for chapter in [test_chapter(), without_domain()] {
        let found = judge(&good_account(&chapter, now()));
        let wrong: Vec<&Finding> = found
            .values()
            .filter(|finding| !finding.verdict.is_done())
            .collect();
        assert!(wrong.is_empty(), "{}", list(wrong.into_iter()));
    }
}

#[test]
fn without_a_domain_only_what_needs_one_is_skipped() {
    let found = judge(&good_account(&without_domain(), now()));
    let skipped: BTreeSet<&str> = found
        .values()
        .filter(|finding| finding.verdict == Verdict::Skipped)
        .map(|finding| finding.check.as_str())
        .collect();
    let expected = BTreeSet::from([
        "acm.covers-host",
        "acm.issued",
        "dns.points-to-balancer",
        "leftovers.none",
        "listener.https",
    ]);
    assert_eq!(skipped, expected);
}

#[test]
fn on_an_empty_account_nothing_is_failed() {
    for chapter in [test_chapter(), without_domain()] {
        let found = judge(&empty_account(&chapter, now()));
        let failed = found
            .values()
            .filter(|finding| finding.verdict == Verdict::Failed);
        assert_eq!(list(failed), "");
        // ... and everything was read.
        let unknown = found
            .values()
            .filter(|finding| finding.verdict == Verdict::Unknown);
        assert_eq!(list(unknown), "");
    }
}

#[test]
fn along_the_way_nothing_that_was_done_in_order_is_failed() {
    let steps: Vec<&str> = practice::STEPS
        .iter()
        .map(|step| step.id)
        .filter(|id| *id != practice::TEARDOWN)
        .collect();
    for done in 0..=steps.len() {
        let snapshot = account_after(&steps[..done], &test_chapter(), now());
        let found = judge(&snapshot);
        let failed = found
            .values()
            .filter(|finding| finding.verdict == Verdict::Failed);
        assert_eq!(list(failed), "", "after {:?}", steps[..done].last());
    }
}

#[test]
fn a_failed_check_always_names_its_cause_and_a_blocked_one_what_it_waits_for() {
    for (cause, snapshot) in broken_accounts() {
        for finding in judge(&snapshot).values() {
            if finding.verdict == Verdict::Failed {
                assert!(finding.cause.is_some(), "{cause}: {}", finding.check);
                assert!(!finding.fix.is_empty(), "{cause}: {}", finding.check);
                assert!(!finding.evidence.is_empty(), "{cause}: {}", finding.check);
            }
            if finding.verdict == Verdict::Blocked {
                assert!(finding.blocked_by.is_some(), "{cause}: {}", finding.check);
            }
            assert!(!finding.summary.is_empty(), "{}", finding.check);
        }
    }
}

#[test]
fn each_fault_of_the_practice_account_is_named_and_no_other() {
    let mut confused = String::new();
    for (cause, snapshot) in broken_accounts() {
        let found = judge(&snapshot);
        let with_cause: Vec<&Finding> = found
            .values()
            .filter(|finding| finding.cause.is_some())
            .collect();
        let failed: Vec<&Finding> = with_cause
            .iter()
            .copied()
            .filter(|finding| finding.verdict == Verdict::Failed)
            .collect();
        // Some faults fail nothing: they leave something missing or pending, or are worth a remark.
        // What comes later in the chapter rests on what comes before.
        let named = if failed.is_empty() {
            let first = checks().find_map(|check| {
                with_cause
                    .iter()
                    .copied()
                    .find(|finding| finding.check == check.id)
            });
            first.into_iter().collect()
        } else {
            failed
        };
        let causes: BTreeSet<&str> = named
            .iter()
            .filter_map(|finding| finding.cause.map(landfall::checks::Cause::id))
            .collect();
        if causes != BTreeSet::from([cause]) {
            confused.push_str(&format!("{cause}:\n{}", list(named.into_iter())));
        }
    }
    assert_eq!(confused, "");
}

/// Each a good account with one fault.
fn broken_accounts() -> Vec<(&'static str, Snapshot)> {
    let chapter = test_chapter();
    let mut state = practice::State::default();
    practice::apply_all(&mut state, now());
    practice::causes()
        .map(|cause| {
            let mut state = state.clone();
            if cause.after == [practice::TEARDOWN] {
                practice::apply(&mut state, practice::TEARDOWN, now()).unwrap();
            }
            practice::break_cause(&mut state, cause.id, &chapter, now()).unwrap();
            (cause.id, practice::snapshot(&state, &chapter, now()))
        })
        .collect()
}

/// Every broken account, the good one and the empty one.
fn all_accounts() -> Vec<(&'static str, Snapshot)> {
    let mut accounts = broken_accounts();
    accounts.push(("no fault", good_account(&test_chapter(), now())));
    accounts.push(("nothing done", empty_account(&test_chapter(), now())));
    accounts
}

#[test]
fn a_check_says_the_same_when_only_what_it_needs_was_read() {
    let mut by_areas: BTreeMap<BTreeSet<Area>, Vec<&str>> = BTreeMap::new();
    for check in checks() {
        let mut areas = BTreeSet::new();
        areas_of(check.id.as_str(), &mut areas);
        by_areas.entry(areas).or_default().push(check.id.as_str());
    }
    let mut differing = String::new();
    for (fault, snapshot) in all_accounts() {
        let full = judge(&snapshot);
        for (areas, ids) in &by_areas {
            let alone = judge(&only(&snapshot, areas));
            for id in ids {
                let (full, alone) = (&full[id], &alone[id]);
                if (full.verdict, full.cause) != (alone.verdict, alone.cause) {
                    differing.push_str(&format!("{fault}:\n{}", list([full, alone].into_iter())));
                }
            }
        }
    }
    assert_eq!(differing, "");
}

#[test]
fn what_was_not_read_makes_a_check_unknown_and_never_anything_else() {
    let mut made_up = String::new();
    for (fault, snapshot) in all_accounts() {
        let full = judge(&snapshot);
        for area in Area::USUAL {
            let rest: BTreeSet<Area> = Area::USUAL
                .into_iter()
                .chain([Area::Leftovers])
                .filter(|other| *other != area)
                .collect();
            for (id, without) in judge(&only(&snapshot, &rest)) {
                let full = &full[id];
                // What it was folded under cannot be seen any more: then it stands for itself.
                if full.verdict == Verdict::Blocked {
                    continue;
                }
                // The VPC's DNS is asked for only when the tasks show that something fails.
                if id == "ecs.network" && fault == "vpc-dns-off" && area == Area::Tasks {
                    continue;
                }
                if without.verdict != full.verdict && without.verdict != Verdict::Unknown {
                    made_up.push_str(&format!(
                        "{fault}, without {area:?}:\n{}",
                        list([full, &without].into_iter())
                    ));
                }
            }
        }
    }
    assert_eq!(made_up, "");
}
