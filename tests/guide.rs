//! The guided walk from its first question to its last screen, on the practice account, with scripted answers.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use clap::Parser;
use jiff::Timestamp;
use landfall::account::{Chosen, Source};
use landfall::app::context::choices;
use landfall::app::{Context, Exit, guide};
use landfall::cli::Cli;
use landfall::course::StepId;
use landfall::practice::{self, PracticeStore, State};
use landfall::progress::StackKey;
use landfall::term::Reply::{self, Choose, Enter, Interrupt, Say};
use landfall::term::editor::EditorError;
use landfall::term::{Answer, Captured, Choice, Prompter, ScriptedPrompter, Ui};
use std::sync::Arc;

/// A learner with a home folder of their own.
struct Learner {
    _folder: tempfile::TempDir,
    context: Context,
    screen: Captured,
}

impl Learner {
    /// One who has said already that they practise and have a domain.
    fn practising() -> Self {
        let learner = Self::new(&["landfall", "--account", "practice"]);
        learner
            .context
            .store
            .choose(choices::HOST, "api.example.com")
            .unwrap();
        learner
    }

    fn new(line: &[&str]) -> Self {
        Self::wide(line, 80)
    }

    fn wide(line: &[&str], columns: usize) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (ui, screen) = Ui::captured(columns);
        let globals = Cli::parse_from(line).globals;
        let context = Context::apart(globals, Arc::new(ui), folder.path()).unwrap();
        Learner {
            _folder: folder,
            context,
            screen,
        }
    }

    /// Walks with these replies; gives what was printed since.
    fn walk(&mut self, from: Option<&str>, replies: Vec<Reply>) -> (Exit, String) {
        self.screen.clear();
        let mut prompter = ScriptedPrompter::new(replies);
        let exit = guide::walk(&mut self.context, &mut prompter, from).unwrap();
        assert_eq!(prompter.left(), 0, "the walk ended before the script did");
        (exit, flat(&(self.screen.out() + &self.screen.err())))
    }

    /// What the first menu offers.
    fn menu_at(&mut self, from: &str) -> Vec<String> {
        let mut prompter = ScriptedPrompter::new([Enter]);
        let _ = guide::walk(&mut self.context, &mut prompter, Some(from)).unwrap();
        let (_, labels) = prompter
            .asked
            .iter()
            .find(|(question, _)| question.contains("what now?"))
            .unwrap();
        labels.clone()
    }

    fn change(&self, change: impl FnOnce(&mut State)) {
        PracticeStore::open(self.context.practice_folder())
            .unwrap()
            .change(change)
            .unwrap();
    }

    fn finish_everything(&self) {
        let (now, key) = (Timestamp::now(), self.key());
        self.change(|state| {
            practice::apply_all(state, now);
        });
        self.context
            .store
            .attest(&key, "budget.email-read", now)
            .unwrap();
    }

    fn key(&self) -> StackKey {
        StackKey {
            source: Source::Practice,
            account: "practice".into(),
            region: self.context.chapter().region.0,
        }
    }

    fn position(&self) -> Option<String> {
        let step = self.context.store.position(&self.key()).unwrap();
        step.map(|step| step.as_str().to_owned())
    }
}

/// The words alone: where lines were broken does not matter here.
fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A learner of the practice account who lets every step be done, confirms what is asked and goes on.
#[derive(Default)]
struct Diligent {
    /// Questions at which a step was done already.
    done: Vec<String>,
}

impl Prompter for Diligent {
    fn choose(&mut self, question: &str, choices: &[Choice], _: usize) -> Answer<usize> {
        let key = |wanted: &str| {
            choices
                .iter()
                .position(|choice| choice.key.as_deref() == Some(wanted))
        };
        if let Some(at) = key("do")
            && !self.done.iter().any(|done| done == question)
        {
            self.done.push(question.to_owned());
            return Answer::Given(at);
        }
        let at = key("confirm")
            .or_else(|| key("next"))
            .or_else(|| key("later"));
        Answer::Given(at.unwrap_or_else(|| panic!("{question} offers no way on: {choices:?}")))
    }

    fn ask(&mut self, _: &str, preset: Option<&str>) -> Answer<String> {
        Answer::Given(preset.unwrap_or_default().to_owned())
    }

    fn more(&mut self) -> Answer<String> {
        Answer::Given(String::new())
    }

    fn confirm(&mut self, _: &str, _: bool) -> Answer<bool> {
        Answer::Given(true)
    }

    fn compose(&mut self, _: &str, draft: &str) -> Answer<Result<String, EditorError>> {
        Answer::Given(Ok(draft.to_owned()))
    }

