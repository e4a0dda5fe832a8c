//! `landfall class verify`: every account of a roster, through its role.

mod kept;
mod part;
mod plan;
mod progress;
mod roster_file;
mod tally;
#[cfg(test)]
mod tests;
mod visit;
mod voice;

use crate::account::{CredentialTrouble, Why};
use crate::app::class::report::Telling;
use crate::app::class::{folder, report};
use crate::app::context::{Context, now};
use crate::app::failure::{Exit, Failure, Outcome};
use crate::app::real;
use crate::aws::Session;
use crate::aws::fleet::{Event, GoOn, Instructor, a_few_at_once};
use crate::checks::Asked;
use crate::class::{self, ClassInput, Run, RunRow, draw_up};
use crate::cli::{AccountChoice, ClassVerifyArgs, Format};
use crate::report::sanitize::one_line;
use kept::go_on_with;
use part::Part;
use plan::Plan;
use std::sync::Arc;
use std::time::Duration;
use tally::Tally;
use tokio::sync::Semaphore;
use visit::{Visit, Visited, visit};
use voice::Voice;

/// Runs the command.
///
/// # Errors
/// A command line or a roster that makes no sense; the instructor's own credentials; a folder that cannot be written to.
pub fn run(context: &Context, args: &ClassVerifyArgs) -> Outcome {
    let format = report::format(context, None)?;
    if context.globals.account == Some(AccountChoice::Practice) {
        return Err(Failure::usage(
            "A class has no practice account: `class verify` looks at AWS accounts.",
        )
        .hint("Leave out --account practice (or the variable LANDFALL_ACCOUNT).")
        .hint("To try the walk without AWS: landfall tour"));
    }
    let part = args.shard.as_deref().map(Part::parse).transpose()?;
    // What cannot be told is said before anybody is looked at.
    report::is_possible(format, &args.telling)?;
    let telling = report::told(&args.telling)?;
    let roster = roster_file::read(context, &args.roster)?;
    let plan = if args.resume {
        go_on_with(&args.out, &args.roster, part, &roster)?
    } else {
        begin(args, part, &roster)?
    };
    let again = again(context, args);
    let done = look_at_all(context, args, &roster, plan, &again)?;
    tell(context, format, args, telling, &done)
}

/// A new run; those before it stay as they are.
fn begin(
    args: &ClassVerifyArgs,
    part: Option<Part>,
    roster: &class::Roster,
) -> Result<Plan, Failure> {
    let run = Run {
        schema: Run::SCHEMA,
        landfall: env!("CARGO_PKG_VERSION").to_owned(),
        started_at: now(),
        shard: part.map(|part| part.to_string()),
        rows: folder::rows_of(roster),
    };
    Ok(Plan::new(args.out.clone(), run, part))
}

/// A run that has ended.
struct Done<'a> {
    plan: Plan,
    tally: Tally<'a>,
}

