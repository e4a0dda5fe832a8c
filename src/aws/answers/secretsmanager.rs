//! Secrets Manager: that a secret exists. Its value is never asked for.

use super::answer;
use crate::account::Secret;
use crate::aws::wire::At;
use serde::Deserialize;

#[derive(Debug, Deserialize)]
pub(in crate::aws) struct DescribeSecret {
    #[serde(rename = "ARN")]
    arn: String,
    #[serde(rename = "Name")]
    name: String,
    /// Set while it waits to be deleted for good; it cannot be read then.
    #[serde(rename = "DeletedDate")]
    deleted: Option<At>,
}

answer!(DescribeSecret: DESCRIBE_SECRET);

impl From<DescribeSecret> for Secret {
    fn from(answer: DescribeSecret) -> Self {
        Secret {
            arn: answer.arn.into(),
            name: answer.name,
            deleted: answer.deleted.is_some(),
        }
    }
}
