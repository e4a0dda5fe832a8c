//! A deck as a quiz of mdbook-quiz: choices, and a short answer for each gap.

use super::GAP;
use crate::course::{Blank, Cloze, Deck, Kind, Options, Question};
use crate::quiz::exchange::gaps::filled;
use crate::quiz::exchange::loss::{Exchanged, Loss};
use crate::quiz::exchange::text::{clean, one_line};
use serde::Serialize;

#[derive(Serialize)]
struct Quiz {
    questions: Vec<Item>,
}

#[derive(Serialize)]
struct Item {
    id: String,
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    context: Option<String>,
    prompt: Prompt,
    answer: Answer,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Prompt {
    prompt: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    distractors: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    answer_index: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    response: Option<&'static str>,
}

#[derive(Serialize)]
struct Answer {
    answer: Right,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    alternatives: Vec<String>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Right {
    One(String),
    Some(Vec<String>),
}

/// The deck for mdbook-quiz.
pub fn export(deck: &Deck) -> Exchanged {
    let mut questions = Vec::new();
    let mut losses = Vec::new();
    let mut written = 0;
    for question in deck.questions.iter().chain(&deck.retries) {
        let items = match &question.kind {
            Kind::Choice(options) => vec![choice(question, options, &mut losses)],
            Kind::Multi(options) => vec![multi(question, options, &mut losses)],
            Kind::Cloze(cloze) => short_answers(question, cloze, &mut losses),
            _ => {
                losses.push(Loss::new(
                    question.id.as_str(),
                    "left out",
                    format!(
                        "mdbook-quiz has no questions of the kind \"{}\"",
                        question.kind.word()
                    ),
                ));
                continue;
            }
        };
        written += 1;
        questions.extend(items);
        losses.extend(lost(question));
    }
    // An empty list is still a quiz; a missing one is none.
    let document =
        toml::to_string_pretty(&Quiz { questions }).expect("plain data always becomes TOML");
    Exchanged {
        document,
        written,
        losses,
    }
}

/// One right option. Where the order matters, the right one keeps its place.
fn choice(question: &Question, options: &Options, losses: &mut Vec<Loss>) -> Item {
    let right = options.options.iter().position(|option| option.right);
    let mut item = multiple_choice(question, options);
    if let ([one], Some(at)) = (&right_texts(options)[..], right) {
        item.answer.answer = Right::One(one.clone());
        item.prompt.answer_index = (!options.shuffle).then_some(at);
    }
    losses.push(reasons_join(question));
    item
}

/// Several right ones: all of them have to be picked.
fn multi(question: &Question, options: &Options, losses: &mut Vec<Loss>) -> Item {
    let id = question.id.as_str();
    losses.push(reasons_join(question));
    losses.push(Loss::new(
        id,
        "nothing counts in part",
        "mdbook-quiz wants every right option and no other",
    ));
    if let Some(pick) = options.pick {
        losses.push(Loss::new(
            id,
            format!("that {pick} options are right is not told"),
            "mdbook-quiz has no place for it",
        ));
    }
    if !options.shuffle {
        losses.push(Loss::new(
            id,
            "the order of the options is mixed",
            "mdbook-quiz keeps the place of a single right option only",
        ));
    }
    multiple_choice(question, options)
}

fn multiple_choice(question: &Question, options: &Options) -> Item {
    let wrong = options.options.iter().filter(|option| !option.right);
    Item {
        id: one_line(question.id.as_str()),
        kind: "MultipleChoice",
        context: Some(reasons(options)),
        prompt: Prompt {
            prompt: clean(&question.prompt),
            distractors: Some(wrong.map(|option| clean(&option.text)).collect()),
            answer_index: None,
            response: None,
        },
        answer: Answer {
            answer: Right::Some(right_texts(options)),
            alternatives: Vec::new(),
        },
    }
}

fn right_texts(options: &Options) -> Vec<String> {
    let right = options.options.iter().filter(|option| option.right);
    right.map(|option| clean(&option.text)).collect()
}

/// Every option's reason as one text.
fn reasons(options: &Options) -> String {
    let lines: Vec<String> = options
        .options
        .iter()
        .map(|option| {
            let word = if option.right { "Right" } else { "Wrong" };
            format!("{word}: {}\n\n{}", clean(&option.text), clean(&option.why))
        })
        .collect();
    lines.join("\n\n")
}

fn reasons_join(question: &Question) -> Loss {
    Loss::new(
        question.id.as_str(),
        "the reasons of its options become one text",
        "mdbook-quiz has one explanation for a question",
    )
}

/// A short answer for each gap; the other gaps are shown as such.
fn short_answers(question: &Question, cloze: &Cloze, losses: &mut Vec<Loss>) -> Vec<Item> {
    let id = question.id.as_str();
    let many = cloze.blanks.len() > 1;
    if many {
        losses.push(Loss::new(
            id,
            format!("it becomes {} questions", cloze.blanks.len()),
            "mdbook-quiz asks for one answer at a time",
        ));
    }
    if cloze.blanks.iter().any(|blank| !blank.exact) {
        losses.push(Loss::new(
            id,
            "answers are compared letter by letter",
            "mdbook-quiz does not know the stems of words",
        ));
    }
    let item = |blank: &Blank| {
        let text = filled(cloze, clean, |other, _| {
            let gap = if other.id == blank.id { GAP } else { "[...]" };
            gap.to_owned()
        });
        let mut accept = blank.accept.iter().map(|word| clean(word));
        Item {
            id: if many {
                format!("{}.{}", one_line(id), one_line(&blank.id))
            } else {
                one_line(id)
            },
            kind: "ShortAnswer",
            context: Some(clean(&cloze.why)),
            prompt: Prompt {
                prompt: format!("{}\n\n{text}", clean(&question.prompt)),
                distractors: None,
                answer_index: None,
                response: Some("short"),
            },
            answer: Answer {
                answer: Right::One(accept.next().unwrap_or_default()),
                alternatives: accept.collect(),
            },
        }
    };
    cloze.blanks.iter().map(item).collect()
}

/// What no question of mdbook-quiz has.
fn lost(question: &Question) -> Vec<Loss> {
    let has = [
        ("the level", true),
        ("the lesson", question.lesson.is_some()),
        ("the pattern", question.pattern.is_some()),
        ("the hint", question.hint.is_some()),
        ("the caveat", question.caveat.is_some()),
        ("the sources", !question.facts.cite.is_empty()),
    ];
    let names: Vec<&str> = has
        .iter()
        .filter(|(_, has)| *has)
        .map(|(name, _)| *name)
        .collect();
    let what = match &names[..] {
        [all @ .., last] if !all.is_empty() => {
            format!("{} and {last} are left out", all.join(", "))
        }
        one => format!("{} is left out", one.concat()),
    };
    vec![Loss::new(
        question.id.as_str(),
        what,
        "mdbook-quiz has no place for that",
    )]
}
