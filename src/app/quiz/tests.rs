//! Whole sittings, with a learner who answers whatever is asked.

use super::session::{Ended, sit};
use super::*;
use crate::app::context::now;
use crate::cli::Cli;
use crate::course::Kind;
use crate::progress::{Attempt, Confidence, Given, Mode, NewSitting, Said, Sitting};
use crate::term::editor::EditorError;
use crate::term::{Answer, Captured, Choice, Ui};
use clap::Parser;
use std::sync::Arc;

struct Desk {
    _folder: tempfile::TempDir,
    context: Context,
    captured: Captured,
    deck: Deck,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (ui, captured) = Ui::captured(80);
        let globals = Cli::parse_from(["landfall", "--account", "practice"]).globals;
        let context = Context::apart(globals, Arc::new(ui), folder.path()).unwrap();
        let deck = deck(&context, DEFAULT_DECK).unwrap();
        Desk {
            _folder: folder,
            context,
            captured,
            deck,
        }
    }

    fn begin(&self, mode: Mode, planned: &[&str]) -> Sitting {
        let wanted = NewSitting {
            mode,
            scope: "mixed".to_owned(),
            planned: planned.iter().map(|id| (*id).to_owned()).collect(),
            seed: 7,
            minutes: None,
        };
        let deck = self.deck.id.as_str();
        self.context
            .store
            .begin_sitting(deck, &wanted, now())
            .unwrap()
    }

    fn go_on(&mut self, learner: &mut Learner) -> Ended {
        let open = self.context.store.open_sitting(self.deck.id.as_str());
        let sitting = open.unwrap().expect("not finished");
        let deck = self.deck.clone();
        sit(&mut self.context, &deck, sitting, learner).unwrap()
    }

    fn attempts(&self) -> Vec<Attempt> {
        self.context.store.attempts(self.deck.id.as_str()).unwrap()
    }
}

/// Answers by what is asked, and is gone after so many questions.
#[derive(Debug)]
struct Learner {
    /// Replies before Ctrl-C; `None` = stays to the end.
    patience: Option<usize>,
    /// What is typed at the first lines that begin with a text; taken once each.
    once: Vec<(&'static str, &'static str)>,
    asked: Vec<String>,
}

impl Learner {
    fn new(patience: Option<usize>) -> Self {
        Learner {
            patience,
            once: Vec::new(),
            asked: Vec::new(),
        }
    }

    fn who_types(once: &[(&'static str, &'static str)]) -> Self {
        Learner {
            once: once.to_vec(),
            ..Learner::new(None)
        }
    }

    fn reply(&mut self, asked: &str) -> Answer<String> {
        self.asked.push(asked.to_owned());
        assert!(self.asked.len() < 2_000, "a sitting ends: {asked}");
        if let Some(left) = &mut self.patience {
            if *left == 0 {
                return Answer::Interrupted;
            }
            *left -= 1;
        }
        if let Some(at) = self
            .once
            .iter()
            .position(|(begins, _)| asked.starts_with(begins))
        {
            return Answer::Given(self.once.remove(at).1.to_owned());
        }
        let typed = match asked {
            "Your answer:" => "snapshots are taken every night, and I can restore",
            ">" | "" => "",
            _ if asked.starts_with("Go on;") => "",
            _ if asked.starts_with("How sure") => "3",
            _ if asked.starts_with("Did you say") => "y",
            _ if asked.starts_with("Did you mean") => "n",
            _ if asked.starts_with("Enter goes on") => "",
            _ if asked.starts_with("Which of these says") => "1",
            _ if asked.starts_with("What harm") => "anybody gets in",
            _ if asked.starts_with("A letter") => "1a 2b",
            _ if asked.starts_with("A number shows") => "hand in",
            _ if asked.starts_with("Which 2") => "1 2",
            _ if asked.starts_with("Which 3") => "1 2 3",
            _ => "1",
        };
        Answer::Given(typed.to_owned())
    }
}

impl Prompter for Learner {
    fn choose(&mut self, question: &str, _: &[Choice], preset: usize) -> Answer<usize> {
        self.reply(question).map(|_| preset)
    }

