//! Kinds whose key is written in the deck.

use crate::course::question::{
    Blank, Cloze, Matching, Options, Order, OrderItem, Pair, QuizOption,
};
use crate::course::table::{Placed, Table};

/// How many options are right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Right {
    One,
    Some,
}

/// The options of a choice or multi question.
pub(super) fn options(table: &mut Table<'_, '_>, right: Right) -> Options {
    let mut options: Vec<QuizOption> = Vec::new();
    for mut option in table.tables("option") {
        let id = option.need_text("id");
        if options.iter().any(|other| other.id == id.value) {
            option.error_at(
                "duplicate-id",
                id.span,
                format!("two options are called `{}`", id.value),
            );
        }
        let read = QuizOption {
            id: id.value,
            text: option.need_text("text").value,
            right: option.flag("right").unwrap_or(false),
            why: option.need_text("why").value,
        };
        option.finish();
        options.push(read);
    }
    let keys = options.iter().filter(|option| option.right).count();
    if options.len() < 2 {
        table.error("options", "there are at least two [[question.option]]");
    } else if right == Right::One && keys != 1 {
        table.error(
            "options",
            format!("a choice has exactly one option with `right = true`, this one has {keys}"),
        );
    } else if right == Right::Some && keys == 0 {
        table.error("options", "at least one option has `right = true`");
    }
    let pick = table
        .number("pick", 1..=20)
        .and_then(|pick| u32::try_from(pick).ok());
    if pick.is_some_and(|pick| usize::try_from(pick) != Ok(keys)) {
        table.error(
            "options",
            format!("`pick` says how many options are right: {keys}"),
        );
    }
    Options {
        options,
        shuffle: table.flag("shuffle").unwrap_or(true),
        pick,
    }
}

/// Things to put into order.
pub(super) fn order(table: &mut Table<'_, '_>) -> Order {
    let mut items: Vec<OrderItem> = Vec::new();
    let mut before: Vec<(String, Placed<String>)> = Vec::new();
    for mut item in table.tables("item") {
        let after = item.texts("after");
        let read = order_item(
            &mut item,
            items.iter(),
            after.iter().map(|id| id.value.clone()),
        );
        if !read.after.is_empty() && read.why.is_empty() {
            item.error(
                "no-why",
                format!("`{}` needs `why`: what it has to wait for", read.id),
            );
        }
        before.extend(after.into_iter().map(|first| (read.id.clone(), first)));
        item.finish();
        items.push(read);
    }
    let mut distractors: Vec<OrderItem> = Vec::new();
    for mut distractor in table.tables("distractor") {
        let read = order_item(&mut distractor, items.iter().chain(&distractors), []);
        if read.why.is_empty() {
            distractor.error(
                "no-why",
                format!("`{}` needs `why`: why it does not belong there", read.id),
            );
        }
        distractor.finish();
        distractors.push(read);
    }
    for (item, first) in &before {
        if !items.iter().any(|other| other.id == first.value) {
            table.unknown_word("order", first, items.iter().map(|other| other.id.as_str()));
        } else if *item == first.value {
            table.error_at(
                "order",
                first.span.clone(),
                format!("`{item}` cannot come after itself"),
            );
        }
    }
    if items.len() < 3 {
        table.error("order", "there are at least three [[question.item]]");
    }
    if before.is_empty() {
        table.error(
            "order",
            "no item has to come after another (`after = [...]`), so there is nothing to judge",
        );
    }
    if has_cycle(&items) {
        table.error(
            "order",
            "the items' `after` lead in a circle; no order could be right",
        );
    }
    Order { items, distractors }
}

/// One item; `others` are those that were read before it.
fn order_item<'o>(
    table: &mut Table<'_, '_>,
    mut others: impl Iterator<Item = &'o OrderItem>,
    after: impl IntoIterator<Item = String>,
) -> OrderItem {
    let id = table.need_text("id");
    if others.any(|other| other.id == id.value) {
        table.error_at(
            "duplicate-id",
            id.span,
            format!("two items are called `{}`", id.value),
        );
    }
    OrderItem {
        id: id.value,
        text: table.need_text("text").value,
        after: after.into_iter().collect(),
        why: table
            .text("why")
            .map_or_else(String::new, |text| text.value),
    }
}

/// Whether no order can satisfy all of them: items whose predecessors are placed are taken away until nothing moves.
fn has_cycle(items: &[OrderItem]) -> bool {
    let mut left: Vec<&OrderItem> = items.iter().collect();
    loop {
        let ids: Vec<&str> = left.iter().map(|item| item.id.as_str()).collect();
        let before = left.len();
        left.retain(|item| item.after.iter().any(|id| ids.contains(&id.as_str())));
        if left.is_empty() {
            return false;
        }
        if left.len() == before {
            return true;
        }
    }
}

/// What belongs to what.
pub(super) fn matching(table: &mut Table<'_, '_>) -> Matching {
    let mut pairs: Vec<Pair> = Vec::new();
    for mut pair in table.tables("pair") {
        let read = Pair {
            left: pair.need_text("left").value,
            right: pair.need_text("right").value,
            why: pair.need_text("why").value,
        };
        if pairs
            .iter()
            .any(|other| other.left == read.left || other.right == read.right)
        {
            pair.error("duplicate-id", "each side of a pair stands once only");
        }
        pair.finish();
        pairs.push(read);
    }
    if pairs.len() < 2 {
        table.error("match", "there are at least two [[question.pair]]");
    }
    let spare = table.texts("spare");
    for (at, one) in spare.iter().enumerate() {
        if pairs.iter().any(|pair| pair.right == one.value) {
            table.error_at(
                "match",
                one.span.clone(),
                format!("`{}` belongs to a pair, so it is not spare", one.value),
            );
        } else if spare[..at].iter().any(|other| other.value == one.value) {
            table.error_at(
                "duplicate-id",
                one.span.clone(),
                format!("`{}` is listed twice", one.value),
            );
        }
    }
    Matching {
        pairs,
        spare: spare.into_iter().map(|one| one.value).collect(),
    }
}

/// A text with gaps.
pub(super) fn cloze(table: &mut Table<'_, '_>) -> Cloze {
    let text = table.need_text("text").value.trim().to_owned();
    let mut blanks: Vec<Blank> = Vec::new();
    for mut blank in table.tables("blank") {
        let id = blank.need_text("id");
        if blanks.iter().any(|other| other.id == id.value) {
            blank.error_at(
                "duplicate-id",
                id.span,
                format!("two blanks are called `{}`", id.value),
            );
        }
        let read = Blank {
            id: id.value,
            accept: blank.words("accept"),
            exact: blank.flag("exact").unwrap_or(false),
        };
        let gap = format!("{{{{{}}}}}", read.id);
        if text.matches(&gap).count() != 1 {
            blank.error(
                "blank",
                format!("the text holds the gap `{gap}` exactly once"),
            );
        }
        if read.accept.iter().all(|word| word.trim().is_empty()) {
            blank.error(
                "blank",
                "`accept` lists what may stand there, the key first",
            );
        }
        blank.finish();
        blanks.push(read);
    }
    if blanks.is_empty() || text.matches("{{").count() != blanks.len() {
        table.error(
            "blank",
            "every gap of the text has its [[question.blank]], and there is at least one",
        );
    }
    Cloze {
        text,
        blanks,
        why: table.need_text("why").value,
    }
}
