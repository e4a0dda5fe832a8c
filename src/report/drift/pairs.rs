//! The same thing in two looks. What could not be read in one of them is left out.

use crate::account::Fact;

/// One thing, as far as it is in the looks.
pub(super) enum Pair<'a, T> {
    Gone(&'a T),
    New(&'a T),
    Both(&'a T, &'a T),
}

/// Both readings of a list: nothing at all counts as an empty one, what is unread in either gives `None`.
pub(super) fn lists<'a, T>(
    before: &'a Fact<Vec<T>>,
    now: &'a Fact<Vec<T>>,
) -> Option<(&'a [T], &'a [T])> {
    fn list<T>(fact: &Fact<Vec<T>>) -> Option<&[T]> {
        match fact {
            Fact::Present(items) => Some(items),
            Fact::Absent => Some(&[]),
            Fact::Unknown(_) => None,
        }
    }
    Some((list(before)?, list(now)?))
}

/// The things of two lists side by side, in the order of the earlier one, then what is new. None when either is unread.
pub(super) fn pairs<'a, T, K: PartialEq>(
    before: &'a Fact<Vec<T>>,
    now: &'a Fact<Vec<T>>,
    key: impl Fn(&'a T) -> K,
) -> Vec<Pair<'a, T>> {
    let Some((before, now)) = lists(before, now) else {
        return Vec::new();
    };
    side_by_side(before, now, key)
}

/// The same for lists that were read.
pub(super) fn side_by_side<'a, T, K: PartialEq>(
    before: &'a [T],
    now: &'a [T],
    key: impl Fn(&'a T) -> K,
) -> Vec<Pair<'a, T>> {
    let twin = |of: &'a T, among: &'a [T]| among.iter().find(|one| key(one) == key(of));
    let earlier = before.iter().map(|one| match twin(one, now) {
        Some(other) => Pair::Both(one, other),
        None => Pair::Gone(one),
    });
    let new = now
        .iter()
        .filter(|one| twin(one, before).is_none())
        .map(Pair::New);
    earlier.chain(new).collect()
}

/// One thing in two looks: `None` when it is unread in either, or in neither.
pub(super) fn single<'a, T>(before: &'a Fact<T>, now: &'a Fact<T>) -> Option<Pair<'a, T>> {
    match (before, now) {
        (Fact::Present(before), Fact::Present(now)) => Some(Pair::Both(before, now)),
        (Fact::Present(before), Fact::Absent) => Some(Pair::Gone(before)),
        (Fact::Absent, Fact::Present(now)) => Some(Pair::New(now)),
        _ => None,
    }
}

/// What is only in the first, as often as it is there more often; the order does not count.
pub(super) fn only_in<'a, T: PartialEq>(first: &'a [T], second: &[T]) -> Vec<&'a T> {
    first.iter().filter(|one| !second.contains(one)).collect()
}

/// Names in a sentence: `a, b`.
pub(super) fn listed<T: ToString>(names: &[T]) -> String {
    if names.is_empty() {
        return "none".to_owned();
    }
    let mut names: Vec<String> = names.iter().map(ToString::to_string).collect();
    names.sort();
    names.join(", ")
}
