use super::{begin, lines, small_lines};
use crate::report::map::Map;
use crate::report::map::cases::{all, broken, drawn, hostile_name, named};
use crate::term::style::Paint;
use crate::term::text::{Line, to_text};
use unicode_width::UnicodeWidthStr;

fn screen(map: &Map, width: usize) -> Vec<Line> {
    let mut all = lines(map, width);
    if let Some(at) = &map.begin {
        let command = format!("landfall verify {}", at.step);
        all.push(Line::blank());
        all.extend(begin(map, at, &command, width));
    }
    all
}

#[test]
fn at_80_and_40_columns() {
    for (name, map) in all() {
        for width in [80, 40] {
            let text = to_text(&screen(&map, width));
            insta::assert_snapshot!(format!("{name}_{width}"), text);
        }
    }
}

#[test]
fn with_colours() {
    let map = drawn(&broken("database-closed-to-tasks"));
    let painted: Vec<String> = screen(&map, 80)
        .iter()
        .map(|line| Paint::Colours.line(line).replace('\u{1b}', "ESC"))
        .collect();
    insta::assert_snapshot!("with_colours", painted.join("\n"));
}

#[test]
fn without_colours_nothing_is_lost() {
    for (name, map) in all() {
        let bare: Vec<String> = screen(&map, 80)
            .iter()
            .map(|line| Paint::Bare.line(line))
            .collect();
        let bare = bare.join("\n");
        assert!(!bare.contains('\u{1b}'));
        for node in &map.nodes {
            let words = format!("{} {}", node.verdict.symbol(), node.verdict.words());
            let said = bare
                .lines()
                .any(|line| line.contains(node.id.label()) && line.contains(&words));
            assert!(said, "{name}: {:?} without its word", node.id);
        }
    }
}

#[test]
fn the_small_form() {
    for (name, map) in all() {
        for width in [80, 40] {
            let text = to_text(&small_lines(&map, width));
            insta::assert_snapshot!(format!("small_{name}_{width}"), text);
        }
    }
}

#[test]
fn no_line_is_wider_than_the_screen_whatever_the_names() {
    let hostile = ("hostile", drawn(&named(&hostile_name())));
    for (name, map) in all().into_iter().chain([hostile]) {
        for width in [30, 40, 65, 66, 80, 100] {
            let drawn = lines(&map, width)
                .into_iter()
                .chain(small_lines(&map, width.max(40)));
            for line in drawn {
                let text = line.to_text();
                assert!(text.width() <= width.max(40), "{name} at {width}: {text}");
                assert!(
                    !text.chars().any(|letter| letter.is_control()),
                    "{name}: {text:?}"
                );
                assert!(!text.contains(['\u{202e}', '\u{200b}']), "{name}: {text:?}");
            }
        }
    }
}

#[test]
fn a_command_is_never_broken() {
    let map = drawn(&broken("database-closed-to-tasks"));
    let command = "landfall --account practice verify ecs-service.task-definition";
    let lines = begin(&map, map.begin.as_ref().unwrap(), command, 40);
    assert!(to_text(&lines).contains(&format!("\n  {command}\n")));
}
