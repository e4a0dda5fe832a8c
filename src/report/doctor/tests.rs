use super::*;
use crate::account::{DeniedBy, Fact, Why};
use crate::practice;

fn snapshot() -> crate::account::Snapshot {
    let now = "2026-11-13T09:10:00Z".parse().unwrap();
    practice::good_account(&practice::test_chapter(), now)
}

fn denied<T>(action: &str, by: DeniedBy) -> Fact<T> {
    Fact::Unknown(Why::Denied {
        action: action.into(),
        by,
    })
}

#[test]
fn a_finished_account_leaves_nothing_unread() {
    let found = unread(&snapshot());
    assert!(
        found.denied.is_empty() && found.others.is_empty(),
        "{found:?}"
    );
    assert_eq!(permissions(&found).state, PartState::Fine);
    assert_eq!(reading(&found).state, PartState::Fine);
}

#[test]
fn every_refused_action_is_named_wherever_it_stands_with_the_statement_to_add() {
    let mut snapshot = snapshot();
    snapshot.databases = denied("rds:DescribeDBInstances", DeniedBy::Identity);
    snapshot.network.vpcs = denied("ec2:DescribeVpcs", DeniedBy::Identity);
    if let Fact::Present(user) = &mut snapshot.user {
        user.mfa_devices = denied("iam:ListMFADevices", DeniedBy::Identity);
    }
    for facts in snapshot.repositories.values_mut() {
        facts.images = denied("ecr:DescribeImages", DeniedBy::Organisation);
    }
    let part = permissions(&unread(&snapshot));
    assert_eq!(part.state, PartState::Trouble);
    for action in [
        "rds:DescribeDBInstances",
        "ec2:DescribeVpcs",
        "iam:ListMFADevices",
        "ecr:DescribeImages",
    ] {
        assert!(part.say.contains(action), "{}", part.say);
    }
    assert!(part.say.starts_with("4 permissions are missing"));
    let statement = part
        .todo
        .iter()
        .find_map(|fix| fix.command.as_deref())
        .unwrap();
    let statement: serde_json::Value = serde_json::from_str(statement).unwrap();
    assert_eq!(
        statement["Action"],
        serde_json::json!([
            "ec2:DescribeVpcs",
            "iam:ListMFADevices",
            "rds:DescribeDBInstances"
        ])
    );
    let organisation = part
        .todo
        .iter()
        .find(|fix| fix.say.contains("organisation"))
        .unwrap();
    assert_eq!(organisation.command, None);
}

#[test]
fn what_was_not_asked_or_lies_on_the_learners_machine_is_no_trouble_of_the_account() {
    let mut snapshot = snapshot();
    snapshot.leftovers = Fact::not_asked();
    snapshot.workplace.git = Fact::Unknown(Why::TimedOut);
    assert_eq!(unread(&snapshot), Unread::default());
}

#[test]
fn a_throttled_call_is_no_missing_permission() {
    let mut snapshot = snapshot();
    snapshot.budgets = Fact::Unknown(Why::Throttled);
    snapshot.parameters = Fact::Unknown(Why::Throttled);
    let found = unread(&snapshot);
    assert_eq!(permissions(&found).state, PartState::Fine);
    let part = reading(&found);
    assert_eq!(part.state, PartState::Unknown);
    assert!(
        part.say.contains("AWS asked to slow down (2 times)"),
        "{}",
        part.say
    );
}

#[test]
fn an_emulator_that_lacks_a_call_is_a_note() {
    let mut snapshot = snapshot();
    snapshot.budgets = Fact::Unknown(Why::NotOffered {
        say: "no such call".into(),
    });
    assert_eq!(reading(&unread(&snapshot)).state, PartState::Note);
}

#[test]
fn notes_do_not_hinder_and_troubles_do() {
    let with = |state| Diagnosis {
        schema: 1,
        landfall: "0",
        account: Source::Aws,
        parts: vec![Part::new("x", "X", state, "s")],
    };
    for state in [PartState::Fine, PartState::Note, PartState::NotLooked] {
        assert!(!with(state).is_hindered());
    }
    for state in [PartState::Trouble, PartState::Unknown] {
        assert!(with(state).is_hindered());
    }
}
