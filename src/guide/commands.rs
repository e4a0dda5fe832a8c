//! A step's runnable blocks as one shell script, with the learner's values filled in.

use super::values::Values;
use crate::course::{Role, Step, Supply, fences, placeholders, supply};

/// Ends a here-document; no lesson's file holds a line like it.
const END: &str = "LANDFALL_END_OF_FILE";

/// Why a step's commands cannot be written out yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotYet {
    /// This value is not known; it comes from that step (or from git).
    Unknown { name: String, from: String },
    /// This value holds characters that a shell would take for something else.
    Unsafe { name: String },
}

/// The blocks marked `run` and the files marked `file=`, for bash. `Err` lists every value that is missing.
pub fn script(step: &Step, values: &Values) -> Result<String, Vec<NotYet>> {
    let mut text = format!("# {}: {}\n", step.id, step.title);
    let mut missing: Vec<NotYet> = Vec::new();
    for fence in fences(&step.text)
        .into_iter()
        .filter(|fence| fence.audience.sees(values.has_domain()))
    {
        let runs = fence.role == Role::Run && fence.language == "sh";
        if !runs && !matches!(fence.role, Role::File(_)) {
            continue;
        }
        for (name, _) in placeholders(&fence.text) {
            let problem = match values.get(name) {
                None => NotYet::Unknown {
                    name: name.to_owned(),
                    from: origin(name),
                },
                Some(value) if !is_plain(value) => NotYet::Unsafe {
                    name: name.to_owned(),
                },
                Some(_) => continue,
            };
            if !missing.contains(&problem) {
                missing.push(problem);
            }
        }
        let filled = values.fill(&fence.text);
        match &fence.role {
            Role::File(name) => text.push_str(&format!(
                "cat > '{name}' <<'{END}'\n{}\n{END}\n",
                filled.trim_end()
            )),
            _ => text.push_str(&format!("{}\n", filled.trim_end())),
        }
    }
    if missing.is_empty() {
        Ok(text)
    } else {
        Err(missing)
    }
}

fn origin(name: &str) -> String {
    match supply(name) {
        Some(Supply::Step(step)) => format!("the step {step}"),
        Some(Supply::Git) => "the first commit of your git repository".to_owned(),
        Some(Supply::Settings) | None => "landfall.toml".to_owned(),
    }
}

/// Values come from an account: nothing in them may be read by a shell as more than a word (or words: lists of ids).
fn is_plain(value: &str) -> bool {
    !value.is_empty()
        && value
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || " -_./:,@+=".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_that_a_shell_would_run_is_not_plain() {
        assert!(is_plain("subnet-1 subnet-2"));
        assert!(is_plain("arn:aws:iam::111122223333:role/x"));
        for hostile in ["$(id)", "a;b", "`id`", "a\nb", "a'b", "a|b", ""] {
            assert!(!is_plain(hostile), "{hostile:?}");
        }
    }
}
