//! What the screen of a step says, as values.

use super::walk::{Change, Place};
use crate::account::{CredentialTrouble, Fact, Principal, Snapshot, Source, Why};
use crate::checks::{StepOutcome, Verdict};
use crate::course::Course;

/// The lines above a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// `Step 9 of 29 · PostgreSQL on RDS`.
    pub place: String,
    pub title: String,
    pub id: String,
    /// Whose account, where, through whose eyes, and that it is only read.
    pub account: String,
    /// `about 15 minutes`, `optional`, `left out for now`.
    pub remarks: Vec<String>,
    /// What was found when it was last looked at.
    pub verdict: Option<Verdict>,
}

/// The header of a step. Without a look so far, nothing is said of the account but where it will be looked for.
pub fn header(
    place: Place<'_>,
    look: Option<&Snapshot>,
    outcome: Option<&StepOutcome>,
    left_out: bool,
) -> Header {
    let mut remarks = Vec::new();
    if let Some(minutes) = place.step.minutes {
        remarks.push(match minutes {
            1 => "about a minute".to_owned(),
            _ => format!("about {minutes} minutes"),
        });
    }
    if place.step.optional {
        remarks.push("optional".to_owned());
    }
    if left_out {
        remarks.push("left out for now".to_owned());
    }
    Header {
        place: format!(
            "Step {} of {} · {}",
            place.number, place.total, place.lesson.title
        ),
        title: place.step.title.clone(),
        id: place.step.id.as_str().to_owned(),
        account: look.map_or_else(|| "not looked yet · read-only".to_owned(), account),
        remarks,
        verdict: outcome.map(|outcome| outcome.verdict),
    }
}

/// Account, region, principal, read-only.
pub fn account(look: &Snapshot) -> String {
    match look.source {
        Source::Practice => format!("practice account · {} · nothing here is real", look.region),
        Source::Aws | Source::Snapshot => match &look.caller {
            Fact::Present(caller) => format!(
                "account {} · {} · {} · read-only",
                caller.account,
                look.region,
                principal(&caller.principal)
            ),
            Fact::Absent => format!("nobody is signed in · {} · read-only", look.region),
            Fact::Unknown(why) => format!("{} · {} · read-only", nobody(why), look.region),
        },
    }
}

fn principal(principal: &Principal) -> String {
    match principal {
        Principal::Root => "root".to_owned(),
        Principal::User { name } => format!("user {name}"),
        Principal::IdentityCenter {
            permission_set,
            session,
        } => format!("{session} as {permission_set}"),
        Principal::LearnerLab { session } => format!("Learner Lab, {session}"),
        Principal::AssumedRole { role, session } => format!("role {role}, {session}"),
        Principal::Other { resource } => resource.clone(),
    }
}

fn nobody(why: &Why) -> &'static str {
    match why {
        Why::Credentials(CredentialTrouble::None) => "no AWS credentials yet",
        Why::Credentials(CredentialTrouble::Expired) => "your AWS sign-in has expired",
        Why::Credentials(CredentialTrouble::Invalid) => "AWS does not know these credentials",
        Why::Credentials(CredentialTrouble::NeedsCode) => "this profile needs a one-time code",
        Why::Offline | Why::TimedOut => "AWS cannot be reached",
        _ => "account not known",
    }
}

/// What a lesson says before its first step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LessonCard {
    pub title: String,
    pub goal: String,
    /// The pattern it serves, in words.
    pub pattern: Option<String>,
    pub minutes: u32,
    pub waits: Option<String>,
    /// What it costs, with the date of the price and its source.
    pub cost: String,
    /// Titles of the lessons it builds on.
    pub after: Vec<String>,
}

