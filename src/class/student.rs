//! One student's part of the report.

use super::decide::Decisions;
use super::dossier::{Dossier, Live};
use super::drift;
use super::item::{self, Answers};
use super::look::Look;
use super::moment::Moment;
use super::report::*;
use super::since::{Timeline, findings, steps};
use super::standing::{self, Cells, Tally};
use super::told::{self, LONGEST, Terms};
use crate::bundle::Trouble;
use crate::checks::{Asked, Totals, Verification, verify};
use crate::course::Course;
use crate::report::AccountNumber;
use crate::report::discretion::{Discretion, shortened};
use crate::report::map::map;
use crate::report::sanitize::one_line;
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

/// What every student's part is drawn up with.
#[derive(Debug, Clone, Copy)]
pub(super) struct Frame<'a> {
    pub course: &'a Course,
    pub moment: &'a Moment,
    pub deadline: Option<Timestamp>,
    pub terms: Terms,
}

/// The look that counts, or the newest run that did not get in.
pub(super) type Looked<'a> = Result<Look<'a>, Option<(&'a Live, &'a str)>>;

/// Everything that is said of one student.
pub(super) fn student(
    frame: Frame<'_>,
    dossier: &Dossier,
    looked: &Looked<'_>,
    decisions: &Decisions<'_>,
    answers: &Answers,
) -> StudentReport {
    let look = looked.as_ref().ok();
    let discretion = frame.terms.discretion_about(frame.course, dossier, look);
    let mut student = blank(dossier);
    let notes = dossier.notes.iter().cloned();
    student.notes = notes
        .filter_map(|note| note.told(frame.terms.anonymise))
        .collect();
    match looked {
        Ok(look) => judged(&mut student, frame, look, decisions, &discretion),
        Err(Some((run, say))) => {
            student.standing = Standing::CannotTell;
            student.trouble = Some(one_line(say));
            student.evidence = Some(EvidenceKind::Live);
            student.file = Some(run.file.clone());
            student.looked_at = Some(run.result.ended_at);
            student.notes.extend(unusable(&dossier.unusable));
        }
        Err(None) => {
            if let [(file, trouble), more @ ..] = &dossier.unusable[..] {
                student.standing = Standing::Unreadable;
                student.trouble = Some(sentence(trouble));
                student.file = Some(file.clone());
                student.notes.extend(unusable(more));
            }
        }
    }
    if look.is_none() {
        decisions.settle_steps(frame.course, &mut student.steps);
    }
    if let Some(score) = decisions.score() {
        student.score = Some(score);
    }
    student.overrides = decisions.words(frame.course, frame.moment, !frame.terms.anonymise);
    student.quiz = item::sum(frame.course, answers);
    discreet(&mut student, &discretion, frame.terms);
    student
}

/// Of whom nothing is known but what the roster says.
fn blank(dossier: &Dossier) -> StudentReport {
    let row = dossier.row.as_ref();
    let of_row = |field: fn(&super::result::RunRow) -> Option<&String>| {
        row.and_then(field).map(|text| one_line(text))
    };
    StudentReport {
        key: dossier.key.clone(),
        name: dossier.name.clone(),
        email: of_row(|row| row.email.as_ref()),
        id: of_row(|row| row.id.as_ref()),
        sis_id: of_row(|row| row.sis_id.as_ref()),
        login: of_row(|row| row.login.as_ref()),
        section: of_row(|row| row.section.as_ref()),
        account: of_row(|row| row.account.as_ref()),
        region: None,
        standing: Standing::NotSubmitted,
        trouble: None,
        evidence: None,
        file: None,
        looked_at: None,
        late: None,
        steps: BTreeMap::new(),
        totals: Totals::default(),
        done: 0,
        of: 0,
        score: None,
        stuck: None,
        at_step: None,
        drift: Vec::new(),
        overrides: Vec::new(),
        notes: Vec::new(),
        findings: Vec::new(),
        map: None,
        quiz: None,
    }
}

fn unusable(files: &[(String, Trouble)]) -> impl Iterator<Item = String> {
    files.iter().map(|(file, trouble)| {
        format!(
            "{} cannot be used either: {}.",
            one_line(file),
            one_line(&trouble.to_string())
        )
    })
}

/// What is wrong with a file, and what to do next.
fn sentence(trouble: &Trouble) -> String {
    let text = one_line(&trouble.to_string());
    let mut letters = text.chars();
    let first = letters
        .next()
        .map(|letter| letter.to_uppercase().to_string());
    format!(
        "{}{}. {}",
        first.unwrap_or_default(),
        letters.as_str(),
        trouble.hint()
    )
}

