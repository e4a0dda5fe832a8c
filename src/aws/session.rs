//! The connection to one account: credentials, region, endpoints, time limits.

use super::endpoint::{Endpoint, ServiceId};
use crate::account::{CredentialTrouble, Region, Why};
use aws_config::default_provider::credentials::DefaultCredentialsChain;
use aws_config::profile::{ProfileFileCredentialsProvider, ProfileFileRegionProvider, ProfileSet};
use aws_config::{BehaviorVersion, ConfigLoader, SdkConfig};
use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
use aws_smithy_runtime::client::retries::RetryPartition;
use aws_smithy_types::retry::RetryConfig;
use aws_smithy_types::timeout::TimeoutConfig;
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
    pub limits: Limits,
}

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

/// The region that is read, and who said so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegionChoice {
    pub region: Region,
    pub from: RegionSource,
    /// Weaker sources that name another region: worth a remark.
    pub overruled: Vec<(RegionSource, Region)>,
}

/// Where a region can come from, strongest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RegionSource {
    Flag,
    Environment,
    File,
    Profile,
    Course,
}

impl RegionSource {
    /// In words, for people and for the snapshot.
    pub const fn say(self) -> &'static str {
        match self {
            RegionSource::Flag => "--region",
            RegionSource::Environment => "AWS_REGION",
            RegionSource::File => "landfall.toml",
            RegionSource::Profile => "profile",
            RegionSource::Course => "course",
        }
    }
}

/// Picks the region. Pure: the strongest source wins, empty names do not count.
pub fn choose_region(
    named: impl IntoIterator<Item = (RegionSource, Option<Region>)>,
) -> RegionChoice {
    let mut named: Vec<(RegionSource, Region)> = named
        .into_iter()
        .filter_map(|(source, region)| {
            let region = region?;
            let trimmed = region.as_str().trim();
            (!trimmed.is_empty()).then(|| (source, Region::from(trimmed)))
        })
        .collect();
    named.sort_by_key(|(source, _)| *source);
    let mut named = named.into_iter();
    let (from, region) = named
        .next()
        .unwrap_or((RegionSource::Course, Region::from("us-east-1")));
    let overruled = named
        .filter(|(source, other)| *other != region && *source != RegionSource::Course)
        .collect();
    RegionChoice {
        region,
        from,
        overruled,
    }
}

/// What to do about credentials that do not work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CredentialAdvice {
    pub trouble: CredentialTrouble,
    pub say: String,
    pub command: Option<String>,
}

/// A session with one account in one region. Cheap to clone; made anew for every check, so that a key renewed
/// meanwhile is seen.
#[derive(Debug, Clone)]
pub struct Session {
    pub(crate) config: SdkConfig,
    pub(crate) limits: Limits,
    /// Of this account alone: the default one is the whole process's.
    pub(crate) retry_partition: RetryPartition,
    pub(crate) region: RegionChoice,
    profile: ProfileFacts,
}

