//! The learner's own values in a lesson's text. What is not known yet is shown as a named placeholder that says which step
//! supplies it.

use crate::account::{Fact, Snapshot};
use crate::checks::{Stack, found_values};
use crate::course::{Supply, fill, supply};
use std::collections::{BTreeMap, BTreeSet};

/// What is known of the placeholders so far.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Values {
    known: BTreeMap<String, String>,
    has_domain: bool,
}

impl Values {
    /// Nothing but the names of the configuration.
    pub fn of(look: &Snapshot) -> Self {
        let mut values = Values::default();
        values.learn(look);
        values
    }

    /// Adds what a look shows. What an earlier look showed stays: a look at one step reads only part of the account.
    pub fn learn(&mut self, look: &Snapshot) {
        self.has_domain = look.chapter.has_domain;
        self.known.extend(settings(look));
        let nothing = BTreeSet::new();
        let stack = Stack {
            snapshot: look,
            attested: &nothing,
            teardown_begun: false,
        };
        for (name, value) in found_values(&stack) {
            self.known.insert(name.to_owned(), value);
        }
        if let Fact::Present(git) = &look.workplace.git
            && let Some(head) = git.head.as_deref().and_then(|head| head.get(..7))
        {
            self.known.insert("commit".to_owned(), head.to_owned());
        }
    }

    /// One value, if it is known.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.known.get(name).map(String::as_str)
    }

    /// The text with every `{{name}}` replaced.
    pub fn fill(&self, text: &str) -> String {
        fill(text, |name| self.show(name))
    }

    /// Whether every `{{name}}` in a text is known.
    pub fn knows_all(&self, text: &str) -> bool {
        crate::course::placeholders(text)
            .iter()
            .all(|(name, _)| self.known.contains_key(*name))
    }

    /// Whether the learner has a domain of their own.
    pub const fn has_domain(&self) -> bool {
        self.has_domain
    }

    /// The value, or what stands for it.
    fn show(&self, name: &str) -> String {
        if let Some(value) = self.known.get(name) {
            return value.clone();
        }
        match supply(name) {
            Some(Supply::Step(step)) => format!("<{name}: from step {step}>"),
            Some(Supply::Git) => format!("<{name}: from git>"),
            Some(Supply::Settings) => format!("<{name}: from landfall.toml>"),
            None => format!("<{name}>"),
        }
    }

    /// Whether a block quote is for this learner, by its first words.
    pub fn is_for_me(&self, first_words: &str) -> bool {
        if first_words.starts_with("With a domain.") {
            self.has_domain
        } else if first_words.starts_with("Without a domain.") {
            !self.has_domain
        } else {
            true
        }
    }
}

/// What the configuration says; always known.
fn settings(look: &Snapshot) -> Vec<(String, String)> {
    let chapter = &look.chapter;
    // The registered name is the last two labels; longer public suffixes are for the learner to correct.
    let zone = {
        let labels: Vec<&str> = chapter.host.split('.').collect();
        labels[labels.len().saturating_sub(2)..].join(".")
    };
    let texts: [(&str, &str); 28] = [
        ("region", look.region.as_str()),
        ("user", &chapter.user),
        ("repository", &chapter.repository),
        ("version", &chapter.version),
        ("db.instance", &chapter.database.instance),
        ("db.subnet_group", &chapter.database.subnet_group),
        ("db.name", &chapter.database.name),
        ("db.class", &chapter.database.class),
        ("cache.id", &chapter.cache.id),
        ("cache.subnet_group", &chapter.cache.subnet_group),
        ("cache.class", &chapter.cache.class),
        ("parameter.database_url", &chapter.parameters.database_url),
        ("parameter.redis_url", &chapter.parameters.redis_url),
        ("log_group", &chapter.log_group),
        ("sg.alb.name", &chapter.groups.alb),
        ("sg.ecs.name", &chapter.groups.tasks),
        ("sg.rds.name", &chapter.groups.database),
        ("sg.redis.name", &chapter.groups.cache),
        ("alb.name", &chapter.balancer.name),
        ("tg.name", &chapter.balancer.target_group),
        ("host", &chapter.host),
        ("zone", &zone),
        ("cluster", &chapter.service.cluster),
        ("service", &chapter.service.service),
        ("family", &chapter.service.family),
        ("execution_role", &chapter.execution_role),
        ("health_path", &chapter.health_path),
        ("budget", &chapter.budget.name),
    ];
    texts
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .chain([("port".to_owned(), chapter.port.to_string())])
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::{Region, Source};
    use crate::course::PLACEHOLDERS;
    use crate::practice::{account_after, good_account, test_chapter};
    use jiff::Timestamp;

    fn now() -> Timestamp {
        Timestamp::from_second(1_790_000_000).unwrap()
    }

    #[test]
    fn a_value_that_is_not_known_names_the_step_that_supplies_it() {
        let look = Snapshot::blank(
            Source::Aws,
            test_chapter(),
            Region::from("eu-west-1"),
            now(),
        );
        let values = Values::of(&look);
        assert_eq!(
            values.fill("--group-id {{sg.ecs}} --region {{region}}"),
            "--group-id <sg.ecs: from step rds.network> --region eu-west-1"
        );
        assert!(!values.knows_all("{{sg.ecs}}") && values.knows_all("{{region}}"));
    }

    #[test]
    fn every_name_a_lesson_may_use_is_known_in_a_finished_account() {
        let values = Values::of(&good_account(&test_chapter(), now()));
        for (name, _) in PLACEHOLDERS {
            assert!(values.known.contains_key(*name), "{name} is not filled in");
        }
    }

    #[test]
    fn names_of_the_configuration_are_known_in_an_empty_account() {
        let values = Values::of(&account_after(&[], &test_chapter(), now()));
        for (name, supply) in PLACEHOLDERS {
            if *supply == Supply::Settings {
                assert!(values.known.contains_key(*name), "{name} is not filled in");
            }
        }
    }

    #[test]
    fn what_a_partial_look_did_not_read_is_not_forgotten() {
        let chapter = test_chapter();
        let mut values = Values::of(&good_account(&chapter, now()));
        let before = values.fill("{{sg.ecs}} {{db.endpoint}}");
        values.learn(&Snapshot::blank(
            Source::Practice,
            chapter,
            Region::from("us-east-1"),
            now(),
        ));
        assert_eq!(values.fill("{{sg.ecs}} {{db.endpoint}}"), before);
    }

    #[test]
    fn text_for_the_other_kind_of_learner_is_told_apart() {
        let mut chapter = test_chapter();
        chapter.has_domain = false;
        let values = Values::of(&account_after(&[], &chapter, now()));
        assert!(!values.is_for_me("With a domain. Get a certificate."));
        assert!(values.is_for_me("Without a domain. Go on."));
        assert!(values.is_for_me("Anything else"));
    }
}
