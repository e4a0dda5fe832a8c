//! `landfall policy`: the minimal read-only policy.

use super::context::Context;
use super::evidence;
use super::failure::{Exit, Failure, Outcome};
use crate::account::Area;
use crate::aws::{Allowance, actions};
use crate::checks::Asked;
use crate::cli::Format;
use crate::report::policy::{self, PolicyStatement};
use crate::term::{Line, Tone};
use std::collections::BTreeSet;

/// Runs the command.
///
/// # Errors
/// Unknown steps; a policy that would not fit.
pub fn run(context: &Context, words: &[String]) -> Outcome {
    let format = context.format(
        "policy",
        &[Format::Text, Format::Json, Format::Cloudformation],
    )?;
    let asked = evidence::asked(context, words)?;
    let mut areas = asked.areas(&context.course);
    if asked == Asked::All {
        // The whole policy also serves the last lesson, which looks for leftovers.
        areas.insert(Area::Leftovers);
    }
    let statements = statements(&areas);
    let document = policy::document(&statements);
    let length = policy::length(&document);
    if length > policy::LONGEST_MANAGED_POLICY {
        return Err(Failure::unreadable(format!(
            "The policy has {length} characters; IAM takes {}.",
            policy::LONGEST_MANAGED_POLICY
        ))
        .hint("Ask for less at a time: landfall policy --for LESSON"));
    }
    match format {
        Format::Json => context.ui.document(&format!("{document:#}\n")),
        Format::Cloudformation => {
            let template = policy::template(&statements, &context.chapter().user);
            context.ui.document(&format!("{template:#}\n"));
        }
        _ => context
            .ui
            .print_all(&text(&statements, &context.chapter().user)),
    }
    Ok(Exit::Passed)
}

fn statements(areas: &BTreeSet<Area>) -> Vec<PolicyStatement> {
    actions(areas)
        .into_iter()
        .map(|(allowance, actions)| match allowance {
            Allowance::Reads => PolicyStatement {
                sid: "LandfallReads",
                actions,
                resources: vec!["*".to_owned()],
            },
            Allowance::ChapterLogs => PolicyStatement {
                sid: "LandfallReadsTheChaptersLogs",
                actions,
                resources: vec!["arn:aws:logs:*:*:log-group:/ecs/news*".to_owned()],
            },
        })
        .collect()
}

fn text(statements: &[PolicyStatement], user: &str) -> Vec<Line> {
    let mut lines = vec![Line::new(
        Tone::Heading,
        "What Landfall has to be allowed: reading, and nothing else",
    )];
    for statement in statements {
        lines.push(Line::blank());
        lines.push(Line::new(
            Tone::Quiet,
            format!("on {}", statement.resources.join(", ")),
        ));
        lines.extend(
            statement
                .actions
                .iter()
                .map(|action| Line::from(format!("  {action}"))),
        );
    }
    lines.push(Line::blank());
    lines.push(Line::new(Tone::Quiet, "To attach it:"));
    lines.push(Line::new(
        Tone::Code,
        "landfall policy --format json > landfall-read.json",
    ));
    // As a managed policy: an inline one on a user may hold 2,048 characters only (IAM quotas).
    lines.push(Line::new(
        Tone::Code,
        "aws iam create-policy --policy-name landfall-read --policy-document file://landfall-read.json",
    ));
    lines.push(Line::new(
        Tone::Code,
        format!("aws iam attach-user-policy --user-name {user} --policy-arn arn:aws:iam::ACCOUNT:policy/landfall-read"),
    ));
    lines
}
