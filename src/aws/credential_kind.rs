//! Which kind of credentials the chain found. Their values are never looked at.

use aws_credential_types::Credentials;
use aws_credential_types::credential_feature::AwsCredentialFeature;
use jiff::Timestamp;

/// Credentials that are there; whether AWS knows them shows when they are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FoundCredentials {
    pub kind: CredentialKind,
    /// When they run out, if they say so.
    pub expires: Option<Timestamp>,
}

/// Where credentials come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CredentialKind {
    Environment,
    /// With a session token beside the keys.
    TemporaryEnvironment,
    ProfileKeys,
    IdentityCenter,
    AwsLogin,
    AssumedRole,
    WebIdentity,
    Process,
    Container,
    Instance,
    Other,
}

impl CredentialKind {
    /// In words, after "found".
    pub const fn say(self) -> &'static str {
        match self {
            CredentialKind::Environment => "access keys from the environment",
            CredentialKind::TemporaryEnvironment => "temporary keys from the environment",
            CredentialKind::ProfileKeys => "access keys of the profile",
            CredentialKind::IdentityCenter => "IAM Identity Center",
            CredentialKind::AwsLogin => "aws login",
            CredentialKind::AssumedRole => "a role that the profile assumes",
            CredentialKind::WebIdentity => "a web identity",
            CredentialKind::Process => "the profile's credential program",
            CredentialKind::Container => "the container's role",
            CredentialKind::Instance => "the instance's role",
            CredentialKind::Other => "credentials of the AWS configuration",
        }
    }
}

impl FoundCredentials {
    pub(super) fn of(found: &Credentials) -> Self {
        let expires = found.expiry().and_then(|at| Timestamp::try_from(at).ok());
        FoundCredentials {
            kind: kind(found),
            expires,
        }
    }
}

/// The SDK notes every provider that had a part; the one that decides comes first here.
fn kind(found: &Credentials) -> CredentialKind {
    use AwsCredentialFeature as Feature;
    const DECIDES: [(Feature, CredentialKind); 13] = [
        (
            Feature::CredentialsStsAssumeRole,
            CredentialKind::AssumedRole,
        ),
        (
            Feature::CredentialsStsAssumeRoleWebId,
            CredentialKind::WebIdentity,
        ),
        (
            Feature::CredentialsEnvVarsStsWebIdToken,
            CredentialKind::WebIdentity,
        ),
        (
            Feature::CredentialsProfileStsWebIdToken,
            CredentialKind::WebIdentity,
        ),
        (
            Feature::CredentialsProfileSso,
            CredentialKind::IdentityCenter,
        ),
        (Feature::CredentialsSso, CredentialKind::IdentityCenter),
        (Feature::CredentialsProfileLogin, CredentialKind::AwsLogin),
        (Feature::CredentialsLogin, CredentialKind::AwsLogin),
        (Feature::CredentialsProcess, CredentialKind::Process),
        (Feature::CredentialsHttp, CredentialKind::Container),
        (Feature::CredentialsImds, CredentialKind::Instance),
        (Feature::CredentialsEnvVars, CredentialKind::Environment),
        (Feature::CredentialsProfile, CredentialKind::ProfileKeys),
    ];
    let noted = found.get_property::<Vec<Feature>>();
    let kind = DECIDES
        .iter()
        .find(|(feature, _)| noted.is_some_and(|noted| noted.contains(feature)))
        .map_or(CredentialKind::Other, |(_, kind)| *kind);
    match kind {
        CredentialKind::Environment if found.session_token().is_some() => {
            CredentialKind::TemporaryEnvironment
        }
        kind => kind,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(features: &[AwsCredentialFeature], token: Option<&str>) -> CredentialKind {
        let mut credentials =
            Credentials::new("AKIA", "secret", token.map(str::to_owned), None, "test");
        credentials.set_property(features.to_vec());
        FoundCredentials::of(&credentials).kind
    }

    #[test]
    fn a_role_assumed_with_keys_is_told_as_the_role() {
        use AwsCredentialFeature as Feature;
        assert_eq!(
            with(
                &[
                    Feature::CredentialsProfile,
                    Feature::CredentialsStsAssumeRole
                ],
                Some("token")
            ),
            CredentialKind::AssumedRole
        );
        assert_eq!(
            with(&[Feature::CredentialsEnvVars], None),
            CredentialKind::Environment
        );
        assert_eq!(
            with(&[Feature::CredentialsEnvVars], Some("token")),
            CredentialKind::TemporaryEnvironment
        );
        assert_eq!(with(&[], None), CredentialKind::Other);
    }
}
