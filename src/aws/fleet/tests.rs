//! AssumeRole over the wire: what is asked, what a refusal is taken for, and what the sessions can do that come of it.

use super::super::guard_tests::is_refused_by_the_guard;
use super::super::testing::{Reply, Server, session};
use super::super::{Input, Reader, calls};
use super::{Instructor, NotEntered, Role};
use crate::account::{CredentialTrouble, DeniedBy, Why};

const ACCOUNT: &str = "111122223333";

fn role() -> Role {
    Role {
        account: ACCOUNT.to_owned(),
        arn: format!("arn:aws:iam::{ACCOUNT}:role/course-verifier"),
        external_id: Some("news-7f3a9c".to_owned()),
        region: None,
    }
}

fn given(account: &str) -> Reply {
    Reply::xml(
        200,
        format!(
            "<AssumeRoleResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><AssumeRoleResult><AssumedRoleUser>\
             <AssumedRoleId>AROA:x</AssumedRoleId><Arn>arn:aws:sts::{account}:assumed-role/course-verifier/x</Arn>\
             </AssumedRoleUser><Credentials><AccessKeyId>ASIA{account}</AccessKeyId><SecretAccessKey>s</SecretAccessKey>\
             <SessionToken>t</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult>\
             </AssumeRoleResponse>"
        ),
    )
}

fn instructor(server: &Server) -> Instructor {
    Instructor::new(session(&server.url, "us-east-1"))
}

async fn not_entered(replies: Vec<Reply>) -> NotEntered {
    let server = Server::start().on("AssumeRole", replies);
    let (refused, _) = instructor(&server)
        .enter(&role(), "/ecs/news-api")
        .await
        .unwrap_err();
    refused
}

fn account(refused: NotEntered) -> (Why, String) {
    let NotEntered::Account { why, say } = refused else {
        panic!("{refused:?}")
    };
    // Neither is for a wall, or for a mail to the student's neighbour.
    assert!(!say.contains(ACCOUNT) && !say.contains("7f3a9c"), "{say}");
    (why, say)
}

#[tokio::test]
async fn a_role_that_does_not_let_in_says_what_it_may_be_and_what_to_do() {
    let message =
        "User: arn:aws:iam::1:user/i is not authorized to perform: sts:AssumeRole on resource: r";
    let (why, say) = account(not_entered(vec![Reply::refused(403, "AccessDenied", message)]).await);
    let action = "sts:AssumeRole".to_owned();
    assert_eq!(
        why,
        Why::Denied {
            action,
            by: DeniedBy::Identity
        }
    );
    for words in [
        "`course-verifier`",
        "not there",
        "external id",
        "trusts somebody else",
        "landfall policy --instructor",
    ] {
        assert!(say.contains(words), "{say}");
    }
}

#[tokio::test]
async fn where_it_is_the_instructors_own_policy_the_student_is_not_sent_to_make_a_role() {
    let message = "User: u is not authorized to perform: sts:AssumeRole on resource: r because no identity-based policy \
                   allows the sts:AssumeRole action";
    let (_, say) = account(not_entered(vec![Reply::refused(403, "AccessDenied", message)]).await);
    assert!(
        say.contains("Your own identity") && !say.contains("student"),
        "{say}"
    );
}

#[tokio::test]
async fn credentials_that_ran_out_are_the_instructors_and_no_accounts() {
    for (code, trouble) in [
        ("ExpiredToken", CredentialTrouble::Expired),
        ("InvalidClientTokenId", CredentialTrouble::Invalid),
    ] {
        let refused = not_entered(vec![Reply::refused(403, code, "")]).await;
        assert_eq!(refused, NotEntered::Instructor(trouble));
    }
}

