//! Evidence that looks like somebody else's.

use super::*;

#[test]
fn two_students_with_one_account_are_asked_about_and_nobody_else_is() {
    let evidence = vec![
        file("login0001.json", bundle(real(1, &good()))),
        file("login0002.json", bundle(earlier(real(1, &good()), 3))),
        handed_in(3, &good()),
    ];
    let mut class = class(rows(3), evidence);
    class.rows[0].account = None;
    class.rows[1].account = None;
    let report = class.report();
    let [alike] = &report.alike[..] else {
        panic!("{:?}", report.alike);
    };
    assert_eq!(alike.why, AlikeWhy::SameAccount);
    assert_eq!(alike.students, ["key-1", "key-2"]);
    assert_eq!(
        alike.say,
        "Zoe Adams and Ann Lee handed in the same account (********0001). Shared on purpose? Ask them."
    );
}

#[test]
fn the_same_look_in_another_wrapper_is_seen() {
    let mut copy = bundle(real(1, &good()));
    copy.digest = "sha256:other".to_owned();
    copy.bundle.made_at = noon() + SignedDuration::from_mins(40);
    let evidence = vec![
        file("login0001.json", bundle(real(1, &good()))),
        file("login0002.json", copy),
    ];
    let mut class = class(rows(2), evidence);
    class.rows[0].account = None;
    class.rows[1].account = None;
    let report = class.report();
    let why: Vec<AlikeWhy> = report.alike.iter().map(|alike| alike.why).collect();
    assert_eq!(why, [AlikeWhy::SameEvidence], "{:?}", report.alike);
    assert!(
        report.alike[0].say.contains("2026-11-22 13:00"),
        "{}",
        report.alike[0].say
    );
}

#[test]
fn another_number_over_the_same_resources_is_seen() {
    let mut copied = real(1, &good());
    let caller = Fact::Present(Caller {
        account: AccountId(account(2)),
        ..copied.caller.present().unwrap().clone()
    });
    copied.caller = caller;
    copied.collected_at = noon() + SignedDuration::from_mins(3);
    let evidence = vec![handed_in(1, &good()), file("b.json", bundle(copied))];
    let report = class(rows(2), evidence).report();
    let [alike] = &report.alike[..] else {
        panic!("{:?}", report.alike);
    };
    assert_eq!(alike.why, AlikeWhy::SameResources);
    assert!(
        alike
            .say
            .starts_with("Zoe Adams and Ann Lee have different accounts")
    );
    assert!(alike.say.ends_with("Ask them."));
}

#[test]
fn groups_alone_tell_and_what_every_account_has_by_default_does_not() {
    let with_groups = |number: usize, group: fn(&str) -> bool| {
        let mut snapshot = real(1, &half_built());
        snapshot.collected_at = noon() + SignedDuration::from_mins(number as i64);
        if let Fact::Present(caller) = &mut snapshot.caller {
            caller.account = AccountId(account(number));
        }
        if let Fact::Present(groups) = &mut snapshot.network.groups {
            groups.retain(|one| group(&one.name));
        }
        file(&format!("{number}.json"), bundle(snapshot))
    };
    let alike = |group: fn(&str) -> bool| {
        let evidence = vec![with_groups(1, group), with_groups(2, group)];
        class(rows(2), evidence).report().alike
    };
    assert!(alike(|name| name == "default").is_empty());
    assert_eq!(
        alike(|name| name != "default")[0].why,
        AlikeWhy::SameResources
    );
}

#[test]
fn ones_own_older_file_is_like_nobody_elses() {
    let evidence = vec![
        handed_in(1, &good()),
        file("again.json", bundle(real(1, &good()))),
        file("old.json", bundle(earlier(real(1, &half_built()), 9))),
    ];
    assert!(class(rows(1), evidence).report().alike.is_empty());
}

#[test]
fn many_names_are_cut_short() {
    let evidence = (1..=9)
        .map(|number| file(&format!("login000{number}.json"), bundle(real(30, &good()))))
        .collect();
    let report = class(rows(9), evidence).report();
    assert_eq!(report.alike[0].students.len(), 9);
    assert!(
        report.alike[0].say.contains("and 4 more handed in"),
        "{}",
        report.alike[0].say
    );
}
