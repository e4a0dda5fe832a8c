use super::Prose::{Message, Name};
use super::*;

/// Made up for these tests: none of them opens anything. Put together so that no scanner takes them for real ones.
fn planted() -> Vec<String> {
    vec![
        "postgresql://news:hunter2secret@db.example.com:5432/newsapi".into(),
        "redis://:hunter2secret@cache:6379/0".into(),
        "https://hunter2secret@github.com/ann/news.git".into(),
        "postgres://ann:hunter2,sec;ret@db/x".into(),
        ["AKIA", "IOSFODNN7HUNTER2"].concat(),
        ["ghp", "_0123456789abcdefHUNTER20123456789abc"].concat(),
        ["sk", "-proj-0123456789HUNTER2abcdef"].concat(),
        [
            "eyJhbGciOiJIUzI1NiJ9",
            "eyJzdWIiOiJodW50ZXIyIn0",
            "hunter2-signature",
        ]
        .join("."),
        format!(
            "-----BEGIN RSA {0} KEY-----\nMIIhunter2\n+hunter2==\n-----END RSA {0} KEY-----",
            "PRIVATE"
        ),
        format!("-----BEGIN {} KEY----- MIIhunter2 cut", "PRIVATE"),
        "DB_PASSWORD=hunter2secret".into(),
        "--password=hunter2secret".into(),
        "--password hunter2secret".into(),
        "password: hunter2secret".into(),
        "password: 'hunter2 secret hunter2'".into(),
        r#"{"password": "hunter2 and hunter2", "user": "ann"}"#.into(),
        r#"{"api_key":"hunter2secret"}"#.into(),
        "{'token': 'hunter2secret'}".into(),
        r#"export API_TOKEN="hunter2 hunter2" && run"#.into(),
        "export API_TOKEN='hunter2 hunter2' && run".into(),
        "/docs?page=2&token=hunter2secret".into(),
        "Authorization: Bearer hunter2Secret2hunter2".into(),
        "Authorization: Basic aHVudGVyMjpodW50ZXIy-hunter2".into(),
        "aws_secret_access_key = hunter2secret".into(),
    ]
}

#[test]
fn a_secret_goes_wherever_it_stands_in_a_message() {
    for secret in planted() {
        for text in [
            secret.clone(),
            format!("exec: \"{secret}\": executable file not found in $PATH"),
            format!("(service news) failed: {secret}"),
            format!("failed:{secret}; the rest stays"),
        ] {
            let clean = redact(&text, Message);
            let lower = clean.to_lowercase();
            assert!(!lower.contains("hunter2"), "{text}\nbecame\n{clean}");
            assert!(clean.contains(LEFT_OUT), "{text}\nbecame\n{clean}");
        }
    }
}

#[test]
fn what_was_cleaned_before_stays_as_it_is() {
    for secret in planted() {
        for prose in [Message, Name, Prose::Log] {
            let once = redact(&format!("failed: {secret}; the rest"), prose);
            assert_eq!(redact(&once, prose), once, "{secret}");
        }
    }
}

#[test]
fn what_can_be_nothing_but_a_secret_goes_from_names_too() {
    for secret in planted() {
        let clean = redact(&secret, Name).to_lowercase();
        assert!(!clean.contains("hunter2"), "{secret}\nbecame\n{clean}");
    }
}

#[test]
fn of_a_message_the_rest_stays() {
    for (text, clean) in [
        (
            "exec: \"--password=x1\": executable file not found in $PATH",
            "exec: \"--password=(left out)\": executable file not found in $PATH",
        ),
        (
            "cannot reach postgres://a:b@db:5432/x: i/o timeout",
            "cannot reach postgres://(left out) i/o timeout",
        ),
        (
            "GET /docs?token=abc answered 404",
            "GET /docs?token=(left out) answered 404",
        ),
        (
            "ask ann@example.com, she knows",
            "ask (left out), she knows",
        ),
        (
            "password: \"a b\" is wrong",
            "password: \"(left out)\" is wrong",
        ),
    ] {
        assert_eq!(redact(text, Message), clean);
    }
}

