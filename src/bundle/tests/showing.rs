//! What is shown is everything.

use super::show::{Group, PARTS, group_of, leaves, part_of};
use super::*;
use crate::account::Source;
use std::fmt::Write as _;

fn of<'a>(shared: &'a [Shared], heading: &str) -> &'a [String] {
    shared
        .iter()
        .find(|group| group.heading.starts_with(heading))
        .map(|group| group.items.as_slice())
        .unwrap_or_default()
}

/// The sample, and a bundle for everything that the practice account can show: every fault, and what is left over.
fn every_bundle() -> Vec<Bundle> {
    let mut all = vec![sample()];
    for cause in practice::causes() {
        let mut state = State::default();
        practice::apply_all(&mut state, at("2026-11-22T08:00:00Z"));
        if practice::break_cause(&mut state, cause.id, &test_chapter(), now()).is_err() {
            continue;
        }
        let mut snapshot = practice::snapshot(&state, &test_chapter(), now());
        practice::look_for_leftovers(&mut snapshot);
        all.push(Bundle {
            snapshot: snapshot.redacted(),
            ..sample()
        });
    }
    all
}

#[test]
fn every_value_of_the_file_is_shown() {
    let plain = |text: &str| text.to_lowercase().replace(['_', '-'], " ");
    for made in every_bundle() {
        let shown = shared(&made);
        let shown: Vec<String> = shown
            .iter()
            .flat_map(|group| group.items.iter().map(|item| plain(item)))
            .collect();
        let shown = shown.join("\n");
        let json = serde_json::to_value(&made).unwrap();
        for leaf in leaves("", &json) {
            let say = match Verdict::ALL
                .into_iter()
                .find(|verdict| verdict.id() == leaf.say)
            {
                Some(verdict) if leaf.path.ends_with("verdict") => verdict.words().to_owned(),
                _ => leaf.say.clone(),
            };
            assert!(shown.contains(&plain(&say)), "{} = {}", leaf.path, leaf.say);
        }
    }
}

#[test]
fn every_field_of_the_file_is_in_a_declared_group() {
    let mut declared = BTreeMap::new();
    for made in every_bundle() {
        let json = serde_json::to_value(&made).unwrap();
        for leaf in leaves("", &json) {
            let part = part_of(&leaf.path);
            let part = part.unwrap_or_else(|| panic!("{} is shared and not described", leaf.path));
            let group = group_of(&leaf, PARTS[part].group);
            let groups: &mut BTreeSet<Group> = declared.entry(leaf.path).or_default();
            groups.insert(group);
        }
        assert!(of(&shared(&made), "Not described").is_empty());
    }
    let mut text = String::new();
    for (path, groups) in declared {
        let _ = writeln!(text, "{path}: {groups:?}");
    }
    // Whoever adds a field to what is shared sees it here, and decides whether it may be.
    let known = include_str!("shared_fields.txt");
    let new: Vec<&str> = text
        .lines()
        .filter(|line| !known.lines().any(|known| known == *line))
        .collect();
    assert!(
        new.is_empty(),
        "add to shared_fields.txt what may be shared:\n{}",
        new.join("\n")
    );
    let gone: Vec<&str> = known
        .lines()
        .filter(|line| !text.lines().any(|now| now == *line))
        .collect();
    assert!(
        gone.is_empty(),
        "not shared any more, take it out:\n{}",
        gone.join("\n")
    );
}

#[test]
fn a_part_that_nobody_described_is_shown_all_the_same() {
    assert_eq!(part_of("snapshot.novelty.id"), None);
    assert_eq!(part_of("snapshot.databases_of_old.id"), None);
    let part = part_of("snapshot.databases.id").unwrap();
    assert_eq!(PARTS[part].path, "snapshot.databases");
}

#[test]
fn it_reads_like_a_list_of_what_one_hands_over() {
    let shown = shared(&sample());
    let headings: Vec<&str> = shown.iter().map(|group| group.heading.as_str()).collect();
    assert_eq!(
        headings,
        [
            "About the file",
            "Who it is from",
            "What stands in the account: names, ids, settings, states",
            "Network addresses and host names",
            "What your machine told",
            "The last lines of your app's log, secrets taken out",
            "Verdicts of the last look",
            "How verdicts changed",
            "What you confirmed and what you left out",
            "Quiz: which questions, how sure, which points; none of your words",
            "Times",
            "Calls to AWS, and AWS's ids of them",
            "What is not in it",
        ]
    );
    assert_eq!(
        of(&shown, "About")[0],
        "It is of the practice account: no AWS account was looked at."
    );
    assert!(
        of(&shown, "Who")[0]
            .starts_with("signed in as: account = 111122223333; arn = arn:aws:iam:")
    );
    assert!(of(&shown, "Verdicts").contains(&"wrong: rds.private (database-public)".to_owned()));
    assert_eq!(
        of(&shown, "How verdicts"),
        [
            "rds.private: not yet 2026-11-20T10:00:00Z to 2026-11-20T11:00:00Z, \
          wrong 2026-11-20T11:05:00Z to 2026-11-22T10:00:00Z"
        ]
    );
    assert_eq!(
        of(&shown, "Calls"),
        [
            "ec2:DescribeVpcs: region not enabled, 50 ms, id 7a62c49f-347e",
            "ec2:GetThing: region not enabled, 50 ms, without an id",
        ]
    );
    assert_eq!(
        of(&shown, "What you confirmed"),
        [
            "confirmed by you: budget.email-read",
            "teardown begun: no",
            "left out, and since when: ecs-service.release, 2026-11-21T08:00:00Z",
        ]
    );
    assert_eq!(
        of(&shown, "Quiz")[1],
        "core: at = 2026-11-20T09:30:00Z; confidence = fairly; given kind = picked; given options = c, a; hinted = yes; \
         item = pick; mode = practice; rev = 1; seconds = 40; share = 0.3333333333333333; sitting = 1"
    );
    assert!(
        of(&shown, "What is not")
            .iter()
            .any(|item| item.starts_with("no password"))
    );
}

#[test]
fn of_an_aws_account_it_does_not_say_practice() {
    let mut made = sample();
    made.snapshot.source = Source::Aws;
    let shown = shared(&made);
    assert!(
        !format!("{shown:?}").contains("practice account"),
        "{shown:?}"
    );
    assert!(of(&shown, "About").contains(&"looked at: aws".to_owned()));
}
