//! Where credentials come from, and what to do when they do not work.

use crate::account::{CredentialTrouble, Why};
use aws_config::default_provider::credentials::DefaultCredentialsChain;
use aws_config::profile::{ProfileFileCredentialsProvider, ProfileSet};
use aws_config::provider_config::ProviderConfig;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_runtime::env_config::file::EnvConfigFiles;
use aws_types::os_shim_internal::{Env, Fs};
use aws_types::region::Region as SdkRegion;
use std::time::Duration;

/// What to do about credentials that do not work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CredentialAdvice {
    pub trouble: CredentialTrouble,
    pub say: String,
    pub command: Option<String>,
}

/// What the profile in use says about itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct ProfileFacts {
    name: Option<String>,
    /// It was named, and the configuration does not have it.
    unknown: bool,
    asks_for_code: bool,
    signs_in_by: Option<SignIn>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum SignIn {
    IdentityCenter,
    AwsLogin,
}

impl ProfileFacts {
    pub fn of(profiles: Option<&ProfileSet>, flag: Option<&str>) -> Self {
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
            unknown: named.is_some() && profile.is_none(),
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

    /// The profile in use, if one is named.
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// What is known to fail before anything is tried.
    pub fn usable(&self) -> Result<(), Why> {
        if self.unknown {
            let name: String = self
                .name()
                .unwrap_or_default()
                .chars()
                .filter(|c| !c.is_control())
                .collect();
            return Err(Why::Other {
                say: format!("the AWS configuration has no profile `{name}`"),
            });
        }
        if self.asks_for_code {
            return Err(Why::Credentials(CredentialTrouble::NeedsCode));
        }
        Ok(())
    }

    /// What to do about such trouble, in the words of this profile.
    pub fn advice(&self, trouble: CredentialTrouble) -> CredentialAdvice {
        let option = self.name().map_or_else(String::new, |name| {
            let quoted = shlex::try_quote(name).unwrap_or_default();
            format!(" --profile {quoted}")
        });
        let sign_in = match self.signs_in_by {
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
}

pub(super) async fn profiles() -> Option<ProfileSet> {
    let (fs, env) = (Fs::real(), Env::real());
    aws_config::profile::load(&fs, &env, &Default::default(), None)
        .await
        .ok()
}

/// The usual chain, with two differences: a profile that was named by flag is the only source, and the instance
/// metadata service (which no laptop has) is given one second.
pub(super) async fn credentials(
    profile: Option<&str>,
    region: SdkRegion,
) -> SharedCredentialsProvider {
    if let Some(name) = profile {
        return of_profile(name, EnvConfigFiles::default(), region);
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

/// One profile's credentials: keys, single sign-on, `aws login`, a role, a program.
fn of_profile(name: &str, files: EnvConfigFiles, region: SdkRegion) -> SharedCredentialsProvider {
    let conf = ProviderConfig::without_region().with_region(Some(region));
    SharedCredentialsProvider::new(
        ProfileFileCredentialsProvider::builder()
            .configure(&conf)
            .profile_files(files)
            .profile_name(name)
            .build(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aws::error::credentials_trouble;
    use aws_credential_types::provider::ProvideCredentials;
    use aws_runtime::env_config::file::EnvConfigFileKind;

    const CONFIG: &str = "
[profile keys]
aws_access_key_id = AKIDKEYS
aws_secret_access_key = secret

[profile program]
credential_process = echo '{\"Version\": 1, \"AccessKeyId\": \"AKIDPROGRAM\", \"SecretAccessKey\": \"s\"}'

[profile centre]
sso_session = landfall-test
sso_account_id = 123456789012
sso_role_name = Learner

[sso-session landfall-test]
sso_region = us-east-1
sso_start_url = https://landfall-test.invalid/start

[profile signed-in]
login_session = arn:aws:iam::123456789012:user/landfall-test

[profile coded]
role_arn = arn:aws:iam::123456789012:role/admin
source_profile = keys
mfa_serial = arn:aws:iam::123456789012:mfa/ann

[profile bare]
region = eu-west-1
";

    fn files() -> EnvConfigFiles {
        EnvConfigFiles::builder()
            .with_contents(EnvConfigFileKind::Config, CONFIG)
            .build()
    }

    async fn facts(name: &str) -> ProfileFacts {
        let set = aws_config::profile::load(&Fs::real(), &Env::real(), &files(), None)
            .await
            .unwrap();
        ProfileFacts::of(Some(&set), Some(name))
    }

    async fn key_of(name: &str) -> Result<String, Why> {
        of_profile(name, files(), SdkRegion::from_static("us-east-1"))
            .provide_credentials()
            .await
            .map(|found| found.access_key_id().to_owned())
            .map_err(|error| credentials_trouble(&error))
    }

    fn trouble(which: CredentialTrouble) -> Result<String, Why> {
        Err(Why::Credentials(which))
    }

    #[tokio::test]
    async fn keys_in_a_profile_are_taken() {
        assert_eq!(key_of("keys").await.as_deref(), Ok("AKIDKEYS"));
        assert_eq!(facts("keys").await.usable(), Ok(()));
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn a_program_may_give_them() {
        assert_eq!(key_of("program").await.as_deref(), Ok("AKIDPROGRAM"));
    }

    #[tokio::test]
    async fn without_a_sign_in_the_right_command_is_named() {
        assert_eq!(key_of("centre").await, trouble(CredentialTrouble::Expired));
        let command = |facts: ProfileFacts| facts.advice(CredentialTrouble::Expired).command;
        assert_eq!(
            command(facts("centre").await).as_deref(),
            Some("aws sso login --profile centre")
        );
        assert_eq!(
            key_of("signed-in").await,
            trouble(CredentialTrouble::Expired)
        );
        assert_eq!(
            command(facts("signed-in").await).as_deref(),
            Some("aws login --profile signed-in")
        );
    }

    #[tokio::test]
    async fn a_profile_that_asks_for_a_code_is_not_even_tried() {
        let facts = facts("coded").await;
        assert_eq!(
            facts.usable(),
            Err(Why::Credentials(CredentialTrouble::NeedsCode))
        );
        let advice = facts.advice(CredentialTrouble::NeedsCode);
        assert!(advice.say.contains("mfa_serial"));
        assert!(
            advice
                .command
                .unwrap()
                .ends_with("--profile coded --format env")
        );
    }

    #[tokio::test]
    async fn a_profile_without_anything_has_no_credentials() {
        assert_eq!(key_of("bare").await, trouble(CredentialTrouble::None));
    }

    #[tokio::test]
    async fn a_profile_that_does_not_exist_is_named() {
        let why = facts("no\u{1b}such").await.usable().unwrap_err();
        assert!(matches!(why, Why::Other { say } if say.contains("`nosuch`")));
    }
}