#[test]
fn an_address_stays_in_a_name_that_things_are_found_by() {
    assert_eq!(redact("ann@example.com", Message), LEFT_OUT);
    let user = "arn:aws:iam::123456789012:user/ann@example.com";
    assert_eq!(redact(user, Name), user);
}

#[test]
fn a_secret_access_key_goes_from_a_message() {
    let key = ["wJalrXUtnFEMI", "K7MDENG", "bPxRfiCYEXAMPLEKEY"].join("/");
    assert_eq!(
        redact(&format!("bad key {key}."), Message),
        "bad key (left out)"
    );
    assert_eq!(
        redact(&format!("SECRET={key}"), Message),
        "SECRET=(left out)"
    );
}

#[test]
fn real_stop_reasons_and_events_stay_word_for_word() {
    for corpus in ["events", "log-lines"] {
        let path = format!("{}/tests/corpus/{corpus}.toml", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(path).unwrap();
        let lines: toml::Table = toml::from_str(&text).unwrap();
        let lines = lines["line"].as_array().unwrap();
        assert!(lines.len() > 15);
        for line in lines {
            let text = line["text"].as_str().unwrap();
            assert_eq!(redact(text, Message), text);
        }
    }
}

#[test]
fn names_ids_and_paths_stay() {
    for text in [
        "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/news-api-alb/50dc6c495c0c9188",
        "arn:aws:ssm:us-east-1:123456789012:parameter/news-api/DATABASE_PASSWORD",
        "123456789012.dkr.ecr.us-east-1.amazonaws.com/news@sha256:b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c",
        "_a79865eb4cd1a6ab990a45779b4e0b96.api.example.com.",
        "postgres://db.example.com:5432/news",
        "https://api.example.com/docs?page=2",
        "git@github.com:ann/news.git",
        "news-api-task-token",
        "DATABASE_PASSWORD",
        "0123456789abcdef0123456789abcdef01234567",
        "SecretsManagerReadWrite",
        "",
        "a == b",
    ] {
        assert_eq!(redact(text, Name), text);
    }
}

#[test]
fn a_good_account_is_not_touched() {
    let at = "2026-11-23T00:00:00Z".parse().unwrap();
    let account = crate::practice::good_account(&crate::practice::test_chapter(), at);
    assert_eq!(account.clone().redacted(), account);
}

#[test]
fn a_secret_in_place_of_its_parameters_name_goes_and_a_long_name_stays() {
    use crate::account::{Fact, SecretReference};
    let at = "2026-11-23T00:00:00Z".parse().unwrap();
    let mut account = crate::practice::good_account(&crate::practice::test_chapter(), at);
    let secret = "hunter2Xk9mQ4vT7zR2pL8w";
    let named = "newsApiDatabaseUrl2026Production1x";
    if let Fact::Present(parameters) = &mut account.parameters {
        let mut known = parameters[0].clone();
        known.name = named.into();
        parameters.push(known);
    }
    for definition in account.definitions.values_mut() {
        if let Fact::Present(definition) = definition {
            definition.containers[0].secrets = [secret, named]
                .map(|text| SecretReference {
                    name: "X".into(),
                    value_from: text.into(),
                })
                .into();
        }
    }
    let text = serde_json::to_string(&account.redacted()).unwrap();
    assert!(!text.contains("hunter2"));
    assert!(text.contains(&format!("\"value_from\":\"{named}\"")));
}

#[test]
fn stars_cover_a_secret_and_columns_stay() {
    for secret in planted() {
        let text = format!("url = '{secret}' # mine");
        let covered = masked(&text);
        assert!(!covered.to_lowercase().contains("hunter2"), "{covered}");
        assert_eq!(covered.chars().count(), text.chars().count());
        assert!(covered.starts_with("url = "), "{covered}");
    }
    assert_eq!(masked("region = 'us-east-1'"), "region = 'us-east-1'");
}

proptest::proptest! {
    #[test]
    fn any_text_comes_out_and_none_twice_as_clean(text in proptest::prelude::any::<String>()) {
        for prose in [Message, Name] {
            let once = redact(&text, prose);
            proptest::prop_assert_eq!(redact(&once, prose), once);
            proptest::prop_assert_eq!(masked(&text).chars().count(), text.chars().count());
        }
    }
}