    fn pause(&mut self, _: &str) -> Answer<()> {
        Answer::Given(())
    }
}

fn choose(what: &str) -> Reply {
    Choose(what.to_owned())
}

#[test]
fn the_whole_chapter_can_be_walked_on_the_practice_account() {
    let mut learner = Learner::practising();
    let exit = guide::walk(&mut learner.context, &mut Diligent::default(), None).unwrap();
    let text = flat(&(learner.screen.out() + &learner.screen.err()));
    assert_eq!(exit, Exit::Passed);
    for (lesson, step) in learner.context.course.steps() {
        assert!(text.contains(&lesson.title), "{} is missing", lesson.id);
        assert!(
            text.contains(&format!("({})", step.id)),
            "{} is missing",
            step.id
        );
    }
    assert!(text.contains("What comes next") && text.contains("Scaling"));
    assert!(text.contains("you confirmed"));
    assert!(!text.contains('\u{1b}'), "an escape sequence");
    let unfilled: Vec<_> = landfall::course::placeholders(&text);
    assert!(unfilled.is_empty(), "left unfilled: {unfilled:?}");
    assert!(!text.contains("✘ wrong"), "something was called wrong");
}

#[test]
fn the_first_start_asks_and_remembers_and_asks_no_second_time() {
    let mut learner = Learner::new(&["landfall"]);
    let (_, text) = learner.walk(
        None,
        vec![choose("practice"), choose("no"), Enter, choose("quit")],
    );
    assert!(text.contains("Welcome to Landfall"));
    assert!(text.contains("I only ever read"));
    assert!(!learner.context.chapter().has_domain);
    let (_, text) = learner.walk(None, vec![Enter, choose("quit")]);
    assert!(!text.contains("Welcome"));
}

#[test]
fn going_back_from_a_question_asks_the_one_before_again() {
    let mut learner = Learner::new(&["landfall"]);
    let (exit, _) = learner.walk(
        None,
        vec![
            choose("practice"),
            Reply::Back,
            choose("practice"),
            choose("no"),
            Enter,
            choose("quit"),
        ],
    );
    assert_eq!(exit, Exit::Passed);
}

#[test]
fn leaving_at_the_first_question_changes_nothing() {
    let mut learner = Learner::new(&["landfall"]);
    let (exit, text) = learner.walk(None, vec![Reply::Back]);
    assert_eq!(exit, Exit::Passed);
    assert!(text.contains("Nothing was changed"));
    assert!(!learner.context.account_is_chosen());
}

#[test]
fn an_account_given_by_a_flag_is_not_remembered() {
    let learner = Learner::practising();
    assert_eq!(
        learner.context.store.choice(choices::ACCOUNT).unwrap(),
        None
    );
}

#[test]
fn a_broken_step_says_what_is_expected_what_is_seen_and_what_to_do() {
    let mut learner = Learner::practising();
    learner.finish_everything();
    let chapter = learner.context.chapter();
    learner.change(|state| {
        practice::break_cause(
            state,
            "database-closed-to-tasks",
            &chapter,
            Timestamp::now(),
        )
        .unwrap();
    });
    assert!(
        learner
            .menu_at("rds.inbound")
            .iter()
            .all(|label| !label.starts_with("Next")),
        "next is offered on a failed step"
    );
    let (_, text) = learner.walk(Some("rds.inbound"), vec![choose("check"), choose("quit")]);
    for words in ["✘ wrong", "expected", "seen", "to do", "aws ec2"] {
        assert!(text.contains(words), "{words:?} is missing in\n{text}");
    }
    let (_, text) = learner.walk(
        Some("rds.inbound"),
        vec![choose("do"), choose("next"), choose("quit")],
    );
    assert!(text.contains("Repaired: database-closed-to-tasks"));
    assert!(text.contains("This step is done."));
}

#[test]
fn passing_checks_fold_to_a_count() {
    let mut learner = Learner::practising();
    learner.finish_everything();
    let (_, text) = learner.walk(Some("rds.instance"), vec![choose("check"), choose("quit")]);
    assert!(
        text.contains("7 checks passed") || text.contains("6 checks passed"),
        "{text}"
    );
    assert!(!text.contains("(rds.encrypted)"));
}

#[test]
fn the_evidence_opens_what_was_folded() {
    let mut learner = Learner::practising();
    learner.finish_everything();
    let (_, text) = learner.walk(
        Some("rds.instance"),
        vec![choose("evidence"), choose("quit")],
    );
    assert!(text.contains("(rds.encrypted)") && text.contains("rds:DescribeDBInstances"));
}

