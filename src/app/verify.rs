//! `landfall verify`: check steps against the account.

use super::choose;
use super::context::{Context, now};
use super::evidence::{self, Judged, SavedLook};
use super::failure::{Exit, Failure, Outcome};
use super::local_time::LocalTime;
use super::{memory, trouble, watching};
use crate::account::{CallRecord, Snapshot};
use crate::checks::{Asked, Preflight, Stack, Totals, Verification, preflight, verify};
use crate::cli::{AccountChoice, Format, VerifyArgs};
use crate::report;
use crate::term::overview::{Detail, Remarks, next_step, remarked};
use crate::term::preflight::preflight_lines;
use crate::term::{Line, Tone};

/// Runs the command.
///
/// # Errors
/// Unknown steps, an unreadable file, no way to look at all.
pub fn run(context: &mut Context, args: &VerifyArgs) -> Outcome {
    let format = context.format("verify", &[Format::Text, Format::Json, Format::Junit])?;
    let asked = evidence::asked(context, &args.steps)?;
    if let Some(path) = &args.from {
        let saved = evidence::read_saved(path)?;
        let stack = Stack {
            snapshot: &saved.snapshot,
            attested: &saved.attested,
            teardown_begun: saved.teardown_begun,
        };
        let verification = verify(&stack, &context.course, &asked);
        let shown = Shown {
            asked: &asked,
            snapshot: &saved.snapshot,
            verification: &verification,
            remarks: &Remarks::new(),
            preflight: preflight(&stack, &context.course, &asked),
        };
        show(context, format, &shown, None);
        return Ok(exit(&verification.totals));
    }
    let mut judged = look(context, &asked)?;
    if format == Format::Text && context.ui.is_attended() {
        let mut prompter = context.prompter();
        judged = match choose::settle(context, prompter.as_mut(), &asked, judged, |context| {
            look(context, &asked)
        })? {
            Some(judged) => judged,
            None => return Ok(Exit::Interrupted),
        };
    }
    let mut ended = None;
    if args.watch {
        let watched = watching::watch(context, &asked, judged, &again(context, args))?;
        ended = Some(watched.exit());
        judged = watched.judged;
    }
    if let Some(path) = &args.save {
        let saved = SavedLook {
            landfall: env!("CARGO_PKG_VERSION").to_owned(),
            attested: judged.attested.clone(),
            teardown_begun: judged.teardown_begun,
            snapshot: judged.look.snapshot.clone(),
        };
        evidence::save(path, &saved)?;
        context
            .ui
            .say(format!("What was read is in {}.", path.display()));
    }
    let remarks = memory::remarks(context, &judged, &LocalTime::here(now()))?;
    let calls = args.show_calls.then_some(judged.look.calls.as_slice());
    let stack = Stack {
        snapshot: &judged.look.snapshot,
        attested: &judged.attested,
        teardown_begun: judged.teardown_begun,
    };
    let shown = Shown {
        asked: &asked,
        snapshot: &judged.look.snapshot,
        verification: &judged.verification,
        remarks: &remarks,
        preflight: preflight(&stack, &context.course, &asked),
    };
    show(context, format, &shown, calls);
    Ok(ended.unwrap_or_else(|| exit(&judged.verification.totals)))
}

/// The command that begins this watch again.
fn again(context: &Context, args: &VerifyArgs) -> String {
    let globals = &context.globals;
    let account = match globals.account {
        Some(AccountChoice::Practice) => Some("practice"),
        Some(AccountChoice::Aws) => Some("aws"),
        None => None,
    };
    let mut words = vec!["landfall"];
    for (flag, value) in [
        ("--account", account),
        ("--profile", globals.profile.as_deref()),
        ("--region", globals.region.as_deref()),
    ] {
        words.extend(value.into_iter().flat_map(|value| [flag, value]));
    }
    words.push("verify");
    words.extend(args.steps.iter().map(String::as_str));
    words.push("--watch");
    words.join(" ")
}

