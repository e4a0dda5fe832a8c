//! Parameter Store: names and kinds. Values are never asked for.

use super::{filled, pages};
use crate::account::{Parameter, ParameterKind, ParameterTier};
use crate::aws::wire::At;
use serde::Deserialize;

#[derive(Debug, Deserialize)]
pub(in crate::aws) struct DescribeParameters {
    #[serde(rename = "Parameters")]
    parameters: Vec<ParameterItem>,
    #[serde(rename = "NextToken")]
    next: Option<String>,
}

pages!(DescribeParameters: DESCRIBE_PARAMETERS, parameters of ParameterItem);

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(in crate::aws) struct ParameterItem {
    name: String,
    #[serde(rename = "Type")]
    kind: ParameterKind,
    key_id: Option<String>,
    last_modified_date: Option<At>,
    version: Option<u64>,
    tier: Option<String>,
}

impl From<ParameterItem> for Parameter {
    fn from(item: ParameterItem) -> Self {
        Parameter {
            name: item.name,
            kind: item.kind,
            key: filled(item.key_id),
            modified_at: item.last_modified_date.map(Into::into),
            version: item.version,
            // A tier that is new to us is no reason to read nothing.
            tier: match item.tier.as_deref() {
                Some("Standard") => Some(ParameterTier::Standard),
                Some("Advanced") => Some(ParameterTier::Advanced),
                Some("Intelligent-Tiering") => Some(ParameterTier::IntelligentTiering),
                _ => None,
            },
        }
    }
}
