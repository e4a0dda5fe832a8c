use super::cases::{all, broken, course, drawn, half_built, hostile_name, named, one_read_denied};
use super::*;
use crate::checks::{checks, verify_all};
use crate::practice;
use std::collections::BTreeSet;

/// Without the rules of style, which are the same in all of them.
fn without_style(svg: &str) -> String {
    let (before, rest) = svg.split_once("<style>").unwrap();
    let (_, after) = rest.split_once("</style>").unwrap();
    format!("{before}{after}")
}

#[test]
fn the_pictures() {
    for (name, map) in all() {
        insta::assert_snapshot!(format!("svg_{name}"), without_style(&map_svg(&map)));
    }
}

#[test]
fn a_flowchart() {
    insta::assert_snapshot!(
        "mermaid",
        map_mermaid(&drawn(&broken("database-closed-to-tasks")))
    );
}

#[test]
fn the_document() {
    insta::assert_snapshot!(
        "json",
        map_json(&drawn(&broken("database-closed-to-tasks")))
    );
}

#[test]
fn every_check_belongs_to_a_part_or_is_known_not_to() {
    for check in checks() {
        let left_out = NOT_ON_THE_MAP.contains(&check.id.as_str());
        assert_eq!(
            Part::of(check.id).is_none(),
            left_out,
            "{}: either a part of the map speaks of it, or NOT_ON_THE_MAP lists it",
            check.id
        );
    }
    let known: BTreeSet<&str> = checks().map(|check| check.id.as_str()).collect();
    let named = Part::all().flat_map(|part| part.checks().iter().copied());
    for id in named.chain(NOT_ON_THE_MAP.iter().copied()) {
        assert!(known.contains(id), "there is no check {id}");
    }
}

#[test]
fn the_first_broken_part_is_the_one_that_the_root_cause_is_about() {
    let course = course();
    let mut shown = 0;
    // What the teardown leaves behind is no part of the picture.
    let faults = practice::causes().filter(|cause| !cause.after.contains(&practice::TEARDOWN));
    for cause in faults {
        let snapshot = broken(cause.id);
        let verification = verify_all(&snapshot, course, &BTreeSet::new());
        let map = drawn(&snapshot);
        agrees(&map, &verification);
        let Some(root) = &verification.root_cause else {
            assert_eq!(map.begin, None, "{}", cause.id);
            continue;
        };
        let begin = map.begin.as_ref().unwrap();
        assert_eq!((begin.check, begin.cause), (root.check, root.cause));
        let Some(part) = map.first_broken() else {
            let is_off = NOT_ON_THE_MAP.contains(&root.check.as_str());
            assert!(is_off || root.cause == Cause::WrongRegion, "{}", cause.id);
            continue;
        };
        shown += 1;
        assert!(part.checks().contains(&root.check.as_str()), "{}", cause.id);
        assert_eq!(map.verdict(part), Some(Verdict::Failed), "{}", cause.id);
    }
    assert!(shown > 30, "{shown} faults are on the map");
}

/// The verdicts of the map, held against those of the checks without the map's own arithmetic.
fn agrees(map: &Map, verification: &crate::checks::Verification) {
    let said = |id: &str| {
        verification
            .lessons
            .iter()
            .flat_map(|lesson| &lesson.steps)
            .flat_map(|step| &step.checks)
            .find(|finding| finding.check.as_str() == id)
            .unwrap_or_else(|| panic!("{id} was judged"))
    };
    let parts = map.nodes.iter().map(|node| Part::Node(node.id));
    for part in parts.chain(map.edges.iter().map(|edge| Part::Edge(edge.id))) {
        let verdict = map.verdict(part).unwrap();
        let weigh: Vec<Verdict> = part
            .checks()
            .iter()
            .map(|id| said(id))
            .filter(|finding| counts(finding))
            .map(|finding| finding.verdict)
            .collect();
        let wrong = weigh.contains(&Verdict::Failed);
        assert_eq!(verdict == Verdict::Failed, wrong, "{part:?}");
        if verdict == Verdict::Passed {
            let fine = |one: &Verdict| one.is_done();
            assert!(weigh.iter().all(fine), "{part:?}: {weigh:?}");
        }
        assert!(weigh.contains(&verdict), "{part:?} says what no check says");
    }
}

#[test]
fn the_map_never_contradicts_the_checks() {
    // With every fault: see above.
    let course = course();
    for snapshot in [half_built(), one_read_denied(), cases::good()] {
        let verification = verify_all(&snapshot, course, &BTreeSet::new());
        agrees(&drawn(&snapshot), &verification);
    }
}

