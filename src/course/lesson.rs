//! One lesson file: `+++` front matter, introduction, and a section for each step.

use super::diagnostic::{Diagnostic, SourceText, closest};
use super::fence;
use super::ids::{LessonId, PatternId, StepId};
use super::model::{Cost, Lesson, Step};
use super::placeholder::{PLACEHOLDERS, placeholders, supply};
use super::table::{Placed, Reading, Table};
use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag};
use std::ops::Range;

/// A lesson with the places that later checks need.
#[derive(Debug)]
pub(super) struct LessonFile {
    pub lesson: Lesson,
    pub id_span: Range<usize>,
    /// Each step's id, as written in the front matter.
    pub step_spans: Vec<Range<usize>>,
    pub requires: Vec<Placed<String>>,
    /// Each step's checks, with their places.
    pub checks: Vec<Vec<Placed<String>>>,
    pub pattern: Option<Placed<String>>,
    /// `#anchor` links in the text.
    pub anchors: Vec<Placed<String>>,
}

/// A step of the front matter: itself, its id's place, and its checks with theirs.
type FrontStep = (Step, Range<usize>, Vec<Placed<String>>);

/// A step's section of the text.
struct Section {
    id: String,
    heading: Range<usize>,
    body: Range<usize>,
}

/// Reads a lesson file; problems come beside whatever could be read.
pub(super) fn read(source: &SourceText) -> (Option<LessonFile>, Vec<Diagnostic>) {
    let reading = Reading::of(source);
    let Some((front, body)) = split(&source.text) else {
        reading.error(
            "front-matter",
            0..source.text.find('\n').unwrap_or(source.text.len()),
            "a lesson begins with `+++`, its settings, and `+++` on a line of its own",
        );
        return (None, reading.into_problems());
    };
    let mut table = reading.part(front);
    let id = table.need_text("id");
    let was = table.words("was");
    let title = table.need_text("title").value;
    let goal = table.need_text("goal").value;
    let pattern = table.text("pattern");
    let minutes = table
        .number("minutes", 1..=600)
        .and_then(|number| u32::try_from(number).ok())
        .unwrap_or(0);
    let waits = table.text("waits").map(|text| text.value);
    let requires = table.texts("requires");
    let cost = table.table("cost").map(cost);
    let steps: Vec<FrontStep> = table.tables("step").into_iter().map(step).collect();
    if steps.is_empty() {
        table.error("no-steps", "a lesson has at least one [[step]]");
    }
    table.finish();

    let (sections, anchors) = sections(source, body.clone(), &reading);
    let introduction = body.start
        ..sections
            .first()
            .map_or(body.end, |section| section.heading.start);
    let mut lesson = Lesson {
        id: LessonId(id.value),
        was,
        title,
        goal,
        pattern: pattern
            .as_ref()
            .map(|pattern| PatternId(pattern.value.clone())),
        minutes,
        waits,
        requires: requires
            .iter()
            .map(|id| LessonId(id.value.clone()))
            .collect(),
        cost,
        introduction: source.text[introduction].trim().to_owned(),
        steps: Vec::new(),
    };
    let mut step_spans = Vec::new();
    let mut checks = Vec::new();
    pair(source, &reading, &steps, &sections);
    for (mut step, span, step_checks) in steps {
        if let Some(section) = sections
            .iter()
            .find(|section| section.id == step.id.as_str())
        {
            step.text = source.text[section.body.clone()].trim().to_owned();
        }
        let own = step
            .id
            .as_str()
            .split_once('.')
            .is_some_and(|(first, rest)| first == lesson.id.as_str() && !rest.is_empty());
        if !own {
            reading.error(
                "step-id",
                span.clone(),
                format!(
                    "a step's id is the lesson's, a dot and a name: `{}.name`",
                    lesson.id
                ),
            );
        }
        lesson.steps.push(step);
        step_spans.push(span);
        checks.push(step_checks);
    }
    check_placeholders(source, &reading);
    let file = LessonFile {
        lesson,
        id_span: id.span,
        step_spans,
        requires,
        checks,
        pattern,
        anchors,
    };
    (Some(file), reading.into_problems())
}

/// Front matter and body, as byte ranges of the file.
fn split(text: &str) -> Option<(Range<usize>, Range<usize>)> {
    let first = text
        .strip_prefix('\u{feff}')
        .map_or(0, |_| '\u{feff}'.len_utf8());
    let rest = text[first..].strip_prefix("+++")?;
    let start = first + 3 + rest.find('\n')? + 1;
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        if line.trim_end() == "+++" {
            return Some((start..at, at + line.len()..text.len()));
        }
        at += line.len();
    }
    None
}

fn cost(mut table: Table<'_, '_>) -> Cost {
    let cost = Cost {
        say: table.need_text("say").value,
        checked: table
            .date("checked")
            .map_or_else(String::new, |date| date.value),
        source: table.need_text("source").value,
    };
    if cost.checked.is_empty() {
        table.error(
            "undated",
            "a cost says when it was looked up: checked = 2026-11-01",
        );
    }
    table.finish();
    cost
}