    fn ask(&mut self, question: &str, preset: Option<&str>) -> Answer<String> {
        let preset = preset.map(str::to_owned);
        self.reply(question).map(|typed| {
            if typed.is_empty() {
                preset.unwrap_or_default()
            } else {
                typed
            }
        })
    }

    fn more(&mut self) -> Answer<String> {
        self.reply(">")
    }

    fn confirm(&mut self, question: &str, _: bool) -> Answer<bool> {
        self.reply(question).map(|_| true)
    }

    fn compose(&mut self, prompt: &str, _: &str) -> Answer<Result<String, EditorError>> {
        self.reply(prompt).map(Ok)
    }

    fn pause(&mut self, what: &str) -> Answer<()> {
        self.reply(what).map(|_| ())
    }
}

/// What has to be the same, however often the sitting was interrupted.
fn told(attempts: &[Attempt]) -> Vec<String> {
    attempts
        .iter()
        .map(|attempt| {
            let said: Vec<(&String, Said)> = attempt
                .confirmed
                .iter()
                .map(|(point, confirmed)| (point, confirmed.said))
                .collect();
            format!(
                "{} {:?} {:?} {:?} {said:?}",
                attempt.item, attempt.given, attempt.confidence, attempt.share
            )
        })
        .collect()
}

/// One question of each kind that the deck has.
fn one_of_each(deck: &Deck) -> Vec<&str> {
    Kind::WORDS
        .iter()
        .filter_map(|word| {
            deck.questions
                .iter()
                .find(|question| question.kind.word() == *word)
        })
        .map(|question| question.id.as_str())
        .collect()
}

#[test]
fn interrupted_after_any_reply_a_sitting_goes_on_and_nothing_is_lost_or_doubled() {
    for mode in [Mode::Practice, Mode::Exam] {
        let mut whole = Desk::new();
        let ids: Vec<String> = one_of_each(&whole.deck)
            .into_iter()
            .map(str::to_owned)
            .collect();
        let planned: Vec<&str> = ids.iter().map(String::as_str).collect();
        whole.begin(mode, &planned);
        let mut patient = Learner::new(None);
        assert_eq!(whole.go_on(&mut patient), Ended::Finished);
        let expected = told(&whole.attempts());
        assert!(expected.len() >= planned.len());
        for patience in 0..patient.asked.len() {
            let mut desk = Desk::new();
            desk.begin(mode, &planned);
            let first = desk.go_on(&mut Learner::new(Some(patience)));
            assert_eq!(first, Ended::Interrupted, "after {patience} replies");
            let mut rest = Learner::new(None);
            assert_eq!(desk.go_on(&mut rest), Ended::Finished);
            assert_eq!(
                told(&desk.attempts()),
                expected,
                "after {patience} replies, then {:?}",
                rest.asked
            );
        }
    }
}

#[test]
fn somebody_who_is_interrupted_at_every_single_reply_gets_through_too() {
    let mut desk = Desk::new();
    let ids: Vec<String> = one_of_each(&desk.deck)
        .into_iter()
        .map(str::to_owned)
        .collect();
    let planned: Vec<&str> = ids.iter().map(String::as_str).collect();
    desk.begin(Mode::Practice, &planned);
    // Two replies at a time: an answer of several lines needs its end. Inspecting asks twice before anything is kept.
    for _ in 0..500 {
        if desk.go_on(&mut Learner::new(Some(3))) == Ended::Finished {
            let items: std::collections::BTreeSet<String> = desk
                .attempts()
                .into_iter()
                .map(|attempt| attempt.item)
                .collect();
            assert!(planned.iter().all(|id| items.contains(*id)));
            return;
        }
    }
    panic!("it never ended");
}

#[test]
fn certainty_is_asked_before_anything_is_revealed() {
    let mut desk = Desk::new();
    desk.begin(Mode::Practice, &["managed-data-tier"]);
    // Your answer, its end, how sure.
    desk.go_on(&mut Learner::new(Some(2)));
    assert!(!desk.captured.out().contains("A model answer"));
    desk.go_on(&mut Learner::new(Some(1)));
    assert!(desk.captured.out().contains("A model answer"));
    assert_eq!(desk.attempts()[0].confidence, Some(Confidence::Very));
}

