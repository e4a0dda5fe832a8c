//! What AWS answers, reduced to the fields we read, and how they become the snapshot's types. One file per service;
//! field names are the wire's.

pub(super) mod acm;
pub(super) mod ec2;
pub(super) mod ec2_edge;
pub(super) mod ec2_group;
pub(super) mod ec2_route;
pub(super) mod elasticache;
pub(super) mod elbv2;
pub(super) mod elbv2_listener;
pub(super) mod logs;
pub(super) mod rds;
pub(super) mod secretsmanager;
pub(super) mod ssm;
#[cfg(test)]
mod tests;

/// An answer that comes whole.
macro_rules! answer {
    ($answer:ty: $call:ident) => {
        impl $crate::aws::answer::Answer for $answer {
            const CALL: &'static $crate::aws::call::Call = &$crate::aws::calls::$call;
        }
    };
}

/// An answer in pages: the field with its entries, and the one that asks for more.
macro_rules! pages {
    ($answer:ty: $call:ident, $items:ident of $item:ty) => {
        $crate::aws::answers::answer!($answer: $call);

        impl $crate::aws::answer::Page for $answer {
            type Item = $item;

            fn split(self) -> $crate::aws::answer::Split<$item> {
                $crate::aws::answer::Split {
                    items: self.$items.into_iter().collect(),
                    next: self.next,
                }
            }
        }
    };
}

use crate::account::{NONCE_TAG, is_nonce};
use {answer, pages};

/// An empty element says the same as none.
fn filled(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.is_empty())
}

/// The nonce among a resource's tags. No other tag is kept, and no value that is none.
fn nonce(tags: impl Iterator<Item = (Option<String>, Option<String>)>) -> Option<String> {
    tags.filter(|(key, _)| key.as_deref() == Some(NONCE_TAG))
        .find_map(|(_, value)| value)
        .filter(|value| is_nonce(value))
}

/// Ids, names... in the snapshot's types.
fn all<T, U: From<T>>(entries: impl IntoIterator<Item = T>) -> Vec<U> {
    entries.into_iter().map(U::from).collect()
}
