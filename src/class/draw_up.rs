//! Draws up the report of a class from what was handed in and what was read.

use super::alike::alike;
use super::decide;
use super::dossier::{Finder, Whose, sort_out};
use super::item::{self, Answers};
use super::look::look;
use super::moment::Moment;
use super::overrides::Overrides;
use super::owner::{Owner, owner};
use super::report::{ClassReport, Detail, Standing, Standings, StepColumn, StudentReport};
use super::result::{RowResult, Run, RunRow};
use super::roster::StudentKey;
use super::stuck;
use super::student::{Frame, Looked, student};
use super::told::Terms;
use crate::bundle::{BundledDeck, Trouble, Whole, attempts_of};
use crate::course::Course;
use crate::progress::Attempt;
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// Everything that a report is made of, besides the course.
#[derive(Debug)]
pub struct ClassInput<'a> {
    /// Of the roster, or of the runs; empty when there is neither: then every file is a student.
    pub rows: &'a [RunRow],
    pub evidence: Vec<Evidence>,
    pub overrides: &'a Overrides,
    pub deadline: Option<Timestamp>,
    pub detail: Detail,
    pub anonymise: bool,
    /// Account numbers in full.
    pub full_accounts: bool,
    pub moment: Moment,
}

/// One file.
#[derive(Debug)]
pub struct Evidence {
    /// Its path, seen from the folder that was named.
    pub file: String,
    pub what: Result<Found, Trouble>,
}

/// What a file holds.
#[derive(Debug)]
pub enum Found {
    Bundle(Box<Whole>),
    /// Of that run.
    Live {
        run: Run,
        result: Box<RowResult>,
    },
}

/// Draws it up.
pub fn draw_up(course: &Course, input: ClassInput<'_>) -> ClassReport {
    drawn(
        course,
        input,
        Rules {
            whose: &whose,
            attempts: &attempts_of,
        },
    )
}

/// What other rooms know: whose a file is, and what a deck's answers are.
#[derive(Clone, Copy)]
pub(super) struct Rules<'a> {
    pub whose: Finder<'a>,
    pub attempts: &'a dyn Fn(&BundledDeck) -> Vec<Attempt>,
}

fn whose(rows: &[RunRow], file: &str, account: Option<&str>) -> Whose {
    let place = |key: &StudentKey| rows.iter().position(|row| row.key == *key);
    let name =
        |key: &StudentKey| place(key).map_or_else(|| key.0.clone(), |at| rows[at].student.clone());
    match owner(rows, file, account) {
        Owner::One(key) => place(key).map_or_else(|| Whose::Nobody(String::new()), Whose::Row),
        Owner::Disagree {
            by_account,
            by_name,
        } => place(by_name).map_or_else(
            || Whose::Nobody(String::new()),
            |at| Whose::RowButNotItsAccount {
                at,
                account_of: name(by_account),
            },
        ),
        Owner::NoOne => Whose::Nobody(String::new()),
        Owner::Several(keys) => {
            let names: Vec<String> = keys.into_iter().take(5).map(name).collect();
            Whose::Nobody(format!("it could be {}", names.join(" or ")))
        }
    }
}

