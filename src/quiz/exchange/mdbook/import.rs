//! A quiz of mdbook-quiz as a deck of ours.
//!
//! What mdbook-quiz does not know stays empty and is told: a source for every question, a reason for every option. The
//! loader and `author lint` ask for them until they are written; nothing is made up here.

use super::read::{self, Asked, Choice, Item, Short, Tracing};
use super::written::{BlankTable, DeckFile, FactsTable, OptionTable, QuestionTable};
use crate::course::{DeckId, Diagnostic, SourceText};
use crate::quiz::exchange::loss::{Exchanged, Loss};
use crate::quiz::exchange::text::{clean, one_line, words};
use jiff::civil::Date;
use std::collections::BTreeSet;

/// The deck as TOML. `checked` is written as the day on which its facts were looked up.
///
/// # Errors
/// The file is no TOML, or no quiz of mdbook-quiz: every problem with its place.
pub fn import(
    source: &SourceText,
    deck: &DeckId,
    checked: Date,
) -> Result<Exchanged, Vec<Diagnostic>> {
    let quiz = read::quiz(source)?;
    let facts = FactsTable {
        checked: checked
            .to_string()
            .parse()
            .expect("a day is written as TOML writes it"),
        cite: Vec::new(),
    };
    let mut into = Making {
        facts,
        names: BTreeSet::new(),
        losses: Vec::new(),
    };
    let mut question = Vec::new();
    for (item, number) in quiz.questions.iter().zip(1..) {
        question.extend(into.question(item, number));
    }
    let mut losses = into.losses;
    losses.extend(quiz.unknown.into_iter().map(|(line, key)| {
        Loss::new(
            format!("line {line}"),
            format!("`{key}` is left out"),
            "it is no key of mdbook-quiz that is known here",
        )
    }));
    if !question.is_empty() {
        losses.push(Loss::new(
            deck.as_str(),
            "the deck does not load before each question's `cite` names a source",
            "mdbook-quiz names none",
        ));
    }
    let written = question.len();
    let file = DeckFile {
        schema: 1,
        deck: deck.as_str().to_owned(),
        title: title(deck),
        question,
    };
    Ok(Exchanged {
        document: toml::to_string_pretty(&file).expect("plain data always becomes TOML"),
        written,
        losses,
    })
}

/// `rust-basics` as "Rust basics".
fn title(deck: &DeckId) -> String {
    let words = words(deck.as_str());
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().collect::<String>() + letters.as_str()
    })
}

/// A deck that is being made.
struct Making {
    facts: FactsTable,
    /// Ids that are given away.
    names: BTreeSet<String>,
    losses: Vec<Loss>,
}

impl Making {
    fn question(&mut self, item: &Item, number: usize) -> Option<QuestionTable> {
        let before = self.losses.len();
        let (id, renamed) = self.name(item.id.as_deref(), number);
        let made = self.made(id, item);
        if made.is_some() {
            self.losses.splice(before..before, renamed);
        }
        made
    }

    fn made(&mut self, id: String, item: &Item) -> Option<QuestionTable> {
        if item.asks_why {
            self.lose(
                &id,
                "learners are not asked why they answered so",
                "this deck has no such question",
            );
        }
        match &item.asked {
            Asked::Choice(choice) => self.choice(id, item, choice),
            Asked::Short(short) => Some(self.short(id, item, short)),
            Asked::Tracing(tracing) => Some(self.tracing(id, item, tracing)),
            Asked::Unknown(kind) => {
                self.lose(
                    &id,
                    "left out",
                    format!("the type `{kind}` is not known here"),
                );
                None
            }
        }
    }

    fn lose(&mut self, id: &str, what: impl Into<String>, why: impl Into<String>) {
        self.losses.push(Loss::new(id, what, why));
    }

    /// An id that is ours to keep (small letters, digits, hyphens, dots; each once), and what there is to say of it.
    fn name(&mut self, id: Option<&str>, number: usize) -> (String, Option<Loss>) {
        let wanted = id.map(slug).filter(|slug| !slug.is_empty());
        let base = wanted.unwrap_or_else(|| format!("question-{number}"));
        let mut name = base.clone();
        for again in 2.. {
            if self.names.insert(name.clone()) {
                break;
            }
            name = format!("{base}-{again}");
        }
        let renamed = match id {
            None => Some(Loss::new(
                &name,
                "this is its id from now on",
                format!("question {number} of the file has none"),
            )),
            Some(id) if id != name => Some(Loss::new(
                &name,
                format!("its id was `{}`", one_line(id)),
                "an id is made of small letters, digits, hyphens and dots, and stands once",
            )),
            Some(_) => None,
        };
        (name, renamed)
    }

    fn choice(&mut self, id: String, item: &Item, choice: &Choice) -> Option<QuestionTable> {
        let right = choice.right.iter().map(|text| (text, true));
        let wrong = choice.distractors.iter().map(|text| (text, false));
        let mut options: Vec<(&String, bool)> = right.chain(wrong).collect();
        if options.len() < 2 || choice.right.is_empty() {
            self.lose(
                &id,
                "left out",
                "a choice has at least two options, and one of them is right",
            );
            return None;
        }
        let mut shuffle = true;
        if choice.sorted {
            options.sort();
            shuffle = false;
        } else if let (Some(index), false) = (choice.answer_index, choice.ticks) {
            let right = options.remove(0);
            options.insert(index.min(options.len()), right);
            shuffle = false;
        }
        if choice.ticks {
            self.lose(
                &id,
                "right options count in part",
                "a deck has no question that is all or nothing",
            );
        }
        let texts = options
            .into_iter()
            .map(|(text, right)| (text.trim().to_owned(), right))
            .collect();
        let kind = if choice.ticks { "multi" } else { "choice" };
        Some(self.options(id, item, kind, &choice.prompt, texts, Some(shuffle)))
    }

