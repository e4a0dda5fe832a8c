use super::*;
use crate::account::value::{Scheme, SecretKind, UrlClass};

fn known() -> Known {
    Known {
        databases: vec!["news-api-db.abc123xyz.us-east-1.rds.amazonaws.com".into()],
        caches: vec!["news-api-redis.abc123.0001.use1.cache.amazonaws.com".into()],
        database_name: "newsapi".into(),
    }
}

fn class(text: &str) -> ValueClass {
    classify(text, &known())
}

fn url(text: &str) -> UrlClass {
    match class(text) {
        ValueClass::Url(url) => url,
        other => panic!("{text} became {other:?}"),
    }
}

#[test]
fn plain_kinds_are_told_apart() {
    assert_eq!(class(""), ValueClass::Empty);
    assert_eq!(class("  "), ValueClass::Empty);
    assert_eq!(class("True"), ValueClass::Boolean);
    assert_eq!(class("off"), ValueClass::Boolean);
    assert_eq!(class("8000"), ValueClass::Number);
    assert_eq!(class("-0.5"), ValueClass::Number);
    assert_eq!(
        class("production"),
        ValueClass::Plain {
            host: HostClass::Other
        }
    );
}

#[test]
fn ordinary_values_are_not_secrets() {
    for text in [
        "production",
        "us-east-1",
        "app.main:application",
        "/ecs/news-api",
        "news-api-db.abc123xyz.us-east-1.rds.amazonaws.com",
        "arn:aws:iam::123456789012:role/ecsTaskExecutionRole",
        "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "0123456789abcdef0123456789abcdef01234567",
        "123e4567-e89b-12d3-a456-426614174000",
        "vpc-0a1b2c3d4e5f67890",
        "https,http,localhost,api.example.com",
        "gunicorn.workers.UvicornWorker",
        "text/html,application/json;q=0.9",
        "Mozilla/5.0 (compatible; NewsBot/1.0)",
        "the quick brown fox jumps over 13 Dogs",
        "2026-11-22T10:00:00Z",
        "INFO",
        "sk-8",
        "config.settings.production",
    ] {
        assert!(
            !matches!(class(text), ValueClass::SecretShaped(_)),
            "{text} was taken for a secret"
        );
    }
}

#[test]
fn secrets_are_known_by_their_shape() {
    let jwt = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U";
    for (text, kind) in [
        ("AKIAIOSFODNN7EXAMPLE", SecretKind::AwsAccessKey),
        ("key=ASIAIOSFODNN7EXAMPLE;", SecretKind::AwsAccessKey),
        (
            "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
            SecretKind::AwsSecretKey,
        ),
        (
            "-----BEGIN RSA PRIVATE KEY-----\nMIIE",
            SecretKind::PrivateKey,
        ),
        (
            "-----BEGIN OPENSSH PRIVATE KEY-----",
            SecretKind::PrivateKey,
        ),
        (jwt, SecretKind::JsonWebToken),
        (
            "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
            SecretKind::VendorToken,
        ),
        (
            "sk-proj-abcdefghijklmnopqrstuvwxyz0123456789",
            SecretKind::VendorToken,
        ),
        (
            "xoxb-123456789012-abcdefghijklmnop",
            SecretKind::VendorToken,
        ),
        (
            "django-insecure-x8!k2@Vq9zR#t4Lw7Np3Yd6Hs1",
            SecretKind::RandomText,
        ),
        ("Zx81kQpL0vNw3TyR7uBm", SecretKind::RandomText),
        ("9b74c9897bac770ffc029102a200c5de", SecretKind::RandomText),
        (
            "8f14e45fceea167a5a36dedd4bea2543aa11bb22cc33dd44ee55ff6600778899",
            SecretKind::RandomText,
        ),
    ] {
        assert_eq!(class(text), ValueClass::SecretShaped(kind), "{text}");
    }
}

#[test]
fn the_databases_own_endpoint_is_known_by_url_and_by_name() {
    let own = url(
        "postgresql://news:s3cret@news-api-db.abc123xyz.us-east-1.rds.amazonaws.com:5432/newsapi?sslmode=require",
    );
    assert_eq!(
        own,
        UrlClass {
            scheme: Scheme::Postgres,
            port: Some(5432),
            has_password: true,
            host: HostClass::Database,
            names_database: Some(true)
        }
    );
    assert_eq!(
        class("NEWS-API-DB.abc123xyz.us-east-1.rds.amazonaws.com."),
        ValueClass::Plain {
            host: HostClass::Database
        }
    );
    assert_eq!(
        class("news-api-redis.abc123.0001.use1.cache.amazonaws.com:6379"),
        ValueClass::Plain {
            host: HostClass::Cache
        }
    );
}

#[test]
fn a_driver_in_the_scheme_changes_nothing() {
    let class = url("postgresql+asyncpg://news:pw@db:5432/other");
    assert_eq!(
        (class.scheme, class.host, class.names_database),
        (Scheme::Postgres, HostClass::ComposeDb, Some(false))
    );
    assert_eq!(
        url("postgres+psycopg2://db/newsapi").names_database,
        Some(true)
    );
}

#[test]
fn passwords_are_seen_encoded_and_broken() {
    for text in [
        "postgres://u:p%40ss%2Fword@db/newsapi",
        "postgres://u:p@ss@db/newsapi",
        "postgres://u:p/ss@db/newsapi",
        "postgres://u:p#ss@db/newsapi",
        "redis://:pw@redis:6379/0",
        "postgres://db/newsapi?user=u&password=pw",
    ] {
        let class = url(text);
        assert!(class.has_password, "{text}");
        assert!(class.host.is_left_over(), "{text}: {:?}", class.host);
    }
    for text in [
        "postgres://u@db/newsapi",
        "redis://redis:6379/0",
        "postgres://u:@db/newsapi",
        "https://example.com/a@b",
    ] {
        assert!(!url(text).has_password, "{text}");
    }
}

