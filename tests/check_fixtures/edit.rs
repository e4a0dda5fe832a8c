//! Changes of a snapshot, written as data: a path into its JSON form and what becomes of the thing there.
//!
//! A path is a list of words: a field's name, a number, `last`, `*` for every element, `name=value` for the element whose field
//! `name` is `value`, `name~=part` for the one whose field contains `part`. The layer that a fact adds (`present`) is
//! walked through by itself.

use serde::Deserialize;
use serde_json::Value;

/// One change. Exactly one of `set`, `null`, `remove`, `add` and `copy` is given.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// Where.
    at: Vec<String>,
    /// The new value. A text `@a|b|c` stands for what is found at the path `a`, `b`, `c`.
    set: Option<toml::Value>,
    /// JSON's null (TOML has none).
    #[serde(default)]
    null: bool,
    /// Takes it out of its list or map.
    #[serde(default)]
    remove: bool,
    /// Appends to the list there, or puts these keys into the map there.
    add: Option<toml::Value>,
    /// Appends a copy of what is at this path to the list there; later changes make it differ.
    copy: Option<Vec<String>>,
}

impl Change {
    /// Makes the change; an error says which path leads nowhere.
    pub fn make(&self, snapshot: &mut Value) -> Result<(), String> {
        let kinds = [
            self.set.is_some(),
            self.null,
            self.remove,
            self.add.is_some(),
            self.copy.is_some(),
        ];
        if kinds.iter().filter(|given| **given).count() != 1 {
            return Err(format!(
                "{:?}: say one of set, null, remove, add, copy",
                self.at
            ));
        }
        if let Some(value) = &self.set {
            let value = plain(value, snapshot)?;
            return self.each(snapshot, &|place| *place = value.clone());
        }
        if self.null {
            return self.each(snapshot, &|place| *place = Value::Null);
        }
        if let Some(value) = &self.add {
            let value = plain(value, snapshot)?;
            return self.append(snapshot, &value);
        }
        if let Some(path) = &self.copy {
            let value = find(snapshot, path)?.clone();
            return self.append(snapshot, &value);
        }
        let (last, parent) = self.at.split_last().ok_or("an empty path")?;
        for place in places(snapshot, parent)? {
            take_out(place, last)?;
        }
        Ok(())
    }

    fn each(&self, snapshot: &mut Value, change: &dyn Fn(&mut Value)) -> Result<(), String> {
        // A new key of a map has no place yet.
        let (last, parent) = self.at.split_last().ok_or("an empty path")?;
        for place in places(snapshot, parent)? {
            let place = through_fact(place, last);
            match place {
                Value::Object(map) if !last.contains('=') && last != "*" => {
                    change(map.entry(last.clone()).or_insert(Value::Null));
                }
                other => places(other, std::slice::from_ref(last))?
                    .into_iter()
                    .for_each(change),
            }
        }
        Ok(())
    }

    fn append(&self, snapshot: &mut Value, value: &Value) -> Result<(), String> {
        for place in places(snapshot, &self.at)? {
            let place = match place {
                Value::Object(map) if map.len() == 1 && map.contains_key("present") => {
                    &mut map["present"]
                }
                other => other,
            };
            match (place, value) {
                (Value::Array(list), value) => list.push(value.clone()),
                (Value::Object(map), Value::Object(more)) => map.extend(more.clone()),
                _ => return Err(format!("{:?} is no list", self.at)),
            }
        }
        Ok(())
    }
}

/// What is at a path.
pub fn find<'a>(value: &'a Value, path: &[String]) -> Result<&'a Value, String> {
    path.iter().try_fold(value, |value, word| {
        let value = match value.get("present") {
            Some(inner) if value.get(word).is_none() => inner,
            _ => value,
        };
        let found = match value {
            Value::Object(map) => map.get(word),
            Value::Array(list) if word == "last" => list.last(),
            Value::Array(list) => match word.parse::<usize>() {
                Ok(at) => list.get(at),
                Err(_) => list.iter().find(|item| matches(item, word)),
            },
            _ => None,
        };
        found.ok_or_else(|| format!("{path:?} leads nowhere at {word:?}"))
    })
}

fn places<'a>(value: &'a mut Value, path: &[String]) -> Result<Vec<&'a mut Value>, String> {
    let mut here = vec![value];
    for word in path {
        let mut next: Vec<&mut Value> = Vec::new();
        for place in here {
            match through_fact(place, word) {
                Value::Object(map) => {
                    next.extend(
                        map.iter_mut()
                            .filter(|(key, _)| word == "*" || *key == word)
                            .map(|(_, value)| value),
                    );
                }
                Value::Array(list) => {
                    let count = list.len();
                    next.extend(list.iter_mut().enumerate().filter_map(|(at, item)| {
                        let meant = match word.as_str() {
                            "*" => true,
                            "last" => at + 1 == count,
                            word => word.parse() == Ok(at) || matches(item, word),
                        };
                        meant.then_some(item)
                    }));
                }
                _ => {}
            }
        }
        if next.is_empty() {
            return Err(format!("{path:?} leads nowhere at {word:?}"));
        }
        here = next;
    }
    Ok(here)
}

fn take_out(place: &mut Value, word: &str) -> Result<(), String> {
    let place = through_fact(place, word);
    let there = match place {
        Value::Object(map) => map.remove(word).is_some(),
        Value::Array(list) => {
            let before = list.len();
            match word.parse::<usize>() {
                Ok(at) if at < list.len() => drop(list.remove(at)),
                _ => list.retain(|item| word != "*" && !matches(item, word)),
            }
            list.len() < before
        }
        _ => false,
    };
    if there {
        Ok(())
    } else {
        Err(format!("there is no {word:?} to remove"))
    }
}

/// `{"present": x}` is walked through, unless `present` is meant.
fn through_fact<'a>(place: &'a mut Value, word: &str) -> &'a mut Value {
    let is_fact = word != "present"
        && place
            .as_object()
            .is_some_and(|map| map.len() == 1 && map.contains_key("present"));
    if is_fact {
        &mut place["present"]
    } else {
        place
    }
}

fn matches(item: &Value, word: &str) -> bool {
    let text = |name: &str| {
        item.get(name).map(|value| match value {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        })
    };
    if let Some((name, part)) = word.split_once("~=") {
        return text(name).is_some_and(|text| text.contains(part));
    }
    word.split_once('=')
        .is_some_and(|(name, wanted)| text(name).is_some_and(|text| text == wanted))
}

/// A TOML value as JSON, with `@path` texts looked up.
fn plain(value: &toml::Value, snapshot: &Value) -> Result<Value, String> {
    Ok(match value {
        toml::Value::String(text) => match text.strip_prefix('@') {
            Some(path) => {
                let words: Vec<String> = path.split('|').map(str::to_owned).collect();
                find(snapshot, &words)?.clone()
            }
            None => Value::String(text.clone()),
        },
        toml::Value::Array(list) => Value::Array(
            list.iter()
                .map(|item| plain(item, snapshot))
                .collect::<Result<_, _>>()?,
        ),
        toml::Value::Table(table) => Value::Object(
            table
                .iter()
                .map(|(key, item)| Ok((key.clone(), plain(item, snapshot)?)))
                .collect::<Result<_, String>>()?,
        ),
        toml::Value::Integer(number) => (*number).into(),
        toml::Value::Float(number) => (*number).into(),
        toml::Value::Boolean(flag) => (*flag).into(),
        toml::Value::Datetime(moment) => Value::String(moment.to_string()),
    })
}
