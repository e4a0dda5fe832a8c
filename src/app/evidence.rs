//! A look at the account: the real one, the practice account, or a saved file. All give a snapshot.

#[cfg(test)]
mod tests;

use super::context::{Context, capitalised, now};
use super::failure::Failure;
use crate::account::{Area, CallRecord, Fact, Snapshot, Source};
use crate::aws::Purpose;
use crate::checks::{self, Asked, Stack, Verification, verify};
use crate::practice::{self, PracticeStore};
use crate::progress::{StackKey, VerdictRecord};
use crate::report::sanitize;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::path::Path;

/// A saved snapshot larger than this is refused.
const LARGEST_BYTES: u64 = 64 * 1024 * 1024;

/// What a look gave.
#[derive(Debug, Clone)]
pub struct Look {
    pub snapshot: Snapshot,
    /// Every AWS call that was made; none for practice and files.
    pub calls: Vec<CallRecord>,
}

/// Looks at the account that is meant.
///
/// # Errors
/// Only what makes any look impossible; what single calls could not read is in the snapshot.
pub fn look(context: &Context, areas: &BTreeSet<Area>) -> Result<Look, Failure> {
    look_for(Purpose::Judge, context, areas)
}

/// The same for a purpose.
///
/// # Errors
/// As [`look`].
pub fn look_for(
    purpose: Purpose,
    context: &Context,
    areas: &BTreeSet<Area>,
) -> Result<Look, Failure> {
    match context.source() {
        Source::Practice => practice(context, areas),
        Source::Aws | Source::Snapshot => super::real::look(context, areas, purpose),
    }
}

fn practice(context: &Context, areas: &BTreeSet<Area>) -> Result<Look, Failure> {
    let state = practice_store(context)?.load().map_err(practice_failure)?;
    if let Some(aside) = state.moved_aside {
        context.ui.trouble(format!(
            "The practice account could not be read ({}). It is kept as {}; a new one was begun.",
            aside.why,
            aside.to.display()
        ));
    }
    let mut snapshot = practice::snapshot(&state.state, &context.chapter(), now());
    if areas.contains(&Area::Leftovers) && matches!(snapshot.leftovers, Fact::Unknown(_)) {
        practice::look_for_leftovers(&mut snapshot);
    }
    Ok(Look {
        snapshot: snapshot.redacted(),
        calls: Vec::new(),
    })
}

/// The practice account's own store.
///
/// # Errors
/// Its folder cannot be made.
pub fn practice_store(context: &Context) -> Result<PracticeStore, Failure> {
    PracticeStore::open(context.practice_folder()).map_err(practice_failure)
}

/// A practice account that cannot be read or written.
#[expect(clippy::needless_pass_by_value, reason = "shape of map_err")]
pub fn practice_failure(error: practice::StoreError) -> Failure {
    Failure::unreadable(capitalised(&error.to_string()))
        .hint("Set LANDFALL_HOME to a folder that you may write to.")
}

/// A saved look: the snapshot, and what the learner had confirmed by hand.
#[derive(Debug, Serialize, Deserialize)]
pub struct SavedLook {
    pub landfall: String,
    pub attested: BTreeSet<String>,
    pub teardown_begun: bool,
    pub snapshot: Snapshot,
}

/// Read first, so that a newer file is recognised even when the rest of it is not.
#[derive(Deserialize)]
struct OnlySchema {
    snapshot: SchemaInside,
}

#[derive(Deserialize)]
struct SchemaInside {
    schema: u64,
}

