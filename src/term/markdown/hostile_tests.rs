//! Any text becomes lines for any width: it ends, panics nowhere, and no control character gets through.

use super::{Frame, Options, parse, render};
use crate::course::CourseFiles;
use crate::course::hostile::{after, mishaps, nasty_text};
use crate::term::sanitize;
use proptest::prelude::*;
use proptest::sample::Index;
use std::time::{Duration, Instant};

fn assert_clean(text: &str, width: usize) {
    let began = Instant::now();
    let document = parse(text);
    for frame in [Frame::Rules, Frame::Words] {
        for line in render(&document, Options { width, frame }) {
            let shown = line.to_text();
            assert_eq!(
                sanitize::one_line(&shown),
                shown,
                "{shown:?} at {width} columns"
            );
        }
    }
    assert!(began.elapsed() < Duration::from_secs(20));
}

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config(300))]

    #[test]
    fn any_text_is_set_at_any_width(text in nasty_text(), width in 1usize..200) {
        assert_clean(&text, width);
    }
}

proptest! {
    #![proptest_config(config(40))]

    #[test]
    fn a_spoilt_lesson_is_set_at_any_width(
        which in any::<Index>(),
        mishaps in mishaps(),
        width in 1usize..200,
    ) {
        let files = CourseFiles::embedded().files;
        let text = &files[which.index(files.len())].text;
        assert_clean(&after(text, &mishaps), width);
    }
}

#[test]
fn deep_nesting_is_set() {
    for text in [
        "> ".repeat(3_000) + "x",
        "- ".repeat(3_000) + "x",
        "[".repeat(30_000),
        "*".repeat(30_000) + "x",
        "`".repeat(30_000),
        "| ".repeat(5_000) + "\n" + &"|-".repeat(5_000) + "\n" + &"|x".repeat(5_000),
    ] {
        assert_clean(&text, 40);
    }
}
