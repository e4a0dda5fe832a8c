//! `pairs.toml`: which faults cannot be together, and which are not to be seen beside another.

use serde::Deserialize;
use std::{fs, path::Path};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pairs {
    #[serde(default)]
    apart: Vec<Apart>,
    #[serde(default)]
    hidden: Vec<Hidden>,
}

/// Any two of `faults`, or one of them and any of `beside`, cannot be in one account.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Apart {
    faults: Vec<String>,
    #[serde(default)]
    beside: Vec<String>,
    because: String,
}

/// While one of `by` is there, none of `faults` is seen to be a failure.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Hidden {
    faults: Vec<String>,
    by: Vec<String>,
    because: String,
}

fn has(list: &[String], id: &str) -> bool {
    list.iter().any(|one| one == id)
}

impl Pairs {
    pub fn read() -> Pairs {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/two_faults/pairs.toml");
        let pairs: Pairs = toml::from_str(&fs::read_to_string(path).unwrap()).unwrap();
        let apart = pairs.apart.iter().map(|one| &one.because);
        let hidden = pairs.hidden.iter().map(|one| &one.because);
        assert!(
            apart.chain(hidden).all(|why| why.len() > 20),
            "each says why"
        );
        pairs
    }

    pub fn cannot_be_together(&self, one: &str, other: &str) -> bool {
        self.apart.iter().any(|apart| {
            let both = has(&apart.faults, one) && has(&apart.faults, other);
            let across = |a, b| has(&apart.faults, a) && has(&apart.beside, b);
            (apart.beside.is_empty() && both) || across(one, other) || across(other, one)
        })
    }

    /// Whether a fault is no failure to be seen while the other is there.
    pub fn is_hidden(&self, fault: &str, by: &str) -> bool {
        self.hidden
            .iter()
            .any(|hidden| has(&hidden.faults, fault) && has(&hidden.by, by))
    }

    /// Every fault that is named.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        let apart = self
            .apart
            .iter()
            .flat_map(|one| one.faults.iter().chain(&one.beside));
        let hidden = self
            .hidden
            .iter()
            .flat_map(|one| one.faults.iter().chain(&one.by));
        apart.chain(hidden).map(String::as_str)
    }
}