pub(super) fn drawn(course: &Course, input: ClassInput<'_>, rules: Rules<'_>) -> ClassReport {
    let terms = Terms::new(input.detail, input.anonymise, input.full_accounts);
    let frame = Frame {
        course,
        moment: &input.moment,
        deadline: input.deadline,
        terms,
    };
    let (dossiers, mut remarks) = sort_out(input.rows, input.evidence, rules.whose);
    let looks: Vec<Looked<'_>> = dossiers
        .iter()
        .map(|dossier| look(dossier, &input.moment))
        .collect();
    let accounts: Vec<Vec<String>> = looks.iter().map(account_of).collect();
    let (decisions, unfit) = decide::deal(&input.overrides.all, &dossiers, &accounts, course);
    remarks.extend(unfit);
    let answers: Vec<Answers> = dossiers
        .iter()
        .map(|dossier| {
            let decks = dossier
                .bundles
                .iter()
                .flat_map(|bundle| &bundle.whole.bundle.quiz);
            item::answers(decks.map(|deck| (deck.deck.clone(), (rules.attempts)(deck))))
        })
        .collect();
    let mut students: Vec<StudentReport> = dossiers
        .iter()
        .zip(&looks)
        .zip(decisions.iter().zip(&answers))
        .map(|((dossier, look), (decisions, answers))| {
            student(frame, dossier, look, decisions, answers)
        })
        .collect();
    note_other_lessons(&looks, &mut students);
    if terms.anonymise {
        number(&mut students);
    }
    let alike = alike(&dossiers, &students, terms, &input.moment);
    if terms.anonymise {
        // The order of the roster is that of the alphabet.
        students.sort_by_key(|student| place_of(&student.key));
    }
    let judged = students
        .iter()
        .filter(|student| student.evidence.is_some() && student.standing != Standing::CannotTell);
    let of = judged.count();
    let discretion = terms.discretion();
    ClassReport {
        schema: ClassReport::SCHEMA,
        landfall: env!("CARGO_PKG_VERSION"),
        course: course.title.clone(),
        made_at: input.moment.now,
        detail: input.detail,
        anonymised: input.anonymise,
        deadline: input.deadline,
        steps: columns(course),
        standings: standings(&students),
        stuck: stuck::places(course, &students, of),
        alike,
        quizzes: item::quizzes(course, &answers),
        remarks: remarks
            .into_iter()
            .filter_map(|remark| remark.told(terms.anonymise))
            .map(|remark| discretion.text(&remark))
            .collect(),
        students,
        moment: input.moment,
    }
}

fn account_of(look: &Looked<'_>) -> Vec<String> {
    look.as_ref()
        .ok()
        .filter(|look| !look.is_practice())
        .and_then(|look| look.snapshot.account())
        .map(ToString::to_string)
        .into_iter()
        .collect()
}

fn columns(course: &Course) -> Vec<StepColumn> {
    course
        .steps()
        .map(|(lesson, step)| StepColumn {
            id: step.id.to_string(),
            title: step.title.clone(),
            lesson: lesson.id.to_string(),
            lesson_title: lesson.title.clone(),
            optional: step.optional,
        })
        .collect()
}

fn standings(students: &[StudentReport]) -> Standings {
    let mut standings = Standings::default();
    for student in students {
        *match student.standing {
            Standing::Done => &mut standings.done,
            Standing::UnderWay => &mut standings.under_way,
            Standing::Stuck => &mut standings.stuck,
            Standing::NothingYet => &mut standings.nothing_yet,
            Standing::CannotTell => &mut standings.cannot_tell,
            Standing::Unreadable => &mut standings.unreadable,
            Standing::NotSubmitted => &mut standings.not_submitted,
        } += 1;
    }
    standings
}

/// Calls students by numbers. Their order is that of a digest of the key: the same in every report, and not the roster's.
fn number(students: &mut [StudentReport]) {
    let mut order: Vec<usize> = (0..students.len()).collect();
    order.sort_by_cached_key(|at| Sha256::digest(students[*at].key.as_bytes()).to_vec());
    for (place, at) in order.into_iter().enumerate() {
        let student = &mut students[at];
        student.name = format!("Student {}", place + 1);
        student.key = format!("student-{}", place + 1);
    }
}

fn place_of(key: &str) -> usize {
    key.rsplit('-')
        .next()
        .and_then(|number| number.parse().ok())
        .unwrap_or(usize::MAX)
}

/// Which lessons a bundle was judged by on the student's machine can only be told beside the others: most of the class
/// has what the instructor handed out.
fn note_other_lessons(looks: &[Looked<'_>], students: &mut [StudentReport]) {
    let content = |look: &Looked<'_>| {
        let bundle = look.as_ref().ok()?.bundle?;
        Some(bundle.whole.bundle.course.content.clone()).filter(|content| !content.is_empty())
    };
    let contents: Vec<Option<String>> = looks.iter().map(content).collect();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for content in contents.iter().flatten() {
        *counts.entry(content).or_default() += 1;
    }
    let Some((usual, most)) = counts.iter().max_by_key(|(_, count)| **count) else {
        return;
    };
    let is_even = counts.values().filter(|count| *count == most).count() > 1;
    if is_even {
        return;
    }
    for (content, student) in contents.iter().zip(students) {
        if content.as_ref().is_some_and(|content| content != usual) {
            student.notes.push(
                "Made with other lessons than most of the class has; judged by the ones of this Landfall."
                    .to_owned(),
            );
        }
    }
}
