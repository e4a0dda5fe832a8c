//! What a container's `secrets[].valueFrom` names.

use super::ids::{AccountId, Arn, Region};

/// `valueFrom`, taken apart. ECS reads it as a Parameter Store name unless it is an ARN.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ValueFrom {
    /// A parameter of the task's own region, by name. A version or label behind it (`:3`) is left out.
    ParameterName(String),
    ParameterArn {
        region: Region,
        account: AccountId,
        /// As Parameter Store lists it: with its slash when it has a path.
        name: String,
    },
    /// A Secrets Manager secret; what follows its ARN (JSON key, version stage, version id) is left out.
    Secret {
        arn: Arn,
        region: Region,
        account: AccountId,
        /// The key inside a JSON secret.
        json_key: Option<String>,
    },
    /// An ARN of some other service.
    Other(Arn),
}

impl ValueFrom {
    /// Takes the text apart.
    pub fn parse(text: &str) -> Self {
        let text = text.trim();
        if !text.starts_with("arn:") {
            let (name, _) = split_selector(text);
            return ValueFrom::ParameterName(name.to_owned());
        }
        let arn = Arn::from(text);
        let (Some(region), Some(account), Some(resource)) =
            (arn.region(), arn.account(), arn.resource())
        else {
            return ValueFrom::Other(arn);
        };
        match arn.service() {
            Some("ssm") => match resource.strip_prefix("parameter") {
                Some(path) => ValueFrom::ParameterArn {
                    region,
                    account,
                    name: parameter_name(split_selector(path).0),
                },
                None => ValueFrom::Other(arn),
            },
            Some("secretsmanager") => secret(text, region, account, resource)
                .unwrap_or_else(|| ValueFrom::Other(Arn::from(text))),
            _ => ValueFrom::Other(arn),
        }
    }

    /// The parameter's name, if it is one.
    pub fn parameter(&self) -> Option<&str> {
        match self {
            ValueFrom::ParameterName(name) | ValueFrom::ParameterArn { name, .. } => Some(name),
            _ => None,
        }
    }

    /// Whether this parameter is meant. An ARN does not tell `x` from `/x`: both end in `parameter/x`.
    pub fn means(&self, parameter: &str) -> bool {
        match self {
            ValueFrom::ParameterName(name) => name == parameter,
            ValueFrom::ParameterArn { name, .. } => {
                name.trim_start_matches('/') == parameter.trim_start_matches('/')
            }
            _ => false,
        }
    }
}

/// The version or label that a parameter's name asks for: `3` of `/news-api/DATABASE_URL:3`.
pub fn parameter_selector(value_from: &str) -> Option<&str> {
    ValueFrom::parse(value_from).parameter()?;
    split_selector(value_from.trim()).1
}

/// What follows the last colon, unless it is part of a path (`C:/...`) or of the ARN's own fields.
fn split_selector(text: &str) -> (&str, Option<&str>) {
    match text.rsplit_once(':') {
        Some((name, selector))
            if !name.is_empty() && !selector.is_empty() && !selector.contains('/') =>
        {
            (name, Some(selector))
        }
        _ => (text, None),
    }
}

/// `parameter/a/b` is the parameter `/a/b`, `parameter/a` is `a`: only names with a path begin with a slash.
fn parameter_name(path: &str) -> String {
    match path.strip_prefix('/') {
        Some(rest) if !rest.contains('/') => rest.to_owned(),
        _ => path.to_owned(),
    }
}

/// `secret:NAME-SUFFIX[:json-key:version-stage:version-id]`
fn secret(text: &str, region: Region, account: AccountId, resource: &str) -> Option<ValueFrom> {
    let rest = resource.strip_prefix("secret:")?;
    let mut parts = rest.split(':');
    let name = parts.next()?;
    let json_key = parts.next().filter(|key| !key.is_empty());
    let head = &text[..text.len() - rest.len()];
    Some(ValueFrom::Secret {
        arn: Arn::from(format!("{head}{name}")),
        region,
        account,
        json_key: json_key.map(str::to_owned),
    })
}

