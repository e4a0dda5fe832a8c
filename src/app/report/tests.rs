//! The command as a learner sees it, on the practice account.

use super::*;
use crate::account::{Area, Snapshot, Source};
use crate::app::whole_look::is_whole;
use crate::checks::Asked;
use crate::cli::Cli;
use crate::practice::{self, State};
use crate::term::{Captured, Ui, to_text};
use clap::Parser;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::sync::Arc;

struct Desk {
    _folder: tempfile::TempDir,
    context: Context,
    captured: Captured,
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn local() -> LocalTime {
    LocalTime::of(TimeZone::UTC, at("2026-11-14T10:00:00Z"))
}

impl Desk {
    fn new(width: usize) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (ui, captured) = Ui::captured(width);
        let globals = Cli::parse_from(["landfall", "--account", "practice"]).globals;
        Desk {
            context: Context::apart(globals, Arc::new(ui), folder.path()).unwrap(),
            _folder: folder,
            captured,
        }
    }

    /// Everything applied, the database open to the world, looked at and kept.
    fn with_a_kept_look(width: usize) -> Self {
        let mut desk = Desk::new(width);
        let mut state = State::default();
        let chapter = desk.context.chapter();
        let looked = at("2026-11-13T09:10:00Z");
        practice::apply_all(&mut state, at("2026-11-12T13:00:00Z"));
        practice::break_cause(&mut state, "database-public", &chapter, looked).unwrap();
        let snapshot = practice::snapshot(&state, &chapter, looked);
        desk.keep(&snapshot);
        let key = Context::stack_key(&snapshot);
        desk.context
            .store
            .attest(&key, "budget.email-read", looked)
            .unwrap();
        desk
    }

    fn keep(&mut self, snapshot: &Snapshot) {
        let key = Context::stack_key(snapshot);
        let text = serde_json::to_string(snapshot).unwrap();
        self.context
            .store
            .record_look(&key, &text, &[], &[], snapshot.collected_at)
            .unwrap();
    }

    fn screen(&mut self) -> String {
        let report = of(&mut self.context, &local()).unwrap();
        let ui = &self.context.ui;
        to_text(&screen::lines(&report, ui.prose_width(), ui.manner()))
    }
}