/// What the profile in use says about itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct ProfileFacts {
    name: Option<String>,
    asks_for_code: bool,
    signs_in_by: Option<SignIn>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum SignIn {
    IdentityCenter,
    AwsLogin,
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
        let sdk_region = SdkRegion::new(region.region.0.clone());
        let mut loader = loader(&request.limits, sdk_region.clone());
        if let Some(name) = &request.profile {
            loader = loader.profile_name(name);
        }
        let config = loader
            .credentials_provider(credentials(request.profile.as_deref(), sdk_region).await)
            .load()
            .await;
        Session::new(config, request.limits, region, profile)
    }

    /// A session from given parts, for class runs and tests: nothing is read from files or environment.
    pub fn from_config(config: &SdkConfig, limits: Limits, region: Region) -> Self {
        let config = config
            .to_builder()
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

    fn new(config: SdkConfig, limits: Limits, region: RegionChoice, profile: ProfileFacts) -> Self {
        Session {
            config,
            limits,
            retry_partition: RetryPartition::custom("landfall").build(),
            region,
            profile,
        }
    }

    /// The region, and where it was named.
    pub const fn region(&self) -> &RegionChoice {
        &self.region
    }

    /// The profile in use, if one is named.
    pub fn profile(&self) -> Option<&str> {
        self.profile.name.as_deref()
    }

    /// Whether there are credentials at all. Makes no call to the services read; a provider may call its own.
    pub async fn credentials(&self) -> Result<(), Why> {
        if self.profile.asks_for_code {
            return Err(Why::Credentials(CredentialTrouble::NeedsCode));
        }
        let Some(provider) = self.config.credentials_provider() else {
            return Err(Why::Credentials(CredentialTrouble::None));
        };
        let wait = tokio::time::timeout(Duration::from_secs(10), provider.provide_credentials());
        match wait.await {
            Ok(Ok(found)) => match found.expiry() {
                Some(at) if at <= std::time::SystemTime::now() => {
                    Err(Why::Credentials(CredentialTrouble::Expired))
                }
                _ => Ok(()),
            },
            Ok(Err(error)) => Err(super::error::credentials_trouble(&error)),
            Err(_) => Err(Why::TimedOut),
        }
    }

    /// What to do about such trouble, in the words of this profile.
    pub fn advice(&self, trouble: CredentialTrouble) -> CredentialAdvice {
        let option = self
            .profile()
            .map_or_else(String::new, |name| format!(" --profile {name}"));
        let sign_in = match self.profile.signs_in_by {
            Some(SignIn::IdentityCenter) => format!("aws sso login{option}"),
            Some(SignIn::AwsLogin) | None => format!("aws login{option}"),
        };
        let (say, command) = match trouble {
            CredentialTrouble::None => (
                "No AWS credentials were found. Sign in, or set up an access key with `aws configure`.".to_owned(),
                Some(sign_in),
            ),
            CredentialTrouble::Expired => (
                "The AWS credentials have run out. Sign in again.".to_owned(),
                Some(sign_in),
            ),
            CredentialTrouble::Invalid => (
                "AWS does not know these credentials: the access key was deleted, switched off or mistyped.".to_owned(),
                Some(format!("aws configure list{option}")),
            ),
            CredentialTrouble::NeedsCode => (
                "This profile asks for a one-time code (mfa_serial), which Landfall cannot ask for. Let the aws command \
                 line ask, and take over the credentials it gets."
                    .to_owned(),
                Some(format!("aws configure export-credentials{option} --format env")),
            ),
        };
        CredentialAdvice {
            trouble,
            say,
            command,
        }
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

impl ProfileFacts {
    fn of(profiles: Option<&ProfileSet>, flag: Option<&str>) -> Self {
        let env = |name: &str| std::env::var(name).ok().filter(|text| !text.is_empty());
        let named = flag.map(str::to_owned).or_else(|| env("AWS_PROFILE"));
        // Keys in the environment come before a profile, unless the flag names one.
        if flag.is_none() && env("AWS_ACCESS_KEY_ID").is_some() {
            return ProfileFacts::default();
        }
        let profile =
            profiles.and_then(|set| set.get_profile(named.as_deref().unwrap_or("default")));
        let has = |key: &str| profile.is_some_and(|profile| profile.get(key).is_some());
        ProfileFacts {
            name: named,
            asks_for_code: has("mfa_serial") && has("role_arn"),
            signs_in_by: if has("sso_session") || has("sso_start_url") {
                Some(SignIn::IdentityCenter)
            } else if has("login_session") {
                Some(SignIn::AwsLogin)
            } else {
                None
            },
        }
    }
}

async fn profiles() -> Option<ProfileSet> {
    let (fs, env) = (
        aws_types::os_shim_internal::Fs::real(),
        aws_types::os_shim_internal::Env::real(),
    );
    aws_config::profile::load(&fs, &env, &Default::default(), None)
        .await
        .ok()
}

fn region_of_environment() -> Option<Region> {
    ["AWS_REGION", "AWS_DEFAULT_REGION"]
        .iter()
        .find_map(|name| {
            std::env::var(name)
                .ok()
                .filter(|text| !text.trim().is_empty())
        })
        .map(Region::from)
}

async fn region_of_profile(profile: Option<&str>) -> Option<Region> {
    use aws_config::meta::region::ProvideRegion;
    let mut builder = ProfileFileRegionProvider::builder();
    if let Some(name) = profile {
        builder = builder.profile_name(name);
    }
    builder
        .build()
        .region()
        .await
        .map(|region| Region::from(region.as_ref()))
}

/// The usual chain, with two differences: a profile that was named by flag is the only source, and the instance
/// metadata service (which no laptop has) is given one second.
async fn credentials(profile: Option<&str>, region: SdkRegion) -> SharedCredentialsProvider {
    if let Some(name) = profile {
        let conf =
            aws_config::provider_config::ProviderConfig::without_region().with_region(Some(region));
        let provider = ProfileFileCredentialsProvider::builder()
            .configure(&conf)
            .profile_name(name)
            .build();
        return SharedCredentialsProvider::new(provider);
    }
    let second = Duration::from_secs(1);
    let metadata = aws_config::imds::Client::builder()
        .max_attempts(1)
        .connect_timeout(second)
        .read_timeout(second)
        .operation_timeout(second)
        .build();
    let chain = DefaultCredentialsChain::builder()
        .region(region)
        .imds_client(metadata)
        .build()
        .await;
    SharedCredentialsProvider::new(chain)
}

fn loader(limits: &Limits, region: SdkRegion) -> ConfigLoader {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn region(name: &str) -> Option<Region> {
        Some(Region::from(name))
    }

    #[test]
    fn the_strongest_source_names_the_region() {
        let all = [
            (RegionSource::Course, region("us-east-1")),
            (RegionSource::Profile, region("eu-west-1")),
            (RegionSource::File, region("eu-north-1")),
            (RegionSource::Environment, region("eu-west-2")),
            (RegionSource::Flag, region("eu-west-3")),
        ];
        for kept in (1..=all.len()).rev() {
            let choice = choose_region(all[..kept].to_vec());
            assert_eq!(
                Some(choice.region),
                all[kept - 1].1,
                "{:?}",
                all[kept - 1].0
            );
            assert_eq!(choice.from, all[kept - 1].0);
        }
    }

    #[test]
    fn a_weaker_source_that_disagrees_is_named() {
        let choice = choose_region([
            (RegionSource::Environment, region("eu-west-2")),
            (RegionSource::File, region("eu-west-2")),
            (RegionSource::Profile, region("us-west-2")),
            (RegionSource::Course, region("us-east-1")),
        ]);
        assert_eq!(
            choice.overruled,
            [(RegionSource::Profile, Region::from("us-west-2"))]
        );
    }

    #[test]
    fn an_empty_name_does_not_count() {
        let choice = choose_region([
            (RegionSource::Flag, region("  ")),
            (RegionSource::Course, region("us-east-1")),
        ]);
        assert_eq!(choice.from, RegionSource::Course);
    }
}
