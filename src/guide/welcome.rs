//! The first start: what is asked once, and what is known before asking.

use super::menu::Ground;

/// Whether there is anything on this machine that looks like AWS credentials.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Credentials {
    Found,
    None,
}

/// The first screen, in paragraphs.
pub fn paragraphs() -> [&'static str; 4] {
    [
        "Welcome to Landfall.",
        "You are going to move an API from Docker Compose to AWS: image, database, cache, load balancer, HTTPS, containers on Fargate. I walk beside you: I explain each step, look at your account when you say so, and tell you what is right, what is wrong, and why.",
        "I only ever read. I cannot change or delete anything in your account, and I never read a password or a secret.",
        "A few questions, then we begin. Ctrl-C stops at any time; your place is kept.",
    ]
}

/// Which account is offered first: the practice account when no credentials are found.
pub const fn preset_ground(credentials: Credentials) -> Ground {
    match credentials {
        Credentials::Found => Ground::Own,
        Credentials::None => Ground::Practice,
    }
}

/// Whether a text can be a region's name; a typing mistake is caught before it costs a failed look.
pub fn is_region(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    parts.len() >= 3
        && parts.iter().all(|part| !part.is_empty())
        && text
            .chars()
            .all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-')
        && text.ends_with(|letter: char| letter.is_ascii_digit())
}

/// Whether a text can be the name of a host: at least two labels.
pub fn is_host(text: &str) -> bool {
    let labels: Vec<&str> = text.split('.').collect();
    labels.len() >= 2
        && text.len() <= 253
        && labels.iter().all(|label| {
            (1..=63).contains(&label.len())
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label
                    .chars()
                    .all(|letter| letter.is_ascii_alphanumeric() || letter == '-')
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_credentials_the_practice_account_is_offered_first() {
        assert_eq!(preset_ground(Credentials::None), Ground::Practice);
        assert_eq!(preset_ground(Credentials::Found), Ground::Own);
    }

    #[test]
    fn regions_of_every_partition_are_known_by_their_form() {
        for region in ["us-east-1", "us-gov-west-1", "cn-north-1", "ap-southeast-4"] {
            assert!(is_region(region), "{region}");
        }
        for text in ["", "useast1", "us-east", "US-EAST-1", "us-east-1a", "--1"] {
            assert!(!is_region(text), "{text}");
        }
    }

    #[test]
    fn a_host_has_at_least_two_labels_and_no_scheme() {
        assert!(is_host("api.example.com") && is_host("news-1.example.co.uk"));
        for text in ["", "api", "https://api.example.com", "api..com", "-a.com"] {
            assert!(!is_host(text), "{text}");
        }
    }
}
