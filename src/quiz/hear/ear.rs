//! A question's rubric, made ready once: listens to answers and says what it heard and why.

use super::echo::{Model, Prompt};
use super::explained::{Explained, Near, Point, Said, Wrong};
use super::negation::is_negated;
use super::phrase::{Found, Lexicon, NEAR, Phrase, Sequence};
use super::row::{is_stuffed, rows};
use super::text::{Token, read};
use super::vocabulary::Vocabulary;
use crate::course::{Deck, Open, Question};
use crate::progress::{Heard, HeardWrong, Hearing, Notice, Unclear};
use std::ops::Range;

/// Listens for one question's points and for its known wrong answers.
pub struct Ear {
    vocabulary: Vocabulary,
    lexicon: Lexicon,
    prompt: Prompt,
    model: Model,
    /// By the point's id.
    points: Vec<(String, Vec<Phrase>)>,
    /// By what the wrong answer says.
    wrong: Vec<(String, Vec<Phrase>)>,
}

/// An answer, read once.
struct Answer<'a> {
    text: &'a str,
    tokens: Vec<Token>,
    sentences: Vec<Range<usize>>,
    in_row: Vec<bool>,
    /// Words that a known wrong answer was heard in, but for the first of each: it may be the subject of more than that.
    of_wrong: Vec<usize>,
}

impl Ear {
    /// Makes a question's phrases ready. Questions that are not open have none.
    pub fn of(deck: &Deck, question: &Question) -> Self {
        let open = question.open();
        let vocabulary = Vocabulary::of(deck, open.into_iter().flat_map(phrases));
        let mut lexicon = Lexicon::default();
        let mut ready = |heard: &[String], sequence| -> Vec<Phrase> {
            heard
                .iter()
                .filter_map(|text| Phrase::of(text, sequence, &vocabulary, &mut lexicon))
                .collect()
        };
        let points = question
            .points()
            .iter()
            .map(|point| (point.id.clone(), ready(&point.heard, Sequence::Any)))
            .collect();
        let wrong = open
            .into_iter()
            .flat_map(|open| &open.wrong)
            .map(|wrong| (wrong.say.clone(), ready(&wrong.heard, Sequence::AsWritten)))
            .collect();
        let model = open.map_or("", |open| open.model.as_str());
        Ear {
            prompt: Prompt::of(&read(&question.prompt, &vocabulary)),
            model: Model::of(&read(model, &vocabulary)),
            points,
            wrong,
            vocabulary,
            lexicon,
        }
    }

    /// What is heard in an answer: suggestions with the words quoted.
    pub fn hear(&self, answer: &str) -> Hearing {
        let mut answer = self.read(answer);
        let notice = self.notice(&answer);
        let wrong = self.wrong(&mut answer, notice);
        let mut hearing = Hearing {
            notice,
            ..Hearing::default()
        };
        for (id, phrases) in &self.points {
            if let Some((_, said)) = self.point(&answer, phrases, notice) {
                hearing.points.insert(id.clone(), said);
            }
        }
        hearing.wrong = wrong
            .into_iter()
            .map(|wrong| HeardWrong {
                say: wrong.say,
                quote: wrong.quote,
                meant: None,
            })
            .collect();
        hearing
    }

    /// The same with the phrases that were decisive, and with the nearest one where nothing was heard.
    pub fn explain(&self, answer: &str) -> Explained {
        let mut answer = self.read(answer);
        let notice = self.notice(&answer);
        let wrong = self.wrong(&mut answer, notice);
        let points = self.points.iter().map(|(id, phrases)| Point {
            id: id.clone(),
            said: match self.point(&answer, phrases, notice) {
                Some((phrase, heard)) => Said::Detected {
                    phrase: phrase.text.clone(),
                    heard,
                },
                None => Said::NotDetected {
                    nearest: nearest(&answer, phrases),
                },
            },
        });
        Explained {
            points: points.collect(),
            wrong,
            notice,
        }
    }

