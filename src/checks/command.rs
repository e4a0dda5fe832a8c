//! Words of a command line, as a learner can paste them.

use super::stack::Stack;

/// The text as one word of a shell: as it is where nothing in it means anything to a shell, else in single quotes.
/// Control characters never get into a command.
pub(super) fn quoted(text: &str) -> String {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "-_./:@=,+".contains(letter);
    if !text.is_empty() && text.chars().all(plain) {
        return text.to_owned();
    }
    let safe: String = text.chars().filter(|letter| !letter.is_control()).collect();
    format!("'{}'", safe.replace('\'', "'\\''"))
}

/// The account's number, or a placeholder that says what stands there.
pub(super) fn account(stack: &Stack<'_>) -> String {
    stack
        .snapshot
        .account()
        .map_or_else(|| "YOUR-ACCOUNT-NUMBER".to_owned(), ToString::to_string)
}

/// Lets a service replace its tasks by new ones.
pub(super) fn redeploy(stack: &Stack<'_>, service: &str) -> String {
    stack.aws(format_args!(
        "ecs update-service --cluster {} --service {} --force-new-deployment",
        quoted(&stack.chapter().service.cluster),
        quoted(service)
    ))
}

/// `aws`, `aws-cn` or `aws-us-gov`, for ARNs.
pub(super) fn partition<'a>(stack: &Stack<'a>) -> &'a str {
    stack
        .snapshot
        .caller
        .present()
        .and_then(|caller| caller.arn.as_str().split(':').nth(1))
        .filter(|partition| partition.starts_with("aws"))
        .unwrap_or("aws")
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn a_plain_name_stays_as_it_is() {
        assert_eq!(quoted("/news-api/DATABASE_URL"), "/news-api/DATABASE_URL");
    }

    #[test]
    fn a_name_cannot_end_its_quotes_or_move_the_cursor() {
        assert_eq!(quoted("a b; rm 'x'"), r"'a b; rm '\''x'\'''");
        assert_eq!(quoted("a\u{1b}[2Jb"), "'a[2Jb'");
        assert_eq!(quoted(""), "''");
    }
}