#[test]
fn an_empty_answer_is_none_and_i_dont_know_is_not_wrong() {
    let mut desk = Desk::new();
    desk.begin(Mode::Practice, &["managed-data-tier"]);
    let mut learner = Learner::who_types(&[("Your answer", "  "), (">", "d")]);
    assert_eq!(desk.go_on(&mut learner), Ended::Finished);
    let attempts = desk.attempts();
    assert_eq!(attempts.len(), 1);
    assert_eq!(attempts[0].given, Given::NotKnown);
    assert_eq!(attempts[0].share, None, "it is no 0 %");
    let out = desk.captured.out();
    assert!(out.contains("Nothing was written."));
    assert!(out.contains("A model answer"));
    assert!(
        !learner
            .asked
            .iter()
            .any(|asked| asked.starts_with("How sure")),
        "nobody is asked how sure they are of not knowing"
    );
}

#[test]
fn a_half_written_answer_survives_an_interruption_line_by_line() {
    let mut desk = Desk::new();
    desk.begin(Mode::Practice, &["managed-data-tier"]);
    let mut learner = Learner::new(Some(2));
    learner.once = vec![("Your answer", "one line"), (">", "another")];
    assert_eq!(desk.go_on(&mut learner), Ended::Interrupted);
    assert!(desk.attempts().is_empty(), "it was not handed in");
    let mut learner = Learner::who_types(&[("Go on;", "a third")]);
    assert_eq!(desk.go_on(&mut learner), Ended::Finished);
    assert!(desk.captured.out().contains("  | another"));
    assert_eq!(
        desk.attempts()[0].given,
        Given::Text {
            text: "one line\nanother\na third".to_owned()
        }
    );
}

#[test]
fn undo_asks_the_question_again_and_keeps_one_answer() {
    let mut desk = Desk::new();
    desk.begin(Mode::Practice, &["managed-data-tier"]);
    let mut learner = Learner::who_types(&[("How sure", "u"), ("Your answer", "first try")]);
    assert_eq!(desk.go_on(&mut learner), Ended::Finished);
    let attempts = desk.attempts();
    assert_eq!(attempts.len(), 1);
    assert!(matches!(&attempts[0].given, Given::Text { text } if text.starts_with("snapshots")));
}

#[test]
fn a_point_can_be_taken_back_before_the_next_one_is_decided() {
    let mut desk = Desk::new();
    desk.begin(Mode::Practice, &["managed-data-tier"]);
    let mut learner = Learner::who_types(&[("Did you say", "n"), ("Did you say", "u")]);
    assert_eq!(desk.go_on(&mut learner), Ended::Finished);
    let attempt = &desk.attempts()[0];
    assert!(
        attempt
            .confirmed
            .values()
            .all(|confirmed| confirmed.said == Said::Said),
        "the no was taken back"
    );
}

#[test]
fn a_skipped_question_comes_last_and_skipped_again_it_is_left_out() {
    let mut desk = Desk::new();
    desk.begin(Mode::Practice, &["managed-data-tier", "alb-purpose"]);
    let mut learner = Learner::who_types(&[("Your answer", "s")]);
    assert_eq!(desk.go_on(&mut learner), Ended::Finished);
    let order: Vec<String> = desk
        .attempts()
        .into_iter()
        .map(|attempt| attempt.item)
        .collect();
    let place = |id: &str| order.iter().position(|item| item == id).unwrap();
    assert!(place("alb-purpose") < place("managed-data-tier"));

    let mut desk = Desk::new();
    desk.begin(Mode::Practice, &["managed-data-tier"]);
    let mut learner = Learner::who_types(&[("Your answer", "s"), ("Your answer", "s")]);
    assert_eq!(desk.go_on(&mut learner), Ended::Finished);
    assert!(desk.attempts().is_empty());
}