/// Looks and judges; what is being done is said at once.
///
/// # Errors
/// As [`evidence::look_and_judge`].
pub(super) fn look(context: &mut Context, asked: &Asked) -> Result<Judged, Failure> {
    let waiting = context.ui.waiting(match context.source() {
        crate::account::Source::Practice => "Looking at the practice account ...",
        _ => "Looking at your AWS account, read-only ...",
    });
    let judged = evidence::look_and_judge(context, asked);
    drop(waiting);
    judged
}

/// The exit code of the public contract.
pub fn exit(totals: &Totals) -> Exit {
    if totals.failed > 0 {
        Exit::Failed
    } else if totals.unknown > 0 {
        Exit::Unreadable
    } else if totals.missing + totals.pending + totals.blocked > 0 {
        Exit::Unfinished
    } else {
        Exit::Passed
    }
}

/// What there is to print.
struct Shown<'a> {
    asked: &'a Asked,
    snapshot: &'a Snapshot,
    verification: &'a Verification,
    remarks: &'a Remarks,
    preflight: Option<Preflight>,
}

/// Prints a verification in the format asked for.
fn show(context: &Context, format: Format, shown: &Shown<'_>, calls: Option<&[CallRecord]>) {
    let ui = &context.ui;
    match format {
        Format::Json => ui.document(&report::verify_json(
            shown.snapshot,
            shown.verification,
            shown.preflight.as_ref(),
            calls,
        )),
        Format::Junit => ui.document(&report::junit(shown.verification)),
        _ => {
            ui.print_all(&text(context, shown));
            if let Some(calls) = calls {
                ui.print_all(&call_lines(calls));
            }
        }
    }
}

/// The screen of a verification.
fn text(context: &Context, shown: &Shown<'_>) -> Vec<Line> {
    let Shown {
        asked,
        snapshot,
        verification,
        remarks,
        preflight,
    } = shown;
    let width = context.ui.prose_width();
    let mut lines = vec![head(snapshot)];
    if let Some(trouble) = trouble::of_all(snapshot, verification) {
        lines.push(Line::blank());
        lines.extend(trouble::lines(&trouble, width));
        return lines;
    }
    let detail = match asked {
        _ if context.is_verbose() => Detail::Everything,
        Asked::All => Detail::Course,
        Asked::Steps(_) => Detail::Steps,
    };
    lines.extend(remarked(verification, detail, remarks, width));
    if let Some(preflight) = preflight {
        lines.extend(preflight_lines(preflight, width));
        lines.push(Line::blank());
    }
    if verification.root_cause.is_none() {
        lines.extend(next_step(verification, width));
    }
    lines
}

/// Account, region, principal, and that nothing is changed.
pub fn head(snapshot: &Snapshot) -> Line {
    let mut words = Vec::new();
    match snapshot.source {
        crate::account::Source::Practice => words.push("practice account".to_owned()),
        crate::account::Source::Snapshot => words.push("saved look".to_owned()),
        crate::account::Source::Aws => {}
    }
    if let Some(caller) = snapshot.caller.present() {
        if snapshot.source != crate::account::Source::Practice {
            words.push(format!("account {}", caller.account));
        }
        words.push(caller.arn.resource().unwrap_or_default().to_owned());
    }
    words.push(snapshot.region.to_string());
    words.push("read-only".to_owned());
    Line::new(Tone::Quiet, words.join(" | "))
}

fn call_lines(calls: &[CallRecord]) -> Vec<Line> {
    let mut lines = vec![
        Line::blank(),
        Line::new(Tone::Heading, format!("AWS calls: {}", calls.len())),
    ];
    lines.extend(calls.iter().map(|call| {
        Line::from(format!("  {}:{}", call.service, call.operation)).and(
            Tone::Quiet,
            format!("  {} {} ms", call.outcome.word(), call.ms),
        )
    }));
    lines
}
