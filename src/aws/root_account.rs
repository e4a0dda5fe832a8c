//! The root account's locks: `iam:GetAccountSummary`.

use super::answer::Answer;
use super::call::Call;
use super::calls;
use super::error::FactFrom;
use super::input::Input;
use super::read::Reader;
use super::wire::List;
use crate::account::{AccountSummary, Fact};
use serde::Deserialize;

#[derive(Debug, Deserialize)]
pub(super) struct GetAccountSummary {
    #[serde(rename = "SummaryMap")]
    summary: List<Entry>,
}

#[derive(Debug, Deserialize)]
struct Entry {
    key: String,
    value: i64,
}

impl Answer for GetAccountSummary {
    const CALL: &'static Call = &calls::GET_ACCOUNT_SUMMARY;
}

pub(super) async fn summary(reader: &Reader) -> Fact<AccountSummary> {
    reader
        .ask::<GetAccountSummary>(Input::none())
        .await
        .map(|answer| {
            let entries = answer.summary.0;
            // A key that AWS did not send says nothing; it is never 0.
            let has = |name: &str| {
                entries
                    .iter()
                    .find(|entry| entry.key == name)
                    .map(|entry| entry.value > 0)
            };
            AccountSummary {
                root_mfa_enabled: has("AccountMFAEnabled"),
                root_password_present: has("AccountPasswordPresent"),
                root_access_keys_present: has("AccountAccessKeysPresent"),
                root_signing_certificates_present: has("AccountSigningCertificatesPresent"),
            }
        })
        .fact(&[])
}
