//! What a typed line means at a question: `2`, `1 3`, `3 1 2`, `1b 2a`, `7`; or what is not understood about it.

use super::judge::number_in;
use super::shown::Shown;
use crate::course::{Kind, Question};
use crate::progress::{ForetoldValue, Given, Posed, PosedWhat};
use std::collections::BTreeMap;

/// Reads the answer to a question whose answer is one line. `Err` holds a sentence that says what is expected.
///
/// # Errors
/// What was typed names nothing that is there.
pub fn read(
    question: &Question,
    shown: &Shown,
    posed: Option<&Posed>,
    typed: &str,
) -> Result<Given, String> {
    let many = shown.numbered.len();
    match &question.kind {
        Kind::Choice(_) => match numbers(typed, many).as_deref() {
            Ok([one]) => Ok(Given::Picked {
                options: vec![shown.numbered[one - 1].id.clone()],
            }),
            _ => Err(format!(
                "One of them is right: type one number from 1 to {many}."
            )),
        },
        Kind::Multi(options) => {
            let numbers = numbers(typed, many)?;
            if let Some(pick) = options.pick
                && usize::try_from(pick) != Ok(numbers.len())
            {
                return Err(format!(
                    "Here {pick} are right: type {pick} numbers, as in: 1 3"
                ));
            }
            Ok(Given::Picked {
                options: ids(shown, &numbers),
            })
        }
        Kind::Order(_) => Ok(Given::Ordered {
            items: ids(shown, &numbers(typed, many)?),
        }),
        Kind::Match(_) => pairs(typed, shown),
        Kind::Predict(_) => predicted(typed, posed),
        Kind::Open(_) | Kind::Cloze(_) | Kind::Inspect(_) => Ok(Given::Text {
            text: typed.trim().to_owned(),
        }),
    }
}

fn ids(shown: &Shown, numbers: &[usize]) -> Vec<String> {
    numbers
        .iter()
        .map(|number| shown.numbered[number - 1].id.clone())
        .collect()
}

/// Numbers from 1 to `most`, separated by anything, each once: `1 3`, `1,3`, `1-3` is no range.
///
/// # Errors
/// There is none, one is out of range, or one stands twice.
pub fn numbers(typed: &str, most: usize) -> Result<Vec<usize>, String> {
    let expected = || format!("Type numbers from 1 to {most}, as in: 1 3");
    let words: Vec<&str> = typed
        .split(|letter: char| letter.is_whitespace() || matches!(letter, ',' | ';' | '.' | '>'))
        .filter(|word| !word.is_empty())
        .collect();
    let mut numbers = Vec::new();
    for word in words {
        let number = word
            .trim_end_matches(')')
            .parse::<usize>()
            .ok()
            .filter(|number| (1..=most).contains(number))
            .ok_or_else(expected)?;
        if numbers.contains(&number) {
            return Err(format!("{number} stands there twice. {}", expected()));
        }
        numbers.push(number);
    }
    if numbers.is_empty() {
        return Err(expected());
    }
    Ok(numbers)
}

/// `1b 2a 3d`, `1 b, 2 a`, `1=b`.
fn pairs(typed: &str, shown: &Shown) -> Result<Given, String> {
    let expected = || {
        format!(
            "Type a letter for each number from 1 to {}, as in: 1b 2a",
            shown.numbered.len()
        )
    };
    let mut pairs = BTreeMap::new();
    let mut number = String::new();
    for letter in typed.chars() {
        if letter.is_ascii_digit() {
            number.push(letter);
        } else if letter.is_ascii_alphabetic() {
            let left = number
                .parse::<usize>()
                .ok()
                .and_then(|number| shown.numbered.get(number.checked_sub(1)?))
                .ok_or_else(expected)?;
            let place = usize::from(letter.to_ascii_lowercase() as u8 - b'a');
            let right = shown.lettered.get(place).ok_or_else(expected)?;
            if pairs.insert(left.id.clone(), right.clone()).is_some() {
                return Err(format!("{number} stands there twice. {}", expected()));
            }
            number.clear();
        } else if !letter.is_whitespace() && !matches!(letter, ',' | ';' | '=' | '-' | ':' | ')') {
            return Err(expected());
        }
    }
    if pairs.is_empty() || !number.is_empty() {
        return Err(expected());
    }
    Ok(Given::Matched { pairs })
}

/// A word that can be chosen by its number, too.
fn predicted(typed: &str, posed: Option<&Posed>) -> Result<Given, String> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Err("Type what you expect.".to_owned());
    }
    if let Some(PosedWhat::Predict(foretold)) = posed.map(|posed| &posed.what)
        && matches!(foretold.value, ForetoldValue::Number { .. })
        && number_in(typed, &foretold.of).is_none()
    {
        return Err("Type a whole number, as in: 2".to_owned());
    }
    let words = words(posed);
    let value = typed
        .parse::<usize>()
        .ok()
        .and_then(|number| words.get(number.checked_sub(1)?))
        .map_or_else(|| typed.to_owned(), Clone::clone);
    Ok(Given::Predicted { value })
}

/// The words that may be foretold; empty when it is a number.
pub fn words(posed: Option<&Posed>) -> &[String] {
    match posed.map(|posed| &posed.what) {
        Some(PosedWhat::Predict(foretold)) => match &foretold.value {
            ForetoldValue::Word { of, .. } => of,
            ForetoldValue::Number { .. } => &[],
        },
        _ => &[],
    }
}