fn step(mut table: Table<'_, '_>) -> FrontStep {
    let id = table.need_text("id");
    let title = table.need_text("title").value;
    let minutes = table
        .number("minutes", 1..=600)
        .and_then(|number| u32::try_from(number).ok());
    let optional = table.flag("optional").unwrap_or(false);
    let checks = table.texts("checks");
    let hints = table.words("hints");
    let found = hints.len();
    let hints: [String; 3] = hints.try_into().unwrap_or_else(|_| {
        table.error("hints", format!("a step has three hints (general, where to look, the exact command); here are {found}"));
        Default::default()
    });
    let step = Step {
        id: StepId(id.value),
        was: table.words("was"),
        title,
        minutes,
        optional,
        checks: checks.iter().map(|check| check.value.clone()).collect(),
        hints,
        console: table.text("console").map(|text| text.value),
        text: String::new(),
    };
    if step.checks.is_empty() {
        table.error("no-checks", "a step ends with at least one check");
    }
    table.finish();
    (step, id.span, checks)
}

/// Steps and headings correspond one to one, in the same order.
fn pair(source: &SourceText, reading: &Reading<'_>, steps: &[FrontStep], sections: &[Section]) {
    let headings: Vec<&str> = sections.iter().map(|section| section.id.as_str()).collect();
    for (step, span, _) in steps {
        if !headings.contains(&step.id.as_str()) {
            reading.report(
                source
                    .error(
                        "no-section",
                        span.clone(),
                        format!(
                            "no heading ends with {{#{}}}, so this step has no text",
                            step.id
                        ),
                    )
                    .did_you_mean(step.id.as_str(), headings.iter().copied()),
            );
        }
    }
    let ids: Vec<&str> = steps.iter().map(|(step, ..)| step.id.as_str()).collect();
    let mut before = 0;
    for section in sections {
        match ids.iter().position(|id| *id == section.id) {
            None => reading.report(
                source
                    .error(
                        "no-step",
                        section.heading.clone(),
                        format!("there is no step `{}` in the front matter", section.id),
                    )
                    .did_you_mean(&section.id, ids.iter().copied()),
            ),
            Some(at) if at < before => {
                reading.error(
                    "order",
                    section.heading.clone(),
                    "the headings come in the order of the steps",
                );
            }
            Some(at) => before = at,
        }
    }
}

fn sections(
    source: &SourceText,
    body: Range<usize>,
    reading: &Reading<'_>,
) -> (Vec<Section>, Vec<Placed<String>>) {
    let text = &source.text[body.clone()];
    let mut sections: Vec<Section> = Vec::new();
    let mut anchors = Vec::new();
    let options = Options::ENABLE_HEADING_ATTRIBUTES | Options::ENABLE_TABLES;
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        let range = range.start + body.start..range.end + body.start;
        match event {
            Event::Start(Tag::Heading {
                level: HeadingLevel::H2,
                id: Some(id),
                ..
            }) => {
                if let Some(last) = sections.last_mut() {
                    last.body.end = range.start;
                }
                sections.push(Section {
                    id: id.to_string(),
                    body: range.end..body.end,
                    heading: range,
                });
            }
            Event::Start(Tag::Heading {
                level: HeadingLevel::H2,
                id: None,
                ..
            }) => {
                reading.error("heading", range, "a `##` heading begins a step and ends with {#step.id}; within a step use `###`");
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(words))) => {
                if let Err(word) = fence::info(&words) {
                    let known = ["run", "docker", "again", "domain", "no-domain"];
                    let line = range.start
                        ..range.start + source.text[range.start..].find('\n').unwrap_or(0);
                    reading.report(
                        source
                            .error("fence", line, format!("`{word}` means nothing after ```; words are run, docker, again, file=NAME, domain, no-domain"))
                            .did_you_mean(&word, known),
                    );
                }
            }
            Event::Start(Tag::Link { dest_url, .. }) => {
                if let Some(anchor) = dest_url.strip_prefix('#') {
                    anchors.push(Placed {
                        value: anchor.to_owned(),
                        span: range,
                    });
                }
            }
            _ => {}
        }
    }
    (sections, anchors)
}

fn check_placeholders(source: &SourceText, reading: &Reading<'_>) {
    for (name, span) in placeholders(&source.text) {
        if supply(name).is_none() {
            let problem = source.error(
                "placeholder",
                span,
                format!("`{{{{{name}}}}}` is not a value that Landfall can fill in"),
            );
            let best = closest(name, PLACEHOLDERS.iter().map(|(known, _)| *known));
            reading.report(match best {
                Some(best) => problem.help(format!("did you mean `{{{{{best}}}}}`?")),
                None => problem.help("the list is in src/course/placeholder.rs"),
            });
        }
    }
}
