//! A word that an instructor asked for, put on a resource as a tag by the learner: it shows that whoever made the bundle
//! could change that account after the word was given.

use crate::account::{DatabaseInstance, SecurityGroup, Snapshot};
use serde::{Deserialize, Serialize};

pub use crate::account::{NONCE_TAG, is_nonce};

/// What was asked for and what was seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Nonce {
    pub asked: String,
    /// Where the tag with just this value was read; empty when nowhere.
    pub seen: Vec<NonceSeen>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NonceSeen {
    /// `sg-0a1b...` or `news-api-db`.
    pub resource: String,
    /// `ec2:DescribeSecurityGroups`.
    pub api: String,
}

/// Looks for the word in what was read: on security groups of the account itself (a group that another account shares is
/// tagged over there) and on databases.
pub fn nonce(snapshot: &Snapshot, word: &str) -> Nonce {
    let groups = own_groups(snapshot)
        .filter(|group| group.nonce.as_deref() == Some(word))
        .map(|group| NonceSeen {
            resource: group.id.to_string(),
            api: "ec2:DescribeSecurityGroups".to_owned(),
        });
    let databases = databases(snapshot)
        .filter(|database| database.nonce.as_deref() == Some(word))
        .map(|database| NonceSeen {
            resource: database.id.clone(),
            api: "rds:DescribeDBInstances".to_owned(),
        });
    Nonce {
        asked: word.to_owned(),
        seen: groups.chain(databases).collect(),
    }
}

/// The command that puts the word on a resource that is there: one of the chapter's groups, else its database. `None`
/// while there is neither. Landfall prints it and never runs it.
pub fn tag_command(snapshot: &Snapshot, word: &str) -> Option<String> {
    let region = Some(&snapshot.region).filter(|region| region.is_well_formed())?;
    if !is_nonce(word) {
        return None;
    }
    let names = &snapshot.chapter.groups;
    let names = [&names.tasks, &names.database, &names.alb, &names.cache];
    let group = names.into_iter().find_map(|name| {
        own_groups(snapshot).find(|group| group.name == *name && is_plain(group.id.as_str()))
    });
    if let Some(group) = group {
        return Some(format!(
            "aws ec2 create-tags --resources {} --tags Key={NONCE_TAG},Value={word} --region {region}",
            group.id
        ));
    }
    let name = &snapshot.chapter.database.instance;
    let database = databases(snapshot)
        .find(|database| database.id.eq_ignore_ascii_case(name) && is_plain(&database.id))?;
    let caller = snapshot.caller.present()?;
    let partition = caller.arn.partition().filter(|name| is_plain(name))?;
    let account = Some(caller.account.as_str()).filter(|number| is_plain(number))?;
    Some(format!(
        "aws rds add-tags-to-resource --resource-name arn:{partition}:rds:{region}:{account}:db:{} \
         --tags Key={NONCE_TAG},Value={word} --region {region}",
        database.id
    ))
}

fn own_groups(snapshot: &Snapshot) -> impl Iterator<Item = &SecurityGroup> {
    let account = snapshot.account();
    snapshot
        .network
        .groups
        .present()
        .into_iter()
        .flatten()
        .filter(move |group| account == Some(&group.owner))
}

fn databases(snapshot: &Snapshot) -> impl Iterator<Item = &DatabaseInstance> {
    snapshot.databases.present().into_iter().flatten()
}

/// Nothing that means something to a shell.
fn is_plain(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}
