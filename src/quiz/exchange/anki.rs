//! A deck as a text file for Anki's importer: one note for each question, each key point and each retry item.
//!
//! The file names its own columns, so nothing has to be chosen in the import window. The first column is the note's
//! GUID, made from our ids: importing the file again updates the notes, and the learner's schedule in Anki stays. Notes
//! are of Anki's own kinds "Basic" and "Cloze".

use super::gaps::filled;
use super::html::{escaped, html, list};
use super::loss::{Exchanged, Loss};
use super::solution::{background, page, solution, told_picks};
use super::text::{one_line, words};
use crate::course::{Cloze, Deck, Kind, Point, Question};

/// What Anki reads before the notes. Its lines have no quotes: it does not take them off.
const HEAD: &str = "#separator:tab\n#html:true\n#guid column:1\n#notetype column:2\n#deck column:3\n#tags column:6\n";

/// One row: GUID, kind of note, deck, two fields, tags.
type Note = [String; 6];

/// The deck for Anki.
pub fn anki(deck: &Deck) -> Exchanged {
    let mut rows = csv::WriterBuilder::new()
        .delimiter(b'\t')
        .from_writer(HEAD.as_bytes().to_vec());
    let mut losses = Vec::new();
    let mut written = 0;
    for question in deck.questions.iter().chain(&deck.retries) {
        let notes = notes(deck, question);
        if notes.is_empty() {
            losses.push(Loss::new(
                question.id.as_str(),
                "left out",
                "its key is read from an account, and a card has a fixed answer",
            ));
            continue;
        }
        written += 1;
        losses.extend(lost(question));
        for note in notes {
            rows.write_record(note)
                .expect("every row has six fields, and memory takes them all");
        }
    }
    let document = rows
        .into_inner()
        .ok()
        .and_then(|bytes| String::from_utf8(bytes).ok())
        .expect("text goes in, so text comes out");
    Exchanged {
        document,
        written,
        losses,
    }
}

/// The notes of one question; none when nothing fixed can be asked.
fn notes(deck: &Deck, question: &Question) -> Vec<Note> {
    let id = one_line(question.id.as_str());
    let fields = match &question.kind {
        Kind::Cloze(cloze) => Some(("Cloze", [gaps(question, cloze), extra(question, cloze)])),
        _ => front(question).map(|front| ("Basic", [front, solution(question)])),
    };
    let Some((kind, [front, back])) = fields else {
        return Vec::new();
    };
    let mut notes = vec![note(deck, question, kind, &id, [front, back])];
    for (point, number) in question.points().iter().zip(1..) {
        let fields = [
            asked_for(question, point, number),
            format!(
                "{}{}",
                html(&point.says),
                after_break(&background(question))
            ),
        ];
        // A `/`, since a retry item may be called like the point after a dot.
        let id = format!("{id}/{}", one_line(&point.id));
        notes.push(note(deck, question, "Basic", &id, fields));
    }
    notes
}

fn note(deck: &Deck, question: &Question, kind: &str, id: &str, fields: [String; 2]) -> Note {
    let [front, back] = fields;
    // `::` is Anki's sign for a deck inside a deck.
    let title = one_line(&deck.title).replace("::", ": ");
    let mut tags = vec![
        "landfall".to_owned(),
        tag("deck", deck.id.as_str()),
        tag("kind", question.kind.word()),
        tag("level", question.level.word()),
    ];
    if let Some(pattern) = &question.pattern {
        tags.push(tag("pattern", pattern.as_str()));
    }
    if let Some(lesson) = &question.lesson {
        tags.push(tag("lesson", lesson.as_str()));
    }
    [
        format!("landfall:{}:{id}", one_line(deck.id.as_str())),
        kind.to_owned(),
        format!("Landfall::{title}"),
        front,
        back,
        tags.join(" "),
    ]
}

/// Spaces part tags from each other.
fn tag(group: &str, word: &str) -> String {
    format!("landfall::{group}::{}", one_line(word).replace(' ', "-"))
}