    fn read<'a>(&self, text: &'a str) -> Answer<'a> {
        let mut tokens = read(text, &self.vocabulary);
        self.lexicon.mark(&mut tokens);
        Answer {
            text,
            sentences: sentences(&tokens),
            in_row: rows(&tokens),
            tokens,
            of_wrong: Vec::new(),
        }
    }

    fn notice(&self, answer: &Answer<'_>) -> Option<Notice> {
        if is_stuffed(&answer.in_row) {
            Some(Notice::Stuffed)
        } else if self.prompt.is_given_back(&answer.tokens) {
            Some(Notice::Echo)
        } else if self.model.is_copied(&answer.tokens) {
            Some(Notice::CopiedModel)
        } else {
            None
        }
    }

    /// Known wrong answers; a denied one is none. What they were heard in is kept from the points.
    fn wrong(&self, answer: &mut Answer<'_>, notice: Option<Notice>) -> Vec<Wrong> {
        if matches!(notice, Some(Notice::Stuffed | Notice::Echo)) {
            return Vec::new();
        }
        let mut heard = Vec::new();
        for (say, phrases) in &self.wrong {
            let mut best: Option<(&Phrase, Found)> = None;
            let mut words = Vec::new();
            for phrase in phrases {
                for found in answer.find(phrase) {
                    if self.doubt(answer, &found).is_some() {
                        continue;
                    }
                    words.extend(found.tokens.iter().skip(1).copied());
                    let better = best
                        .as_ref()
                        .is_none_or(|(_, other)| found.slack < other.slack);
                    if better {
                        best = Some((phrase, found));
                    }
                }
            }
            answer.of_wrong.extend(words);
            if let Some((phrase, found)) = best {
                heard.push(Wrong {
                    say: say.clone(),
                    quote: answer.quote(&found),
                    phrase: phrase.text.clone(),
                });
            }
        }
        heard
    }

    /// The clearest place where one of a point's phrases was found.
    fn point<'a>(
        &self,
        answer: &Answer<'_>,
        phrases: &'a [Phrase],
        notice: Option<Notice>,
    ) -> Option<(&'a Phrase, Heard)> {
        let mut best: Option<(Option<Unclear>, &Phrase, Found)> = None;
        for phrase in phrases {
            for found in answer.find(phrase) {
                if answer.is_of_wrong(&found) {
                    continue;
                }
                let doubt = match notice {
                    Some(Notice::Stuffed) => Some(Unclear::ListLike),
                    _ => self.doubt(answer, &found),
                };
                let better = best.as_ref().is_none_or(|(other, _, place)| {
                    (rank(doubt), found.slack) < (rank(*other), place.slack)
                });
                if better {
                    best = Some((doubt, phrase, found));
                }
            }
        }
        best.map(|(doubt, phrase, found)| {
            let quote = answer.quote(&found);
            let heard = match doubt {
                None => Heard::Heard { quote },
                Some(why) => Heard::Unclear { quote, why },
            };
            (phrase, heard)
        })
    }

    /// Why a match is no "heard".
    fn doubt(&self, answer: &Answer<'_>, found: &Found) -> Option<Unclear> {
        if is_negated(&answer.tokens, &found.tokens) {
            Some(Unclear::Negated)
        } else if self.prompt.holds(&answer.tokens, &found.tokens) {
            Some(Unclear::Echo)
        } else if found.tokens.iter().any(|at| answer.in_row[*at]) {
            Some(Unclear::ListLike)
        } else if found.slack > NEAR {
            Some(Unclear::FarApart)
        } else {
            None
        }
    }
}

impl Answer<'_> {
    fn find(&self, phrase: &Phrase) -> Vec<Found> {
        self.sentences
            .iter()
            .flat_map(|sentence| phrase.find(&self.tokens, sentence.start, sentence.end))
            .collect()
    }

    /// From the first word of a match to its last, as the learner wrote it.
    fn quote(&self, found: &Found) -> String {
        let first = found
            .tokens
            .first()
            .map_or(0, |at| self.tokens[*at].range.start);
        let last = found
            .tokens
            .last()
            .map_or(first, |at| self.tokens[*at].range.end);
        self.text[first..last].to_owned()
    }

    fn is_of_wrong(&self, found: &Found) -> bool {
        found.tokens.iter().any(|at| self.of_wrong.contains(at))
    }
}

/// The clearest first.
fn rank(doubt: Option<Unclear>) -> u8 {
    match doubt {
        None => 0,
        Some(Unclear::Negated) => 1,
        Some(Unclear::ListLike) => 2,
        Some(Unclear::Echo) => 3,
        Some(Unclear::FarApart) => 4,
    }
}

fn phrases(open: &Open) -> impl Iterator<Item = &str> {
    let points = open.points.iter().flat_map(|point| &point.heard);
    let wrong = open.wrong.iter().flat_map(|wrong| &wrong.heard);
    points.chain(wrong).map(String::as_str)
}

fn sentences(tokens: &[Token]) -> Vec<Range<usize>> {
    let mut sentences: Vec<Range<usize>> = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        match sentences.last_mut() {
            Some(last) if tokens[last.start].sentence == token.sentence => last.end = at + 1,
            _ => sentences.push(at..at + 1),
        }
    }
    sentences
}

/// The phrase of which the most is there, in one sentence.
fn nearest(answer: &Answer<'_>, phrases: &[Phrase]) -> Option<Near> {
    let mut best: Option<(&Phrase, Vec<bool>)> = None;
    for phrase in phrases {
        for sentence in &answer.sentences {
            let filled = phrase.filled(&answer.tokens[sentence.clone()]);
            let better = best
                .as_ref()
                .is_none_or(|(_, other)| share(&filled) > share(other));
            if better && filled.contains(&true) {
                best = Some((phrase, filled));
            }
        }
    }
    let (phrase, filled) = best?;
    let lacking = phrase.names.iter().zip(&filled);
    Some(Near {
        phrase: phrase.text.clone(),
        lacks: lacking
            .filter(|(_, filled)| !**filled)
            .map(|(name, _)| name.clone())
            .collect(),
    })
}

/// In thousandths.
fn share(filled: &[bool]) -> usize {
    filled.iter().filter(|filled| **filled).count() * 1000 / filled.len().max(1)
}
