//! A whole list in the snapshot's types: what most collectors read.

use super::answer::Page;
use super::error::FactFrom;
use super::input::Input;
use super::read::Reader;
use crate::account::Fact;

/// All pages. An empty list is a list: nothing is absent here.
pub(super) async fn list<P, T>(reader: &Reader, input: Input) -> Fact<Vec<T>>
where
    P: Page,
    T: From<P::Item>,
{
    reader
        .pages::<P>(input)
        .await
        .map(|items| items.into_iter().map(T::from).collect())
        .fact(&[])
}