/// Reads a file that `verify --save` wrote.
///
/// # Errors
/// Unreadable, too large, not ours, or of a newer version.
pub fn read_saved(path: &Path) -> Result<SavedLook, Failure> {
    let name = path.display();
    // No further than that is read: a pipe or a device has no size to ask for, and perhaps no end.
    let mut bytes = Vec::new();
    std::fs::File::open(path)
        .and_then(|file| file.take(LARGEST_BYTES + 1).read_to_end(&mut bytes))
        .map_err(|error| Failure::unreadable(format!("{name} cannot be read: {error}")))?;
    if bytes.len() as u64 > LARGEST_BYTES {
        return Err(Failure::unreadable(format!(
            "{name} is larger than any saved look (64 MiB)."
        )));
    }
    let no_look = |error: serde_json::Error| {
        // Without the text: serde's own words quote it.
        Failure::unreadable(format!(
            "{name} is no saved look: line {}, column {} is not what it should be.",
            error.line(),
            error.column()
        ))
        .hint("`landfall verify --save FILE` writes one.")
    };
    let schema = serde_json::from_slice::<OnlySchema>(&bytes)
        .ok()
        .map(|saved| saved.snapshot.schema);
    if schema.is_some_and(|schema| schema > u64::from(Snapshot::SCHEMA)) {
        return Err(
            Failure::unreadable(format!("{name} was written by a newer Landfall."))
                .hint("Install that version to judge it."),
        );
    }
    let mut saved: SavedLook = serde_json::from_slice(&bytes).map_err(no_look)?;
    // Somebody else may have written it, or an older Landfall.
    saved.snapshot = saved.snapshot.redacted();
    saved.snapshot.source = Source::Snapshot;
    Ok(saved)
}

/// Writes a look, all of it or nothing.
///
/// # Errors
/// The folder cannot be written to.
pub fn save(path: &Path, saved: &SavedLook) -> Result<(), Failure> {
    let refused = |error: &dyn std::fmt::Display| {
        Failure::unreadable(format!("{} cannot be written: {error}", path.display()))
    };
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(|error| refused(&error))?;
    file.write_all(sanitize::json_document(saved).as_bytes())
        .map_err(|error| refused(&error))?;
    file.persist(path).map_err(|error| refused(&error))?;
    Ok(())
}

/// What the learner confirmed by hand for a snapshot's stack.
///
/// # Errors
/// Unreadable progress.
pub fn attested(context: &Context, key: &StackKey) -> Result<BTreeSet<String>, Failure> {
    Ok(context.store.attestations(key)?.into_keys().collect())
}

/// Whether the teardown has begun on a stack: then an absence is no regression, and leftovers are looked for.
///
/// # Errors
/// Unreadable progress.
pub fn teardown_begun(context: &Context, key: &StackKey) -> Result<bool, Failure> {
    let begun = context.store.choice(&teardown_name(key))?;
    Ok(begun.is_some_and(|at| !at.is_empty()))
}

/// Remembers that the teardown has begun.
///
/// # Errors
/// Progress cannot be written.
pub fn begin_teardown(context: &Context, key: &StackKey) -> Result<(), Failure> {
    Ok(context
        .store
        .choose(&teardown_name(key), &now().to_string())?)
}

/// Forgets that a teardown had begun: the practice account was reset or built again.
///
/// # Errors
/// Progress cannot be written.
pub fn forget_teardown(context: &Context, key: &StackKey) -> Result<(), Failure> {
    Ok(context.store.choose(&teardown_name(key), "")?)
}

fn teardown_name(key: &StackKey) -> String {
    format!("teardown {:?} {} {}", key.source, key.account, key.region)
}

/// A look and what it was judged to mean.
#[derive(Debug)]
pub struct Judged {
    pub look: Look,
    pub key: StackKey,
    pub attested: BTreeSet<String>,
    pub teardown_begun: bool,
    pub verification: Verification,
}

/// Looks, judges, and keeps the look in the progress.
///
/// # Errors
/// As [`look`], and progress that cannot be written.
pub fn look_and_judge(context: &mut Context, asked: &Asked) -> Result<Judged, Failure> {
    let judged = look_unkept(context, asked)?;
    // A look that could not even tell who is asking says nothing about the account.
    if !matches!(judged.look.snapshot.caller, Fact::Unknown(_)) {
        keep(
            context,
            &judged.key,
            &judged.look.snapshot,
            &judged.verification,
        )?;
    }
    Ok(judged)
}