#[test]
fn a_step_left_while_in_progress_is_looked_at_again() {
    let mut learner = Learner::practising();
    learner.change(|state| {
        practice::apply(state, "rds.network", Timestamp::now()).unwrap();
        state.settle(Timestamp::now());
    });
    let settled = |learner: &Learner| {
        learner.change(|state| state.settle(Timestamp::now()));
    };
    let (_, text) = learner.walk(
        Some("rds.instance"),
        vec![choose("do"), choose("next"), choose("quit")],
    );
    assert!(text.contains("in progress") && text.contains("I will look again"));
    settled(&learner);
    // A new session looks at everything anyway; within one session the news are told.
    let (_, text) = learner.walk(
        Some("elasticache.cache"),
        vec![
            Enter,
            choose("do"),
            choose("watch"),
            choose("next"),
            choose("quit"),
        ],
    );
    assert!(
        text.contains("Watching.") && text.contains("This step is done."),
        "{text}"
    );
}

#[test]
fn a_step_may_be_left_out_and_that_is_no_verdict() {
    let mut learner = Learner::practising();
    let (_, text) = learner.walk(None, vec![Enter, choose("leave"), choose("quit")]);
    assert!(text.contains("Left out: root-account.mfa"));
    let left_out = learner.context.store.left_out(&learner.key()).unwrap();
    assert!(left_out.contains_key(&StepId::from("root-account.mfa")));
    assert_eq!(learner.position().as_deref(), Some("root-account.no-keys"));
    let (_, text) = learner.walk(Some("root-account.mfa"), vec![Enter, choose("quit")]);
    assert!(text.contains("left out for now"));
    assert!(
        text.contains("· not yet"),
        "leaving out changed the verdict"
    );
}

#[test]
fn ctrl_c_comes_back_as_a_value_and_the_place_is_kept() {
    let mut learner = Learner::practising();
    let (exit, _) = learner.walk(Some("rds.inbound"), vec![Interrupt]);
    assert_eq!(exit, Exit::Interrupted);
    assert_eq!(learner.position().as_deref(), Some("rds.inbound"));
}

#[test]
fn the_end_of_the_input_ends_the_walk_gently() {
    let mut learner = Learner::practising();
    let (exit, text) = learner.walk(None, vec![]);
    assert_eq!(exit, Exit::Passed);
    assert!(text.contains("Your place is kept"));
}

#[test]
fn esc_goes_one_step_back() {
    let mut learner = Learner::practising();
    learner.walk(Some("rds.inbound"), vec![Reply::Back, choose("quit")]);
    assert_eq!(learner.position().as_deref(), Some("rds.instance"));
}

#[test]
fn hints_come_in_three_grades_with_the_learners_own_values() {
    let mut learner = Learner::practising();
    learner.change(|state| {
        practice::apply(state, "rds.network", Timestamp::now()).unwrap();
        state.settle(Timestamp::now());
    });
    let (_, text) = learner.walk(
        Some("rds.inbound"),
        vec![
            choose("hint"),
            choose("hint"),
            choose("hint"),
            choose("quit"),
        ],
    );
    assert!(text.contains("Hint 1 of 3") && text.contains("Hint 3 of 3"));
    assert!(text.contains("aws ec2 authorize-security-group-ingress --group-id sg-"));
}

#[test]
fn what_is_not_known_yet_names_the_step_that_supplies_it() {
    let mut learner = Learner::practising();
    let (_, text) = learner.walk(Some("rds.inbound"), vec![choose("quit")]);
    assert!(text.contains("<sg.rds: from step rds.network>"), "{text}");
}

#[test]
fn without_a_domain_the_certificate_is_not_for_you() {
    let mut learner = Learner::practising();
    learner.context.store.choose(choices::HOST, "").unwrap();
    learner.finish_everything();
    let (_, text) = learner.walk(
        Some("alb.certificate"),
        vec![choose("check"), choose("next"), choose("quit")],
    );
    assert!(text.contains("– not for you"));
    assert!(text.contains("There is nothing to do here for you."));
}

#[test]
fn what_only_the_learner_knows_is_confirmed_in_words() {
    let mut learner = Learner::practising();
    let (_, text) = learner.walk(
        Some("root-account.budget"),
        vec![
            choose("do"),
            choose("confirm"),
            Say(false),
            choose("confirm"),
            Say(true),
            choose("quit"),
        ],
    );
    assert!(text.contains("Nothing was confirmed."));
    assert!(text.contains("✎ you confirmed"));
    assert!(
        !text.contains("✔ ok You read mail"),
        "a word of honour was called verified"
    );
}

