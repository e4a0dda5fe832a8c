//! Phrases: content words that stand near each other in one sentence.

use super::text::Token;
use super::vocabulary::{Vocabulary, words};
use super::words::Break;
use std::collections::{BTreeMap, HashMap};

/// Half words between the words of a phrase, at most, to be heard: three words. On the labelled answers one word heard 6 points
/// fewer, two words 2 fewer; four words credited 2 that nobody said.
pub(super) const NEAR: usize = 6;
/// The same to be worth a question.
pub(super) const FAR: usize = 12;
/// Tokens from the first to the last, at most.
const WIDEST: usize = 24;

/// Whether the words have to come as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sequence {
    Any,
    AsWritten,
}

/// The tokens that phrases ask for, numbered: an answer's words are looked up once, not once for each phrase.
#[derive(Default)]
pub(super) struct Lexicon(HashMap<String, u32>);

impl Lexicon {
    fn number(&mut self, token: &str) -> u32 {
        let next = u32::try_from(self.0.len()).unwrap_or(u32::MAX);
        *self.0.entry(token.to_owned()).or_insert(next)
    }

    /// Numbers the words of an answer that some phrase asks for.
    pub(super) fn mark(&self, tokens: &mut [Token]) {
        for token in tokens {
            token.number = self.0.get(&token.token).copied();
        }
    }
}

/// A phrase of a deck, ready to be looked for.
pub(super) struct Phrase {
    /// As the deck writes it.
    pub text: String,
    pub sequence: Sequence,
    /// By the number of a token, the slots it may fill, as bits.
    slots: Vec<(u32, u32)>,
    /// The alternatives of each slot, as written.
    pub names: Vec<String>,
}

/// Where a phrase was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    /// Indices of tokens, rising.
    pub tokens: Vec<usize>,
    /// Half words between them that are not of the phrase.
    pub slack: usize,
}

impl Phrase {
    /// `None` for a phrase without words. Its tokens get numbers in the lexicon.
    pub(super) fn of(
        text: &str,
        sequence: Sequence,
        vocabulary: &Vocabulary,
        lexicon: &mut Lexicon,
    ) -> Option<Self> {
        let (sequence, bare) = match text.trim_start().strip_prefix('>') {
            Some(rest) => (Sequence::AsWritten, rest),
            None => (sequence, text),
        };
        let mut names: Vec<String> = Vec::new();
        let mut slots: Vec<Vec<String>> = Vec::new();
        for part in bare.split_whitespace() {
            let alternatives: Vec<String> = part
                .split('|')
                .filter_map(|word| token_of(word, vocabulary))
                .collect();
            if !alternatives.is_empty() {
                names.push(part.to_owned());
                slots.push(alternatives);
            }
        }
        fold(&mut slots, &mut names, vocabulary);
        if slots.is_empty() || slots.len() > 16 {
            return None;
        }
        let mut by_token: BTreeMap<u32, u32> = BTreeMap::new();
        for (at, alternatives) in slots.iter().enumerate() {
            for token in alternatives {
                *by_token.entry(lexicon.number(token)).or_default() |= 1 << at;
            }
        }
        Some(Phrase {
            text: text.to_owned(),
            sequence,
            slots: by_token.into_iter().collect(),
            names,
        })
    }

    /// Which slots a token may fill.
    fn mask(&self, token: &Token) -> u32 {
        let Some(number) = token.number else { return 0 };
        self.slots
            .iter()
            .find(|(of, _)| *of == number)
            .map_or(0, |(_, mask)| *mask)
    }

    /// Every place in one sentence, with the tokens of the sentence at `from..`.
    pub(super) fn find(&self, tokens: &[Token], from: usize, to: usize) -> Vec<Found> {
        let all = (1_u32 << self.names.len()) - 1;
        let there = |union, token| union | self.mask(token);
        if tokens[from..to].iter().fold(0, there) != all {
            return Vec::new();
        }
        let masks: Vec<u32> = tokens[from..to]
            .iter()
            .map(|token| self.mask(token))
            .collect();
        (0..masks.len())
            .filter(|start| masks[*start] != 0)
            .filter_map(|start| {
                let window = &masks[start..masks.len().min(start + WIDEST)];
                let places = match self.sequence {
                    Sequence::Any => any_sequence(window, self.names.len()),
                    Sequence::AsWritten => as_written(window, self.names.len()),
                }?;
                let mut places: Vec<usize> = places.iter().map(|at| from + start + at).collect();
                places.sort_unstable();
                (places.first() == Some(&(from + start))).then(|| {
                    let slack = slack(tokens, &places);
                    Found {
                        tokens: places,
                        slack,
                    }
                })
            })
            .filter(|found| found.slack <= FAR)
            .collect()
    }

