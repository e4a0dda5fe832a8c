//! The two connection strings.

use crate::account::{Fact, Parameter, ParameterKind, Secret, Snapshot};
use crate::checks::testing::*;
use crate::checks::{FoundBy, Stack, Verdict::*, findings};
use std::collections::BTreeSet;

const DATABASE_URL: &str = "ssm.database-url";
const REDIS_URL: &str = "ssm.redis-url";
const NAME: &str = "/news-api/DATABASE_URL";

fn parameter<'a>(snapshot: &'a mut Snapshot, name: &str) -> &'a mut Parameter {
    let parameters = read(&mut snapshot.parameters);
    parameters.iter_mut().find(|one| one.name == name).unwrap()
}

/// Both parameters, no task definition yet.
fn before_definition() -> Snapshot {
    after(&[
        "iam-user.identity",
        "rds.parameter",
        "elasticache.parameter",
    ])
}

/// The definition's secrets name these instead.
fn secret_from(snapshot: &mut Snapshot, variable: &str, value_from: &str) {
    for definition in snapshot.definitions.values_mut() {
        for container in &mut read(definition).containers {
            for secret in &mut container.secrets {
                if secret.name == variable {
                    value_from.clone_into(&mut secret.value_from);
                }
            }
        }
    }
}

#[test]
fn encrypted_parameters_pass_by_name_first_and_by_relation_later() {
    for (check, name) in [(DATABASE_URL, NAME), (REDIS_URL, "/news-api/REDIS_URL")] {
        let found = assert_is(&before_definition(), check, Passed, "");
        assert_eq!(found.evidence[0].found_by, FoundBy::Name);
        assert_eq!(found.evidence[0].resource, name);
        let found = assert_is(&good(), check, Passed, "");
        assert_eq!(found.evidence[0].found_by, FoundBy::Relation);
    }
}

#[test]
fn a_parameter_that_is_not_there_yet_is_missing_with_the_command_for_it() {
    let snapshot = after(&["iam-user.identity", "rds.network", "rds.instance"]);
    let found = assert_is(&snapshot, DATABASE_URL, Missing, "secret-parameter-missing");
    let command = found.fix[0].command.as_deref().unwrap();
    assert!(
        command.contains("ssm put-parameter --name /news-api/DATABASE_URL --type SecureString")
    );
    assert!(
        command.contains(".rds.amazonaws.com"),
        "the learner's own host: {command}"
    );
    assert!(command.contains("sslmode=require"));
    assert!(found.fix[0].say.contains("MSYS_NO_PATHCONV"));
}

#[test]
fn a_parameter_that_the_definition_asks_for_is_failed_when_it_is_gone() {
    let snapshot = good_but(|snapshot| {
        read(&mut snapshot.parameters).retain(|one| one.name != NAME);
    });
    assert_is(&snapshot, DATABASE_URL, Failed, "secret-parameter-missing");
    assert_is(&snapshot, REDIS_URL, Passed, "");
}

#[test]
fn a_name_that_git_bash_mangled_is_recognised() {
    let mangle = |snapshot: &mut Snapshot| {
        parameter(snapshot, NAME).name = format!("C:/Program Files/Git{NAME}");
    };
    let mut early = before_definition();
    mangle(&mut early);
    let found = assert_is(&early, DATABASE_URL, Missing, "parameter-name-mangled");
    assert!(found.summary.contains("C:/Program Files/Git"));
    assert!(
        found.fix[0]
            .command
            .as_deref()
            .unwrap()
            .contains("'C:/Program Files/Git/news-api")
    );
    assert_is(
        &good_but(mangle),
        DATABASE_URL,
        Failed,
        "parameter-name-mangled",
    );
}

#[test]
fn a_plain_parameter_fails_at_any_time() {
    for kind in [ParameterKind::String, ParameterKind::StringList] {
        let mut early = before_definition();
        parameter(&mut early, NAME).kind = kind;
        let found = assert_is(&early, DATABASE_URL, Failed, "parameter-not-secure");
        assert!(
            found.fix[0]
                .command
                .as_deref()
                .unwrap()
                .contains("delete-parameter")
        );
        assert_is(&early, REDIS_URL, Passed, "");
    }
}

#[test]
fn another_name_that_the_definition_uses_is_as_good() {
    let snapshot = good_but(|snapshot| {
        parameter(snapshot, NAME).name = "/prod/db".to_owned();
        let arn = "arn:aws:ssm:us-east-1:123456789012:parameter/prod/db";
        secret_from(snapshot, "DATABASE_URL", arn);
    });
    let found = assert_is(&snapshot, DATABASE_URL, Passed, "");
    assert_eq!(found.evidence[0].resource, "/prod/db");
}

#[test]
fn a_secret_of_secrets_manager_is_as_good() {
    let arn = "arn:aws:secretsmanager:us-east-1:123456789012:secret:news-api/db-AbCdEf";
    let with = |fact: Option<Fact<Secret>>| {
        good_but(|snapshot| {
            secret_from(snapshot, "DATABASE_URL", arn);
            if let Some(fact) = fact {
                snapshot.secrets.insert(arn.to_owned(), fact);
            }
        })
    };
    let secret = |deleted| Secret {
        arn: arn.into(),
        name: "news-api/db".to_owned(),
        deleted,
    };
    assert_is(
        &with(Some(Fact::Present(secret(false)))),
        DATABASE_URL,
        Passed,
        "",
    );
    let missing = "secret-parameter-missing";
    assert_is(
        &with(Some(Fact::Present(secret(true)))),
        DATABASE_URL,
        Failed,
        missing,
    );
    assert_is(&with(Some(Fact::Absent)), DATABASE_URL, Failed, missing);
    let refused = with(Some(denied("secretsmanager:DescribeSecret")));
    assert_denied(&refused, DATABASE_URL, "secretsmanager:DescribeSecret");
    assert_is(&with(None), DATABASE_URL, Unknown, "");
}

#[test]
fn denied_reads_are_unknown() {
    let names = good_but(|snapshot| snapshot.parameters = denied("ssm:DescribeParameters"));
    for check in [DATABASE_URL, REDIS_URL] {
        assert_denied(&names, check, "ssm:DescribeParameters");
    }
    let definition = good_but(|snapshot| {
        for definition in snapshot.definitions.values_mut() {
            *definition = denied("ecs:DescribeTaskDefinition");
        }
    });
    assert_denied(&definition, DATABASE_URL, "ecs:DescribeTaskDefinition");
}

#[test]
fn once_the_teardown_has_begun_an_absence_is_no_failure() {
    let snapshot = good_but(|snapshot| snapshot.parameters = Fact::Present(Vec::new()));
    let attested = BTreeSet::new();
    let stack = Stack {
        snapshot: &snapshot,
        attested: &attested,
        teardown_begun: true,
    };
    assert_eq!(findings(&stack)[DATABASE_URL].verdict, Missing);
}

#[test]
fn no_finding_ever_shows_a_value() {
    let found = finding(&good(), DATABASE_URL);
    let shown = serde_json::to_string(&found).unwrap();
    assert!(!shown.contains("postgresql://"));
}
