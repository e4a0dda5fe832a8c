//! What AWS's refusals mean, in every protocol's spelling, over the wire: the thin layer's three protocols and the SDK's
//! two clients give the same reasons for the same trouble.

use super::answer::Answer;
use super::answers::ec2::DescribeVpcs;
use super::answers::ssm::DescribeParameters;
use super::testing::{Reply, Server};
use super::{Input, ReadError, Reader, calls};
use crate::account::{CredentialTrouble, DeniedBy, Why};

/// One call of each way to ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Query,
    Ec2,
    Json,
    SdkJson,
    SdkQuery,
}

const WAYS: [Way; 5] = [Way::Query, Way::Ec2, Way::Json, Way::SdkJson, Way::SdkQuery];

impl Way {
    const fn operation(self) -> &'static str {
        match self {
            Way::Query => "GetAccountSummary",
            Way::Ec2 => "DescribeVpcs",
            Way::Json => "DescribeParameters",
            Way::SdkJson => "DescribeClusters",
            Way::SdkQuery => "GetCallerIdentity",
        }
    }

    /// What IAM has to allow for it.
    const fn action(self) -> &'static str {
        match self {
            Way::Query => "iam:GetAccountSummary",
            Way::Ec2 => "ec2:DescribeVpcs",
            Way::Json => "ssm:DescribeParameters",
            Way::SdkJson => "ecs:DescribeClusters",
            Way::SdkQuery => "sts:GetCallerIdentity",
        }
    }

    fn refused(self, status: u16, code: &str, message: &str) -> Reply {
        match self {
            Way::Query | Way::SdkQuery => Reply::refused(status, code, message),
            Way::Json | Way::SdkJson => Reply::refused_json(status, code, message),
            Way::Ec2 => Reply::xml(
                status,
                format!(
                    "<Response><Errors><Error><Code>{code}</Code><Message>{message}</Message></Error></Errors>\
                     <RequestID>r</RequestID></Response>"
                ),
            ),
        }
    }

    async fn ask(self, reader: &Reader) -> Result<(), ReadError> {
        let sent = |call, input| async move { reader.send(call, &input).await.map(drop) };
        match self {
            Way::Query => sent(&calls::GET_ACCOUNT_SUMMARY, Input::none()).await,
            Way::Ec2 => sent(DescribeVpcs::CALL, Input::none()).await,
            Way::Json => sent(DescribeParameters::CALL, Input::none()).await,
            Way::SdkJson => {
                let asked = Box::pin(reader.ecs().describe_clusters().send());
                let answer = reader.sdk(&calls::DESCRIBE_CLUSTERS, asked).await;
                answer.map(drop)
            }
            Way::SdkQuery => {
                let asked = Box::pin(reader.sts().get_caller_identity().send());
                let answer = reader.sdk(&calls::GET_CALLER_IDENTITY, asked).await;
                answer.map(drop)
            }
        }
    }
}

async fn asked(way: Way, region: &str, reply: Reply) -> (Why, usize) {
    let server = Server::start().on(way.operation(), [reply]);
    let error = way.ask(&server.reader_in(region)).await.unwrap_err();
    (error.why, server.times(way.operation()))
}

async fn why(way: Way, status: u16, code: &str, message: &str) -> Why {
    asked(way, "us-east-1", way.refused(status, code, message))
        .await
        .0
}

/// Every code in every protocol: some services send another protocol's.
async fn each(status: u16, codes: &[&str], message: &str, expected: impl Fn(Way) -> Why) {
    for way in WAYS {
        for code in codes {
            assert_eq!(
                why(way, status, code, message).await,
                expected(way),
                "{code} {way:?}"
            );
        }
    }
}

fn credentials(trouble: CredentialTrouble) -> impl Fn(Way) -> Why {
    move |_| Why::Credentials(trouble)
}

#[tokio::test]
async fn denied_names_the_action_that_aws_names() {
    let codes = [
        "AccessDenied",
        "AccessDeniedException",
        "UnauthorizedOperation",
        "Client.UnauthorizedOperation",
        "NotAuthorized",
        "Forbidden",
    ];
    let message = "User: arn:aws:iam::123456789012:user/ann is not authorized to perform: svc:DoThat on resource: * because no \
                   identity-based policy allows the svc:DoThat action";
    let that = |_| Why::Denied {
        action: "svc:DoThat".to_owned(),
        by: DeniedBy::Identity,
    };
    each(403, &codes, message, that).await;
    let own = |way: Way| Why::Denied {
        action: way.action().to_owned(),
        by: DeniedBy::Identity,
    };
    each(403, &codes, "", own).await;
    let encoded = "You are not authorized to perform this operation. Encoded authorization failure message: 4GIOHlTkIaWHQD0Q0m6X";
    each(403, &["UnauthorizedOperation"], encoded, own).await;
}

