//! What a failure means. One classifier for every service and protocol; collectors only add which codes mean "absent".

use super::call::Call;
use super::endpoint::Partition;
use super::guard::Undeclared;
use super::meaning::{classify, not_aws, plain};
use crate::account::{CallOutcome, CredentialTrouble, Fact, Region, Why};
use aws_credential_types::provider::error::CredentialsError;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::display::DisplayErrorContext;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use std::error::Error;

/// A call that gave no answer to read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{api} could not be read")]
pub struct ReadError {
    /// `ec2:DescribeVpcs`.
    pub api: String,
    /// AWS's own error code.
    pub code: Option<String>,
    /// The HTTP status, if there was an answer.
    pub status: Option<u16>,
    pub why: Why,
}

/// Turns what a call gave into a fact. The codes that mean "does not exist" are the collector's to name.
pub trait FactFrom<T> {
    /// `Absent` for these codes, `Unknown` for every other failure.
    fn fact(self, absent: &[&str]) -> Fact<T>;
}

impl<T> FactFrom<T> for Result<T, ReadError> {
    fn fact(self, absent: &[&str]) -> Fact<T> {
        match self {
            Ok(value) => Fact::Present(value),
            Err(error) if error.is(absent) => Fact::Absent,
            Err(error) => Fact::Unknown(error.why),
        }
    }
}

impl ReadError {
    /// Whether AWS's code is one of these.
    pub fn is(&self, codes: &[&str]) -> bool {
        self.code
            .as_deref()
            .is_some_and(|code| codes.contains(&code))
    }

    /// For the call log. Whether a "not found" makes a fact absent is the collector's business.
    pub(crate) fn outcome(&self) -> CallOutcome {
        if self
            .code
            .as_deref()
            .is_some_and(|code| code.contains("NotFound") || code == "NoSuchEntity")
        {
            return CallOutcome::Absent;
        }
        match &self.why {
            Why::Denied { .. } => CallOutcome::Denied,
            Why::Throttled => CallOutcome::Throttled,
            Why::TimedOut => CallOutcome::TimedOut,
            Why::Offline => CallOutcome::Offline,
            Why::Credentials(_) => CallOutcome::Credentials,
            Why::RegionNotEnabled { .. } => CallOutcome::RegionNotEnabled,
            Why::NotOffered { .. } => CallOutcome::NotOffered,
            Why::NotAsked | Why::Other { .. } => CallOutcome::Error,
        }
    }

    /// A failure in words of our own.
    pub(crate) fn other(call: &Call, say: impl Into<String>) -> Self {
        ReadError {
            api: call.api(),
            code: None,
            status: None,
            why: Why::Other { say: say.into() },
        }
    }

    /// Reads the SDK's failure, from its clients and from the thin layer.
    pub(crate) fn from_sdk<E>(
        call: &Call,
        region: &Region,
        error: &SdkError<E, HttpResponse>,
    ) -> Self
    where
        E: ProvideErrorMetadata + Error + 'static,
    {
        let status = error
            .raw_response()
            .map(|response| response.status().as_u16());
        let (code, why) = match error {
            SdkError::ServiceError(refused) => {
                let code = refused.err().code().map(plain);
                let message = refused.err().message();
                let why = classify(call, region, status, code.as_deref(), message);
                (code, why)
            }
            SdkError::TimeoutError(_) => (None, Why::TimedOut),
            // The SDK's clients report a web page so; the thin layer, a body that broke off.
            SdkError::ResponseError(_) if status.is_some_and(|status| status >= 300) => {
                (None, not_aws(call, status))
            }
            SdkError::ResponseError(_) => (None, broke_off(call)),
            other => (None, transport(call, other)),
        };
        ReadError {
            api: call.api(),
            code,
            status,
            why,
        }
    }
}

fn broke_off(call: &Call) -> Why {
    Why::Other {
        say: format!(
            "the answer of {} broke off or could not be read",
            call.service.title()
        ),
    }
}

