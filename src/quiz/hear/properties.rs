//! What holds for any answer: a change that says less never makes more heard.

use super::tests::{clear, course};
use super::*;
use crate::course::Course;
use crate::progress::Heard;
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::sync::OnceLock;

/// Every labelled answer, with the ear for its question.
struct Bench {
    ears: Vec<Ear>,
    answers: Vec<(usize, String)>,
    /// Words of the deck and of nobody.
    words: Vec<String>,
}

thread_local! {
    static BENCH: OnceLock<Bench> = const { OnceLock::new() };
}

fn with_bench<T>(run: impl FnOnce(&Bench) -> T) -> T {
    BENCH.with(|bench| run(bench.get_or_init(|| made(&course()))))
}

fn made(course: &Course) -> Bench {
    let deck = &course.decks[0];
    let mut bench = Bench {
        ears: Vec::new(),
        answers: Vec::new(),
        words: [
            "not",
            "->",
            ";",
            "=",
            ",",
            ".",
            "\n",
            "0.0.0.0/0",
            ":latest",
            "'",
            "\u{2019}",
            "n't",
            "\u{202e}",
            "\u{0}",
        ]
        .map(str::to_owned)
        .to_vec(),
    };
    for question in &deck.questions {
        let Some(open) = question.open() else {
            continue;
        };
        bench.ears.push(Ear::of(deck, question));
        let at = bench.ears.len() - 1;
        bench
            .answers
            .extend(open.samples.iter().map(|sample| (at, sample.text.clone())));
        // In one line: where its lines end says nothing.
        bench.answers.push((at, open.model.replace('\n', " ")));
        bench
            .words
            .extend(open.model.split_whitespace().map(str::to_owned));
    }
    bench
}

fn ids(hearing: &Hearing) -> BTreeSet<String> {
    clear(hearing).into_iter().map(str::to_owned).collect()
}

