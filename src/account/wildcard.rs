//! The wildcards of IAM policies and listener rules: `*` for any run of characters, `?` for exactly one.

/// Whether an action pattern covers an action; without regard to case.
pub fn action_matches(pattern: &str, action: &str) -> bool {
    matches(
        pattern.to_ascii_lowercase().as_bytes(),
        action.to_ascii_lowercase().as_bytes(),
    )
}

/// Whether a resource pattern covers a resource; case counts.
pub fn resource_matches(pattern: &str, resource: &str) -> bool {
    matches(pattern.as_bytes(), resource.as_bytes())
}

/// Whether a text fits a pattern; case counts.
pub fn glob(pattern: &str, text: &str) -> bool {
    matches(pattern.as_bytes(), text.as_bytes())
}

/// Greedy with one step back: linear in practice, at worst the product of both lengths.
fn matches(pattern: &[u8], text: &[u8]) -> bool {
    let (mut at, mut seen) = (0, 0);
    let mut last_star: Option<(usize, usize)> = None;
    while seen < text.len() {
        match pattern.get(at) {
            Some(b'*') => {
                last_star = Some((at, seen));
                at += 1;
            }
            Some(&byte) if byte == b'?' || byte == text[seen] => {
                at += 1;
                seen += 1;
            }
            _ => match last_star {
                Some((star, from)) => {
                    last_star = Some((star, from + 1));
                    at = star + 1;
                    seen = from + 1;
                }
                None => return false,
            },
        }
    }
    pattern[at..].iter().all(|byte| *byte == b'*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_any_run_of_characters() {
        assert!(resource_matches(
            "arn:aws:ssm:*:parameter/*",
            "arn:aws:ssm:us-east-1:1:parameter/a/b"
        ));
        assert!(resource_matches("*", ""));
        assert!(resource_matches("a*b*c", "a-b-b-c"));
        assert!(!resource_matches("a*b*c", "a-c-b"));
        assert!(!resource_matches("", "a"));
    }

    #[test]
    fn a_question_mark_stands_for_exactly_one() {
        assert!(resource_matches("v?", "v1"));
        assert!(!resource_matches("v?", "v"));
        assert!(!resource_matches("v?", "v10"));
    }

    #[test]
    fn case_counts_for_resources_only() {
        assert!(action_matches("ECR:batchget*", "ecr:BatchGetImage"));
        assert!(!resource_matches("/News", "/news"));
    }
}