#[test]
fn the_report_is_of_the_last_kept_look() {
    insta::assert_snapshot!(Desk::with_a_kept_look(80).screen(), @r#"
    From Compose to AWS: the News Aggregator API
    practice account, user/news-admin, us-east-1
    Looked at 13 Nov 2026 09:10 UTC, read-only.
    24 of 25 steps done, 1 open.
    ✔ 61 ok · ✘ 1 wrong · – 1 not for you · ✎ 1 you confirmed
    Begin here: news-api-db has a public address: only its security group stands
        between it and the internet. (rds.private, database-public)

    Patterns to take forward
      ✔ ok Root stays locked
        The root login has a second factor and no keys, and it is not what you work
        with. A user with fewer rights does the daily work, and a budget speaks up
        before a mistake becomes expensive. If one credential leaks, this decides
        how far the damage goes.
      ✔ ok Tagging is a contract
        Every release carries three tags on one and the same image: latest for
        people, a version for the task definition, the commit for looking back. What
        runs is named by its version, so it changes only when you say so.
      ✘ wrong Managed state, stateless containers
        What must not be lost lives in services that are backed up and patched for
        you. The containers keep nothing of their own, and that is why any of them
        may be replaced at any moment.
      ✔ ok Security groups as sources
        A door is opened for a role, not for a range of addresses: the database
        admits the tasks' security group, the tasks admit the load balancer's, and
        only the load balancer faces the world. Addresses come and go; membership in
        a group is what stays true.
      ✔ ok The task definition is the deployment
        One file in your repository describes what runs, every change to it becomes
        a numbered revision, and the service points at one of them. Going back is
        pointing at the number before.
      ✔ ok Secrets out of environment
        Passwords lie encrypted in Parameter Store, and the task definition names
        only the place. Whoever may read the definition learns where a secret is
        kept, not what it is.
      ✔ ok A load balancer in front, targets behind
        The load balancer keeps the one address that never changes, holds the
        certificate, and asks each task whether it is well. Tasks join and leave the
        target group; visitors notice nothing.

    Lessons and steps
      ✔ ok Lock the root account
        ✔ ok Give the root login a second factor (root-account.mfa)
        ✔ ok Make sure root has no access keys (root-account.no-keys)
        ✔ ok Set a budget before anything costs money (root-account.budget)
      ✔ ok Daily work as an IAM user
        ✔ ok Create the user and sign in as it (iam-user.identity)
        ✔ ok Give the user a second factor (iam-user.mfa)
        ✔ ok Look at what the user may do (iam-user.bounded)
      ✔ ok Push the image
        ✔ ok Create the repository (ecr-push.repository)
        ✔ ok Build once, tag three times, push (ecr-push.image)
      ✘ wrong PostgreSQL on RDS
        ✔ ok Give each tier a group of its own (rds.network)
        ✘ wrong Create the database (rds.instance)
        ✔ ok Open the database to the tasks, and to nobody else (rds.inbound)
        ✔ ok Set the password and store the connection string (rds.parameter)
      ✔ ok Redis on ElastiCache
        ✔ ok Create the cache (elasticache.cache)
        ✔ ok Let the tasks in, and nobody else (elasticache.inbound)
        ✔ ok Put the address into Parameter Store (elasticache.parameter)
      ✔ ok The load balancer and HTTPS
        ✔ ok Put a load balancer in front (alb.balancer)
        ✔ ok Describe the containers it will find (alb.target-group)
        ✔ ok Ask for a certificate (alb.certificate)
        ✔ ok Open the doors: listeners (alb.listeners)
        ✔ ok Point your name at the balancer (alb.name)
      ✔ ok Run it on Fargate
        ✔ ok A place to run, and a place to write (ecs-service.cluster)
        ✔ ok The role that starts your tasks (ecs-service.role)
        ✔ ok Write the deployment down (ecs-service.task-definition)
        ✔ ok Keep two copies running (ecs-service.service)
        ✔ ok Watch it come to life (ecs-service.live)
        ✔ ok Release once more, and go back (ecs-service.release, optional)
      – not for you Stop paying
        – not for you Take it all down (teardown.leftovers, optional)

    To do: Create the database (rds.instance)
    ✘ wrong  The database has no public address (rds.private)
        news-api-db has a public address: only its security group stands between it
        and the internet.
        expected  false
        seen      true
        where     news-api-db, PubliclyAccessible
        to do     Take its public address away. To look into it from your laptop, go
                  through the tasks (ECS Exec) or a bastion.
          aws rds modify-db-instance --db-instance-identifier news-api-db --no-publicly-accessible --apply-immediately --region us-east-1

    Could be better
      What runs is what the file says (taskdef.matches-file): news-api-task:2 is
        newer and not in use: a rollback, or was update-service forgotten?

    Confirmed by you, not checked
      You read mail at the alert's address (budget.email-read): You confirmed that
        you read mail at the alert's address.
    "#);
}

#[test]
fn a_partial_look_is_no_ground_for_a_report() {
    let mut desk = Desk::with_a_kept_look(80);
    let mut partial = Snapshot::blank(
        Source::Practice,
        desk.context.chapter(),
        crate::account::Region::from("us-east-1"),
        at("2026-11-13T10:00:00Z"),
    );
    assert!(!is_whole(&partial));
    desk.keep(&partial);
    let kept = whole_look::kept(&desk.context).unwrap().unwrap();
    assert!(!kept.is_the_newest());
    let snapshot = kept.judged(&desk.context).unwrap().snapshot;
    assert!(is_whole(&snapshot));
    // The practice account on disk is still empty: a new look was taken.
    let report = of(&mut desk.context, &local()).unwrap();
    assert_eq!(report.totals.failed, 0);
    assert!(report.totals.missing > 10);
    partial.caller = snapshot.caller.clone();
    assert!(!is_whole(&partial));
}

#[test]
fn without_any_look_one_is_taken() {
    let mut desk = Desk::new(80);
    assert_eq!(run(&mut desk.context), Ok(Exit::Passed));
    assert!(
        desk.captured
            .err()
            .contains("Looking at the practice account")
    );
    assert!(desk.captured.out().contains("Patterns to take forward"));
    assert!(
        desk.captured.out().contains("practice account, us-east-1")
            || desk.captured.out().contains("practice account,")
    );
}

#[test]
fn a_whole_look_of_the_collector_counts_as_whole() {
    let desk = Desk::new(80);
    let asked = Asked::All.areas(&desk.context.course);
    for area in [
        Area::RootAccount,
        Area::Budgets,
        Area::Network,
        Area::Databases,
        Area::Caches,
    ] {
        assert!(asked.contains(&area), "{area:?}");
    }
    let snapshot = practice::empty_account(&desk.context.chapter(), at("2026-11-13T10:00:00Z"));
    assert!(is_whole(&snapshot));
}

#[test]
fn every_format_is_printed_as_itself() {
    for (format, opening) in [
        (Format::Json, "{\n  \"schema\": 1"),
        (Format::Markdown, "# From Compose to AWS"),
        (Format::Html, "<!doctype html>"),
    ] {
        let mut desk = Desk::with_a_kept_look(80);
        desk.context.globals.format = Some(format);
        assert_eq!(run(&mut desk.context), Ok(Exit::Passed));
        let out = desk.captured.out();
        assert!(out.starts_with(opening), "{out}");
        assert_eq!(desk.captured.err(), "");
        assert!(out.contains("rds.private"));
        assert!(out.ends_with('\n') && !out.ends_with("\n\n"), "{format:?}");
    }
    let mut desk = Desk::with_a_kept_look(80);
    desk.context.globals.format = Some(Format::Junit);
    assert_eq!(run(&mut desk.context).unwrap_err().exit, Exit::Usage);
}

#[test]
fn the_quiz_stands_at_the_end_with_whose_marks_they_are() {
    use crate::quiz::back::testing;
    let mut desk = Desk::with_a_kept_look(80);
    let mut report = of(&mut desk.context, &local()).unwrap();
    assert_eq!(report.quizzes, [], "none was begun");
    report.quizzes.push(QuizReport::of(
        Some((at("2026-11-13T09:10:00Z"), "13 Nov 2026 09:10 UTC".into())),
        testing::sitting_back(),
        testing::deck_back(),
    ));
    let ui = &desk.context.ui;
    let screen = to_text(&screen::lines(&report, 80, ui.manner()));
    let (_, quiz) = screen.split_once("Where you stand: A small deck").unwrap();
    for words in [
        "Sure, and not right when last asked",
        "40 %, 80 %, 33 %; due today",
        "The last sitting, finished 13 Nov 2026 09:10 UTC",
        "together            1 of 3   44 %",
        "nobody else has checked them.",
    ] {
        assert!(quiz.contains(words), "{words}: {quiz}");
    }
}
