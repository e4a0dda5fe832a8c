//! Secrets: nowhere in the open, and each leading somewhere.

use super::shape::*;
use crate::account::*;
use crate::checks::Verdict::*;
use crate::checks::testing::*;

const OPEN: &str = "taskdef.no-secrets-in-environment";
const RESOLVE: &str = "taskdef.secrets-resolve";

fn url(scheme: Scheme, host: HostClass, has_password: bool) -> ValueClass {
    ValueClass::Url(UrlClass {
        scheme,
        port: None,
        has_password,
        host,
        names_database: None,
    })
}

const PLAIN: ValueClass = ValueClass::Plain {
    host: HostClass::Other,
};

fn variable(name: &str, class: ValueClass) -> Variable {
    Variable {
        name: name.into(),
        class,
        same_as_file: None,
    }
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "so that tests read as a table"
)]
fn with(name: &str, class: ValueClass) -> Snapshot {
    good_but(|snapshot| {
        each_container(snapshot, |container| {
            container.environment.push(variable(name, class.clone()));
        });
    })
}

#[test]
fn a_secret_is_known_by_its_value_or_by_how_its_name_ends() {
    for (name, class) in [
        (
            "ANYTHING",
            ValueClass::SecretShaped(SecretKind::AwsAccessKey),
        ),
        ("ANYTHING", ValueClass::SecretShaped(SecretKind::RandomText)),
        ("SOME_URL", url(Scheme::Other, HostClass::Other, true)),
        ("DB_PASSWORD", PLAIN),
        ("secret_key", PLAIN),
        ("GITHUB_TOKEN", PLAIN),
        ("AWS_CREDENTIALS", PLAIN),
    ] {
        let found = assert_is(&with(name, class), OPEN, Failed, "secret-in-environment");
        assert!(found.summary.contains(name), "{}", found.summary);
    }
}

#[test]
fn empty_boolean_number_and_a_url_without_password_never_fail() {
    for class in [
        ValueClass::Empty,
        ValueClass::Boolean,
        ValueClass::Number,
        url(Scheme::Https, HostClass::Other, false),
    ] {
        assert_is(&with("DB_PASSWORD", class.clone()), OPEN, Passed, "");
        assert_is(&with("API_KEY", class), OPEN, Passed, "");
    }
}

#[test]
fn a_telling_word_elsewhere_in_the_name_is_only_a_remark() {
    for class in [PLAIN, ValueClass::Number] {
        let found = assert_is(&with("TOKEN_LIMIT", class), OPEN, Passed, "");
        assert!(found.advice.unwrap().contains("TOKEN_LIMIT"));
    }
    let found = assert_is(&with("LOG_FORMAT", PLAIN), OPEN, Passed, "");
    assert_eq!(found.advice, None);
}

#[test]
fn commands_health_checks_and_labels_are_looked_at_too() {
    for change in [
        |container: &mut Container| container.command.url_with_password = true,
        |container: &mut Container| container.entry_point.secret = Some(SecretKind::VendorToken),
        |container: &mut Container| {
            container.labels.push(variable(
                "note",
                ValueClass::SecretShaped(SecretKind::PrivateKey),
            ));
        },
        |container: &mut Container| {
            container.health_check = Some(ContainerHealthCheck {
                words: CommandWords {
                    url_with_password: true,
                    ..CommandWords::default()
                },
                interval_seconds: 30,
                timeout_seconds: 5,
                retries: 3,
                start_period_seconds: None,
            });
        },
    ] {
        let snapshot = good_but(|snapshot| each_container(snapshot, change));
        assert_is(&snapshot, OPEN, Failed, "secret-in-environment");
    }
}

#[test]
fn every_secret_leads_to_an_encrypted_parameter() {
    assert_is(&good(), RESOLVE, Passed, "");
    let by_name = good_but(|snapshot| {
        each_container(snapshot, |container| {
            for secret in &mut container.secrets {
                let name = format!("/news-api/{}", secret.name);
                secret.value_from = name;
            }
        });
    });
    assert_is(&by_name, RESOLVE, Passed, "");
}