#[test]
fn hosts_that_only_mean_something_on_the_laptop_are_named() {
    for (text, host) in [
        ("redis://localhost:6379", HostClass::Localhost),
        ("redis://127.0.0.1:6379", HostClass::Loopback),
        ("redis://[::1]:6379", HostClass::Loopback),
        ("redis://redis:6379", HostClass::ComposeRedis),
        ("postgres://postgres/newsapi", HostClass::ComposePostgres),
        ("http://example.com", HostClass::Other),
        ("postgres://[2600:1f18::5]:5432/newsapi", HostClass::Other),
        ("postgres:///newsapi", HostClass::Other),
    ] {
        assert_eq!(url(text).host, host, "{text}");
    }
    assert_eq!(url("redis://[::1]:6379").port, Some(6379));
    for (text, host) in [
        ("db", HostClass::ComposeDb),
        ("Redis", HostClass::ComposeRedis),
        ("postgres:5432", HostClass::ComposePostgres),
        ("::1", HostClass::Loopback),
    ] {
        assert_eq!(class(text), ValueClass::Plain { host }, "{text}");
    }
}

#[test]
fn tls_to_redis_shows_in_the_scheme() {
    assert_eq!(url("rediss://x:6379").scheme, Scheme::Rediss);
    assert_eq!(url("redis://x:6379").scheme, Scheme::Redis);
    assert_eq!(url("amqp://x").scheme, Scheme::Other);
    assert_eq!(url("https://x").names_database, None);
}

#[test]
fn of_a_command_only_known_words_are_kept() {
    let words = command_words(
        &[
            "uvicorn",
            "app.main:app",
            "--host",
            "0.0.0.0",
            "--port",
            "8000",
        ],
        &known(),
    );
    assert!(words.present && words.host_flag && words.binds_all && !words.binds_loopback);
    assert_eq!(words.ports, [8000]);

    let health = command_words(
        &["CMD-SHELL", "curl -f http://localhost:8000/docs || exit 1"],
        &known(),
    );
    assert!(health.curl && !health.wget && health.binds_loopback && !health.binds_all);
    assert_eq!(health.ports, [8000]);

    let shell = command_words(
        &["sh", "-c", "gunicorn --bind=127.0.0.1:9000 app:app"],
        &known(),
    );
    assert!(shell.binds_loopback);
    assert_eq!(shell.ports, [9000]);
    assert_eq!(
        command_words::<&str>(&[], &known()),
        CommandWords::default()
    );
}

#[test]
fn secrets_in_commands_are_seen() {
    let words = command_words(
        &[
            "sh",
            "-c",
            "DATABASE_URL='postgres://u:pw@db/newsapi' ./run",
        ],
        &known(),
    );
    assert!(words.url_with_password);
    let words = command_words(&["./run", "--key=AKIAIOSFODNN7EXAMPLE"], &known());
    assert_eq!(words.secret, Some(SecretKind::AwsAccessKey));
}

#[test]
fn an_arn_and_a_path_say_where_something_is() {
    for text in [
        "arn:aws:secretsmanager:us-east-1:123456789012:secret:news-AbCdEf",
        "/run/secrets/db_password",
        "/app/credentials.json",
        "./certs/key.pem",
        "~/.aws/credentials",
    ] {
        assert_eq!(class(text), ValueClass::Reference, "{text}");
    }
    for text in [
        "hunter2",
        "/",
        "/hunter2",
        "/a b/c",
        "//x/y",
        "s3cr3t/with/slashes",
    ] {
        assert_ne!(class(text), ValueClass::Reference, "{text}");
    }
    // An AWS secret key may begin with a slash.
    assert_eq!(
        class("/JalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
        ValueClass::SecretShaped(SecretKind::AwsSecretKey)
    );
}

#[test]
fn a_plain_value_after_a_telling_name_in_a_command_is_seen() {
    let named = |parts: &[&str]| command_words(parts, &known()).named_secret;
    for parts in [
        &["psql", "--password=hunter2"] as &[&str],
        &["run", "--api-token", "hunter2"],
        &["sh", "-c", "PGPASSWORD=hunter2 psql -h db"],
        &["sh", "-c", "export DB_PASSWORD='hunter2'; ./run"],
    ] {
        assert!(named(parts), "{parts:?}");
    }
    for parts in [
        &["run", "--password-file", "/run/secrets/x"] as &[&str],
        &["run", "--token", "/run/secrets/token"],
        &["sh", "-c", "PGPASSWORD=$DB_PASSWORD psql"],
        &["run", "--token", "--verbose", "fast"],
        &["run", "--key=8000"],
        &["uvicorn", "--host", "0.0.0.0"],
        &["run", "--password"],
    ] {
        assert!(!named(parts), "{parts:?}");
    }
}

#[test]
fn of_a_value_only_the_data_stores_own_host_name_is_told() {
    let known = known();
    let host = known.databases[0].clone();
    let url = format!(
        "postgres://u:p%40ss@{}:5432/news?sslmode=require",
        host.to_uppercase()
    );
    for text in [
        host.clone(),
        format!(" {host}:5432 "),
        format!("{host}."),
        url,
    ] {
        assert_eq!(own_host(&text, &known), Some(host.as_str()), "{text}");
    }
    for text in [
        "",
        "db",
        "postgres://u:p@elsewhere.example.com/x",
        "hunter2",
    ] {
        assert_eq!(own_host(text, &known), None, "{text}");
    }
    assert_eq!(own_host(&format!("{host}.evil.example"), &known), None);
}
