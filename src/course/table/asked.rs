//! What readers ask for, for the test that holds the schema of decks against it.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

type Asked = BTreeMap<String, BTreeSet<&'static str>>;

thread_local! {
    static ASKED: RefCell<Asked> = RefCell::default();
}

pub(super) fn inside(path: &str, key: &str) -> String {
    if path.is_empty() {
        return key.to_owned();
    }
    format!("{path}.{key}")
}

pub(super) fn note(path: &str, keys: &[&'static str]) {
    ASKED.with_borrow_mut(|asked| asked.entry(path.to_owned()).or_default().extend(keys));
}

/// Every key that was asked for in this thread while `read` ran, by the path of its table.
pub(in crate::course) fn during(read: impl FnOnce()) -> Asked {
    ASKED.take();
    read();
    ASKED.take()
}
