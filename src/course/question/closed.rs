//! Kinds whose key is written in the deck.

/// The options of a choice (one is right) or a multi question (some are).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    pub options: Vec<QuizOption>,
    /// Whether the order may change from one sitting to the next.
    pub shuffle: bool,
    /// Of a multi question: how many are right, when the learner is told.
    pub pick: Option<u32>,
}

/// One option.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuizOption {
    pub id: String,
    pub text: String,
    pub right: bool,
    /// Why it is right or wrong; shown afterwards for every option.
    pub why: String,
}

/// Things to put into order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    pub items: Vec<OrderItem>,
    /// Do not belong into the order at all.
    pub distractors: Vec<OrderItem>,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderItem {
    pub id: String,
    pub text: String,
    /// Ids of items that have to come before it. Of pairs that are not connected this way, the order is never judged.
    pub after: Vec<String>,
    /// Why it comes after those, or why a distractor does not belong here.
    pub why: String,
}

/// What belongs to what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matching {
    pub pairs: Vec<Pair>,
    /// Right-hand sides that belong to nothing.
    pub spare: Vec<String>,
}

/// Two things that belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    pub left: String,
    pub right: String,
    pub why: String,
}

/// A text with gaps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cloze {
    /// Gaps are written `{{port}}`, with the id of a blank.
    pub text: String,
    pub blanks: Vec<Blank>,
    /// Why that is so; shown afterwards.
    pub why: String,
}

/// One gap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blank {
    pub id: String,
    /// What may stand there; the first is shown as the key.
    pub accept: Vec<String>,
    /// To the letter, but for case and space around it (ports, ranges, ARNs, field names); else words are compared by
    /// their stem.
    pub exact: bool,
}