fn quotes(hearing: &Hearing) -> impl Iterator<Item = &str> {
    let points = hearing.points.values().map(|heard| match heard {
        Heard::Heard { quote } | Heard::Unclear { quote, .. } => quote.as_str(),
    });
    points.chain(hearing.wrong.iter().map(|wrong| wrong.quote.as_str()))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_makes_it_fall_over_and_quotes_are_the_learners_words(
        text in any::<String>(),
        picks in prop::collection::vec(any::<prop::sample::Index>(), 0..60),
        glue in prop::sample::select(vec![" ", "", "\n", ", "]),
        ear in any::<prop::sample::Index>(),
    ) {
        with_bench(|bench| {
            let words: Vec<&str> = picks.iter().map(|pick| bench.words[pick.index(bench.words.len())].as_str()).collect();
            let ear = &bench.ears[ear.index(bench.ears.len())];
            for answer in [text.clone(), words.join(glue), format!("{text}{}", words.join(&text))] {
                let hearing = ear.hear(&answer);
                for quote in quotes(&hearing) {
                    prop_assert!(answer.contains(quote), "{quote:?} is not in {answer:?}");
                }
                let _ = ear.explain(&answer);
            }
            Ok(())
        })?;
    }

    #[test]
    fn a_denial_before_the_words_takes_the_point_away_and_gives_none(
        pick in any::<prop::sample::Index>(),
        which in any::<prop::sample::Index>(),
        negator in prop::sample::select(vec!["not ", "never ", "does not ", "it is not true that ", "nobody "]),
    ) {
        with_bench(|bench| {
            let (at, text) = &bench.answers[pick.index(bench.answers.len())];
            let before = bench.ears[*at].hear(text);
            let heard: Vec<(&String, &String)> = before.points.iter().filter_map(|(id, heard)| match heard {
                Heard::Heard { quote } => Some((id, quote)),
                Heard::Unclear { .. } => None,
            }).collect();
            if heard.is_empty() {
                return Ok(());
            }
            let (id, quote) = heard[which.index(heard.len())];
            let places: Vec<usize> = text.match_indices(quote.as_str()).map(|(place, _)| place).collect();
            let mut denied = text.clone();
            for place in places.iter().rev() {
                denied.insert_str(*place, negator);
            }
            let after = bench.ears[*at].hear(&denied);
            prop_assert!(
                after.points.get(id) != Some(&Heard::Heard { quote: quote.clone() }),
                "{id} is still heard in {quote:?} of {denied:?}"
            );
            let gained: Vec<String> = ids(&after).difference(&ids(&before)).cloned().collect();
            prop_assert!(gained.is_empty(), "{gained:?} gained by {negator:?} in {denied:?}");
            Ok(())
        })?;
    }

    #[test]
    fn talk_of_other_things_gives_no_point(
        pick in any::<prop::sample::Index>(),
        noise in prop::collection::vec(prop::sample::select(vec![
            "My cat sleeps on the keyboard.",
            "I had coffee this morning, and it rained.",
            "The weather in Lisbon is lovely in October!",
            "Thanks for the course.",
            "lorem ipsum dolor sit amet",
            "(I hope that this is enough)",
            "\u{1f600}\u{1f600}",
            "42",
        ]), 1..6),
        first in any::<bool>(),
    ) {
        with_bench(|bench| {
            let (at, text) = &bench.answers[pick.index(bench.answers.len())];
            let before = ids(&bench.ears[*at].hear(text));
            let noise = noise.join("\n");
            let longer = if first { format!("{noise}\n{text}") } else { format!("{text}\n{noise}") };
            let after = ids(&bench.ears[*at].hear(&longer));
            prop_assert!(after.is_subset(&before), "{after:?} and before {before:?}: {longer:?}");
            Ok(())
        })?;
    }

    #[test]
    fn a_slip_of_one_letter_gives_no_point(
        pick in any::<prop::sample::Index>(),
        word in any::<prop::sample::Index>(),
        letter in any::<prop::sample::Index>(),
        instead in prop::char::range('a', 'z'),
    ) {
        with_bench(|bench| {
            let (at, text) = &bench.answers[pick.index(bench.answers.len())];
            let before = bench.ears[*at].hear(text);
            if !before.wrong.is_empty() {
                // The slip may hide the wrong answer, and then its words are free for a point.
                return Ok(());
            }
            let before = ids(&before);
            let long: Vec<(usize, &str)> = text.split(' ').scan(0, |place, word| {
                let here = *place;
                *place += word.len() + 1;
                Some((here, word))
            }).filter(|(_, word)| {
                word.len() >= 6 && word.chars().all(|letter| letter.is_ascii_lowercase())
                    // Without it the sentence says the contrary.
                    && !["without", "nobody", "nothing", "because", "although", "neither"].contains(word)
            }).collect();
            if long.is_empty() {
                return Ok(());
            }
            let (place, word) = long[word.index(long.len())];
            let at_letter = place + 1 + letter.index(word.len() - 1);
            let mut mistyped = text.clone();
            mistyped.replace_range(at_letter..=at_letter, &instead.to_string());
            let after = ids(&bench.ears[*at].hear(&mistyped));
            prop_assert!(after.is_subset(&before), "{after:?} and before {before:?}: {mistyped:?}");
            Ok(())
        })?;
    }
}

#[test]
fn capitals_matter_to_no_labelled_answer() {
    with_bench(|bench| {
        for (at, text) in &bench.answers {
            let before = ids(&bench.ears[*at].hear(text));
            for changed in [text.to_lowercase(), text.to_uppercase()] {
                assert_eq!(ids(&bench.ears[*at].hear(&changed)), before, "{changed}");
            }
        }
    });
}

#[test]
fn the_order_of_sentences_matters_to_no_labelled_answer() {
    with_bench(|bench| {
        for (at, text) in &bench.answers {
            let before = ids(&bench.ears[*at].hear(text));
            let mut sentences: Vec<&str> = text.split_inclusive(". ").collect();
            sentences.reverse();
            let turned = sentences.join("\n\n");
            assert_eq!(ids(&bench.ears[*at].hear(&turned)), before, "{turned}");
        }
    });
}

#[test]
fn saying_it_twice_says_no_more() {
    with_bench(|bench| {
        for (at, text) in &bench.answers {
            let before = ids(&bench.ears[*at].hear(text));
            let twice = format!("{text}\n\n{text}");
            assert_eq!(ids(&bench.ears[*at].hear(&twice)), before, "{twice}");
        }
    });
}
