//! What joining came to, in sentences.

use super::join::{How, Joined, JoinedRun};
use crate::report::sanitize;
use crate::term::verdicts::count;

/// One sentence or two for each run.
pub fn sentences(joined: &Joined) -> Vec<String> {
    let mut sentences: Vec<String> = joined.runs.iter().map(of_run).collect();
    if joined.of_different_rosters {
        sentences.push(
            "Some parts are of different rosters, so they were not joined: the report puts their students together."
                .to_owned(),
        );
    }
    sentences
}

fn of_run(run: &JoinedRun) -> String {
    let name = run.folder.file_name().unwrap_or_default();
    let name = sanitize::one_line(&name.to_string_lossy());
    let what = match (&run.parts, run.how) {
        (_, How::WasThere) => "was there already".to_owned(),
        (Some((parts, of)), How::Written) => {
            let (word, numbers) = listed(parts.iter().copied());
            match run.from {
                1 => format!("{word} {numbers} of {of} alone, copied"),
                from => format!("{from} runs joined, {word} {numbers} of {of}"),
            }
        }
        (None, How::Written) => "copied".to_owned(),
    };
    let mut say = format!(
        "{name}: {what}. {} of {} looked at.",
        run.looked_at,
        count(run.students, "student", "students")
    );
    let missing = run.missing_parts();
    if !missing.is_empty() {
        let (word, numbers) = listed(missing.into_iter());
        let (word, verb) = match word {
            "part" => ("Part", "is"),
            _ => ("Parts", "are"),
        };
        say.push_str(&format!(" {word} {numbers} {verb} missing."));
    }
    if run.unreadable > 0 {
        say.push_str(&format!(
            " {} cannot be read and {} copied as {}.",
            count(run.unreadable, "result", "results"),
            if run.unreadable == 1 { "was" } else { "were" },
            if run.unreadable == 1 {
                "it is"
            } else {
                "they are"
            }
        ));
    }
    say
}

/// `part 3`; `parts 1, 2 and 4`.
fn listed(numbers: impl Iterator<Item = usize>) -> (&'static str, String) {
    let words: Vec<String> = numbers.map(|number| number.to_string()).collect();
    match words.as_slice() {
        [] => ("parts", "none".to_owned()),
        [one] => ("part", one.clone()),
        [first @ .., last] => ("parts", format!("{} and {last}", first.join(", "))),
    }
}
