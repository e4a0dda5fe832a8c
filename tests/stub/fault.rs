//! What can go wrong with one call, as each protocol puts it.

use super::http::Reply;
use std::time::Duration;

/// How one call goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// No policy allows it.
    Denied,
    /// So often, and then it is answered.
    ThrottledAtFirst(usize),
    ThrottledForever,
    /// The session ran out.
    Expired,
    /// HTTP 500 with a web page, as proxies and emulators send it.
    WebPage,
    /// HTTP 503 with nothing.
    Unavailable,
    /// HTTP 200 with a web page: the sign-in page of a hotel's network.
    Portal,
    /// HTTP 200 in the right format, with another answer inside.
    OtherAnswer,
    /// HTTP 200 with nothing.
    Nothing,
    /// Half of the answer.
    Cut,
    /// The connection is closed without an answer.
    HungUp,
    /// Nothing is said for so long.
    Silent(Duration),
}

/// How a service spells its refusals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Spelling {
    Query,
    Ec2,
    Json,
}

fn spelling(call: &str) -> Spelling {
    match call.split(':').next() {
        Some("ec2") => Spelling::Ec2,
        Some("iam" | "rds" | "elasticache" | "elasticloadbalancing" | "sts" | "s3") => {
            Spelling::Query
        }
        _ => Spelling::Json,
    }
}

/// The IAM action that allows a call. Budgets has one for all of its reads (Service Authorization Reference).
pub fn action(call: &str) -> String {
    if call.starts_with("budgets:") {
        "budgets:ViewBudget".to_owned()
    } else {
        call.to_owned()
    }
}

const PORTAL: &str = "<!doctype html><html><head><title>Welcome to the Grand Hotel</title></head>\
                      <body><form action=/login>Room <input name=room></form></body></html>";

/// The answer that goes wrong; `None` when it is the good one after all. `before` counts how often the same question
/// was put before, `good` is its right answer.
pub fn reply(fault: Fault, call: &str, before: usize, good: &Reply) -> Option<Reply> {
    let said = spelling(call);
    Some(match fault {
        Fault::Denied => {
            let action = action(call);
            let message = format!(
                "User: arn:aws:iam::123456789012:user/news-admin is not authorized to perform: {action} on resource: * \
                 because no identity-based policy allows the {action} action"
            );
            match said {
                Spelling::Query => refused(said, 403, "AccessDenied", &message),
                Spelling::Json => refused(said, 400, "AccessDeniedException", &message),
                Spelling::Ec2 => {
                    let message =
                        format!("You are not authorized to perform this operation. {message}");
                    refused(said, 403, "UnauthorizedOperation", &message)
                }
            }
        }
        Fault::ThrottledAtFirst(times) if before >= times => return None,
        Fault::ThrottledAtFirst(_) | Fault::ThrottledForever => match said {
            Spelling::Query if call.starts_with("s3:") => {
                refused(said, 503, "SlowDown", "Please reduce your request rate.")
            }
            Spelling::Query => refused(said, 400, "Throttling", "Rate exceeded"),
            Spelling::Json => refused(said, 400, "ThrottlingException", "Rate exceeded"),
            Spelling::Ec2 => refused(said, 503, "RequestLimitExceeded", "Request limit exceeded."),
        },
        Fault::Expired => match said {
            Spelling::Query => {
                let message = "The security token included in the request is expired";
                refused(said, 403, "ExpiredToken", message)
            }
            Spelling::Json => {
                let message = "The security token included in the request is expired";
                refused(said, 400, "ExpiredTokenException", message)
            }
            Spelling::Ec2 => refused(said, 400, "RequestExpired", "Request has expired."),
        },
        Fault::WebPage => Reply::whole(
            500,
            "text/html",
            "<!doctype html><html><title>500 Internal Server Error</title><p>Oops</html>",
        ),
        Fault::Unavailable => Reply::whole(503, "text/plain", ""),
        Fault::Portal => Reply::whole(200, "text/html", PORTAL),
        Fault::OtherAnswer => match said {
            Spelling::Json => Reply::whole(200, "application/json", "{\"status\":\"ok\"}"),
            _ => Reply::whole(
                200,
                "text/xml",
                "<DescribeRouterResponse><DescribeRouterResult/></DescribeRouterResponse>",
            ),
        },
        Fault::Nothing => Reply::whole(200, "", ""),
        Fault::Cut => Reply::Cut(Box::new(good.clone())),
        Fault::HungUp => Reply::HungUp,
        Fault::Silent(pause) => Reply::Silent(pause),
    })
}

fn refused(said: Spelling, status: u16, code: &str, message: &str) -> Reply {
    match said {
        Spelling::Query => Reply::whole(
            status,
            "text/xml",
            &format!(
                "<ErrorResponse><Error><Type>Sender</Type><Code>{code}</Code><Message>{message}</Message></Error>\
                 <RequestId>r</RequestId></ErrorResponse>"
            ),
        ),
        Spelling::Ec2 => Reply::whole(
            status,
            "text/xml",
            &format!(
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Response><Errors><Error><Code>{code}</Code>\
                 <Message>{message}</Message></Error></Errors><RequestID>r</RequestID></Response>"
            ),
        ),
        Spelling::Json => Reply::whole(
            status,
            "application/x-amz-json-1.1",
            &serde_json::json!({"__type": code, "message": message}).to_string(),
        ),
    }
}
