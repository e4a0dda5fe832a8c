//! Answers: the fields we read of what AWS sends, decoded from XML or JSON.

use super::call::{Call, Protocol};
use serde::de::DeserializeOwned;

/// What one call gives, reduced to the fields we read. Field names are the wire's (for query calls: inside
/// `<OperationResult>`); the contract test holds them against AWS's own models.
pub trait Answer: DeserializeOwned {
    /// The call that gives it.
    const CALL: &'static Call;
    /// What an answer of nothing but `{}` stands for, where the service leaves out an empty list. Everywhere else a list
    /// that is not there makes the answer unreadable: "none" has to be said.
    const NOTHING: Option<&'static str> = None;
}

/// An answer that may go on in the next one.
pub trait Page: Answer {
    type Item;
    /// Its entries, and the token that asks for the next page. An empty token ends it as well as none.
    fn split(self) -> Split<Self::Item>;
}

/// The entries of one page, and how it goes on.
pub struct Split<T> {
    pub items: Vec<T>,
    pub next: Option<String>,
}

/// Why an answer could not be read; says no more than that, as the text may hold anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Unreadable {
    #[error("it is not text")]
    NotText,
    #[error("it is not well-formed XML, or a field is not what it should be")]
    Xml,
    #[error("it is not JSON, or a field is not what it should be")]
    Json,
    #[error("the result is missing")]
    NoResult,
}

/// Reads the body of a successful answer.
pub(crate) fn answer<A: Answer>(body: &[u8]) -> Result<A, Unreadable> {
    match A::NOTHING {
        Some(nothing) if body.trim_ascii() == b"{}" => decode(A::CALL, nothing.as_bytes()),
        _ => decode(A::CALL, body),
    }
}

/// Decodes the body of a successful answer.
pub(crate) fn decode<A: DeserializeOwned>(call: &Call, body: &[u8]) -> Result<A, Unreadable> {
    match call.protocol {
        Protocol::Json { .. } => serde_json::from_slice(body).map_err(|_| Unreadable::Json),
        Protocol::Ec2Query { .. } => {
            let text = std::str::from_utf8(body).map_err(|_| Unreadable::NotText)?;
            expect_root(text, &format!("{}Response", call.operation))?;
            quick_xml::de::from_str(text).map_err(|_| Unreadable::Xml)
        }
        Protocol::Query { .. } => {
            let text = std::str::from_utf8(body).map_err(|_| Unreadable::NotText)?;
            expect_root(text, &format!("{}Response", call.operation))?;
            let result = element(text, &format!("{}Result", call.operation))?;
            quick_xml::de::from_str(result).map_err(|_| Unreadable::Xml)
        }
        Protocol::Sdk => Err(Unreadable::NoResult),
    }
}

/// A web page or another operation's answer has another root.
fn expect_root(text: &str, name: &str) -> Result<(), Unreadable> {
    use quick_xml::events::Event;
    let mut reader = quick_xml::Reader::from_str(text);
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag) | Event::Empty(tag)) => {
                return if tag.local_name().as_ref() == name {
                    Ok(())
                } else {
                    Err(Unreadable::NoResult)
                };
            }
            Ok(Event::Eof) => return Err(Unreadable::NoResult),
            Err(_) => return Err(Unreadable::Xml),
            Ok(_) => {}
        }
    }
}

/// The text of the first element with that name, tags included. The rest of the document must be well-formed too: a
/// cut answer is no answer.
fn element<'a>(text: &'a str, name: &str) -> Result<&'a str, Unreadable> {
    use quick_xml::events::Event;
    let mut reader = quick_xml::Reader::from_str(text);
    let mut found = None;
    let mut depth = 0_usize;
    loop {
        let before = position(&reader);
        match reader.read_event().map_err(|_| Unreadable::Xml)? {
            Event::Start(tag) if found.is_none() && tag.local_name().as_ref() == name => {
                let end = tag.to_end().into_owned();
                reader
                    .read_to_end(end.name())
                    .map_err(|_| Unreadable::Xml)?;
                found = Some(before..position(&reader));
            }
            Event::Empty(tag) if found.is_none() && tag.local_name().as_ref() == name => {
                found = Some(before..position(&reader));
            }
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            Event::Eof if depth > 0 => return Err(Unreadable::Xml),
            Event::Eof => break,
            _ => {}
        }
    }
    found
        .and_then(|range| text.get(range))
        .ok_or(Unreadable::NoResult)
}

fn position(reader: &quick_xml::Reader<&[u8]>) -> usize {
    usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::super::calls;
    use super::super::wire::List;
    use super::*;

    #[derive(Debug, serde::Deserialize)]
    struct Groups {
        #[serde(rename = "Groups", default)]
        groups: List<Group>,
    }

    #[derive(Debug, serde::Deserialize)]
    struct Group {
        #[serde(rename = "GroupName")]
        name: String,
    }

    const BODY: &str = r#"<?xml version="1.0"?><ListGroupsForUserResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/">
        <ListGroupsForUserResult><IsTruncated>false</IsTruncated><Groups><member><GroupName>ops &amp; co</GroupName></member></Groups>
        </ListGroupsForUserResult><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></ListGroupsForUserResponse>"#;

    fn groups(body: &str) -> Result<Vec<String>, Unreadable> {
        decode::<Groups>(&calls::LIST_GROUPS_FOR_USER, body.as_bytes())
            .map(|answer| answer.groups.into_iter().map(|group| group.name).collect())
    }

    #[test]
    fn a_query_answer_is_read_inside_its_result() {
        assert_eq!(groups(BODY).unwrap(), ["ops & co"]);
    }

    #[test]
    fn a_web_page_is_not_an_answer() {
        assert_eq!(
            groups("<html><body>hello</body></html>").unwrap_err(),
            Unreadable::NoResult
        );
        assert_eq!(groups("").unwrap_err(), Unreadable::NoResult);
        assert!(
            decode::<Groups>(&calls::DESCRIBE_VPCS, b"<html><body>hello</body></html>").is_err()
        );
    }

    #[test]
    fn a_cut_answer_is_not_an_answer() {
        for at in 0..BODY.len() - 1 {
            assert!(
                groups(&BODY[..at]).is_err(),
                "cut at {at} was taken for whole"
            );
        }
    }

    #[test]
    fn broken_json_is_not_an_answer() {
        #[derive(Debug, serde::Deserialize)]
        struct Whatever {}
        let broken = decode::<Whatever>(&calls::DESCRIBE_PARAMETERS, b"{\"Parameters\":[");
        assert_eq!(broken.unwrap_err(), Unreadable::Json);
    }
}
