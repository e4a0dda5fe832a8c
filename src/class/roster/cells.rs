//! What stands in a roster's cells, and what spreadsheets make of it.

use crate::account::Region;
use crate::report::policy::{ROLE_NAME, is_external_id};
use crate::report::sanitize;

/// No name is longer, in characters; what is longer is cut.
const LONGEST_TEXT: usize = 200;

/// What is wrong with a cell: what it is, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wrong {
    pub say: String,
    pub hint: Option<String>,
}

fn wrong(say: impl Into<String>, hint: impl Into<String>) -> Wrong {
    Wrong {
        say: say.into(),
        hint: Some(hint.into()),
    }
}

/// A text on one line without spaces around it, not endless, and without the formula that keeps a spreadsheet from taking
/// it for a number (`="0123"`).
pub(super) fn text(cell: &str) -> String {
    let clean = sanitize::one_line(cell);
    let clean = clean.trim();
    let clean = clean
        .strip_prefix("=\"")
        .and_then(|rest| rest.strip_suffix('"'))
        .map_or_else(|| clean.to_owned(), |inner| inner.replace("\"\"", "\""));
    let cut: String = clean.trim().chars().take(LONGEST_TEXT).collect();
    cut.trim_end().to_owned()
}

/// The same for a message, where a word is enough.
fn quoted(cell: &str) -> String {
    crate::report::fit::truncate(&text(cell), 40)
}

/// Twelve digits.
pub(super) fn account(cell: &str) -> Result<String, Wrong> {
    const AS_TEXT: &str =
        "Format the column as text in the spreadsheet, and enter the number again: twelve digits.";
    let text = text(cell);
    let bare: String = text
        .trim_start_matches('\'')
        .chars()
        .filter(|letter| !letter.is_whitespace() && !is_dash(*letter))
        .collect();
    let bare = bare.strip_suffix(".0").unwrap_or(&bare);
    let digits = !bare.is_empty() && bare.bytes().all(|byte| byte.is_ascii_digit());
    match bare.len() {
        12 if digits => Ok(bare.to_owned()),
        // A few digits are no account number that lost its zeros.
        9..=11 if digits => Err(wrong(
            format!(
                "the account number has {} digits, not 12: a spreadsheet takes zeros away from the front",
                bare.len()
            ),
            AS_TEXT,
        )),
        length if digits => Err(wrong(
            format!(
                "the account number has {length} {}, not 12",
                if length == 1 { "digit" } else { "digits" }
            ),
            "An account number has twelve digits: `aws sts get-caller-identity` shows it.",
        )),
        _ if is_scientific(&text) => Err(wrong(
            format!(
                "a spreadsheet has turned the account number into {}: its last digits are lost",
                quoted(&text)
            ),
            AS_TEXT,
        )),
        _ => Err(wrong(
            format!("`{}` is no account number", quoted(&text)),
            "An account number has twelve digits: `aws sts get-caller-identity` shows it.",
        )),
    }
}

/// Hyphens, and what word processors make of them.
fn is_dash(letter: char) -> bool {
    matches!(letter, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// `1.23457E+11`, `1,23457E+11`.
fn is_scientific(text: &str) -> bool {
    text.to_ascii_uppercase()
        .split_once("E+")
        .is_some_and(|(number, power)| {
            let is_number = |text: &str| {
                !text.is_empty()
                    && text
                        .bytes()
                        .all(|byte| byte.is_ascii_digit() || b".,".contains(&byte))
            };
            is_number(number) && is_number(power)
        })
}

/// A role, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RoleArn {
    pub partition: String,
    pub account: String,
    pub arn: String,
}

/// `arn:PARTITION:iam::ACCOUNT:role/PATH`.
pub(super) fn role(cell: &str) -> Result<RoleArn, Wrong> {
    let text = text(cell);
    let shape = format!("A role's ARN looks like arn:aws:iam::111122223333:role/{ROLE_NAME}");
    let parts: Vec<&str> = text.splitn(6, ':').collect();
    let ["arn", partition, service, region, account, resource] = parts.as_slice() else {
        return Err(wrong(format!("`{}` is no ARN", quoted(&text)), shape));
    };
    if text.contains(['*', '?']) {
        return Err(wrong(
            "the ARN holds a wildcard, and one role is needed",
            shape,
        ));
    }
    if *service == "sts" {
        return Err(wrong(
            "this is the ARN of a session, which ends; the role's own ARN is needed",
            shape,
        ));
    }
    let (kind, path) = resource.split_once('/').unwrap_or((resource, ""));
    let what = match kind {
        _ if *service != "iam" || !partition.starts_with("aws") || !region.is_empty() => {
            "this is the ARN of something else"
        }
        "role" => "",
        "user" => "this is the ARN of a user",
        "group" => "this is the ARN of a group",
        "root" => "this is the ARN of a whole account",
        _ => "this is the ARN of something else",
    };
    if !what.is_empty() {
        return Err(wrong(format!("{what}; the ARN of a role is needed"), shape));
    }
    if account.len() != 12 || !account.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(wrong(
            "the account number in the ARN has not twelve digits",
            shape,
        ));
    }
    // The characters and lengths of names and paths: IAM user guide, "IAM and AWS STS quotas" (2026-11).
    let name = path.rsplit('/').next().unwrap_or_default();
    let fits = (1..=64).contains(&name.len())
        && path.len() <= 512 + 64
        && path
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"/+=,.@_-".contains(&byte));
    if !fits {
        return Err(wrong("the name in the ARN can be no role's", shape));
    }
    Ok(RoleArn {
        partition: (*partition).to_owned(),
        account: (*account).to_owned(),
        arn: text.clone(),
    })
}

