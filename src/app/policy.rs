//! `landfall policy`: the minimal read-only policy, for the learner or for an instructor's role.

mod screen;
#[cfg(test)]
mod tests;

use super::context::Context;
use super::evidence;
use super::failure::{Exit, Failure, Outcome};
use crate::account::{Area, Region};
use crate::aws::{Allowance, Partition, actions};
use crate::checks::Asked;
use crate::cli::{Format, PolicyArgs};
use crate::report::policy::{self, Instructor, NotATrustee, PolicyStatement};
use crate::report::sanitize::json_document;
use serde_json::Value;
use std::collections::BTreeSet;

/// Runs the command.
///
/// # Errors
/// Unknown steps, an instructor who cannot be trusted with a role; a policy that would not fit.
pub fn run(context: &Context, args: &PolicyArgs) -> Outcome {
    let format = context.format(
        "policy",
        &[Format::Text, Format::Json, Format::Cloudformation],
    )?;
    let areas = areas(context, &args.for_steps)?;
    match &args.instructor {
        Some(arn) => for_instructor(context, format, &areas, arn, args),
        None => for_learner(context, format, &areas, &args.for_steps),
    }
}

/// What the policy is for: these steps, or all that is ever looked at.
fn areas(context: &Context, words: &[String]) -> Result<BTreeSet<Area>, Failure> {
    let asked = evidence::asked(context, words)?;
    let mut areas = asked.areas(&context.course);
    if asked == Asked::All {
        // The whole policy also serves the last lesson, which looks for leftovers.
        areas.insert(Area::Leftovers);
    }
    Ok(areas)
}

fn for_learner(
    context: &Context,
    format: Format,
    areas: &BTreeSet<Area>,
    words: &[String],
) -> Outcome {
    let statements = statements(context, areas, partition(context).in_arns());
    let document = policy::document(&statements);
    fits(&document)?;
    let user = context.chapter().user;
    match format {
        Format::Json => context.ui.document(&json_document(&document)),
        Format::Cloudformation => {
            let template = policy::template(&statements, &user);
            context.ui.document(&json_document(&template));
        }
        _ => {
            let width = context.ui.prose_width();
            let lines = screen::for_learner(&statements, &document, &user, words, width);
            context.ui.print_all(&lines);
        }
    }
    Ok(Exit::Passed)
}

fn for_instructor(
    context: &Context,
    format: Format,
    areas: &BTreeSet<Area>,
    arn: &str,
    args: &PolicyArgs,
) -> Outcome {
    let external_id = args.external_id.as_deref();
    let instructor = Instructor::parse(arn).map_err(|why| not_an_instructor(arn, why))?;
    if external_id.is_some_and(|word| !policy::is_external_id(word)) {
        return Err(
            Failure::usage("That external id cannot be used: it needs 2 to 1224 letters, digits or any of _+=,.@:/-")
                .hint("A random word for each learner is best, such as news-7f3a9c."),
        );
    }
    let statements = statements(context, areas, instructor.partition());
    let document = policy::role_document(&statements);
    fits(&document)?;
    match format {
        Format::Json => context.ui.document(&json_document(&document)),
        Format::Cloudformation => {
            let template = policy::role_template(&statements, &instructor, external_id);
            context.ui.document(&json_document(&template));
        }
        _ => {
            let Some(word) = external_id else {
                return Err(Failure::usage(
                    "An instructor's role needs an external id: a word that only you two know.",
                )
                .hint(format!(
                    "landfall policy --instructor {arn} --external-id WORD"
                ))
                .hint("With --format cloudformation it is asked for when the stack is made."));
            };
            let width = context.ui.prose_width();
            let lines =
                screen::for_instructor(&statements, &instructor, word, &args.for_steps, width);
            context.ui.print_all(&lines);
        }
    }
    Ok(Exit::Passed)
}

fn not_an_instructor(arn: &str, why: NotATrustee) -> Failure {
    let failure = Failure::usage(format!("`{arn}` cannot be given a role: {why}."));
    match why {
        NotATrustee::Session => failure.hint(
            "Give the role behind the session: arn:aws:iam::ACCOUNT:role/NAME instead of arn:aws:sts::ACCOUNT:assumed-role/NAME/SESSION.",
        ),
        NotATrustee::Wildcard => failure.hint("Name one role, user or account."),
        NotATrustee::NoSuchArn => failure.hint(
            "It looks like arn:aws:iam::123456789012:role/instructor; ask your instructor for it.",
        ),
    }
}

/// # Errors
/// IAM would not take it.
fn fits(document: &Value) -> Result<(), Failure> {
    let length = policy::length(document);
    if length <= policy::LONGEST_MANAGED_POLICY {
        return Ok(());
    }
    Err(Failure::unreadable(format!(
        "The policy has {length} characters; IAM takes {}.",
        policy::LONGEST_MANAGED_POLICY
    ))
    .hint("Ask for less at a time: landfall policy --for LESSON"))
}

fn statements(context: &Context, areas: &BTreeSet<Area>, partition: &str) -> Vec<PolicyStatement> {
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
                resources: policy::log_resources(partition, &context.chapter().log_group),
            },
        })
        .collect()
}

/// The partition that the learner works in, as far as it is known without asking AWS.
pub(super) fn partition(context: &Context) -> Partition {
    let region = context
        .globals
        .region
        .clone()
        .or_else(|| context.chosen_region())
        .map_or_else(|| context.chapter().region, Region);
    Partition::of(&region)
}