/// What is asked; `None` when there is nothing without an account.
fn front(question: &Question) -> Option<String> {
    let prompt = html(&question.prompt);
    let below = match &question.kind {
        Kind::Open(_) | Kind::Cloze(_) => String::new(),
        Kind::Choice(options) | Kind::Multi(options) => {
            let texts: Vec<String> = options
                .options
                .iter()
                .map(|option| html(&option.text))
                .collect();
            list(&texts) + &told_picks(options).unwrap_or_default()
        }
        Kind::Order(order) => {
            let all = order.items.iter().chain(&order.distractors);
            list(&sorted(all.map(|item| item.text.as_str())))
        }
        Kind::Match(matching) => {
            let left: Vec<String> = matching.pairs.iter().map(|pair| html(&pair.left)).collect();
            let right = matching.pairs.iter().map(|pair| &pair.right);
            let right = sorted(right.chain(&matching.spare).map(String::as_str));
            format!("{}belong to{}", list(&left), list(&right))
        }
        Kind::Inspect(inspect) => page(inspect)?,
        Kind::Predict(_) => return None,
    };
    Some(format!("{prompt}{}", after_break(&below)))
}

/// Texts by the alphabet, so that their order tells nothing.
fn sorted<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut texts: Vec<&str> = texts.collect();
    texts.sort_unstable();
    texts.into_iter().map(html).collect()
}

fn after_break(html: &str) -> String {
    if html.is_empty() {
        String::new()
    } else {
        format!("<br><br>{html}")
    }
}

/// The front of a key point's card: the question, and the point's name as the cue.
fn asked_for(question: &Question, point: &Point, number: usize) -> String {
    format!(
        "{}<br><br>Key point {number} of {}: <b>{}</b>",
        html(&question.prompt),
        question.points().len(),
        escaped(&words(&point.id))
    )
}

/// The text of a cloze note: each gap is a card of its own.
fn gaps(question: &Question, cloze: &Cloze) -> String {
    let text = filled(
        cloze,
        |text| no_braces(&html(text)),
        |blank, number| {
            let key = blank.accept.first().map_or("", String::as_str);
            // `::` would begin a hint.
            let key = no_braces(&escaped(&one_line(key))).replace(':', "&#58;");
            format!("{{{{c{number}::{key}}}}}")
        },
    );
    format!("{}<br><br>{text}", no_braces(&html(&question.prompt)))
}

/// Braces that are no gap of Anki's.
fn no_braces(html: &str) -> String {
    html.replace('{', "&#123;").replace('}', "&#125;")
}

/// Below the filled gaps: what else is accepted, and why.
fn extra(question: &Question, cloze: &Cloze) -> String {
    let others: Vec<String> = cloze
        .blanks
        .iter()
        .filter(|blank| blank.accept.len() > 1)
        .map(|blank| {
            let words: Vec<String> = blank.accept.iter().map(|word| html(word)).collect();
            words.join(" or ")
        })
        .collect();
    let also = if others.is_empty() {
        String::new()
    } else {
        format!("Accepted:{}", list(&others))
    };
    format!(
        "{also}{}{}",
        html(&cloze.why),
        after_break(&background(question))
    )
}

/// What a card cannot hold. That the learner grades a card alone is Anki's way and no loss of the question's.
fn lost(question: &Question) -> Vec<Loss> {
    let id = question.id.as_str();
    let mut lost = Vec::new();
    match &question.kind {
        Kind::Open(open)
            if !open.samples.is_empty()
                || open.points.iter().any(|point| !point.heard.is_empty()) =>
        {
            lost.push(Loss::new(
                id,
                "the phrases that are listened for and the labelled answers are left out",
                "Anki does not read what is answered",
            ));
        }
        Kind::Order(order) if super::order::free_neighbours(order) > 0 => lost.push(Loss::new(
            id,
            "the back shows one of several right orders",
            "a card has a fixed answer",
        )),
        _ => {}
    }
    if question.hint.is_some() {
        lost.push(Loss::new(
            id,
            "the hint is left out",
            "Anki's own note types have no place for one",
        ));
    }
    lost
}

#[cfg(test)]
#[path = "anki_tests.rs"]
mod tests;