/// The role that the course's template makes in an account.
pub(super) fn usual_role(account: &str, region: Option<&Region>) -> String {
    let partition = region.map_or("aws", partition);
    format!("arn:{partition}:iam::{account}:role/{ROLE_NAME}")
}

/// The partition of a region (AWS General Reference, "Partitions", 2026-11).
pub(super) fn partition(region: &Region) -> &'static str {
    const BEGINNINGS: [(&str, &str); 7] = [
        ("cn-", "aws-cn"),
        ("us-gov-", "aws-us-gov"),
        ("us-iso-", "aws-iso"),
        ("us-isob-", "aws-iso-b"),
        ("eu-isoe-", "aws-iso-e"),
        ("us-isof-", "aws-iso-f"),
        ("eusc-", "aws-eusc"),
    ];
    BEGINNINGS
        .iter()
        .find(|(begin, _)| region.as_str().starts_with(begin))
        .map_or("aws", |(_, partition)| partition)
}

/// The word that a role asks for; never repeated in a message.
pub(super) fn external_id(cell: &str) -> Result<String, Wrong> {
    let text = cell.trim();
    let text = text
        .strip_prefix("=\"")
        .and_then(|rest| rest.strip_suffix('"'))
        .unwrap_or(text);
    if is_external_id(text) {
        return Ok(text.to_owned());
    }
    Err(wrong(
        "this can be no external id",
        "An external id has 2 to 1224 letters, digits and _+=,.@:/- without spaces.",
    ))
}

/// `us-east-1`.
pub(super) fn region(cell: &str) -> Result<Region, Wrong> {
    let text = text(cell).to_ascii_lowercase();
    let region = Region::from(text.as_str());
    let fits = region.is_well_formed()
        && text.starts_with(|first: char| first.is_ascii_lowercase())
        && text.ends_with(|last: char| last.is_ascii_digit())
        && text.matches('-').count() >= 2;
    if fits {
        return Ok(region);
    }
    Err(wrong(
        format!("`{}` is no region", quoted(cell)),
        "A region is written like us-east-1.",
    ))
}

/// The IAM user of daily work (IAM user guide, "IAM and AWS STS quotas", 2026-11).
pub(super) fn user(cell: &str) -> Result<String, Wrong> {
    let text = text(cell);
    let fits = (1..=64).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"+=,.@_-".contains(&byte));
    if fits {
        return Ok(text);
    }
    Err(wrong(
        format!("`{}` can be no IAM user's name", quoted(&text)),
        "It is the name alone, such as news-admin: letters, digits and +=,.@_-",
    ))
}

/// `api.example.com`.
pub(super) fn host(cell: &str) -> Result<String, Wrong> {
    let text = text(cell).to_ascii_lowercase();
    let text = text.strip_suffix('.').unwrap_or(&text);
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
    };
    if text.len() <= 253 && text.contains('.') && text.split('.').all(is_label) {
        return Ok(text.to_owned());
    }
    Err(wrong(
        format!("`{}` is no host name", quoted(cell)),
        "It is the name alone, such as api.example.com: neither https:// nor a path.",
    ))
}

/// Words that other programs' rosters have under "role": who somebody is in a class, and no ARN.
pub(super) fn is_class_role(cell: &str) -> bool {
    const WORDS: [&str; 8] = [
        "student",
        "learner",
        "participant",
        "observer",
        "teacher",
        "instructor",
        "ta",
        "reader",
    ];
    WORDS.contains(&text(cell).to_ascii_lowercase().as_str())
}
