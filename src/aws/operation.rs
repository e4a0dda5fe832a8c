//! How one call becomes a request on the SDK's own runtime, and the SDK's clients that stand beside it. All carry the guard.

use super::call::{Call, Protocol};
use super::guard::ReadOnlyGuard;
use super::input::Wire;
use super::limits::{retry, timeouts};
use super::read::Reader;
use super::refusal::Refusal;
use super::request_id::RequestIds;
use super::retry::{AwsServerTrouble, OnlyAwsTrouble};
use aws_runtime::auth::SigV4OperationSigningConfig;
use aws_runtime::auth::sigv4::{SCHEME_ID, SigV4AuthScheme};
use aws_runtime::retries::classifiers::AwsErrorCodeClassifier;
use aws_runtime::service_clock_skew::ServiceClockSkewClassifier;
use aws_smithy_runtime::client::orchestrator::operation::Operation;
use aws_smithy_runtime::client::retries::classifiers::TransientErrorClassifier;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::auth::AuthSchemeOptionResolverParams;
use aws_smithy_runtime_api::client::auth::static_resolver::StaticAuthSchemeOptionResolver;
use aws_smithy_runtime_api::client::behavior_version::BehaviorVersion;
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse, OrchestratorError};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponentsBuilder;
use aws_smithy_runtime_api::client::runtime_plugin::StaticRuntimePlugin;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::Layer;
use aws_types::SigningName;
use aws_types::region::SigningRegion;
use bytes::Bytes;

impl Reader {
    pub(super) fn operation(&self, call: &'static Call) -> Operation<Wire, Bytes, Refusal> {
        let session = self.session();
        let endpoint = session.endpoint(call.service, self.region());
        let mut layer = Layer::new("landfall");
        layer.store_put(AuthSchemeOptionResolverParams::new(()));
        layer.store_put(SigV4OperationSigningConfig {
            region: Some(SigningRegion::from(aws_types::region::Region::new(
                endpoint.signed_for.0,
            ))),
            name: Some(SigningName::from(call.service.prefix())),
            ..Default::default()
        });
        layer.store_put(session.retry_partition.clone());
        let mut components = RuntimeComponentsBuilder::new("landfall")
            .with_auth_scheme(SigV4AuthScheme::new())
            .with_auth_scheme_option_resolver(Some(StaticAuthSchemeOptionResolver::new(vec![
                SCHEME_ID,
            ])))
            .with_identity_cache(Some(self.identity_cache()))
            .with_http_client(session.config.http_client())
            .with_sleep_impl(session.config.sleep_impl())
            .with_time_source(session.config.time_source())
            .with_interceptor(self.clock_skew())
            .with_retry_classifier(TransientErrorClassifier::<Refusal>::new())
            .with_retry_classifier(AwsErrorCodeClassifier::<Refusal>::new())
            .with_retry_classifier(ServiceClockSkewClassifier::<Refusal>::new())
            .with_retry_classifier(AwsServerTrouble);
        if let Some(provider) = session.config.credentials_provider() {
            components.set_identity_resolver(SCHEME_ID, provider);
        }
        Operation::builder()
            .service_name(call.service.sdk_id())
            .operation_name(call.operation)
            .behavior_version(BehaviorVersion::latest())
            .endpoint_url(&endpoint.url)
            .standard_retry(&retry(&session.limits))
            .timeout_config(timeouts(&session.limits))
            .with_connection_poisoning()
            .runtime_plugin(
                StaticRuntimePlugin::new()
                    .with_config(layer.freeze())
                    .with_runtime_components(components),
            )
            .interceptor(ReadOnlyGuard)
            .interceptor(RequestIds)
            .serializer(request)
            .deserializer(move |response: &HttpResponse| answer(call, response))
            .build()
    }

    /// An ECS client that can only make declared calls.
    pub(crate) fn ecs(&self) -> aws_sdk_ecs::Client {
        let session = self.session();
        let config = aws_sdk_ecs::config::Builder::from(&session.config)
            .region(aws_types::region::Region::new(self.region().0.clone()))
            .identity_cache(self.identity_cache())
            .retry_partition(session.retry_partition.clone())
            .retry_classifier(OnlyAwsTrouble)
            .interceptor(ReadOnlyGuard)
            .interceptor(RequestIds)
            .build();
        aws_sdk_ecs::Client::from_conf(config)
    }

    /// An STS client that can only make declared calls.
    pub(crate) fn sts(&self) -> aws_sdk_sts::Client {
        let session = self.session();
        let config = aws_sdk_sts::config::Builder::from(&session.config)
            .region(aws_types::region::Region::new(self.region().0.clone()))
            .identity_cache(self.identity_cache())
            .retry_partition(session.retry_partition.clone())
            .retry_classifier(OnlyAwsTrouble)
            .interceptor(ReadOnlyGuard)
            .interceptor(RequestIds)
            .interceptor(self.clock())
            .build();
        aws_sdk_sts::Client::from_conf(config)
    }
}

fn request(wire: Wire) -> Result<HttpRequest, BoxError> {
    let length = wire.body.len();
    let mut request = HttpRequest::new(SdkBody::from(wire.body));
    request.set_method("POST")?;
    request.set_uri("/")?;
    let headers = request.headers_mut();
    headers.insert("content-type", wire.content_type);
    headers.insert("content-length", length.to_string());
    if let Some(target) = wire.target {
        headers.insert("x-amz-target", target);
    }
    headers.insert(
        "user-agent",
        concat!("landfall/", env!("CARGO_PKG_VERSION")),
    );
    Ok(request)
}

/// What a success says. Anything can answer `{}`; that it is AWS that has nothing to say shows in its request id, which
/// every awsJson service sends.
fn said(protocol: Protocol, body: &[u8], has_request_id: bool) -> &[u8] {
    match protocol {
        Protocol::Json { .. } if !has_request_id && body.trim_ascii() == b"{}" => b"",
        _ => body,
    }
}

fn answer(call: &Call, response: &HttpResponse) -> Result<Bytes, OrchestratorError<Refusal>> {
    let body = response.body().bytes().unwrap_or_default();
    if response.status().is_success() {
        let signed = response.headers().get("x-amzn-requestid").is_some();
        return Ok(Bytes::copy_from_slice(said(call.protocol, body, signed)));
    }
    let header = response.headers().get("x-amzn-errortype");
    Err(OrchestratorError::operation(Refusal::read(
        call.protocol,
        response.status().as_u16(),
        header,
        body,
    )))
}
