//! What is tried again: throttling, trouble of AWS's own, and gateways that say "later". A web page with status 500, as proxies and emulators send
//! it, will be the same the next time.

use super::call::Protocol;
use super::refusal::Refusal;
use aws_smithy_runtime_api::client::interceptors::context::InterceptorContext;
use aws_smithy_runtime_api::client::retries::classifiers::{
    ClassifyRetry, RetryAction, RetryClassifierPriority,
};
use aws_smithy_types::error::metadata::ProvideErrorMetadata;

/// For the SDK's clients, which by themselves try every 500 again: forbids it where it is not AWS that answers.
#[derive(Debug, Clone, Copy)]
pub(crate) struct OnlyAwsTrouble;

impl ClassifyRetry for OnlyAwsTrouble {
    fn classify_retry(&self, context: &InterceptorContext) -> RetryAction {
        let Some(response) = context.response() else {
            return RetryAction::NoActionIndicated;
        };
        let status = response.status().as_u16();
        if status == 429 {
            return RetryAction::throttling_error();
        }
        if status < 500 {
            return RetryAction::NoActionIndicated;
        }
        let body = response.body().bytes().unwrap_or_default();
        let header = response.headers().get("x-amzn-errortype");
        let spelled = [
            Protocol::Json { target: "" },
            Protocol::Query { version: "" },
        ]
        .map(|protocol| Refusal::read(protocol, status, header, body));
        let code = spelled.iter().find_map(|refusal| refusal.code());
        match code {
            Some(code) if !is_not_offered(code) => RetryAction::NoActionIndicated,
            None if is_passing(status) => RetryAction::NoActionIndicated,
            _ => RetryAction::RetryForbidden,
        }
    }

    fn name(&self) -> &'static str {
        "OnlyAwsTrouble"
    }

    fn priority(&self) -> RetryClassifierPriority {
        RetryClassifierPriority::run_after(RetryClassifierPriority::http_status_code_classifier())
    }
}

/// For the thin layer: a 5xx of AWS's own shape is worth another try.
#[derive(Debug, Clone, Copy)]
pub(crate) struct AwsServerTrouble;

impl ClassifyRetry for AwsServerTrouble {
    fn classify_retry(&self, context: &InterceptorContext) -> RetryAction {
        let refusal = context
            .output_or_error()
            .and_then(|result| result.err())
            .and_then(|error| error.as_operation_error())
            .and_then(|error| error.downcast_ref::<Refusal>());
        match refusal {
            Some(refusal) if refusal.status == 429 => RetryAction::throttling_error(),
            Some(refusal) if refusal.status >= 500 => match refusal.code() {
                Some(code) if !is_not_offered(code) => RetryAction::server_error(),
                None if is_passing(refusal.status) => RetryAction::server_error(),
                _ => RetryAction::NoActionIndicated,
            },
            _ => RetryAction::NoActionIndicated,
        }
    }

    fn name(&self) -> &'static str {
        "AwsServerTrouble"
    }
}

/// What a gateway says while it has nobody behind it: also worth another try without AWS's words (RFC 9110, 15.6.3 to
/// 15.6.5).
pub(crate) const fn is_passing(status: u16) -> bool {
    matches!(status, 502..=504)
}

/// Codes that say "I have no such call".
pub(crate) fn is_not_offered(code: &str) -> bool {
    matches!(
        code,
        "NotImplemented"
            | "InvalidAction"
            | "UnknownOperationException"
            | "UnknownOperation"
            | "UnsupportedOperation"
            | "UnsupportedOperationException"
            | "OperationNotSupportedException"
            | "UnsupportedFeature"
            | "UnsupportedFeatureException"
    )
}
