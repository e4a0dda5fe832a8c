//! What is denied, and what is only near a "not".

use super::*;

#[test]
fn a_denied_point_is_never_heard() {
    for (id, point, answer) in [
        (
            "managed-data-tier",
            "backups",
            "RDS does not take automated backups.",
        ),
        (
            "managed-data-tier",
            "backups",
            "Automated backups are never taken.",
        ),
        (
            "managed-data-tier",
            "failover",
            "There is no automatic failover.",
        ),
        (
            "managed-data-tier",
            "failover",
            "You get no backups, patches or failover.",
        ),
        (
            "managed-data-tier",
            "failover",
            "It is not true that there is automatic failover",
        ),
        ("alb-purpose", "tls", "The ALB can't terminate TLS."),
        (
            "alb-purpose",
            "tls",
            "It doesn\u{2019}t do TLS termination.",
        ),
        ("alb-purpose", "tls", "It dont do TLS termination."),
        ("alb-purpose", "tls", "It canont do TLS termination."),
        (
            "alb-purpose",
            "draining",
            "It works without connection draining.",
        ),
        (
            "env-not-hardcoded",
            "one-image",
            "You cannot use the same image in staging and production.",
        ),
        (
            "grace-period",
            "ignored-failures",
            "Health checks are never ignored.",
        ),
        (
            "failed-check-recovery",
            "drain",
            "Nobody drains the connections.",
        ),
        (
            "failed-check-recovery",
            "replace",
            "Neither ECS nor anybody else starts a replacement.",
        ),
    ] {
        let hearing = heard_by(id, answer);
        assert_eq!(why(&hearing, point), Some(Unclear::Negated), "{answer}");
        assert!(!clear(&hearing).contains(&point), "{answer}");
    }
}

#[test]
fn what_one_does_oneself_is_not_what_is_done_for_one() {
    for (id, point, answer) in [
        (
            "managed-data-tier",
            "backups",
            "On RDS the automated backups are made by hand.",
        ),
        (
            "managed-data-tier",
            "failover",
            "You do the failover yourself.",
        ),
        (
            "failed-check-recovery",
            "replace",
            "An engineer starts a new task by hand.",
        ),
    ] {
        let hearing = heard_by(id, answer);
        assert_eq!(why(&hearing, point), Some(Unclear::Negated), "{answer}");
    }
    let hearing = heard_by("managed-data-tier", "You would do the backups yourself.");
    assert_eq!(
        clear(&hearing),
        ["ownership"],
        "and that is a point of its own"
    );
}

#[test]
fn a_not_that_belongs_to_the_point_is_heard() {
    for (id, point, answer) in [
        (
            "env-not-hardcoded",
            "no-rebuild",
            "You change the password without rebuilding anything.",
        ),
        (
            "env-not-hardcoded",
            "no-rebuild",
            "Nobody has to build it again.",
        ),
        (
            "env-not-hardcoded",
            "secrets-field",
            "The password goes in secrets, not in environment.",
        ),
        (
            "env-not-hardcoded",
            "late-binding",
            "It is set when the container starts, not when the image is built.",
        ),
        (
            "grace-period",
            "ignored-failures",
            "Failed checks are not counted in that time: ECS doesn't count failures.",
        ),
        (
            "grace-period",
            "kill-loop",
            "Otherwise the deployment would never settle.",
        ),
        ("alb-purpose", "draining", "Releases do not drop requests."),
        (
            "failed-check-recovery",
            "out-of-rotation",
            "It gets no new requests.",
        ),
        (
            "failed-check-recovery",
            "no-hands",
            "I don't have to do anything.",
        ),
        (
            "managed-data-tier",
            "storage",
            "You can grow the disk without downtime.",
        ),
        (
            "sg-least-privilege",
            "default-deny",
            "Nothing gets in unless a rule allows it.",
        ),
    ] {
        let hearing = heard_by(id, answer);
        assert!(clear(&hearing).contains(&point), "{answer}: {hearing:?}");
    }
}

#[test]
fn a_not_of_another_clause_denies_nothing_here() {
    for (id, point, answer) in [
        (
            "managed-data-tier",
            "backups",
            "I am not a DBA, but RDS takes automated backups.",
        ),
        (
            "grace-period",
            "kill-loop",
            "Without it, ECS would kill the task again and again.",
        ),
        (
            "failed-check-recovery",
            "replace",
            "The same task is not restarted: ECS launches a replacement.",
        ),
    ] {
        let hearing = heard_by(id, answer);
        assert!(clear(&hearing).contains(&point), "{answer}: {hearing:?}");
    }
}

#[test]
fn a_known_wrong_answer_is_asked_about_and_its_denial_is_not() {
    for (answer, wrong) in [
        ("The load balancer restarts the container.", true),
        ("The ALB then kills the task.", true),
        ("The ALB does not restart tasks.", false),
        ("The ALB never restarts the container, ECS does.", false),
        (
            "When the task restarts, the ALB gets its new address.",
            false,
        ),
    ] {
        let hearing = heard_by("failed-check-recovery", answer);
        assert_eq!(!hearing.wrong.is_empty(), wrong, "{answer}: {hearing:?}");
        assert!(hearing.wrong.iter().all(|wrong| wrong.meant.is_none()));
    }
}

#[test]
fn words_of_a_wrong_answer_are_no_evidence_for_a_point() {
    let hearing = heard_by(
        "failed-check-recovery",
        "The load balancer replaces the task.",
    );
    assert_eq!(hearing.wrong.len(), 1);
    assert!(clear(&hearing).is_empty(), "{hearing:?}");
    let both = heard_by(
        "alb-purpose",
        "The ALB spreads the requests and restarts the container.",
    );
    assert_eq!(
        clear(&both),
        ["distribution"],
        "the right half still counts"
    );
}

#[test]
fn what_is_not_true_is_denied_also_behind_a_conjunction() {
    let answer = "The grace period tells the scheduler to look away for a minute; it is not true that then a failing probe is a real failing probe.";
    let hearing = heard_by("grace-period", answer);
    assert!(!clear(&hearing).contains(&"then-real"), "{hearing:?}");
    let plain = answer.replace("it is not true that then", "then");
    assert!(clear(&heard_by("grace-period", &plain)).contains(&"then-real"));
}
