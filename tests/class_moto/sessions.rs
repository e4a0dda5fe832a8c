//! Who gets a session through the role, and what a session may do: little, however much the role may.

use super::class::{self, EMPTY, Way, class_verify};
use super::emulator::{ACCOUNT, Emulator};
use super::learner::{Identity, Learner, keys_in};

const ROLE: &str = "arn:aws:iam::333344445555:role/course-verifier";

#[test]
#[ignore = "needs Python, and the network once"]
fn a_session_reads_and_can_do_nothing_else_even_where_the_role_may_do_everything() {
    let emulator = Emulator::start();
    let mut chi = class::student(&emulator, &EMPTY);
    class::make_role(&mut chi, EMPTY.external_id, Way::Commands);
    chi.acting_as(Identity::Root, |root| {
        root.must(
            "aws iam attach-role-policy --role-name course-verifier \
             --policy-arn arn:aws:iam::aws:policy/AdministratorAccess\n\
             aws ssm put-parameter --name /news/secret --type SecureString --value hush >/dev/null",
        )
    });
    let mut instructor = class::instructor(&emulator);
    class_verify(&instructor);
    let asked = emulator
        .signed()
        .into_iter()
        .rfind(|one| one["role"] == ROLE);
    let asked = asked.expect("the role was asked for");
    let policy = asked["policy"].as_str().expect("limited to a policy");
    let seconds = asked["seconds"].to_string();
    let seconds: u32 = seconds.trim_matches('"').parse().unwrap();
    assert!(seconds <= 3600, "{seconds} seconds");

    let limited = assume(&mut instructor, &format!("--policy '{policy}'"));
    for allowed in [
        "ec2 describe-vpcs",
        "iam get-account-summary",
        "rds describe-db-instances",
    ] {
        assert_eq!(
            refused(&mut instructor, &limited, allowed),
            None,
            "{allowed}"
        );
    }
    for (forbidden, why) in [
        (
            "ssm get-parameter --name /news/secret --with-decryption",
            "denied",
        ),
        ("iam create-user --user-name mallory", "session policy"),
        (
            "rds delete-db-instance --db-instance-identifier news-api-db",
            "session policy",
        ),
        (
            "ec2 create-security-group --group-name a --description b",
            "session policy",
        ),
        (
            "ec2 describe-instance-attribute --instance-id i-1 --attribute userData",
            "session policy",
        ),
        (
            "logs get-log-events --log-group-name /my/diary --log-stream-name a",
            "session policy",
        ),
    ] {
        let said = refused(&mut instructor, &limited, forbidden);
        let said = said.unwrap_or_else(|| panic!("{forbidden} is let through"));
        assert!(said.contains("not authorized"), "{forbidden}: {said}");
        assert!(
            why != "session policy" || said.contains(why),
            "{forbidden}: {said}"
        );
    }
    // Without it the role's own deny still holds, and only that.
    let wide = assume(&mut instructor, "");
    assert_eq!(
        refused(
            &mut instructor,
            &wide,
            "iam create-user --user-name mallory"
        ),
        None
    );
    let secret = "ssm get-parameter --name /news/secret --with-decryption";
    assert!(refused(&mut instructor, &wide, secret).is_some());
}

#[test]
#[ignore = "needs Python, and the network once"]
fn only_the_instructor_with_the_external_id_gets_one_and_for_an_hour_at_most() {
    let emulator = Emulator::start();
    let mut chi = class::student(&emulator, &EMPTY);
    class::make_role(&mut chi, EMPTY.external_id, Way::Stack);
    let mut instructor = class::instructor(&emulator);
    let own = instructor.identity.clone();
    let word = format!("--external-id {}", EMPTY.external_id);
    for (options, why) in [
        ("", "not authorized to perform: sts:AssumeRole"),
        (
            "--external-id news-bora-81c2d0",
            "not authorized to perform: sts:AssumeRole",
        ),
        (
            &format!("{word} --duration-seconds 7200"),
            "MaxSessionDuration",
        ),
        (
            &format!("{word} --policy 'no policy'"),
            "MalformedPolicyDocument",
        ),
    ] {
        let said = refused(&mut instructor, &own, &asking(ROLE, options));
        let said = said.unwrap_or_else(|| panic!("{options} is let through"));
        assert!(said.contains(why), "{options}: {said}");
    }
    let nowhere = ROLE.replace("course-verifier", "course-verifier-2");
    let said = refused(&mut instructor, &own, &asking(&nowhere, &word));
    assert!(
        said.expect("there is no such role")
            .contains("not authorized")
    );
    assert_eq!(refused(&mut instructor, &own, &asking(ROLE, &word)), None);

    let another = another_user(&mut instructor);
    let said = refused(&mut instructor, &another, &asking(ROLE, &word));
    assert!(
        said.expect("the role trusts one user")
            .contains("not authorized")
    );
}

fn asking(role: &str, options: &str) -> String {
    format!("sts assume-role --role-arn {role} --role-session-name by-hand {options}")
}

/// A session by hand, with the external id.
fn assume(instructor: &mut Learner<'_>, options: &str) -> Identity {
    let word = EMPTY.external_id;
    let command = asking(ROLE, &format!("--external-id {word} {options}"));
    keys_in(&instructor.must(&format!(
        "aws {command} --output text --query 'Credentials.[AccessKeyId,SecretAccessKey,SessionToken]'"
    )))
}

/// What AWS said, if it did not let it through.
fn refused(learner: &mut Learner<'_>, who: &Identity, command: &str) -> Option<String> {
    let output = learner.acting_as(who.clone(), |learner| {
        learner.shell(&format!("aws {command}"))
    });
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    (!output.status.success()).then_some(said)
}

/// Somebody else in the instructor's account, who may assume every role there is.
fn another_user(instructor: &mut Learner<'_>) -> Identity {
    assert_eq!(instructor.account, ACCOUNT);
    instructor.acting_as(Identity::Root, |root| {
        keys_in(&root.must(
            "aws iam create-user --user-name colleague >/dev/null\n\
             aws iam attach-user-policy --user-name colleague --policy-arn arn:aws:iam::aws:policy/AdministratorAccess\n\
             aws iam create-access-key --user-name colleague --output text \
             --query 'AccessKey.[AccessKeyId,SecretAccessKey]'",
        ))
    })
}
