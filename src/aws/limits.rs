//! How long and how often we ask, and the connections we ask over.

use aws_config::{BehaviorVersion, ConfigLoader};
use aws_smithy_types::retry::RetryConfig;
use aws_smithy_types::timeout::TimeoutConfig;
use aws_types::region::Region as SdkRegion;
use std::time::Duration;

/// How long and how often.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    pub connect: Duration,
    /// Waiting for one attempt's answer to begin.
    pub read: Duration,
    /// One call with all its attempts.
    pub call: Duration,
    /// One whole look at the account.
    pub run: Duration,
    pub attempts: u32,
    /// Before the first new attempt; doubles from there.
    pub first_pause: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            connect: Duration::from_secs(4),
            read: Duration::from_secs(15),
            call: Duration::from_secs(30),
            run: Duration::from_secs(90),
            attempts: 4,
            first_pause: Duration::from_millis(500),
        }
    }
}

pub(super) fn loader(limits: &Limits, region: SdkRegion) -> ConfigLoader {
    aws_config::defaults(BehaviorVersion::latest())
        .region(region)
        .retry_config(retry(limits))
        .timeout_config(timeouts(limits))
        .http_client(http_client())
}

/// One pool of connections for everything in the session.
pub(crate) fn http_client() -> aws_smithy_runtime_api::client::http::SharedHttpClient {
    use aws_smithy_http_client::proxy::ProxyConfig;
    use aws_smithy_http_client::{Builder, Connector, tls};
    Builder::new().build_with_connector_fn(|settings, components| {
        let mut connector = Connector::builder().tls_provider(tls::Provider::Rustls(
            tls::rustls_provider::CryptoMode::AwsLc,
        ));
        connector.set_connector_settings(settings.cloned());
        connector.set_sleep_impl(components.and_then(|components| components.sleep_impl()));
        connector.set_proxy_config(Some(ProxyConfig::from_env()));
        connector.build()
    })
}

pub(crate) fn retry(limits: &Limits) -> RetryConfig {
    RetryConfig::standard()
        .with_max_attempts(limits.attempts)
        .with_initial_backoff(limits.first_pause)
        .with_max_backoff(Duration::from_secs(8).max(limits.first_pause))
}

pub(crate) fn timeouts(limits: &Limits) -> TimeoutConfig {
    TimeoutConfig::builder()
        .connect_timeout(limits.connect)
        .read_timeout(limits.read)
        .operation_timeout(limits.call)
        .build()
}
