//! A whole course from its files, with every problem of every file at once.

use super::deck::{self, DeckFile};
use super::diagnostic::{Diagnostic, Severity, SourceText};
use super::ids::PatternId;
use super::lesson::{self, LessonFile};
use super::model::{Course, Pattern};
use super::settings;
use super::table::{Placed, Reading};
use std::collections::BTreeMap;

/// The files of a course, as read from a folder or embedded: `lessons/...` and `quizzes/...`.
#[derive(Debug, Clone, Default)]
pub struct CourseFiles {
    pub files: Vec<SourceText>,
}

impl CourseFiles {
    /// `quizzes/revisions.lock`: what each question asked for when it was published; `None` before anything was.
    pub fn revisions(&self) -> Option<&SourceText> {
        self.named("quizzes/revisions.lock")
    }

    fn named(&self, name: &str) -> Option<&SourceText> {
        self.files.iter().find(|file| file.name == name)
    }
}

/// Loads a course. `known_checks` are the ids that steps may name.
///
/// # Errors
/// All problems of all files, errors and warnings, when at least one is an error.
pub fn load(
    files: &CourseFiles,
    known_checks: &[&str],
) -> Result<(Course, Vec<Diagnostic>), Vec<Diagnostic>> {
    let mut problems = Vec::new();
    let Some(main) = files.named("lessons/course.toml") else {
        let nowhere = SourceText {
            name: "lessons/course.toml".into(),
            text: String::new(),
        };
        return Err(vec![nowhere.error(
            "no-course",
            0..0,
            "there is no lessons/course.toml in this course",
        )]);
    };
    let reading = Reading::of(main);
    let mut table = reading.whole();
    if table.number("schema", 1..=1).is_none() {
        table.error("schema", "the first line is `schema = 1`");
    }
    let id = table.need_text("id").value;
    let title = table.need_text("title").value;
    let lesson_ids = table.texts("lessons");
    let deck_ids = table.texts("decks");
    let chapter = table.table("chapter").map(|mut chapter| {
        let read = settings::required(&mut chapter);
        chapter.finish();
        read
    });
    let mut patterns: Vec<(Pattern, std::ops::Range<usize>)> = Vec::new();
    for mut pattern in table.tables("pattern") {
        let id = pattern.need_text("id");
        let checks = pattern.texts("checks");
        let read = Pattern {
            id: PatternId(id.value),
            title: pattern.need_text("title").value,
            say: pattern.need_text("say").value,
            checks: checks.iter().map(|check| check.value.clone()).collect(),
        };
        for check in &checks {
            let one = Pattern {
                checks: vec![check.value.clone()],
                ..read.clone()
            };
            if !known_checks.iter().any(|known| one.holds(known)) {
                reading.report(
                    main.error(
                        "unknown-check",
                        check.span.clone(),
                        format!("`{}` names no check", check.value),
                    )
                    .did_you_mean(&check.value, known_checks.iter().copied()),
                );
            }
        }
        pattern.finish();
        patterns.push((read, id.span));
    }
    let mut lessons = Vec::new();
    for (at, id) in lesson_ids.iter().enumerate() {
        let name = format!("lessons/{:02}-{}.md", at + 1, id.value);
        match files.named(&name) {
            Some(source) => {
                let (file, found) = lesson::read(source);
                problems.extend(found);
                if let Some(file) = file {
                    if file.lesson.id.as_str() != id.value {
                        problems.push(source.error(
                            "lesson-id",
                            file.id_span.clone(),
                            format!("course.toml calls this lesson `{}`", id.value),
                        ));
                    }
                    lessons.push((source, file));
                }
            }
            None => reading.error(
                "no-file",
                id.span.clone(),
                format!("there is no file {name}"),
            ),
        }
    }
    let mut decks = Vec::new();
    for id in &deck_ids {
        let name = format!("quizzes/{}.toml", id.value);
        match files.named(&name) {
            Some(source) => {
                let (file, found) = deck::read(source, &|name| files.named(name));
                problems.extend(found);
                if file.deck.id.as_str() != id.value {
                    problems.push(source.error(
                        "deck-id",
                        file.id_span.clone(),
                        format!("the file's name says `{}`", id.value),
                    ));
                }
                decks.push((source, file));
            }
            None => reading.error(
                "no-file",
                id.span.clone(),
                format!("there is no file {name}"),
            ),
        }
    }
    if chapter.is_none() {
        table.error("missing-key", "the table [chapter] is missing");
    }
    table.finish();
    problems.extend(reading.into_problems());
    problems.extend(across(&lessons, &decks, &patterns, known_checks));
    problems.extend(super::ids_lock::compare(
        files.named("lessons/ids.lock"),
        &lessons,
        &decks,
    ));
    match chapter {
        Some(chapter)
            if problems
                .iter()
                .all(|problem| problem.severity != Severity::Error) =>
        {
            let course = Course {
                id,
                title,
                chapter,
                patterns: patterns.into_iter().map(|(pattern, _)| pattern).collect(),
                lessons: lessons.into_iter().map(|(_, file)| file.lesson).collect(),
                decks: decks.into_iter().map(|(_, file)| file.deck).collect(),
            };
            Ok((course, problems))
        }
        _ => Err(problems),
    }
}

