//! The command as a learner sees it, on the practice account.

use super::*;
use crate::checks::{Asked, Stack, verify};
use crate::cli::Cli;
use crate::practice::{self, State};
use crate::term::{Captured, Ui, to_text};
use clap::Parser;
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

    fn look(&mut self, state: &State, at: Timestamp) {
        let snapshot = practice::snapshot(state, &self.context.chapter(), at);
        let key = Context::stack_key(&snapshot);
        let attested = evidence::attested(&self.context, &key).unwrap();
        let stack = Stack {
            snapshot: &snapshot,
            attested: &attested,
            teardown_begun: false,
        };
        let verification = verify(&stack, &self.context.course, &Asked::All);
        evidence::keep(&mut self.context, &key, &snapshot, &verification).unwrap();
    }

    /// Keeps a look of which nobody asked what it means.
    fn keep(&mut self, snapshot: &crate::account::Snapshot) {
        let key = Context::stack_key(snapshot);
        let text = serde_json::to_string(snapshot).unwrap();
        self.context
            .store
            .record_look(&key, &text, &[], &[], snapshot.collected_at)
            .unwrap();
    }

    /// Everything applied and looked at on 12 November, the database opened to the world on the 13th.
    fn with_a_step_back(width: usize) -> Self {
        let mut desk = Desk::new(width);
        let (first, second) = (at("2026-11-12T14:03:00Z"), at("2026-11-13T09:10:00Z"));
        let mut state = State::default();
        practice::apply_all(&mut state, at("2026-11-12T13:00:00Z"));
        desk.look(&state, first);
        let chapter = desk.context.chapter();
        practice::break_cause(&mut state, "database-public", &chapter, second).unwrap();
        desk.look(&state, second);
        desk
    }

    fn screen(&self) -> String {
        let local = LocalTime::of(TimeZone::UTC, at("2026-11-14T10:00:00Z"));
        let width = self.context.ui.prose_width();
        to_text(&screen::lines(
            &of(&self.context).unwrap(),
            &local,
            false,
            width,
        ))
    }
}

