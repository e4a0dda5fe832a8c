use super::Outcome::{LeftAlone, Missed, Partly, Right, Wrong};
use super::*;
use crate::progress::{Pages, PlacedFault};

/// The text of the deck: 1 image (fault `tag`), 2 port (decoy), 3 environment (fault `secret`), 4 log driver.
fn inspected(lines: &[usize], why: &str) -> Given {
    Given::Inspected {
        lines: lines.to_vec(),
        why: why.to_owned(),
    }
}

fn result(lines: &[usize], why: &str, harm: &[(&str, Said)]) -> Option<Judged> {
    judge(
        &question("spot-the-fault"),
        &inspected(lines, why),
        None,
        &said(harm),
    )
}

#[test]
fn half_is_to_find_it_and_half_is_the_harm() {
    use crate::progress::Said::{NotSaid, Partly, Said};
    for (lines, tag, secret, expected) in [
        (&[1, 3][..], Said, Said, 1.0),
        (&[1, 3], NotSaid, NotSaid, 0.5),
        (&[1, 3], Said, Partly, 0.875),
        (&[1], Said, NotSaid, 0.5),
        (&[], Said, NotSaid, 0.25),
        (&[1, 3, 2], Said, Said, 0.875),
        (&[1, 3, 2, 4], Said, Said, 0.75),
        (&[2, 4], NotSaid, NotSaid, 0.0),
        (&[1, 1, 3], Said, Said, 1.0),
        (&[1, 3, 0, 99, usize::MAX], Said, Said, 1.0),
    ] {
        let judged = result(lines, "because", &[("tag", tag), ("secret", secret)]);
        assert_share(&judged.expect("all confirmed"), expected);
    }
}

#[test]
fn the_harm_waits_for_the_learner_but_only_if_something_was_written() {
    assert_eq!(result(&[1, 3], "because", &[]), None);
    assert_eq!(result(&[1, 3], "because", &[("tag", Said::Said)]), None);
    assert_share(
        &result(&[1, 3], " \n", &[]).expect("nothing to confirm"),
        0.5,
    );
    let question = question("spot-the-fault");
    let open = to_confirm(
        &question,
        &inspected(&[1], "because"),
        None,
        &said(&[("tag", Said::Said)]),
    );
    assert_eq!(open.len(), 1);
    assert_eq!(open[0].id, "secret");
    assert_eq!(
        open[0].says,
        "Whoever may describe the definition can read it."
    );
    assert_eq!(
        open[0].detail.as_deref(),
        Some("The address with its password stands under environment.")
    );
    let silent = to_confirm(&question, &inspected(&[1], ""), None, &BTreeMap::new());
    assert_eq!(silent, []);
}

#[test]
fn the_parts_are_the_faults_then_what_was_picked_though_right_then_decoys() {
    let judged = result(
        &[1, 4],
        "x",
        &[("tag", Said::Said), ("secret", Said::NotSaid)],
    )
    .expect("all confirmed");
    assert_eq!(
        outcomes(&judged),
        [
            ("tag", Right),
            ("secret", Missed),
            ("line-4", Wrong),
            ("line-2", LeftAlone)
        ]
    );
    assert_eq!(
        judged.parts[0].given.as_deref(),
        Some("line 1: image: news-api:latest")
    );
    assert_eq!(
        judged.parts[0].key.as_deref(),
        Some("Name the version: news-api:1.0.0.")
    );
    assert_eq!(judged.parts[1].given, None);
    assert_eq!(judged.parts[2].why, "This line is right as it is.");
    assert_eq!(judged.parts[3].why, "The app listens there.");
    let tempted = result(&[2], "", &[]).expect("nothing to confirm");
    assert_eq!(outcomes(&tempted)[2], ("line-2", Wrong));
    assert_eq!(tempted.parts[2].why, "The app listens there.");
    let found = result(&[1], "", &[]).expect("nothing to confirm");
    assert_eq!(outcomes(&found)[0], ("tag", Partly));
}

#[test]
fn precision_and_recall_are_those_of_the_picks() {
    let Kind::Inspect(asked) = question("spot-the-fault").kind else {
        panic!("it is one to look through")
    };
    let pages = pages(&asked, None).expect("the text is in the deck");
    let picked = picks(&pages, &[1, 2, 4, 4, 77]);
    assert_eq!(
        picked,
        Picks {
            right: 1,
            wrong: 2,
            missed: 1
        }
    );
    assert_eq!(picked.precision(), Some(1.0 / 3.0));
    assert_eq!(picked.recall(), Some(0.5));
    assert_eq!(picks(&pages, &[]).precision(), None);
    assert_eq!(picks(&pages, &[]).recall(), Some(0.0));
}

fn own(faults: &[(&str, &[usize])]) -> Posed {
    posed(PosedWhat::Inspect(Pages {
        title: "Your service".to_owned(),
        lines: vec!["desiredCount: 2".to_owned(), "gracePeriod: 0".to_owned()],
        faults: faults
            .iter()
            .map(|(id, lines)| PlacedFault {
                id: (*id).to_owned(),
                lines: lines.to_vec(),
                was: "gracePeriod: 60".to_owned(),
            })
            .collect(),
        decoys: Vec::new(),
    }))
}

#[test]
fn an_account_question_is_judged_by_the_page_that_was_shown() {
    let question = question("own-fault");
    let given = inspected(&[2], "slow starters die");
    let page = own(&[("no-grace", &[2])]);
    assert_eq!(judge(&question, &given, None, &BTreeMap::new()), None);
    assert_eq!(to_confirm(&question, &given, None, &BTreeMap::new()), []);
    assert_eq!(
        to_confirm(&question, &given, Some(&page), &BTreeMap::new()).len(),
        1
    );
    let confirmed = said(&[("no-grace", Said::Said)]);
    let judged = judge(&question, &given, Some(&page), &confirmed).expect("all confirmed");
    assert_share(&judged, 1.0);
    assert_eq!(
        judged.parts[0].given.as_deref(),
        Some("line 2: gracePeriod: 0")
    );
}

#[test]
fn any_of_a_fault_s_lines_finds_it_and_a_second_one_costs_nothing() {
    let question = question("own-fault");
    let page = own(&[("no-grace", &[1, 2])]);
    for lines in [&[1][..], &[2], &[1, 2]] {
        let judged = judge(
            &question,
            &inspected(lines, ""),
            Some(&page),
            &BTreeMap::new(),
        );
        assert_share(&judged.expect("nothing to confirm"), 0.5);
    }
}

#[test]
fn a_fault_that_the_deck_no_longer_knows_is_found_by_its_line_and_never_waits() {
    let page = own(&[("renamed-since", &[2])]);
    let judged = judge(
        &question("own-fault"),
        &inspected(&[2], "because"),
        Some(&page),
        &BTreeMap::new(),
    )
    .expect("there is no harm to confirm");
    assert_share(&judged, 0.5);
    assert_eq!(judged.parts[0].text, "gracePeriod: 60");
}