type Lessons<'a> = [(&'a SourceText, LessonFile)];
type Decks<'a> = [(&'a SourceText, DeckFile<'a>)];

/// What can only be seen over all files: references, duplicates, what comes before what.
fn across(
    lessons: &Lessons<'_>,
    decks: &Decks<'_>,
    patterns: &[(Pattern, std::ops::Range<usize>)],
    known_checks: &[&str],
) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    let lesson_ids: Vec<&str> = lessons
        .iter()
        .map(|(_, file)| file.lesson.id.as_str())
        .collect();
    let step_ids: Vec<&str> = lessons
        .iter()
        .flat_map(|(_, file)| file.lesson.steps.iter().map(|step| step.id.as_str()))
        .collect();
    let mut used: BTreeMap<String, String> = BTreeMap::new();
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    for (at, (source, file)) in lessons.iter().enumerate() {
        for required in &file.requires {
            match lesson_ids.iter().position(|id| *id == required.value) {
                None => problems.push(unknown(source, "requires", required, "lesson", &lesson_ids)),
                Some(place) if place >= at => problems.push(source.error(
                    "requires",
                    required.span.clone(),
                    format!(
                        "`{}` comes later in the course, so this lesson could never be reached",
                        required.value
                    ),
                )),
                Some(_) => {}
            }
        }
        if let Some(pattern) = &file.pattern {
            let known: Vec<&str> = patterns
                .iter()
                .map(|(pattern, _)| pattern.id.as_str())
                .collect();
            if !known.contains(&pattern.value.as_str()) {
                problems.push(unknown(
                    source,
                    "unknown-pattern",
                    pattern,
                    "pattern",
                    &known,
                ));
            }
        }
        for anchor in &file.anchors {
            if !step_ids.contains(&anchor.value.as_str()) {
                problems.push(unknown(source, "dead-anchor", anchor, "step", &step_ids));
            }
        }
        for (step, (span, checks)) in file
            .lesson
            .steps
            .iter()
            .zip(file.step_spans.iter().zip(&file.checks))
        {
            if let Some(first) = seen.insert(step.id.0.clone(), source.name.clone()) {
                problems.push(source.error(
                    "duplicate-id",
                    span.clone(),
                    format!("the step `{}` is already in {first}", step.id),
                ));
            }
            for check in checks {
                if !known_checks.contains(&check.value.as_str()) {
                    problems.push(unknown(
                        source,
                        "unknown-check",
                        check,
                        "check",
                        known_checks,
                    ));
                } else if let Some(first) = used.insert(check.value.clone(), step.id.0.clone()) {
                    problems.push(source.error(
                        "duplicate-check",
                        check.span.clone(),
                        format!("`{}` already belongs to the step `{first}`", check.value),
                    ));
                }
            }
        }
    }
    let pattern_ids: Vec<&str> = patterns
        .iter()
        .map(|(pattern, _)| pattern.id.as_str())
        .collect();
    for (_, file) in decks {
        for (source, step) in &file.steps {
            if !step_ids.contains(&step.value.as_str())
                && !lesson_ids.contains(&step.value.as_str())
            {
                problems.push(unknown(source, "unknown-step", step, "step", &step_ids));
            }
        }
        for (source, pattern) in &file.patterns {
            if !pattern_ids.contains(&pattern.value.as_str()) {
                problems.push(unknown(
                    source,
                    "unknown-pattern",
                    pattern,
                    "pattern",
                    &pattern_ids,
                ));
            }
        }
        let questions = file.deck.questions.iter().zip(&file.questions);
        let retries = file.deck.retries.iter().zip(&file.retries);
        for (question, spot) in questions.chain(retries) {
            let name = spot.source.name.clone();
            if let Some(first) = seen.insert(question.id.0.clone(), name) {
                problems.push(spot.source.error(
                    "duplicate-id",
                    spot.span.clone(),
                    format!("`{}` is already in {first}", question.id),
                ));
            }
        }
    }
    problems
}

fn unknown(
    source: &SourceText,
    rule: &'static str,
    word: &Placed<String>,
    what: &str,
    known: &[&str],
) -> Diagnostic {
    source
        .error(
            rule,
            word.span.clone(),
            format!("there is no {what} `{}`", word.value),
        )
        .did_you_mean(&word.value, known.iter().copied())
}
