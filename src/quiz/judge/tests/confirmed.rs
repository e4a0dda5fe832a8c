//! Open questions: what the learner confirmed, added up.

use super::Outcome::{Missed, Partly, Right};
use super::*;

fn text(text: &str) -> Given {
    Given::Text {
        text: text.to_owned(),
    }
}

/// `warm-up` weighs 2, `ignored` 1, `sizing` is a bonus.
fn share(warm_up: Said, ignored: Said, sizing: Said) -> Option<Judged> {
    judge(
        &question("grace"),
        &text("my words"),
        None,
        &said(&[
            ("warm-up", warm_up),
            ("ignored", ignored),
            ("sizing", sizing),
        ]),
    )
}

#[test]
fn the_confirmed_weight_is_the_share_and_partly_counts_half() {
    use crate::progress::Said::{NotSaid, Partly, Said};
    for (warm_up, ignored, sizing, expected) in [
        (Said, Said, Said, 1.0),
        (Said, Said, NotSaid, 1.0),
        (Said, NotSaid, NotSaid, 2.0 / 3.0),
        (NotSaid, Said, NotSaid, 1.0 / 3.0),
        (Partly, Partly, Partly, 0.5),
        (NotSaid, NotSaid, Said, 0.0),
        (Partly, NotSaid, Said, 1.0 / 3.0),
    ] {
        assert_share(
            &share(warm_up, ignored, sizing).expect("all confirmed"),
            expected,
        );
    }
}

#[test]
fn nothing_is_judged_while_a_point_is_open() {
    let confirmed = said(&[("warm-up", Said::Said), ("sizing", Said::Said)]);
    let (question, given) = (question("grace"), text("my words"));
    assert_eq!(judge(&question, &given, None, &confirmed), None);
    let open = to_confirm(&question, &given, None, &confirmed);
    assert_eq!(open.len(), 1);
    assert_eq!(open[0].id, "ignored");
    assert_eq!(open[0].says, "During that time ECS ignores failures.");
    assert_eq!(open[0].detail, None);
    let all = to_confirm(&question, &given, None, &BTreeMap::new());
    let ids: Vec<&str> = all.iter().map(|one| one.id.as_str()).collect();
    assert_eq!(ids, ["warm-up", "ignored", "sizing"]);
    assert_eq!(all[2].detail.as_deref(), Some("Not needed for full marks."));
}

#[test]
fn the_parts_are_the_points_with_the_words_that_the_learner_pointed_at() {
    let mut confirmed = said(&[
        ("warm-up", Said::Said),
        ("ignored", Said::Partly),
        ("sizing", Said::NotSaid),
    ]);
    if let Some(one) = confirmed.get_mut("warm-up") {
        one.evidence = Some("it has to load".to_owned());
    }
    let judged = judge(&question("grace"), &text("x"), None, &confirmed).expect("all confirmed");
    assert_eq!(
        outcomes(&judged),
        [("warm-up", Right), ("ignored", Partly), ("sizing", Missed)]
    );
    assert_eq!(judged.parts[0].given.as_deref(), Some("it has to load"));
    assert_eq!(judged.parts[1].given, None);
    assert_eq!(judged.parts[2].why, "Not needed for full marks.");
}

#[test]
fn an_answer_without_a_word_says_nothing_and_is_not_asked_about() {
    for given in [text(""), text(" \n\t"), picked(&["warm-up"])] {
        let question = question("grace");
        assert_eq!(to_confirm(&question, &given, None, &BTreeMap::new()), []);
        let confirmed = said(&[("warm-up", Said::Said)]);
        let judged = judge(&question, &given, None, &confirmed).expect("nothing to confirm");
        assert_share(&judged, 0.0);
        assert!(judged.parts.iter().all(|part| part.outcome == Missed));
    }
}
