//! What a service wrote when it refused: its code and its message, in whichever of its spellings.

use super::call::Protocol;
use aws_smithy_types::error::ErrorMetadata;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;

/// An answer that is no success.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("HTTP {status}")]
pub(crate) struct Refusal {
    pub status: u16,
    /// Code and message; both empty when the body is not AWS's own (a web page, a proxy's answer).
    pub meta: ErrorMetadata,
}

impl ProvideErrorMetadata for Refusal {
    fn meta(&self) -> &ErrorMetadata {
        &self.meta
    }
}

impl Refusal {
    /// Reads what it can. `header` gives `x-amzn-errortype`.
    pub fn read(protocol: Protocol, status: u16, header: Option<&str>, body: &[u8]) -> Self {
        let (code, message) = match protocol {
            Protocol::Json { .. } | Protocol::Sdk => json(header, body),
            Protocol::Query { .. } | Protocol::Ec2Query { .. } => xml(body),
        };
        let mut meta = ErrorMetadata::builder();
        if let Some(code) = code {
            meta = meta.code(code);
            if let Some(message) = message {
                meta = meta.message(message);
            }
        }
        Refusal {
            status,
            meta: meta.build(),
        }
    }
}

/// `com.amazonaws.ecr#RepositoryNotFoundException:http://...` is `RepositoryNotFoundException`.
fn bare(code: &str) -> Option<String> {
    let code = code.split(':').next().unwrap_or_default();
    let code = code.rsplit('#').next().unwrap_or_default().trim();
    (!code.is_empty()).then(|| code.to_owned())
}

fn json(header: Option<&str>, body: &[u8]) -> (Option<String>, Option<String>) {
    let body: Option<serde_json::Value> = serde_json::from_slice(body).ok();
    let text = |names: &[&str]| {
        let body = body.as_ref()?;
        names
            .iter()
            .find_map(|name| body.get(name)?.as_str().map(str::to_owned))
    };
    let code = header
        .and_then(bare)
        .or_else(|| bare(&text(&["__type", "code"])?));
    (code, text(&["message", "Message", "errorMessage"]))
}

fn xml(body: &[u8]) -> (Option<String>, Option<String>) {
    use quick_xml::events::Event;
    let Ok(text) = std::str::from_utf8(body) else {
        return (None, None);
    };
    let mut reader = quick_xml::Reader::from_str(text);
    let (mut within_error, mut code, mut message) = (false, None, None);
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => match tag.local_name().as_ref() {
                "Error" => within_error = true,
                "Code" if within_error && code.is_none() => code = inner(&mut reader, &tag),
                "Message" if within_error && message.is_none() => {
                    message = inner(&mut reader, &tag);
                }
                _ => {}
            },
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
    }
    (code.and_then(|code| bare(&code)), message)
}

fn inner(
    reader: &mut quick_xml::Reader<&[u8]>,
    tag: &quick_xml::events::BytesStart<'_>,
) -> Option<String> {
    let raw = reader.read_text(tag.to_end().name()).ok()?;
    quick_xml::escape::unescape(raw.as_ref())
        .ok()
        .map(|text| text.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const QUERY: Protocol = Protocol::Query { version: "1" };
    const EC2: Protocol = Protocol::Ec2Query { version: "1" };
    const JSON: Protocol = Protocol::Json { target: "T" };

    fn read(
        protocol: Protocol,
        header: Option<&str>,
        body: &str,
    ) -> (Option<String>, Option<String>) {
        let refusal = Refusal::read(protocol, 400, header, body.as_bytes());
        (
            refusal.code().map(str::to_owned),
            refusal.message().map(str::to_owned),
        )
    }

    fn said(code: &str, message: &str) -> (Option<String>, Option<String>) {
        (Some(code.to_owned()), Some(message.to_owned()))
    }

    #[test]
    fn every_protocol_spells_its_refusal_in_its_own_way() {
        let query = "<ErrorResponse xmlns=\"x\"><Error><Type>Sender</Type><Code>AccessDenied</Code>\
                     <Message>a &lt;b&gt;</Message></Error><RequestId>1</RequestId></ErrorResponse>";
        assert_eq!(read(QUERY, None, query), said("AccessDenied", "a <b>"));
        let ec2 = "<?xml version=\"1.0\"?>\n<Response><Errors><Error><Code>UnauthorizedOperation</Code><Message>no</Message>\
                   </Error></Errors><RequestID>1</RequestID></Response>";
        assert_eq!(read(EC2, None, ec2), said("UnauthorizedOperation", "no"));
        let json = r#"{"__type":"com.amazonaws.ecr#AccessDeniedException","Message":"no"}"#;
        assert_eq!(read(JSON, None, json), said("AccessDeniedException", "no"));
        assert_eq!(
            read(
                JSON,
                Some("ThrottlingException:http://x"),
                r#"{"message":"slow"}"#
            ),
            said("ThrottlingException", "slow")
        );
    }

    #[test]
    fn a_web_page_has_no_code() {
        let page = "<!doctype html><html><title>500 Internal Server Error</title><p>Message";
        assert_eq!(read(QUERY, None, page), (None, None));
        assert_eq!(read(JSON, None, page), (None, None));
        assert_eq!(read(EC2, None, ""), (None, None));
    }
}
