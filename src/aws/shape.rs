//! The field paths of an answer type, found by letting serde walk it. The contract test holds them against AWS's models,
//! so that no name rests on memory.

use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, Error as _, IntoDeserializer, MapAccess,
    SeqAccess, Visitor, value::Error,
};
use std::cell::RefCell;
use std::collections::BTreeSet;

/// Paths such as `User.PermissionsBoundary.PermissionsBoundaryArn`; `*` is any child of a list or any key of a map.
pub fn paths_of<T: DeserializeOwned>() -> Vec<String> {
    let found = RefCell::new(BTreeSet::new());
    let probe = Probe {
        path: String::new(),
        found: &found,
    };
    // Types that read text or numbers in their own way may refuse what the probe gives; their path is noted by then.
    let _ = T::deserialize(probe);
    found.into_inner().into_iter().collect()
}

#[derive(Clone)]
struct Probe<'a> {
    path: String,
    found: &'a RefCell<BTreeSet<String>>,
}

impl Probe<'_> {
    fn inside(&self, name: &str) -> Self {
        let path = if self.path.is_empty() {
            name.to_owned()
        } else {
            format!("{}.{name}", self.path)
        };
        self.found.borrow_mut().insert(path.clone());
        Probe {
            path,
            found: self.found,
        }
    }
}

macro_rules! give {
    ($($method:ident => $visit:ident($($value:expr)?);)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            visitor.$visit($($value)?)
        })*
    };
}

impl<'de> Deserializer<'de> for Probe<'_> {
    type Error = Error;

    give! {
        deserialize_bool => visit_bool(true);
        deserialize_i8 => visit_i8(1);
        deserialize_i16 => visit_i16(1);
        deserialize_i32 => visit_i32(1);
        deserialize_i64 => visit_i64(1);
        deserialize_u8 => visit_u8(1);
        deserialize_u16 => visit_u16(1);
        deserialize_u32 => visit_u32(1);
        deserialize_u64 => visit_u64(1);
        deserialize_f32 => visit_f32(1.0);
        deserialize_f64 => visit_f64(1.0);
        deserialize_char => visit_char('1');
        deserialize_str => visit_str("1");
        deserialize_string => visit_str("1");
        deserialize_bytes => visit_str("1");
        deserialize_byte_buf => visit_str("1");
        deserialize_unit => visit_unit();
        deserialize_any => visit_i64(1);
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self)
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_seq(Entries(Some(self.inside("*"))))
    }

    fn deserialize_tuple<V: Visitor<'de>>(
        self,
        _len: usize,
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _len: usize,
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_map(Fields {
            probe: self,
            names: &["*"],
            next: 0,
        })
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        // All names first: a field that refuses its value must not hide the ones after it.
        for field in fields {
            self.inside(field);
        }
        visitor.visit_map(Fields {
            probe: self,
            names: fields,
            next: 0,
        })
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let first = variants.first().copied().unwrap_or_default();
        visitor.visit_enum(first.into_deserializer())
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_str("*")
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }
}

struct Entries<'a>(Option<Probe<'a>>);

impl<'de> SeqAccess<'de> for Entries<'_> {
    type Error = Error;

    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Error> {
        self.0
            .take()
            .map(|probe| seed.deserialize(probe))
            .transpose()
    }
}

struct Fields<'a> {
    probe: Probe<'a>,
    names: &'static [&'static str],
    next: usize,
}

impl<'de> MapAccess<'de> for Fields<'_> {
    type Error = Error;

    fn next_key_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Error> {
        self.names
            .get(self.next)
            .map(|name| seed.deserialize((*name).into_deserializer()))
            .transpose()
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Error> {
        let name = self
            .names
            .get(self.next)
            .ok_or_else(|| Error::custom("a value without a key"))?;
        self.next += 1;
        seed.deserialize(self.probe.inside(name))
    }
}

#[cfg(test)]
mod tests {
    use super::super::wire::{At, List};
    use super::*;
    use serde::Deserialize;

    #[derive(Deserialize)]
    #[allow(dead_code)]
    struct Answer {
        #[serde(rename = "Marker")]
        marker: Option<String>,
        #[serde(rename = "Users", default)]
        users: List<User>,
        #[serde(rename = "madeAt")]
        made_at: Option<At>,
        tags: Vec<Tag>,
    }

    #[derive(Deserialize)]
    #[allow(dead_code)]
    struct User {
        #[serde(rename = "UserName")]
        name: String,
        count: u32,
    }

    #[derive(Deserialize)]
    #[allow(dead_code)]
    struct Tag {
        key: String,
    }

    #[test]
    fn every_path_of_a_type_is_found() {
        assert_eq!(
            paths_of::<Answer>(),
            [
                "Marker",
                "Users",
                "Users.*",
                "Users.*.UserName",
                "Users.*.count",
                "madeAt",
                "tags",
                "tags.*",
                "tags.*.key"
            ]
        );
    }
}
