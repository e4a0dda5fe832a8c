//! In which order options, items and right-hand sides are shown: the same for the same sitting, another in the next.

use crate::course::{Kind, Question};

/// What the learner sees under numbers and letters.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Shown {
    /// Under 1, 2, 3 ...: ids of options or of items, or the left-hand sides of pairs.
    pub numbered: Vec<Entry>,
    /// Under a, b, c ...: the right-hand sides of pairs.
    pub lettered: Vec<String>,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub id: String,
    pub text: String,
}

/// The order for a sitting's seed.
pub fn shown(question: &Question, seed: u64) -> Shown {
    let seed = mixed(seed, question.id.as_str());
    let entry = |id: &str, text: &str| Entry {
        id: id.to_owned(),
        text: text.to_owned(),
    };
    match &question.kind {
        Kind::Choice(options) | Kind::Multi(options) => {
            let mut numbered: Vec<Entry> = options
                .options
                .iter()
                .map(|option| entry(&option.id, &option.text))
                .collect();
            if options.shuffle {
                shuffle(&mut numbered, seed);
            }
            Shown {
                numbered,
                lettered: Vec::new(),
            }
        }
        Kind::Order(order) => {
            let written: Vec<Entry> = order
                .items
                .iter()
                .chain(&order.distractors)
                .map(|item| entry(&item.id, &item.text))
                .collect();
            let mut numbered = written.clone();
            shuffle(&mut numbered, seed);
            // As written it would be the key.
            if numbered == written {
                numbered.reverse();
            }
            Shown {
                numbered,
                lettered: Vec::new(),
            }
        }
        Kind::Match(matching) => {
            let numbered = matching
                .pairs
                .iter()
                .map(|pair| entry(&pair.left, &pair.left))
                .collect();
            let mut lettered: Vec<String> = matching
                .pairs
                .iter()
                .map(|pair| pair.right.clone())
                .chain(matching.spare.iter().cloned())
                .collect();
            shuffle(&mut lettered, seed);
            Shown { numbered, lettered }
        }
        Kind::Open(_) | Kind::Cloze(_) | Kind::Inspect(_) | Kind::Predict(_) => Shown::default(),
    }
}

/// Fisher and Yates, with a generator of our own: the order must be the same in every version of every library.
fn shuffle<T>(list: &mut [T], mut state: u64) {
    for at in (1..list.len()).rev() {
        state = step(state);
        let bound = u64::try_from(at + 1).expect("a list fits into memory");
        let other = usize::try_from(state % bound).expect("below the list's length");
        list.swap(at, other);
    }
}

/// SplitMix64's step (Steele, Lea, Flood 2014).
const fn step(state: u64) -> u64 {
    let mut mixed = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

fn mixed(seed: u64, id: &str) -> u64 {
    id.bytes()
        .fold(step(seed), |state, byte| step(state ^ u64::from(byte)))
}
