//! What `landfall policy` shows.

use crate::report::policy::{
    self, DENIED, Instructor, LONGEST_INLINE_POLICY, LONGEST_MANAGED_POLICY, POLICY_NAME,
    PolicyStatement, ROLE_NAME,
};
use crate::term::layout::{Margin, wrap_text};
use crate::term::verdicts::count;
use crate::term::{Line, Tone};
use serde_json::{Value, json};

/// The learner's own permissions, and how to attach them.
pub(super) fn for_learner(
    statements: &[PolicyStatement],
    document: &Value,
    user: &str,
    words: &[String],
    width: usize,
) -> Vec<Line> {
    let mut lines = prose(
        Tone::Heading,
        "What Landfall has to be allowed: reading, and nothing else",
        width,
    );
    lines.extend(allowed(statements));
    lines.push(Line::blank());
    let length = policy::length(document);
    let room = if length <= LONGEST_INLINE_POLICY {
        format!(
            "{length} characters: it fits into a user's inline policies, too ({LONGEST_INLINE_POLICY} in all)."
        )
    } else {
        format!(
            "{length} characters of the {LONGEST_MANAGED_POLICY} that a managed policy may have. It is too long for a \
             user's inline policies ({LONGEST_INLINE_POLICY} in all)."
        )
    };
    lines.extend(prose(Tone::Quiet, &room, width));
    lines.extend(prose(Tone::Quiet, "To attach it:", width));
    let scope = scope(words);
    lines.extend(code(&[
        &format!("landfall policy{scope} --format json > {POLICY_NAME}.json"),
        &format!("ARN=$(aws iam create-policy --policy-name {POLICY_NAME} \\"),
        &format!("  --policy-document file://{POLICY_NAME}.json --query Policy.Arn --output text)"),
        &format!("aws iam attach-user-policy --user-name {user} --policy-arn \"$ARN\""),
    ]));
    lines.extend(prose(
        Tone::Quiet,
        "Or as a CloudFormation stack, which can be brought up to date later:",
        width,
    ));
    lines.extend(code(&[
        &format!("landfall policy{scope} --format cloudformation > {POLICY_NAME}.template"),
        &deploy(POLICY_NAME),
    ]));
    lines
}

/// The role for an instructor, and how to make it.
pub(super) fn for_instructor(
    statements: &[PolicyStatement],
    instructor: &Instructor,
    word: &str,
    words: &[String],
    width: usize,
) -> Vec<Line> {
    let mut lines = prose(
        Tone::Heading,
        "A role through which your instructor may look: reading, and nothing else",
        width,
    );
    lines.push(Line::blank());
    lines.extend(prose(
        Tone::Plain,
        &format!(
            "Only {} may use it, only with the external id {word}, and for at most an hour at a time.",
            instructor.arn()
        ),
        width,
    ));
    lines.extend(allowed(statements));
    lines.push(Line::blank());
    lines.push(Line::new(Tone::Quiet, "never, whatever else allows it"));
    lines.extend(
        DENIED
            .iter()
            .map(|action| Line::from(format!("  {action}"))),
    );
    lines.push(Line::blank());
    lines.extend(prose(Tone::Quiet, "To make it:", width));
    let (arn, scope) = (instructor.arn(), scope(words));
    lines.extend(code(&[
        &format!("landfall policy{scope} --instructor {arn} \\"),
        &format!("  --external-id {word} --format cloudformation > {ROLE_NAME}.template"),
        &deploy(ROLE_NAME),
    ]));
    lines.extend(prose(Tone::Quiet, "Or without CloudFormation:", width));
    let trust = policy::trust(instructor, &json!(word));
    lines.extend(code(&[
        &format!("landfall policy{scope} --instructor {arn} --format json > {ROLE_NAME}.json"),
        &format!(
            "aws iam create-role --role-name {ROLE_NAME} --max-session-duration {} \\",
            policy::LONGEST_SESSION_SECONDS
        ),
        &format!("  --assume-role-policy-document '{trust}'"),
        &format!("aws iam put-role-policy --role-name {ROLE_NAME} --policy-name {POLICY_NAME} \\"),
        &format!("  --policy-document file://{ROLE_NAME}.json"),
    ]));
    lines.extend(prose(
        Tone::Quiet,
        "Your instructor needs your account's number and the external id.",
        width,
    ));
    lines
}

/// The steps that were asked for, so that the commands ask for the same.
fn scope(words: &[String]) -> String {
    words.iter().map(|word| format!(" --for {word}")).collect()
}

fn deploy(name: &str) -> String {
    format!(
        "aws cloudformation deploy --template-file {name}.template --stack-name {name} \\\n  --capabilities CAPABILITY_NAMED_IAM"
    )
}

fn allowed(statements: &[PolicyStatement]) -> Vec<Line> {
    let mut lines = Vec::new();
    for statement in statements {
        lines.push(Line::blank());
        let number = count(statement.actions.len(), "action", "actions");
        let resources = statement.resources.join(", ");
        lines.push(Line::new(Tone::Quiet, format!("{number} on {resources}")));
        lines.extend(
            statement
                .actions
                .iter()
                .map(|action| Line::from(format!("  {action}"))),
        );
    }
    if lines.is_empty() {
        lines.push(Line::blank());
        lines.push(Line::from("  no permission at all"));
    }
    lines
}

fn prose(tone: Tone, text: &str, width: usize) -> Vec<Line> {
    wrap_text(text, tone, width, &Margin::default())
}

/// Commands as they are: a pasted line must not be broken.
fn code(commands: &[&str]) -> Vec<Line> {
    commands
        .iter()
        .flat_map(|command| command.lines())
        .map(|line| Line::new(Tone::Code, format!("  {line}")))
        .collect()
}