#[test]
fn on_a_first_run_it_says_where_to_begin() {
    let desk = Desk::new(80);
    assert_eq!(run(&desk.context), Ok(Exit::Passed));
    insta::assert_snapshot!(desk.captured.out(), @r#"
    From Compose to AWS: the News Aggregator API
    Landfall walks you through the chapter in 27 steps, checks each against your
    account without ever changing it, and closes with a quiz of 39 questions.
    Nothing was looked at yet.

    Where to begin
      landfall                      the guided walk: run it by itself at a terminal
      landfall tour                 the whole loop in seconds; no AWS account needed
      landfall --account practice   the same walk on the practice account that comes
                                    with Landfall
      landfall doctor               whether credentials, region and programs are
                                    ready
    "#);
    assert_eq!(desk.captured.err(), "");
}

#[test]
fn a_step_back_stands_above_the_lessons_with_both_times() {
    insta::assert_snapshot!(Desk::with_a_step_back(80).screen(), @r#"
    practice account | us-east-1 | last looked 13 Nov 09:10

    From Compose to AWS: the News Aggregator API
    23 of 25 steps done, 2 open.

    Was all right before
      ✘ wrong          The database has no public address (rds.private)
                       passed 12 Nov 14:03, fails since 13 Nov 09:10: news-api-db
                       has a public address now.
                       news-api-db has a public address: only its security group
                       stands between it and the internet.

    Lessons
      · not yet        Lock the root account: 2 of 3 steps done
      ✔ ok             Daily work as an IAM user: 3 of 3 steps done
      ✔ ok             Push the image: 2 of 2 steps done
      ✘ wrong          PostgreSQL on RDS: 3 of 4 steps done
      ✔ ok             Redis on ElastiCache: 3 of 3 steps done
      ✔ ok             The load balancer and HTTPS: 5 of 5 steps done
      ✔ ok             Run it on Fargate: 5 of 5 steps done
      – optional       Stop paying

    Quiz
      Chapter review: from Compose to AWS - not begun, 39 questions

    Next: Create the database
          landfall --account practice guide rds.instance
    "#);
}

#[test]
fn a_narrow_screen_has_everything_too() {
    insta::assert_snapshot!(Desk::with_a_step_back(40).screen(), @r#"
    practice account | us-east-1 | last
    looked 13 Nov 09:10

    From Compose to AWS: the News Aggregator
    API
    23 of 25 steps done, 2 open.

    Was all right before
      ✘ wrong The database has no public
        address (rds.private)
        passed 12 Nov 14:03, fails since 13
        Nov 09:10: news-api-db has a public
        address now.
        news-api-db has a public address:
        only its security group stands
        between it and the internet.

    Lessons
      · not yet Lock the root account: 2 of
        3 steps done
      ✔ ok Daily work as an IAM user: 3 of 3
        steps done
      ✔ ok Push the image: 2 of 2 steps done
      ✘ wrong PostgreSQL on RDS: 3 of 4
        steps done
      ✔ ok Redis on ElastiCache: 3 of 3
        steps done
      ✔ ok The load balancer and HTTPS: 5 of
        5 steps done
      ✔ ok Run it on Fargate: 5 of 5 steps
        done
      – optional Stop paying

    Quiz
      Chapter review: from Compose to AWS -
      not begun, 39 questions

    Next: Create the database
          landfall --account practice guide rds.instance
    "#);
}

#[test]
fn json_has_what_the_screen_has() {
    let mut desk = Desk::with_a_step_back(80);
    desk.context.globals.format = Some(Format::Json);
    assert_eq!(run(&desk.context), Ok(Exit::Passed));
    let status: serde_json::Value = serde_json::from_str(&desk.captured.out()).unwrap();
    assert_eq!(status["schema"], 1);
    assert_eq!(status["account"]["source"], "practice");
    assert_eq!(status["last_looked"], "2026-11-13T09:10:00Z");
    assert_eq!(status["changes"][0]["kind"], "regression");
    assert_eq!(status["changes"][0]["check"], "rds.private");
    assert_eq!(status["changes"][0]["since"], "2026-11-13T09:10:00Z");
    assert_eq!(status["next"]["step"], "rds.instance");
    assert_eq!(
        status["next"]["command"],
        "landfall --account practice guide rds.instance"
    );
}

#[test]
fn a_later_look_at_nobody_knows_which_account_hides_nothing() {
    let mut desk = Desk::with_a_step_back(80);
    let unknown = StackKey {
        source: Source::Practice,
        account: StackKey::UNKNOWN_ACCOUNT.into(),
        region: "us-east-1".into(),
    };
    let later = at("2026-11-13T12:00:00Z");
    desk.context
        .store
        .record_look(&unknown, "{}", &[], &[], later)
        .unwrap();
    assert_eq!(run(&desk.context), Ok(Exit::Passed));
    assert!(desk.captured.out().contains("practice account"));
    let talk = desk.captured.err().replace('\n', " ");
    assert!(
        talk.contains("A later look") && talk.contains("landfall doctor"),
        "{talk}"
    );
}

#[test]
fn a_remembered_account_needs_no_flag_in_the_commands_shown() {
    let mut desk = Desk::new(80);
    assert_eq!(options(&desk.context), "--account practice");
    desk.context.globals.account = None;
    assert_eq!(options(&desk.context), "");
    desk.context
        .store
        .choose(choices::ACCOUNT, "practice")
        .unwrap();
    assert_eq!(desk.context.source(), Source::Practice);
    assert_eq!(options(&desk.context), "");
}

impl Desk {
    /// Everything applied an hour before, then broken with these at nine, one after the other; looked at each time.
    fn broken_with(causes: &[&str]) -> (Self, State) {
        let mut desk = Desk::new(80);
        let mut state = State::default();
        practice::apply_all(&mut state, at("2026-11-12T13:00:00Z"));
        desk.look(&state, at("2026-11-12T14:03:00Z"));
        desk.look(&state, at("2026-11-12T15:00:00Z"));
        let chapter = desk.context.chapter();
        for (number, cause) in causes.iter().enumerate() {
            let time = format!("2026-11-13T09:1{number}:00Z");
            practice::break_cause(&mut state, cause, &chapter, at(&time)).unwrap();
            desk.look(&state, at(&time));
        }
        (desk, state)
    }

    fn lines(&self) -> String {
        self.screen()
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    }
}

#[test]
fn a_step_back_names_the_last_look_that_was_good_and_what_changed_since() {
    let (desk, _) = Desk::broken_with(&["database-closed-to-tasks"]);
    let screen = desk.lines();
    assert!(
        screen.contains(
            "(rds.sg-source) passed 12 Nov 15:00, fails since 13 Nov 09:10: the inbound rule for port 5432 from \
             news-api-ecs-sg is gone from news-api-rds-sg; news-api-rds-sg has a new inbound rule: port 5432 from \
             203.0.113.7/32."
        ),
        "{screen}"
    );
    // What is told there is not told again, and nothing else changed.
    assert!(!screen.contains("Changed in the account"), "{screen}");
    assert_eq!(screen.matches("is gone from news-api-rds-sg").count(), 1);
}

#[test]
fn what_changed_without_a_verdict_is_told_below_the_look_it_is_compared_with() {
    let (mut desk, state) = Desk::broken_with(&["database-public"]);
    let mut snapshot =
        practice::snapshot(&state, &desk.context.chapter(), at("2026-11-13T10:00:00Z"));
    if let crate::account::Fact::Present(databases) = &mut snapshot.databases {
        databases[0].class = "db.m5.large".into();
    }
    desk.keep(&snapshot);
    let screen = desk.screen();
    assert!(
        screen.contains(
            "Changed in the account since 13 Nov 09:10\n  - news-api-db has the class db.m5.large (was db.t4g.micro)."
        ),
        "{screen}"
    );
}

#[test]
fn a_look_of_the_guide_in_between_hides_no_change() {
    let (mut desk, mut state) = Desk::broken_with(&[]);
    let chapter = desk.context.chapter();
    let mut partial = practice::snapshot(&state, &chapter, at("2026-11-12T16:00:00Z"));
    partial.databases = crate::account::Fact::not_asked();
    desk.keep(&partial);
    let later = at("2026-11-13T09:10:00Z");
    practice::break_cause(&mut state, "database-public", &chapter, later).unwrap();
    desk.look(&state, later);
    let status = of(&desk.context).unwrap();
    let account = status.account_changes.unwrap();
    assert_eq!(account.since, at("2026-11-12T16:00:00Z"));
    assert_eq!(
        account.changes[0].say,
        "news-api-db has a public address now"
    );
}

#[test]
fn repaired_it_is_a_step_back_no_longer() {
    let (mut desk, mut state) = Desk::broken_with(&["database-closed-to-tasks"]);
    practice::apply(&mut state, "rds.inbound", at("2026-11-13T10:00:00Z")).unwrap();
    desk.look(&state, at("2026-11-13T10:05:00Z"));
    let screen = desk.lines();
    assert!(!screen.contains("Was all right before"), "{screen}");
    assert!(screen.contains("was: wrong"), "{screen}");
    assert!(
        screen.contains("news-api-rds-sg has a new inbound rule: port 5432 from news-api-ecs-sg"),
        "{screen}"
    );
}

#[test]
fn a_step_back_is_explained_by_what_changed_since_it_passed_and_not_by_what_changed_before() {
    let (desk, _) = Desk::broken_with(&["database-public", "database-closed-to-tasks"]);
    let status = of(&desk.context).unwrap();
    let because = |check: &str| -> Vec<String> {
        let change = status.changes.iter().find(|one| one.check == check);
        let because = &change.unwrap().because;
        because.iter().map(|one| one.say.clone()).collect()
    };
    assert_eq!(
        because("rds.private"),
        ["news-api-db has a public address now"]
    );
    assert_eq!(because("rds.sg-source").len(), 2);
}

#[test]
fn a_kept_look_that_cannot_be_read_is_passed_over_with_a_word() {
    let (mut desk, state) = Desk::broken_with(&["database-closed-to-tasks"]);
    let key = Context::stack_key(&practice::snapshot(
        &state,
        &desk.context.chapter(),
        at("2026-11-13T09:10:00Z"),
    ));
    for damaged in ["2026-11-13T09:20:00Z", "2026-11-13T09:30:00Z"] {
        desk.context
            .store
            .record_look(&key, "{\"schema\":", &[], &[], at(damaged))
            .unwrap();
    }
    assert_eq!(run(&desk.context), Ok(Exit::Passed));
    let told = desk.captured.out();
    assert!(told.contains("Was all right before"), "{told}");
    let talk = desk
        .captured
        .err()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    assert!(talk.contains("cannot read, and was passed over"), "{talk}");
}

#[test]
fn json_says_what_changed_as_values_too() {
    let (mut desk, _) = Desk::broken_with(&["database-closed-to-tasks"]);
    desk.context.globals.format = Some(Format::Json);
    assert_eq!(run(&desk.context), Ok(Exit::Passed));
    let status: serde_json::Value = serde_json::from_str(&desk.captured.out()).unwrap();
    let change = &status["changes"][0];
    assert_eq!(change["before_at"], "2026-11-12T14:03:00Z");
    assert_eq!(change["before_until"], "2026-11-12T15:00:00Z");
    assert_eq!(change["because"][0]["part"], "database_group");
    assert_eq!(change["because"][0]["kind"], "gone");
    assert_eq!(
        change["because"][0]["before"],
        "port 5432 from news-api-ecs-sg"
    );
    assert_eq!(change["because"][0]["now"], serde_json::Value::Null);
    assert_eq!(status["account_changes"]["since"], "2026-11-12T15:00:00Z");
    assert_eq!(status["account_changes"]["changes"], change["because"]);
    assert_eq!(status["unreadable_looks"], serde_json::json!([]));
    assert_eq!(status["schema"], 1);
}

#[test]
fn the_quiz_says_what_is_due_where_it_stopped_and_how_it_ended() {
    use crate::quiz::back::testing;
    let quiz = QuizProgress::of(
        &testing::deck(),
        &testing::standings(),
        Some(OpenQuiz {
            answered: 3,
            asks: 10,
        }),
        Some((Some(0.825), at("2026-11-12T14:03:00Z"))),
        "landfall --account practice quiz",
    );
    let local = LocalTime::of(TimeZone::UTC, at("2026-11-14T10:00:00Z"));
    let shown = |width| to_text(&screen::quiz_lines(&quiz, Some(&local), width));
    insta::assert_snapshot!(shown(80), @r"
      A small deck
        1 question is due today, 1 mastered of 4: landfall --account practice quiz
          --due
        Stopped at question 4 of 10: landfall --account practice quiz goes on
        Last finished 12 Nov 14:03 with 83 %, open questions as you confirmed them
          yourself.
    ");
    for line in shown(40).lines() {
        assert!(line.chars().count() <= 40, "{line}");
    }
}
