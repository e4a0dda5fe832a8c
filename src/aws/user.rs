//! The IAM user of daily work, its second factor, keys and policies.

use super::answer::{Answer, Page, Split};
use super::call::Call;
use super::calls;
use super::error::{FactFrom, ReadError};
use super::input::Input;
use super::policies::{self, Holder};
use super::read::Reader;
use super::wire::{At, List};
use crate::account::{AccessKey, Arn, AttachedPolicy, Caller, Chapter, Fact, Principal, User};
use futures_util::future::join_all;
use serde::Deserialize;

const ABSENT: &[&str] = &["NoSuchEntity"];

/// The caller's own user, else the configured one.
pub(super) async fn user(reader: &Reader, chapter: &Chapter, caller: &Fact<Caller>) -> Fact<User> {
    let name = match caller.present().map(|caller| &caller.principal) {
        Some(Principal::User { name }) => name.as_str(),
        _ => chapter.user.as_str(),
    };
    let (found, mfa_devices, access_keys, policies) = tokio::join!(
        reader.ask::<GetUser>(by_name(name)),
        reader.pages::<ListMfaDevices>(by_name(name)),
        reader.pages::<ListAccessKeys>(by_name(name)),
        all_policies(reader, name),
    );
    found.fact(ABSENT).map(|answer| User {
        name: answer.user.name,
        created_at: answer.user.created_at.map(Into::into),
        boundary: answer.user.boundary.map(|boundary| Arn::from(boundary.arn)),
        mfa_devices: mfa_devices
            .map(|devices| u32::try_from(devices.len()).unwrap_or(u32::MAX))
            .fact(ABSENT),
        access_keys: access_keys
            .map(|keys| {
                keys.into_iter()
                    .map(|key| AccessKey {
                        created_at: key.created_at.0,
                        active: key.status == "Active",
                    })
                    .collect()
            })
            .fact(ABSENT),
        policies: policies.fact(ABSENT),
    })
}

fn by_name(name: &str) -> Input {
    Input::none().with("UserName", name)
}

/// The user's own and those of its groups.
async fn all_policies(reader: &Reader, name: &str) -> Result<Vec<AttachedPolicy>, ReadError> {
    let of_groups = async {
        let groups = reader.pages::<ListGroupsForUser>(by_name(name)).await?;
        let lists = groups
            .iter()
            .map(|group| policies::of(reader, Holder::Group(&group.name)));
        join_all(lists)
            .await
            .into_iter()
            .collect::<Result<Vec<_>, _>>()
    };
    let (mut own, of_groups) =
        tokio::try_join!(policies::of(reader, Holder::User(name)), of_groups)?;
    own.extend(of_groups.into_iter().flatten());
    Ok(own)
}

#[derive(Debug, Deserialize)]
pub(super) struct GetUser {
    #[serde(rename = "User")]
    user: Found,
}

#[derive(Debug, Deserialize)]
struct Found {
    #[serde(rename = "UserName")]
    name: String,
    #[serde(rename = "CreateDate")]
    created_at: Option<At>,
    #[serde(rename = "PermissionsBoundary")]
    boundary: Option<Boundary>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Boundary {
    #[serde(rename = "PermissionsBoundaryArn")]
    pub arn: String,
}

impl Answer for GetUser {
    const CALL: &'static Call = &calls::GET_USER;
}

#[derive(Debug, Deserialize)]
pub(super) struct ListMfaDevices {
    #[serde(rename = "MFADevices")]
    devices: List<Device>,
    #[serde(rename = "Marker")]
    marker: Option<String>,
}

/// Counted only.
#[derive(Debug, Deserialize)]
pub(super) struct Device {}

impl Answer for ListMfaDevices {
    const CALL: &'static Call = &calls::LIST_MFA_DEVICES;
}

impl Page for ListMfaDevices {
    type Item = Device;

    fn split(self) -> Split<Device> {
        Split {
            items: self.devices.0,
            next: self.marker,
        }
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct ListAccessKeys {
    #[serde(rename = "AccessKeyMetadata")]
    keys: List<Key>,
    #[serde(rename = "Marker")]
    marker: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Key {
    #[serde(rename = "Status")]
    status: String,
    #[serde(rename = "CreateDate")]
    created_at: At,
}

impl Answer for ListAccessKeys {
    const CALL: &'static Call = &calls::LIST_ACCESS_KEYS;
}

impl Page for ListAccessKeys {
    type Item = Key;

    fn split(self) -> Split<Key> {
        Split {
            items: self.keys.0,
            next: self.marker,
        }
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct ListGroupsForUser {
    #[serde(rename = "Groups")]
    groups: List<Group>,
    #[serde(rename = "Marker")]
    marker: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Group {
    #[serde(rename = "GroupName")]
    name: String,
}

impl Answer for ListGroupsForUser {
    const CALL: &'static Call = &calls::LIST_GROUPS_FOR_USER;
}

impl Page for ListGroupsForUser {
    type Item = Group;

    fn split(self) -> Split<Group> {
        Split {
            items: self.groups.0,
            next: self.marker,
        }
    }
}
