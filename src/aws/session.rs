//! The connection to one account: credentials, region, endpoints, time limits.

use super::credential_kind::FoundCredentials;
use super::credentials::{CredentialAdvice, ProfileFacts, credentials, profiles};
use super::endpoint::{Endpoint, ServiceId};
use super::limits::{Limits, http_client, loader, retry, timeouts};
use super::region::{
    RegionChoice, RegionSource, choose_region, region_of_environment, region_of_profile,
    regions_of_profiles,
};
use crate::account::{CredentialTrouble, Region, Why};
use aws_config::{BehaviorVersion, SdkConfig};
use aws_credential_types::Credentials;
use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
use aws_smithy_async::rt::sleep::{SharedAsyncSleep, TokioSleep};
use aws_smithy_async::time::{SharedTimeSource, SystemTimeSource};
use aws_smithy_runtime::client::identity::IdentityCache;
use aws_smithy_runtime::client::retries::RetryPartition;
use aws_types::region::Region as SdkRegion;
use aws_types::service_config::ServiceConfigKey;
use std::time::Duration;

/// What the command line and `landfall.toml` say about the account to read.
#[derive(Debug, Clone, Default)]
pub struct SessionRequest {
    /// `--profile`. With it, keys in the environment do not count, as in the `aws` command line.
    pub profile: Option<String>,
    /// `--region`.
    pub region: Option<Region>,
    /// The region of `landfall.toml`.
    pub file_region: Option<Region>,
    /// The course's region, when nothing else names one.
    pub course_region: Option<Region>,
    /// Regions that were looked at before, the latest first: where the chapter may stand when it is not here.
    pub earlier_regions: Vec<Region>,
    pub limits: Limits,
}

/// A session with one account in one region. Cheap to clone; made anew for every check, so that a key renewed
/// meanwhile is seen.
#[derive(Debug, Clone)]
pub struct Session {
    pub(crate) config: SdkConfig,
    pub(crate) limits: Limits,
    /// Of this account alone: the default one is the whole process's. Each custom one has a token bucket of its own, also
    /// under the same name (aws-smithy-runtime, `RetryPartition`).
    pub(crate) retry_partition: RetryPartition,
    pub(crate) region: RegionChoice,
    /// Other regions that the learner's settings and earlier looks name, the likeliest first.
    pub(crate) other_regions: Vec<Region>,
    profile: ProfileFacts,
}

impl Session {
    /// Reads configuration and environment; makes no call and fails at nothing: trouble shows when it is used, or in
    /// [`Session::credentials`].
    pub async fn open(request: SessionRequest) -> Self {
        let profiles = profiles().await;
        let profile = ProfileFacts::of(profiles.as_ref(), request.profile.as_deref());
        let region = choose_region([
            (RegionSource::Flag, request.region.clone()),
            (RegionSource::Environment, region_of_environment()),
            (RegionSource::File, request.file_region.clone()),
            (
                RegionSource::Profile,
                region_of_profile(request.profile.as_deref()).await,
            ),
            (RegionSource::Course, request.course_region.clone()),
        ]);
        let overruled = region.overruled.iter().map(|(_, region)| region.clone());
        let other_regions = overruled
            .chain(request.earlier_regions)
            .chain(request.course_region)
            .chain(
                profiles
                    .as_ref()
                    .map(regions_of_profiles)
                    .unwrap_or_default(),
            )
            .collect();
        let sdk_region = SdkRegion::new(region.region.0.clone());
        let mut loader = loader(&request.limits, sdk_region.clone());
        if let Some(name) = &request.profile {
            loader = loader.profile_name(name);
        }
        let config = loader
            .credentials_provider(credentials(request.profile.as_deref(), sdk_region).await)
            .load()
            .await;
        Session {
            other_regions,
            ..Session::new(config, request.limits, region, profile)
        }
    }

