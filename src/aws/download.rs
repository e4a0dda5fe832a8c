//! What ECR hands out by a presigned URL: one GET without our credentials, of a bounded size.

use super::call::{Call, Protocol};
use super::error::ReadError;
use super::guard::ReadOnlyGuard;
use super::limits::{retry, timeouts};
use super::read::Reader;
use super::refusal::Refusal;
use super::retry::AwsServerTrouble;
use crate::account::{CallOutcome, Why};
use aws_runtime::retries::classifiers::AwsErrorCodeClassifier;
use aws_smithy_runtime::client::orchestrator::operation::Operation;
use aws_smithy_runtime::client::retries::classifiers::TransientErrorClassifier;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::behavior_version::BehaviorVersion;
use aws_smithy_runtime_api::client::interceptors::context::BeforeDeserializationInterceptorContextRef;
use aws_smithy_runtime_api::client::interceptors::{Intercept, dyn_dispatch_hint};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse, OrchestratorError};
use aws_smithy_runtime_api::client::runtime_components::{
    RuntimeComponents, RuntimeComponentsBuilder,
};
use aws_smithy_runtime_api::client::runtime_plugin::StaticRuntimePlugin;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::{ConfigBag, Layer};
use bytes::Bytes;
use std::time::Instant;

/// Stops before the body when it is longer than allowed, or does not say how long it is.
#[derive(Debug, Clone, Copy)]
struct AtMost(u64);

#[dyn_dispatch_hint]
impl Intercept for AtMost {
    fn name(&self) -> &'static str {
        "AtMost"
    }

    fn read_before_deserialization(
        &self,
        context: &BeforeDeserializationInterceptorContextRef<'_>,
        _components: &RuntimeComponents,
        _cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let length = context
            .response()
            .headers()
            .get("content-length")
            .and_then(|text| text.parse::<u64>().ok());
        match length {
            Some(length) if length <= self.0 => Ok(()),
            _ => Err("the answer is too long, or does not say how long it is".into()),
        }
    }
}

impl Reader {
    /// Gets what `url` points to. `call` gave the URL, and stands for it in errors and in the guard.
    pub(super) async fn download(
        &self,
        call: &'static Call,
        url: &str,
        most_bytes: u64,
    ) -> Result<Bytes, ReadError> {
        let Some((origin, path)) = split(url) else {
            return Err(ReadError::other(call, "ECR gave no usable address"));
        };
        let session = self.session();
        let mut layer = Layer::new("download");
        layer.store_put(session.retry_partition.clone());
        let components = RuntimeComponentsBuilder::new("download")
            .with_http_client(session.config.http_client())
            .with_sleep_impl(session.config.sleep_impl())
            .with_time_source(session.config.time_source())
            .with_retry_classifier(TransientErrorClassifier::<Refusal>::new())
            .with_retry_classifier(AwsErrorCodeClassifier::<Refusal>::new())
            .with_retry_classifier(AwsServerTrouble);
        let operation = Operation::builder()
            .service_name(call.service.sdk_id())
            .operation_name(call.operation)
            .behavior_version(BehaviorVersion::latest())
            .endpoint_url(&origin)
            .no_auth()
            .standard_retry(&retry(&session.limits))
            .timeout_config(timeouts(&session.limits))
            .runtime_plugin(
                StaticRuntimePlugin::new()
                    .with_config(layer.freeze())
                    .with_runtime_components(components),
            )
            .interceptor(ReadOnlyGuard)
            .interceptor(AtMost(most_bytes))
            .serializer(|path: String| {
                let mut request = HttpRequest::new(SdkBody::empty());
                request.set_method("GET")?;
                request.set_uri(path)?;
                Ok(request)
            })
            .deserializer(body)
            .build();
        let began = Instant::now();
        let result = Box::pin(operation.invoke(path))
            .await
            .map_err(|error| refused(ReadError::from_sdk(call, self.region(), &error)));
        let outcome = result
            .as_ref()
            .map_or_else(ReadError::outcome, |_| CallOutcome::Ok);
        // S3 gives it out, by ECR's signature: no permission of ours is involved.
        self.log().add_named(
            "s3",
            "GetObject (presigned by ECR)",
            outcome,
            began.elapsed(),
        );
        result
    }
}

/// The address is signed by ECR, not by the learner: a refusal there is about no permission or credentials of theirs.
fn refused(error: ReadError) -> ReadError {
    let why = match error.why {
        Why::Denied { .. } | Why::Credentials(_) | Why::RegionNotEnabled { .. } => Why::Other {
            say: "the address that ECR gave for the image's config was refused (a VPC endpoint's policy, or it is too old)"
                .to_owned(),
        },
        other => other,
    };
    ReadError { why, ..error }
}

fn body(response: &HttpResponse) -> Result<Bytes, OrchestratorError<Refusal>> {
    let body = response.body().bytes().unwrap_or_default();
    if response.status().is_success() {
        return Ok(Bytes::copy_from_slice(body));
    }
    Err(OrchestratorError::operation(Refusal::read(
        // S3 answers in XML, whoever gave the address.
        Protocol::Query { version: "" },
        response.status().as_u16(),
        None,
        body,
    )))
}

/// Origin, and path with query.
fn split(url: &str) -> Option<(String, String)> {
    let parsed: http::Uri = url.parse().ok()?;
    let scheme = parsed
        .scheme_str()
        .filter(|scheme| matches!(*scheme, "https" | "http"))?;
    let authority = parsed.authority()?;
    let path = parsed.path_and_query().map_or("/", |path| path.as_str());
    Some((format!("{scheme}://{authority}"), path.to_owned()))
}
