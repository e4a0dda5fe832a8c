//! The instructor's own decisions, laid over what was found. They change what is shown as verdict, score and lateness; the
//! findings stay what they are.

use super::dossier::{Dossier, Remark};
use super::moment::Moment;
use super::overrides::Override;
use super::report::StepCell;
use super::standing::Cells;
use crate::course::{Course, closest};
use crate::report::sanitize::one_line;
use jiff::Timestamp;

/// The decisions about one student, in the order of the file; of two about one thing the later one holds.
#[derive(Debug, Default)]
pub(super) struct Decisions<'a> {
    all: Vec<&'a Override>,
}

/// Gives each decision to the one student that it names, and says which fit nobody. `accounts` are the numbers that were
/// seen of each dossier.
pub(super) fn deal<'a>(
    overrides: &'a [Override],
    dossiers: &[Dossier],
    accounts: &[Vec<String>],
    course: &Course,
) -> (Vec<Decisions<'a>>, Vec<Remark>) {
    let mut decisions: Vec<Decisions<'a>> = dossiers.iter().map(|_| Decisions::default()).collect();
    let mut remarks = Vec::new();
    let names: Vec<Vec<String>> = dossiers
        .iter()
        .zip(accounts)
        .map(|(dossier, accounts)| names(dossier, accounts))
        .collect();
    for one in overrides {
        let wanted = one.student.trim().to_lowercase();
        let mut fitting = (0..names.len()).filter(|at| names[*at].contains(&wanted));
        match (fitting.next(), fitting.next()) {
            (Some(at), None) => {
                if let Some(unknown) = unknown_step(one, course) {
                    remarks.push(unknown);
                } else {
                    decisions[at].all.push(one);
                }
            }
            (None, _) => remarks.push(nobody(one, dossiers)),
            (Some(_), Some(_)) => remarks.push(Remark {
                say: format!(
                    "The override for \"{}\" fits more than one student: name an id or an e-mail address.",
                    one_line(&one.student)
                ),
                anonymous: Some("An override fits more than one student.".to_owned()),
            }),
        }
    }
    (decisions, remarks)
}

/// Everything that a student may be called by, in lower case.
fn names(dossier: &Dossier, accounts: &[String]) -> Vec<String> {
    let mut names = vec![dossier.key.as_str(), dossier.name.as_str()];
    if let Some(row) = &dossier.row {
        names.extend([row.student.as_str(), row.key.0.as_str()]);
        names.extend(
            [&row.id, &row.sis_id, &row.login, &row.email, &row.account]
                .into_iter()
                .flatten()
                .map(String::as_str),
        );
    }
    names.extend(accounts.iter().map(String::as_str));
    names
        .into_iter()
        .map(|name| name.trim().to_lowercase())
        .filter(|name| !name.is_empty())
        .collect()
}

fn nobody(one: &Override, dossiers: &[Dossier]) -> Remark {
    let short = |text: &str| text.chars().take(100).collect::<String>();
    let names: Vec<String> = dossiers
        .iter()
        .map(|dossier| short(&dossier.name))
        .collect();
    let nearest = closest(&short(&one.student), names.iter().map(String::as_str));
    let ask = nearest.map_or_else(String::new, |name| format!(" Is it meant for \"{name}\"?"));
    Remark {
        say: format!(
            "The override for \"{}\" fits nobody.{ask}",
            one_line(&one.student)
        ),
        anonymous: Some("An override fits nobody.".to_owned()),
    }
}

fn unknown_step(one: &Override, course: &Course) -> Option<Remark> {
    let step = one.step.as_deref()?;
    if course.step(step).is_some() {
        return None;
    }
    let short: String = step.chars().take(100).collect();
    let ids = course.steps().map(|(_, step)| step.id.as_str());
    let ask = closest(&short, ids).map_or_else(String::new, |id| format!(" Is it {id}?"));
    Some(Remark {
        say: format!(
            "The override for \"{}\" names the step {}, which the course does not have.{ask}",
            one_line(&one.student),
            one_line(step)
        ),
        anonymous: Some(format!(
            "An override names the step {}, which the course does not have.{ask}",
            one_line(step)
        )),
    })
}

impl Decisions<'_> {
    /// Lays the verdicts into the cells.
    pub fn settle_steps(&self, course: &Course, cells: &mut Cells) {
        for one in &self.all {
            if let (Some(step), Some(verdict)) = (&one.step, one.verdict)
                && let Some((_, step)) = course.step(step)
            {
                let cell = StepCell {
                    verdict,
                    since: None,
                    overridden: true,
                };
                cells.insert(step.id.to_string(), cell);
            }
        }
    }

    /// 0 to 100; what is no number decides nothing.
    pub fn score(&self) -> Option<f64> {
        let whole_row = self.all.iter().filter(|one| one.step.is_none());
        whole_row
            .filter_map(|one| one.score)
            .rfind(|score| score.is_finite())
            .map(|score| score.clamp(0.0, 100.0))
    }

    /// Whether it came late: as the instructor says, else by the student's own deadline, else by the class's.
    pub fn late(&self, deadline: Option<Timestamp>, looked: Option<Timestamp>) -> Option<bool> {
        let whole_row = || self.all.iter().filter(|one| one.step.is_none());
        let looked = looked?;
        let deadline = whole_row()
            .filter_map(|one| one.deadline)
            .next_back()
            .or(deadline);
        whole_row()
            .filter_map(|one| one.late)
            .next_back()
            .or_else(|| deadline.map(|deadline| looked > deadline))
    }

    /// What was decided, and why; without the reason when it may name somebody.
    pub fn words(&self, course: &Course, moment: &Moment, with_reason: bool) -> Vec<String> {
        let said = |one: &&Override| {
            let mut what = Vec::new();
            if let (Some(step), Some(verdict)) = (&one.step, one.verdict) {
                let title = course
                    .step(step)
                    .map_or(step.as_str(), |(_, step)| step.title.as_str());
                what.push(format!("\"{title}\": {}", verdict.words()));
            }
            if one.step.is_none() {
                what.extend(one.score.map(|score| format!("score {score}")));
                what.extend(
                    one.late
                        .map(|late| if late { "late" } else { "lateness excused" }.to_owned()),
                );
                what.extend(
                    one.deadline
                        .map(|at| format!("deadline {}", moment.minute(at))),
                );
            }
            let what = what.join(", ");
            let reason = one_line(&one.reason);
            match (with_reason, what.is_empty()) {
                (true, false) => format!("{what} ({reason})"),
                (true, true) => reason,
                (false, _) => what,
            }
        };
        self.all.iter().map(said).collect()
    }
}
