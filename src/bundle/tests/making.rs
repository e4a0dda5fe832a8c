//! What goes in, and what does not.

use super::*;
use crate::account::{Peer, Region, Source};
use serde_json::json;

#[test]
fn it_holds_the_verdicts_with_their_causes_and_how_they_changed() {
    let made = sample();
    let private = made
        .verdicts
        .iter()
        .find(|said| said.check == "rds.private")
        .unwrap();
    assert_eq!(
        (private.verdict, private.cause.as_deref()),
        (Verdict::Failed, Some("database-public"))
    );
    let confirmed = made
        .verdicts
        .iter()
        .find(|said| said.check == "budget.email-read")
        .unwrap();
    assert_eq!(confirmed.verdict, Verdict::Attested);
    let checks: BTreeSet<&String> = made.verdicts.iter().map(|said| &said.check).collect();
    assert_eq!(checks.len(), made.verdicts.len(), "each check once");
    assert_eq!(made.history.len(), 2);
    assert_eq!(made.history[1].until, at("2026-11-22T10:00:00Z"));
    assert_eq!(made.snapshot.source, Source::Practice);
}

#[test]
fn of_an_answer_stays_what_was_chosen_and_no_word() {
    let deck = &sample().quiz[0];
    let given: Vec<&Given> = deck.attempts.iter().map(|attempt| &attempt.given).collect();
    let empty = String::new;
    assert_eq!(*given[0], Given::Text { text: empty() });
    assert_eq!(
        *given[1],
        Given::Picked {
            options: vec!["c".into(), "a".into()]
        }
    );
    assert_eq!(
        *given[2],
        Given::Ordered {
            items: vec!["z".into(), "y".into()]
        }
    );
    assert_eq!(
        *given[3],
        Given::Matched {
            pairs: BTreeMap::from([("left".into(), "right".into())])
        }
    );
    assert_eq!(
        *given[4],
        Given::Filled {
            blanks: BTreeMap::from([("gap".into(), empty())])
        }
    );
    assert_eq!(
        *given[5],
        Given::Inspected {
            lines: vec![3, 17],
            why: empty()
        }
    );
    assert_eq!(*given[6], Given::Predicted { value: empty() });
    assert_eq!(*given[7], Given::NotKnown);
    let hearing = &deck.attempts[0].hearing;
    assert_eq!(hearing.points["first"], Heard::Heard { quote: empty() });
    assert_eq!(
        hearing.points["second"],
        Heard::Unclear {
            quote: empty(),
            why: Unclear::Negated
        }
    );
    assert_eq!(
        (hearing.wrong[0].meant, hearing.wrong[0].quote.as_str()),
        (Some(true), "")
    );
    assert_eq!(deck.attempts[0].confirmed["first"], Said::Partly);
    assert_eq!(deck.attempts[0].share, Some(1.0 / 3.0));
    assert!(!write(&sample()).contains(WORDS));
}

#[test]
fn sittings_are_counted_anew_so_that_nothing_is_told_of_other_decks() {
    let sittings: Vec<i64> = sample().quiz[0]
        .attempts
        .iter()
        .map(|one| one.sitting)
        .collect();
    assert_eq!(sittings, [1, 1, 2, 2, 2, 2, 2, 2]);
}

#[test]
fn the_answers_come_back_for_the_quizs_own_figures() {
    let back = attempts_of(&sample().quiz[0]);
    let ids: Vec<AttemptId> = back.iter().map(|attempt| attempt.id).collect();
    assert_eq!(ids, (1..=8).map(AttemptId::numbered).collect::<Vec<_>>());
    for (back, was) in back.iter().zip(attempts()) {
        assert_eq!(
            (
                &back.item,
                back.rev,
                back.confidence,
                back.share,
                back.at,
                back.hinted,
                back.seconds
            ),
            (
                &was.item,
                was.rev,
                was.confidence,
                was.share,
                was.at,
                was.hinted,
                was.seconds
            )
        );
        assert_eq!((back.mode, &back.posed), (was.mode, &None));
    }
    let confirmed = &back[0].confirmed["first"];
    assert_eq!((confirmed.said, &confirmed.evidence), (Said::Partly, &None));
}

