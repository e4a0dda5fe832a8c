//! Everything stands in another region: one sentence, and nobody is blamed.

use crate::account::{Decision, Fact, Region, Sighting, Simulated, Snapshot};
use crate::checks::testing::*;
use crate::checks::verdict::Verdict::*;
use crate::checks::{Asked, Stack, Verification, verify};
use crate::course::{Course, CourseFiles, StepId, load};
use crate::term::overview::{Detail, overview};
use crate::term::to_text;
use std::collections::BTreeSet;

fn course() -> Course {
    let known: Vec<&str> = crate::checks::checks()
        .map(|check| check.id.as_str())
        .collect();
    load(&CourseFiles::embedded(), &known).unwrap().0
}

fn seen(region: &str, what: &str, name: &str) -> Sighting {
    Sighting {
        region: Region::from(region),
        what: what.to_owned(),
        name: name.to_owned(),
    }
}

/// A finished chapter in eu-west-1, looked at through us-east-1: what is global is here, the rest is not.
fn looked_at_from_elsewhere() -> Snapshot {
    let done = good();
    let account = done.account().unwrap().clone();
    let mut snapshot = empty();
    snapshot.caller = done.caller;
    snapshot.root_account = done.root_account;
    snapshot.user = done.user;
    snapshot.budgets = done.budgets;
    let text = serde_json::to_string(&done.roles).unwrap();
    snapshot.roles = serde_json::from_str(&text.replace("us-east-1", "eu-west-1")).unwrap();
    // Asked about the parameters of this region, the simulator refuses.
    let names = &snapshot.chapter.parameters;
    for name in [&names.database_url, &names.redis_url] {
        let simulated = Simulated {
            action: "ssm:GetParameters".to_owned(),
            resource: format!("arn:aws:ssm:us-east-1:{account}:parameter{name}"),
            decision: Fact::Present(Decision::NotAllowed),
            unknown_keys: Vec::new(),
        };
        for role in snapshot.roles.values_mut() {
            read(role).simulated.push(simulated.clone());
        }
    }
    snapshot.elsewhere = Fact::Present(vec![
        seen("eu-west-1", "ECS cluster", "news-api-cluster"),
        seen("eu-west-1", "ECR repository", "news-aggregator-api"),
        seen("eu-west-1", "RDS instance", "news-api-db"),
    ]);
    snapshot
}

fn judge(snapshot: &Snapshot, asked: &Asked) -> Verification {
    let attested = BTreeSet::from(["budget.email-read".to_owned()]);
    let stack = Stack {
        snapshot,
        attested: &attested,
        teardown_begun: false,
    };
    verify(&stack, &course(), asked)
}

#[test]
fn it_is_the_one_root_cause_and_nothing_fails() {
    let all = judge(&looked_at_from_elsewhere(), &Asked::All);
    let root = all.root_cause.unwrap();
    assert_eq!(
        (root.cause.id(), root.check.as_str()),
        ("wrong-region", "ecr.repository")
    );
    assert_eq!(
        root.summary,
        "Found the repository news-aggregator-api, the database news-api-db and the cluster news-api-cluster in \
         eu-west-1; you are looking at us-east-1."
    );
    assert_eq!(all.totals.failed, 0, "{:#?}", all.totals);
}

#[test]
fn a_role_that_reads_the_other_regions_secrets_is_not_blamed() {
    let mut snapshot = looked_at_from_elsewhere();
    let fails = {
        let mut blind = snapshot.clone();
        blind.elsewhere = Fact::Present(Vec::new());
        finding(&blind, "role.reads-secrets")
    };
    assert_eq!(fails.verdict, Failed, "nothing to fold: {fails:#?}");
    let found = assert_is(&snapshot, "role.reads-secrets", Blocked, "");
    assert_eq!(found.blocked_by.unwrap().as_str(), "ecr.repository");
    // What holds in every region is judged as ever.
    read(&mut snapshot.root_account).root_access_keys_present = Some(true);
    assert_is(
        &snapshot,
        "root.no-access-keys",
        Failed,
        "root-keys-present",
    );
    let all = judge(&snapshot, &Asked::All);
    assert_eq!(all.root_cause.unwrap().cause.id(), "root-keys-present");
}

#[test]
fn as_soon_as_something_is_here_this_is_the_region() {
    let mut snapshot = looked_at_from_elsewhere();
    snapshot.balancers = good().balancers;
    let root = judge(&snapshot, &Asked::All).root_cause.unwrap();
    assert_eq!(root.cause.id(), "execution-role-cannot-read-secrets");
    assert_is(
        &snapshot,
        "role.reads-secrets",
        Failed,
        "execution-role-cannot-read-secrets",
    );
}

