//! What AWS's codes and messages mean: one classifier for every service. Pure; messages are only read, never kept.

use super::call::Call;
use super::endpoint::is_opt_in;
use super::retry::{is_not_offered, is_passing};
use crate::account::{CredentialTrouble, DeniedBy, Region, Why};

/// What AWS's refusal means. Pure; the message is only read, never kept.
pub(super) fn classify(
    call: &Call,
    region: &Region,
    status: Option<u16>,
    code: Option<&str>,
    message: Option<&str>,
) -> Why {
    let message = message.unwrap_or_default();
    let Some(code) = code else {
        return not_aws(call, status);
    };
    match code {
        "AccessDenied"
        | "AccessDeniedException"
        | "UnauthorizedOperation"
        | "Client.UnauthorizedOperation"
        | "NotAuthorized"
        | "NotAuthorizedException"
        | "UnauthorizedAccess"
        | "UnauthorizedException"
        | "Forbidden"
        | "ForbiddenException"
        | "AuthorizationError"
        | "AuthorizationErrorException" => Why::Denied {
            action: denied_action(message).unwrap_or_else(|| call.action.to_owned()),
            by: denied_by(message),
        },
        // EC2 says RequestExpired of a session that ran out (EC2 API reference, "Error codes"). It says the same of a clock
        // that is off, but that is put right from AWS's answers before it comes here.
        "ExpiredToken" | "ExpiredTokenException" | "TokenRefreshRequired" | "RequestExpired" => {
            Why::Credentials(CredentialTrouble::Expired)
        }
        "RequestTimeTooSkewed" | "RequestInTheFuture" => clock(),
        "SignatureDoesNotMatch" | "InvalidSignatureException"
            if message.contains("xpired") || message.contains("not yet current") =>
        {
            clock()
        }
        "SignatureDoesNotMatch"
        | "InvalidSignatureException"
        | "MissingAuthenticationToken"
        | "MissingAuthenticationTokenException"
        | "IncompleteSignature"
        | "IncompleteSignatureException"
        | "InvalidToken"
        | "InvalidTokenException"
        | "InvalidSecurity" => Why::Credentials(CredentialTrouble::Invalid),
        // The same code for a region that is not switched on and for a key nobody knows.
        "InvalidClientTokenId"
        | "UnrecognizedClientException"
        | "AuthFailure"
        | "InvalidAccessKeyId" => {
            if is_opt_in(region) {
                not_enabled(region)
            } else {
                Why::Credentials(CredentialTrouble::Invalid)
            }
        }
        "RegionDisabledException" => not_enabled(region),
        // In a region that nobody has to switch on it is the account that is not ready yet.
        "OptInRequired" | "SubscriptionRequired" | "SubscriptionRequiredException" => {
            if is_opt_in(region) {
                not_enabled(region)
            } else {
                not_activated(call)
            }
        }
        "PendingVerification" | "AccountProblem" | "NotSignedUp" => not_activated(call),
        code if is_throttling(code) => Why::Throttled,
        "RequestTimeout" | "RequestTimeoutException" => Why::TimedOut,
        code if is_not_offered(code) => Why::NotOffered {
            say: format!(
                "{} here does not offer {}",
                call.service.title(),
                call.operation
            ),
        },
        code => Why::Other {
            say: match status {
                Some(status) => {
                    format!("{} answered {code} (HTTP {status})", call.service.title())
                }
                None => format!("{} answered {code}", call.service.title()),
            },
        },
    }
}

fn is_throttling(code: &str) -> bool {
    aws_runtime::retries::classifiers::THROTTLING_ERRORS.contains(&code)
        || matches!(
            code,
            "RequestThrottledError"
                | "TooManyRequests"
                | "ProvisionedThroughputExceeded"
                | "Client.RequestLimitExceeded"
                | "SlowDownException"
        )
}

fn clock() -> Why {
    Why::Other {
        say: "the clock of this computer is off, and AWS refuses signatures from another time"
            .to_owned(),
    }
}

