//! What is one name though a word splitter would cut it: `0.0.0.0/0`, `sg-0abc`, `:latest`, `news-api-task:2`.

/// Verbs that the names of AWS's commands begin with.
const VERBS: [&str; 12] = [
    "create",
    "delete",
    "deregister",
    "describe",
    "get",
    "list",
    "modify",
    "put",
    "register",
    "run",
    "stop",
    "update",
];

/// Whether a piece of text, without the punctuation around it, is one identifier.
pub(super) fn is_identifier(piece: &str) -> bool {
    piece.contains("://")
        || piece.starts_with("arn:")
        || is_tag(piece)
        || is_snake(piece)
        || is_command(piece)
        || is_numbered(piece)
}

/// `:latest`, `:3`.
fn is_tag(piece: &str) -> bool {
    piece
        .strip_prefix(':')
        .is_some_and(|tag| tag.starts_with(char::is_alphanumeric))
}

/// `DATABASE_URL`.
fn is_snake(piece: &str) -> bool {
    piece
        .trim_matches('_')
        .split('_')
        .filter(|part| !part.is_empty())
        .count()
        > 1
}

/// `describe-task-definition`.
fn is_command(piece: &str) -> bool {
    let mut parts = piece.split('-');
    let verb = parts.next().unwrap_or_default().to_ascii_lowercase();
    VERBS.contains(&verb.as_str()) && parts.filter(|part| !part.is_empty()).count() >= 2
}

/// Digits and joints in one piece: addresses, versions, ids. Two things beside one stroke (`80/443`, `TCP/5432`) and a
/// port behind a plain word (`ALB:443`) are two words.
fn is_numbered(piece: &str) -> bool {
    let joints: Vec<char> = piece
        .chars()
        .filter(|letter| matches!(letter, '.' | ':' | '/' | '-'))
        .collect();
    if joints.is_empty()
        || joints == ['/']
        || !piece.chars().any(|letter| letter.is_ascii_digit())
        || !piece.starts_with(char::is_alphanumeric)
    {
        return false;
    }
    let port = piece.split_once(':').is_some_and(|(before, after)| {
        joints.len() == 1
            && before.chars().all(char::is_alphabetic)
            && after.len() > 1
            && after.chars().all(|letter| letter.is_ascii_digit())
    });
    !port
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_aws_stay_whole_and_english_does_not() {
        for whole in [
            "0.0.0.0/0",
            "10.0.0.0/16",
            "describe-task-definition",
            "sg-0abc",
            ":latest",
            ":2",
            "news-api-task:2",
            "arn:aws:iam::123456789012:role/news",
            "DATABASE_URL",
            "postgres://db",
            "t3.micro",
            "12-factor",
        ] {
            assert!(is_identifier(whole), "{whole}");
        }
        for parts in [
            "in-flight",
            "point-in-time",
            "80/443",
            "TCP/5432",
            "ALB:443",
            "dev/staging/prod",
            "load-balancer",
            "maximumPercent",
            "5432",
            "_",
            ":",
            "-",
            "",
        ] {
            assert!(!is_identifier(parts), "{parts}");
        }
    }
}
