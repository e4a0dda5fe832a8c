//! Everybody gets the verdict that is theirs, over a wire on which nothing but reads and AssumeRole is seen.

use crate::stub::{Case, Classroom, Sizes, external_id, form, wrong_about};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

const SOME: Sizes = Sizes {
    students: 12,
    crashing: 1,
    denied: 2,
    throttled: 3,
    dead: 1,
};

#[test]
fn everybody_gets_the_verdict_that_is_theirs_and_nothing_is_written() {
    let room = Classroom::start(SOME, Duration::from_millis(2));
    let output = room.command(&["--out", "runs"]).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    // Somebody's tasks crash.
    assert_eq!(output.status.code(), Some(1), "{said}");
    let kept = room.kept("runs");
    let mut wrong = BTreeMap::new();
    for (account, case) in &room.students {
        let result = kept
            .get(account)
            .unwrap_or_else(|| panic!("nothing of {account} ({case:?}): {said}"));
        if let Some(what) = wrong_about(*case, account, result) {
            wrong.insert((account, case), what);
        }
        assert_eq!(result.calls[0].operation, "AssumeRole");
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(room.stub.unanswered(), Vec::<String>::new());

    let heard = room.stub.heard();
    let reads = [
        "Get",
        "List",
        "Describe",
        "BatchGetImage",
        "Simulate",
        "AssumeRole",
    ];
    for one in &heard {
        let (_, operation) = one.call.split_once(':').unwrap();
        assert!(
            reads.iter().any(|verb| operation.starts_with(verb)),
            "{} arrived",
            one.call
        );
        // The instructor's own keys are good for one thing.
        let own = one.account.is_none() && one.call != "s3:GetObject";
        assert_eq!(own, one.call == "sts:AssumeRole", "{}", one.call);
    }

    // A line of trouble names its student, and no external id, and no account.
    for (place, (account, case)) in room.students.iter().enumerate() {
        let named = said.contains(&format!("{}:", room.name(place)));
        let not_looked = matches!(
            case,
            Case::DeniedAtTheDoor | Case::ThrottledAtTheDoor | Case::Dead
        );
        assert_eq!(named, not_looked, "{}: {said}", room.name(place));
        assert!(
            !said.contains(account) && !said.contains(&external_id(account)),
            "{said}"
        );
    }
}

#[test]
fn every_role_is_taken_on_with_its_external_id_a_limit_and_a_name() {
    let sizes = Sizes {
        students: 3,
        crashing: 0,
        denied: 0,
        throttled: 0,
        dead: 0,
    };
    let room = Classroom::start(sizes, Duration::ZERO);
    let output = room.command(&["--at-once", "2"]).output().unwrap();
    assert!(
        output
            .status
            .code()
            .is_some_and(|code| code != 2 && code != 5)
    );
    let mut policies = BTreeSet::new();
    let mut asked = 0;
    for one in room.stub.heard() {
        if one.call != "sts:AssumeRole" {
            continue;
        }
        asked += 1;
        let form = form(&one.asked);
        let account = form["RoleArn"].split(':').nth(4).unwrap().to_owned();
        assert_eq!(form["ExternalId"], external_id(&account));
        assert_eq!(form["RoleSessionName"], "landfall-class");
        let seconds: u32 = form["DurationSeconds"].parse().unwrap();
        assert!((900..=3_600).contains(&seconds));
        assert!(form["Policy"].len() <= 2_048);
        policies.insert(form["Policy"].clone());
    }
    assert_eq!(asked, 3);
    assert_eq!(policies.len(), 1);
    let policy: serde_json::Value = serde_json::from_str(policies.first().unwrap()).unwrap();
    assert_eq!(policy["Version"], "2012-10-17");
    assert!(!policy.to_string().contains("\"*\",") && policy.to_string().contains("Deny"));
}
