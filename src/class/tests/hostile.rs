//! Nothing that a student hands in stops the class.

use super::*;
use crate::bundle::{BundledChange, BundledVerdict, Nonce};

fn long(text: &str) -> String {
    text.repeat(10_000)
}

#[test]
fn times_out_of_range_long_names_and_contradictions_are_survived_and_cut() {
    let mut whole_file = bundle(real(1, &broken("database-public")));
    let bundle = &mut whole_file.bundle;
    bundle.snapshot.collected_at = Timestamp::MAX;
    bundle.made_at = Timestamp::MIN;
    bundle.made_with.landfall = long("9");
    bundle.nonce = Some(Nonce {
        asked: long("n"),
        seen: Vec::new(),
    });
    bundle.left_out = (0..500)
        .map(|number| (format!("{number}{}", long("s")), Timestamp::MIN))
        .collect();
    let times = [Timestamp::MIN, Timestamp::MAX, noon()];
    for (at, until) in times
        .iter()
        .flat_map(|at| times.iter().map(move |until| (*at, *until)))
    {
        for verdict in Verdict::ALL {
            bundle.history.push(BundledChange {
                check: "rds.private".to_owned(),
                verdict,
                at,
                until,
            });
        }
    }
    bundle.verdicts = vec![BundledVerdict {
        check: "rds.private".to_owned(),
        verdict: Verdict::Passed,
        cause: Some(long("c")),
    }];
    if let Fact::Present(databases) = &mut bundle.snapshot.databases {
        databases[0].id = long("<script>");
    }
    let mut earliest = real(1, &good());
    earliest.collected_at = Timestamp::MIN;
    let evidence = vec![
        file(&long("f"), whole_file),
        file("b.json", super::bundle(earliest)),
        spoilt(&long("../"), Trouble::Unreadable(long("e"))),
    ];
    let mut class = class(rows(1), evidence);
    class.rows[0].student = long("Zoe \u{202e}");
    class.rows[0].section = Some(long("§"));
    class.deadline = Some(Timestamp::MIN);
    class.overrides.all = vec![decision(&long("x"))];
    let report = class.report();
    let text = whole(&report);
    let longest = text
        .split('"')
        .map(|part| part.chars().count())
        .max()
        .unwrap();
    assert!(longest <= 600, "{longest}");
    assert!(!text.contains('\u{202e}'));
    assert!(text.len() < 1_000_000, "{}", text.len());
}

#[test]
fn a_name_comes_from_the_roster_and_never_from_a_bundle() {
    let mut snapshot = real(1, &good());
    if let Fact::Present(caller) = &mut snapshot.caller {
        caller.principal = Principal::User {
            name: "Mallory".to_owned(),
        };
    }
    let report = class(rows(1), vec![file("a.json", bundle(snapshot))]).report();
    assert_eq!(only(&report).name, "Zoe Adams");
}
