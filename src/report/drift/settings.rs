//! The names and numbers that a look was judged by: then the account may be as it was, and only the question is another.

use super::part::Part;
use super::{Drift, Looks};
use serde_json::Value;

pub(super) fn tell(looks: &Looks<'_>) -> Vec<Drift> {
    let json = |looked: &crate::account::Snapshot| {
        serde_json::to_value(&looked.chapter).expect("plain data always becomes JSON")
    };
    let mut told = Vec::new();
    compare("", &json(looks.before), &json(looks.now), &mut told);
    told
}

fn compare(key: &str, before: &Value, now: &Value, told: &mut Vec<Drift>) {
    if let (Value::Object(was), Value::Object(is)) = (before, now) {
        for (name, now) in is {
            let inner = if key.is_empty() {
                name.clone()
            } else {
                format!("{key}.{name}")
            };
            // Which of several is theirs: that was asked, and not in the file.
            if let Some(before) = was.get(name)
                && name != "chosen"
            {
                compare(&inner, before, now, told);
            }
        }
        return;
    }
    if before != now {
        let what = format!("your settings say {key} =");
        told.push(Drift::changed(Part::Settings, key, &what, (before, now)));
    }
}
