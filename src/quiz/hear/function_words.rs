//! Words that hold a sentence together and say nothing by themselves.

/// In alphabetical order.
const WORDS: [&str; 118] = [
    "a", "about", "across", "after", "again", "all", "also", "although", "am", "an", "and", "any",
    "are", "as", "at", "be", "because", "been", "before", "being", "between", "both", "but", "by",
    "can", "could", "did", "do", "does", "doing", "during", "each", "either", "even", "for",
    "from", "get", "gets", "had", "has", "have", "he", "her", "here", "his", "how", "i", "if",
    "in", "into", "is", "it", "its", "just", "like", "may", "me", "might", "must", "my", "need",
    "needs", "of", "on", "once", "only", "onto", "or", "other", "our", "out", "over", "own", "per",
    "shall", "she", "should", "since", "so", "some", "still", "such", "than", "that", "the",
    "their", "them", "then", "there", "these", "they", "this", "those", "though", "through", "to",
    "too", "under", "until", "up", "us", "very", "was", "we", "were", "what", "when", "where",
    "which", "while", "who", "whose", "why", "will", "with", "would", "you", "your",
];

/// Whether a word in small letters is one of them. Negators are not: they say something.
pub(super) fn is_function_word(word: &str) -> bool {
    WORDS.binary_search(&word).is_ok()
}

/// Words that begin a clause of their own: a "not" before them does not reach behind them.
pub(super) fn begins_clause(word: &str) -> bool {
    matches!(
        word,
        "although"
            | "as"
            | "because"
            | "but"
            | "however"
            | "if"
            | "otherwise"
            | "since"
            | "so"
            | "then"
            | "though"
            | "unless"
            | "until"
            | "when"
            | "whenever"
            | "whereas"
            | "which"
            | "while"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_can_be_searched() {
        assert!(WORDS.is_sorted());
        assert!(is_function_word("the") && is_function_word("a") && is_function_word("your"));
        assert!(!is_function_word("not") && !is_function_word("task"));
    }
}
