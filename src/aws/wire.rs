//! Shapes that AWS's answers are made of: lists in XML, and times in either protocol.

use jiff::Timestamp;
use serde::de::{self, Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};
use std::fmt;
use std::marker::PhantomData;

/// A list in XML: an element whose children, whatever their name (`member`, `item`, `DBInstance`), are the entries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List<T>(pub Vec<T>);

impl<T> Default for List<T> {
    fn default() -> Self {
        List(Vec::new())
    }
}

impl<T> IntoIterator for List<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for List<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Children<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Children<T> {
            type Value = List<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of elements")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<List<T>, A::Error> {
                let mut entries = Vec::new();
                while let Some(name) = map.next_key::<String>()? {
                    if name.starts_with(['@', '$']) {
                        map.next_value::<IgnoredAny>()?; // an attribute, or text between the children
                    } else {
                        entries.push(map.next_value()?);
                    }
                }
                Ok(List(entries))
            }
        }
        deserializer.deserialize_map(Children(PhantomData))
    }
}

/// An instant as AWS sends it: ISO 8601 text in XML, seconds since 1970 (with a fraction) in JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct At(pub Timestamp);

impl From<At> for Timestamp {
    fn from(at: At) -> Self {
        at.0
    }
}

impl At {
    /// From milliseconds since 1970, as CloudWatch Logs sends them; `None` outside the calendar.
    pub fn from_milliseconds(milliseconds: i64) -> Option<Timestamp> {
        Timestamp::from_millisecond(milliseconds).ok()
    }
}

impl<'de> Deserialize<'de> for At {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Clone, Copy)]
        struct Instant;
        impl<'de> Visitor<'de> for Instant {
            type Value = At;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an instant")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<At, E> {
                text.trim()
                    .parse()
                    .map(At)
                    .map_err(|_| E::custom("not an instant"))
            }

            /// An XML element: its text.
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<At, A::Error> {
                let mut instant = None;
                while let Some(name) = map.next_key::<String>()? {
                    if name == "$text" {
                        instant = Some(self.visit_str::<A::Error>(&map.next_value::<String>()?)?);
                    } else {
                        map.next_value::<IgnoredAny>()?;
                    }
                }
                instant.ok_or_else(|| de::Error::custom("not an instant"))
            }

            fn visit_i64<E: de::Error>(self, seconds: i64) -> Result<At, E> {
                Timestamp::from_second(seconds)
                    .map(At)
                    .map_err(|_| E::custom("not an instant"))
            }

            fn visit_u64<E: de::Error>(self, seconds: u64) -> Result<At, E> {
                i64::try_from(seconds)
                    .map_err(|_| E::custom("not an instant"))
                    .and_then(|seconds| self.visit_i64(seconds))
            }

            fn visit_f64<E: de::Error>(self, seconds: f64) -> Result<At, E> {
                #[allow(clippy::cast_possible_truncation)]
                // checked by from_millisecond, and a cast saturates
                let milliseconds = (seconds * 1000.0).round() as i64;
                Timestamp::from_millisecond(milliseconds)
                    .map(At)
                    .map_err(|_| E::custom("not an instant"))
            }
        }
        deserializer.deserialize_any(Instant)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, serde::Deserialize)]
    struct Answer {
        #[serde(default)]
        names: List<String>,
        #[serde(default)]
        things: List<Thing>,
        #[serde(rename = "madeAt")]
        made_at: Option<At>,
    }

    #[derive(Debug, PartialEq, serde::Deserialize)]
    struct Thing {
        id: String,
    }

    #[test]
    fn a_list_takes_children_of_any_name() {
        let xml = "<r><names>\n <item>a</item>\n <item>b</item></names>\
                   <things><Thing><id>1</id><other/></Thing><Thing><id>2</id></Thing></things>\
                   <madeAt>2026-01-02T03:04:05.678Z</madeAt></r>";
        let answer: Answer = quick_xml::de::from_str(xml).unwrap();
        assert_eq!(answer.names.0, ["a", "b"]);
        assert_eq!(
            answer
                .things
                .into_iter()
                .map(|thing| thing.id)
                .collect::<Vec<_>>(),
            ["1", "2"]
        );
        assert_eq!(
            answer.made_at.unwrap().0.to_string(),
            "2026-01-02T03:04:05.678Z"
        );
    }

    #[test]
    fn an_empty_or_missing_list_is_empty() {
        let answer: Answer = quick_xml::de::from_str("<r><names/></r>").unwrap();
        assert!(answer.names.0.is_empty() && answer.things.0.is_empty());
        assert_eq!(answer.made_at, None);
    }

    #[test]
    fn json_sends_seconds() {
        let at = |text: &str| serde_json::from_str::<At>(text).unwrap().0.to_string();
        assert_eq!(at("1767323045"), "2026-01-02T03:04:05Z");
        assert_eq!(at("1767323045.678"), "2026-01-02T03:04:05.678Z");
        assert_eq!(at("\"2026-01-02T03:04:05+02:00\""), "2026-01-02T01:04:05Z");
        assert!(serde_json::from_str::<At>("\"soon\"").is_err());
    }
}
