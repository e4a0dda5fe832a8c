//! One order out of those that an order question accepts.

use crate::course::{Order, OrderItem};

/// The items so that each comes after those it has to wait for, else as the deck has them.
pub(super) fn one_order(order: &Order) -> Vec<&OrderItem> {
    let mut left: Vec<&OrderItem> = order.items.iter().collect();
    let mut placed = Vec::with_capacity(left.len());
    while !left.is_empty() {
        let ready = left
            .iter()
            .position(|item| {
                !item
                    .after
                    .iter()
                    .any(|before| left.iter().any(|other| other.id == *before))
            })
            // A circle never gets through the loader; rather any order than none.
            .unwrap_or(0);
        placed.push(left.remove(ready));
    }
    placed
}

/// How many neighbours of that order may change places: 0 means that it is the only right one.
pub(super) fn free_neighbours(order: &Order) -> usize {
    one_order(order)
        .windows(2)
        .filter(|pair| !pair[1].after.contains(&pair[0].id))
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(id: &str, after: &[&str]) -> OrderItem {
        OrderItem {
            id: id.to_owned(),
            text: id.to_owned(),
            after: after.iter().map(|&id| id.to_owned()).collect(),
            why: String::new(),
        }
    }

    #[test]
    fn every_item_stands_after_those_it_waits_for() {
        let order = Order {
            items: vec![
                item("run", &["push"]),
                item("build", &[]),
                item("push", &["build"]),
                item("tea", &[]),
            ],
            distractors: Vec::new(),
        };
        let ids: Vec<&str> = one_order(&order)
            .iter()
            .map(|item| item.id.as_str())
            .collect();
        assert_eq!(ids, ["build", "push", "run", "tea"]);
        assert_eq!(free_neighbours(&order), 1, "tea may come at any time");
    }
}
