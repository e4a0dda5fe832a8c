//! The instructor's own decisions: a file of TOML that Landfall only reads, so that it survives every run.

#[cfg(test)]
mod tests;

use crate::checks::Verdict;
use crate::course::{Placed, Reading, SourceText, Table};
use crate::report::sanitize;
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

/// All of a file.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Overrides {
    pub all: Vec<Override>,
}

/// One decision about one student.
#[derive(Debug, Clone, PartialEq)]
pub struct Override {
    /// Name, id, login, e-mail address, account or key; compared without case.
    pub student: String,
    /// A step of the course; `None` = the whole row.
    pub step: Option<String>,
    /// Only with a step.
    pub verdict: Option<Verdict>,
    /// 0 to 100, only without a step.
    pub score: Option<f64>,
    /// `false` excuses what came after the deadline; only without a step.
    pub late: Option<bool>,
    /// Another deadline for this student; only without a step.
    pub deadline: Option<Timestamp>,
    /// Shown wherever the override is.
    pub reason: String,
}

/// What is wrong with the file, laid out with line and caret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OverridesTrouble {
    pub say: String,
}

/// Reads the file. Times without a zone are the zone's own. Whether there is such a step or such a student is for the report
/// to say: a course or a roster may have changed.
///
/// # Errors
/// Everything that is wrong, at once.
pub fn overrides(
    name: &str,
    text: &str,
    zone: &TimeZone,
) -> Result<Overrides, Vec<OverridesTrouble>> {
    let source = SourceText {
        name: sanitize::one_line(name),
        text: text.to_owned(),
    };
    let reading = Reading::of(&source);
    let mut whole = reading.whole();
    let mut all: Vec<Override> = Vec::new();
    for table in whole.tables("override") {
        let place = table.span();
        let one = one(table, zone);
        if !one.student.is_empty() && all.iter().any(|other| settles_the_same(other, &one)) {
            reading.error(
                "decided-twice",
                place.start..place.start,
                format!(
                    "another override of `{}` above decides this already",
                    one.student
                ),
            );
        }
        all.push(one);
    }
    whole.finish();
    let problems = reading.into_problems();
    if problems.is_empty() {
        return Ok(Overrides { all });
    }
    Err(problems
        .iter()
        .map(|problem| OverridesTrouble {
            say: problem.to_string(),
        })
        .collect())
}

fn one(mut table: Table<'_, '_>, zone: &TimeZone) -> Override {
    let says_verdict = table.has("verdict");
    let of_row = ["score", "late", "deadline"].map(|key| (key, table.has(key)));
    let student = filled(&mut table, "student");
    let reason = filled(&mut table, "reason");
    let step = table.text("step");
    let verdict = verdict(&mut table);
    let score = score(&mut table);
    let late = table.flag("late");
    let deadline = deadline(&mut table, zone);
    match &step {
        Some(step) => {
            for (key, _) in of_row.iter().filter(|(_, is_there)| *is_there) {
                table.error_at(
                    "not-of-a-step",
                    step.span.clone(),
                    format!("`{key}` is for the whole row: it cannot stand beside `step`"),
                );
            }
            if !says_verdict {
                table.error_at(
                    "missing-key",
                    step.span.clone(),
                    "`verdict` is missing here: what to count the step as",
                );
            }
        }
        None if says_verdict => {
            table.error("missing-key", "`step` is missing here: a verdict is one step's");
        }
        None if of_row.iter().all(|(_, is_there)| !is_there) => table.error(
            "nothing-decided",
            "this override decides nothing: say `step` and `verdict`, or `score`, `late`, `deadline`",
        ),
        None => {}
    }
    table.finish();
    Override {
        student,
        step: step.map(|step| sanitize::one_line(step.value.trim())),
        verdict,
        score,
        late,
        deadline,
        reason,
    }
}

/// A text that has to be there and to say something.
fn filled(table: &mut Table<'_, '_>, key: &'static str) -> String {
    let is_there = table.has(key);
    let text = table.need_text(key);
    let value = sanitize::one_line(&text.value).trim().to_owned();
    let was_text = text.span != (table.span().start..table.span().start);
    if is_there && was_text && value.is_empty() {
        table.error_at("empty", text.span, format!("`{key}` is empty"));
    }
    value
}

fn verdict(table: &mut Table<'_, '_>) -> Option<Verdict> {
    let word = table.text("verdict")?;
    let found = Verdict::ALL
        .into_iter()
        .find(|verdict| verdict.id() == word.value);
    if found.is_none() {
        table.unknown_word("unknown-verdict", &word, Verdict::ALL.map(Verdict::id));
    }
    found
}

fn score(table: &mut Table<'_, '_>) -> Option<f64> {
    let Placed { value, span } = table.placed_fraction("score")?;
    if (0.0..=100.0).contains(&value) {
        return Some(value);
    }
    table.error_at("out-of-range", span, "`score` takes a number from 0 to 100");
    None
}

fn deadline(table: &mut Table<'_, '_>, zone: &TimeZone) -> Option<Timestamp> {
    let text = table.moment("deadline")?;
    match instant(&text.value, zone) {
        Ok(at) => Some(at),
        Err(say) => {
            table.error_at("no-time", text.span, format!("`deadline`: {say}"));
            None
        }
    }
}

/// Whether the two say something of the same thing of the same student, as far as they name it alike.
fn settles_the_same(a: &Override, b: &Override) -> bool {
    a.student.to_lowercase() == b.student.to_lowercase()
        && a.step == b.step
        && (a.step.is_some()
            || a.score.is_some() && b.score.is_some()
            || a.late.is_some() && b.late.is_some()
            || a.deadline.is_some() && b.deadline.is_some())
}

/// Reads `2026-12-01T18:00` on the zone's clock, or with a zone of its own: `2026-12-01T18:00Z`, `...+01:00`.
///
/// # Errors
/// A sentence that says what is missing.
pub fn instant(text: &str, zone: &TimeZone) -> Result<Timestamp, &'static str> {
    let text = text.trim();
    if let Ok(at) = text.parse::<Timestamp>() {
        return Ok(at);
    }
    if text.parse::<jiff::civil::Date>().is_ok() && !text.contains([':', 'T', 't']) {
        return Err("say the time too, such as 2026-12-01T23:59");
    }
    text.parse::<DateTime>()
        .ok()
        .and_then(|local| local.to_zoned(zone.clone()).ok())
        .map(|zoned| zoned.timestamp())
        .ok_or("this is no time; write it like 2026-12-01T18:00, or with a zone like 2026-12-01T18:00Z")
}
