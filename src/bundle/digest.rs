//! What tells a changed file from an unchanged one, and one stack from another.

use crate::account::{Fact, SecurityGroup, Snapshot};
use crate::course::CourseFiles;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

/// SHA-256 of a value as JSON without white space, its keys in order: `sha256:` and 64 hex digits.
pub fn digest_of(value: &Value) -> String {
    let mut text = String::new();
    canonical(value, &mut text);
    format!("sha256:{}", hex(text.as_bytes()))
}

/// See [`super::Bundle::fingerprint`]: 16 hex digits.
///
/// What goes in, one to a line: the account's number; the region; then in order, each as AWS gave it, the ids of those
/// security groups that bear the chapter's names, the ids of their VPCs (the default VPC before there is such a group), and
/// the ARNs of the load balancer and the target group with the chapter's names. A database has no id of AWS's that is known
/// from its first minute on, so its groups stand for it. Nothing that a repair changes goes in: no rule, state, setting or
/// time. What could not be read is left out, so a look that was refused something may have another fingerprint.
///
/// Every practice account has the same numbers and ids, hence the same fingerprint.
pub fn fingerprint(snapshot: &Snapshot) -> String {
    let chapter = &snapshot.chapter;
    let names = &chapter.groups;
    let names = [&names.alb, &names.tasks, &names.database, &names.cache];
    let ours: Vec<&SecurityGroup> = all(&snapshot.network.groups)
        .filter(|group| names.contains(&&group.name))
        .collect();
    let mut ids: BTreeSet<&str> = BTreeSet::new();
    if ours.is_empty() {
        let default = all(&snapshot.network.vpcs).filter(|vpc| vpc.is_default);
        ids.extend(default.map(|vpc| vpc.id.as_str()));
    }
    for group in ours {
        ids.extend([group.id.as_str(), group.vpc.as_str()]);
    }
    let balancers = all(&snapshot.balancers).filter(|one| one.name == chapter.balancer.name);
    ids.extend(balancers.map(|one| one.arn.as_str()));
    let targets =
        all(&snapshot.target_groups).filter(|one| one.name == chapter.balancer.target_group);
    ids.extend(targets.map(|one| one.arn.as_str()));

    let account = snapshot.account().map_or("", |account| account.as_str());
    let mut text = format!("{account}\n{}\n", snapshot.region);
    for id in ids {
        text.push_str(id);
        text.push('\n');
    }
    hex(text.as_bytes())[..16].to_owned()
}

/// A short digest of a course's files: another text of a lesson or a question gives another one.
pub fn content_of(files: &CourseFiles) -> String {
    let mut files: Vec<(&str, &str)> = files
        .files
        .iter()
        .map(|file| (file.name.as_str(), file.text.as_str()))
        .collect();
    files.sort_unstable();
    let mut hash = Sha256::new();
    for (name, text) in files {
        // Windows checks files out with other line ends.
        let text = text.replace("\r\n", "\n");
        hash.update(format!("{name} {}\n{text}", text.len()));
    }
    digits(&hash.finalize())[..16].to_owned()
}

fn all<T>(fact: &Fact<Vec<T>>) -> impl Iterator<Item = &T> {
    fact.present().into_iter().flatten()
}

/// The order of keys is written down here: that of [`serde_json::Map`] depends on who else is in the build.
fn canonical(value: &Value, text: &mut String) {
    match value {
        Value::Array(items) => {
            text.push('[');
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    text.push(',');
                }
                canonical(item, text);
            }
            text.push(']');
        }
        Value::Object(fields) => {
            let mut fields: Vec<(&String, &Value)> = fields.iter().collect();
            fields.sort_unstable_by_key(|(name, _)| *name);
            text.push('{');
            for (at, (name, inner)) in fields.into_iter().enumerate() {
                if at > 0 {
                    text.push(',');
                }
                text.push_str(&Value::from(name.as_str()).to_string());
                text.push(':');
                canonical(inner, text);
            }
            text.push('}');
        }
        plain => text.push_str(&plain.to_string()),
    }
}

fn hex(bytes: &[u8]) -> String {
    digits(&Sha256::digest(bytes))
}

fn digits(digest: &[u8]) -> String {
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}