#[test]
fn an_exam_reveals_nothing_warns_of_blanks_and_leaves_open_answers_to_a_person() {
    let mut desk = Desk::new();
    desk.begin(Mode::Exam, &["managed-data-tier", "alb-purpose"]);
    let mut learner = Learner::who_types(&[("Your answer", "s"), ("Your answer", "h")]);
    assert_eq!(desk.go_on(&mut learner), Ended::Finished);
    let out = desk.captured.out();
    assert!(out.contains("There are no hints in an exam."));
    assert!(!out.contains("A model answer") && !out.contains("heard"));
    assert!(out.contains("Answer sheet"));
    assert!(
        learner
            .asked
            .iter()
            .any(|asked| asked.starts_with("1 question is blank. Hand in")),
        "{:?}",
        learner.asked
    );
    let attempts = desk.attempts();
    assert_eq!(attempts.len(), 1);
    assert_eq!(attempts[0].share, None, "provisional");
    let sitting = attempts[0].sitting;
    desk.captured.clear();
    print_result(&desk.context, &desk.deck, sitting, Format::Text).unwrap();
    let out = desk.captured.out();
    assert!(
        out.contains("1 question was not answered: the figures above do not count it."),
        "{out}"
    );
    assert!(out.contains("a person has to confirm"), "{out}");
}

#[test]
fn on_the_sheet_an_answer_can_be_changed_and_counts_once() {
    let mut desk = Desk::new();
    desk.begin(Mode::Exam, &["managed-data-tier"]);
    let mut learner = Learner::who_types(&[
        ("Your answer", "before"),
        ("A number shows", "9"),
        ("A number shows", "1"),
        ("Your answer", "after"),
    ]);
    assert_eq!(desk.go_on(&mut learner), Ended::Finished);
    let attempts = desk.attempts();
    assert_eq!(attempts.len(), 1);
    assert!(matches!(&attempts[0].given, Given::Text { text } if text == "after"));
}

#[test]
fn a_bad_question_is_reported_with_all_that_authors_need_and_no_control_characters() {
    let mut desk = Desk::new();
    desk.begin(Mode::Practice, &["managed-data-tier"]);
    let mut learner = Learner::who_types(&[
        ("Your answer", "x"),
        ("What is wrong", "the second\u{1b}[31m point is outdated"),
    ]);
    desk.go_on(&mut learner);
    let folder = desk.context.home.join("reports");
    let files: Vec<_> = std::fs::read_dir(folder).unwrap().flatten().collect();
    assert_eq!(files.len(), 1);
    let text = std::fs::read_to_string(files[0].path()).unwrap();
    assert!(text.contains("managed-data-tier, revision 1"));
    assert!(text.contains("point is outdated"));
    assert!(!text.contains('\u{1b}'));
    assert!(desk.captured.out().contains("Written to"));
}

#[test]
fn a_document_has_stdout_to_itself() {
    let mut desk = Desk::new();
    desk.context.globals.format = Some(Format::Json);
    desk.begin(Mode::Practice, &["managed-data-tier"]);
    let mut learner = Learner::who_types(&[("Your answer", "l"), ("Your answer", "d")]);
    assert_eq!(desk.go_on(&mut learner), Ended::Finished);
    assert_eq!(desk.captured.out(), "");
    assert!(desk.captured.err().contains("A model answer"));
}

#[test]
fn another_kind_of_sitting_does_not_push_out_an_unfinished_one() {
    let mut desk = Desk::new();
    desk.begin(Mode::Practice, &["managed-data-tier"]);
    let args = QuizArgs {
        exam: true,
        ..QuizArgs::default()
    };
    let deck = desk.deck.clone();
    let refused = begin::sitting(&mut desk.context, &deck, &args).unwrap_err();
    assert_eq!(refused.exit, Exit::Usage);
    assert!(refused.hints.iter().any(|hint| hint.contains("--new")));
    let args = QuizArgs { new: true, ..args };
    let begun = begin::sitting(&mut desk.context, &deck, &args)
        .unwrap()
        .unwrap();
    assert_eq!(begun.mode, Mode::Exam);
}

#[test]
fn an_unknown_lesson_or_pattern_names_the_nearest() {
    let mut desk = Desk::new();
    let deck = desk.deck.clone();
    let args = QuizArgs {
        lesson: Some("rsd".to_owned()),
        ..QuizArgs::default()
    };
    let failure = begin::sitting(&mut desk.context, &deck, &args).unwrap_err();
    assert!(failure.hints[0].contains("`rds`"), "{failure:?}");
    let args = QuizArgs {
        pattern: Some("root-loked".to_owned()),
        ..QuizArgs::default()
    };
    let failure = begin::sitting(&mut desk.context, &deck, &args).unwrap_err();
    assert!(failure.hints[0].contains("`root-locked`"), "{failure:?}");
}
