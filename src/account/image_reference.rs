//! What a task definition's `image` text names.

use super::ids::{AccountId, Digest, Region};
use std::fmt;

/// `REGISTRY/NAME:TAG@DIGEST`, taken apart. Docker's own rules: the first part is a registry only if it has a dot or a
/// colon or is `localhost`; a colon after the last slash begins a tag; no tag and no digest means `latest`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImageReference {
    pub registry: RegistryHost,
    /// Without registry, tag and digest: `news-aggregator-api`, `team/api`.
    pub repository: String,
    /// As written; `None` = left out.
    pub tag: Option<String>,
    pub digest: Option<Digest>,
}

/// Where an image is pulled from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RegistryHost {
    /// A private ECR registry.
    Ecr { account: AccountId, region: Region },
    /// No registry was written: Docker Hub.
    DockerHub,
    /// Any other host, `public.ecr.aws` among them.
    Other(String),
}

impl ImageReference {
    /// Takes the text apart; it always gives an answer, because AWS accepts any text here.
    pub fn parse(text: &str) -> Self {
        let text = text.trim();
        let (name, digest) = match text.split_once('@') {
            Some((name, digest)) => (name, Some(Digest::from(digest))),
            None => (text, None),
        };
        let (registry, path) = match name.split_once('/') {
            Some((first, rest)) if first.contains(['.', ':']) || first == "localhost" => {
                (RegistryHost::parse(first), rest)
            }
            _ => (RegistryHost::DockerHub, name),
        };
        let after_slash = path.rfind('/').map_or(0, |at| at + 1);
        let (repository, tag) = match path[after_slash..].find(':') {
            Some(at) => {
                let colon = after_slash + at;
                (&path[..colon], Some(path[colon + 1..].to_owned()))
            }
            None => (path, None),
        };
        ImageReference {
            registry,
            repository: repository.to_owned(),
            tag: tag.filter(|tag| !tag.is_empty()),
            digest,
        }
    }

    /// The tag that is pulled: the written one, else `latest`; `None` when a digest decides.
    pub fn effective_tag(&self) -> Option<&str> {
        match (&self.digest, &self.tag) {
            (Some(_), _) => None,
            (None, Some(tag)) => Some(tag),
            (None, None) => Some("latest"),
        }
    }

    /// Whether what is pulled can change without a new revision by the chapter's reading: `latest`, written or implied.
    pub fn follows_latest(&self) -> bool {
        self.effective_tag() == Some("latest")
    }

    /// The last part of the repository's name: `postgres` of `library/postgres`.
    pub fn short_name(&self) -> &str {
        self.repository.rsplit('/').next().unwrap_or_default()
    }

    /// Whether it lies in this account's registry of this region.
    pub fn is_in(&self, of_account: &AccountId, of_region: &Region) -> bool {
        matches!(&self.registry, RegistryHost::Ecr { account, region } if account == of_account && region == of_region)
    }
}

impl RegistryHost {
    fn parse(host: &str) -> Self {
        let ecr = || {
            // ACCOUNT.dkr.ecr.REGION.amazonaws.com(.cn), ACCOUNT.dkr-ecr.REGION.on.aws (dual stack), with -fips variants
            let (account, rest) = host.split_once('.')?;
            let rest = rest
                .strip_prefix("dkr.ecr.")
                .or_else(|| rest.strip_prefix("dkr.ecr-fips."))
                .or_else(|| rest.strip_prefix("dkr-ecr."))
                .or_else(|| rest.strip_prefix("dkr-ecr-fips."))?;
            let (region, domain) = rest.split_once('.')?;
            let known = matches!(
                domain,
                "amazonaws.com" | "amazonaws.com.cn" | "on.aws" | "on.amazonwebservices.com.cn"
            );
            let numeric = account.len() == 12 && account.bytes().all(|byte| byte.is_ascii_digit());
            (known && numeric).then(|| RegistryHost::Ecr {
                account: account.into(),
                region: region.into(),
            })
        };
        ecr().unwrap_or_else(|| match host {
            "docker.io" | "index.docker.io" | "registry-1.docker.io" => RegistryHost::DockerHub,
            other => RegistryHost::Other(other.to_owned()),
        })
    }
}

impl fmt::Display for RegistryHost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RegistryHost::Ecr { account, region } => {
                write!(f, "the registry of account {account} in {region}")
            }
            RegistryHost::DockerHub => f.write_str("Docker Hub"),
            RegistryHost::Other(host) => f.write_str(host),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ecr() -> RegistryHost {
        RegistryHost::Ecr {
            account: "123456789012".into(),
            region: "us-east-1".into(),
        }
    }

    #[test]
    fn an_ecr_image_gives_its_account_region_name_and_tag() {
        let image =
            ImageReference::parse("123456789012.dkr.ecr.us-east-1.amazonaws.com/team/api:v1.0.0");
        assert_eq!(image.registry, ecr());
        assert_eq!(image.repository, "team/api");
        assert_eq!(image.short_name(), "api");
        assert_eq!(image.effective_tag(), Some("v1.0.0"));
        assert!(!image.follows_latest());
    }

    #[test]
    fn no_tag_means_latest() {
        let image = ImageReference::parse("123456789012.dkr.ecr.us-east-1.amazonaws.com/api");
        assert_eq!(image.tag, None);
        assert!(image.follows_latest());
        assert!(ImageReference::parse("api:latest").follows_latest());
        assert!(ImageReference::parse("api:").follows_latest());
    }

    #[test]
    fn a_digest_decides_whatever_tag_stands_beside_it() {
        let image = ImageReference::parse(
            "123456789012.dkr.ecr.us-east-1.amazonaws.com/api:latest@sha256:aa",
        );
        assert_eq!(image.tag.as_deref(), Some("latest"));
        assert_eq!(image.digest, Some("sha256:aa".into()));
        assert_eq!(image.effective_tag(), None);
        assert!(!image.follows_latest());
    }

    #[test]
    fn a_port_of_the_registry_is_no_tag() {
        let image = ImageReference::parse("localhost:5000/api");
        assert_eq!(image.registry, RegistryHost::Other("localhost:5000".into()));
        assert_eq!((image.repository.as_str(), image.tag), ("api", None));
    }

    #[test]
    fn without_a_registry_it_is_docker_hub() {
        for text in [
            "postgres:16",
            "library/postgres:16",
            "docker.io/library/postgres:16",
        ] {
            let image = ImageReference::parse(text);
            assert_eq!(image.registry, RegistryHost::DockerHub, "{text}");
            assert_eq!(image.short_name(), "postgres", "{text}");
        }
    }

    #[test]
    fn what_only_looks_like_ecr_is_another_host() {
        for host in [
            "public.ecr.aws",
            "1234.dkr.ecr.us-east-1.amazonaws.com",
            "123456789012.dkr.ecr.us-east-1.evil.example",
        ] {
            let image = ImageReference::parse(&format!("{host}/api:1"));
            assert_eq!(image.registry, RegistryHost::Other(host.into()));
        }
    }
}
