//! Pages with faults: a text of the deck, or the stack's own configuration with known faults put in.

use super::instead::Instead;
use super::mutation::{Target, check_of, mutated};
use super::page::{Changed, Page};
use super::part::Part;
use super::{definition_page, groups_page, service_page, target_group_page};
use crate::account::{Snapshot, Source};
use crate::checks::{Stack, Verdict, check};
use crate::course::{Artifact, Inspect, Mutation};
use crate::progress::{Pages, PlacedFault};
use std::collections::BTreeSet;

/// A part of the configuration that makes a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Section {
    Definition,
    Groups,
    Service,
    TargetGroup,
}

impl Section {
    const fn of(mutation: Mutation) -> Self {
        match mutation {
            Mutation::PinLatest | Mutation::SecretInEnvironment => Section::Definition,
            Mutation::OpenSource | Mutation::SharedGroup => Section::Groups,
            Mutation::NoGrace => Section::Service,
            Mutation::WrongHealthPath => Section::TargetGroup,
        }
    }

    const fn part(self) -> Part {
        match self {
            Section::Definition => Part::Definition,
            Section::Groups => Part::Groups,
            Section::Service => Part::Service,
            Section::TargetGroup => Part::TargetGroup,
        }
    }

    /// Checks that judge what the page shows: all of them pass, or the page has a fault that nobody put there.
    const fn checks(self) -> &'static [&'static str] {
        match self {
            Section::Definition => &["taskdef.pinned-image", "taskdef.no-secrets-in-environment"],
            Section::Groups => &[
                "sg.tiers-exist",
                "alb.sg-open",
                "ecs.sg-source",
                "rds.sg-source",
                "redis.sg-source",
            ],
            Section::Service => &["ecs.grace-period", "ecs.desired-count", "ecs.load-balanced"],
            Section::TargetGroup => &["tg.ip-targets", "tg.health-path"],
        }
    }

    fn page(self, snapshot: &Snapshot, target: &Target) -> Result<(String, Page), Instead> {
        match self {
            Section::Definition => definition_page::page(snapshot, target),
            Section::Groups => groups_page::page(snapshot, target),
            Section::Service => service_page::page(snapshot),
            Section::TargetGroup => target_group_page::page(snapshot),
        }
    }

    /// Nothing is wrong with it as it was built.
    fn is_good(self, snapshot: &Snapshot) -> Result<(), Instead> {
        for id in self.checks() {
            match verdict(id, snapshot) {
                Some(Verdict::Passed) => {}
                Some(Verdict::Failed) => return Err(Instead::HasAFault(self.part())),
                Some(Verdict::Unknown) | None => return Err(Instead::NotRead(self.part())),
                Some(_) => return Err(Instead::NotFinished(self.part())),
            }
        }
        Ok(())
    }
}

/// What one check says of a look; `None` for a check that there is not.
fn verdict(id: &str, snapshot: &Snapshot) -> Option<Verdict> {
    let nothing = BTreeSet::new();
    let stack = Stack {
        snapshot,
        attested: &nothing,
        teardown_begun: false,
    };
    check(id).map(|check| (check.judge)(&stack).verdict)
}

/// The page of a text that stands in the deck; `None` for an account's.
pub(super) fn of_text(inspect: &Inspect) -> Option<Pages> {
    let Artifact::Text(text) = &inspect.artifact else {
        return None;
    };
    let lines: Vec<String> = text.lines().map(printable).collect();
    let holding = |words: &str| -> Vec<usize> {
        let numbered = text.lines().zip(1..);
        numbered
            .filter(|(line, _)| line.contains(words))
            .map(|(_, number)| number)
            .collect()
    };
    let faults = inspect.faults.iter().map(|fault| {
        let places = fault.at.as_deref().map(&holding).unwrap_or_default();
        PlacedFault {
            id: fault.id.clone(),
            was: String::new(),
            lines: places,
        }
    });
    let decoys = inspect.decoys.iter().flat_map(|(at, why)| {
        let places = holding(at);
        places.into_iter().map(move |number| (number, why.clone()))
    });
    Some(Pages {
        title: "A page from the course".to_owned(),
        faults: faults.collect(),
        decoys: decoys.collect(),
        lines,
    })
}