    /// The slots that some word of a sentence fills, as many as can be at once.
    pub(super) fn filled(&self, tokens: &[Token]) -> Vec<bool> {
        let mut matching = Matching::new(self.names.len());
        for (at, token) in tokens.iter().enumerate() {
            matching.add(at, self.mask(token));
        }
        matching.slots.iter().map(|slot| slot.is_some()).collect()
    }
}

/// The token of one alternative; a contraction stands for its "not".
fn token_of(word: &str, vocabulary: &Vocabulary) -> Option<String> {
    let parts = words(word);
    match &parts[..] {
        [] => None,
        [one] => Some(vocabulary.single(one)),
        several if several.iter().any(|part| part == "not") => Some("not".to_owned()),
        several => {
            let tokens: Vec<String> = several.iter().map(|part| vocabulary.single(part)).collect();
            vocabulary
                .folded(&tokens)
                .map(|(_, token)| token.to_owned())
        }
    }
}

/// Neighbouring words that the glossary folds ("desired count") are one slot.
fn fold(slots: &mut Vec<Vec<String>>, names: &mut Vec<String>, vocabulary: &Vocabulary) {
    let mut at = 0;
    while at < slots.len() {
        let run: Vec<&str> = slots[at..]
            .iter()
            .map_while(|slot| match &slot[..] {
                [one] => Some(one.as_str()),
                _ => None,
            })
            .collect();
        if let Some((length, token)) = vocabulary.folded(&run) {
            let token = token.to_owned();
            slots.splice(at..at + length, [vec![token]]);
            let name = names[at..at + length].join(" ");
            names.splice(at..at + length, [name]);
        }
        at += 1;
    }
}

/// What stands between the first and the last word of a match, in half words.
fn slack(tokens: &[Token], places: &[usize]) -> usize {
    let (Some(first), Some(last)) = (places.first(), places.last()) else {
        return 0;
    };
    (first + 1..=*last)
        .map(|at| {
            let broken = match tokens[at].after {
                Some(Break::Comma) => 1,
                Some(Break::Arrow | Break::Sentence) => 2,
                None => 0,
            };
            let word = if places.contains(&at) || tokens[at].function {
                0
            } else {
                2
            };
            broken + word
        })
        .sum()
}

/// The first window that fills every slot with a word of its own.
fn any_sequence(masks: &[u32], slots: usize) -> Option<Vec<usize>> {
    let mut matching = Matching::new(slots);
    for (at, mask) in masks.iter().enumerate() {
        if matching.add(at, *mask) && matching.is_full() {
            let filled = matching.slots.into_iter().flatten();
            return Some(filled.map(|(at, _)| at).collect());
        }
    }
    None
}

/// The earliest places in the written order, the first at the window's beginning.
fn as_written(masks: &[u32], slots: usize) -> Option<Vec<usize>> {
    let mut places = Vec::with_capacity(slots);
    for slot in 0..slots {
        let from = places.last().map_or(0, |last| last + 1);
        let at = (from..masks.len()).find(|at| masks[*at] & (1 << slot) != 0)?;
        if slot == 0 && at != 0 {
            return None;
        }
        places.push(at);
    }
    Some(places)
}

/// Which word fills which slot; a word fills one slot only.
struct Matching {
    /// The word in each slot, and what else it could fill.
    slots: Vec<Option<(usize, u32)>>,
}

impl Matching {
    fn new(slots: usize) -> Self {
        Matching {
            slots: vec![None; slots],
        }
    }

    fn is_full(&self) -> bool {
        self.slots.iter().all(Option::is_some)
    }

    /// Takes a word in, moving others to other slots where that makes room. Whether it found a place.
    fn add(&mut self, at: usize, mask: u32) -> bool {
        mask != 0 && self.place((at, mask), &mut 0)
    }

    fn place(&mut self, word: (usize, u32), tried: &mut u32) -> bool {
        for slot in 0..self.slots.len() {
            let bit = 1 << slot;
            if word.1 & bit == 0 || *tried & bit != 0 {
                continue;
            }
            *tried |= bit;
            let free = match self.slots[slot] {
                None => true,
                Some(other) => self.place(other, tried),
            };
            if free {
                self.slots[slot] = Some(word);
                return true;
            }
        }
        false
    }
}
