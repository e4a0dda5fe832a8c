//! JSON as a value, but no more of it than there is room for: three bytes of a file (`[],`) can become hundreds in memory.

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};
use std::cell::Cell;
use std::fmt;

/// How much may still be built, in units of about a value's size.
#[derive(Debug)]
pub(super) struct Room(Cell<u32>);

impl Room {
    /// Far more than the largest course account needs, far less than hurts: below a hundred megabytes.
    pub fn of_a_bundle() -> Self {
        Room(Cell::new(2_000_000))
    }

    fn take(&self, units: u32) -> bool {
        let left = self.0.get().checked_sub(units);
        self.0.set(left.unwrap_or(0));
        left.is_some()
    }
}

/// A value, or an entry of a list.
const ONE: u32 = 1;
/// A list's own.
const LIST: u32 = 2;
/// An object's own: its smallest tree node has room for eleven entries (std, `BTreeMap`).
const OBJECT: u32 = 20;
/// An entry beyond.
const ENTRY: u32 = 2;

/// Why there is no value.
#[derive(Debug)]
pub(super) enum Unbuilt {
    NoRoom,
    NotJson(serde_json::Error),
}

/// Reads the bytes, to their end. Nesting is limited by serde_json itself (128 levels). A name that stands twice in an
/// object is refused: which of the two counts would depend on who reads it.
pub(super) fn value(bytes: &[u8], room: &Room) -> Result<Value, Unbuilt> {
    let mut source = serde_json::Deserializer::from_slice(bytes);
    let built = Build(room)
        .deserialize(&mut source)
        .and_then(|value| source.end().map(|()| value));
    built.map_err(|error| {
        if room.0.get() == 0 {
            Unbuilt::NoRoom
        } else {
            Unbuilt::NotJson(error)
        }
    })
}

#[derive(Clone, Copy)]
struct Build<'a>(&'a Room);

impl Build<'_> {
    fn spend<E: Error>(self, units: u32) -> Result<(), E> {
        if self.0.take(units) {
            Ok(())
        } else {
            Err(E::custom("too many values"))
        }
    }
}

impl<'de> DeserializeSeed<'de> for Build<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        self.spend(ONE)?;
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Build<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Number::from_f64(value)
            .map(Value::Number)
            .ok_or_else(|| E::custom("no number"))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::from(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        self.spend(LIST)?;
        let mut items = Vec::new();
        while let Some(item) = list.next_element_seed(self)? {
            items.push(item);
        }
        Ok(Value::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        self.spend(OBJECT)?;
        let mut fields = Map::new();
        while let Some(name) = entries.next_key::<String>()? {
            self.spend(ENTRY)?;
            if fields
                .insert(name, entries.next_value_seed(self)?)
                .is_some()
            {
                return Err(A::Error::custom("a name stands twice"));
            }
        }
        Ok(Value::Object(fields))
    }
}