/// The messages of the IAM user guide, "Access denied error messages".
#[tokio::test]
async fn denied_says_who_denies() {
    let table = [
        (
            "because no identity-based policy allows the a:B action",
            DeniedBy::Identity,
        ),
        (
            "with an explicit deny in an identity-based policy",
            DeniedBy::ExplicitDeny,
        ),
        (
            "with an explicit deny in an identity-based policy: arn:aws:iam::123456789012:policy/session-policy",
            DeniedBy::ExplicitDeny,
        ),
        (
            "because no service control policy allows the a:B action",
            DeniedBy::Organisation,
        ),
        (
            "with an explicit deny in a service control policy",
            DeniedBy::Organisation,
        ),
        (
            "with an explicit deny in a service control policy: arn:aws:organizations::1:policy/o-1/service_control_policy/p-1",
            DeniedBy::Organisation,
        ),
        (
            "with an explicit deny in a resource control policy",
            DeniedBy::Organisation,
        ),
        (
            "because no permissions boundary allows the a:B action",
            DeniedBy::Boundary,
        ),
        (
            "with an explicit deny in a permissions boundary",
            DeniedBy::Boundary,
        ),
        (
            "because no session policy allows the a:B action",
            DeniedBy::Session,
        ),
        (
            "with an explicit deny in a session policy",
            DeniedBy::Session,
        ),
        (
            "because no VPC endpoint policy allows the a:B action",
            DeniedBy::Endpoint,
        ),
        (
            "with an explicit deny in a VPC endpoint policy",
            DeniedBy::Endpoint,
        ),
        (
            "because no resource-based policy allows the a:B action",
            DeniedBy::Resource,
        ),
        (
            "with an explicit deny in a resource-based policy",
            DeniedBy::ExplicitDeny,
        ),
        ("", DeniedBy::Identity),
    ];
    for (reason, by) in table {
        // A name may hold anything.
        let message = format!(
            "User: arn:aws:iam::1:user/a is not authorized to perform: a:B on resource: arn:aws:x:::no permissions boundary {reason}"
        );
        let expected = Why::Denied {
            action: "a:B".to_owned(),
            by,
        };
        for way in [Way::Query, Way::Json, Way::SdkJson] {
            let code = "AccessDeniedException";
            assert_eq!(why(way, 400, code, &message).await, expected, "{reason}");
        }
    }
}

#[tokio::test]
async fn throttling_has_many_names() {
    let codes = [
        "Throttling",
        "ThrottlingException",
        "ThrottledException",
        "RequestThrottled",
        "RequestThrottledException",
        "RequestLimitExceeded",
        "TooManyRequestsException",
        "TooManyRequests",
        "SlowDown",
        "BandwidthLimitExceeded",
        "ProvisionedThroughputExceeded",
        "ProvisionedThroughputExceededException",
        "EC2ThrottledException",
        "PriorRequestNotComplete",
    ];
    each(400, &codes, "Rate exceeded", |_| Why::Throttled).await;
}

#[tokio::test]
async fn too_many_requests_without_a_code_is_throttling_and_is_tried_again() {
    for way in WAYS {
        let page = Reply::page(429);
        assert_eq!(
            asked(way, "us-east-1", page).await,
            (Why::Throttled, 3),
            "{way:?}"
        );
    }
}

#[tokio::test]
async fn credentials_that_ran_out_are_told_from_unknown_ones() {
    let expired = [
        "ExpiredToken",
        "ExpiredTokenException",
        "TokenRefreshRequired",
        "RequestExpired",
    ];
    let message = "The security token included in the request is expired";
    each(
        403,
        &expired,
        message,
        credentials(CredentialTrouble::Expired),
    )
    .await;
    let invalid = [
        "InvalidClientTokenId",
        "UnrecognizedClientException",
        "AuthFailure",
        "InvalidAccessKeyId",
        "SignatureDoesNotMatch",
        "InvalidSignatureException",
        "IncompleteSignature",
        "MissingAuthenticationToken",
        "InvalidToken",
    ];
    let message = "The security token included in the request is invalid.";
    each(
        403,
        &invalid,
        message,
        credentials(CredentialTrouble::Invalid),
    )
    .await;
}

