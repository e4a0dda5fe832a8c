//! `landfall verify`: check steps against the account.

use super::choose;
use super::context::{Context, now};
use super::evidence::{self, Judged, SavedLook};
use super::failure::{Exit, Failure, Outcome};
use super::trouble;
use crate::account::{CallRecord, Snapshot};
use crate::checks::{Asked, Preflight, Stack, Totals, Verification, preflight, verify};
use crate::cli::{Format, VerifyArgs};
use crate::report;
use crate::term::overview::{Detail, next_step, overview};
use crate::term::preflight::preflight_lines;
use crate::term::{Line, Tone};
use std::collections::BTreeMap;
use std::time::Duration;

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
    if args.watch {
        judged = watch(context, &asked, judged)?;
    }
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
        preflight: preflight(&stack, &context.course, &asked),
    };
    show(context, format, &shown, calls);
    Ok(exit(&judged.verification.totals))
}

fn look(context: &mut Context, asked: &Asked) -> Result<Judged, Failure> {
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
    lines.extend(overview(verification, detail, width));
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

/// Between two looks, at first and at most.
const PAUSES: (Duration, Duration) = (Duration::from_secs(2), Duration::from_secs(30));

/// A watch ends after this long, so that none is forgotten overnight.
const LONGEST_WATCH: Duration = Duration::from_secs(3600);

/// Looks again while something is pending, with growing pauses, and prints only what changed.
fn watch(context: &mut Context, asked: &Asked, first: Judged) -> Result<Judged, Failure> {
    let begun = now();
    let mut judged = first;
    let mut pause = PAUSES.0;
    report_pending(context, &judged.verification);
    while judged.verification.totals.pending > 0 {
        if now().duration_since(begun).unsigned_abs() >= LONGEST_WATCH {
            context
                .ui
                .say("An hour has passed; `landfall verify --watch` goes on watching.");
            break;
        }
        std::thread::sleep(pause);
        pause = (pause * 3 / 2).min(PAUSES.1);
        let before = words(&judged.verification);
        judged = evidence::look_and_judge(context, asked)?;
        for (check, (verdict, summary)) in words(&judged.verification) {
            if before.get(&check).is_none_or(|(old, _)| *old != verdict) {
                context.ui.say(
                    Line::new(
                        Tone::Verdict(verdict),
                        format!("{} {}", verdict.symbol(), verdict.words()),
                    )
                    .and(Tone::Plain, format!("  {check}: {summary}")),
                );
            }
        }
    }
    Ok(judged)
}

fn report_pending(context: &Context, verification: &Verification) {
    for (check, (verdict, summary)) in words(verification) {
        if verdict == crate::checks::Verdict::Pending {
            context.ui.say(format!("waiting for {check}: {summary}"));
        }
    }
}

fn words(verification: &Verification) -> BTreeMap<String, (crate::checks::Verdict, String)> {
    verification
        .lessons
        .iter()
        .flat_map(|lesson| &lesson.steps)
        .flat_map(|step| &step.checks)
        .map(|finding| {
            (
                finding.check.to_string(),
                (finding.verdict, finding.summary.clone()),
            )
        })
        .collect()
}