#[test]
fn what_is_absent_or_unread_is_never_drawn_as_wrong() {
    let verdicts = |map: &Map| -> Vec<Verdict> {
        let nodes = map.nodes.iter().map(|node| node.verdict);
        nodes
            .chain(map.edges.iter().map(|edge| edge.verdict))
            .collect()
    };
    let empty = verdicts(&all().swap_remove(0).1);
    let open = [Verdict::Missing, Verdict::Blocked, Verdict::Skipped];
    assert!(empty.iter().all(|one| open.contains(one)), "{empty:?}");
    let denied = drawn(&one_read_denied());
    assert!(!verdicts(&denied).contains(&Verdict::Failed));
    let database = denied.node(NodeId::Database).unwrap();
    assert_eq!(database.verdict, Verdict::Unknown);
    assert_eq!(database.name, None, "what could not be read has no name");
}

#[test]
fn a_course_without_a_lesson_about_it_draws_no_such_part() {
    let mut course = course().clone();
    course
        .lessons
        .retain(|lesson| lesson.id.as_str() != "elasticache");
    let snapshot = cases::good();
    let nothing = BTreeSet::new();
    let stack = Stack {
        snapshot: &snapshot,
        attested: &nothing,
        teardown_begun: false,
    };
    let map = map(&stack, &verify_all(&snapshot, &course, &nothing));
    assert_eq!(map.node(NodeId::Cache), None);
    assert_eq!(map.edge(EdgeId::TasksToCache), None);
    assert!(map.node(NodeId::Database).is_some());
}

#[test]
fn hostile_names_become_neither_markup_nor_control() {
    let map = drawn(&named(&hostile_name()));
    let database = map.node(NodeId::Database).unwrap();
    assert!(database.name.as_ref().unwrap().len() > 10_000);
    for (format, text) in [("svg", map_svg(&map)), ("html", map_html(&map))] {
        assert!(
            !text.contains("<script") && !text.contains("<img"),
            "{format}"
        );
        let bad = text.chars().find(|letter| {
            (letter.is_control() && *letter != '\n') || "\u{202e}\u{200b}".contains(*letter)
        });
        assert_eq!(bad, None, "{format}");
    }
    let svg = map_svg(&map);
    assert!(
        svg.len() < 40_000,
        "a long name does not fill the picture: {}",
        svg.len()
    );
    well_formed(&svg);
    let json: serde_json::Value = serde_json::from_str(&map_json(&map)).unwrap();
    assert_eq!(json["schema"], 1);
}

/// Every element is closed, and no text is left that XML does not know.
fn well_formed(xml: &str) {
    use quick_xml::events::Event;
    let mut reader = quick_xml::Reader::from_str(xml);
    reader.config_mut().check_end_names = true;
    loop {
        match reader.read_event().unwrap() {
            Event::Eof => break,
            Event::Start(start) => start
                .attributes()
                .for_each(|attribute| assert!(attribute.is_ok())),
            _ => {}
        }
    }
    assert!(!xml.contains('\u{ffff}'));
}

#[test]
fn every_picture_is_well_formed_and_loads_nothing() {
    for (name, map) in all() {
        let svg = map_svg(&map);
        well_formed(&svg);
        for loads in ["href=\"http", "src=", "url(", "@import"] {
            assert!(!svg.contains(loads), "{name}: {loads}");
            assert!(!map_html(&map).contains(loads), "{name}: {loads}");
        }
    }
}

/// The lines that `map_mermaid` may write, and no other.
fn is_flowchart(text: &str) {
    let quoted = |text: &str| {
        let inner = text
            .strip_prefix('"')?
            .strip_suffix('"')?
            .replace("<br/>", " ");
        let plain = |letter: char| letter.is_alphanumeric() || " -_./:,…✔✘·⊘?–✎#;".contains(letter);
        inner.chars().all(plain).then_some(())
    };
    let name = |text: &str| {
        text.chars()
            .all(|letter| letter.is_ascii_lowercase() || letter == '_')
    };
    let mut lines = text.lines();
    assert_eq!(lines.next(), Some("flowchart LR"));
    for line in lines {
        let line = line.strip_prefix("  ").unwrap();
        let is_style = line.starts_with("classDef ") || line.starts_with("linkStyle ");
        let is_node = || {
            let (id, rest) = line.split_once('[')?;
            let (words, class) = rest.rsplit_once(']')?;
            quoted(words)?;
            (name(id)
                && class
                    .trim_start_matches(":::")
                    .chars()
                    .all(char::is_alphabetic))
            .then_some(())
        };
        let is_edge = || {
            let (from, rest) = line.split_once(' ')?;
            let (arrow, rest) = rest.split_once('|')?;
            let (words, to) = rest.rsplit_once("| ")?;
            quoted(words)?;
            let arrows = ["-->", "==>", "-.->"];
            (name(from) && name(to) && arrows.contains(&arrow)).then_some(())
        };
        assert!(
            is_style || is_node().is_some() || is_edge().is_some(),
            "{line}"
        );
    }
}

#[test]
fn every_flowchart_is_one() {
    for (_, map) in all() {
        is_flowchart(&map_mermaid(&map));
    }
    let text = map_mermaid(&drawn(&named(&hostile_name())));
    is_flowchart(&text);
    assert!(text.len() < 12_000, "{}", text.len());
}