#[test]
fn a_step_that_it_does_not_touch_does_not_begin_there() {
    let snapshot = looked_at_from_elsewhere();
    let only = |step: &str| Asked::Steps(BTreeSet::from([StepId::from(step)]));
    assert_eq!(judge(&snapshot, &only("root-account.mfa")).root_cause, None);
    let asked = judge(&snapshot, &only("ecr-push.repository"));
    assert_eq!(asked.root_cause.unwrap().cause.id(), "wrong-region");
}

#[test]
fn how_to_stay_there_follows_what_decided() {
    let fixes = |from: &str| {
        let mut snapshot = looked_at_from_elsewhere();
        snapshot.region_from = from.to_owned();
        let found = assert_is(&snapshot, "ecs.cluster", Missing, "wrong-region");
        assert!(
            found
                .summary
                .starts_with("Found the repository news-aggregator-api")
        );
        assert_eq!(
            found.fix[0].command.as_deref(),
            Some("landfall verify --region eu-west-1")
        );
        found.fix[1].clone()
    };
    assert_eq!(
        fixes("AWS_REGION").command.as_deref(),
        Some("export AWS_REGION=eu-west-1")
    );
    assert!(fixes("--region").say.contains("--region decided"));
    for from in ["landfall.toml", "profile", "course"] {
        assert!(
            fixes(from)
                .say
                .contains("region = \"eu-west-1\" at the top of landfall.toml"),
            "{from}"
        );
    }
}

#[test]
fn seen_in_two_regions_both_are_named() {
    let mut snapshot = empty();
    snapshot.elsewhere = Fact::Present(vec![
        seen("eu-west-1", "ECS cluster", "news-api-cluster"),
        seen("us-west-2", "ECS cluster", "news-api-cluster"),
    ]);
    let found = assert_is(&snapshot, "ecs.cluster", Missing, "wrong-region");
    assert_eq!(
        found.summary,
        "Found the cluster news-api-cluster in eu-west-1 (the cluster in us-west-2 too); you are looking at us-east-1."
    );
    assert_is(&snapshot, "ecr.repository", Missing, "repository-missing");
}

#[test]
fn regions_that_could_not_be_read_are_not_spoken_of() {
    let mut snapshot = empty();
    snapshot.elsewhere = denied("ecs:DescribeClusters");
    let found = assert_is(&snapshot, "ecs.cluster", Missing, "");
    assert!(!found.summary.contains("region"), "{}", found.summary);
}

#[test]
fn a_certificate_elsewhere_is_no_fault_before_anything_here_needs_one() {
    let mut snapshot = empty();
    let host = snapshot.chapter.host.clone();
    snapshot.elsewhere = Fact::Present(vec![seen("eu-west-1", "certificate", &host)]);
    assert_is(
        &snapshot,
        "acm.issued",
        Missing,
        "certificate-in-other-region",
    );
    snapshot.balancers = good().balancers;
    read(&mut snapshot.balancers)[0].listeners = Fact::Present(Vec::new());
    assert_is(
        &snapshot,
        "acm.issued",
        Failed,
        "certificate-in-other-region",
    );
}

#[test]
fn somebody_elses_database_here_does_not_make_this_the_region() {
    let mut snapshot = looked_at_from_elsewhere();
    snapshot.databases = good().databases;
    let database = &mut read(&mut snapshot.databases)[0];
    database.id = "shop-db".to_owned();
    database.publicly_accessible = true;
    let all = judge(&snapshot, &Asked::All);
    assert_eq!(all.root_cause.unwrap().cause.id(), "wrong-region");
    assert_is(&snapshot, "rds.private", Blocked, "");
    read(&mut snapshot.databases)[0].id = "news-api-db".to_owned();
    let all = judge(&snapshot, &Asked::All);
    assert_eq!(all.root_cause.unwrap().cause.id(), "database-public");
}

#[test]
fn the_screen_says_it_once_and_still_shows_what_holds_in_every_region() {
    let mut snapshot = looked_at_from_elsewhere();
    read(&mut snapshot.root_account).root_mfa_enabled = Some(false);
    let all = judge(&snapshot, &Asked::All);
    let screen = |detail| to_text(&overview(&all, detail, 80));
    let course = screen(Detail::Course);
    assert_eq!(course.matches("Found the").count(), 2, "{course}");
    assert!(course.contains("landfall verify --region eu-west-1"));
    assert!(course.contains("without a second factor"), "{course}");
    assert!(!course.contains("There is no"), "{course}");
    assert!(course.contains("not there yet, or not here: -v opens them."));
    assert!(screen(Detail::Everything).contains("There is no"));
}