#[test]
fn a_word_that_names_no_step_is_told_before_anything_is_asked() {
    let mut learner = Learner::new(&["landfall"]);
    let mut prompter = ScriptedPrompter::new([]);
    let failure =
        guide::walk(&mut learner.context, &mut prompter, Some("rds.instnace")).unwrap_err();
    assert_eq!(failure.exit, Exit::Usage);
    assert!(
        failure
            .hints
            .iter()
            .any(|hint| hint.contains("rds.instance"))
    );
    assert!(prompter.asked.is_empty());
}

#[test]
fn a_finished_chapter_ends_with_the_patterns_and_what_comes_next() {
    let mut learner = Learner::practising();
    learner.finish_everything();
    let (_, text) = learner.walk(
        Some("teardown.leftovers"),
        vec![Enter, choose("leave"), choose("later")],
    );
    assert!(text.contains("your API runs on AWS"));
    assert!(text.contains("✔ ok Root stays locked"), "{text}");
    assert!(text.contains("Deployment patterns"));
}

#[test]
fn which_thing_is_mine_can_be_said_anew() {
    let mut learner = Learner::practising();
    learner.finish_everything();
    let answer = Chosen::NoneOf(["news-api-db".to_owned()].into());
    let key = learner.key();
    learner
        .context
        .store
        .choose_one(&key, "database.instance", &answer, Timestamp::now())
        .unwrap();
    // Elsewhere the answer plays no part.
    assert!(
        !learner
            .menu_at("alb.balancer")
            .iter()
            .any(|label| label.contains("anew"))
    );
    let labels = learner.menu_at("rds.instance");
    assert!(
        labels.contains(&"Say anew which is yours (database.instance: none)".to_owned()),
        "{labels:?}"
    );
    learner.walk(Some("rds.instance"), vec![choose("which"), choose("quit")]);
    assert!(learner.context.store.chosen(&key).unwrap().is_empty());
}

/// Each picture of the stack that was printed.
fn pictures(text: &str) -> Vec<String> {
    let (mut pictures, mut lines) = (Vec::new(), text.lines());
    while lines.by_ref().any(|line| line == "The stack so far") {
        let picture: Vec<&str> = lines.by_ref().take_while(|line| !line.is_empty()).collect();
        pictures.push(picture.join("\n"));
    }
    pictures
}

#[test]
fn the_picture_fills_in_from_lesson_to_lesson() {
    let mut learner = Learner::practising();
    guide::walk(&mut learner.context, &mut Diligent::default(), None).unwrap();
    let printed = learner.screen.out();
    let pictures = pictures(&printed);
    let lessons = learner.context.course.lessons.len();
    assert!(
        pictures.len() + 3 >= lessons && pictures.len() < lessons,
        "before each lesson that finds something there: {}",
        pictures.len()
    );
    let open = |picture: &String| picture.matches("not yet").count();
    assert!(
        pictures
            .windows(2)
            .all(|two| open(&two[1]) <= open(&two[0])),
        "{pictures:#?}"
    );
    assert!(
        open(&pictures[0]) > 3 && open(pictures.last().unwrap()) == 0,
        "{pictures:#?}"
    );
    for picture in &pictures {
        assert!(picture.lines().count() <= 6, "{picture}");
        assert!(
            picture.lines().all(|line| line.chars().count() <= 80),
            "{picture}"
        );
    }
    assert!(
        pictures.last().unwrap().contains("─5432→ Postgres"),
        "{pictures:#?}"
    );
}

#[test]
fn the_picture_fits_into_40_columns() {
    let mut learner = Learner::wide(&["landfall", "--account", "practice"], 40);
    learner
        .context
        .store
        .choose(choices::HOST, "api.example.com")
        .unwrap();
    learner.finish_everything();
    let mut prompter = ScriptedPrompter::new([Enter, choose("quit")]);
    guide::walk(&mut learner.context, &mut prompter, Some("alb")).unwrap();
    let pictures = pictures(&learner.screen.out());
    assert_eq!(pictures.len(), 1);
    assert!(
        pictures[0].lines().all(|line| line.chars().count() <= 40),
        "{pictures:#?}"
    );
    assert!(
        pictures[0].contains("─5432→ Postgres ✔ ok"),
        "{pictures:#?}"
    );
}

#[test]
fn an_empty_account_has_no_picture() {
    let mut learner = Learner::practising();
    let mut prompter = ScriptedPrompter::new([Enter, choose("quit")]);
    guide::walk(&mut learner.context, &mut prompter, None).unwrap();
    assert!(!learner.screen.out().contains("The stack so far"));
}