fn with_secret(name: &str, value_from: &str) -> Snapshot {
    good_but(|snapshot| {
        each_container(snapshot, |container| {
            container.secrets.push(SecretReference {
                name: name.into(),
                value_from: value_from.into(),
            });
        });
    })
}

#[test]
fn a_secret_that_leads_nowhere_is_missing() {
    for value_from in [
        "/news-api/API_KEY",
        "arn:aws:s3:::bucket/key",
        "arn:aws:ssm:eu-west-1:123456789012:parameter/news-api/DATABASE_URL",
        "arn:aws:ssm:us-east-1:999999999999:parameter/news-api/DATABASE_URL",
    ] {
        let found = assert_is(
            &with_secret("API_KEY", value_from),
            RESOLVE,
            Failed,
            "secret-parameter-missing",
        );
        assert!(found.summary.contains("API_KEY"), "{}", found.summary);
    }
}

fn parameter(name: &str, kind: ParameterKind) -> Parameter {
    Parameter {
        name: name.into(),
        kind,
        key: None,
        modified_at: None,
        version: None,
        tier: None,
    }
}

#[test]
fn a_parameter_in_the_clear_is_not_secure() {
    let mut snapshot = with_secret("API_KEY", "/news-api/API_KEY");
    read(&mut snapshot.parameters).push(parameter("/news-api/API_KEY", ParameterKind::String));
    assert_is(&snapshot, RESOLVE, Failed, "parameter-not-secure");
}

#[test]
fn a_name_that_git_bash_rewrote_is_recognised() {
    let mut snapshot = with_secret("API_KEY", "/news-api/API_KEY");
    let twin = "C:/Program Files/Git/news-api/API_KEY";
    read(&mut snapshot.parameters).push(parameter(twin, ParameterKind::SecureString));
    let found = assert_is(&snapshot, RESOLVE, Failed, "parameter-name-mangled");
    assert!(found.fix.iter().any(|fix| {
        fix.command
            .as_deref()
            .unwrap_or("")
            .contains("MSYS_NO_PATHCONV")
    }));
    assert_is(
        &with_secret("API_KEY", twin),
        RESOLVE,
        Failed,
        "parameter-name-mangled",
    );
}

#[test]
fn a_secret_of_secrets_manager_is_followed_as_well() {
    let arn = "arn:aws:secretsmanager:us-east-1:123456789012:secret:news-AbC123:key::"
        .replace("123456789012", crate::practice::ACCOUNT);
    let with = |fact: Option<Fact<Secret>>| {
        let mut snapshot = with_secret("API_KEY", &arn);
        if let Some(fact) = fact {
            snapshot.secrets.insert(arn.clone(), fact);
        }
        snapshot
    };
    let secret = |deleted| Secret {
        arn: arn.as_str().into(),
        name: "news".into(),
        deleted,
    };
    assert_is(
        &with(Some(Fact::Present(secret(false)))),
        RESOLVE,
        Passed,
        "",
    );
    assert_is(
        &with(Some(Fact::Present(secret(true)))),
        RESOLVE,
        Failed,
        "secret-parameter-missing",
    );
    assert_is(
        &with(Some(Fact::Absent)),
        RESOLVE,
        Failed,
        "secret-parameter-missing",
    );
    let action = "secretsmanager:DescribeSecret";
    assert_denied(&with(Some(denied(action))), RESOLVE, action);
    assert_is(&with(None), RESOLVE, Unknown, "");
}

#[test]
fn denied_parameters_are_unknown() {
    let action = "ssm:DescribeParameters";
    let snapshot = good_but(|snapshot| snapshot.parameters = denied(action));
    assert_denied(&snapshot, RESOLVE, action);
}

fn without_secret(name: &str) -> Snapshot {
    good_but(|snapshot| {
        each_container(snapshot, |container| {
            container.secrets.retain(|secret| secret.name != name);
        });
    })
}

#[test]
fn the_two_connection_strings_are_among_the_secrets() {
    for name in ["DATABASE_URL", "REDIS_URL"] {
        let found = assert_is(
            &without_secret(name),
            RESOLVE,
            Failed,
            "secret-parameter-missing",
        );
        assert!(found.summary.contains(name), "{}", found.summary);
    }
}