fn not_enabled(region: &Region) -> Why {
    Why::RegionNotEnabled {
        region: region.to_string(),
    }
}

fn not_activated(call: &Call) -> Why {
    Why::Other {
        say: format!(
            "this account may not use {} yet: AWS activates a new account within a day, once its payment method and \
             telephone number are confirmed",
            call.service.title()
        ),
    }
}

/// An answer without a code is not AWS's: a web page, a proxy, an emulator that lacks the call.
pub(super) fn not_aws(call: &Call, status: Option<u16>) -> Why {
    let service = call.service.title();
    match status {
        Some(429) => Why::Throttled,
        Some(status) if is_passing(status) => Why::Other {
            say: format!("{service} is not available at the moment (HTTP {status})"),
        },
        Some(status @ (300..=399 | 407 | 511)) => Why::Other {
            say: format!(
                "a proxy or the sign-in page of this network answered instead of {service} (HTTP {status})"
            ),
        },
        Some(500..=599) => Why::NotOffered {
            say: format!(
                "{service} here does not offer {}: it answered HTTP {} without AWS's error format",
                call.operation,
                status.unwrap_or_default()
            ),
        },
        Some(status) if !(200..300).contains(&status) => Why::Other {
            say: format!("{service} answered HTTP {status} without AWS's error format"),
        },
        _ => Why::Other {
            say: format!("{service} answered something that is not AWS's format"),
        },
    }
}

/// `... is not authorized to perform: ecs:DescribeClusters on resource ...`. EC2 begins with "not authorized to perform
/// this operation", and may leave it at that and an encoded message.
fn denied_action(message: &str) -> Option<String> {
    message
        .match_indices("authorized to perform")
        .find_map(|(at, found)| action_in(&message[at + found.len()..]))
}

fn action_in(rest: &str) -> Option<String> {
    let word = rest
        .trim_start_matches([':', ' '])
        .split([' ', ',', '\n', ';'])
        .next()?
        .trim_end_matches('.');
    let (service, action) = word.split_once(':')?;
    let plain = |text: &str| {
        !text.is_empty()
            && text
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '*'))
    };
    (plain(service) && plain(action)).then(|| word.to_owned())
}

/// The sentences of the IAM user guide, "Access denied error messages": `because no KIND allows the ...`, `with an explicit
/// deny in a KIND`. What stands before is full of other people's names.
fn denied_by(message: &str) -> DeniedBy {
    let explicit = message.rfind("explicit deny");
    let reason = match explicit.or_else(|| message.rfind("because no ")) {
        Some(at) => &message[at..],
        None => return DeniedBy::Identity,
    };
    let says = |text: &str| reason.contains(text);
    if says("service control polic") || says("resource control polic") {
        DeniedBy::Organisation
    } else if says("permissions boundary") {
        DeniedBy::Boundary
    } else if says("session polic") {
        DeniedBy::Session
    } else if says("VPC endpoint polic") {
        DeniedBy::Endpoint
    } else if explicit.is_some() {
        DeniedBy::ExplicitDeny
    } else if says("resource-based polic") {
        DeniedBy::Resource
    } else {
        DeniedBy::Identity
    }
}