#[tokio::test]
async fn what_passes_is_told_from_what_stays() {
    let slow = Reply::refused(400, "Throttling", "Rate exceeded");
    assert_eq!(account(not_entered(vec![slow]).await).0, Why::Throttled);
    let away = Reply::refused(503, "ServiceUnavailable", "");
    assert_eq!(account(not_entered(vec![away]).await).0, Why::Offline);
    let cut = Reply::Cut("<AssumeRoleResponse>".to_owned());
    let (why, say) = account(not_entered(vec![cut]).await);
    assert!(
        matches!(&why, Why::Other { say } if say.contains("broke off")),
        "{why:?}, {say}"
    );
    let large = Reply::refused(400, "PackedPolicyTooLarge", "");
    let (why, say) = account(not_entered(vec![large]).await);
    assert!(
        matches!(why, Why::Other { .. }) && say.contains("report it"),
        "{say}"
    );
}

#[tokio::test]
async fn a_role_that_leads_into_another_account_is_not_used() {
    let (_, say) = account(not_entered(vec![given("999999999999")]).await);
    assert!(say.contains("another account"), "{say}");
}

#[tokio::test]
async fn what_comes_of_it_reads_with_the_keys_that_were_given_and_takes_on_no_other_role() {
    let server = Server::start().on("AssumeRole", [given(ACCOUNT)]);
    let entered = instructor(&server)
        .enter(&role(), "/ecs/news-api")
        .await
        .unwrap();
    let reader = Reader::new(entered.session);
    let _ = reader
        .send(&calls::GET_ACCOUNT_SUMMARY, &Input::none())
        .await;
    let asked = server.asked();
    assert!(asked[0].authorization.contains("AKIDEXAMPLE"));
    assert!(asked[1].authorization.contains(&format!("ASIA{ACCOUNT}/")));
    let error = Box::pin(reader.sts().get_session_token().send())
        .await
        .unwrap_err();
    assert!(is_refused_by_the_guard(&error));
    assert_eq!(server.asked().len(), 2);
}

#[tokio::test]
async fn the_client_that_takes_on_roles_can_do_nothing_else_not_even_read() {
    let server = Server::start();
    let sts = instructor(&server).sts(&"us-east-1".into());
    let error = Box::pin(sts.get_caller_identity().send())
        .await
        .unwrap_err();
    assert!(is_refused_by_the_guard(&error));
    let error = Box::pin(sts.get_session_token().send()).await.unwrap_err();
    assert!(is_refused_by_the_guard(&error));
    let error = Box::pin(sts.get_federation_token().name("x").send())
        .await
        .unwrap_err();
    assert!(is_refused_by_the_guard(&error));
    assert_eq!(server.connections(), 0);
}

/// The SDK's default budget is the whole process's: one account that is throttled would switch off retries for a class.
#[tokio::test]
async fn an_account_whose_retries_are_used_up_leaves_the_others_theirs() {
    let slow = || Reply::refused(400, "Throttling", "Rate exceeded");
    let server = Server::start()
        .on("AssumeRole", [given(ACCOUNT)])
        .on("GetUser", [slow()])
        .on("GetRole", [slow()]);
    let instructor = instructor(&server);
    let enter = || async { instructor.enter(&role(), "").await.unwrap().session };
    let (one, other) = (Reader::new(enter().await), Reader::new(enter().await));
    // 500 tokens. Of a call's retries all but the last keep their 5 for good: its own strategy gives the last ones back.
    for number in 0..110 {
        let input = Input::none().with("UserName", format!("ann-{number}"));
        let _ = one.send(&calls::GET_USER, &input).await;
    }
    let before = server.times("GetUser");
    let last = Input::none().with("UserName", "last");
    let _ = one.send(&calls::GET_USER, &last).await;
    assert_eq!(
        server.times("GetUser") - before,
        2,
        "of three tries the third has no tokens left"
    );
    let input = Input::none().with("RoleName", "a");
    let _ = other.send(&calls::GET_ROLE, &input).await;
    assert_eq!(server.times("GetRole"), 3, "all tries are there");
}
