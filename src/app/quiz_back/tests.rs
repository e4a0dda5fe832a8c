use super::*;
use crate::progress::{Confidence, Mode, Said};
use crate::quiz::back::testing::{
    attempt, deck, deck_back, foretold, opened, picked, settled, sitting_back,
};
use crate::quiz::back::{Review, sitting};
use crate::term::{Manner, to_text};

#[test]
fn a_sitting_begins_with_what_was_sure_and_wrong() {
    insta::assert_snapshot!(to_text(&sitting_lines(&sitting_back(), 80)));
}

#[test]
fn a_sitting_on_a_narrow_screen() {
    insta::assert_snapshot!(to_text(&sitting_lines(&sitting_back(), 40)));
}

#[test]
fn where_one_stands() {
    insta::assert_snapshot!(to_text(&overview_lines(&deck_back(), 80, Manner::Screen)));
}

#[test]
fn where_one_stands_on_a_narrow_screen_in_plain_lines() {
    insta::assert_snapshot!(to_text(&overview_lines(&deck_back(), 40, Manner::Plain)));
}

#[test]
fn no_line_is_wider_than_the_screen() {
    for width in [40, 59, 60, 80, 100] {
        let lines = [
            sitting_lines(&sitting_back(), width),
            overview_lines(&deck_back(), width, Manner::Screen),
        ];
        for line in lines.iter().flatten() {
            assert!(line.width() <= width, "{width}: {}", line.to_text());
        }
    }
}

#[test]
fn in_plain_lines_there_is_no_picture_of_numbers() {
    let plain = to_text(&overview_lines(&deck_back(), 80, Manner::Plain));
    assert!(!plain.contains(['▁', '▄', '▇', '█']), "{plain}");
    assert!(plain.contains("40 %, 80 %, 33 %; due today"), "{plain}");
}

#[test]
fn an_exam_says_that_a_person_has_to_confirm_and_gives_no_share() {
    let mut open = settled(
        opened(1, "x", &["replace"], &[("replace", Said::Said)]),
        Confidence::Very,
        1.0,
    );
    open.mode = Mode::Exam;
    let text = to_text(&sitting_lines(&sitting(&deck(), &[open]), 100));
    assert!(
        text.contains("heard 1 of 3 points; a person has to confirm"),
        "{text}"
    );
    assert!(
        !text.contains("100 %") && !text.contains("Right answers"),
        "{text}"
    );
}

#[test]
fn many_answers_are_shown_by_their_last_eight() {
    let mut back = deck_back();
    back.questions[0].shares = vec![0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0];
    let text = to_text(&overview_lines(&back, 100, Manner::Plain));
    assert!(text.contains("the last 8 of 10: 30 %,"), "{text}");
    assert!(!text.contains("10 %, 20 %"), "{text}");
}

#[test]
fn an_account_question_shows_where_its_key_was_read() {
    let wrong = settled(foretold(1, "3"), Confidence::Very, 0.0);
    let back = sitting(&deck(), &[wrong]);
    assert_eq!(back.questions[0].review, Review::ConfidentError);
    let text = to_text(&sitting_lines(&back, 100));
    for words in [
        "Your answer: 3",
        "ight: 7",
        "Read from the practice account: rds:DescribeDBInstances, news-api-db, BackupRetentionPeriod = 7",
        "Your account was not looked at yet.",
        "landfall guide ecs-service.live",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
}

#[test]
fn what_was_not_put_into_order_is_shown_in_order() {
    let items = vec!["deploy".to_owned(), "build".to_owned()];
    let wrong = attempt("release", 1, crate::progress::Given::Ordered { items });
    let wrong = settled(wrong, Confidence::NotSure, 0.3);
    let text = to_text(&sitting_lines(&sitting(&deck(), &[wrong]), 100));
    assert!(
        text.contains(
            "Right: Build the image, then Register the definition, then Update the service"
        ),
        "{text}"
    );
}

#[test]
fn an_answer_cannot_paint_the_screen() {
    let hostile = "\u{1b}[2J\u{202e}x\nsecond";
    let mut said = opened(1, hostile, &["replace"], &[("replace", Said::NotSaid)]);
    said = settled(said, Confidence::Very, 0.0);
    let text = to_text(&sitting_lines(&sitting(&deck(), &[said]), 80));
    assert!(!text.contains(['\u{1b}', '\u{202e}']), "{text}");
    assert!(text.contains("x second"), "{text}");
}

#[test]
fn nothing_answered_is_said_in_a_line() {
    let text = to_text(&sitting_lines(&sitting(&deck(), &[]), 80));
    assert_eq!(
        text,
        "\nLooking back: A small deck\nNothing was answered.\n"
    );
}

#[test]
fn what_was_right_takes_one_line_each() {
    let right = |item: &str, number| {
        settled(
            attempt(item, number, picked("group")),
            Confidence::Very,
            1.0,
        )
    };
    let back = sitting(&deck(), &[right("source", 1), right("recovery.replace", 2)]);
    let text = to_text(&sitting_lines(&back, 60));
    let lines: Vec<&str> = text
        .lines()
        .filter(|line| line.contains("100 %, very sure"))
        .collect();
    assert_eq!(lines.len(), 2, "{text}");
    assert!(!text.contains("landfall guide"), "{text}");
}
