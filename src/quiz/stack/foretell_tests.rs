use super::reads;
use super::testing::{ask, foretell, noon, own, practice};
use crate::account::{Fact, GroupRule, Peer, Protocol, Snapshot, Source, Why};
use crate::course::PredictKey;
use crate::practice::{empty_account, test_chapter};
use crate::progress::{Foretold, ForetoldValue, PosedWhat};

fn value(key: PredictKey, snapshot: &Snapshot) -> String {
    match reads(key, snapshot).expect("it is read").value {
        ForetoldValue::Number { value } => value.to_string(),
        ForetoldValue::Word { value, of } => {
            assert!(of.contains(&value), "{value} is not among {of:?}");
            value
        }
    }
}

fn told(snapshot: &Snapshot, key: PredictKey) -> Foretold {
    let posed = ask(&foretell(key), Some(snapshot));
    assert_eq!((posed.source, posed.instead), (Source::Aws, None));
    match posed.what {
        PosedWhat::Predict(told) => told,
        PosedWhat::Inspect(_) => panic!("a page"),
    }
}

#[test]
fn every_key_gives_what_the_look_says() {
    let own = own();
    for (key, wanted) in [
        (PredictKey::BackupDays, "1"),
        (PredictKey::MultiAz, "no"),
        (PredictKey::ServingRevision, "1"),
        (PredictKey::DesiredCount, "2"),
        (PredictKey::HealthyTargets, "2"),
        (PredictKey::DatabaseSource, "a security group"),
        (PredictKey::SecretNames, "2"),
        (PredictKey::GracePeriod, "60"),
        (PredictKey::DistinctGroups, "4"),
        (PredictKey::MaximumPercent, "200"),
    ] {
        assert_eq!(value(key, &own), wanted, "{}", key.word());
        let told = told(&own, key);
        assert!(told.of.contains("..."), "{}", told.of);
        let api = key.word().split(' ').next().unwrap();
        assert!(
            told.evidence.contains(api.split(':').next_back().unwrap()),
            "{}",
            told.evidence
        );
    }
    assert_eq!(PredictKey::ALL.len(), 10, "a new key needs a value here");
}

#[test]
fn a_changed_look_gives_the_changed_value() {
    let mut own = own();
    let Fact::Present(databases) = &mut own.databases else {
        panic!("there is a database");
    };
    databases[0].backup_days = 14;
    databases[0].multi_az = true;
    let Fact::Present(service) = &mut own.service else {
        panic!("there is a service");
    };
    service.grace_seconds = 0;
    service.desired = 5;
    service.maximum_percent = Some(150);
    assert_eq!(value(PredictKey::BackupDays, &own), "14");
    assert_eq!(value(PredictKey::MultiAz, &own), "yes");
    assert_eq!(value(PredictKey::GracePeriod, &own), "0");
    assert_eq!(value(PredictKey::DesiredCount, &own), "5");
    assert_eq!(value(PredictKey::MaximumPercent, &own), "150");
    assert_eq!(
        told(&own, PredictKey::BackupDays).evidence,
        "rds:DescribeDBInstances, news-api-db, BackupRetentionPeriod = 14"
    );
}

fn admit(own: &mut Snapshot, peers: &[&str]) {
    let tasks = super::part::wearers(own).unwrap()[1].groups[0].clone();
    let rule = |peer: &&str| GroupRule {
        protocol: Protocol::Tcp,
        ports: Some((5432, 5432)),
        peer: match *peer {
            "group" => Peer::Group {
                id: tasks.clone(),
                account: None,
                peered_vpc: None,
                peering: None,
            },
            range => Peer::Range(range.parse().unwrap()),
        },
    };
    let rules: Vec<GroupRule> = peers.iter().map(rule).collect();
    let database = super::part::wearers(own).unwrap()[2].groups[0].clone();
    let Fact::Present(groups) = &mut own.network.groups else {
        panic!("there are groups");
    };
    let group = groups
        .iter_mut()
        .find(|group| group.id == database)
        .unwrap();
    group.inbound = rules;
}

