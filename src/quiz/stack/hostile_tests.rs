use super::testing::{ask, find, foretell, own};
use crate::account::{Fact, Snapshot};
use crate::course::{Mutation, PredictKey};
use crate::progress::{Posed, PosedWhat};
use proptest::prelude::*;

/// Every name that a page shows, replaced.
fn renamed(mut own: Snapshot, text: &str) -> Snapshot {
    for definition in own.definitions.values_mut() {
        let Fact::Present(definition) = definition else {
            continue;
        };
        definition.cpu = Some(text.to_owned());
        for container in &mut definition.containers {
            container.name = text.to_owned();
            container.image = format!("{text}/{text}:v1");
            for variable in &mut container.environment {
                variable.name = text.to_owned();
            }
            container.secrets.reverse();
            container.secrets[0].name = text.to_owned();
            container.secrets[0].value_from = text.to_owned();
            if let Some(logs) = &mut container.logs {
                logs.group = Some(text.to_owned());
            }
        }
    }
    if let Fact::Present(groups) = &mut own.network.groups {
        for group in groups {
            group.name = text.to_owned();
        }
    }
    if let Fact::Present(service) = &mut own.service {
        service.name = text.to_owned();
    }
    if let Fact::Present(groups) = &mut own.target_groups {
        for group in groups {
            group.name = text.to_owned();
            group.health.matcher = Some(format!("200,{text}"));
        }
    }
    own
}

fn texts(posed: &Posed) -> Vec<&str> {
    match &posed.what {
        PosedWhat::Inspect(pages) => {
            let was = pages.faults.iter().flat_map(|fault| fault.was.lines());
            let lines = pages.lines.iter().map(String::as_str);
            lines.chain(was).chain([pages.title.as_str()]).collect()
        }
        PosedWhat::Predict(told) => vec![&told.of, &told.evidence],
    }
}

fn holds(own: &Snapshot) {
    for mutation in Mutation::ALL {
        let posed = ask(&find(&[*mutation]), Some(own));
        let PosedWhat::Inspect(pages) = &posed.what else {
            panic!("a page");
        };
        for fault in &pages.faults {
            assert!(!fault.lines.is_empty());
            assert!(
                fault
                    .lines
                    .iter()
                    .all(|line| (1..=pages.lines.len()).contains(line))
            );
            assert!(fault.lines.len() <= 2, "{}: {:?}", mutation.word(), pages);
        }
        assert_shown(&posed);
    }
    for key in PredictKey::ALL {
        assert_shown(&ask(&foretell(*key), Some(own)));
    }
}

fn assert_shown(posed: &Posed) {
    for text in texts(posed) {
        assert!(
            !text.contains(|letter: char| letter.is_control()),
            "{text:?}"
        );
        for turning in ['\u{202e}', '\u{2066}', '\u{200f}', '\u{200b}', '\u{feff}'] {
            assert!(!text.contains(turning), "{text:?}");
        }
        assert!(text.chars().count() <= 400, "{text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]
    #[test]
    fn whatever_things_are_called_a_page_is_safe_to_show_and_has_its_key(text in any::<String>()) {
        holds(&renamed(own(), &text));
    }
}

#[test]
fn names_that_are_meant_to_break_a_page_do_not() {
    for text in [
        "\u{1b}[2J{}\u{202e}",
        "\",\"image\": \"x:latest\"",
        "a\nb",
        "",
        "\u{0}\u{1}",
        "{{}}",
        "111122223333",
    ] {
        let own = renamed(own(), text);
        holds(&own);
        for mutation in Mutation::ALL {
            let posed = ask(&find(&[*mutation]), Some(&own));
            assert!(
                !texts(&posed)
                    .iter()
                    .any(|line| line.contains("111122223333"))
            );
        }
    }
}

/// Shapes of secrets, in pieces so that nobody takes this file for a leak.
#[test]
fn a_secret_that_somebody_made_a_name_of_is_not_shown() {
    for secret in [
        "postgresql://news:hunter2secret@db.example.com:5432/newsapi".to_owned(),
        ["AKIA", "IOSFODNN7HUNTER2"].concat(),
        ["ghp", "_0123456789abcdefHUNTER20123456789abc"].concat(),
        "--password=hunter2secret".to_owned(),
        "ann.hunter2@example.com".to_owned(),
    ] {
        let own = renamed(own(), &secret);
        for mutation in Mutation::ALL {
            let posed = ask(&find(&[*mutation]), Some(&own));
            for text in texts(&posed) {
                assert!(!text.to_lowercase().contains("hunter2"), "{text}");
            }
        }
        for key in PredictKey::ALL {
            let posed = ask(&foretell(*key), Some(&own));
            for text in texts(&posed) {
                assert!(!text.to_lowercase().contains("hunter2"), "{text}");
            }
        }
    }
}

#[test]
fn a_very_long_name_is_cut() {
    holds(&renamed(own(), &"long".repeat(5_000)));
}