    /// A question with options: the explanation becomes the reason of the first right one, the others are to be written.
    fn options(
        &mut self,
        id: String,
        item: &Item,
        kind: &'static str,
        prompt: &str,
        texts: Vec<(String, bool)>,
        shuffle: Option<bool>,
    ) -> QuestionTable {
        let mut context = item.context.as_deref().map(str::trim);
        let mut options = Vec::new();
        for ((text, right), number) in texts.into_iter().zip(1..) {
            let why = if right { context.take() } else { None };
            options.push(OptionTable {
                id: letter(number),
                text: clean(&text),
                right,
                why: clean(why.unwrap_or_default()),
            });
        }
        let open = options
            .iter()
            .filter(|option| option.why.is_empty())
            .count();
        if open > 0 {
            let words = match open {
                1 => "the reason of 1 option is to be written".to_owned(),
                many => format!("the reasons of {many} options are to be written"),
            };
            self.lose(&id, words, "mdbook-quiz has one explanation for a question");
        }
        QuestionTable {
            option: options,
            shuffle,
            ..self.bare(id, kind, prompt, item)
        }
    }

    fn short(&mut self, id: String, item: &Item, short: &Short) -> QuestionTable {
        let accept: Vec<String> = short.accept.iter().map(|word| clean(word.trim())).collect();
        let exact = short.is_code
            || accept.iter().any(|word| {
                word.contains(|sign: char| sign.is_ascii_digit() || sign.is_ascii_punctuation())
            });
        if !exact {
            self.lose(
                &id,
                "other forms of the same word count as right",
                "the answer has no sign or digit that would have to be exact; `exact = true` changes that",
            );
        }
        let why = item.context.as_deref().unwrap_or_default().trim();
        if why.is_empty() {
            self.lose(&id, "its reason is to be written", "it has no `context`");
        }
        let (prompt, text) = gap(&clean(&with_group(item, &short.prompt)));
        QuestionTable {
            prompt,
            text: Some(text),
            why: Some(clean(why)),
            blank: vec![BlankTable {
                id: "answer".to_owned(),
                accept,
                exact,
            }],
            ..self.bare(id, "cloze", "", item)
        }
    }

    fn tracing(&mut self, id: String, item: &Item, tracing: &Tracing) -> QuestionTable {
        self.lose(
            &id,
            "only whether the program compiles is asked",
            "a deck has no question about a program's output or the line of an error",
        );
        let prompt = format!(
            "Does this program compile?\n\n```rust\n{}\n```",
            tracing.program.trim_matches('\n')
        );
        let texts = vec![
            ("It compiles.".to_owned(), tracing.compiles),
            ("It does not compile.".to_owned(), !tracing.compiles),
        ];
        self.options(id, item, "choice", &prompt, texts, Some(false))
    }

    fn bare(&self, id: String, kind: &'static str, prompt: &str, item: &Item) -> QuestionTable {
        QuestionTable {
            id,
            kind,
            level: "recall",
            prompt: clean(&with_group(item, prompt)),
            text: None,
            why: None,
            shuffle: None,
            facts: self.facts.clone(),
            option: Vec::new(),
            blank: Vec::new(),
        }
    }
}

/// The prompt below what its group has in common.
fn with_group(item: &Item, prompt: &str) -> String {
    match &item.group {
        Some(group) => format!("{}\n\n{}", group.trim(), prompt.trim()),
        None => prompt.trim().to_owned(),
    }
}

fn slug(id: &str) -> String {
    let small: String = id
        .trim()
        .chars()
        .map(|letter| match letter.to_ascii_lowercase() {
            letter @ ('a'..='z' | '0'..='9' | '-' | '_' | '.') => letter,
            _ => '-',
        })
        .collect();
    small.trim_matches(['-', '.']).to_owned()
}

/// `a`, `b`, ... `z`, `option-27`.
fn letter(number: usize) -> String {
    ('a'..='z')
        .nth(number - 1)
        .map_or_else(|| format!("option-{number}"), String::from)
}

/// The prompt and the text with the gap: where the prompt has one row of underscores that row is the gap, else the gap
/// stands alone.
fn gap(prompt: &str) -> (String, String) {
    const ANSWER: &str = "{{answer}}";
    let alone = || (prompt.to_owned(), ANSWER.to_owned());
    let rows: Vec<usize> = prompt
        .match_indices("___")
        .map(|(at, _)| at)
        .filter(|at| !prompt[..*at].ends_with('_'))
        .collect();
    let [row] = rows[..] else { return alone() };
    if prompt.contains("```") || prompt.contains("{{") {
        return alone();
    }
    let after = prompt[row..].trim_start_matches('_');
    let letter = |sign: Option<char>| sign.is_some_and(char::is_alphanumeric);
    if letter(prompt[..row].chars().next_back()) || letter(after.chars().next()) {
        return alone();
    }
    let begin = prompt[..row].rfind("\n\n").map_or(0, |at| at + 2);
    let text = format!("{}{ANSWER}{after}", &prompt[begin..row]);
    let before = prompt[..begin].trim();
    let before = if before.is_empty() {
        "Fill the gap."
    } else {
        before
    };
    (before.to_owned(), text.trim().to_owned())
}