fn judged(
    student: &mut StudentReport,
    frame: Frame<'_>,
    look: &Look<'_>,
    decisions: &Decisions<'_>,
    discretion: &Discretion,
) {
    let Frame { course, terms, .. } = frame;
    let whole = verify(&look.stack(), course, &Asked::All);
    let earlier: Vec<Verification> = look.earlier.iter().map(|one| one.judged(course)).collect();
    let timeline = Timeline::of(look, &earlier);
    student.drift = drift::steps_back(
        look,
        &whole,
        &earlier,
        &timeline,
        (frame.moment, terms.detail),
    );
    student.notes.extend(look.notes.iter().cloned());
    student.notes.extend(otherwise(look, &whole));
    let verification = told::reduced(whole, terms.detail, discretion);

    let mut cells: Cells = steps(&verification)
        .map(|step| {
            let cell = StepCell {
                verdict: step.verdict,
                since: timeline.of_step(step),
                overridden: false,
            };
            (step.id.to_string(), cell)
        })
        .collect();
    decisions.settle_steps(course, &mut cells);
    let tally = Tally::of(course, &cells);
    let stuck = standing::stuck(&verification, &cells, &timeline);
    let standing = standing::standing(course, look, &verification, &cells, stuck.is_some());

    student.account = look
        .snapshot
        .account()
        .map(|account| one_line(account.as_str()))
        .or(student.account.take());
    student.region = Some(one_line(look.snapshot.region.as_str()));
    student.standing = standing;
    student.evidence = Some(look.kind);
    student.file = Some(look.file.to_owned());
    student.looked_at = Some(look.looked_at());
    student.late = decisions.late(frame.deadline, student.looked_at);
    student.totals = verification.totals;
    student.done = tally.done;
    student.of = tally.of;
    if !look.is_practice() && standing != Standing::CannotTell {
        student.score = tally.score();
        student.notes.extend(unread(tally));
    }
    student.trouble = trouble(look, standing);
    if matches!(standing, Standing::Stuck) {
        student.stuck = stuck.map(|stuck| match terms.detail {
            Detail::Full | Detail::NoExpectedValues => stuck,
            Detail::VerdictOnly => Stuck {
                cause: None,
                summary: None,
                ..stuck
            },
        });
    }
    student.at_step = standing::at_step(course, &cells);
    student.steps = cells;
    if terms.detail != Detail::VerdictOnly {
        let mut map = told::bounded(discretion.map(map(&look.stack(), &verification)));
        if terms.anonymise {
            map.head.account = None;
            map.head.principal = None;
        }
        student.map = Some(map);
    }
    student.findings = verification
        .lessons
        .into_iter()
        .flat_map(|lesson| lesson.steps)
        .map(|step| StepFindings {
            step: step.id.to_string(),
            title: step.title,
            findings: step.checks,
        })
        .collect();
}

fn trouble(look: &Look<'_>, standing: Standing) -> Option<String> {
    if look.is_practice() {
        return Some(
            "This is the practice account, which everybody can finish with one command; it is not the student's own and gives no score. Ask for a bundle of their account."
                .to_owned(),
        );
    }
    (standing == Standing::CannotTell).then(|| {
        match look.kind {
            EvidenceKind::Bundle => {
                "Nothing of the account could be read when this was made. Ask for a new bundle, made while signed in."
            }
            EvidenceKind::Live | EvidenceKind::LiveAndBundle => {
                "Nothing of the account could be read through the role. See that the role still has what `landfall policy --instructor` prints."
            }
        }
        .to_owned()
    })
}

fn unread(tally: Tally) -> Option<String> {
    let (steps, they) = match tally.unread {
        0 => return None,
        1 => ("1 step".to_owned(), "it"),
        more => (format!("{more} steps"), "them"),
    };
    Some(format!(
        "{steps} could not be read: done are at least {} of {}, and up to {} with {they}.",
        tally.done,
        tally.of,
        tally.done + tally.unread
    ))
}

/// The same version on the student's machine said something else of the same look.
fn otherwise(look: &Look<'_>, judged: &Verification) -> Option<String> {
    let bundle = &look.bundle?.whole.bundle;
    if look.kind != EvidenceKind::Bundle || bundle.made_with.landfall != env!("CARGO_PKG_VERSION") {
        return None;
    }
    let ours: BTreeMap<&str, _> = findings(judged)
        .map(|finding| (finding.check.as_str(), finding.verdict))
        .collect();
    let differ: BTreeSet<&str> = bundle
        .verdicts
        .iter()
        .filter(|said| {
            ours.get(said.check.as_str())
                .is_some_and(|verdict| *verdict != said.verdict)
        })
        .map(|said| said.check.as_str())
        .collect();
    let checks = match differ.len() {
        0 => return None,
        1 => "1 check",
        _ => "several checks",
    };
    let named: Vec<&str> = differ.into_iter().take(5).collect();
    Some(format!(
        "The file says otherwise than its look about {checks} ({}); the look counts.",
        named.join(", ")
    ))
}

/// Nothing that may not be told, and nothing that is too long.
fn discreet(student: &mut StudentReport, discretion: &Discretion, terms: Terms) {
    for texts in [
        &mut student.drift,
        &mut student.overrides,
        &mut student.notes,
    ] {
        texts.truncate(100);
        for text in texts {
            *text = discretion.text(text);
        }
    }
    for text in [&mut student.trouble, &mut student.region]
        .into_iter()
        .flatten()
    {
        *text = discretion.text(text);
    }
    student.account =
        student
            .account
            .take()
            .filter(|_| !terms.anonymise)
            .map(|account| match terms.number {
                AccountNumber::Shortened => shortened(&account),
                AccountNumber::InFull => cut(&account),
            });
    let own = [
        &mut student.email,
        &mut student.id,
        &mut student.sis_id,
        &mut student.login,
        &mut student.file,
    ];
    for field in own {
        *field = field
            .take()
            .filter(|_| !terms.anonymise)
            .map(|text| cut(&one_line(&text)));
    }
    if terms.number == AccountNumber::Shortened
        && let Some(file) = &mut student.file
    {
        *file = discretion.text(file);
    }
    student.section = student.section.take().map(|section| cut(&section));
    // A file's name may hold an account's number, and a roster without names may call students by it.
    student.name = terms.discretion().text(&student.name);
}

fn cut(text: &str) -> String {
    text.chars().take(LONGEST).collect()
}
