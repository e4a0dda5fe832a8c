//! What costs money while nobody uses it.

use super::*;

#[test]
fn what_lies_idle_is_charged_too() {
    let gateway = |allocations| {
        said(&thing(
            LeftoverKind::NatGateway,
            Extent::NatGateway { allocations },
        ))
    };
    assert_eq!(gateway(Vec::new()), ["NAT gateway thing: $0.0450 $32.85"]);
    assert_eq!(
        gateway(vec!["eipalloc-1".to_owned()])[1],
        "1 public address of the NAT gateway: $0.0050 $3.65"
    );
    assert_eq!(
        said(&thing(LeftoverKind::Address, Extent::NotRead)),
        ["public address thing: $0.0050 $3.65"]
    );
    let snapshot = Extent::DatabaseSnapshot {
        allocated_gb: Some(20),
    };
    assert_eq!(
        said(&thing(LeftoverKind::DatabaseSnapshot, snapshot)),
        ["database snapshot thing: $0.0026 $1.90"]
    );
}

#[test]
fn logs_are_free_up_to_five_gigabytes_and_without_an_end_they_say_so() {
    let group = |gigabytes: u64, retention_days| {
        let extent = Extent::Logs {
            stored_bytes: Some(gigabytes << 30),
            retention_days,
        };
        thing(LeftoverKind::LogGroup, extent)
    };
    assert_eq!(said(&group(5, None)), ["log group thing (5.0 GB): free"]);
    assert_eq!(
        said(&group(15, None)),
        ["log group thing (15.0 GB): $0.0004 $0.30"]
    );
    let for_ever = |days| {
        let lines = charge::lines(&group(1, days), &test_chapter());
        lines[0].notes.iter().any(|note| note.contains("for ever"))
    };
    assert!(for_ever(None));
    assert!(!for_ever(Some(14)));
}

#[test]
fn images_are_charged_by_size_and_those_without_a_tag_are_named() {
    let images = |count, untagged| {
        let extent = Extent::Images(ImagesSize {
            count,
            bytes: u64::from(count) << 29,
            untagged,
            untagged_bytes: u64::from(untagged) << 29,
        });
        thing(LeftoverKind::Repository, extent)
    };
    assert_eq!(
        said(&images(1, 0)),
        ["1 image in thing (512 MB): $0.0001 $0.05"]
    );
    assert_eq!(said(&images(0, 0)), ["0 images in thing (empty): free"]);
    let notes = |untagged| {
        charge::lines(&images(3, untagged), &test_chapter())[0]
            .notes
            .clone()
    };
    assert!(notes(1)[1].starts_with("1 of them has no tag (512 MB)"));
    assert!(notes(2)[1].starts_with("2 of them have no tag (1.0 GB)"));
    assert_eq!(notes(0).len(), 1);
}

#[test]
fn secrets_keys_of_ones_own_and_advanced_parameters_are_charged() {
    let plain = cost(&good());
    let kinds = |cost: &Cost| -> Vec<(Charged, String)> {
        let kept = [Charged::Secret, Charged::Key, Charged::AdvancedParameter];
        let lines = cost.running.iter().filter(|line| kept.contains(&line.what));
        lines
            .map(|line| (line.what, line.price.month().unwrap().in_column(2)))
            .collect()
    };
    assert_eq!(kinds(&plain), [], "the chapter's way costs nothing");
    let dear = good_but(|snapshot| {
        for parameter in present(&mut snapshot.parameters) {
            parameter.tier = Some(ParameterTier::Advanced);
            parameter.key = Some("alias/mine".to_owned());
        }
        let secret = Secret {
            arn: "arn:aws:secretsmanager:us-east-1:111122223333:secret:db-AbCdEf".into(),
            name: "db".to_owned(),
            deleted: false,
        };
        snapshot
            .secrets
            .insert("db".to_owned(), Fact::Present(secret));
    });
    let month = |what, price: &str| (what, price.to_owned());
    assert_eq!(
        kinds(&cost(&dear)),
        [
            month(Charged::Secret, "$0.40"),
            month(Charged::AdvancedParameter, "$0.05"),
            month(Charged::AdvancedParameter, "$0.05"),
            month(Charged::Key, "$1.00"),
        ]
    );
}