fn look_at_all<'a>(
    context: &'a Context,
    args: &ClassVerifyArgs,
    roster: &class::Roster,
    mut plan: Plan,
    again: &str,
) -> Result<Done<'a>, Failure> {
    let base = visit::base(context);
    let visits: Vec<Arc<Visit>> = plan
        .left(roster)
        .into_iter()
        .map(|row| Arc::new(Visit::to(row, &base)))
        .collect();
    let mut tally = Tally::new(&context.course);
    for result in plan.settled() {
        tally.count(result);
    }
    let runtime = real::runtime()?;
    let request = real::session_request(context, &base.chapter);
    let session = runtime.block_on(Session::open(request));
    if !visits.is_empty() {
        // Before anything is begun: without these there would be nothing but trouble, once for each student.
        if let Err(why) = runtime.block_on(session.credentials()) {
            return Err(no_way_in(&session, &why));
        }
    }
    if !plan.is_begun() {
        let folder = folder::begin(&args.out, plan.run())?;
        plan.is_kept_in(folder);
    }
    let mut voice = Voice::new(
        Arc::clone(&context.ui),
        visits.len(),
        plan.settled().count(),
        &plan.folder().display().to_string(),
        again,
        now(),
    );
    voice.begin(&plan);
    voice.newcomers(plan.newcomers(roster).len());
    let instructor = Instructor::new(session.clone());
    let areas = Arc::new(Asked::All.areas(&context.course));
    let mut stopped: Option<CredentialTrouble> = None;
    let mut unkept: Option<Failure> = None;
    let at_once = usize::from(args.at_once);
    let lanes = Arc::new(Semaphore::new(at_once));
    let work = |place: usize| {
        let (instructor, areas) = (instructor.clone(), Arc::clone(&areas));
        visit(
            instructor,
            Arc::clone(&visits[place]),
            areas,
            Arc::clone(&lanes),
        )
    };
    let told = |event: Event<Visited>| {
        match event {
            Event::Tick => voice.tick(now()),
            Event::Ended(_, Some(Visited::NoInstructor(trouble))) => {
                stopped.get_or_insert(trouble);
            }
            Event::Ended(place, visited) => {
                let visit = &visits[place];
                let result = match visited {
                    Some(Visited::Row(result)) => *result,
                    _ => visit.broke_down(now()),
                };
                tally.count(&result);
                voice.ended(&visit.student, &result, now());
                if let Err(failure) = folder::keep(plan.folder(), &result) {
                    unkept.get_or_insert(failure);
                }
            }
        }
        // Without credentials, or without a place to keep it, nothing more is worth asking.
        if stopped.is_some() || unkept.is_some() {
            GoOn::NothingNew
        } else {
            GoOn::Yes
        }
    };
    runtime.block_on(a_few_at_once(
        visits.len(),
        // Whoever waits at a door, also in vain, takes no account's place: as many again may stand there.
        at_once * 2,
        Duration::from_secs(1),
        work,
        told,
    ));
    let left = voice.end();
    if let Some(failure) = unkept {
        return Err(failure.hint(format!("Then go on with: {again}")));
    }
    if let Some(trouble) = stopped {
        let failure = no_way_in(&session, &Why::Credentials(trouble));
        return Err(failure.hint(format!(
            "What was found is kept; {left} left. Then go on with: {again}"
        )));
    }
    Ok(Done { plan, tally })
}

/// The instructor's own credentials do not work: one message, not one for each student.
fn no_way_in(session: &Session, why: &Why) -> Failure {
    match why {
        Why::Credentials(trouble) => {
            let advice = session.advice(*trouble);
            let failure = Failure::unreadable(format!(
                "No account can be looked at with your own credentials. {}",
                advice.say
            ));
            match advice.command {
                Some(command) => failure.hint(command),
                None => failure,
            }
        }
        Why::Other { say } => Failure::unreadable(format!(
            "No account can be looked at with your own credentials: {}.",
            one_line(say)
        )),
        _ => Failure::unreadable("Your own credentials could not be had in time.")
            .hint("Look at your network, and try again."),
    }
}

/// The report of this run, and the exit code of the public contract over everybody in it.
fn tell(
    context: &Context,
    format: Format,
    args: &ClassVerifyArgs,
    telling: Telling,
    done: &Done<'_>,
) -> Outcome {
    let folder = done.plan.folder().to_path_buf();
    let rows: Vec<RunRow> = done.plan.run().own_rows().cloned().collect();
    let report = draw_up(
        &context.course,
        ClassInput {
            rows: &rows,
            evidence: folder::gather(std::slice::from_ref(&folder))?.evidence,
            overrides: &telling.overrides,
            deadline: telling.deadline,
            detail: telling.detail,
            anonymise: args.telling.anonymise,
            full_accounts: args.telling.full_accounts,
            moment: telling.moment,
        },
    );
    report::show(context, format, &report, &args.telling, None)?;
    context.ui.say_prose(format!(
        "Kept in {}. See it again, with bundles too: landfall class report {}",
        folder.display(),
        plan::quoted(&args.out)
    ));
    Ok(done.tally.exit())
}

/// The command that goes on with this run.
fn again(context: &Context, args: &ClassVerifyArgs) -> String {
    let mut words = vec!["landfall".to_owned()];
    for (flag, value) in [
        ("--profile", &context.globals.profile),
        ("--region", &context.globals.region),
    ] {
        if let Some(value) = value {
            words.push(format!("{flag} {}", plan::quoted_text(value)));
        }
    }
    words.push(format!("class verify {}", plan::quoted(&args.roster)));
    words.push("--resume".to_owned());
    if args.out != std::path::Path::new("landfall-class") {
        words.push(format!("--out {}", plan::quoted(&args.out)));
    }
    words.join(" ")
}

/// Nothing of a class is left to look at.
fn nothing_to_look_at(message: String) -> Failure {
    Failure::new(Exit::Usage, message)
}