#[test]
fn a_secret_in_any_text_is_taken_out() {
    let key = ["AKIA", "IOSFODNN7EXAMPLE"].concat();
    let mut parts = parts(snapshot());
    parts.course.id = key.clone();
    parts.attested.insert(key.clone());
    parts.left_out.insert(key.clone(), now());
    parts.quiz[0].attempts[0].item = key.clone();
    parts.calls[0].operation = key.clone();
    parts.snapshot.region_from = key.clone();
    parts.snapshot.chapter.user = key.clone();
    let text = write(&bundle(parts));
    assert!(!text.contains(&key));
    assert_eq!(text.matches("(left out)").count(), 7, "{text}");
}

#[test]
fn the_nonce_is_seen_where_it_stands_and_only_there() {
    let snapshot = snapshot();
    let seen = |word: &str| -> Vec<(String, String)> {
        nonce(&snapshot, word)
            .seen
            .into_iter()
            .map(|seen| (seen.resource, seen.api))
            .collect()
    };
    assert_eq!(
        seen("maple-7f3a"),
        [
            (
                "sg-0a1b2c3d4e5f60722".to_owned(),
                "ec2:DescribeSecurityGroups".to_owned()
            ),
            (
                "news-api-db".to_owned(),
                "rds:DescribeDBInstances".to_owned()
            ),
        ]
    );
    for word in ["maple-7f3", "Maple-7f3a", "maple-7f3a-2", ""] {
        assert_eq!(seen(word), [], "{word}");
    }
}

#[test]
fn a_tag_on_a_group_that_another_account_shares_proves_nothing() {
    let mut snapshot = snapshot();
    snapshot.databases = Fact::Absent;
    if let Fact::Present(groups) = &mut snapshot.network.groups {
        groups
            .iter_mut()
            .for_each(|group| group.owner = "999999999999".into());
    }
    assert_eq!(nonce(&snapshot, "maple-7f3a").seen, []);
}

#[test]
fn the_command_that_sets_the_tag_names_what_is_there() {
    let mut snapshot = snapshot();
    assert_eq!(
        tag_command(&snapshot, "maple-7f3a").unwrap(),
        "aws ec2 create-tags --resources sg-0a1b2c3d4e5f60722 --tags Key=landfall-nonce,Value=maple-7f3a --region us-east-1"
    );
    assert_eq!(tag_command(&snapshot, "$(reboot)"), None);
    snapshot.network.groups = Fact::Absent;
    assert_eq!(
        tag_command(&snapshot, "maple-7f3a").unwrap(),
        "aws rds add-tags-to-resource --resource-name arn:aws:rds:us-east-1:111122223333:db:news-api-db \
         --tags Key=landfall-nonce,Value=maple-7f3a --region us-east-1"
    );
    snapshot.databases = Fact::Absent;
    assert_eq!(tag_command(&snapshot, "maple-7f3a"), None);
}

#[test]
fn no_id_in_the_printed_command_means_anything_to_a_shell() {
    let mut snapshot = snapshot();
    snapshot.databases = Fact::Absent;
    if let Fact::Present(groups) = &mut snapshot.network.groups {
        groups
            .iter_mut()
            .for_each(|group| group.id = "sg-1; reboot".into());
    }
    assert_eq!(tag_command(&snapshot, "maple-7f3a"), None);
    let mut elsewhere = super::snapshot();
    elsewhere.region = Region::from("us-east-1; reboot");
    assert_eq!(tag_command(&elsewhere, "maple-7f3a"), None);
}