/// The card of the lesson that a place belongs to.
pub fn lesson_card(course: &Course, place: Place<'_>) -> LessonCard {
    let lesson = place.lesson;
    let pattern = lesson
        .pattern
        .as_ref()
        .and_then(|id| course.patterns.iter().find(|pattern| pattern.id == *id));
    LessonCard {
        title: lesson.title.clone(),
        goal: lesson.goal.clone(),
        pattern: pattern.map(|pattern| pattern.title.clone()),
        minutes: lesson.minutes,
        waits: lesson.waits.clone(),
        cost: lesson.cost.as_ref().map_or_else(
            || "nothing".to_owned(),
            |cost| format!("{} (price of {}: {})", cost.say, cost.checked, cost.source),
        ),
        after: lesson
            .requires
            .iter()
            .filter_map(|id| Some(course.lesson(id.as_str())?.title.clone()))
            .collect(),
    }
}

/// What is said below the findings of a check: where that leaves the learner.
pub fn afterwards(outcome: &StepOutcome) -> &'static str {
    match outcome.verdict {
        Verdict::Passed => "This step is done.",
        Verdict::Attested => "This step is done, on your word.",
        Verdict::Skipped => "There is nothing to do here for you.",
        Verdict::Failed => {
            "Something is not as it should be. Do what is said above, then check again."
        }
        Verdict::Missing => "This is not there yet. Follow the step, then check again.",
        Verdict::Pending => {
            "AWS is still working on it. You can watch it, or go on: I will look again."
        }
        Verdict::Blocked => "This cannot be judged before what it waits for is done.",
        Verdict::Unknown => {
            "I could not read everything, so I do not judge it. You can go on: I will look again."
        }
    }
}

/// A step gone past earlier that has news.
pub fn news(change: &Change) -> String {
    let words = match change.now {
        Verdict::Passed | Verdict::Attested => "is done now",
        Verdict::Skipped => "does not concern you any more",
        Verdict::Failed => "has turned out wrong: go back to it when you can",
        Verdict::Missing => "is not there any more: go back to it when you can",
        Verdict::Pending => "is in progress",
        Verdict::Blocked => "waits for another step",
        Verdict::Unknown => "could not be read",
    };
    format!("Meanwhile: {} {words}.", change.title)
}

#[cfg(test)]
mod tests {
    use super::super::test_course::{course, outcome};
    use super::super::walk::{Record, Walk};
    use super::*;
    use crate::account::{Arn, Caller, Region};
    use jiff::Timestamp;

    fn look(source: Source) -> Snapshot {
        Snapshot::blank(
            source,
            crate::practice::test_chapter(),
            Region::from("eu-central-1"),
            Timestamp::UNIX_EPOCH,
        )
    }

    #[test]
    fn the_header_names_account_region_principal_and_read_only() {
        let mut look = look(Source::Aws);
        let arn = Arn::from("arn:aws:iam::123456789012:user/news-admin");
        look.caller = Fact::Present(Caller {
            account: "123456789012".into(),
            principal: Principal::from_arn(&arn),
            arn,
        });
        assert_eq!(
            account(&look),
            "account 123456789012 · eu-central-1 · user news-admin · read-only"
        );
    }

    #[test]
    fn without_credentials_the_header_says_so_and_names_no_account() {
        let mut look = look(Source::Aws);
        look.caller = Fact::Unknown(Why::Credentials(CredentialTrouble::None));
        assert_eq!(
            account(&look),
            "no AWS credentials yet · eu-central-1 · read-only"
        );
    }

    #[test]
    fn the_practice_account_is_never_taken_for_a_real_one() {
        assert!(account(&look(Source::Practice)).starts_with("practice account"));
    }

    #[test]
    fn the_place_is_counted_from_one() {
        let course = course();
        let walk = Walk::new(&course, &Record::default()).unwrap();
        let header = header(
            walk.here(),
            None,
            Some(&outcome("one.a", Verdict::Pending)),
            true,
        );
        assert_eq!(header.place, "Step 1 of 3 · Lesson one");
        assert_eq!(header.remarks, ["about 5 minutes", "left out for now"]);
        assert_eq!(header.verdict, Some(Verdict::Pending));
    }

    #[test]
    fn only_failed_is_called_wrong() {
        for verdict in Verdict::ALL {
            let words = afterwards(&outcome("one.a", verdict));
            assert_eq!(
                words.contains("not as it should be"),
                verdict == Verdict::Failed
            );
        }
    }
}