/// The parameter's ARN, as IAM policies name it.
pub fn parameter_arn(partition: &str, region: &Region, account: &AccountId, name: &str) -> Arn {
    let slash = if name.starts_with('/') { "" } else { "/" };
    Arn::from(format!(
        "arn:{partition}:ssm:{region}:{account}:parameter{slash}{name}"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bare_name_is_a_parameter_of_this_region() {
        assert_eq!(
            ValueFrom::parse("/news-api/DATABASE_URL"),
            ValueFrom::ParameterName("/news-api/DATABASE_URL".into())
        );
    }

    #[test]
    fn a_parameter_arn_gives_back_the_name_with_its_slash() {
        let text = "arn:aws:ssm:eu-west-1:123456789012:parameter/news-api/DATABASE_URL";
        assert_eq!(
            ValueFrom::parse(text),
            ValueFrom::ParameterArn {
                region: "eu-west-1".into(),
                account: "123456789012".into(),
                name: "/news-api/DATABASE_URL".into(),
            }
        );
        assert_eq!(
            parameter_arn(
                "aws",
                &"eu-west-1".into(),
                &"123456789012".into(),
                "/news-api/DATABASE_URL"
            ),
            Arn::from(text)
        );
    }

    #[test]
    fn a_version_or_label_behind_the_name_is_no_part_of_it() {
        let arn = "arn:aws:ssm:us-east-1:123456789012:parameter";
        for (text, name, selector) in [
            (
                "/news-api/DATABASE_URL:3",
                "/news-api/DATABASE_URL",
                Some("3"),
            ),
            ("DATABASE_URL:live", "DATABASE_URL", Some("live")),
            ("C:/Program Files/Git/x", "C:/Program Files/Git/x", None),
            ("/news-api/DATABASE_URL", "/news-api/DATABASE_URL", None),
        ] {
            assert_eq!(ValueFrom::parse(text).parameter(), Some(name), "{text}");
            assert_eq!(parameter_selector(text), selector, "{text}");
        }
        let versioned = format!("{arn}/news-api/DATABASE_URL:3");
        assert_eq!(
            ValueFrom::parse(&versioned).parameter(),
            Some("/news-api/DATABASE_URL")
        );
        assert_eq!(parameter_selector(&versioned), Some("3"));
        assert_eq!(parameter_selector(&format!("{arn}/news-api/X")), None);
        assert_eq!(parameter_selector(&format!("{arn}/X")), None);
    }

    #[test]
    fn an_arn_means_a_name_with_and_without_its_slash_and_a_name_only_itself() {
        let arn = ValueFrom::parse("arn:aws:ssm:us-east-1:123456789012:parameter/X");
        assert!(arn.means("X") && arn.means("/X") && !arn.means("/a/X"));
        let name = ValueFrom::parse("X");
        assert!(name.means("X") && !name.means("/X"));
    }

    #[test]
    fn a_parameter_without_a_path_has_no_slash() {
        let text = "arn:aws:ssm:us-east-1:123456789012:parameter/DATABASE_URL";
        assert_eq!(ValueFrom::parse(text).parameter(), Some("DATABASE_URL"));
        assert_eq!(
            parameter_arn(
                "aws",
                &"us-east-1".into(),
                &"123456789012".into(),
                "DATABASE_URL"
            ),
            Arn::from(text)
        );
    }

    #[test]
    fn what_follows_a_secrets_arn_is_cut_off() {
        let arn = "arn:aws:secretsmanager:us-east-1:123456789012:secret:news/db-AbC123";
        for (text, key) in [
            (arn.to_owned(), None),
            (format!("{arn}:url::"), Some("url")),
            (format!("{arn}::AWSCURRENT:"), None),
        ] {
            let ValueFrom::Secret {
                arn: found,
                json_key,
                ..
            } = ValueFrom::parse(&text)
            else {
                panic!("{text} is a secret");
            };
            assert_eq!(found.as_str(), arn);
            assert_eq!(json_key.as_deref(), key);
        }
    }

    #[test]
    fn an_arn_of_another_service_is_neither() {
        assert!(matches!(
            ValueFrom::parse("arn:aws:s3:::bucket/key"),
            ValueFrom::Other(_)
        ));
    }
}