#[test]
fn the_source_of_the_database_is_a_group_a_range_or_both() {
    for (peers, wanted) in [
        (&["group"][..], "a security group"),
        (&["0.0.0.0/0"], "an address range"),
        (&["group", "203.0.113.7/32"], "both"),
    ] {
        let mut own = own();
        admit(&mut own, peers);
        assert_eq!(value(PredictKey::DatabaseSource, &own), wanted);
        let evidence = told(&own, PredictKey::DatabaseSource).evidence;
        assert!(!evidence.contains("203.0.113.7"), "{evidence}");
    }
    let mut shut = own();
    admit(&mut shut, &[]);
    assert_eq!(reads(PredictKey::DatabaseSource, &shut), None);
}

#[test]
fn nothing_is_foretold_of_a_fresh_account() {
    let empty = empty_account(&test_chapter(), noon());
    for key in PredictKey::ALL {
        assert_eq!(reads(*key, &empty), None, "{}", key.word());
        let posed = ask(&foretell(*key), Some(&empty));
        assert_eq!(posed.source, Source::Practice);
        let instead = posed.instead.unwrap();
        assert!(instead.starts_with("There is no "), "{instead}");
    }
}

/// Each fact that a key stands on, hidden.
fn hide(own: &mut Snapshot, key: PredictKey) {
    let service = || Fact::Unknown(Why::Throttled);
    match key {
        PredictKey::BackupDays | PredictKey::MultiAz => own.databases = Fact::not_asked(),
        PredictKey::ServingRevision
        | PredictKey::DesiredCount
        | PredictKey::GracePeriod
        | PredictKey::MaximumPercent => own.service = service(),
        PredictKey::HealthyTargets => {
            let Fact::Present(groups) = &mut own.target_groups else {
                panic!("there are target groups");
            };
            groups[0].targets = Fact::Unknown(Why::TimedOut);
        }
        PredictKey::DatabaseSource | PredictKey::DistinctGroups => {
            own.network.groups = Fact::not_asked();
        }
        PredictKey::SecretNames => {
            for definition in own.definitions.values_mut() {
                *definition = Fact::Unknown(Why::Offline);
            }
        }
    }
}

#[test]
fn what_was_not_read_is_asked_of_the_practice_account_and_the_reason_is_said() {
    for key in PredictKey::ALL {
        let mut own = own();
        hide(&mut own, *key);
        assert_eq!(reads(*key, &own), None, "{}", key.word());
        let posed = ask(&foretell(*key), Some(&own));
        assert_eq!(
            (posed.source, posed.looked_at),
            (Source::Practice, practice().collected_at)
        );
        let instead = posed.instead.unwrap();
        assert!(
            instead.starts_with("The last look at your account did not read "),
            "{}: {instead}",
            key.word()
        );
    }
}

#[test]
fn a_deleted_service_is_no_service() {
    let mut own = own();
    let Fact::Present(service) = &mut own.service else {
        panic!("there is a service");
    };
    service.status = "INACTIVE".to_owned();
    assert_eq!(reads(PredictKey::DesiredCount, &own), None);
}

#[test]
fn several_databases_are_not_guessed_at() {
    let mut own = own();
    let Fact::Present(databases) = &mut own.databases else {
        panic!("there is a database");
    };
    databases[0].id = "one".to_owned();
    let mut other = databases[0].clone();
    other.id = "two".to_owned();
    databases.push(other);
    assert_eq!(reads(PredictKey::BackupDays, &own), None);
    let instead = ask(&foretell(PredictKey::BackupDays), Some(&own))
        .instead
        .unwrap();
    assert!(
        instead.starts_with("Nothing says which database in your account is yours"),
        "{instead}"
    );
}

#[test]
fn evidence_never_holds_the_number_of_an_account() {
    let own = own();
    let number = own.account().unwrap().as_str();
    for key in PredictKey::ALL {
        let kept = serde_json::to_string(&ask(&foretell(*key), Some(&own))).unwrap();
        assert!(!kept.contains(number) && !kept.contains("arn:"), "{kept}");
    }
}
