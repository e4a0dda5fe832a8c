//! The policies on a user, a group or a role, with their documents.

use super::answer::{Answer, Page, Split};
use super::call::Call;
use super::error::{FactFrom, ReadError};
use super::input::Input;
use super::read::Reader;
use super::wire::List;
use super::{calls, policy_document};
use crate::account::{Arn, AttachedPolicy, Fact, PolicyDocument};
use futures_util::future::join_all;
use serde::Deserialize;

/// Whose policies.
#[derive(Debug, Clone, Copy)]
pub(super) enum Holder<'a> {
    User(&'a str),
    Group(&'a str),
    Role(&'a str),
}

/// Attached and inline policies of one holder. A list that cannot be read makes the whole unknown; a document that
/// cannot be read makes only itself unknown.
pub(super) async fn of(
    reader: &Reader,
    holder: Holder<'_>,
) -> Result<Vec<AttachedPolicy>, ReadError> {
    let (attached, inline) = tokio::try_join!(
        attached_policies(reader, holder),
        inline_names(reader, holder),
    )?;
    let group = match holder {
        Holder::Group(name) => Some(name.to_owned()),
        Holder::User(_) | Holder::Role(_) => None,
    };
    let attached = attached.into_iter().map(|policy| {
        let group = group.clone();
        async move {
            AttachedPolicy {
                document: managed_document(reader, &policy.arn).await,
                name: policy.name,
                arn: Some(Arn::from(policy.arn)),
                through_group: group,
            }
        }
    });
    let inline = inline.into_iter().map(|name| {
        let group = group.clone();
        async move {
            AttachedPolicy {
                document: inline_document(reader, holder, &name).await,
                name,
                arn: None,
                through_group: group,
            }
        }
    });
    let (mut attached, inline) = tokio::join!(join_all(attached), join_all(inline));
    attached.extend(inline);
    Ok(attached)
}

/// The default version of a managed policy.
async fn managed_document(reader: &Reader, arn: &str) -> Fact<PolicyDocument> {
    let read = async {
        let policy = reader
            .ask::<GetPolicy>(Input::none().with("PolicyArn", arn))
            .await?;
        let version = Input::none()
            .with("PolicyArn", arn)
            .with("VersionId", policy.policy.default_version);
        reader.ask::<GetPolicyVersion>(version).await
    };
    read.await
        .fact(&["NoSuchEntity"])
        .and_then(|answer| policy_document::read(&answer.version.document))
}

async fn inline_document(reader: &Reader, holder: Holder<'_>, name: &str) -> Fact<PolicyDocument> {
    let document = match holder {
        Holder::User(user) => {
            let input = Input::none()
                .with("UserName", user)
                .with("PolicyName", name);
            reader
                .ask::<GetUserPolicy>(input)
                .await
                .map(|answer| answer.document)
        }
        Holder::Group(group) => {
            let input = Input::none()
                .with("GroupName", group)
                .with("PolicyName", name);
            reader
                .ask::<GetGroupPolicy>(input)
                .await
                .map(|answer| answer.document)
        }
        Holder::Role(role) => {
            let input = Input::none()
                .with("RoleName", role)
                .with("PolicyName", name);
            reader
                .ask::<GetRolePolicy>(input)
                .await
                .map(|answer| answer.document)
        }
    };
    document
        .fact(&["NoSuchEntity"])
        .and_then(|document| policy_document::read(&document))
}

async fn attached_policies(reader: &Reader, holder: Holder<'_>) -> Result<Vec<Managed>, ReadError> {
    match holder {
        Holder::User(name) => {
            let input = Input::none().with("UserName", name);
            reader.pages::<ListAttachedUserPolicies>(input).await
        }
        Holder::Group(name) => {
            let input = Input::none().with("GroupName", name);
            reader.pages::<ListAttachedGroupPolicies>(input).await
        }
        Holder::Role(name) => {
            let input = Input::none().with("RoleName", name);
            reader.pages::<ListAttachedRolePolicies>(input).await
        }
    }
}

async fn inline_names(reader: &Reader, holder: Holder<'_>) -> Result<Vec<String>, ReadError> {
    match holder {
        Holder::User(name) => {
            let input = Input::none().with("UserName", name);
            reader.pages::<ListUserPolicies>(input).await
        }
        Holder::Group(name) => {
            let input = Input::none().with("GroupName", name);
            reader.pages::<ListGroupPolicies>(input).await
        }
        Holder::Role(name) => {
            let input = Input::none().with("RoleName", name);
            reader.pages::<ListRolePolicies>(input).await
        }
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct Managed {
    #[serde(rename = "PolicyName")]
    name: String,
    #[serde(rename = "PolicyArn")]
    arn: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct GetPolicy {
    #[serde(rename = "Policy")]
    policy: DefaultVersion,
}

#[derive(Debug, Deserialize)]
struct DefaultVersion {
    #[serde(rename = "DefaultVersionId")]
    default_version: String,
}

impl Answer for GetPolicy {
    const CALL: &'static Call = &calls::GET_POLICY;
}

#[derive(Debug, Deserialize)]
pub(super) struct GetPolicyVersion {
    #[serde(rename = "PolicyVersion")]
    version: Version,
}

#[derive(Debug, Deserialize)]
struct Version {
    #[serde(rename = "Document")]
    document: String,
}

impl Answer for GetPolicyVersion {
    const CALL: &'static Call = &calls::GET_POLICY_VERSION;
}

macro_rules! inline_policy {
    ($($name:ident = $call:ident),*) => {$(
        #[derive(Debug, Deserialize)]
        pub(super) struct $name {
            #[serde(rename = "PolicyDocument")]
            document: String,
        }
        impl Answer for $name {
            const CALL: &'static Call = &calls::$call;
        }
    )*};
}

inline_policy! {
    GetUserPolicy = GET_USER_POLICY,
    GetGroupPolicy = GET_GROUP_POLICY,
    GetRolePolicy = GET_ROLE_POLICY
}

macro_rules! policy_list {
    ($($name:ident = $call:ident of $item:ty as $field:literal),*) => {$(
        #[derive(Debug, Deserialize)]
        pub(super) struct $name {
            #[serde(rename = $field)]
            policies: List<$item>,
            #[serde(rename = "Marker")]
            marker: Option<String>,
        }
        impl Answer for $name {
            const CALL: &'static Call = &calls::$call;
        }
        impl Page for $name {
            type Item = $item;
            fn split(self) -> Split<$item> {
                Split { items: self.policies.0, next: self.marker }
            }
        }
    )*};
}

policy_list! {
    ListAttachedUserPolicies = LIST_ATTACHED_USER_POLICIES of Managed as "AttachedPolicies",
    ListAttachedGroupPolicies = LIST_ATTACHED_GROUP_POLICIES of Managed as "AttachedPolicies",
    ListAttachedRolePolicies = LIST_ATTACHED_ROLE_POLICIES of Managed as "AttachedPolicies",
    ListUserPolicies = LIST_USER_POLICIES of String as "PolicyNames",
    ListGroupPolicies = LIST_GROUP_POLICIES of String as "PolicyNames",
    ListRolePolicies = LIST_ROLE_POLICIES of String as "PolicyNames"
}