#[test]
fn a_connection_string_under_another_name_counts() {
    let snapshot = good_but(|snapshot| {
        each_container(snapshot, |container| {
            for secret in &mut container.secrets {
                secret.name = format!("APP_{}", secret.name);
            }
        });
    });
    assert_is(&snapshot, RESOLVE, Passed, "");
}

#[test]
fn a_connection_string_in_the_environment_is_one_fault() {
    let mut snapshot = without_secret("DATABASE_URL");
    each_container(&mut snapshot, |container| {
        container.environment.push(variable(
            "DATABASE_URL",
            url(Scheme::Postgres, HostClass::Database, true),
        ));
    });
    assert_is(&snapshot, OPEN, Failed, "secret-in-environment");
    let found = assert_is(&snapshot, RESOLVE, Blocked, "");
    assert_eq!(found.blocked_by.unwrap().as_str(), OPEN);
}

const STATELESS: &str = "ecs.stateless";

#[test]
fn a_database_beside_the_app_is_stateful() {
    assert_is(&good(), STATELESS, Passed, "");
    for image in [
        "postgres:16",
        "public.ecr.aws/docker/library/redis:7",
        "valkey/valkey",
    ] {
        let snapshot = good_but(|snapshot| {
            each_definition(snapshot, |definition| {
                let mut second = definition.containers[0].clone();
                second.name = "second".into();
                second.image = image.into();
                definition.containers.push(second);
            });
        });
        assert_is(&snapshot, STATELESS, Failed, "stateful-container");
    }
}

#[test]
fn only_a_volume_that_outlives_the_task_is_stateful() {
    let volume = |kind| {
        good_but(|snapshot| {
            each_definition(snapshot, |definition| {
                definition.volumes.push(Volume {
                    name: "data".into(),
                    kind,
                });
            });
        })
    };
    assert_is(&volume(VolumeKind::Ephemeral), STATELESS, Passed, "");
    assert_is(
        &volume(VolumeKind::Lasting),
        STATELESS,
        Failed,
        "stateful-container",
    );
}

#[test]
fn host_names_of_the_laptop_are_left_over() {
    for (name, class) in [
        (
            "DB_HOST",
            ValueClass::Plain {
                host: HostClass::ComposeDb,
            },
        ),
        (
            "REDIS_HOST",
            ValueClass::Plain {
                host: HostClass::Localhost,
            },
        ),
        ("CACHE", url(Scheme::Redis, HostClass::ComposeRedis, false)),
        ("CACHE", url(Scheme::Redis, HostClass::Localhost, false)),
        ("UPSTREAM", url(Scheme::Http, HostClass::ComposeDb, false)),
    ] {
        assert_is(
            &with(name, class),
            STATELESS,
            Failed,
            "compose-hostname-left",
        );
    }
}

#[test]
fn an_address_to_listen_on_and_an_origin_are_no_hosts_to_reach() {
    for (name, class) in [
        (
            "HOST",
            ValueClass::Plain {
                host: HostClass::Loopback,
            },
        ),
        (
            "DB_HOST",
            ValueClass::Plain {
                host: HostClass::Database,
            },
        ),
        ("CACHE", url(Scheme::Rediss, HostClass::Cache, false)),
    ] {
        let found = assert_is(&with(name, class), STATELESS, Passed, "");
        assert_eq!(found.advice, None);
    }
    let origin = with(
        "ALLOWED_ORIGINS",
        url(Scheme::Http, HostClass::Localhost, false),
    );
    let found = assert_is(&origin, STATELESS, Passed, "");
    assert!(found.advice.unwrap().contains("ALLOWED_ORIGINS"));
}

#[test]
fn a_url_that_gives_its_password_away_is_named_for_that_alone() {
    let snapshot = with(
        "DATABASE_URL",
        url(Scheme::Postgres, HostClass::ComposeDb, true),
    );
    assert_is(&snapshot, OPEN, Failed, "secret-in-environment");
    assert_is(&snapshot, STATELESS, Blocked, "");
}
