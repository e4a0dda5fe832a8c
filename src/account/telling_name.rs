//! Names that make one think of a secret.

/// Where in a name the telling word stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Telling {
    /// `DB_PASSWORD`: the value is the secret.
    AtTheEnd,
    /// `TOKEN_LIMIT`: the value is something about a secret.
    Elsewhere,
}

const AT_THE_END: [&str; 6] = [
    "PASSWORD",
    "PASSWD",
    "SECRET",
    "TOKEN",
    "KEY",
    "CREDENTIALS",
];
const ELSEWHERE: [&str; 7] = [
    "PASSWORD",
    "PASSWD",
    "SECRET",
    "TOKEN",
    "APIKEY",
    "CREDENTIAL",
    "PRIVATE",
];

/// Short words that tell something only when they stand alone in a longer name: `DB_PASS` does, `BYPASS` and `PWD` do not.
const WORDS: [&str; 6] = ["KEY", "PASS", "PWD", "CREDS", "PASSPHRASE", "PASSCODE"];

/// English words that merely end like one.
const HARMLESS: [&str; 6] = ["MONKEY", "DONKEY", "TURKEY", "HOCKEY", "JOCKEY", "WHISKEY"];

/// What a name tells. Elsewhere KEY counts only as a word of its own: `KEYBOARD` tells nothing. A public key is made to be
/// shown.
pub fn telling(name: &str) -> Option<Telling> {
    let upper = name.to_ascii_uppercase();
    let words = words(name);
    let last = words.last().map(String::as_str).unwrap_or_default();
    let is_public = words.len() > 1 && words[words.len() - 2] == "PUBLIC" && last == "KEY";
    if AT_THE_END.iter().any(|one| upper.ends_with(one)) && !HARMLESS.contains(&last) && !is_public
    {
        return Some(Telling::AtTheEnd);
    }
    let elsewhere = ELSEWHERE.iter().any(|one| upper.contains(one))
        || words.len() > 1 && words.iter().any(|word| WORDS.contains(&word.as_str()));
    elsewhere.then_some(Telling::Elsewhere)
}

/// Told apart by `_`, `-`, `.` and changes of case.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before_lower = false;
    for letter in name.chars() {
        if matches!(letter, '_' | '-' | '.' | '/' | ':') {
            words.push(String::new());
            before_lower = false;
            continue;
        }
        if letter.is_ascii_uppercase() && before_lower {
            words.push(String::new());
        }
        before_lower = letter.is_ascii_lowercase() || letter.is_ascii_digit();
        if let Some(word) = words.last_mut() {
            word.push(letter.to_ascii_uppercase());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_ends_in_a_telling_word_promises_a_secret() {
        for name in [
            "PASSWORD",
            "DB_PASSWORD",
            "PGPASSWORD",
            "MYSQL_PASSWD",
            "JWT_SECRET",
            "GITHUB_TOKEN",
            "SECRET_KEY",
            "API_KEY",
            "apiKey",
            "OPENAI_APIKEY",
            "aws-credentials",
            "AWS_SECRET_ACCESS_KEY",
        ] {
            assert_eq!(telling(name), Some(Telling::AtTheEnd), "{name}");
        }
    }

    #[test]
    fn a_telling_word_elsewhere_is_only_a_remark() {
        for name in [
            "TOKEN_LIMIT",
            "SECRET_NAME",
            "PASSWORD_MIN_LENGTH",
            "API_KEY_HEADER",
            "CREDENTIAL_STORE",
            "DB_PASS",
            "redis-pwd",
            "JWT_PUBLIC_KEY",
        ] {
            assert_eq!(telling(name), Some(Telling::Elsewhere), "{name}");
        }
    }

    #[test]
    fn other_names_tell_nothing() {
        for name in [
            "LOG_LEVEL",
            "MONKEY",
            "TURKEY_URL",
            "KEYBOARD",
            "HOST",
            "PWD",
            "BYPASS",
            "PASSENGERS",
            "DATABASE_URL",
            "",
        ] {
            assert_eq!(telling(name), None, "{name}");
        }
    }
}