#[tokio::test]
async fn a_region_that_is_not_switched_on_is_told_from_an_account_that_is_not_ready() {
    for way in WAYS {
        let asked = async |region, code| {
            let refused = way.refused(403, code, "You are not subscribed to this service");
            asked(way, region, refused).await.0
        };
        let south = Why::RegionNotEnabled {
            region: "eu-south-2".to_owned(),
        };
        for code in [
            "OptInRequired",
            "SubscriptionRequiredException",
            "UnrecognizedClientException",
            "InvalidClientTokenId",
            "AuthFailure",
        ] {
            assert_eq!(asked("eu-south-2", code).await, south, "{code} {way:?}");
        }
        for code in [
            "OptInRequired",
            "SubscriptionRequiredException",
            "PendingVerification",
        ] {
            let why = asked("us-east-1", code).await;
            assert!(
                matches!(&why, Why::Other { say } if say.contains("activates a new account")),
                "{code} {way:?}: {why:?}"
            );
        }
    }
}

#[tokio::test]
async fn what_is_not_offered_is_said_so_and_not_tried_again() {
    for way in WAYS {
        for (status, code) in [
            (501, "NotImplemented"),
            (400, "InvalidAction"),
            (400, "UnknownOperationException"),
            (400, "UnsupportedOperation"),
            (400, "UnsupportedFeature"),
            (400, "UnsupportedFeatureException"),
        ] {
            let (why, times) = asked(way, "us-east-1", way.refused(status, code, "no")).await;
            assert!(
                matches!(why, Why::NotOffered { .. }),
                "{code} {way:?}: {why:?}"
            );
            assert_eq!(times, 1, "{code} {way:?}");
        }
        let (why, times) = asked(way, "us-east-1", Reply::page(500)).await;
        assert!(
            matches!(&why, Why::NotOffered { say } if say.contains("500")),
            "{way:?}: {why:?}"
        );
        assert_eq!(times, 1, "{way:?}");
    }
}

#[tokio::test]
async fn a_gateway_with_nobody_behind_it_is_tried_again() {
    for way in WAYS {
        for status in [502, 503, 504] {
            let (why, times) = asked(way, "us-east-1", Reply::xml(status, "")).await;
            assert!(
                matches!(&why, Why::Other { say } if say.contains("not available at the moment") && say.contains(&status.to_string())),
                "{status} {way:?}: {why:?}"
            );
            assert_eq!(times, 3, "{status} {way:?}");
        }
    }
}

#[tokio::test]
async fn a_proxy_is_told_from_aws() {
    for way in WAYS {
        for status in [302, 307, 407, 511] {
            let (why, times) = asked(way, "us-east-1", Reply::page(status)).await;
            assert!(
                matches!(&why, Why::Other { say } if say.contains("proxy")),
                "{status} {way:?}: {why:?}"
            );
            assert_eq!(times, 1, "{status} {way:?}");
        }
        for status in [400, 403, 404] {
            let (why, _) = asked(way, "us-east-1", Reply::page(status)).await;
            assert!(
                matches!(&why, Why::Other { say } if say.contains("without AWS's error format")),
                "{status} {way:?}: {why:?}"
            );
        }
    }
}

#[tokio::test]
async fn trouble_of_awss_own_is_tried_again_and_named() {
    for way in WAYS {
        for (status, code) in [
            (500, "InternalFailure"),
            (500, "InternalError"),
            (503, "ServiceUnavailable"),
            (503, "Unavailable"),
        ] {
            let (why, times) = asked(way, "us-east-1", way.refused(status, code, "later")).await;
            assert!(
                matches!(&why, Why::Other { say } if say.contains(code)),
                "{code} {way:?}: {why:?}"
            );
            assert_eq!(times, 3, "{code} {way:?}");
        }
    }
}

/// HTTP 200 with something that is not AWS's answer: a hotel's sign-in page, another service, nothing. Only the SDK's own
/// parsers are asked here; what the thin layer decodes is held in `garbage_tests`.
#[tokio::test]
async fn a_success_that_is_not_awss_is_unknown() {
    for way in [Way::SdkJson, Way::SdkQuery] {
        for body in [
            "<!doctype html><html><body>Welcome</body></html>",
            "[]",
            "null",
            "\"ok\"",
            "<Other/>",
            "{\"clusters\":",
        ] {
            let server = Server::start().on(way.operation(), [Reply::xml(200, body)]);
            let read = way.ask(&server.reader()).await;
            assert!(
                matches!(
                    &read,
                    Err(ReadError {
                        why: Why::Other { .. },
                        ..
                    })
                ),
                "{way:?} {body}: {read:?}"
            );
        }
    }
}