#[test]
fn the_fingerprint_is_the_same_however_the_stack_is_judged() {
    let good = practice::good_account(&test_chapter(), now());
    let print = fingerprint(&good);
    assert!(
        print.len() == 16 && print.bytes().all(|b| b.is_ascii_hexdigit()),
        "{print}"
    );
    assert_eq!(fingerprint(&snapshot()), print, "a fault in a setting");
    let later = practice::good_account(&test_chapter(), at("2026-12-24T10:00:00Z"));
    assert_eq!(fingerprint(&later), print, "another time");
    let mut changed = good.clone();
    changed.seen_by = SeenBy::Instructor;
    changed.service = Fact::Absent;
    changed.databases = Fact::Absent;
    if let Fact::Present(groups) = &mut changed.network.groups {
        groups.reverse();
        groups.iter_mut().for_each(|group| group.inbound.clear());
        groups.retain(|group| group.name != "default");
    }
    assert_eq!(fingerprint(&changed), print);
}

#[test]
fn another_stack_has_another_fingerprint() {
    let good = practice::good_account(&test_chapter(), now());
    let print = fingerprint(&good);
    let differs = |change: fn(&mut Snapshot)| {
        let mut other = good.clone();
        change(&mut other);
        assert_ne!(fingerprint(&other), print);
    };
    differs(|other| {
        if let Fact::Present(caller) = &mut other.caller {
            caller.account = "999999999999".into();
        }
    });
    differs(|other| other.region = Region::from("eu-west-1"));
    differs(|other| {
        if let Fact::Present(groups) = &mut other.network.groups {
            groups[2].id = "sg-0new".into();
        }
    });
    differs(|other| {
        if let Fact::Present(balancers) = &mut other.balancers {
            balancers[0].arn =
                "arn:aws:elasticloadbalancing:us-east-1:1:loadbalancer/app/b/2".into();
        }
    });
    differs(|other| {
        if let Fact::Present(targets) = &mut other.target_groups {
            targets[0].arn = "arn:aws:elasticloadbalancing:us-east-1:1:targetgroup/b/2".into();
        }
    });
    let empty = practice::empty_account(&test_chapter(), now());
    assert_ne!(fingerprint(&empty), print);
}

#[test]
fn the_digest_is_of_the_values_and_not_of_how_they_are_written() {
    let one = json!({"b": [1, 2.5, null], "a": {"y": "x", "x": true}});
    assert_eq!(
        digest_of(&one),
        // printf '{"a":{"x":true,"y":"x"},"b":[1,2.5,null]}' | sha256sum
        "sha256:2ed3ba076b85164bcf50bbcaa1951730050d8c87f833dbce58bcd1324b2cd283"
    );
    let again: serde_json::Value =
        serde_json::from_str("{ \"a\":{\"x\":true,\n\"y\":\"\\u0078\"},\"b\":[1,2.5,null]}")
            .unwrap();
    assert_eq!(digest_of(&one), digest_of(&again));
    for other in [
        json!({"b": [2, 1, null], "a": {"y": "x", "x": true}}),
        json!({"b": [1, 2.5, null], "a": {"y": "x", "x": "true"}}),
        json!({"b": [1, 2.5, null], "a": {"y": "x"}, "x": true}),
    ] {
        assert_ne!(digest_of(&one), digest_of(&other));
    }
}

#[test]
fn another_text_of_the_course_has_another_digest_and_windows_line_ends_have_none() {
    let files = CourseFiles::embedded();
    let content = content_of(&files);
    let mut other = CourseFiles::embedded();
    other.files.reverse();
    for file in &mut other.files {
        file.text = file.text.replace('\n', "\r\n");
    }
    assert_eq!(content_of(&other), content);
    other.files[3].text.push('!');
    assert_ne!(content_of(&other), content);
}

#[test]
fn a_rule_is_no_part_of_the_fingerprint_whoever_it_admits() {
    let mut snapshot = snapshot();
    let print = fingerprint(&snapshot);
    if let Fact::Present(groups) = &mut snapshot.network.groups {
        for rule in groups.iter_mut().flat_map(|group| &mut group.inbound) {
            rule.peer = Peer::PrefixList("pl-1".to_owned());
        }
    }
    assert_eq!(fingerprint(&snapshot), print);
}