/// A code from the wire, without anything a terminal might act on.
pub(super) fn plain(code: &str) -> String {
    code.chars()
        .filter(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_'))
        .take(100)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::calls;
    use super::*;

    fn why(region: &str, code: &str, message: &str) -> Why {
        classify(
            &calls::DESCRIBE_DB_INSTANCES,
            &Region::from(region),
            Some(403),
            Some(code),
            Some(message),
        )
    }

    fn denied(code: &str, message: &str) -> (String, DeniedBy) {
        match why("us-east-1", code, message) {
            Why::Denied { action, by } => (action, by),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_denial_names_the_action_to_allow() {
        let message = "User: arn:aws:iam::123456789012:user/ann is not authorized to perform: rds:DescribeDBClusters on \
                       resource: arn:aws:rds:us-east-1:123456789012:cluster:* because no identity-based policy allows the \
                       rds:DescribeDBClusters action";
        assert_eq!(
            denied("AccessDenied", message),
            ("rds:DescribeDBClusters".to_owned(), DeniedBy::Identity)
        );
        let ec2 = "You are not authorized to perform this operation. User: arn:aws:iam::1:user/a is not authorized to perform: \
                   ec2:DescribeVpcs because no identity-based policy allows the ec2:DescribeVpcs action";
        assert_eq!(denied("UnauthorizedOperation", ec2).0, "ec2:DescribeVpcs");
    }

    #[test]
    fn a_denial_without_words_names_the_calls_own_action() {
        for code in [
            "AccessDenied",
            "AccessDeniedException",
            "UnauthorizedOperation",
        ] {
            assert_eq!(denied(code, "").0, "rds:DescribeDBInstances", "{code}");
        }
        let odd = "not authorized to perform: \u{1b}[31mrds:Everything";
        assert_eq!(denied("AccessDenied", odd).0, "rds:DescribeDBInstances");
    }

    #[test]
    fn a_denial_says_whose_it_is() {
        let by = |message: &str| denied("AccessDeniedException", message).1;
        assert_eq!(
            by("x with an explicit deny in a service control policy"),
            DeniedBy::Organisation
        );
        assert_eq!(
            by("because no service control policy allows the ecs:ListClusters action"),
            DeniedBy::Organisation
        );
        assert_eq!(
            by("because no permissions boundary allows the action"),
            DeniedBy::Boundary
        );
        assert_eq!(
            by("because no session policy allows the action"),
            DeniedBy::Session
        );
        assert_eq!(
            by("with an explicit deny in an identity-based policy"),
            DeniedBy::ExplicitDeny
        );
    }

    #[test]
    fn credentials_are_told_apart() {
        for code in ["ExpiredToken", "ExpiredTokenException"] {
            assert_eq!(
                why("us-east-1", code, ""),
                Why::Credentials(CredentialTrouble::Expired)
            );
        }
        for code in [
            "InvalidClientTokenId",
            "UnrecognizedClientException",
            "SignatureDoesNotMatch",
            "AuthFailure",
        ] {
            assert_eq!(
                why("us-east-1", code, ""),
                Why::Credentials(CredentialTrouble::Invalid),
                "{code}"
            );
        }
    }

    #[test]
    fn in_a_region_that_must_be_switched_on_an_unknown_key_means_that_it_is_not() {
        let region = Why::RegionNotEnabled {
            region: "eu-south-2".to_owned(),
        };
        assert_eq!(why("eu-south-2", "UnrecognizedClientException", ""), region);
        assert_eq!(why("eu-south-2", "OptInRequired", ""), region);
    }

    #[test]
    fn a_clock_that_is_off_is_not_a_bad_key() {
        let skewed = why(
            "us-east-1",
            "InvalidSignatureException",
            "Signature expired: 20260101T000000Z is now earlier than",
        );
        assert!(matches!(skewed, Why::Other { say } if say.contains("clock")));
    }

    #[test]
    fn throttling_has_many_names() {
        for code in [
            "Throttling",
            "ThrottlingException",
            "RequestLimitExceeded",
            "TooManyRequestsException",
        ] {
            assert_eq!(why("us-east-1", code, ""), Why::Throttled, "{code}");
        }
    }

    #[test]
    fn what_a_service_does_not_offer_is_said_so() {
        for code in [
            "NotImplemented",
            "InvalidAction",
            "UnknownOperationException",
        ] {
            assert!(
                matches!(why("us-east-1", code, ""), Why::NotOffered { .. }),
                "{code}"
            );
        }
        let page = classify(
            &calls::SIMULATE_PRINCIPAL_POLICY,
            &Region::from("us-east-1"),
            Some(500),
            None,
            None,
        );
        assert!(matches!(page, Why::NotOffered { say } if say.contains("500")));
    }

    #[test]
    fn a_code_cannot_carry_control_characters() {
        assert_eq!(plain("Bad\u{1b}[31mCode\n"), "Bad31mCode");
    }
}