/// Looks and judges; keeps nothing: for looks that follow each other within minutes.
///
/// # Errors
/// As [`look`].
pub fn look_unkept(context: &mut Context, asked: &Asked) -> Result<Judged, Failure> {
    let mut areas = asked.areas(&context.course);
    let began = asks_for_teardown(asked);
    if began {
        areas.insert(Area::Leftovers);
    }
    let mut look = look(context, &areas)?;
    let key = super::guide::place::of(context, Context::stack_key(&look.snapshot))?;
    super::choose::lay_in(context, &key, &mut look.snapshot)?;
    recall(context, &key, &mut look.snapshot)?;
    let attested = attested(context, &key)?;
    let teardown_begun = began || teardown_begun(context, &key)?;
    let stack = Stack {
        snapshot: &look.snapshot,
        attested: &attested,
        teardown_begun,
    };
    let verification = verify(&stack, &context.course, asked);
    Ok(Judged {
        look,
        key,
        attested,
        teardown_begun,
        verification,
    })
}

/// Lays in what earlier looks saw of stopped tasks, where AWS shows none any more.
fn recall(context: &Context, key: &StackKey, snapshot: &mut Snapshot) -> Result<(), Failure> {
    let seen = context.store.stopped_tasks(key)?;
    if !seen.is_empty() {
        let last_steady = context.store.last_passed(key, "ecs.steady")?;
        checks::recall(snapshot, &seen, last_steady);
    }
    Ok(())
}

fn asks_for_teardown(asked: &Asked) -> bool {
    match asked {
        Asked::All => false,
        Asked::Steps(steps) => steps
            .iter()
            .any(|step| step.as_str().starts_with("teardown.")),
    }
}

/// Keeps a look in the progress: the snapshot and every verdict that changed.
///
/// # Errors
/// Progress cannot be written.
pub fn keep(
    context: &mut Context,
    key: &StackKey,
    snapshot: &Snapshot,
    verification: &Verification,
) -> Result<(), Failure> {
    let text = serde_json::to_string(snapshot)
        .map_err(|error| Failure::unreadable(format!("The look could not be kept: {error}")))?;
    let at = snapshot.collected_at;
    let verdicts: Vec<VerdictRecord> = verification
        .lessons
        .iter()
        .flat_map(|lesson| &lesson.steps)
        .flat_map(|step| &step.checks)
        .map(|finding| VerdictRecord {
            check: finding.check.to_string(),
            verdict: finding.verdict,
            summary: finding.summary.clone(),
            at,
            until: at,
        })
        .collect();
    let stopped = checks::worth_remembering(snapshot);
    context
        .store
        .record_look(key, &text, &verdicts, &stopped, at)?;
    Ok(())
}

/// The steps that words name: a lesson stands for all of its steps; none at all stands for the whole course.
///
/// # Errors
/// A usage failure for a word that names nothing, with the nearest that does.
pub fn asked(context: &Context, words: &[String]) -> Result<Asked, Failure> {
    if words.is_empty() {
        return Ok(Asked::All);
    }
    let mut steps = BTreeSet::new();
    for word in words {
        if let Some(lesson) = context.course.lesson(word) {
            steps.extend(lesson.steps.iter().map(|step| step.id.clone()));
        } else if let Some((_, step)) = context.course.step(word) {
            steps.insert(step.id.clone());
        } else {
            return Err(no_such_step(context, word));
        }
    }
    Ok(Asked::Steps(steps))
}

/// A word that names neither a lesson nor a step.
pub fn no_such_step(context: &Context, word: &str) -> Failure {
    let lessons = context
        .course
        .lessons
        .iter()
        .map(|lesson| lesson.id.as_str());
    let known: Vec<&str> = lessons
        .chain(context.course.steps().map(|(_, step)| step.id.as_str()))
        .collect();
    let failure = Failure::usage(format!("There is no lesson or step `{word}`."));
    match crate::course::closest(word, known.iter().copied()) {
        Some(best) => failure.hint(format!("Did you mean `{best}`?")),
        None => failure.hint(format!(
            "Lessons: {}. A step is named like {}.",
            context
                .course
                .lessons
                .iter()
                .map(|lesson| lesson.id.as_str())
                .collect::<Vec<_>>()
                .join(", "),
            context
                .course
                .steps()
                .next()
                .map_or("lesson.step", |(_, step)| step.id.as_str())
        )),
    }
}
