use super::*;
use crate::account::{DatabaseInstance, Fact, Source};
use crate::app::evidence::Look;
use crate::checks::Verdict;
use crate::cli::Cli;
use crate::course::StepId;
use crate::practice::{good_account, test_chapter};
use crate::term::Reply::{self, Back, Choose, Interrupt};
use crate::term::{Captured, ScriptedPrompter, Ui};
use clap::Parser;
use std::collections::BTreeSet;
use std::sync::Arc;

const STEP: &str = "rds.instance";

/// A learner whose account has two databases, neither of the configured name.
struct Learner {
    _home: tempfile::TempDir,
    context: Context,
    screen: Captured,
}

impl Learner {
    fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        let globals = Cli::parse_from(["landfall", "--account", "practice"]).globals;
        let (ui, screen) = Ui::captured(80);
        let context = Context::apart(globals, Arc::new(ui), home.path()).unwrap();
        Learner {
            _home: home,
            context,
            screen,
        }
    }

    /// Checks a step with these replies; gives the look, unless Ctrl-C ended it, and what was asked.
    fn check(
        &mut self,
        databases: &[&str],
        step: &str,
        replies: impl IntoIterator<Item = Reply>,
    ) -> (Option<Judged>, Vec<(String, Vec<String>)>) {
        self.screen.clear();
        let asked = Asked::Steps(BTreeSet::from([StepId::from(step)]));
        let mut prompter = ScriptedPrompter::new(replies);
        let mut looks = 0;
        let mut again = |context: &mut Context| {
            looks += 1;
            assert!(looks < 9, "looks for ever");
            Ok(look(context, databases, &asked))
        };
        let judged = again(&mut self.context).unwrap();
        let judged = settle(&mut self.context, &mut prompter, &asked, judged, again).unwrap();
        assert_eq!(prompter.left(), 0);
        (judged, prompter.asked)
    }
}

fn key() -> StackKey {
    StackKey {
        source: Source::Practice,
        account: "practice".into(),
        region: "us-east-1".into(),
    }
}

fn look(context: &Context, databases: &[&str], asked: &Asked) -> Judged {
    let mut snapshot = good_account(&test_chapter(), now());
    // Before the service: nothing points to either of them yet.
    snapshot.service = Fact::Absent;
    if let Fact::Present(all) = &mut snapshot.databases {
        let one = all.remove(0);
        *all = databases
            .iter()
            .map(|name| DatabaseInstance {
                id: (*name).to_owned(),
                ..one.clone()
            })
            .collect();
    }
    lay_in(context, &key(), &mut snapshot).unwrap();
    let attested = BTreeSet::new();
    let verification = verify(
        &Stack {
            snapshot: &snapshot,
            attested: &attested,
            teardown_begun: false,
        },
        &context.course,
        asked,
    );
    Judged {
        look: Look {
            snapshot,
            calls: Vec::new(),
        },
        key: key(),
        attested,
        teardown_begun: false,
        verification,
    }
}

/// What is said of the database.
fn postgres(judged: &Judged) -> &Finding {
    judged
        .verification
        .lessons
        .iter()
        .flat_map(|lesson| &lesson.steps)
        .flat_map(|step| &step.checks)
        .find(|finding| finding.check.as_str() == "rds.postgres")
        .unwrap()
}

fn choose(name: &str) -> Reply {
    Choose(name.to_owned())
}

#[test]
fn which_of_two_is_asked_once_and_remembered_in_the_next_run() {
    let mut learner = Learner::new();
    let (judged, asked) = learner.check(&["old", "mine"], STEP, [choose("mine")]);
    let [(question, labels)] = asked.as_slice() else {
        panic!("{asked:?}")
    };
    assert_eq!(question, "Which database is the one of this course?");
    assert!(
        labels[0].starts_with("mine (postgres "),
        "what tells them apart: {labels:?}"
    );
    let judged = judged.unwrap();
    assert_eq!(postgres(&judged).verdict, Verdict::Passed);
    assert!(postgres(&judged).summary.starts_with("mine is PostgreSQL"));
    assert!(
        learner
            .screen
            .err()
            .contains("I remember that mine is yours")
    );
    learner.context.put_off.clear();
    let (judged, asked) = learner.check(&["old", "mine"], STEP, []);
    assert_eq!(asked, []);
    assert_eq!(postgres(&judged.unwrap()).verdict, Verdict::Passed);
}

#[test]
fn a_saved_look_judges_the_same_without_the_progress() {
    let mut learner = Learner::new();
    let (judged, _) = learner.check(&["old", "mine"], STEP, [choose("mine")]);
    let judged = judged.unwrap();
    let text = serde_json::to_string(&judged.look.snapshot).unwrap();
    let saved: Snapshot = serde_json::from_str(&text).unwrap();
    let again = crate::checks::verify_all(&saved, &learner.context.course, &BTreeSet::new());
    let all: Vec<&Finding> = again
        .lessons
        .iter()
        .flat_map(|lesson| &lesson.steps)
        .flat_map(|step| &step.checks)
        .collect();
    assert!(all.contains(&postgres(&judged)));
}