/// No answer came: the guard, the credentials or the network.
fn transport<E>(call: &Call, error: &SdkError<E, HttpResponse>) -> Why
where
    E: Error + 'static,
{
    if let Some(undeclared) = cause::<Undeclared>(error) {
        return Why::Other {
            say: undeclared.to_string(),
        };
    }
    if let Some(credentials) = cause::<CredentialsError>(error) {
        return credentials_trouble(credentials);
    }
    match error {
        SdkError::DispatchFailure(failure) if failure.is_timeout() => Why::TimedOut,
        SdkError::DispatchFailure(failure) if failure.is_io() => {
            let broke = cause::<std::io::Error>(error).is_some_and(|io| {
                matches!(
                    io.kind(),
                    std::io::ErrorKind::UnexpectedEof | std::io::ErrorKind::ConnectionReset
                )
            });
            let text = DisplayErrorContext(error).to_string();
            if broke || text.contains("before message completed") {
                broke_off(call)
            } else if text.contains("certificate") {
                // No service of AWS's has a certificate that nobody vouches for.
                Why::Other {
                    say: format!(
                        "something on your way to {} answered with a certificate that this computer does not trust (a \
                         proxy, a virus scanner, a sign-in page)",
                        call.service.title()
                    ),
                }
            } else {
                Why::Offline
            }
        }
        SdkError::DispatchFailure(failure) if failure.is_user() => Why::Other {
            say: format!("the endpoint set for {} is not a URL", call.service.title()),
        },
        SdkError::DispatchFailure(_) => Why::Offline,
        _ => Why::Other {
            say: format!("the question to {} could not be put", call.service.title()),
        },
    }
}

/// The first error of that type in the chain of sources.
fn cause<'a, T: Error + 'static>(error: &'a (dyn Error + 'static)) -> Option<&'a T> {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(found) = error.downcast_ref::<T>() {
            return Some(found);
        }
        next = error.source();
    }
    None
}

/// What is wrong, when the credentials could not even be loaded.
pub(crate) fn credentials_trouble(error: &CredentialsError) -> Why {
    let text = DisplayErrorContext(error).to_string().to_lowercase();
    match error {
        CredentialsError::CredentialsNotLoaded(_) => Why::Credentials(CredentialTrouble::None),
        CredentialsError::ProviderTimedOut(_) => Why::TimedOut,
        _ if text.contains("expired") => Why::Credentials(CredentialTrouble::Expired),
        // The instance metadata service comes last; whatever it or a proxy says there, no laptop has one.
        _ if text.contains("imds") || text.contains("metadata") => {
            Why::Credentials(CredentialTrouble::None)
        }
        _ if text.contains("dispatch failure") || text.contains("dns error") => Why::Offline,
        // Nothing cached from a sign-in counts as one that ran out: the same command helps.
        _ if text.contains("sso") || text.contains("login") => {
            Why::Credentials(CredentialTrouble::Expired)
        }
        CredentialsError::InvalidConfiguration(_) => Why::Credentials(CredentialTrouble::None),
        _ => Why::Credentials(CredentialTrouble::Invalid),
    }
}

/// The list in an SDK client's answer. Services send an empty list as such: where there is none, this is not the answer
/// that it was taken for.
pub(crate) fn listed<T>(call: &Call, list: Option<Vec<T>>) -> Result<Vec<T>, ReadError> {
    list.ok_or_else(|| {
        let (service, operation) = (call.service.title(), call.operation);
        ReadError::other(
            call,
            format!("{service}'s answer to {operation} lacks the list that was asked for"),
        )
    })
}

/// Whether the region's own trouble can be told from bad credentials by asking at home.
pub(crate) fn worth_asking_at_home(region: &Region, error: &ReadError) -> bool {
    matches!(error.why, Why::RegionNotEnabled { .. }) && Partition::of(region).home() != *region
}
