//! ACM: certificates. Summaries tell which ones may cover the host; only those are described.

use super::{answer, filled, pages};
use crate::account::{Certificate, DnsRecord, Validation};
use crate::aws::wire::At;
use serde::Deserialize;

#[derive(Debug, Deserialize)]
pub(in crate::aws) struct ListCertificates {
    #[serde(rename = "CertificateSummaryList")]
    summaries: Vec<Summary>,
    #[serde(rename = "NextToken")]
    next: Option<String>,
}

pages!(ListCertificates: LIST_CERTIFICATES, summaries of Summary);

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(in crate::aws) struct Summary {
    pub certificate_arn: String,
    pub domain_name: Option<String>,
    #[serde(default)]
    pub subject_alternative_name_summaries: Vec<String>,
    /// The summary does not hold all names.
    #[serde(default)]
    pub has_additional_subject_alternative_names: bool,
}

#[derive(Debug, Deserialize)]
pub(in crate::aws) struct DescribeCertificate {
    #[serde(rename = "Certificate")]
    certificate: Detail,
}

answer!(DescribeCertificate: DESCRIBE_CERTIFICATE);

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Detail {
    certificate_arn: String,
    #[serde(rename = "Type")]
    kind: Option<String>,
    #[serde(default)]
    domain_name: String,
    #[serde(default)]
    subject_alternative_names: Vec<String>,
    status: String,
    failure_reason: Option<String>,
    key_algorithm: Option<String>,
    not_after: Option<At>,
    created_at: Option<At>,
    #[serde(default)]
    in_use_by: Vec<String>,
    #[serde(default)]
    domain_validation_options: Vec<ValidationItem>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct ValidationItem {
    #[serde(default)]
    domain_name: String,
    validation_method: Option<String>,
    validation_status: Option<String>,
    resource_record: Option<RecordItem>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct RecordItem {
    name: String,
    value: String,
}

impl From<DescribeCertificate> for Certificate {
    fn from(answer: DescribeCertificate) -> Self {
        let detail = answer.certificate;
        let mut names = detail.subject_alternative_names;
        if !detail.domain_name.is_empty() && !names.contains(&detail.domain_name) {
            names.insert(0, detail.domain_name.clone());
        }
        Certificate {
            arn: detail.certificate_arn.into(),
            kind: filled(detail.kind),
            domain: detail.domain_name,
            names,
            status: detail.status,
            failure_reason: filled(detail.failure_reason),
            key_algorithm: filled(detail.key_algorithm),
            not_after: detail.not_after.map(Into::into),
            created_at: detail.created_at.map(Into::into),
            in_use_by: super::all(detail.in_use_by),
            validations: detail
                .domain_validation_options
                .into_iter()
                .map(|one| Validation {
                    domain: one.domain_name,
                    method: filled(one.validation_method),
                    status: filled(one.validation_status),
                    record: one.resource_record.map(|record| DnsRecord {
                        name: record.name,
                        value: record.value,
                    }),
                })
                .collect(),
        }
    }
}
