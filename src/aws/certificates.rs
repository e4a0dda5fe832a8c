//! ACM: the certificates that may cover the host, and those that the balancer's listeners use.

use super::answers::acm::{DescribeCertificate, ListCertificates, Summary};
use super::error::{FactFrom, ReadError};
use super::input::Input;
use super::read::Reader;
use crate::account::{Arn, Certificate, Fact, Why};
use futures_util::future::join_all;
use serde_json::json;
use std::collections::BTreeSet;
use std::future::Future;

/// Without them ListCertificates leaves out elliptic curves and large RSA keys.
const KEY_TYPES: [&str; 7] = [
    "RSA_1024",
    "RSA_2048",
    "RSA_3072",
    "RSA_4096",
    "EC_prime256v1",
    "EC_secp384r1",
    "EC_secp521r1",
];
/// Certificates that are opened: those of the host come first.
const MOST_OPENED: usize = 40;

/// Those of the region that may cover `host`, and those in use.
pub(super) async fn certificates(
    reader: &Reader,
    host: &str,
    in_use: impl Future<Output = BTreeSet<Arn>>,
) -> Fact<Vec<Certificate>> {
    let (summaries, in_use) = tokio::join!(summaries(reader), in_use);
    let summaries = match summaries {
        Ok(summaries) => summaries,
        Err(error) => return Fact::Unknown(error.why),
    };
    let (sure, perhaps): (Vec<Summary>, Vec<Summary>) = summaries
        .into_iter()
        .filter(|summary| may_cover(summary, host))
        .partition(|summary| names(summary).any(|name| covers(name, host)));
    let arns_of = |found: Vec<Summary>| {
        found
            .into_iter()
            .map(|summary| Arn::from(summary.certificate_arn))
    };
    let mut arns: Vec<Arn> = arns_of(sure).collect();
    let none_is_sure = arns.is_empty();
    let here =
        |arn: &Arn| arn.service() == Some("acm") && arn.region().as_ref() == Some(reader.region());
    for arn in in_use.into_iter().filter(here) {
        if !arns.contains(&arn) {
            arns.push(arn);
        }
    }
    for arn in arns_of(perhaps) {
        if !arns.contains(&arn) {
            arns.push(arn);
        }
    }
    let left_out = arns.len().saturating_sub(MOST_OPENED);
    arns.truncate(MOST_OPENED);
    let opened = join_all(arns.iter().map(|arn| describe(reader, arn))).await;
    let mut found = Vec::new();
    for certificate in opened {
        match certificate {
            Fact::Present(certificate) => found.push(certificate),
            // Deleted between the two calls.
            Fact::Absent => {}
            Fact::Unknown(why) => return Fact::Unknown(why),
        }
    }
    let covering = |one: &Certificate| one.names.iter().any(|name| covers(name, host));
    if left_out > 0 && none_is_sure && !found.iter().any(covering) {
        // The host's own may be among those that were left out.
        return Fact::Unknown(Why::Other {
            say: format!("there are {left_out} more certificates than Landfall opens"),
        });
    }
    Fact::Present(found)
}

/// The names in this region that cover the host, one per certificate.
pub(super) async fn names_covering(reader: &Reader, host: &str) -> Result<Vec<String>, ReadError> {
    let summaries = summaries(reader).await?;
    Ok(summaries
        .iter()
        .filter_map(|summary| names(summary).find(|name| covers(name, host)))
        .map(str::to_owned)
        .collect())
}

async fn summaries(reader: &Reader) -> Result<Vec<Summary>, ReadError> {
    let input = Input::none()
        .with("Includes", json!({"keyTypes": KEY_TYPES}))
        .with("MaxItems", 1000);
    reader.pages::<ListCertificates>(input).await
}

async fn describe(reader: &Reader, arn: &Arn) -> Fact<Certificate> {
    let input = Input::none().with("CertificateArn", arn.as_str());
    reader
        .ask::<DescribeCertificate>(input)
        .await
        .fact(&["ResourceNotFoundException"])
        .map(Certificate::from)
}

fn names(summary: &Summary) -> impl Iterator<Item = &str> {
    summary
        .domain_name
        .iter()
        .chain(&summary.subject_alternative_name_summaries)
        .map(String::as_str)
}

/// Also when the summary does not hold all names.
fn may_cover(summary: &Summary, host: &str) -> bool {
    summary.has_additional_subject_alternative_names
        || summary.subject_alternative_name_summaries.is_empty()
        || names(summary).any(|name| covers(name, host))
}

/// Whether a certificate for `name` is good for `host`. A `*` stands for exactly one label.
pub(super) fn covers(name: &str, host: &str) -> bool {
    let (name, host) = (name.trim_end_matches('.'), host.trim_end_matches('.'));
    match name.strip_prefix("*.") {
        Some(parent) => host
            .split_once('.')
            .is_some_and(|(label, rest)| !label.is_empty() && rest.eq_ignore_ascii_case(parent)),
        None => name.eq_ignore_ascii_case(host),
    }
}
