//! Which words mean the same in a deck: the glossary, stems, and what a mistyped word was meant to be.

use super::function_words::is_function_word;
use super::words::{Piece, Word, cut};
use crate::course::Deck;
use rust_stemmers::{Algorithm, Stemmer};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A mistyped one still denies.
const NEGATORS: [&str; 5] = ["cannot", "neither", "nobody", "nothing", "without"];
/// Shorter words are too close to other words to be read as mistyped.
const SHORTEST_MISTYPED: usize = 6;

/// A deck's vocabulary.
pub(super) struct Vocabulary {
    stemmer: Stemmer,
    /// A form of one word, and the token that stands for it.
    singles: HashMap<String, String>,
    /// Forms of several words by their first, the longest first: the other words, and the token.
    several: HashMap<String, Vec<(Vec<String>, String)>>,
    /// Everything that the deck writes, as written and as stems.
    known: BTreeSet<String>,
    /// Long words that a mistyped one may have been meant to be, by their first letter.
    targets: BTreeMap<char, BTreeSet<String>>,
}

impl Vocabulary {
    /// Of a deck; `phrases` are the phrases that are listened for.
    pub(super) fn of<'a>(deck: &Deck, phrases: impl Iterator<Item = &'a str>) -> Self {
        let mut vocabulary = Vocabulary {
            stemmer: Stemmer::create(Algorithm::English),
            singles: HashMap::new(),
            several: HashMap::new(),
            known: BTreeSet::new(),
            targets: BTreeMap::new(),
        };
        for (token, _) in &deck.glossary {
            vocabulary
                .singles
                .insert(token.to_lowercase(), token.to_lowercase());
        }
        for (token, forms) in &deck.glossary {
            for form in forms {
                if let [word] = &words(form)[..] {
                    vocabulary
                        .singles
                        .insert(word.clone(), token.to_lowercase());
                }
            }
        }
        for (token, forms) in &deck.glossary {
            for form in forms {
                vocabulary.fold_several(&words(form), &token.to_lowercase());
            }
        }
        for phrase in phrases {
            vocabulary.take_phrase(phrase);
        }
        for word in NEGATORS {
            vocabulary.take_target(word);
        }
        vocabulary.take_texts(deck);
        for forms in vocabulary.several.values_mut() {
            forms.sort_by_key(|(rest, _)| std::cmp::Reverse(rest.len()));
        }
        vocabulary
    }

    /// A form of more than one word means this token.
    fn fold_several(&mut self, form: &[String], token: &str) {
        if form.len() < 2 {
            return;
        }
        let mut parts = form.iter().map(|word| self.single(word));
        if let Some(first) = parts.next() {
            let rest = (parts.collect(), token.to_owned());
            let forms = self.several.entry(first).or_default();
            if !forms.contains(&rest) {
                forms.push(rest);
            }
        }
    }

    /// Hyphenated words of phrases fold like forms of the glossary.
    fn take_phrase(&mut self, phrase: &str) {
        for alternative in phrase.split([' ', '|']) {
            let parts = words(alternative);
            if parts.len() > 1 && !parts.iter().any(|part| part == "not") {
                let form: Vec<String> = parts.iter().map(|part| self.single(part)).collect();
                if self
                    .folded(&form)
                    .is_none_or(|(length, _)| length < form.len())
                {
                    self.fold_several(&parts, &parts.join("-"));
                }
            }
        }
    }

    fn take_target(&mut self, word: &str) {
        if word.chars().count() >= SHORTEST_MISTYPED
            && word.chars().all(char::is_alphabetic)
            && let Some(first) = word.chars().next()
        {
            let words = self.targets.entry(first).or_default();
            words.insert(word.to_owned());
        }
    }

    fn take_texts(&mut self, deck: &Deck) {
        let mut texts: Vec<&str> = Vec::new();
        for (token, forms) in &deck.glossary {
            texts.push(token);
            texts.extend(forms.iter().map(String::as_str));
        }
        for question in &deck.questions {
            texts.push(&question.prompt);
            let Some(open) = question.open() else {
                continue;
            };
            texts.push(&open.model);
            for point in &open.points {
                texts.push(&point.says);
                texts.extend(point.heard.iter().map(String::as_str));
            }
            for wrong in &open.wrong {
                texts.extend([wrong.say.as_str(), wrong.because.as_str()]);
                texts.extend(wrong.heard.iter().map(String::as_str));
            }
        }
        for text in texts {
            for word in text.split('|').flat_map(words) {
                self.take_target(&word);
                self.known.insert(self.stemmer.stem(&word).into_owned());
                self.known.insert(word);
            }
        }
    }

    /// The token of one word: by the glossary as written, else its stem.
    pub(super) fn single(&self, word: &str) -> String {
        match self.singles.get(word) {
            Some(token) => token.clone(),
            None if word.chars().all(char::is_alphabetic) => self.stemmer.stem(word).into_owned(),
            None => word.to_owned(),
        }
    }

    /// A word that a learner typed as it was meant, which is mostly as it was typed.
    pub(super) fn corrected<'a>(&'a self, word: &'a str) -> &'a str {
        match self.meant(word) {
            Some("cannot") => "not",
            Some(meant) => meant,
            None => word,
        }
    }

    /// What several tokens at the beginning of `tokens` stand for, and how many they are.
    pub(super) fn folded(&self, tokens: &[impl AsRef<str>]) -> Option<(usize, &str)> {
        let first = tokens.first()?.as_ref();
        self.several.get(first)?.iter().find_map(|(rest, token)| {
            let follows = tokens.len() > rest.len()
                && rest
                    .iter()
                    .zip(&tokens[1..])
                    .all(|(want, have)| want == have.as_ref());
            follows.then_some((rest.len() + 1, token.as_str()))
        })
    }

    /// The word of the deck that is one letter away, if there is only one and the typed word is none of the deck's own.
    fn meant(&self, word: &str) -> Option<&str> {
        let letters = word.chars().count();
        if letters < SHORTEST_MISTYPED
            || !word.chars().all(char::is_alphabetic)
            || is_function_word(word)
            || self.known.contains(word)
            || self.known.contains(self.stemmer.stem(word).as_ref())
        {
            return None;
        }
        let near: Vec<&str> = self
            .targets
            .get(&word.chars().next()?)?
            .iter()
            .map(String::as_str)
            .filter(|target| {
                target.chars().count().abs_diff(letters) <= 1
                    && strsim::osa_distance(target, word) == 1
            })
            .collect();
        let first = *near.first()?;
        let token = self.single(first);
        near.iter()
            .all(|other| self.single(other) == token)
            .then_some(first)
    }
}

/// The words of a form or an alternative, in small letters.
pub(super) fn words(text: &str) -> Vec<String> {
    cut(text)
        .into_iter()
        .filter_map(|piece| match piece {
            Piece::Word(Word { text, .. }) => Some(text),
            Piece::Break(_) => None,
        })
        .collect()
}
