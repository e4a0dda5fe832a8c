//! Which sitting it is: the unfinished one, or a new one with questions of its own.

use super::ground::Stacks;
use crate::app::context::{Context, now};
use crate::app::failure::Failure;
use crate::app::quiz_log;
use crate::cli::QuizArgs;
use crate::course::{self, Deck, LessonId, PatternId};
use crate::progress::{Mode, NewSitting, Sitting};
use crate::quiz::plan::{Scope, Wish, plan};
use crate::quiz::schedule::standings;
use crate::term::verdicts::count;

/// Questions of a sitting when nobody says how many.
const USUAL: usize = 10;

/// The sitting to hold. `None` when there is nothing to ask, which has been said then.
///
/// # Errors
/// Unknown lesson or pattern, unreadable progress.
pub(super) fn sitting(
    context: &mut Context,
    deck: &Deck,
    args: &QuizArgs,
) -> Result<Option<Sitting>, Failure> {
    let scope = scope(context, args)?;
    let words = words(&scope);
    if let Some(open) = context.store.open_sitting(deck.id.as_str())? {
        let asks_for_it = !is_particular(args) || open.scope == words;
        if asks_for_it && !args.new {
            context.ui.say(format!(
                "Going on where you stopped ({}).",
                title(&open.scope)
            ));
            return Ok(Some(open));
        }
        if !args.new {
            return Err(Failure::usage(format!(
                "Another sitting is not finished yet ({}).",
                title(&open.scope)
            ))
            .hint("Go on with it: landfall quiz")
            .hint("Lay it aside and begin this one: add --new. What you answered is kept."));
        }
        context.store.lay_aside_sitting(open.id, now())?;
    }
    let stacks = Stacks::of(context)?;
    let attempts = quiz_log::attempts(context, deck)?;
    let standings = standings(deck, &attempts, &quiz_log::today());
    let count = match (args.count, &scope) {
        (Some(count), _) => Some(usize::from(count)),
        (None, Scope::Whole) => None,
        (None, _) => Some(USUAL),
    };
    let wish = Wish {
        scope,
        count,
        seed: now().as_nanosecond().unsigned_abs() as u64,
    };
    let planned = plan(
        deck,
        &wish,
        &standings,
        &stacks.verified(context)?,
        &context.course.lessons,
    );
    if planned.is_empty() {
        nothing(context, &wish.scope);
        return Ok(None);
    }
    let wanted = NewSitting {
        mode: if args.exam {
            Mode::Exam
        } else {
            Mode::Practice
        },
        scope: words,
        planned,
        seed: wish.seed,
        minutes: args.minutes,
    };
    let sitting = context
        .store
        .begin_sitting(deck.id.as_str(), &wanted, now())?;
    welcome(context, &sitting);
    Ok(Some(sitting))
}

/// Whether the command line asks for a sitting of its own kind.
const fn is_particular(args: &QuizArgs) -> bool {
    args.exam || args.due || args.lesson.is_some() || args.pattern.is_some()
}

fn scope(context: &Context, args: &QuizArgs) -> Result<Scope, Failure> {
    if let Some(word) = &args.lesson {
        return lesson(context, word).map(Scope::Lesson);
    }
    if let Some(word) = &args.pattern {
        return pattern(context, word).map(Scope::Pattern);
    }
    Ok(if args.exam {
        Scope::Whole
    } else if args.due {
        Scope::Due
    } else {
        Scope::Mixed
    })
}

fn lesson(context: &Context, word: &str) -> Result<LessonId, Failure> {
    if let Some(lesson) = context.course.lesson(word) {
        return Ok(lesson.id.clone());
    }
    if let Some((lesson, _)) = context.course.step(word) {
        return Ok(lesson.id.clone());
    }
    let known: Vec<&str> = context
        .course
        .lessons
        .iter()
        .map(|lesson| lesson.id.as_str())
        .collect();
    Err(unknown("lesson", word, &known))
}

fn pattern(context: &Context, word: &str) -> Result<PatternId, Failure> {
    let patterns = &context.course.patterns;
    patterns
        .iter()
        .find(|pattern| pattern.id.as_str() == word)
        .map(|pattern| pattern.id.clone())
        .ok_or_else(|| {
            let known: Vec<&str> = patterns.iter().map(|pattern| pattern.id.as_str()).collect();
            unknown("pattern", word, &known)
        })
}

fn unknown(what: &str, word: &str, known: &[&str]) -> Failure {
    let failure = Failure::usage(format!("There is no {what} `{word}`."));
    match course::closest(word, known.iter().copied()) {
        Some(best) => failure.hint(format!("Did you mean `{best}`?")),
        None => failure.hint(format!("There are: {}.", known.join(", "))),
    }
}

/// As it is kept.
fn words(scope: &Scope) -> String {
    match scope {
        Scope::Mixed => "mixed".to_owned(),
        Scope::Due => "due".to_owned(),
        Scope::Whole => "exam".to_owned(),
        Scope::Lesson(lesson) => format!("lesson {lesson}"),
        Scope::Pattern(pattern) => format!("pattern {pattern}"),
    }
}

/// As it is said.
fn title(scope: &str) -> String {
    match scope {
        "mixed" => "mixed questions".to_owned(),
        "due" => "what was due".to_owned(),
        "exam" => "an exam".to_owned(),
        other => other.to_owned(),
    }
}

fn nothing(context: &Context, scope: &Scope) {
    match scope {
        Scope::Due => context.ui.say_prose(
            "Nothing is due today. `landfall quiz` asks mixed questions anyway; `landfall quiz --back` shows when what comes back.",
        ),
        Scope::Lesson(lesson) => context
            .ui
            .say_prose(format!("No question of this deck is about the lesson {lesson}.")),
        Scope::Pattern(pattern) => context
            .ui
            .say_prose(format!("No question of this deck is about the pattern {pattern}.")),
        Scope::Mixed | Scope::Whole => context.ui.say_prose("This deck has no questions."),
    }
}

fn welcome(context: &Context, sitting: &Sitting) {
    let many = sitting.planned.as_ref().map_or(0, Vec::len);
    let questions = count(many, "question", "questions");
    let words = if sitting.mode == Mode::Exam {
        let limit = sitting.minutes.map_or(String::new(), |minutes| {
            format!(
                " {} are suggested; nothing stops when they are over.",
                count(usize::from(minutes), "minute", "minutes")
            )
        });
        format!(
            "An exam of {questions}. There is no feedback before you hand in, and you may go back to any question until then.{limit}"
        )
    } else {
        format!(
            "{}. Each answer is kept at once, so you may stop at any time. A line with ? alone shows the keys.",
            capital(&questions)
        )
    };
    // Talk: what is asked for is the questions.
    context.ui.say_prose(words);
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().collect::<String>() + letters.as_str()
    })
}
