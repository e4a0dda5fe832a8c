//! One row: its account is entered and looked at. Whatever happens, the row keeps its student.

use crate::account::{
    Area, CallOutcome, CallRecord, Chapter, CredentialTrouble, Fact, Snapshot, Why,
};
use crate::app::context::{Context, now};
use crate::app::real::{self, HostSaid};
use crate::aws::Reader;
use crate::aws::fleet::{Instructor, NotEntered, Role};
use crate::class::{Access, Outcome, RosterRow, RowResult, Run, StudentKey};
use jiff::Timestamp;
use std::collections::BTreeSet;
use std::sync::Arc;
use tokio::sync::Semaphore;

/// The chapter as the class has it, before a row is laid over.
#[derive(Debug, Clone)]
pub struct Base {
    pub chapter: Chapter,
    host: HostSaid,
}

/// What the course and the instructor's `landfall.toml` say; nothing of the instructor's own walk: neither their host nor
/// what they chose in an account of theirs, nor an address that would be asked for every student.
pub fn base(context: &Context) -> Base {
    let mut chapter = context.chapter();
    let host = if context.states("host") || context.states("has_domain") {
        HostSaid::ByThePerson
    } else {
        chapter.has_domain = context.course.chapter.has_domain;
        chapter.host = context.course.chapter.host.clone();
        HostSaid::ByNobody
    };
    chapter.chosen.clear();
    chapter.endpoint_url = None;
    Base { chapter, host }
}

/// One row that is to be looked at.
#[derive(Debug)]
pub struct Visit {
    key: StudentKey,
    pub student: String,
    role: Role,
    chapter: Chapter,
    host: HostSaid,
    /// Where the region was named, for the snapshot.
    region_from: &'static str,
}

/// What became of it.
#[derive(Debug)]
pub enum Visited {
    Row(Box<RowResult>),
    /// The instructor's own credentials do not work; nothing is known of the row.
    NoInstructor(CredentialTrouble),
}

impl Visit {
    /// A row of the roster; one without a role is not looked at.
    pub fn to(row: &RosterRow, base: &Base) -> Self {
        let (account, arn, external_id) = match &row.access {
            Access::Role {
                account,
                arn,
                external_id,
            } => (account.clone(), arn.clone(), external_id.clone()),
            Access::None => (String::new(), String::new(), None),
        };
        let mut chapter = base.chapter.clone();
        let mut host = base.host;
        if let Some(user) = &row.user {
            chapter.user.clone_from(user);
        }
        if let Some(name) = &row.host {
            chapter.host.clone_from(name);
            chapter.has_domain = true;
            host = HostSaid::ByThePerson;
        }
        Visit {
            key: row.key.clone(),
            student: row.student.clone(),
            role: Role {
                account,
                arn,
                external_id,
                region: row.region.clone(),
            },
            chapter,
            host,
            region_from: if row.region.is_some() {
                "roster"
            } else {
                "the instructor's"
            },
        }
    }

    /// For work that broke down in itself.
    pub fn broke_down(&self, at: Timestamp) -> RowResult {
        let say = "Landfall broke down while it looked at this account, and went on with the others: please report it.";
        let why = Why::Other {
            say: say.to_owned(),
        };
        self.result(at, not_looked(why, say), Vec::new())
    }

    fn result(&self, began_at: Timestamp, outcome: Outcome, calls: Vec<CallRecord>) -> RowResult {
        RowResult {
            schema: Run::SCHEMA,
            key: self.key.clone(),
            began_at,
            ended_at: now(),
            outcome,
            calls,
        }
    }
}

/// Enters the account and looks at everything but leftovers; `lanes` bound how many are looked at, not how many are
/// entered.
pub async fn visit(
    instructor: Instructor,
    visit: Arc<Visit>,
    areas: Arc<BTreeSet<Area>>,
    lanes: Arc<Semaphore>,
) -> Visited {
    let began_at = now();
    let entered = instructor
        .enter(&visit.role, &visit.chapter.log_group)
        .await;
    let (session, entering) = match entered {
        Ok(entered) => (entered.session, entered.call),
        Err((NotEntered::Instructor(trouble), _)) => return Visited::NoInstructor(trouble),
        Err((NotEntered::Account { why, say }, call)) => {
            let outcome = Outcome::NotLooked { why, say };
            return Visited::Row(Box::new(visit.result(began_at, outcome, vec![call])));
        }
    };
    let _lane = lanes.acquire().await.ok();
    let mut chapter = visit.chapter.clone();
    chapter.region = session.region().region.clone();
    let reader = Reader::new(session);
    let look = Box::pin(real::look_from_afar(&reader, &chapter, &areas, visit.host)).await;
    let mut snapshot = look.snapshot;
    visit.region_from.clone_into(&mut snapshot.region_from);
    let outcome = match nothing_answered(&snapshot, &look.calls) {
        Some(why) => {
            let say = words(&why);
            not_looked(why, say)
        }
        None => Outcome::Looked(Box::new(snapshot)),
    };
    let calls = std::iter::once(entering).chain(look.calls).collect();
    Visited::Row(Box::new(visit.result(began_at, outcome, calls)))
}

/// Why, if not one call in the account was answered.
fn nothing_answered(snapshot: &Snapshot, calls: &[CallRecord]) -> Option<Why> {
    let said = |outcome: CallOutcome| {
        matches!(
            outcome,
            CallOutcome::Ok | CallOutcome::Absent | CallOutcome::Denied
        )
    };
    match &snapshot.caller {
        Fact::Unknown(why) if !calls.iter().any(|call| said(call.outcome)) => Some(why.clone()),
        _ => None,
    }
}

fn not_looked(why: Why, say: impl Into<String>) -> Outcome {
    Outcome::NotLooked {
        why,
        say: say.into(),
    }
}

/// The role could be used, and then nothing answered.
fn words(why: &Why) -> String {
    let (what, next) = match why {
        Why::Offline => (
            "none of AWS's services could be reached",
            "Look at your network, and go on with --resume.",
        ),
        Why::TimedOut => (
            "none of AWS's services answered in time",
            "Go on later with --resume.",
        ),
        Why::Throttled => (
            "AWS asked to slow down until there were no tries left",
            "Go on later with --resume.",
        ),
        Why::Credentials(_) => (
            "AWS did not know the session that it had just given out",
            "Go on later with --resume.",
        ),
        Why::RegionNotEnabled { .. } => (
            "the region is not switched on in this account",
            "Name the region of the chapter in the roster.",
        ),
        _ => (
            "nothing answered as AWS does",
            "Look at what lies between you and AWS: a proxy, an endpoint that is set.",
        ),
    };
    format!("The role let you in, but {what}. {next}")
}