#[test]
fn none_of_these_leaves_it_missing_until_a_third_one_comes() {
    let mut learner = Learner::new();
    let (judged, _) = learner.check(&["a", "b"], STEP, [choose("none")]);
    assert_eq!(postgres(&judged.unwrap()).verdict, Verdict::Missing);
    learner.context.put_off.clear();
    let (judged, asked) = learner.check(&["a", "b", "mine"], STEP, []);
    assert_eq!(asked, []);
    let judged = judged.unwrap();
    assert!(postgres(&judged).summary.starts_with("mine is"));
    let (_, asked) = learner.check(&["a", "b", "c", "d"], STEP, [choose("d")]);
    assert!(
        asked[0].1.iter().all(|label| !label.starts_with("a ")),
        "what was rejected is not offered again: {asked:?}"
    );
}

#[test]
fn another_time_and_esc_ask_nothing_more_in_this_run_and_remember_nothing() {
    for reply in [choose("later"), Back] {
        let mut learner = Learner::new();
        let (judged, _) = learner.check(&["a", "b"], STEP, [reply]);
        let judged = judged.unwrap();
        let found = postgres(&judged);
        assert_eq!(found.verdict, Verdict::Unknown);
        assert!(found.summary.contains("a, b"), "{}", found.summary);
        assert!(
            found.fix[0]
                .say
                .contains("under [database], instance = \"a\"")
        );
        assert_eq!(learner.check(&["a", "b"], STEP, []).1, []);
        assert!(learner.context.store.chosen(&key()).unwrap().is_empty());
        learner.context.put_off.clear();
        assert_eq!(learner.check(&["a", "b"], STEP, [Back]).1.len(), 1);
    }
}

#[test]
fn ctrl_c_ends_it_and_remembers_nothing() {
    let mut learner = Learner::new();
    assert!(learner.check(&["a", "b"], STEP, [Interrupt]).0.is_none());
    assert!(learner.context.store.chosen(&key()).unwrap().is_empty());
}

#[test]
fn what_is_gone_is_forgotten_and_asked_again() {
    let mut learner = Learner::new();
    let _ = learner.check(&["a", "b"], STEP, [choose("b")]);
    learner.context.put_off.clear();
    let (_, asked) = learner.check(&["a", "c"], STEP, [choose("c")]);
    assert_eq!(asked.len(), 1);
    let chosen = learner.context.store.chosen(&key()).unwrap();
    assert_eq!(chosen["database.instance"], Chosen::This("c".into()));
}

#[test]
fn what_could_not_be_read_is_not_gone() {
    let learner = Learner::new();
    let answer = Chosen::This("mine".into());
    let store = &learner.context.store;
    store
        .choose_one(&key(), "database.instance", &answer, now())
        .unwrap();
    let mut snapshot = good_account(&test_chapter(), now());
    snapshot.databases = Fact::not_asked();
    lay_in(&learner.context, &key(), &mut snapshot).unwrap();
    assert_eq!(snapshot.chapter.chosen["database.instance"], answer);
    assert_eq!(store.chosen(&key()).unwrap().len(), 1);
}

#[test]
fn nobody_is_asked_about_a_database_when_the_image_is_checked() {
    let mut learner = Learner::new();
    assert_eq!(learner.check(&["a", "b"], "ecr.repository", []).1, []);
}

#[test]
fn the_second_question_of_one_look_is_asked_too() {
    let mut learner = Learner::new();
    let asked = Asked::All;
    let two = |context: &Context| {
        let mut judged = look(context, &["a", "b"], &asked);
        let snapshot = &mut judged.look.snapshot;
        if let Fact::Present(all) = &mut snapshot.balancers {
            all[0].name = "left".into();
            let mut other = all[0].clone();
            other.name = "right".into();
            all.push(other);
        }
        judged.verification = verify(
            &Stack {
                snapshot,
                attested: &judged.attested,
                teardown_begun: false,
            },
            &context.course,
            &asked,
        );
        judged
    };
    let mut prompter = ScriptedPrompter::new([choose("a"), choose("right")]);
    let first = two(&learner.context);
    let judged = settle(
        &mut learner.context,
        &mut prompter,
        &asked,
        first,
        |context| Ok(two(context)),
    )
    .unwrap();
    assert!(judged.is_some());
    let asked: Vec<&str> = prompter.asked.iter().map(|one| one.0.as_str()).collect();
    assert_eq!(
        asked,
        [
            "Which database is the one of this course?",
            "Which load balancer is the one of this course?"
        ]
    );
}

#[test]
fn what_landfall_toml_states_outweighs_the_answer_and_the_answer_is_kept() {
    let learner = Learner::new();
    let answer = Chosen::This("mine".into());
    let store = &learner.context.store;
    store
        .choose_one(&key(), "database.instance", &answer, now())
        .unwrap();
    store
        .choose_one(&key(), "cache.id", &answer, now())
        .unwrap();
    let context = learner
        .context
        .with_settings("[database]\ninstance = \"other\"\n");
    let chosen = context.chosen(&key()).unwrap();
    assert_eq!(chosen.keys().collect::<Vec<_>>(), ["cache.id"]);
    assert_eq!(context.store.chosen(&key()).unwrap().len(), 2);
}