/// The configuration with all faults of the artifact put in; the lines that differ from the configuration as it was built are
/// the key.
pub(super) fn of_account(inspect: &Inspect, snapshot: &Snapshot) -> Result<Pages, Instead> {
    let Artifact::Account(mutations) = &inspect.artifact else {
        return Err(Instead::NotThere(Part::Definition));
    };
    let mut sections: Vec<Section> = Vec::new();
    for section in mutations.iter().copied().map(Section::of) {
        if !sections.contains(&section) {
            section.page(snapshot, &Target::default())?;
            section.is_good(snapshot)?;
            sections.push(section);
        }
    }
    let target = Target::of(snapshot);
    let (titles, mut shown) = render(&sections, snapshot, &target)?;
    let mut faulty = snapshot.clone();
    let mut changes: Vec<(Mutation, Changed)> = Vec::new();
    for mutation in mutations {
        let part = Section::of(*mutation).part();
        faulty = mutated(&faulty, *mutation).ok_or(Instead::DoesNotFit(part))?;
        // Nobody is told that a thing is a fault which the checks would not call one: a group that is just being taken off.
        if verdict(check_of(*mutation), &faulty) != Some(Verdict::Failed) {
            return Err(Instead::DoesNotFit(part));
        }
        let (_, after) = render(&sections, &faulty, &target)?;
        let changed = after.changed_from(&shown);
        if changed.keys.is_empty() {
            return Err(Instead::DoesNotFit(part));
        }
        changes.push((*mutation, changed));
        shown = after;
    }
    let faults: Vec<PlacedFault> = changes
        .into_iter()
        .map(|(mutation, changed)| PlacedFault {
            id: mutation.word().to_owned(),
            lines: changed
                .keys
                .iter()
                .filter_map(|key| shown.number_of(key))
                .collect(),
            was: changed.was.join("\n"),
        })
        .collect();
    let lines = shown.texts();
    Ok(Pages {
        title: title(snapshot.source, &titles, mutations.len()),
        decoys: decoys(inspect, &lines, &faults),
        lines,
        faults,
    })
}

/// The same page as it was built, without the faults.
#[cfg(test)]
pub(super) fn as_built(mutations: &[Mutation], snapshot: &Snapshot) -> Vec<String> {
    let mut sections: Vec<Section> = mutations.iter().copied().map(Section::of).collect();
    sections.dedup();
    let (_, page) = render(&sections, snapshot, &Target::of(snapshot)).expect("it is built");
    page.texts()
}

/// All sections, one after the other; each under a heading when there are several.
fn render(
    sections: &[Section],
    snapshot: &Snapshot,
    target: &Target,
) -> Result<(Vec<String>, Page), Instead> {
    let mut titles = Vec::new();
    let mut whole = Page::default();
    for section in sections {
        let (title, page) = section.page(snapshot, target)?;
        let prefix = section.part().bare();
        if sections.len() > 1 {
            whole.push(prefix, format!("--- {title}"));
        }
        whole.append(prefix, page);
        titles.push(title);
    }
    Ok((titles, whole))
}

fn title(source: Source, titles: &[String], faults: usize) -> String {
    let whose = match source {
        Source::Practice => "The practice account's",
        Source::Aws | Source::Snapshot => "Your",
    };
    let what = match titles {
        [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        _ => titles.concat(),
    };
    let faults = match faults {
        1 => "one fault".to_owned(),
        many => format!("{many} faults"),
    };
    format!("{whose} {what}, with {faults} put in")
}

/// Every line that holds a decoy's words and is no fault.
fn decoys(inspect: &Inspect, lines: &[String], faults: &[PlacedFault]) -> Vec<(usize, String)> {
    let numbered = lines.iter().zip(1..);
    numbered
        .filter(|(_, number)| !faults.iter().any(|fault| fault.lines.contains(number)))
        .flat_map(|(line, number)| {
            let suspicious = inspect
                .decoys
                .iter()
                .filter(|(at, _)| line.contains(at.as_str()));
            suspicious.map(move |(_, why)| (number, why.clone()))
        })
        .collect()
}

fn printable(line: &str) -> String {
    line.replace('\t', "    ")
        .chars()
        .filter(|letter| {
            letter.is_alphanumeric()
                || letter.is_ascii_graphic()
                || *letter == ' '
                || matches!(letter, '…' | '–' | '—' | '’' | '“' | '”')
        })
        .collect()
}
