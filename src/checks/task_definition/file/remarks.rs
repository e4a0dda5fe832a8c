//! Remarks on a file that says what runs.

use crate::account::{DefinitionFile, Encoding, Fact, RevisionArn, Tracked};
use crate::checks::finding::Judgement;

/// Adds what should be thought of although the file says what runs.
pub(super) fn advise(
    judgement: Judgement,
    file: &DefinitionFile,
    target: &RevisionArn,
    newest: Option<&RevisionArn>,
) -> Judgement {
    let mut remarks = Vec::new();
    if let Some(newest) = newest.filter(|newest| *newest != target) {
        remarks.push(format!(
            "{} is newer and not in use: a rollback, or was update-service forgotten?",
            newest.short()
        ));
    }
    remarks.extend(not_as_registered(file));
    match file.tracked {
        Fact::Present(Tracked::Untracked) => {
            remarks.push(format!(
                "Git does not know {} yet: git add and commit it.",
                file.path
            ));
        }
        Fact::Present(Tracked::Changed) => {
            remarks.push(format!("{} has changes that are not committed.", file.path));
        }
        _ => {}
    }
    if remarks.is_empty() {
        judgement
    } else {
        judgement.advise(remarks.join(" "))
    }
}

/// What `register-task-definition` would not take of a file that otherwise says what runs.
fn not_as_registered(file: &DefinitionFile) -> Vec<String> {
    let mut remarks = Vec::new();
    if file.wrapped {
        remarks.push(format!(
            "{} is wrapped in \"taskDefinition\"; register-task-definition wants what is inside.",
            file.path
        ));
    }
    if !file.added_by_aws.is_empty() {
        remarks.push(format!(
            "Take out what only AWS writes, register-task-definition refuses it: {}.",
            file.added_by_aws.join(", ")
        ));
    }
    if !file.placeholders.is_empty() {
        remarks.push(format!(
            "{} leaves places open, which have to be filled in before it is registered: {}.",
            file.path,
            file.placeholders.join(", ")
        ));
    }
    match file.encoding {
        Encoding::Utf8 => {}
        Encoding::Utf8WithMark => remarks.push(format!(
            "{} begins with a byte order mark, which the aws command line takes for broken JSON: save it as UTF-8 without one.",
            file.path
        )),
        Encoding::Utf16 => remarks.push(format!(
            "{} is UTF-16, as Windows PowerShell writes it; the aws command line wants UTF-8.",
            file.path
        )),
    }
    remarks
}