    /// A session from given parts, for class runs and tests: nothing is read from files or environment. What is not given
    /// (connections, a clock) is as in [`Session::open`].
    pub fn from_config(config: &SdkConfig, limits: Limits, region: Region) -> Self {
        let mut parts = config.to_builder();
        if config.http_client().is_none() {
            parts.set_http_client(Some(http_client()));
        }
        if config.sleep_impl().is_none() {
            parts.set_sleep_impl(Some(SharedAsyncSleep::new(TokioSleep::new())));
        }
        if config.time_source().is_none() {
            parts.set_time_source(Some(SharedTimeSource::new(SystemTimeSource::new())));
        }
        let config = parts
            .region(SdkRegion::new(region.0.clone()))
            .behavior_version(BehaviorVersion::latest())
            .retry_config(retry(&limits))
            .timeout_config(timeouts(&limits))
            .build();
        let choice = RegionChoice {
            region,
            from: RegionSource::Flag,
            overruled: Vec::new(),
        };
        Session::new(config, limits, choice, ProfileFacts::default())
    }

    /// A session with another account over the same connections: credentials of its own, a budget of retries of its own.
    pub(super) fn as_role(&self, credentials: Credentials, region: Region) -> Self {
        let config = self
            .config
            .to_builder()
            .credentials_provider(SharedCredentialsProvider::new(credentials))
            // They are at hand and are never renewed.
            .identity_cache(IdentityCache::no_cache())
            .build();
        Session::from_config(&config, self.limits.clone(), region)
    }

    fn new(config: SdkConfig, limits: Limits, region: RegionChoice, profile: ProfileFacts) -> Self {
        Session {
            config,
            limits,
            retry_partition: RetryPartition::custom("landfall").build(),
            region,
            other_regions: Vec::new(),
            profile,
        }
    }

    /// The region, and where it was named.
    pub const fn region(&self) -> &RegionChoice {
        &self.region
    }

    /// The profile in use, if one is named.
    pub fn profile(&self) -> Option<&str> {
        self.profile.name()
    }

    /// Whether there are credentials at all. Makes no call to the services read; a provider may call its own.
    pub async fn credentials(&self) -> Result<FoundCredentials, Why> {
        self.profile.usable()?;
        let Some(provider) = self.config.credentials_provider() else {
            return Err(Why::Credentials(CredentialTrouble::None));
        };
        let wait = tokio::time::timeout(Duration::from_secs(10), provider.provide_credentials());
        match wait.await {
            Ok(Ok(found)) => match found.expiry() {
                Some(at) if at <= std::time::SystemTime::now() => {
                    Err(Why::Credentials(CredentialTrouble::Expired))
                }
                _ => Ok(FoundCredentials::of(&found)),
            },
            Ok(Err(error)) => Err(super::error::credentials_trouble(&error)),
            Err(_) => Err(Why::TimedOut),
        }
    }

    /// What to do about such trouble, in the words of this profile.
    pub fn advice(&self, trouble: CredentialTrouble) -> CredentialAdvice {
        self.profile.advice(trouble)
    }

    /// Where a service is read: `AWS_ENDPOINT_URL_<SERVICE>`, `AWS_ENDPOINT_URL` and their settings in the profile first.
    pub(crate) fn endpoint(&self, service: ServiceId, region: &Region) -> Endpoint {
        let mut endpoint = service.endpoint(region);
        if let Some(url) = self.endpoint_override(service) {
            endpoint.url = url;
        }
        endpoint
    }

    fn endpoint_override(&self, service: ServiceId) -> Option<String> {
        if !self.config.get_origin("endpoint_url").is_client_config()
            && let Some(own) = self.own_endpoint(service)
        {
            return Some(own);
        }
        self.config.endpoint_url().map(str::to_owned)
    }

    fn own_endpoint(&self, service: ServiceId) -> Option<String> {
        let key = ServiceConfigKey::builder()
            .service_id(service.sdk_id())
            .env("AWS_ENDPOINT_URL")
            .profile("endpoint_url")
            .build()
            .ok()?;
        self.config.service_config()?.load_config(key)
    }
}
